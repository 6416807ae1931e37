"""Phrasings that maintainers accepted, in the store: how they get there, and how they go when the files have them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.review.masking import without_marks
from bot.store.from_people import Suggestion, SuggestionState
from bot.store.protocol import Store
from knowledge.model import LearnedPhrasing

KEEP: Final = 365 * 24 * 3600.0
"""Seconds for which a phrasing is kept: time to take it over into the files."""
MOST: Final = 2_000
"""So many of those that wait are looked at, the oldest first."""


class Accepted:
    """What was accepted.

    Args:
        store: Holds it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def phrasings(self) -> tuple[LearnedPhrasing, ...]:
        """All of it, in ascending order, each once.

        Raises:
            StoreError: It can't be read.
        """
        taken = await self._store.suggestions(SuggestionState.TAKEN, limit=None)
        return tuple(sorted({phrasing_of(suggestion, suggestion.entry_id) for suggestion in taken}))

    async def accept(self, suggestions: Sequence[Suggestion], entry_id: str) -> list[Suggestion]:
        """Make phrasings of open suggestions; those that are, and not those that were decided on or deleted meanwhile."""
        return [
            one
            for one in suggestions
            if await self._store.resolve_suggestion(
                one.number, SuggestionState.TAKEN, entry_id=entry_id, keep=KEEP
            )
        ]

    async def forget(self, phrasings: Collection[LearnedPhrasing]) -> None:
        """Delete what the files say by now."""
        for suggestion in await self._store.suggestions(SuggestionState.TAKEN, limit=None):
            if phrasing_of(suggestion, suggestion.entry_id) in phrasings:
                await self._store.delete_suggestion(suggestion.number)


def phrasing_of(suggestion: Suggestion, entry_id: str) -> LearnedPhrasing:
    """A suggestion as an entry's phrasing."""
    return LearnedPhrasing(suggestion.language, entry_id, without_marks(suggestion.text))
