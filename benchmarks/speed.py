"""How long a question takes, beside plain matchers over the same phrasings in the same run.

    uv run --group bench python benchmarks/speed.py tests/questions/*.jsonl

Prints p50 and p99 in milliseconds and each peer's mean time as a multiple of ours, for the bundled knowledge base cut to
25 phrasings an entry and whole; then the worst inputs, what a build and a start from the cache take, and memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.peers import PLAIN, Nearest
from knowledge import files, index, storage
from knowledge.answerer import Answerer
from knowledge.judged import read_questions
from knowledge.model import KnowledgeBase, Question

CUT: Final = 25
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


def cut(base: KnowledgeBase, phrasings: int) -> KnowledgeBase:
    """A knowledge base with at most so many phrasings an entry, and off-topic messages in proportion."""
    language = base.default_language
    entries = {
        id_: replace(e, phrasings=e.phrasings[:phrasings]) for id_, e in base.entries[language].items()
    }
    every = max(
        1, round(sum(len(e.phrasings) for e in base.entries[language].values()) / (phrasings * len(entries)))
    )
    return replace(base, entries={language: entries}, off_topic=base.off_topic[::every])


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


def report(name: str, base: KnowledgeBase, texts: Sequence[str]) -> None:
    """Print one knowledge base's rows."""
    begun = time.perf_counter()
    built = index.build(base)
    build = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index.npz"
        file.write_bytes(storage.to_bytes(built))
        begun = time.perf_counter()
        storage.from_bytes(file.read_bytes())
        load = time.perf_counter() - begun
    answerer = Answerer(base, lambda _base, _language: built)
    phrasings = sum(1 + len(e.phrasings) for e in base.entries[base.default_language].values())
    ours = timed(lambda text: answerer.answer(Question(text)), texts)
    mean = float(np.mean(ours))
    print(f"\n{name}: {phrasings} phrasings, {len(base.off_topic)} off-topic messages")
    print(f"  build {build:.1f} s, load from cache {load:.2f} s")
    print(f"  {'ours':34} p50 {np.quantile(ours, 0.5):7.2f} ms   p99 {np.quantile(ours, 0.99):7.2f} ms")
    for peer, scorer in PLAIN.items():
        took = timed(Nearest(list(answerer.entries().values()), scorer).rank, texts[:SLOW_SAMPLE])
        ratio = f"{np.mean(took) / mean:7.1f} x our mean"
        print(
            f"  {peer:34} p50 {np.quantile(took, 0.5):7.2f} ms   p99 {np.quantile(took, 0.99):7.2f} ms   {ratio}"
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
    arguments = parser.parse_args()
    texts = [q.text for path in arguments.files for q in read_questions(path.read_text(encoding="utf-8"))[0]]
    base = files.load(files.bundled()).knowledge_base
    if base is None:
        raise SystemExit("the bundled knowledge base can't be used: see advisory-bot check")
    report(f"cut to {CUT} phrasings an entry", cut(base, CUT), texts)
    report("whole", base, texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory while building twice and with the peers loaded: {peak:.0f} MB")


if __name__ == "__main__":
    main()
