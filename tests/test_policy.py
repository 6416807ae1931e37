"""The policy as a table: what is answered, asked back, declined or left alone, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calibration import Calibration
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline, Match, Outcome, Ranking, Silent
from knowledge.policy import (
    CHITCHAT_SHARE,
    CLARIFY,
    GUARDRAIL_IN_STORY,
    GUARDRAIL_RATIO,
    MAX_OPTIONS,
    MIN_OPTIONS,
    OPTION_RATIO,
    SUSPECTED,
    SUSPECTED_URGENT,
    URGENT,
    URGENT_IN_STORY,
    instead,
    order,
    rule,
)

ENTRIES = {
    entry_id: Entry(entry_id, "?", "A.", kind=kind)
    for entry_id, kind in {
        "law": Kind.FAQ,
        "cost": Kind.FAQ,
        "ice": Kind.FAQ,
        "weather": Kind.GAP,
        "evade": Kind.GUARDRAIL,
        "doctor": Kind.GUARDRAIL,
        "hello": Kind.CHITCHAT,
    }.items()
} | {
    "help": Entry("help", "?", "A.", kind=Kind.GUARDRAIL, urgent=True),
    "bye": Entry("bye", "Goodbye.", "A.", kind=Kind.CHITCHAT),
}
FOUND = {entry_id: Match(entry_id, 0.4, 0.4, 0.5, "") for entry_id in ENTRIES}
LIMITS = Calibration(answer=0.8, guardrail=0.5, overheard=0.9)


def ranking(*matches: tuple[str, float, float]) -> Ranking:
    """Matches given as entry, confidence and probability."""
    return Ranking(tuple(Match(entry, sure, share, 0.5, "") for entry, sure, share in matches), {}, ())


def decide(
    ranking: Ranking, entries: Mapping[str, Entry], limits: Calibration, *, overheard: bool = False
) -> Outcome:
    outcome, _ = rule(ranking, entries, limits, overheard=overheard)
    return outcome


def summary(outcome: Outcome) -> str:
    match outcome:
        case Answer(found):
            return f"answer {found.entry_id}"
        case Clarify(options):
            return "clarify " + " ".join(option.entry_id for option in options)
    return type(outcome).__name__.lower()


def test_what_may_be_meant_instead_is_the_next_likeliest_and_no_refusal_for_little_reason() -> None:
    matches = ranking(
        ("law", 0.9, 0.9), ("evade", 0.1, 0.05), ("cost", 0.02, 0.02), ("help", 0.1, 0.01), ("ice", 0, 0.005)
    ).matches
    assert [match.entry_id for match in instead(matches, ENTRIES)] == [
        "cost"
    ]  # ice has a twentieth of the rest
    refused = ranking(("law", 0.7, 0.7), ("evade", SUSPECTED, 0.2)).matches
    assert [match.entry_id for match in instead(refused, ENTRIES)] == ["evade"]
    assert instead((), ENTRIES) == ()


LAW, COST, ICE = ("law", 0.6, 0.5), ("cost", 0.3, 0.2), ("ice", 0.2, 0.1)


@pytest.mark.parametrize(
    ("matches", "outcome"),
    [
        pytest.param([], "decline", id="no word known"),
        pytest.param([("law", 0.8, 0.5), COST], "answer law", id="confident"),
        pytest.param([("weather", 0.8, 0.5), COST], "answer weather", id="confident that it isn't covered"),
        pytest.param([("law", 0.79, 0.5), COST], "clarify law cost", id="a little less"),
        pytest.param([LAW, COST, ICE], "clarify law cost ice", id="three are likely"),
        pytest.param([LAW, COST, ICE, ("weather", 0.2, 0.1)], "clarify law cost ice", id="never four"),
        pytest.param([LAW, COST, ("ice", 0.1, 0.04)], "clarify law cost", id="the third too unlikely"),
        pytest.param([LAW, ("cost", 0.1, 0.01), ("ice", 0.1, 0.01)], "clarify law cost", id="never one"),
        pytest.param([("law", CLARIFY, 0.2), COST], "clarify law cost", id="just worth asking"),
        pytest.param([("law", 0.24, 0.2), ("cost", 0.24, 0.2)], "decline", id="not worth asking"),
        pytest.param(
            [("law", 0.1, 0.4), ("cost", CLARIFY, 0.2)], "clarify law cost", id="the second is worth it"
        ),
        pytest.param([("evade", 0.5, 0.4), COST], "answer evade", id="a guardrail speaks earlier"),
        pytest.param([("evade", 0.49, 0.4), COST], "clarify evade cost", id="not that early"),
        pytest.param(
            [("evade", 0.15, 0.4), COST], "clarify evade cost", id="a guardrail with little evidence"
        ),
        pytest.param([("evade", 0.14, 0.4), COST], "decline", id="a guardrail without evidence"),
        pytest.param(
            [("law", 0.2, 0.4), ("evade", 0.15, 0.1)], "clarify law evade", id="a guardrail may be meant"
        ),
        pytest.param([("law", 0.2, 0.4), ("evade", 0.14, 0.1)], "decline", id="hardly a guardrail"),
        pytest.param([("hello", CLARIFY, CHITCHAT_SHARE), COST], "answer hello", id="a likely courtesy"),
        pytest.param([("hello", 0.24, CHITCHAT_SHARE)], "decline", id="a courtesy without evidence"),
        pytest.param(
            [("hello", 0.1, 0.49), COST], "clarify hello cost", id="hardly a courtesy that is asked for"
        ),
        pytest.param(
            [("bye", 0.43, 0.4), ("cost", 0.04, 0.1), ("ice", 0.02, 0.1)], "decline", id="hardly a courtesy"
        ),
        pytest.param(
            [("bye", 0.43, 0.4), COST, ICE], "clarify cost ice", id="a courtesy or something that is asked"
        ),
        pytest.param([("bye", 0.43, 0.4), ("hello", 0.1, 0.1)], "decline", id="two courtesies"),
        pytest.param([("hello", 0.9, 0.4), COST], "answer hello", id="a confident courtesy"),
    ],
)
def test_a_message_to_the_bot(matches: list[tuple[str, float, float]], outcome: str) -> None:
    assert summary(decide(ranking(*matches), ENTRIES, LIMITS)) == outcome


@pytest.mark.parametrize(
    ("matches", "outcome"),
    [
        pytest.param([], "silent", id="no word known"),
        pytest.param([("law", 0.9, 0.5)], "answer law", id="very confident"),
        pytest.param([("law", 0.89, 0.5), COST], "silent", id="confident enough for an answer alone"),
        pytest.param([LAW, COST], "silent", id="never asks back"),
        pytest.param([("evade", 0.89, 0.5)], "silent", id="no guardrail for what isn't sure"),
        pytest.param([("evade", 0.95, 0.5)], "answer evade", id="a sure guardrail"),
        pytest.param([("hello", 0.99, 0.99)], "silent", id="a courtesy among others"),
    ],
)
def test_talk_overheard_in_a_group(matches: list[tuple[str, float, float]], outcome: str) -> None:
    assert summary(decide(ranking(*matches), ENTRIES, LIMITS, overheard=True)) == outcome


@pytest.mark.parametrize(
    ("matches", "outcome", "offered"),
    [
        pytest.param([("law", 0.9, 0.8), COST], "answer law", "doctor", id="offered beside the answer"),
        pytest.param([("doctor", 0.9, 0.8), COST], "answer doctor", None, id="the answer itself"),
        pytest.param([LAW, COST, ICE], "clarify doctor law cost", None, id="first of what is asked back"),
        pytest.param([LAW, ("doctor", 0.3, 0.2)], "clarify law doctor", None, id="once among the options"),
        pytest.param(
            [("law", 0.1, 0.2), COST], "clarify doctor law cost", None, id="rather asked about than declined"
        ),
    ],
)
def test_a_danger_told_in_passing_is_spoken_of(
    matches: list[tuple[str, float, float]], outcome: str, offered: str | None
) -> None:
    story = replace(ranking(*matches), danger=Match("doctor", 0.95, 0.9, 0.5, ""))
    found = decide(story, ENTRIES, LIMITS)
    assert summary(found) == outcome
    also = found.also if isinstance(found, Answer) else None
    assert (also and also.entry_id) == offered
    unmoved = decide(ranking(*matches), ENTRIES, LIMITS, overheard=True)
    assert decide(story, ENTRIES, LIMITS, overheard=True) == unmoved


def test_a_guardrail_among_the_likeliest_is_offered_beside_an_answer() -> None:
    def offered(*matches: tuple[str, float, float]) -> str | None:
        found = decide(ranking(("law", 0.9, 0.8), *matches), ENTRIES, LIMITS)
        assert isinstance(found, Answer)
        return found.also.entry_id if found.also else None

    assert offered(("doctor", SUSPECTED, 0.1)) == "doctor"
    assert offered(COST, ("doctor", SUSPECTED, 0.1)) == "doctor"
    assert offered(COST, ICE, ("doctor", SUSPECTED, 0.1)) is None
    assert offered(("doctor", SUSPECTED - 0.01, 0.1)) is None


@pytest.mark.parametrize(
    ("others", "suspected", "beside"),
    [
        pytest.param([COST], ("evade", 0.3, 0.1), "evade", id="none of the likeliest"),
        pytest.param([("evade", 0.1, 0.1)], ("evade", 0.3, 0.1), "evade", id="less sure in context"),
        pytest.param([("doctor", 0.2, 0.1)], ("evade", 0.3, 0.1), "evade", id="surer than one in context"),
        pytest.param([("doctor", 0.4, 0.1)], ("evade", 0.3, 0.1), "doctor", id="less sure than one"),
        pytest.param([("doctor", 0.4, 0.1)], ("help", 0.3, 0.1), "help", id="urgent"),
        pytest.param([COST], ("law", 0.3, 0.1), None, id="the same as what is answered"),
    ],
)
def test_a_guardrail_that_a_message_means_by_itself_is_offered_beside_an_answer(
    others: list[tuple[str, float, float]], suspected: tuple[str, float, float], beside: str | None
) -> None:
    (alone,) = ranking(suspected).matches
    found = decide(replace(ranking(("law", 0.9, 0.8), *others), suspected=alone), ENTRIES, LIMITS)
    assert isinstance(found, Answer)
    assert (found.also.entry_id if found.also else None) == beside


def test_a_guardrail_that_a_message_means_by_itself_is_asked_about_where_nothing_is_sure() -> None:
    (alone,) = ranking(("evade", 0.3, 0.1)).matches
    unsure = replace(ranking(("law", 0.2, 0.4), COST), suspected=alone)
    assert summary(decide(unsure, ENTRIES, LIMITS)) == "clarify law cost evade"


def test_context_keeps_nothing_back_that_may_well_be_urgent_by_itself() -> None:
    (alone,) = ranking(("help", URGENT, 0.1)).matches
    follows = replace(ranking(("law", 0.95, 0.8), ("help", 0.1, 0.05)), suspected=alone)
    assert order(follows, ENTRIES)[0] == alone
    less = replace(alone, confidence=URGENT - 0.01)
    assert order(replace(follows, suspected=less), ENTRIES)[0].entry_id == "law"


def test_a_danger_goes_before_a_second_question() -> None:
    danger, second = Match("doctor", 0.95, 0.9, 0.5, ""), Match("cost", 0.9, 0.9, 0.5, "")
    found = decide(replace(ranking(("law", 0.9, 0.8)), danger=danger, also=second), ENTRIES, LIMITS)
    assert isinstance(found, Answer)
    assert found.also is danger


def test_an_urgent_answer_stands_alone() -> None:
    danger, second = Match("doctor", 0.95, 0.9, 0.5, ""), Match("cost", 0.9, 0.9, 0.5, "")
    urgent = ranking(("help", URGENT, 0.8), ("doctor", 0.4, 0.1))
    assert decide(urgent, ENTRIES, LIMITS) == Answer(urgent.matches[0])
    both = replace(urgent, danger=danger, also=second)
    assert decide(both, ENTRIES, LIMITS) == Answer(urgent.matches[0])
    unsure = ranking(("help", URGENT - 0.01, 0.8), COST)
    assert summary(decide(unsure, ENTRIES, replace(LIMITS, guardrail=0.7))) == "clarify help cost"
    story = replace(ranking(("help", 0.8, 0.8), COST), clause="one of many")
    assert summary(decide(story, ENTRIES, LIMITS)) == "clarify help cost"


@pytest.mark.parametrize(("guardrail", "floor"), [("help", URGENT_IN_STORY), ("doctor", GUARDRAIL_IN_STORY)])
def test_a_guardrail_on_one_sentence_of_a_story_must_be_surer(guardrail: str, floor: float) -> None:
    for sure, decided in ((floor, "answer"), (floor - 0.01, "clarify")):
        story = replace(ranking((guardrail, sure, 0.8), COST), clause="one of many")
        assert summary(decide(story, ENTRIES, LIMITS)).split()[:2] == [decided, guardrail]
        assert summary(decide(replace(story, clause=""), ENTRIES, LIMITS)) == f"answer {guardrail}"


def test_a_courtesy_that_is_not_sure_keeps_no_danger_back() -> None:
    beside = ("help", 0.4, 0.2)
    assert summary(decide(ranking(("hello", 0.7, 0.6), beside), ENTRIES, LIMITS)) == "clarify hello help"
    assert summary(decide(ranking(("hello", 0.7, 0.6), COST), ENTRIES, LIMITS)) == "answer hello"
    found = decide(ranking(("hello", 0.8, 0.6), beside), ENTRIES, LIMITS)
    hello, danger = ranking(("hello", 0.8, 0.6), beside).matches
    assert found == Answer(hello, danger)


def test_what_is_urgent_is_only_spoken_of_with_some_ground() -> None:
    ground, little = ("help", SUSPECTED_URGENT, 0.2), ("help", SUSPECTED_URGENT - 0.01, 0.2)
    sure = ("law", 0.9, 0.5)
    assert decide(ranking(sure, little), ENTRIES, LIMITS) == Answer(ranking(sure).matches[0])
    assert summary(decide(ranking(LAW, little, COST), ENTRIES, LIMITS)) == "clarify law cost"
    assert summary(decide(ranking(LAW, ground, COST), ENTRIES, LIMITS)) == "clarify law help cost"
    assert summary(decide(ranking(little, COST), ENTRIES, LIMITS)) == "decline"
    assert summary(decide(ranking(ground, COST), ENTRIES, LIMITS)) == "clarify help cost"


@pytest.mark.parametrize(("sure", "outcome"), [(0.49, "decline"), (0.5, "clarify law"), (0.8, "answer law")])
def test_a_lone_entry_is_asked_back_about_where_it_is_as_likely_as_not(sure: float, outcome: str) -> None:
    assert summary(decide(ranking(("law", sure, 0.9)), ENTRIES, LIMITS)) == outcome


@pytest.mark.parametrize(
    ("matches", "ids"),
    [
        ([("law", 0.95, 0.8), ("cost", 0.6, 0.1), ("help", URGENT, 0.05)], "help law cost"),
        ([("law", 0.95, 0.8), ("help", URGENT - 0.01, 0.05)], "law help"),
        ([("doctor", 0.95, 0.8), ("help", URGENT, 0.05)], "help doctor"),
        ([("help", 0.1, 0.4), ("law", 0.1, 0.4)], "help law"),
    ],
)
def test_what_may_well_be_urgent_goes_before_what_is_surer(
    matches: list[tuple[str, float, float]], ids: str
) -> None:
    ordered = order(ranking(*matches), ENTRIES)
    assert " ".join(match.entry_id for match in ordered) == ids


def test_a_guardrails_threshold_is_never_the_higher_one() -> None:
    limits = replace(LIMITS, answer=0.6, guardrail=0.9)
    assert summary(decide(ranking(("evade", 0.6, 0.4), COST), ENTRIES, limits)) == "answer evade"


@pytest.mark.parametrize(
    ("shares", "ids"),
    [
        ({"law": 0.5, "evade": 0.5 * GUARDRAIL_RATIO}, "evade law"),
        ({"law": 0.5, "evade": 0.5 * GUARDRAIL_RATIO - 0.001}, "law evade"),
        ({"law": 0.5, "cost": 0.49, "ice": 0.48, "evade": 0.47}, "evade law cost ice"),
        ({"law": 0.5, "evade": 0.48, "doctor": 0.47}, "evade law doctor"),
        ({"evade": 0.5, "doctor": 0.49}, "evade doctor"),
        ({"hello": 0.5, "weather": 0.5}, "hello weather"),
        ({}, ""),
    ],
)
def test_a_guardrail_about_as_likely_as_the_best_goes_first(shares: dict[str, float], ids: str) -> None:
    ranked = ranking(*((entry, 0.5, share) for entry, share in shares.items()))
    assert " ".join(match.entry_id for match in order(ranked, ENTRIES)) == ids


MATCHES = st.lists(
    st.tuples(st.sampled_from(sorted(ENTRIES)), st.floats(0, 1), st.floats(0, 1)),
    unique_by=lambda m: m[0],
    max_size=5,
).map(lambda matches: ranking(*sorted(matches, key=lambda m: -m[2])))
CALIBRATIONS = st.builds(
    Calibration, answer=st.floats(0, 1), guardrail=st.floats(0, 1), overheard=st.floats(0, 1)
)
WILLINGNESS = {Silent: 0, Decline: 0, Clarify: 1, Answer: 2}


@given(MATCHES, CALIBRATIONS, st.booleans(), st.floats(0, 1))
@settings(deadline=None)
def test_more_confidence_never_makes_the_bot_say_less(
    ranked: Ranking, limits: Calibration, overheard: bool, more: float
) -> None:
    raised = replace(
        ranked,
        matches=tuple(replace(m, confidence=min(1.0, m.confidence + more)) for m in ranked.matches),
    )
    before = decide(ranked, ENTRIES, limits, overheard=overheard)
    after = decide(raised, ENTRIES, limits, overheard=overheard)
    best = ranked.matches[0].entry_id if ranked.matches else ""
    courtesy = best in {"hello", "bye"} and isinstance(after, Clarify)  # it may come to compete with a danger
    assert courtesy or WILLINGNESS[type(after)] >= WILLINGNESS[type(before)]


@given(MATCHES, CALIBRATIONS, st.booleans())
@settings(deadline=None)
def test_every_outcome_is_a_fitting_one(ranked: Ranking, limits: Calibration, overheard: bool) -> None:
    outcome, why = rule(ranked, ENTRIES, limits, overheard=overheard)
    assert outcome == decide(ranked, ENTRIES, limits, overheard=overheard)
    assert why
    match outcome:
        case Answer(found):
            assert found == ranked.matches[0]
        case Clarify(options):
            assert not overheard
            grounded = [
                match
                for match in ranked.matches
                if (match.confidence >= SUSPECTED_URGENT or not ENTRIES[match.entry_id].urgent)
                and match.entry_id != "bye"  # "Goodbye" is no choice
            ]
            assert options[0] == grounded[0]
            assert list(options) == [match for match in grounded if match in options]
            assert min(MIN_OPTIONS, len(grounded)) <= len(options) <= MAX_OPTIONS
            if len(options) > MIN_OPTIONS:
                last = options[-1]
                guards = ENTRIES[last.entry_id].kind is Kind.GUARDRAIL and last.confidence >= SUSPECTED
                assert guards or last.probability >= OPTION_RATIO * options[0].probability
        case Decline():
            assert not overheard
        case Silent():
            assert overheard


@given(MATCHES)
@settings(deadline=None)
def test_ordering_moves_at_most_one_match_and_loses_none(ranked: Ranking) -> None:
    ordered = order(ranked, ENTRIES)
    assert sorted(m.entry_id for m in ordered) == sorted(m.entry_id for m in ranked.matches)
    assert [m for m in ranked.matches if m not in ordered[:1]] == list(ordered[1:])
    assert all(m in ordered[:1] or not ENTRIES[m.entry_id].urgent or m.confidence < URGENT for m in ordered)
    assert order(replace(ranked, matches=ordered), ENTRIES)[:1] == ordered[:1]


def test_a_courtesy_that_asks_nothing_is_no_choice() -> None:
    entries = ENTRIES | {
        "bye": Entry("bye", "Goodbye", "A.", kind=Kind.CHITCHAT),
        "fear": Entry("fear", "I am afraid.", "A.", kind=Kind.CHITCHAT, related=("help",)),
    }
    unsure = ranking(("law", 0.4, 0.3), ("bye", 0.3, 0.2), ("fear", 0.3, 0.2), ("hello", 0.3, 0.1))
    outcome, _ = rule(unsure, entries, LIMITS)
    assert summary(outcome) == "clarify law fear hello"
