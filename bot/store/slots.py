"""When the next message may go: a set time apart, with short bursts. The arithmetic, and one process's own count."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

_MANY: Final = 10_000
"""Keys upon which those that have no meaning any more are thrown away."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast something may go: at most `burst + seconds / every` times within any `seconds`.

    Attributes:
        every: Seconds from one to the next in the long run.
        burst: How many may go at once after a rest; 1 or more.
    """

    every: float
    burst: int = 1

    def wait(self, full: float, now: float) -> float:
        """Seconds until the next may go.

        Args:
            full: The time at which a whole burst may go again; in the past after a rest.
            now: The time.
        """
        return max(0.0, full - now - (self.burst - 1) * self.every)

    def after_one(self, full: float, now: float) -> float:
        """`full` when one more has gone."""
        return max(full, now) + self.every

    def held(self, full: float, now: float, seconds: float) -> float:
        """`full` when nothing may go for a number of seconds."""
        return max(full, now + seconds + (self.burst - 1) * self.every)


@dataclass(frozen=True, slots=True)
class Slot:
    """What came of asking for a slot: `wait` seconds until then. Where it isn't taken, nothing has changed."""

    wait: float
    taken: bool


class Slots(Protocol):
    """Counts who may go when. Every method raises StoreUnavailableError where the count can't be reached."""

    async def take_slot(self, key: str, pace: Pace, within: float) -> Slot:
        """Take the next slot of a key, if it comes soon enough."""
        ...

    async def next_slots(self, wanted: Mapping[str, Pace]) -> dict[str, float]:
        """For each key the seconds until its next slot; none is taken."""
        ...

    async def hold_slots(self, key: str, pace: Pace, seconds: float) -> None:
        """Let no slot of a key come for a number of seconds."""
        ...


class LocalSlots:
    """The count of a process that sends alone.

    Args:
        clock: Seconds, from whenever.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full: dict[str, float] = {}

    async def take_slot(self, key: str, pace: Pace, within: float) -> Slot:
        """Take a slot; see the protocol."""
        now = self._clock()
        full = self._full.get(key, now)
        wait = pace.wait(full, now)
        if wait > within:
            return Slot(wait, taken=False)
        self._keep(key, pace.after_one(full, now), now)
        return Slot(wait, taken=True)

    async def next_slots(self, wanted: Mapping[str, Pace]) -> dict[str, float]:
        """Look when the next come; see the protocol."""
        now = self._clock()
        return {key: pace.wait(self._full.get(key, now), now) for key, pace in wanted.items()}

    async def hold_slots(self, key: str, pace: Pace, seconds: float) -> None:
        """Let none come for a while; see the protocol."""
        now = self._clock()
        self._keep(key, pace.held(self._full.get(key, now), now, seconds), now)

    def _keep(self, key: str, full: float, now: float) -> None:
        if len(self._full) >= _MANY and key not in self._full:
            self._full = {other: until for other, until in self._full.items() if until > now}
        self._full[key] = full
