"""What the bot has sent to groups, for a while and in memory only: to edit it, to clean it up. Numbers, no texts."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

EDITABLE: Final = 3600.0
"""Seconds for which an answer follows the edits of its question."""
STANDS: Final = 900.0
"""Seconds for which a group is pointed at an answer that stands there, instead of getting it again."""
DELETABLE: Final = 47 * 3600.0
"""Seconds for which messages are remembered for cleaning up: Telegram lets a bot delete its own for 48 hours."""
MAX_CHATS: Final = 1_000
"""With all that is remembered of each these take about 20 MB at most."""
MAX_MESSAGES: Final = 100
"""Of one chat: as many as a single call can delete."""
MAX_ANSWERS: Final = 30
"""Of one chat: further up nobody edits a question any more."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given in a group.

    Attributes:
        message_id: The bot's message.
        previous: The entry that its question was understood after.
        overheard: Whether nobody had asked the bot.
        entry_id: The entry that answered, None where the bot asked back or declined.
        person: The one who asked for it, by number; they need not have written the question.
        instead: The entries that may be meant where the answer isn't what was asked.
        language: The language that it was given in; empty where it wasn't given whole.
        topic: The topic of a forum that it stands in; None for none.
    """

    message_id: int
    previous: str | None
    overheard: bool
    entry_id: str | None = None
    person: int = 0
    instead: tuple[str, ...] = ()
    language: str = ""
    topic: int | None = None


@dataclass(slots=True)
class _Chat:
    sent: OrderedDict[int, tuple[float, str]] = field(default_factory=OrderedDict)
    """Message -> when it was sent, and the entry that it is about."""
    answers: OrderedDict[int, tuple[Given, float]] = field(default_factory=OrderedDict)


class SentMessages:
    """Remembers messages of the bot by chat; the chat longest without one is forgotten beyond `MAX_CHATS`.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def note(self, chat_id: int, message_id: int, entry_id: str = "") -> None:
        """Note that the bot has sent a message, or turned one into another; `entry_id` is the entry that it is about."""
        chat = self._chats.setdefault(chat_id, _Chat())
        self._chats.move_to_end(chat_id)
        then, _ = chat.sent.get(message_id, (self._clock(), ""))
        chat.sent[message_id] = then, entry_id
        while len(chat.sent) > MAX_MESSAGES:
            chat.sent.popitem(last=False)
        while len(self._chats) > MAX_CHATS:
            self._chats.popitem(last=False)

    def note_answer(self, chat_id: int, question_id: int, given: Given) -> None:
        """Note which message answers which question; of a question answered twice, the last one counts."""
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.answers[question_id] = (given, self._clock())
        chat.answers.move_to_end(question_id)
        while len(chat.answers) > MAX_ANSWERS:
            chat.answers.popitem(last=False)

    def answer_to(self, chat_id: int, question_id: int) -> Given | None:
        """The answer to a question, None where there is none or it is too long ago."""
        chat = self._chats.get(chat_id)
        given, then = (chat.answers.get(question_id) if chat else None) or (None, 0.0)
        return given if given and self._clock() - then <= EDITABLE else None

    def gave(self, chat_id: int, entry_id: str) -> bool:
        """Whether an entry's answer was given in a chat within the last hour, asked for or not."""
        chat, now = self._chats.get(chat_id), self._clock()
        given = chat.answers.values() if chat else ()
        return any(answer.entry_id == entry_id and now - then <= EDITABLE for answer, then in given)

    def instead_of(self, chat_id: int, message_id: int) -> tuple[str, ...]:
        """The entries that may be meant where an answer isn't what was asked; none where that isn't remembered."""
        chat = self._chats.get(chat_id)
        given = (answer for answer, _ in chat.answers.values()) if chat else iter(())
        return next((answer.instead for answer in given if answer.message_id == message_id), ())

    def stands(self, chat_id: int, entry_id: str, language: str, topic: int | None) -> Given | None:
        """An entry's whole answer that was given in a language a short while ago, the last one; None where it wasn't."""
        chat, now = self._chats.get(chat_id), self._clock()
        given = [answer for answer, then in chat.answers.values() if now - then <= STANDS] if chat else []
        wanted = (entry_id, language, topic)
        return next((a for a in reversed(given) if (a.entry_id, a.language, a.topic) == wanted), None)

    def entry_of(self, chat_id: int, message_id: int) -> str:
        """The entry that a message of the bot is about; empty for none, and where that isn't remembered."""
        chat = self._chats.get(chat_id)
        return chat.sent.get(message_id, (0.0, ""))[1] if chat else ""

    def recent(self, chat_id: int) -> list[int]:
        """The bot's messages in a chat that can still be deleted, oldest first."""
        chat, now = self._chats.get(chat_id), self._clock()
        return [number for number, (then, _) in chat.sent.items() if now - then <= DELETABLE] if chat else []

    def drop(self, chat_id: int, message_ids: frozenset[int]) -> None:
        """Forget messages that are gone."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return
        for number in message_ids:
            chat.sent.pop(number, None)
        for question_id in [q for q, (given, _) in chat.answers.items() if given.message_id in message_ids]:
            del chat.answers[question_id]

    def forget(self, chat_id: int) -> None:
        """Forget a chat."""
        self._chats.pop(chat_id, None)
