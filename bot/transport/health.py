"""Whether this process works."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.store.protocol import Backlog, PendingUpdates, StoreError

_ASKS_WITHIN: Final = 2.0
"""Seconds for the store's answer; who asks for health waits no longer."""
_FRESH: Final = 1.0
"""Seconds for which that answer is good: the store isn't asked more often, however many watch."""
_POLLS_WITHIN: Final = 60.0
"""Seconds since Telegram last handed updates over: a poll takes ten, and after a fault there are pauses of up to thirty."""


@dataclass
class Health:
    """How this process is.

    Attributes:
        store: Where updates are.
        waits_for: What has yet to be done before updates can come in, such as `webhook`.
        draining: Whether it has been told to stop.
        can_write: Whether the store takes what this process gives it; it may still be read when it doesn't.
        polled: When Telegram last answered a poll, by the monotonic clock; None before polling begins. None by webhook.
    """

    store: PendingUpdates
    waits_for: set[str] = field(default_factory=set)
    draining: bool = False
    can_write: Callable[[], bool] = lambda: True
    polled: Callable[[], float | None] | None = None
    _asked: float = 0.0
    _backlog: Backlog | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def backlog(self) -> Backlog | None:
        """What waits in the store; None where it doesn't answer."""
        async with self._asking:
            if time.monotonic() - self._asked > _FRESH or not self._asked:
                try:
                    async with asyncio.timeout(_ASKS_WITHIN):
                        self._backlog = await self.store.backlog()
                except (StoreError, TimeoutError):
                    self._backlog = None
                self._asked = time.monotonic()
            return self._backlog

    async def lacking(self) -> list[str]:
        """What keeps it from taking updates; empty when it is ready."""
        faults = sorted(self.waits_for)
        since = self.since_poll()
        if since is not None and since > _POLLS_WITHIN:
            faults.append("polling")
        if self.draining:
            faults.append("draining")
        if await self.backlog() is None or not self.can_write():
            faults.append("store")
        return faults

    def since_poll(self) -> float | None:
        """Seconds since Telegram last answered a poll; None by webhook."""
        if self.polled is None:
            return None
        last = self.polled()
        return float("inf") if last is None else time.monotonic() - last

    async def show(self, file: Path) -> None:
        """Touch a file where nothing is lacking: who sees it grow old knows that something is."""
        if not await self.lacking():
            await asyncio.to_thread(file.touch)
