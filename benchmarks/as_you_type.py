"""How soon inline mode offers the right entry while somebody types, beside look-ups by letters alone.

    uv run --group bench python benchmarks/as_you_type.py tests/questions/in-scope.jsonl

Each question is cut after a quarter, a half and three quarters of its letters, as if it were being typed. Prints how often
a right entry is then among the first one, three and all twelve offered, and the milliseconds that a look-up takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from bot.inline.looking_up import MAX_FOUND, entries_for
from knowledge.judged import read_questions
from knowledge.model import Kind
from knowledge.opening import open_answerer
from knowledge.outcome import Question
from knowledge.scorer import look_up

SHARES: Final = (0.25, 0.5, 0.75, 1.0)
LONGEST: Final = 60
"""Letters: nobody types a story behind a bot's name."""


def main() -> None:
    """Print it all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    judged = [
        question
        for path in parser.parse_args().files
        for question in read_questions(path.read_text(encoding="utf-8"))[0]
        if question.accepted and len(question.text) <= LONGEST
    ]
    answerer = open_answerer()
    entries = [e for e in answerer.entries("en").values() if e.kind is not Kind.CHITCHAT]
    ids, asked = [entry.id for entry in entries], [entry.question for entry in entries]

    def ours(typed: str) -> list[str]:
        likely = answerer.answer(Question(typed, "en")).ranking.matches
        return [entry.id for entry in entries_for(typed, "en", answerer, likely)]

    def by_beginnings(typed: str) -> list[str]:
        return [ids[number] for number, _ in look_up(typed, asked)[:MAX_FOUND]]

    def by_wratio(typed: str) -> list[str]:
        return [
            ids[number] for _, _, number in process.extract(typed, asked, scorer=fuzz.WRatio, limit=MAX_FOUND)
        ]

    print(f"{len(judged)} questions of at most {LONGEST} letters, {len(entries)} entries")
    rows: Sequence[tuple[str, Callable[[str], list[str]]]] = (
        ("ours", ours),
        ("beginnings of words alone", by_beginnings),
        ("rapidfuzz WRatio", by_wratio),
    )
    for name, method in rows:
        print(f"\n{name:28} first   three   offered    p50 ms   p99 ms")
        for share in SHARES:
            at, took = [], []
            for question in judged:
                typed = question.text[: max(1, round(share * len(question.text)))]
                begun = time.perf_counter()
                offered = method(typed)
                took.append(1000 * (time.perf_counter() - begun))
                right = [offered.index(found) for found in question.accepted if found in offered]
                at.append(min(right, default=MAX_FOUND))
            places = np.array(at)
            shown = "   ".join(f"{np.mean(places < most):5.2f}" for most in (1, 3, MAX_FOUND))
            print(
                f"  {share:4.0%} typed                {shown}   {np.quantile(took, 0.5):9.2f}   "
                f"{np.quantile(took, 0.99):6.2f}"
            )


if __name__ == "__main__":
    main()
