"""What becomes of an urgent answer at the messages after it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.alarm import Standing, alarmed, goes_on, relieved, standing, warmly
from knowledge.calibration import Calibration
from knowledge.model import Entry, Kind
from knowledge.outcome import Alert, Answer, Clarify, Decline, Match, Outcome, Ranking, Relief
from knowledge.policy import SURE, URGENT

ENTRIES = {
    entry_id: Entry(entry_id, "?", "A.", kind=kind)
    for entry_id, kind in {
        "law": Kind.FAQ,
        "cost": Kind.FAQ,
        "evade": Kind.GUARDRAIL,
        "doctor": Kind.GUARDRAIL,
        "hello": Kind.CHITCHAT,
    }.items()
} | {
    "help": Entry("help", "?", "A.", kind=Kind.GUARDRAIL, urgent=True),
    "fear": Entry("fear", "I am afraid.", "A.", kind=Kind.CHITCHAT, related=("help",)),
}
FOUND = {entry_id: Match(entry_id, 0.4, 0.4, 0.5, "") for entry_id in ENTRIES}
LIMITS = Calibration(answer=0.8, guardrail=0.5, overheard=0.9)
HELP, LAW, COST = FOUND["help"], FOUND["law"], FOUND["cost"]


def ranking(*matches: tuple[str, float, float]) -> Ranking:
    """Matches given as entry, confidence and probability."""
    return Ranking(tuple(Match(entry, sure, share, 0.5, "") for entry, sure, share in matches), {}, ())


LEGAL, SURELY = ("law", 0.9, 0.8), ("law", SURE, 0.8)


@pytest.mark.parametrize(
    ("text", "match", "standing_then"),
    [
        pytest.param("is it legal to carry them", LEGAL, Standing.LEFT, id="plainly another question"),
        pytest.param("is it legal to carry them", ("law", 0.5, 0.8), Standing.LEFT, id="likely another"),
        pytest.param("is it legal to carry them", ("law", 0.49, 0.8), Standing.STAYS, id="perhaps another"),
        pytest.param("is it legal", LEGAL, Standing.BESIDE, id="a question of one word with matter in it"),
        pytest.param("is it legal", SURELY, Standing.LEFT, id="a sure question of one such word"),
        pytest.param("they break the law", LEGAL, Standing.STAYS, id="no question, and likely"),
        pytest.param("they break the law", SURELY, Standing.BESIDE, id="no question, and sure"),
        pytest.param("what should i do", SURELY, Standing.STAYS, id="no word with matter in it"),
        pytest.param("can you help me please", ("hello", 0.94, 0.9), Standing.STAYS, id="likely a courtesy"),
        pytest.param("can you help me please", ("hello", SURE, 0.9), Standing.BESIDE, id="surely a courtesy"),
        pytest.param("can stem cells heal my knee", ("doctor", 0.9, 0.8), Standing.BESIDE, id="a guardrail"),
        pytest.param("i am so scared", ("fear", 0.8, 0.9), Standing.LEFT, id="a feeling"),
        pytest.param("i am so scared", ("fear", 0.79, 0.9), Standing.STAYS, id="perhaps a feeling"),
        pytest.param("yes", None, Standing.STAYS, id="no word known"),
        pytest.param("what if i die here", ("help", URGENT, 0.8), Standing.LEFT, id="urgent by itself"),
        pytest.param(
            "what if i die here", ("help", 0.59, 0.8), Standing.STAYS, id="perhaps urgent by itself"
        ),
        pytest.param("they told me " * 4 + "everything", LEGAL, Standing.LEFT, id="long"),
    ],
)
def test_an_urgent_answer_stands_until_something_else_is_surely_meant(
    text: str, match: tuple[str, float, float] | None, standing_then: Standing
) -> None:
    ranked = replace(ranking(match) if match else ranking(), tokens=tuple(text.split()))
    assert standing(text, ranked, ENTRIES, LIMITS, "en") is standing_then


@pytest.mark.parametrize(
    ("text", "outcome", "becomes"),
    [
        ("nobody picks up", Clarify((FOUND["evade"], COST)), Decline(again=HELP)),
        ("zxcv", Decline(), Decline(again=HELP)),
        ("what does it cost", Clarify((FOUND["evade"], COST)), Clarify((HELP, COST), again=True)),
        ("is it legal", Clarify((LAW, HELP, COST)), Clarify((HELP, LAW, COST), again=True)),
        ("can I hide it", Clarify((FOUND["evade"], FOUND["doctor"])), Decline(again=HELP)),
        ("is it legal", Answer(LAW, FOUND["evade"]), Answer(LAW)),
        ("is it legal", Answer(LAW, COST), Answer(LAW, COST)),
        ("can I hide it", Answer(FOUND["evade"]), Answer(FOUND["evade"])),
        ("wie geht das", Decline("de"), Decline("de")),
    ],
)
def test_while_it_stands_what_is_not_sure_has_it_beside(
    text: str, outcome: Outcome, becomes: Outcome
) -> None:
    assert alarmed(text, outcome, HELP, ENTRIES, Alert.RAISED) == becomes
    assert alarmed(text, outcome, HELP, ENTRIES, Alert.OVER) == outcome


@pytest.mark.parametrize(
    ("text", "outcome", "becomes"),
    [
        ("nobody picks up", Clarify((FOUND["evade"], COST)), Decline()),
        ("zxcv", Decline(), Decline()),
        ("what does it cost", Clarify((FOUND["evade"], COST)), Clarify((COST,))),
    ],
)
def test_while_it_fades_nothing_is_said_again_and_there_is_no_refusal_to_choose(
    text: str, outcome: Outcome, becomes: Outcome
) -> None:
    assert alarmed(text, outcome, HELP, ENTRIES, Alert.FADING) == becomes


@pytest.mark.parametrize(
    ("alert", "confidence", "again"),
    [
        (Alert.RAISED, 1.0, True),
        (Alert.FADING, 1.0, True),
        (Alert.OVER, SURE - 0.01, True),
        (Alert.OVER, SURE, False),
    ],
)
def test_the_whole_of_it_comes_again_only_for_what_is_sure_and_new(
    alert: Alert, confidence: float, *, again: bool
) -> None:
    told = Answer(replace(HELP, confidence=confidence))
    assert alarmed("he is on fire", told, HELP, ENTRIES, alert) == replace(told, again=again)
    other = Answer(replace(HELP, entry_id="flood"))
    assert alarmed("the water rises", other, HELP, ENTRIES | {"flood": ENTRIES["help"]}, alert) == other


def test_what_goes_on_with_it_is_told_from_what_is_only_near() -> None:
    likely, sure = ranking(("help", URGENT, 0.6)), ranking(("help", SURE, 0.6))
    assert goes_on("nobody picks up", likely, HELP, spoken_of=True)
    assert not goes_on("nobody picks up", likely, HELP, spoken_of=False)
    assert goes_on("nobody picks up", sure, HELP, spoken_of=False)
    assert not goes_on("who pays", sure, HELP, spoken_of=True)
    assert not goes_on("the law", ranking(("law", 1, 0.9), ("help", 0.9, 0.1)), HELP, spoken_of=True)
    assert not goes_on("zxcv", ranking(), HELP, spoken_of=True)


@pytest.mark.parametrize(
    ("text", "outcome", "becomes"),
    [
        ("is it legal", Answer(LAW, FOUND["evade"]), Answer(LAW)),
        ("is it legal", Answer(LAW, COST), Answer(LAW, COST)),
        ("it burns", Answer(LAW, HELP), Answer(LAW, HELP, again=True)),
        ("what does it cost", Clarify((HELP, COST)), Clarify((COST,))),
        ("my house", Clarify((LAW, COST)), Decline(again=HELP)),
        ("zxcv", Decline(), Decline(again=HELP)),
    ],
)
def test_beside_good_news_what_is_not_clear_brings_the_number(
    text: str, outcome: Outcome, becomes: Outcome
) -> None:
    assert relieved(text, outcome, Relief.WELL, HELP, ENTRIES) == becomes


def test_where_a_danger_was_only_suspected_good_news_ends_it() -> None:
    assert relieved("it burns", Answer(LAW, HELP), Relief.WELL, None, ENTRIES) == Answer(LAW)
    assert relieved("zxcv", Decline(), Relief.WELL, None, ENTRIES) == Decline()


def test_where_help_is_only_coming_the_danger_stays_among_what_is_asked_back_about() -> None:
    unsure = Clarify((LAW, HELP, COST))
    assert relieved("is it legal", unsure, Relief.HELP, HELP, ENTRIES) == Clarify((LAW, COST, HELP))
    assert relieved("is it legal", unsure, Relief.WELL, HELP, ENTRIES) == Clarify((LAW, COST))


def test_a_feeling_gets_a_kind_word_where_the_danger_is_not_sure_or_denied() -> None:
    unsure, sure = ranking(("help", 0.9, 0.6), ("fear", 0.3, 0.2)), ranking(("help", 1, 0.9), ("fear", 0, 0))
    assert warmly(unsure, ENTRIES, denied=False) == unsure.matches[1]
    assert warmly(sure, ENTRIES, denied=False) is None
    assert warmly(sure, ENTRIES, denied=True) == sure.matches[1]
    assert warmly(ranking(("help", 0.9, 0.6), ("law", 0.8, 0.2)), ENTRIES, denied=True) is None
    assert warmly(ranking(), ENTRIES, denied=True) is None
