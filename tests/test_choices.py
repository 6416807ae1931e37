"""A choice among questions that were asked back, beside a remark, misspelt, or of several at once; and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import private_replies
from bot.choices import chosen, offered, picked
from bot.commands import chat
from bot.private_replies import PrivateReplies
from bot.remark import Remark
from bot.rendering import Renderer
from bot.reply import Button, Reply
from bot.typed import heard, remembered
from knowledge.outcome import Decline, Question

if TYPE_CHECKING:
    from knowledge.answerer import Answerer

LAW = Button("Is it legal?", "c:law")
FEES = Button("What does it cost?", "c:fees")
ICE = Button("Does dry ice do?", "c:ice")
NONE = Button("None of these", "n:", heard="none|no|neither")
ASKED_BACK = Reply("", ((LAW,), (FEES,), (ICE,), (NONE,)))


@pytest.mark.parametrize(
    ("text", "button", "rest"),
    [
        ("the second. they say it's cheaper for us", FEES, "they say it's cheaper for us"),
        ("the third one. They've been so kind", ICE, "They've been so kind"),
        ("ok, the first, my lawyer wants it in writing", LAW, "my lawyer wants it in writing"),
        ("the first because my wife asked", LAW, "because my wife asked"),
        ("2. and hurry up lol", FEES, "and hurry up lol"),
        ("second! hurry", FEES, "hurry"),
        ("la tercera, es que mi hijo viaja mañana", ICE, "es que mi hijo viaja mañana"),
        ("the second one, he can't breathe", FEES, "he can't breathe"),
    ],
)
def test_a_choice_may_come_first_with_a_remark_behind_it(text: str, button: Button, rest: str) -> None:
    assert chosen(text, offered(ASKED_BACK)) is None
    pick = picked(text, ASKED_BACK)
    assert pick is not None
    assert (pick.button, pick.rest) == (button, rest)
    assert heard(text, ASKED_BACK) is None  # whether the remark tells of a danger is for the matcher to say


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("ok the second and third", (FEES, ICE)),
        ("1 and 3", (LAW, ICE)),
        ("1, 3", (LAW, ICE)),
        ("the first & the third please", (LAW, ICE)),
        ("la 2 y la 3", (FEES, ICE)),
    ],
)
def test_several_may_be_chosen(text: str, buttons: tuple[Button, ...]) -> None:
    pick = picked(text, ASKED_BACK)
    assert pick is not None
    assert (pick.button, *pick.others) == buttons


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("fist one", LAW),
        ("secnd", FEES),
        ("thrid pls", ICE),
        ("The first one obviously", LAW),
        ("number one", LAW),
        ("priemra", LAW),
        ("segnuda por favor", FEES),
    ],
)
def test_a_number_is_understood_misspelt_and_beside_a_mere_filler(text: str, button: Button) -> None:
    assert chosen(text, offered(ASKED_BACK)) == button


@pytest.mark.parametrize(
    "text",
    [
        "the first time we flew they gave us a box",
        "i want a second opinion",
        "one more question",
        "i have two kids with me",
        "first, can they arrest me?",
        "First: is it legal. Second: what does it cost",
        "1. is it legal 2. who pays",
        "second dose was in may",
        "la primera vez que fui",
        "quiero una segunda opinión",
        "a friend told me to go",
        "two of my friends died there",
        "the second my son stopped breathing we called",
        "no one",
        "there",
        "the fifth, I think, and the sixth",
        "is it legal in Mexico",
    ],
)
def test_what_counts_or_tells_chooses_nothing(text: str) -> None:
    assert chosen(text, offered(ASKED_BACK)) is None
    assert picked(text, ASKED_BACK) is None


def test_nothing_is_picked_where_no_question_was_asked_back() -> None:
    answered = Reply("", ((Button("Is it legal?", "e:law"),), (Button("Fees?", "e:fees"),)))
    assert picked("the second. they say it's cheaper", answered) is None


@pytest.mark.parametrize(
    "text", ["either", "you choose", "whichever, you decide", "doesn't matter", "cualquiera, elija usted"]
)
def test_the_choice_may_be_left_to_the_bot(text: str) -> None:
    assert heard(text, ASKED_BACK) is Remark.ANY
    assert heard(text, Reply("")) is not Remark.ANY


def test_what_offers_nothing_leaves_a_question_back_open() -> None:
    assert remembered(Reply("You're welcome."), ASKED_BACK) == ASKED_BACK
    other = Reply("Behind the house.", ((Button("Bicycles?", "e:bicycles"),),))
    assert chosen("2", offered(remembered(other, ASKED_BACK))) is None


@pytest.fixture
def replies(small_answerer: Answerer) -> PrivateReplies:
    return PrivateReplies(Renderer.speaking(small_answerer.base, "en"))


@pytest.fixture
def asked_back(small_answerer: Answerer, replies: PrivateReplies) -> Reply:
    """The question whether parking or bicycles are meant."""
    entries = small_answerer.base.entries["en"]
    return replies.clarify([entries["parking"], entries["bicycles"]])


def test_a_choice_is_answered_whatever_its_remark_would_be_answered_with(
    small_answerer: Answerer, replies: PrivateReplies, asked_back: Reply
) -> None:
    text = "the second. my car is here"
    verdict = small_answerer.answer(Question(text))
    pick = private_replies.picked(text, verdict, small_answerer, asked_back)
    assert pick is not None
    assert private_replies.reply_to_pick(pick, verdict, small_answerer, replies).entry_id == "bicycles"


def test_a_choice_at_the_end_of_a_sentence_is_left_to_who_sees_dangers(
    small_answerer: Answerer, asked_back: Reply
) -> None:
    text = "they did ask me, so the second one I suppose"
    assert heard(text, asked_back) is None
    pick = private_replies.picked(text, small_answerer.answer(Question(text)), small_answerer, asked_back)
    assert pick is not None
    assert pick.button == offered(asked_back)[1]


def test_of_several_the_first_is_answered_and_a_yes_brings_the_other(
    small_answerer: Answerer, replies: PrivateReplies, asked_back: Reply
) -> None:
    text = "the first and second"
    verdict = small_answerer.answer(Question(text))
    pick = private_replies.picked(text, verdict, small_answerer, asked_back)
    assert pick is not None
    reply = private_replies.reply_to_pick(pick, verdict, small_answerer, replies)
    assert reply.entry_id == "parking"
    assert "You chose" in reply.html
    yes = chosen("yes", offered(reply))
    assert yes is not None
    assert yes.data == "e:bicycles"


def test_the_terminal_hears_a_choice_beside_a_remark(
    small_answerer: Answerer, asked_back: Reply, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = chat._Terminal(small_answerer, "en", "")
    terminal._say(asked_back)
    terminal.hear("the second. it rains")
    assert "Into the cellar" in capsys.readouterr().out


def test_what_chooses_nothing_gets_the_questions_once_more(
    small_answerer: Answerer, replies: PrivateReplies, asked_back: Reply
) -> None:
    verdict = replace(small_answerer.answer(Question("zxcvb qwrtz")), outcome=Decline())
    again = private_replies.reply(verdict, small_answerer, replies, asked_back)
    assert again is not None
    assert offered(again)[:3] == offered(asked_back)
    twice = private_replies.reply(verdict, small_answerer, replies, again)
    assert twice is not None
    assert twice.html == replies.decline("").html
