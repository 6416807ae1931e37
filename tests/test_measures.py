"""Judgements -> numbers, on made-up verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.judged import Judged
from knowledge.measures import (
    NOTHING,
    Judgement,
    calibration_error,
    confusions,
    reliability,
    risk_coverage,
    tally,
)
from knowledge.outcome import Answer, Clarify, Decline, Match, Ranking, Silent
from knowledge.verdict import Verdict


def verdict(decision: str, *ranked: tuple[str, float]) -> Verdict:
    """A made-up verdict: entries with their confidences, best first."""
    matches = tuple(
        Match(id_, confidence, confidence, 0.5, f"nearest of {id_}") for id_, confidence in ranked
    )
    if decision == "answer":
        return Verdict(Answer(matches[0]), Ranking(matches, {}, ()), "en")
    if decision == "clarify":
        return Verdict(Clarify(matches[:3]), Ranking(matches, {}, ()), "en")
    return Verdict(Decline() if decision == "decline" else Silent(), Ranking(matches, {}, ()), "en")


def judgement(accepted: str, decision: str, *ranked: tuple[str, float], kind: str = "in-scope") -> Judgement:
    ids = tuple(accepted.split())
    return Judgement(Judged(f"about {accepted or 'nothing'}", ids, kind), verdict(decision, *ranked))


def test_a_question_is_missed_by_its_first_match_and_an_unanswerable_one_by_an_answer() -> None:
    assert judgement("law", "decline", ("law", 0.1)).failure == ""
    assert judgement("law price", "answer", ("price", 0.9)).failure == ""
    assert judgement("law", "clarify", ("price", 0.5), ("law", 0.4)).failure == "price ranked first"
    assert judgement("law", "decline").failure == "nothing ranked"
    assert judgement("", "clarify", ("law", 0.5), ("price", 0.4)).failure == ""
    assert judgement("", "answer", ("law", 0.9)).failure == "answered law"
    assert judgement("", "silent", ("law", 0.9), kind="chatter").failure == ""


def test_a_right_entry_that_ranks_first_and_isnt_said_is_withheld() -> None:
    assert judgement("law", "decline", ("law", 0.1)).withheld == "decline"
    assert judgement("law", "silent", ("law", 0.1), kind="overheard").withheld == "silent"
    asked_back = judgement("law", "clarify", ("law", 0.4), ("price", 0.3))
    others = Clarify(asked_back.verdict.ranking.matches[1:])
    assert asked_back.withheld == ""
    assert replace(asked_back, verdict=replace(asked_back.verdict, outcome=others)).withheld == "clarify"
    assert judgement("law", "answer", ("law", 0.9)).withheld == ""
    assert judgement("law", "decline", ("price", 0.2), ("law", 0.1)).withheld == "", "it is a miss"
    assert judgement("law", "decline").withheld == ""
    assert judgement("", "decline", ("law", 0.1)).withheld == ""


def test_the_tally_counts_every_outcome_once() -> None:
    counts = tally(
        [
            judgement("law", "answer", ("law", 0.9)),
            judgement("law", "answer", ("price", 0.9), ("law", 0.1)),
            judgement("law", "clarify", ("price", 0.5), ("law", 0.4)),
            judgement("law", "clarify", ("price", 0.5), ("cold", 0.4), ("rain", 0.3), ("law", 0.2)),
            judgement("law", "decline", ("price", 0.2), ("cold", 0.1), ("law", 0.1)),
            judgement("law", "decline"),
            judgement("", "answer", ("law", 0.9)),
            judgement("", "silent", ("law", 0.2)),
        ]
    )
    assert (counts.n, counts.in_scope, counts.off_topic) == (8, 6, 2)
    assert (counts.top1, counts.top3) == (1, 4)
    assert (counts.answered, counts.right, counts.wrong, counts.false) == (3, 1, 1, 1)
    assert (counts.asked_back, counts.offered, counts.spoke) == (2, 1, 7)
    assert counts.reached == 2


def test_a_button_beside_another_answer_counts_as_reached() -> None:
    told = judgement("law", "answer", ("price", 0.9), ("law", 0.4))
    beside = replace(
        told.verdict, outcome=Answer(told.verdict.ranking.matches[0], told.verdict.ranking.matches[1])
    )
    assert tally([told]).reached == 0
    assert tally([replace(told, verdict=beside)]).reached == 1


def test_reliability_sorts_into_tenths_and_measures_the_gap() -> None:
    rows = [
        judgement("law", "answer", ("law", 1.0)),
        judgement("law", "answer", ("price", 0.9)),
        judgement("law", "clarify", ("law", 0.35)),
        judgement("", "decline"),
    ]
    bins = reliability(rows)
    assert [bin_.n for bin_ in bins] == [1, 0, 0, 1, 0, 0, 0, 0, 0, 2]
    assert (bins[9].confidence, bins[9].right) == pytest.approx((0.95, 0.5))
    assert (bins[3].confidence, bins[3].right) == pytest.approx((0.35, 1.0))
    assert calibration_error(bins) == pytest.approx((0 + 0.65 + 2 * 0.45) / 4)
    assert calibration_error(reliability([])) == 0.0


def test_risk_grows_from_the_most_confident_on() -> None:
    rows = [
        judgement("law", "answer", ("price", 0.2)),
        judgement("law", "answer", ("law", 0.9)),
        judgement("law", "answer", ("law", 0.8)),
        judgement("", "answer", ("law", 0.7)),
    ]
    points = risk_coverage(rows, steps=4)
    assert [(point.coverage, point.threshold) for point in points] == [
        (0.25, 0.9),
        (0.5, 0.8),
        (0.75, 0.7),
        (1.0, 0.2),
    ]
    assert [point.risk for point in points] == [0, 0, pytest.approx(1 / 3), 0.5]
    assert risk_coverage([]) == ()


def test_confusions_are_counted_and_sorted() -> None:
    rows = [
        judgement("price law", "clarify", ("cold", 0.5)),
        judgement("law", "answer", ("cold", 0.5)),
        judgement("law", "answer", ("cold", 0.5)),
        judgement("law", "answer", ("law", 0.5)),
        judgement("", "answer", ("law", 0.9)),
    ]
    found = [(confusion.accepted, confusion.given, len(confusion.examples)) for confusion in confusions(rows)]
    assert found == [("law", "cold", 2), (NOTHING, "law", 1), ("price", "cold", 1)]
