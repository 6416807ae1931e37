"""The bundled advisory's judged questions: floors for each kind, and no failure that isn't known.

People wrote these questions without having seen a phrasing; that is what makes them worth asking.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

import pytest

from knowledge.answerer import Answerer
from knowledge.evaluator import evaluate
from knowledge.normalizer import comparison_form
from knowledge.report import Report
from tests.questions.update import (
    COMMAND,
    KNOWN_FAILURES,
    as_lines,
    differences,
    judged_questions,
    key,
    known_failures,
)

# A little below what was measured when they were set. Raise them when the matching gets better; never lower one to
# get a change through.
FLOORS: Final = [
    ("in-scope", "top1", "in_scope", 0.95),
    ("in-scope", "top3", "in_scope", 0.98),
    ("in-scope", "right", "in_scope", 0.86),
    ("guardrail", "top1", "in_scope", 0.89),
    ("guardrail", "right", "in_scope", 0.81),
    ("look-alike", "top1", "in_scope", 0.87),
    ("opposite", "top1", "in_scope", 0.75),
    ("opposite", "top3", "in_scope", 0.95),
    ("route", "top1", "in_scope", 0.8),
    ("route", "top3", "in_scope", 0.94),
    ("two", "top1", "in_scope", 0.93),
    ("dialogue", "top1", "in_scope", 0.89),
    ("dialogue", "top3", "in_scope", 0.95),
    ("story", "top1", "in_scope", 0.87),
    ("story", "right", "in_scope", 0.70),
    ("story-danger", "top1", "in_scope", 0.75),
    ("story-danger", "top3", "in_scope", 0.90),
    ("overheard", "top1", "in_scope", 0.93),
    ("overheard", "right", "in_scope", 0.77),
    ("adversarial", "top1", "in_scope", 0.89),
]
CEILINGS: Final = [
    ("in-scope", "wrong", "in_scope", 0.02),
    ("guardrail", "wrong", "in_scope", 0.05),
    ("look-alike", "wrong", "in_scope", 0.10),
    ("opposite", "wrong", "in_scope", 0.15),
    ("route", "wrong", "in_scope", 0.06),
    ("dialogue", "wrong", "in_scope", 0.048),
    ("story", "wrong", "in_scope", 0.05),
    ("story-off", "false", "off_topic", 0.10),
    ("story-danger", "wrong", "in_scope", 0.15),
    ("overheard", "wrong", "in_scope", 0.015),
    ("oos-near", "false", "off_topic", 0.03),
    ("oos-far", "false", "off_topic", 0.015),
    ("chatter", "spoke", "n", 0.005),
    ("adversarial", "false", "off_topic", 0.10),
]
HONEST: Final = 0.05
"""Ceiling of the expected calibration error."""


@pytest.fixture(scope="session")
def report(answerer: Answerer) -> Report:
    return evaluate(judged_questions(), answerer)


@pytest.mark.parametrize(("kind", "count", "whole", "floor"), FLOORS)
def test_enough_questions_are_met(report: Report, kind: str, count: str, whole: str, floor: float) -> None:
    counts = asdict(report.kinds[kind])
    assert counts[count] >= floor * counts[whole], f"{kind}: {counts}"


@pytest.mark.parametrize(("kind", "count", "whole", "ceiling"), CEILINGS)
def test_few_questions_do_harm(report: Report, kind: str, count: str, whole: str, ceiling: float) -> None:
    counts = asdict(report.kinds[kind])
    assert counts[whole] > 0
    assert counts[count] <= ceiling * counts[whole], f"{kind}: {counts}"


def test_confidence_is_honest(report: Report) -> None:
    assert report.calibration_error <= HONEST
    assert report.calibration_error_in_scope <= HONEST


def test_no_question_is_asked_twice() -> None:
    keys = [key(question) for question in judged_questions()]
    assert len(keys) == len(set(keys))


def test_every_accepted_entry_exists(report: Report) -> None:
    assert report.unknown_ids == ()


def test_every_failure_is_known_and_every_known_failure_fails(report: Report, answerer: Answerer) -> None:
    listed = known_failures(KNOWN_FAILURES.read_text(encoding="utf-8"))
    found = differences(report.judgements, listed, answerer.index().calibration)
    told = "\n".join(found)
    assert not found, f"{told}\nLook at each: is it a loss? If the list should follow, run: {COMMAND}"


def test_an_unlisted_failure_is_noticed(report: Report, answerer: Answerer) -> None:
    missed = [row for row in report.judgements if row.failure]
    found = differences(report.judgements, (), answerer.index().calibration)
    assert len(missed) / 2 < len(found) <= len(missed)
    assert all(line.startswith("fails, and isn't listed") for line in found)


def test_a_listed_success_is_noticed(report: Report, answerer: Answerer) -> None:
    met = max((row for row in report.judgements if row.first_right), key=lambda row: row.confidence)
    lines = as_lines(report.judgements)
    listed = [*known_failures(lines), (met.question.kind, met.question.chat, met.question.text)]
    found = differences(report.judgements, listed, answerer.index().calibration)
    assert len(found) == 1
    assert found[0].startswith("listed, and doesn't fail")
    assert met.question.text in found[0]


def test_a_listed_question_that_is_gone_is_noticed(report: Report, answerer: Answerer) -> None:
    listed = [*known_failures(as_lines(report.judgements)), ("in-scope", "", "never asked")]
    found = differences(report.judgements, listed, answerer.index().calibration)
    assert found == ["listed, but no such question: ('in-scope', '', 'never asked')"]


def test_no_question_is_a_phrasing(answerer: Answerer) -> None:
    base = answerer.base
    learnt = {
        comparison_form(text, language)
        for language, entries in base.entries.items()
        for entry in entries.values()
        for text in (entry.question, *entry.phrasings)
    } | {comparison_form(message.text, message.language) for message in base.off_topic}
    forms = {
        question.text: comparison_form(question.text, question.language or "en")
        for question in judged_questions()
    }
    found = [text for text, form in forms.items() if len(form.split()) > 3 and form in learnt]
    assert not found, f"learnt by heart, so they show nothing; take them out of tests/questions: {found}"
