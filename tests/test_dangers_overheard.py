"""Dangers that a group is told of, where the bot may help unasked: how many it hears, and how often it is alarmed for nothing.

`pytest -s tests/test_dangers_overheard.py` prints the figures.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from knowledge.outcome import Answer, Question
from tests.questions.update import judged_questions

if TYPE_CHECKING:
    from knowledge.answerer import Answerer


def heard(answerer: Answerer, text: str) -> str:
    """What becomes of a message to everybody, as far as it is urgent."""
    verdict = answerer.answer(Question(text, overheard=True))
    outcome = verdict.outcome
    urgent = isinstance(outcome, Answer) and answerer.entries(verdict.language)[outcome.match.entry_id].urgent
    if not isinstance(outcome, Answer) or not urgent:
        return "nothing urgent"
    return "where to call, in a line" if outcome.told else "the whole answer"


def test_dangers_are_heard_and_group_talk_is_left_alone(answerer: Answerer) -> None:
    urgent = {entry.id for entry in answerer.entries("en").values() if entry.urgent}
    said = Counter[tuple[str, str]]()
    for judged in judged_questions():
        if judged.kind == "chatter":
            said["group talk", heard(answerer, judged.text)] += 1
        elif judged.kind == "guardrail" and urgent.intersection(judged.accepted):
            said["dangers", heard(answerer, judged.text)] += 1
    for (sort, what), number in sorted(said.items()):
        print(f"{sort}: {number} get {what}")  # noqa: T201 - what this test is run for
    assert said["group talk", "where to call, in a line"] == 0
    assert said["group talk", "the whole answer"] <= 2
    assert said["dangers", "the whole answer"] + said["dangers", "where to call, in a line"] >= 150
