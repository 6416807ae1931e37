"""The way in: an update is stored before anybody acknowledges it, whether it was polled or posted."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from telegram.error import NetworkError

from bot.store.protocol import Arrival, PendingUpdates, StoreError
from bot.transport.arrivals import arrival
from bot.transport.batching import Batches
from bot.watching import metrics

log = logging.getLogger(__name__)

TRIES_AGAIN: Final = 60.0
"""Seconds after which updates are let in again that the store took none of: whoever keeps them away from a process that isn't
ready would do so for ever."""


class NotStoredError(NetworkError):
    """Updates couldn't be stored, and must not be acknowledged: Telegram is to hand them over again.

    A NetworkError, because that is what the library's polling tries again after; anything else would end it.
    """


class Intake:
    """Stores updates. What several callers bring at the same time is stored in one go.

    Args:
        store: Where to.
        stored: Called whenever there is something new.
    """

    def __init__(self, store: PendingUpdates, stored: Callable[[], None]) -> None:
        self._store = store
        self._batches: Batches[Arrival] = Batches(self._write)
        self._stored = stored
        self.is_urgent: Callable[[object], bool] = lambda _: False
        """Whether an update is handled out of its chat's order."""
        self._refused = -math.inf
        """When the store last took nothing, by the monotonic clock."""

    @property
    def can_store(self) -> bool:
        """Whether the store took the last updates. After a while without any it is worth another try."""
        return time.monotonic() - self._refused > TRIES_AGAIN

    async def put(self, updates: Sequence[object]) -> list[int]:
        """Store updates as JSON made them; when it returns they are safe.

        An update without a usable number is passed over with a line in the log: nobody could tell it from others.

        Returns:
            The update_ids of those that are stored, now or before.

        Raises:
            NotStoredError: None of them may be acknowledged.
        """
        arrivals = [
            replace(found, chat_id=None) if self.is_urgent(update) else found
            for update in updates
            if (found := arrival(update)) is not None
        ]
        if len(arrivals) < len(updates):
            log.error("%s updates without a usable number are passed over", len(updates) - len(arrivals))
        if arrivals:
            try:
                await self._batches.add(arrivals)
            except StoreError as error:
                self._refused = time.monotonic()
                raise NotStoredError(str(error)) from error
            self._refused = -math.inf
            self._stored()
        return [found.update_id for found in arrivals]

    async def _write(self, arrivals: list[Arrival]) -> None:
        metrics.received(await self._store.put(arrivals))
