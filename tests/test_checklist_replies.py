"""What people write at a question of the checklist, in their own words: a response, several at once, or none."""

from __future__ import annotations

import pytest

from bot.checklist_replies import given, response_in
from knowledge.checklist import Checklist, ChecklistQuestion, Response, Walk

QUESTIONS = tuple(
    ChecklistQuestion(id=id_, question=f"{id_}?", ask=id_, label=id_) for id_ in ("a", "b", "c")
)
BEGINNING = Walk(Checklist(title="Questions", questions=QUESTIONS, advice=()))


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("the FDA said yes supposedly", Response.YES),
        ("they told my wife yes", Response.YES),
        ("they said yes verbally but I don't believe it", Response.YES),
        ("the cdc says no apparently", Response.NO),
        ("CDC hmm dunno never asked them", Response.NOT_ASKED),
        ("we never asked the fda", Response.NOT_ASKED),
        ("la fda ni idea", Response.NOT_ASKED),
        ("customs never answered us", Response.WONT_SAY),
        ("nunca nos contestaron", Response.WONT_SAY),
        ("la aduana dijo que no según ellos", Response.NO),
    ],
)
def test_a_response_is_found_in_what_somebody_tells(text: str, response: Response) -> None:
    assert response_in(text) is response
    walk = given(BEGINNING, text)
    assert walk is not None
    assert walk.responses == (response,)


@pytest.mark.parametrize(
    "text",
    [
        "they said yes to you, she said no to me",
        "they said no problem",
        "they never said yes",
        "the clinic didn't say yes",
        "no dijeron que sí",
        "no one told me what the fda is",
        "has the fda said yes?",
        "what does the cdc do",
        "my mother can't breathe",
        "I want to die",
        "my blue hat",
        "we flew to Cancun",
        "yes, but what are export fees",
    ],
)
def test_what_asks_or_tells_something_else_is_no_response(text: str) -> None:
    assert response_in(text) is None
    assert given(BEGINNING, text) is None


@pytest.mark.parametrize(
    ("text", "responses"),
    [
        ("no to all of them", 3 * (Response.NO,)),
        ("they said yes to all of them", 3 * (Response.YES,)),
        ("haven't asked any of them", 3 * (Response.NOT_ASKED,)),
        ("todas que no", 3 * (Response.NO,)),
        ("yes, no and yes", (Response.YES, Response.NO, Response.YES)),
        ("1 yes 2 yes 3 no", (Response.YES, Response.YES, Response.NO)),
        ("no no no", 3 * (Response.NO,)),
        ("no no", (Response.NO,)),
    ],
)
def test_all_questions_may_be_responded_to_at_once(text: str, responses: tuple[Response, ...]) -> None:
    walk = given(BEGINNING, text)
    assert walk is not None
    assert walk.responses == responses
