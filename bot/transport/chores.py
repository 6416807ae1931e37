"""What is done every now and then beside answering."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final

from bot.store.protocol import StoreError

log = logging.getLogger(__name__)

_ENDS_WITHIN: Final = 2.0
"""Seconds for what is done once more at the end."""
_TOLD_AGAIN_AFTER: Final = 0.5
"""Seconds after which a chore that hasn't ended is told to once more."""


@dataclass(frozen=True, slots=True)
class Chore:
    """A piece of work.

    Attributes:
        name: For the log.
        every: Seconds between two times.
        do: Does it.
        at_end: Whether it is done once more when the process stops.
        at_once: Whether it is done for the first time at the start; else after its pause.
    """

    name: str
    every: float
    do: Callable[[], Awaitable[object]]
    at_end: bool = False
    at_once: bool = False


class Chores:
    """Does chores, each by itself; one that fails is tried again the next time, and never ends the bot."""

    def __init__(self) -> None:
        self._chores: list[Chore] = []
        self._tasks: list[asyncio.Task[None]] = []

    def add(self, chore: Chore) -> None:
        """Have something done from the start on."""
        self._chores.append(chore)

    def start(self) -> None:
        """Begin; nobody waits for what is done at once."""
        self._tasks = [asyncio.create_task(_again_and_again(chore)) for chore in self._chores]

    async def stop(self) -> None:
        """End, and do what has to be done at the end."""
        left: Collection[asyncio.Task[None]] = self._tasks
        while left:
            for task in left:
                task.cancel()
            # One that tidies up after itself, and fails at that, has taken it for a fault and goes on.
            _, left = await asyncio.wait(left, timeout=_TOLD_AGAIN_AFTER)
        self._tasks = []
        for chore in self._chores:
            if chore.at_end:
                await _once(chore, _ENDS_WITHIN)


async def _again_and_again(chore: Chore) -> None:
    if chore.at_once:
        await _once(chore)
    while True:
        await asyncio.sleep(chore.every)
        await _once(chore)


async def _once(chore: Chore, within: float | None = None) -> None:
    try:
        async with asyncio.timeout(within):
            await chore.do()
    except (StoreError, TimeoutError) as error:
        log.warning("%s: not now (%s)", chore.name, str(error) or type(error).__name__)
    except Exception:
        log.exception("%s: failed", chore.name)
