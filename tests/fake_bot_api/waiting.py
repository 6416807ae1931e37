"""Waiting for something in the server to change, in an event loop or in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# What a predicate reads may change outside the server (a bot's database), so it is asked again now and then.
RECHECK = 0.05


class Clock:
    """The server's time, which a test may move forward instead of sleeping."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since the epoch, as the server sees them."""
        return time.time() + self.offset

    def date(self) -> int:
        """The time as the Bot API tells it."""
        return int(self.now())


class Changes:
    """One lock around the server's state, and a bell that rings whenever the state changes."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._condition = threading.Condition(self.lock)
        self._listeners: list[tuple[asyncio.AbstractEventLoop, Callable[[], object]]] = []

    def notify(self) -> None:
        """Ring the bell, from whichever thread."""
        with self.lock:
            self._condition.notify_all()
            for loop, callback in self._listeners:
                # A loop that has closed has nobody left to wake.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(callback)

    def listen(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call back in the running loop at every change; the answer stops that."""
        entry = (asyncio.get_running_loop(), callback)
        with self.lock:
            self._listeners.append(entry)

        def stop() -> None:
            with self.lock:
                self._listeners.remove(entry)

        return stop

    async def until(self, predicate: Callable[[], T], within: float) -> T:
        """Wait in an event loop; answers the predicate's last value, true or, when time is up, false."""
        loop = asyncio.get_running_loop()
        rung = asyncio.Event()
        stop = self.listen(rung.set)
        deadline = loop.time() + within
        try:
            while True:
                rung.clear()
                with self.lock:
                    value = predicate()
                left = deadline - loop.time()
                if value or left <= 0:
                    return value
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(rung.wait(), min(left, RECHECK))
        finally:
            stop()

    def until_blocking(self, predicate: Callable[[], T], within: float) -> T:
        """As `until`, for a thread without an event loop."""
        deadline = time.monotonic() + within
        with self.lock:
            while True:
                value = predicate()
                left = deadline - time.monotonic()
                if value or left <= 0:
                    return value
                self._condition.wait(min(left, RECHECK))
