"""Question -> verdict, and what to remember of it: the entry last spoken of, for a while, in memory only."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Final

from bot.memory import Memory
from knowledge.answerer import Answerer, Verdict
from knowledge.model import Entry, Kind, Question

MEMORY_MINUTES: Final = 20
"""How long a follow-up leans on the answer before it."""


class Conversations:
    """Answers questions in conversations.

    Args:
        answerer: The core.
        clock: Seconds that only go forward.
    """

    def __init__(self, answerer: Answerer, clock: Callable[[], float] = time.monotonic) -> None:
        self.answerer = answerer
        self._last: Memory[str] = Memory(MEMORY_MINUTES, clock)

    def answer(self, question: Question, conversation: Hashable | None = None) -> Verdict:
        """Answer a question; in a conversation, an earlier answer gives it context.

        Args:
            question: What was asked.
            conversation: Whose talk it is part of; None for a question that stands alone.
        """
        verdict = self.answerer.answer(self.in_context(question, conversation))
        self.note(verdict, conversation)
        return verdict

    def in_context(self, question: Question, conversation: Hashable | None) -> Question:
        """A question with what was spoken of before it in its conversation."""
        if conversation is None or question.previous is not None:
            return question
        return replace(question, previous=self.last(conversation))

    def note(self, verdict: Verdict, conversation: Hashable | None) -> None:
        """Remember what a conversation has come to; what was only asked back is context as well."""
        if verdict.likeliest is not None:
            self.remember(conversation, verdict.likeliest)

    def show(self, entry_id: str, conversation: Hashable | None, language: str | None = None) -> Entry | None:
        """An entry that was chosen by a button or link, remembered like an answer; None where it is gone."""
        entry = self.answerer.base.entry(entry_id, language)
        if entry is not None:
            self.remember(conversation, entry_id)
        return entry

    def last(self, conversation: Hashable) -> str | None:
        """The entry last spoken of in a conversation, None where there is none or it is too long ago."""
        return self._last.get(conversation)

    def is_urgent(self, conversation: Hashable) -> bool:
        """Whether somebody's safety was spoken of last."""
        entry = self.answerer.base.entry(self.last(conversation) or "")
        return entry is not None and entry.urgent

    def remember(self, conversation: Hashable | None, entry_id: str) -> None:
        """Note that an entry was spoken of in a conversation; a courtesy gives no context to lean on."""
        entry = self.answerer.base.entry(entry_id)
        if conversation is not None and entry is not None and entry.kind is not Kind.CHITCHAT:
            self._last.keep(conversation, entry_id)

    def forget(self, concerns: Callable[[Hashable], bool]) -> int:
        """Forget what was answered last in the conversations that a predicate picks; how many there were."""
        return self._last.forget(concerns)
