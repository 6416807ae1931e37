"""Which words of a message are the question, whose talk it is, and what the answer replies to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, Update

from bot import questions
from knowledge.outcome import Question

PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP = {"id": -100, "type": "supergroup", "title": "Tenants"}
FORUM = GROUP | {"is_forum": True}
ANNA: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "es-MX"}
BOB: dict[str, Any] = {"id": 8, "is_bot": False, "first_name": "Bob"}
BOT = {"id": 99, "is_bot": True, "first_name": "Bot", "username": "a_bot"}


def message(
    text: str | None = "Why?",
    *,
    sender: dict[str, Any] | None = ANNA,
    **fields: Any,  # noqa: ANN401 - whatever a message may carry
) -> Message:
    """A message of Anna's, in private unless told otherwise."""
    told: dict[str, Any] = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": sender}
    told |= {"text": text} if text is not None else {}
    return Message.de_json(told | fields, None)


def raw(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """The message that another one replies to."""
    return {"message_id": 3, "date": 1, "chat": PRIVATE, "from": BOB} | fields


class TestFromMessage:
    def test_the_whole_text_is_the_question(self) -> None:
        asked = questions.from_message(message("  Why, though?\n"))
        assert asked is not None
        assert asked.question == Question("Why, though?", "es-MX")
        assert asked.reply_to == 5

    @pytest.mark.parametrize("text", [None, "", "  \n\t", "\u2003"])
    def test_without_text_there_is_none(self, text: str | None) -> None:
        assert questions.from_message(message(text)) is None

    @given(st.text(max_size=200))
    def test_no_text_is_too_odd(self, text: str) -> None:
        asked = questions.from_message(message(text))
        assert (asked.question.text if asked else "") == text.strip()

    def test_a_sender_without_language_or_without_name_is_no_obstacle(self) -> None:
        channel = {"id": -200, "type": "channel", "title": "News"}
        for nobody in (message(sender=BOB), message(sender=None, sender_chat=channel)):
            asked = questions.from_message(nobody)
            assert asked is not None
            assert asked.question.language is None


class TestFromCommand:
    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("/ask is it legal?", "is it legal?"),
            ("/ask@a_bot is it legal?", "is it legal?"),
            ("/ask\nis it legal?", "is it legal?"),
            ("/ASK   is it legal?  ", "is it legal?"),
            ("/ask /ask twice", "/ask twice"),
            ("/ask @a_bot hello", "@a_bot hello"),
            ("/ask 🙂", "🙂"),
        ],
    )
    def test_what_stands_behind_it_is_the_question(self, text: str, question: str) -> None:
        asked = questions.from_command(message(text))
        assert asked is not None
        assert (asked.question.text, asked.reply_to) == (question, 5)

    @given(st.from_regex(r"\S[^\0]{0,80}", fullmatch=True))
    def test_no_word_behind_it_is_lost(self, text: str) -> None:
        asked = questions.from_command(message(f"/ask {text}"))
        assert asked is not None
        assert asked.question.text == text.strip()

    @pytest.mark.parametrize("text", ["/ask", "/ask@a_bot", "/ask \n "])
    def test_alone_it_asks_nothing(self, text: str) -> None:
        assert questions.from_command(message(text)) is None

    @pytest.mark.parametrize(
        ("answered", "question"),
        [
            (raw(text=" Where is it? "), "Where is it?"),
            (raw(caption="Is this it?", photo=[]), "Is this it?"),
        ],
    )
    def test_alone_as_a_reply_it_asks_that_message(self, answered: dict[str, Any], question: str) -> None:
        asked = questions.from_command(message("/ask", reply_to_message=answered))
        assert asked is not None
        assert (asked.question.text, asked.reply_to) == (question, 3)

    def test_alone_with_a_quotation_it_asks_just_that_part(self) -> None:
        quote = {"text": "Where is it?", "position": 7, "is_manual": True}
        answered = raw(text="Hello! Where is it? Bye.")
        asked = questions.from_command(message("/ask", reply_to_message=answered, quote=quote))
        assert asked is not None
        assert (asked.question.text, asked.reply_to) == ("Where is it?", 3)

    def test_own_words_win_over_those_replied_to(self) -> None:
        asked = questions.from_command(message("/ask Who parks?", reply_to_message=raw(text="Where?")))
        assert asked is not None
        assert (asked.question.text, asked.reply_to) == ("Who parks?", 5)

    @pytest.mark.parametrize("text", ["Why?", "please", "and this", "^", "is that true?", "por favor"])
    def test_words_without_matter_point_at_the_message_replied_to(self, text: str) -> None:
        asked = questions.from_command(message(f"/ask {text}", reply_to_message=raw(text="Where is it?")))
        assert asked is not None
        assert (asked.question.text, asked.reply_to) == ("Where is it?", 3)

    def test_what_the_bot_has_said_itself_is_no_question(self) -> None:
        own, inserted = {"from": BOT}, {"via_bot": BOT}
        for by_bot in (own, inserted):
            replied = raw(text="It is in the cellar.", **by_bot)
            assert questions.from_command(message("/ask", reply_to_message=replied), "a_bot") is None

    @pytest.mark.parametrize("answered", [raw(), raw(text="  "), raw(sticker=None)])
    def test_alone_as_a_reply_to_no_text_it_asks_nothing(self, answered: dict[str, Any]) -> None:
        assert questions.from_command(message("/ask", reply_to_message=answered)) is None

    def test_the_language_is_that_of_whoever_sends_the_command(self) -> None:
        answered = raw(text="Where?", **{"from": BOB | {"language_code": "de"}})
        asked = questions.from_command(message("/ask", reply_to_message=answered))
        assert asked is not None
        assert asked.question.language == "es-MX"


