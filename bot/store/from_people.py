"""What people leave in a store: what they said of answers, questions that they sent, and how many they asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How often people said something of an entry, as it was in one version of the knowledge base."""

    entry_id: str
    base_version: str
    verdict: str
    count: int


class Feedback(Protocol):
    """Counts of what people said of answers, without who said it."""

    async def count_feedback(self, entry_id: str, base_version: str, verdict: str) -> None:
        """Count one more."""
        ...

    async def feedback(self) -> list[FeedbackCount]:
        """All counts, in the order of entry, version and verdict."""
        ...


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    TAKEN = "taken"
    """A phrasing of an entry now."""
    WANTED = "wanted"
    """An entry should be written for it."""
    DECLINED = "declined"
    """Off the subject."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that somebody chose to send to the maintainers."""

    number: int
    text: str
    created: float
    expires: float
    state: SuggestionState
    language: str = ""
    """Two-letter code; empty where nobody said."""
    entry_id: str = ""
    """The entry whose phrasing it has become; empty for none."""


class Suggestions(Protocol):
    """Texts that people chose to send, encrypted, each until it expires.

    Who sent one is kept as a keyed hash, until it becomes a phrasing.
    """

    async def add_suggestion(self, sender_id: int, text: str, *, keep: float, language: str = "") -> int:
        """Keep a text for a while.

        Returns:
            Its number.
        """
        ...

    async def open_suggestions(self, sender_id: int | None = None) -> int:
        """How many are open: of somebody, or of all."""
        ...

    async def suggestions(
        self, state: SuggestionState | None = SuggestionState.OPEN, *, limit: int | None = 100
    ) -> list[Suggestion]:
        """Suggestions that haven't expired, the oldest first: of a state, or of any for None; up to `limit` of them, or all for None."""
        ...

    async def resolve_suggestion(
        self, number: int, state: SuggestionState, *, entry_id: str = "", keep: float | None = None
    ) -> bool:
        """Decide on an open suggestion. Who sent it is forgotten where it becomes a phrasing.

        Args:
            number: Its number.
            state: What became of it.
            entry_id: The entry whose phrasing it has become.
            keep: Seconds from now for which it is kept; None for no change.

        Returns:
            False where there is no such one that is open, so that of two who decide at once only one does.
        """
        ...

    async def reopen_suggestion(self, number: int, *, keep: float) -> bool:
        """Take a decision back. Who sent a phrasing stays forgotten.

        Args:
            number: Its number.
            keep: Seconds from when it was sent for which it is kept at most, as one that was never decided on.

        Returns:
            False where there is none to take back.
        """
        ...

    async def delete_suggestion(self, number: int) -> bool:
        """Delete a suggestion; False where there is no such one."""
        ...


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many questions of one day ended in one way.

    Attributes:
        day: Days since the epoch, by UTC.
        outcome: A kind of outcome.
        entry_id: The entry concerned; empty for none.
        count: At least 1.
    """

    day: int
    outcome: str
    entry_id: str
    count: int


class Statistics(Protocol):
    """Counts of questions, without a text and without anybody."""

    async def count_outcomes(self, counts: Sequence[OutcomeCount]) -> None:
        """Add to the counts, all or none."""
        ...

    async def outcomes(self, since: int) -> list[OutcomeCount]:
        """All counts from a day on, in the order of day, outcome and entry."""
        ...
