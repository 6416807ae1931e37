"""How long a question takes, beside plain matchers over the same phrasings in the same run.

    uv run --group bench python benchmarks/speed.py tests/questions/*.jsonl

Prints p50 and p99 in milliseconds and each peer's mean time as a multiple of ours, for the bundled knowledge base cut to
25 phrasings an entry, whole, and with `--large` grown to 100,000 phrasings in as many entries or in thousands; the worst
inputs, what a build and a start from the cache take, and memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.grown import cut, more_entries, more_phrasings
from benchmarks.peers import PLAIN, Nearest, Scorer
from knowledge import files, index, storage
from knowledge.answerer import Answerer
from knowledge.judged import read_questions
from knowledge.model import KnowledgeBase
from knowledge.outcome import Question

CUT: Final = 25
LARGE: Final = 100_000
MAX_TEXT: Final = 4096
SLOW_SAMPLE: Final = 60
"""Questions put to the peers: some take a tenth of a second each."""


def timed(rank: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Milliseconds of each text, after one that isn't counted."""
    rank(texts[0])
    out = []
    for text in texts:
        begun = time.perf_counter()
        rank(text)
        out.append(1000 * (time.perf_counter() - begun))
    return out


def worst_inputs() -> Iterator[tuple[str, str]]:
    """Names and texts of 4,096 characters that could take long."""
    rng = random.Random(1)  # noqa: S311 - not for secrets
    letters = string.ascii_lowercase
    yield "random letters", "".join(rng.choice(letters + "  ") for _ in range(MAX_TEXT))
    yield "unknown words", " ".join("".join(rng.choices(letters, k=9)) for _ in range(410))
    yield "one letter", "a" * MAX_TEXT
    yield "words run together", ("canicarrymystemcells" * 205)[:MAX_TEXT]
    yield "short questions", ("can i take it? " * 280)[:MAX_TEXT]
    yield "any characters", "".join(chr(rng.randrange(0x20, 0x2FFF)) for _ in range(MAX_TEXT))
    yield "signs that unfold", "\ufdfa" * MAX_TEXT
    yield "accents piled up", ("e" + "\u0301" * 10) * 372
    yield "tags", "<b>x</b>" * 512


def report(name: str, base: KnowledgeBase, texts: Sequence[str], peers: Mapping[str, Scorer]) -> None:
    """Print one knowledge base's rows."""
    begun = time.perf_counter()
    built = index.build(base)
    build = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        file.write_bytes(storage.to_bytes(built))
        begun = time.perf_counter()
        storage.from_bytes(file.read_bytes(), built.documents.texts)
        load = time.perf_counter() - begun
    answerer = Answerer(base, lambda _base, _language: built)
    entries = base.entries[base.default_language].values()
    ours = timed(lambda text: answerer.answer(Question(text)), texts)
    mean = float(np.mean(ours))
    phrasings = sum(1 + len(e.phrasings) for e in entries)
    print(
        f"\n{name}: {phrasings} phrasings, {len(entries)} entries, {len(base.off_topic)} off-topic messages"
    )
    print(f"  build {build:.1f} s, load from cache {load:.2f} s")
    print(f"  {'ours':34} p50 {np.quantile(ours, 0.5):7.2f} ms   p99 {np.quantile(ours, 0.99):7.2f} ms")
    for peer, scorer in peers.items():
        took = timed(Nearest(list(answerer.entries().values()), scorer).rank, texts[:SLOW_SAMPLE])
        ratio = f"{np.mean(took) / mean:7.1f} x our mean"
        print(
            f"  {peer:34} p50 {np.quantile(took, 0.5):7.2f} ms   p99 {np.quantile(took, 0.99):7.2f} ms   {ratio}",
            flush=True,
        )
    for told, text in worst_inputs():
        print(
            f"  worst input: {told:21} {min(timed(lambda t: answerer.answer(Question(t)), [text] * 3)):7.2f} ms"
        )


def main() -> None:
    """Print it all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--large", action="store_true", help="100,000 phrasings as well: takes minutes")
    arguments = parser.parse_args()
    texts = [q.text for path in arguments.files for q in read_questions(path.read_text(encoding="utf-8"))[0]]
    base = files.load(files.bundled()).knowledge_base
    if base is None:
        raise SystemExit("the bundled knowledge base can't be used: see advisory-bot check")
    report(f"cut to {CUT} phrasings an entry", cut(base, CUT), texts, PLAIN)
    report("whole", base, texts, PLAIN)
    if arguments.large:
        # scikit-learn's union of spaces takes minutes to fit here, and tells nothing new.
        peers = {name: scorer for name, scorer in PLAIN.items() if not name.startswith("TF-IDF")}
        report("grown in phrasings", more_phrasings(base, LARGE), texts, peers)
        report("grown in entries", more_entries(base, LARGE), texts, peers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory while building all these and with the peers loaded: {peak:.0f} MB")


if __name__ == "__main__":
    main()
