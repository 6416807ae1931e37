"""Counts of questions that wait to be written: answering somebody costs no writing of its own."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from bot.store.from_people import OutcomeCount, Statistics

DAY: Final = 86_400.0


def day_of(seconds: float) -> int:
    """The day of a time in seconds since the epoch: days since then, by UTC."""
    return int(seconds // DAY)


class Tally:
    """Counts in memory. What a process that is killed hasn't written yet isn't counted.

    Args:
        clock: Seconds since the epoch.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._counts: Counter[tuple[int, str, str]] = Counter()

    def note(self, outcome: str, entry_id: str = "") -> None:
        """Count one more question.

        Args:
            outcome: How it ended, at most 16 characters.
            entry_id: The entry concerned; empty for none.
        """
        self._counts[day_of(self._clock()), outcome, entry_id] += 1

    async def write(self, store: Statistics) -> None:
        """Write what has gathered; where that fails it is written the next time.

        Raises:
            StoreError: It failed.
        """
        counts = [OutcomeCount(*key, count) for key, count in self._counts.items()]
        if not counts:
            return
        self._counts.clear()
        try:
            await store.count_outcomes(counts)
        except BaseException:  # also where it is cancelled: at a stop it is tried once more
            for one in counts:
                self._counts[one.day, one.outcome, one.entry_id] += one.count
            raise
