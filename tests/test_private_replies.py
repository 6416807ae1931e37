"""What is said to a verdict in private: the same in the terminal and on Telegram, where more is offered under it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import private_replies, unanswered
from bot.callback_data import Action, unpack
from bot.private_replies import NOTHING, OfferingReplies, PrivateReplies
from bot.rendering import Renderer
from bot.review.drafts import new_key
from knowledge.outcome import Decline, Question

if TYPE_CHECKING:
    from bot.reply import Button, Reply
    from knowledge.answerer import Answerer


def said(answerer: Answerer, replies: PrivateReplies, text: str, shown: Reply = NOTHING) -> Reply:
    """What is said to a question that isn't met with silence."""
    reply = private_replies.reply(answerer.answer(Question(text)), answerer, replies, shown)
    assert reply is not None
    return reply


def buttons(reply: Reply) -> set[Button]:
    """All buttons of a reply."""
    return {button for row in reply.buttons for button in row}


def keys(reply: Reply, action: Action) -> set[str]:
    """The keys in a reply's buttons that do this."""
    payloads = [unpack(button.data) for button in buttons(reply)]
    return {p.more or p.id for p in payloads if p is not None and p.action is action}


@pytest.fixture
def renderer(small_answerer: Answerer) -> Renderer:
    return Renderer.speaking(small_answerer.base, "en")


@pytest.mark.parametrize("text", ["Where may I park my car?", "There is a fire"])
def test_the_terminal_says_what_telegram_says(
    small_answerer: Answerer, renderer: Renderer, text: str
) -> None:
    offering = OfferingReplies(renderer, username="a_bot", key=new_key())
    plain, offered = (said(small_answerer, ways, text) for ways in (PrivateReplies(renderer), offering))
    assert plain.html == offered.html
    assert buttons(plain) <= buttons(offered)


def test_what_can_be_no_key_is_put_into_no_button(small_answerer: Answerer, renderer: Renderer) -> None:
    key, text = new_key(), "Where may I park my car?"
    known, made_up = (
        keys(said(small_answerer, OfferingReplies(renderer, key=k), text), Action.FEEDBACK)
        for k in (key, key + "x")
    )
    assert all(more.endswith(key) for more in known)
    assert known
    assert made_up
    assert not any(key in more for more in made_up)


def test_the_same_answer_is_not_given_twice(small_answerer: Answerer, renderer: Renderer) -> None:
    offering = OfferingReplies(renderer, key=new_key())
    first = said(small_answerer, offering, "can i leave my car here")
    second = said(small_answerer, offering, "can i leave my car here", first)
    assert first.entry_id == second.entry_id
    assert first.html != second.html
    assert keys(second, Action.SUGGEST)


@pytest.mark.parametrize(("foreign", "is_offered"), [("", True), ("de", False)])
def test_what_is_declined_may_be_sent_on_unless_it_is_in_another_language(
    small_answerer: Answerer, renderer: Renderer, foreign: str, is_offered: bool
) -> None:
    verdict = replace(small_answerer.answer(Question("?")), outcome=Decline(foreign))
    ways = PrivateReplies(renderer), OfferingReplies(renderer, key=new_key())
    plain, offered = (private_replies.reply(verdict, small_answerer, way) for way in ways)
    assert plain is not None
    assert offered is not None
    assert plain.html == offered.html
    assert not keys(plain, Action.SUGGEST)
    assert bool(keys(offered, Action.SUGGEST)) is is_offered


def test_what_is_lost_after_an_answer_leads_on_from_there_once(
    small_answerer: Answerer, renderer: Renderer
) -> None:
    replies = PrivateReplies(renderer)
    answered = said(small_answerer, replies, "Where may I park my car?")
    lost = said(small_answerer, replies, "zxcvb qwrtz", answered)
    assert lost.entry_id == answered.entry_id
    assert keys(lost, Action.SHOW) == keys(answered, Action.SHOW)
    assert keys(lost, Action.SHOW)
    assert (
        said(small_answerer, replies, "zxcvb qwrtz", lost).html
        == said(small_answerer, replies, "zxcvb qwrtz").html
    )
    grave = PrivateReplies(renderer, grave=True)
    assert (
        said(small_answerer, grave, "zxcvb qwrtz", answered).html
        == unanswered.decline(renderer, grave=True).html
    )
