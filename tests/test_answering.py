"""What is remembered of a conversation: the entry answered last, for a while, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.answering import MEMORY_MINUTES, Conversations
from knowledge.outcome import Answer, Decline, Question
from tests.e2e.stage import Prompted

if TYPE_CHECKING:
    from knowledge.answerer import Answerer

PARKING = Question("Where do I park my car?")
NONSENSE = Question("zxcvb qwrtz")


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += minutes * 60


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def core(small_answerer: Answerer) -> Prompted:
    return Prompted(small_answerer)


@pytest.fixture
def conversations(core: Prompted, clock: Clock) -> Conversations:
    return Conversations(core, clock)


def test_an_answer_gives_the_next_question_its_context(conversations: Conversations, core: Prompted) -> None:
    assert isinstance(conversations.answer(PARKING, "anna").outcome, Answer)
    conversations.answer(NONSENSE, "anna")
    conversations.answer(NONSENSE, "anna")
    assert core.contexts == [None, "parking", "parking"]


def test_conversations_know_nothing_of_each_other(conversations: Conversations, core: Prompted) -> None:
    conversations.answer(PARKING, "anna")
    conversations.answer(NONSENSE, "bob")
    assert core.contexts == [None, None]


def test_a_question_that_stands_alone_is_forgotten(conversations: Conversations, core: Prompted) -> None:
    conversations.answer(PARKING)
    conversations.answer(NONSENSE)
    assert core.contexts == [None, None]
    assert conversations.show("parking", None) is not None


def test_a_context_that_is_given_is_kept(conversations: Conversations, core: Prompted) -> None:
    conversations.answer(PARKING, "anna")
    conversations.answer(Question("zxcvb", previous="cats"), "anna")
    assert core.contexts == [None, "cats"]


def test_no_answer_changes_nothing(conversations: Conversations) -> None:
    assert isinstance(conversations.answer(NONSENSE, "anna").outcome, Decline)
    assert conversations.last("anna") is None


def test_what_was_asked_back_about_is_context_too(conversations: Conversations, core: Prompted) -> None:
    conversations.answer(PARKING, "anna")
    core.unsure["zxcvb qwrtz"] = ["cats", "fire"]
    conversations.answer(NONSENSE, "anna")
    assert conversations.last("anna") == "cats"


def test_an_urgent_answer_stands_where_it_was_given_or_chosen_alone(
    small_answerer: Answerer, clock: Clock
) -> None:
    entries = {
        code: {id_: replace(entry, urgent=id_ == "fire") for id_, entry in found.items()}
        for code, found in small_answerer.base.entries.items()
    }
    core = Prompted(small_answerer)
    core.base = replace(core.base, entries=entries)
    conversations = Conversations(core, clock)
    core.unsure["zxcvb qwrtz"] = ["fire", "cats"]
    conversations.answer(NONSENSE, "anna")
    assert not conversations.is_urgent("anna")
    assert conversations.last("anna") is None
    assert conversations.show("fire", "anna") is not None
    assert conversations.is_urgent("anna")
    conversations.none_meant("anna")
    assert not conversations.is_urgent("anna")


def test_a_courtesy_changes_nothing(conversations: Conversations) -> None:
    conversations.answer(PARKING, "anna")
    assert conversations.show("hello", "anna") is not None
    assert conversations.last("anna") == "parking"


def test_what_is_shown_is_remembered_like_an_answer(conversations: Conversations) -> None:
    shown = conversations.show("cats", "anna")
    assert shown is not None
    assert (shown.id, conversations.last("anna")) == ("cats", "cats")


def test_what_is_not_there_can_not_be_shown(conversations: Conversations) -> None:
    for entry_id in ("dogs", "", "../parking"):
        assert conversations.show(entry_id, "anna") is None
        conversations.remember("anna", entry_id)
    assert conversations.last("anna") is None


def test_after_a_while_it_is_forgotten(conversations: Conversations, clock: Clock) -> None:
    conversations.show("cats", "anna")
    clock.pass_minutes(MEMORY_MINUTES)
    assert conversations.last("anna") == "cats"
    clock.pass_minutes(0.01)
    assert conversations.last("anna") is None
    clock.pass_minutes(-MEMORY_MINUTES)
    assert conversations.last("anna") is None


def test_asking_on_keeps_the_memory(conversations: Conversations, clock: Clock) -> None:
    for _ in range(3):
        conversations.show("cats", "anna")
        clock.pass_minutes(MEMORY_MINUTES - 1)
    assert conversations.last("anna") == "cats"


def test_nothing_of_what_was_written_is_kept(conversations: Conversations) -> None:
    conversations.answer(PARKING, "anna")
    assert "park my car" not in repr(vars(vars(conversations)["_talks"]))
