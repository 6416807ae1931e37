"""One lane per chat: the messages of a chat are handled in order, different chats side by side."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Hashable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor


class ChatLanes(BaseUpdateProcessor):
    """An update processor for python-telegram-bot.

    Args:
        max_concurrent_updates: How many updates are handled at once, over all chats.
    """

    def __init__(self, max_concurrent_updates: int) -> None:
        # The library's own limit would count those who wait for their chat's turn: one busy chat would stop all.
        super().__init__(sys.maxsize)
        self._places = asyncio.Semaphore(max_concurrent_updates)
        self._lanes: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when those before it in its chat are done."""
        lane = _lane(update)
        lock, waiting = self._lanes.get(lane, (asyncio.Lock(), 0))
        self._lanes[lane] = (lock, waiting + 1)
        try:
            async with lock, self._places:
                await coroutine
        finally:
            lock, waiting = self._lanes[lane]
            if waiting == 1:
                del self._lanes[lane]
            else:
                self._lanes[lane] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to take down."""


def _lane(update: object) -> Hashable:
    if isinstance(update, Update):
        if update.effective_chat is not None:
            return update.effective_chat.id
        if update.effective_user is not None:
            return update.effective_user.id
    return id(update)
