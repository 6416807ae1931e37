"""A clock that is set while the bot runs, as where a machine without one of its own asks the network."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final

from bot.steady import steady

log = logging.getLogger(__name__)

_STEP: Final = 2.0
"""Seconds by which it is set at once, where it counts as set: less does no harm."""


def _offset() -> float:
    return time.time() - steady()


class ClockWatch:
    """Sees how far the clock was set since the last look.

    Args:
        moved: Told of it, in seconds, before anybody goes on.
    """

    def __init__(self, moved: Callable[[float], Awaitable[object]]) -> None:
        self._moved = moved
        self._offset = _offset()
        self._looking = asyncio.Lock()

    async def look(self) -> None:
        """Look, one after the other."""
        async with self._looking:
            offset = _offset()
            moved, self._offset = offset - self._offset, offset
            if abs(moved) > _STEP:
                log.warning("the clock was set, %+.0f s: what waits isn't held up by that", moved)
                await self._moved(moved)