class TestConversation:
    def test_in_private_it_is_the_chat(self) -> None:
        assert questions.conversation_of(message()) == questions.conversation_of(message("Else?"))

    def test_in_a_group_it_is_one_person_in_it(self) -> None:
        anna, bob = message(chat=GROUP), message(chat=GROUP, sender=BOB)
        assert questions.conversation_of(anna) == questions.conversation_of(message("Else?", chat=GROUP))
        assert questions.conversation_of(anna) != questions.conversation_of(bob)
        assert questions.conversation_of(anna) != questions.conversation_of(message())

    def test_in_a_group_without_topics_a_chain_of_replies_is_no_other_talk(self) -> None:
        first, reply = message(chat=GROUP), message(chat=GROUP, message_thread_id=3)
        assert questions.conversation_of(first) == questions.conversation_of(reply)

    def test_in_a_forum_each_topic_has_its_own(self) -> None:
        one, two = (message(chat=FORUM, message_thread_id=thread, is_topic_message=True) for thread in (3, 4))
        assert questions.conversation_of(one) != questions.conversation_of(two)

    def test_those_who_hide_behind_different_chats_are_told_apart(self) -> None:
        hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        group, channel = (
            message(chat=GROUP, sender_chat=chat, sender=hidden)
            for chat in (GROUP, {"id": -200, "type": "channel", "title": "News"})
        )
        assert questions.conversation_of(group) != questions.conversation_of(channel)

    def test_it_is_with_who_speaks_in_it(self) -> None:
        private, part = questions.Conversation(7), questions.Conversation(-100, person=7)
        assert private.is_with(7)
        assert part.is_with(7)
        assert not part.is_with(-100)
        assert not private.is_with(0)
        assert questions.Conversation(-100).is_with(-100)


def test_a_reply_to_the_bot_is_told_from_a_reply_to_others() -> None:
    assert questions.is_reply_to(message(reply_to_message=raw(**{"from": BOT})), 99)
    assert not questions.is_reply_to(message(reply_to_message=raw()), 99)
    assert not questions.is_reply_to(message(), 99)


def test_the_language_is_that_of_the_senders_app() -> None:
    assert questions.language_of(Update(1, message=message())) == "es-MX"
    assert questions.language_of(Update(1, message=message(sender=BOB))) is None
    assert questions.language_of(Update(1)) is None
