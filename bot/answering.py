"""Question -> verdict, and the context that later questions in the conversation need: for a while, in memory only."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Final

from bot.memory import Memory
from knowledge.answerer import Answerer
from knowledge.model import Entry
from knowledge.outcome import Question, Relief
from knowledge.talk import Talk
from knowledge.verdict import Verdict

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
        self._talks: Memory[Talk] = Memory(MEMORY_MINUTES, clock)

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
        """A question with the context of its conversation."""
        if conversation is None or question.previous is not None:
            return question
        return self.talk(conversation).put(question)

    def note(self, verdict: Verdict, conversation: Hashable | None) -> None:
        """Remember what a conversation has come to; what was only asked back is context as well."""
        if conversation is not None:
            talk = self.talk(conversation)
            now = talk.after(verdict, self.answerer.base.entries_for(verdict.language))
            if now is not talk:
                self._keep(conversation, now)

    def show(self, entry_id: str, conversation: Hashable | None, language: str | None = None) -> Entry | None:
        """An entry that was chosen by a button or link, remembered like an answer; None where it is gone."""
        entry = self.answerer.base.entry(entry_id, language)
        if entry is not None:
            self.remember(conversation, entry_id)
        return entry

    def browse(
        self, entry_id: str, conversation: Hashable | None, language: str | None = None
    ) -> Entry | None:
        """As `show`, for what is only looked at: to see what there is about emergencies in a list tells of none."""
        entry = self.answerer.base.entry(entry_id, language)
        if entry is not None and conversation is not None:
            self._keep(conversation, self.talk(conversation).browsed(entry))
        return entry

    def none_meant(self, conversation: Hashable, *, safe: bool = False) -> None:
        """Note that none of what was asked back about is meant; `safe` as for `Talk.none_meant`."""
        self._keep(conversation, self.talk(conversation).none_meant(safe=safe))

    def relieved(self, conversation: Hashable, relief: Relief) -> None:
        """Note that somebody has said what is better about a danger, and nothing else."""
        self._keep(conversation, self.talk(conversation).relieved(relief))

    def moved_on(self, conversation: Hashable) -> None:
        """Note that somebody has turned to something else, as to the checklist."""
        self._keep(conversation, self.talk(conversation).moved_on())

    def missed(self, conversation: Hashable) -> None:
        """Note that the last answer isn't what was asked."""
        self._keep(conversation, self.talk(conversation).missed())

    def go_back(self, conversation: Hashable, talk: Talk) -> None:
        """Make a conversation what it was before a message that was put right."""
        self._keep(conversation, talk)

    def talk(self, conversation: Hashable) -> Talk:
        """What a conversation has come to; a new one where that is too long ago."""
        return self._talks.get(conversation) or Talk()

    def last(self, conversation: Hashable) -> str | None:
        """The entry that a conversation was last about; None where there is none or it is too long ago."""
        return self.talk(conversation).entry or None

    def is_urgent(self, conversation: Hashable) -> bool:
        """Whether an urgent answer was given and stands."""
        return self.talk(conversation).stands

    def is_alarmed(self, conversation: Hashable) -> bool:
        """Whether a danger or grief was spoken of, so that good news is about that."""
        return self.talk(conversation).put(Question("")).troubled

    def remember(self, conversation: Hashable | None, entry_id: str) -> None:
        """Note that an entry's answer was given in a conversation; a courtesy gives no context to lean on."""
        entry = self.answerer.base.entry(entry_id)
        if conversation is not None and entry is not None:
            self._keep(conversation, self.talk(conversation).shown(entry, self.answerer.entries()))

    def forget(self, concerns: Callable[[Hashable], bool]) -> int:
        """Forget what was answered last in the conversations that a predicate picks; how many there were."""
        return self._talks.forget(concerns)

    def _keep(self, conversation: Hashable, talk: Talk) -> None:
        if talk == Talk():
            self._talks.drop(conversation)
        else:
            self._talks.keep(conversation, talk)
