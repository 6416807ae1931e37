"""What one more phrasing is worth: accuracy with 5, 10, 25 ... phrasings an entry, with and without a semantic model.

    uv run python benchmarks/curve.py tests/questions/in-scope.jsonl
    uv run python benchmarks/curve.py tests/questions/in-scope.jsonl --semantic FOLDER

Phrasings are drawn by chance, the same ones for both; off-topic messages in proportion. Where the curve still climbs,
more phrasings help; where the model adds nothing any more, there are enough.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from knowledge import files, index
from knowledge.answerer import Answerer
from knowledge.evaluator import judge
from knowledge.judged import Judged, read_questions
from knowledge.measures import tally
from knowledge.model import KnowledgeBase
from knowledge.report import percent, table
from knowledge.semantic import SentenceModel

SIZES: Final = (5, 10, 25, 50, 100)


def drawn(base: KnowledgeBase, phrasings: int, seed: int) -> KnowledgeBase:
    """The knowledge base with at most so many phrasings an entry, drawn by chance."""
    rng = np.random.default_rng(seed)
    entries = base.entries[base.default_language]
    short = {
        id_: replace(
            entry,
            phrasings=tuple(entry.phrasings[at] for at in rng.permutation(len(entry.phrasings))[:phrasings]),
        )
        for id_, entry in entries.items()
    }
    kept = sum(len(entry.phrasings) for entry in short.values())
    share = kept / sum(len(entry.phrasings) for entry in entries.values())
    strays = rng.permutation(len(base.off_topic))[: round(share * len(base.off_topic))]
    off_topic = tuple(base.off_topic[at] for at in sorted(strays))
    return replace(base, entries={base.default_language: short}, off_topic=off_topic)


def row(base: KnowledgeBase, questions: Sequence[Judged], embedder: SentenceModel | None) -> list[str]:
    """Right entry first, among three, and answered with it, in percent of the questions."""
    answerer = Answerer(base, lambda base, language: index.build(base, language, embedder=embedder))
    counts = tally(judge(questions, answerer.answer, answerer.entries()))
    return [percent(count, counts.in_scope) for count in (counts.top1, counts.top3, counts.right)]


def main() -> int:
    """Print the table.

    Returns:
        0, or 1 where a file has bad lines.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl", help="judged questions in scope")
    parser.add_argument("--knowledge", type=Path, help="another knowledge base than the bundled one")
    parser.add_argument(
        "--semantic", type=Path, metavar="FOLDER", help="a semantic model to match by as well"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    questions: list[Judged] = []
    for path in given.files:
        found, problems = read_questions(path.read_text(encoding="utf-8"))
        questions += found
        if problems:
            print("\n".join(f"{path}:{problem}" for problem in problems), file=sys.stderr)
            return 1
    base = files.load(given.knowledge or files.bundled()).knowledge_base
    if base is None:
        raise SystemExit("the knowledge base can't be used: see advisory-bot check")
    embedder = SentenceModel(files.read_model(given.semantic)) if given.semantic else None
    most = max(len(entry.phrasings) for entry in base.entries[base.default_language].values())
    rows = []
    for size in (*(size for size in given.sizes if size < most), most):
        cut = drawn(base, size, given.seed)
        cells = row(cut, questions, None)
        if embedder:
            cells += row(cut, questions, embedder)
        rows.append([f"{size}" if size < most else "all", *cells])
    heads = ["first", "in three", "rightly"]
    with_model = [f"{head}, model" for head in heads] if embedder else []
    print("\n".join(table(["phrasings an entry", *heads, *with_model], rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
