"""The matcher, untouched, on CLINC150: 150 intents in ten domains, with queries that belong to none.

    uv run python benchmarks/clinc150.py data_full.json
    uv run python benchmarks/clinc150.py data_full.json --phrasings 5 10 25 100
    uv run python benchmarks/clinc150.py data_full.json --phrasings 100 --semantic FOLDER --floors 96.5 95 93.5 91.6

The data set is not part of this project: it is `data_full.json` of the repository clinc/oos-eval, CC BY 3.0.
Training utterances become phrasings, the 100 out-of-scope training queries off-topic messages; each row's threshold
is chosen on the validation part, the test part is reported. Published rows: S. Larson et al., "An Evaluation
Dataset for Intent Classification and Out-of-Scope Prediction", EMNLP-IJCNLP 2019, tables 2 and 3.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge import files, index
from knowledge.matcher import Matcher
from knowledge.model import Advisory, Entry, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.semantic import SentenceModel

PUBLISHED = (
    ("SVM", 91.0, 14.5),
    ("DialogFlow", 91.7, 14.0),
    ("Rasa", 91.5, 45.3),
    ("MLP", 93.5, 47.4),
    ("BERT, threshold", 96.2, 52.3),
)
"""System, in-scope accuracy and out-of-scope recall, both in percent."""

Rows = Sequence[tuple[str, str]]
Doubles = npt.NDArray[np.float64]


def build(train: Rows, strays: Rows, phrasings: int, seed: int, embedder: SentenceModel | None) -> Matcher:
    """A matcher that knows so many utterances of each intent, drawn by chance where there are more."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in train:
        by_intent.setdefault(intent, []).append(text)
    rng = np.random.default_rng(seed)
    entries = {}
    for intent, texts in by_intent.items():
        drawn = [texts[i] for i in rng.permutation(len(texts))[:phrasings]]
        entries[intent] = Entry(intent, drawn[0], "An answer.", phrasings=tuple(drawn[1:]))
    off_topic = tuple(OffTopicMessage(text, OffTopic.FAR) for text, _ in strays)
    base = KnowledgeBase(Advisory("clinc150", "CLINC150"), {}, {"en": entries}, {"en": {}}, off_topic)
    return Matcher(index.build(base, embedder=embedder), entries)


def judged(matcher: Matcher, rows: Rows) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    """Each query's confidence, and whether its intent is ranked first."""
    rankings = [matcher.rank(text) for text, _ in rows]
    confidence = [r.matches[0].confidence if r.matches else 0.0 for r in rankings]
    right = [bool(r.matches) and r.matches[0].entry_id == y for r, (_, y) in zip(rankings, rows, strict=True)]
    return np.asarray(confidence), np.asarray(right)


def threshold(confidence: Doubles, right: npt.NDArray[np.bool_], strays: Doubles, floor: float) -> float:
    """The threshold with the highest out-of-scope recall that keeps in-scope accuracy at `floor`.

    Where even the lowest threshold doesn't reach the floor, it is nought: nothing is rejected.
    """
    candidates = np.unique(np.concatenate(([0.0], confidence, strays)))
    fit = [t for t in candidates if float((right & (confidence >= t)).mean()) >= floor]
    return float(max(fit, default=0.0))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--phrasings", type=int, nargs="+", default=[5, 10, 25, 100])
    parser.add_argument(
        "--floors",
        type=float,
        nargs="+",
        default=[91.6],
        metavar="PERCENT",
        help="in-scope accuracies to keep on the validation part; by default a little above Rasa's",
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--semantic", type=Path, metavar="FOLDER", help="a semantic model to match by as well"
    )
    arguments = parser.parse_args()
    embedder = SentenceModel(files.read_model(arguments.semantic)) if arguments.semantic else None
    data: dict[str, Rows] = json.loads(arguments.data.read_text(encoding="utf-8"))
    print(f"{'system':34} {'accuracy':>9} {'in scope':>9} {'out of scope':>13} {'build s':>8} {'ms':>6}")
    for name, in_scope, out_of_scope in PUBLISHED:
        print(f"{name + ' (published)':34} {'':>9} {in_scope:>9.1f} {out_of_scope:>13.1f}")
    for phrasings in arguments.phrasings:
        started = time.perf_counter()
        matcher = build(data["train"], data["oos_train"], phrasings, arguments.seed, embedder)
        built = time.perf_counter() - started
        started = time.perf_counter()
        confidence, right = judged(matcher, data["test"])
        each = 1000 * (time.perf_counter() - started) / len(right)
        strays, _ = judged(matcher, data["oos_test"])
        known, known_right = judged(matcher, data["val"])
        known_strays, _ = judged(matcher, data["oos_val"])
        most = float(known_right.mean())
        # The curve: rejecting next to nothing, then in-scope accuracy at given levels.
        floors = [("", 0.995 * most), *((f", at {floor:g}", floor / 100) for floor in arguments.floors)]
        for told, floor in floors:
            if most < floor:
                continue
            t = threshold(known, known_right, known_strays, floor)
            accepted = 100 * float((right & (confidence >= t)).mean())
            rejected = 100 * float((strays < t).mean())
            print(
                f"{f'ours, {phrasings} phrasings each{told}':34} {100 * float(right.mean()):>9.1f} {accepted:>9.1f} "
                f"{rejected:>13.1f} {built:>8.1f} {each:>6.2f}"
            )


if __name__ == "__main__":
    main()
