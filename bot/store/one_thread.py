"""Runs tasks that wait for a disk one at a time, in a single thread: the event loop waits once for each task, whatever that does."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")

_ENDS_WITHIN: Final = 2.0
"""Seconds in which what is under way, and what waits for it, may be done at the end."""


class StuckError(Exception):
    """Something takes so long in there that nothing more is taken."""


class OneThread:
    """Does things one after the other.

    A thread can't be stopped from outside. So a task can ask whether anybody still waits for it, a task that nobody
    waits for when its turn comes isn't begun, and while one takes too long no more are taken: nothing piles up
    behind it. It doesn't keep the process from ending.

    Args:
        name: Of the thread.
        patience: Seconds that one thing may take before nothing more is taken.
    """

    def __init__(self, name: str, patience: float) -> None:
        self._patience = patience
        self._to_do: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._begun: float | None = None
        """Since when it is at what it does, by the monotonic clock; None where it does nothing."""
        threading.Thread(target=self._work, name=name, daemon=True).start()

    async def do(self, what: Callable[[Callable[[], bool]], T]) -> T:
        """Have something done, and wait for it.

        Args:
            what: Gets a function that says whether anybody still waits for it.

        Raises:
            StuckError: It isn't even begun, as something else takes too long.
            Exception: What it raised.
        """
        begun = self._begun
        if begun is not None and time.monotonic() - begun > self._patience:
            raise StuckError
        return await self._put(what)

    async def end(self, last: Callable[[], None]) -> None:
        """Do one last thing, and take nothing any more; what doesn't end in time is left to itself."""
        ended = self._put(lambda _: last())
        self._to_do.put(None)
        try:
            async with asyncio.timeout(_ENDS_WITHIN):
                await ended
        except TimeoutError:
            log.warning("the database isn't closed: what was asked of it last doesn't end")

    def _put(self, what: Callable[[Callable[[], bool]], T]) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def is_waited_for() -> bool:
            return not answer.done()

        def say(tell: Callable[[], None]) -> None:
            self._begun = None  # before anybody learns of it and asks for the next
            with contextlib.suppress(RuntimeError):  # the loop has ended, and all who waited with it
                loop.call_soon_threadsafe(lambda: tell() if is_waited_for() else None)

        def do() -> None:
            if not is_waited_for():
                return
            try:
                result = what(is_waited_for)
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits
                fault = error
                say(lambda: answer.set_exception(fault))
            else:
                say(lambda: answer.set_result(result))

        self._to_do.put(do)
        return answer

    def _work(self) -> None:
        while (do := self._to_do.get()) is not None:
            self._begun = time.monotonic()
            do()
            self._begun = None
            del do  # with what it has answered, which else would stay until the next
