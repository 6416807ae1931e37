"""How this project's matcher compares with plain ones on judged questions, all in one run.

    uv run --group bench python benchmarks/accuracy.py tests/questions/*.jsonl

Every question is put by itself, spoken to the bot: later turns of conversations are left out, and group talk that has
no answer has no say in the numbers.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.peers import PLAIN, Nearest, Ours, Peer, Ranked
from knowledge.judged import Judged, read_questions
from knowledge.opening import open_answerer
from knowledge.report import percent, table

FALSE_ANSWERS: Final = 0.05
"""The share of near off-topic questions that may get an answer where matchers are compared at equal harm."""


def measure(peer: Peer, questions: Sequence[Judged], near: Sequence[Judged]) -> list[str]:
    """A matcher's row of the table: top-1, top-3, right at equal harm, milliseconds a question."""
    peer.rank("a first question may build what is built late")
    begun = time.perf_counter()
    ranked = [peer.rank(question.text) for question in questions]
    strays = [peer.rank(question.text) for question in near]
    spent = time.perf_counter() - begun
    floor = answer_floor([_score(one) for one in strays], FALSE_ANSWERS)
    places = [_place(one, question) for one, question in zip(ranked, questions, strict=True)]
    right = sum(place == 0 and _score(one) > floor for place, one in zip(places, ranked, strict=True))
    n = len(questions)
    return [
        percent(sum(place == 0 for place in places), n),
        percent(sum(place < 3 for place in places), n),
        percent(right, n) if strays else "-",
        f"{1000 * spent / (n + len(near)):.1f}",
    ]


def answer_floor(scores: Sequence[float], share: float) -> float:
    """The score that at most a `share`, 0 to 1, of these exceed: the lowest such one."""
    ranked = sorted(scores, reverse=True)
    allowed = int(share * len(ranked))
    return ranked[allowed] if ranked else 0.0


def _score(ranked: Ranked) -> float:
    return ranked[0][1] if ranked else 0.0


def _place(ranked: Ranked, question: Judged) -> int:
    """Where the first accepted entry stands, counted from 0; a large number where none does."""
    return next((place for place, (id_, _) in enumerate(ranked) if id_ in question.accepted), sys.maxsize)


def first_turns(questions: Sequence[Judged]) -> list[Judged]:
    """The questions that stand by themselves: those outside of conversations, and the first of each."""
    seen: set[str] = set()
    kept = []
    for question in questions:
        if question.chat not in seen:
            kept.append(question)
        if question.chat:
            seen.add(question.chat)
    return kept


def main() -> int:
    """Print the table.

    Returns:
        0, or 1 where a file has bad lines or nothing to ask.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl", help="judged questions")
    parser.add_argument("--knowledge", type=Path, help="another knowledge base than the bundled one")
    given = parser.parse_args()
    questions: list[Judged] = []
    bad: list[str] = []
    for path in given.files:
        found, problems = read_questions(path.read_text(encoding="utf-8"))
        questions += found
        bad += [f"{path}:{problem}" for problem in problems]
    alone = first_turns(questions)
    asked = [question for question in alone if question.accepted]
    near = [question for question in alone if question.kind == "oos-near"]
    if bad or not asked:
        print("\n".join(bad) or "none of these questions has an accepted entry", file=sys.stderr)
        return 1
    answerer = open_answerer(given.knowledge)
    entries = list(answerer.entries().values())
    n = sum(1 + len(entry.phrasings) for entry in entries)
    print(f"{len(entries)} entries, {n} phrasings; {len(asked)} questions, {len(near)} near off-topic ones\n")
    rows = [[name, *measure(Nearest(entries, scorer), asked, near)] for name, scorer in PLAIN.items()]
    rows.append(["this project", *measure(Ours(answerer), asked, near)])
    right = f"right at {FALSE_ANSWERS:.0%} false"
    print("\n".join(table(["matcher", "top-1", "top-3", right, "ms a question"], rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
