"""Using a store that may be away for a while, until it has worked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bot.store.protocol import StoreError

log = logging.getLogger(__name__)
T = TypeVar("T")

_SHORTEST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0


class Retrying:
    """Does again what has failed. Of all who wait for the store the first says so, and the last that it is back."""

    def __init__(self) -> None:
        self._waiting = 0

    @property
    def waits(self) -> bool:
        """Whether something has failed, and is tried again."""
        return self._waiting > 0

    async def until_it_works(self, use: Callable[[], Awaitable[T]]) -> T:
        """Use the store; while it is away, try again.

        Args:
            use: One use of it, which may be made again.
        """
        try:
            return await use()
        except StoreError as error:
            if not self._waiting:
                log.error("%s; trying again", error)  # noqa: TRY400 - the sentence says it all
        self._waiting += 1
        try:
            result = await _again(use)
        finally:
            self._waiting -= 1
        if not self._waiting:
            log.warning("the database is back")
        return result


async def _again(use: Callable[[], Awaitable[T]]) -> T:
    pause = _SHORTEST_PAUSE
    while True:
        await asyncio.sleep(pause)
        pause = min(_LONGEST_PAUSE, 2 * pause)
        with contextlib.suppress(StoreError):
            return await use()
