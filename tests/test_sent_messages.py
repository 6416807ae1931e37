"""What the bot remembers of its messages in groups, and for how long."""

from __future__ import annotations

from bot.groups.sent_messages import (
    DELETABLE,
    EDITABLE,
    MAX_ANSWERS,
    MAX_CHATS,
    MAX_MESSAGES,
    Given,
    SentMessages,
)

CHAT, OTHER = -1001, -1002


class Time:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def given(message_id: int) -> Given:
    return Given(message_id, None, overheard=False)


def test_messages_are_remembered_by_chat_as_long_as_they_can_be_deleted() -> None:
    clock = Time()
    sent = SentMessages(clock)
    sent.note(CHAT, 1)
    clock.now = DELETABLE
    sent.note(CHAT, 2)
    sent.note(OTHER, 3)
    assert (sent.recent(CHAT), sent.recent(OTHER)) == ([1, 2], [3])
    clock.now += 1
    assert sent.recent(CHAT) == [2]
    assert sent.recent(-1003) == []


def test_one_call_can_delete_all_that_is_remembered_of_a_chat() -> None:
    sent = SentMessages(Time())
    for number in range(MAX_MESSAGES + 50):
        sent.note(CHAT, number)
    assert sent.recent(CHAT) == list(range(50, MAX_MESSAGES + 50))


def test_the_chat_longest_without_a_message_goes_first() -> None:
    sent = SentMessages(Time())
    for chat in range(MAX_CHATS):
        sent.note(chat, 1)
    sent.note(0, 2)
    sent.note(CHAT, 1)
    assert sent.recent(0) == [1, 2]
    assert sent.recent(1) == []
    assert sent.recent(CHAT) == [1]


def test_an_answer_is_known_for_an_hour_and_the_last_one_counts() -> None:
    clock = Time()
    sent = SentMessages(clock)
    sent.note_answer(CHAT, 10, given(11))
    sent.note_answer(CHAT, 10, given(12))
    clock.now = EDITABLE
    assert sent.answer_to(CHAT, 10) == given(12)
    assert sent.answer_to(OTHER, 10) is None
    assert sent.answer_to(CHAT, 9) is None
    clock.now += 1
    assert sent.answer_to(CHAT, 10) is None


def test_which_entry_was_given_is_known_as_long() -> None:
    clock = Time()
    sent = SentMessages(clock)
    sent.note_answer(CHAT, 10, Given(11, None, overheard=False, entry_id="law"))
    clock.now = EDITABLE
    assert sent.gave(CHAT, "law")
    assert not sent.gave(CHAT, "fees")
    assert not sent.gave(OTHER, "law")
    clock.now += 1
    assert not sent.gave(CHAT, "law")


def test_only_so_many_answers_are_known() -> None:
    sent = SentMessages(Time())
    for number in range(MAX_ANSWERS + 1):
        sent.note_answer(CHAT, number, given(1000 + number))
    assert sent.answer_to(CHAT, 0) is None
    assert sent.answer_to(CHAT, 1) == given(1001)


def test_what_is_deleted_is_neither_cleaned_nor_edited_again() -> None:
    sent = SentMessages(Time())
    sent.note(CHAT, 11)
    sent.note(CHAT, 12)
    sent.note_answer(CHAT, 10, given(11))
    sent.drop(CHAT, frozenset({11}))
    sent.drop(OTHER, frozenset({12}))
    assert sent.recent(CHAT) == [12]
    assert sent.answer_to(CHAT, 10) is None


def test_a_chat_is_forgotten_as_a_whole() -> None:
    sent = SentMessages(Time())
    sent.note(CHAT, 11)
    sent.note_answer(CHAT, 10, given(11))
    sent.forget(CHAT)
    assert sent.recent(CHAT) == []
    assert sent.answer_to(CHAT, 10) is None
