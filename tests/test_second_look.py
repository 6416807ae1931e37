"""What stands behind a courtesy is heard, and a courtesy that is all stays one."""

from __future__ import annotations

import pytest

from knowledge.answerer import Answerer
from knowledge.courtesies import is_only_courtesies, without_courtesies
from knowledge.model import Kind
from knowledge.outcome import Answer, Clarify, Match, Question
from knowledge.small_talk import SmallTalk, is_of_another
from knowledge.verdict import Verdict


def named(verdict: Verdict) -> list[str]:
    """The entries that are answered or asked back about."""
    match verdict.outcome:
        case Answer(best, also):
            return [match.entry_id for match in (best, also) if match]
        case Clarify(matches):
            return [match.entry_id for match in matches]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "ok ya me mato entonces",
        "entiendo, entonces mejor me muero",
        "ah ok, entonces me suicido",
        "ok ya entendi, mejor me voy de este mundo",
        "ok ya no respiro bien",
        "gracias por nada, me mato",
        "listo, me tiro al tren",
        "all right then i'll end it",
        "great, i cant breathe properly now",
        "ya no veo salida",
    ],
)
def test_a_danger_behind_a_courtesy_is_heard(answerer: Answerer, text: str) -> None:
    assert named(answerer.answer(Question(text)))[:1] == ["emergency"]


@pytest.mark.parametrize(
    "text",
    [
        "ok entonces las llevo",
        "entiendo, igual las voy a llevar",
        "bueno, las llevo y ya",
        "ok cool ill do it anyway",
        "entendido, pero el perro verde canta",
    ],
)
def test_what_isnt_understood_is_no_reason_to_nod(answerer: Answerer, text: str) -> None:
    assert "acknowledged" not in named(answerer.answer(Question(text)))[:1]


@pytest.mark.parametrize("text", ["im worthless", "soy una in\u00fatil", "no sirvo para nada", "I'm garbage"])
def test_who_speaks_of_themselves_insults_nobody(answerer: Answerer, text: str) -> None:
    assert "insult" not in named(answerer.answer(Question(text)))


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("ok got it, thanks", "thanks"),
        ("right, gotcha", "acknowledged"),
        ("alright, got it", "acknowledged"),
        ("bueno, entonces no las llevo", "acknowledged"),
        ("ok ty sweetie", "thanks"),
        ("howdy from Lubbock", "greeting"),
        ("eres un in\u00fatil", "insult"),
        ("you're useless", "insult"),
    ],
)
def test_a_courtesy_that_is_all_stays(answerer: Answerer, text: str, entry: str) -> None:
    assert answerer.answer(Question(text)).answered == entry


def test_a_question_behind_a_sigh_is_that_question(answerer: Answerer) -> None:
    assert answerer.answer(Question("ugh. how is permission obtained")).answered == "get-permission"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ok then i'll end it", "i'll end it"),
        ("oh my goodness okay well thank you dear, let me ask you another thing: is it open", "is it open"),
        ("listo, pues me voy", "me voy"),
        ("fine print is hard to read", ""),
        ("claro", ""),
    ],
)
def test_nods_are_set_aside_where_asked(text: str, rest: str) -> None:
    assert without_courtesies(text, nods=True) == rest


def test_nods_alone_are_all_courtesy() -> None:
    assert is_only_courtesies("alright, got it")
    assert not is_only_courtesies("alright, I'll go")


def test_of_oneself_and_of_somebody_else() -> None:
    match = Match("insult", 0.9, 0.9, 1.0, "useless")
    assert is_of_another("I'm useless", match)
    assert not is_of_another("you're useless", match)
    assert not is_of_another("I am fed up with you, useless", match)


def test_courtesies_are_what_is_said_and_not_grave(answerer: Answerer) -> None:
    small = SmallTalk(answerer.index("en"), answerer.entries("en"))
    found = {id_ for id_ in answerer.entries("en") if small.is_courtesy(id_)}
    assert {"thanks", "acknowledged", "insult"} <= found
    assert not found & {"distress", "privacy", "emergency"}
    assert all(answerer.entries("en")[id_].kind is Kind.CHITCHAT for id_ in found)
    assert {id_ for id_ in found if small.assents(id_)} == {"acknowledged"}
