"""The library's queue of updates, with a store behind it."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.transport.intake import Intake


class DurableQueue(asyncio.Queue[object]):
    """What is put in is stored first, and comes out again when the worker hands it over.

    Args:
        intake: Stores.
    """

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake

    async def put(self, item: object) -> None:
        """Store an update; anything else, such as the library's sign to stop, goes straight into the queue.

        Raises:
            NotStoredError: The update isn't safe and must not be acknowledged.
        """
        if not isinstance(item, Update):
            await super().put(item)
            return
        told = item.to_dict()
        # One with nothing but its number has been stored when it was polled.
        if len(told) > 1:
            await self._intake.put([told])

    def hand_over(self, update: Update) -> None:
        """Let a claimed update out."""
        self.put_nowait(update)
