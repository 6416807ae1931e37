"""Question -> verdict, and what to remember of it: the entry last spoken of, for a while, in memory only."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Final

from knowledge.answerer import Answerer, Verdict
from knowledge.model import Entry, Kind, Question

MEMORY_MINUTES: Final = 20
"""How long a follow-up leans on the answer before it."""
MAX_CONVERSATIONS: Final = 20_000
"""The least recent conversation is forgotten beyond this."""


class Conversations:
    """Answers questions in conversations.

    Args:
        answerer: The core.
        clock: Seconds that only go forward.
    """

    def __init__(self, answerer: Answerer, clock: Callable[[], float] = time.monotonic) -> None:
        self.answerer = answerer
        self._clock = clock
        self._last: OrderedDict[Hashable, tuple[str, float]] = OrderedDict()

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
        entry_id, then = self._last.get(conversation, ("", 0.0))
        if not entry_id or self._clock() - then > MEMORY_MINUTES * 60:
            self._last.pop(conversation, None)
            return None
        return entry_id

    def remember(self, conversation: Hashable | None, entry_id: str) -> None:
        """Note that an entry was spoken of in a conversation; a courtesy gives no context to lean on."""
        entry = self.answerer.base.entry(entry_id)
        if conversation is None or entry is None or entry.kind is Kind.CHITCHAT:
            return
        now = self._clock()
        self._last[conversation] = (entry_id, now)
        self._last.move_to_end(conversation)
        while self._last:  # the oldest stand first
            _, then = next(iter(self._last.values()))
            if len(self._last) <= MAX_CONVERSATIONS and now - then <= MEMORY_MINUTES * 60:
                break
            self._last.popitem(last=False)

    def forget(self, concerns: Callable[[Hashable], bool]) -> int:
        """Forget what was answered last in the conversations that a predicate picks; how many there were."""
        forgotten = [conversation for conversation in self._last if concerns(conversation)]
        for conversation in forgotten:
            del self._last[conversation]
        return len(forgotten)
