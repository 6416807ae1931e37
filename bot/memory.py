"""One value for each conversation, kept for a while: in this process's memory, bounded."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

MAX_CONVERSATIONS: Final = 20_000
"""Remembered by default."""

_Value = TypeVar("_Value")


class Memory(Generic[_Value]):
    """One value a conversation, for so long.

    Args:
        minutes: How long a value is kept.
        most: Conversations of which one is kept at the same time; beyond, the least recent is forgotten.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        minutes: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        most: int = MAX_CONVERSATIONS,
    ) -> None:
        self._seconds = minutes * 60
        self._clock = clock
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[_Value, float]] = OrderedDict()

    def keep(self, conversation: Hashable, value: _Value) -> None:
        """Keep a value in place of the one before."""
        now = self._clock()
        self._kept[conversation] = (value, now)
        self._kept.move_to_end(conversation)
        while self._kept:  # the oldest stand first
            _, then = next(iter(self._kept.values()))
            if len(self._kept) <= self._most and now - then <= self._seconds:
                break
            self._kept.popitem(last=False)

    def get(self, conversation: Hashable) -> _Value | None:
        """What is kept; None where there is nothing, or it is too long ago."""
        kept = self._kept.get(conversation)
        if kept is None:
            return None
        if self._clock() - kept[1] > self._seconds:
            self.drop(conversation)
            return None
        return kept[0]

    def change(self, conversation: Hashable, value: _Value) -> None:
        """Put a value in the place of one that is kept, for what is left of its time; nothing where none is."""
        if self.get(conversation) is not None:
            self._kept[conversation] = (value, self._kept[conversation][1])

    def drop(self, conversation: Hashable) -> None:
        """Keep nothing of a conversation any more."""
        self._kept.pop(conversation, None)

    def forget(self, concerns: Callable[[Hashable], bool]) -> int:
        """Drop the conversations that a predicate picks; how many there were."""
        dropped = [conversation for conversation in self._kept if concerns(conversation)]
        for conversation in dropped:
            self.drop(conversation)
        return len(dropped)
