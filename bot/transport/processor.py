"""Handles claimed updates: several side by side, and each noted in the store before its place is free again."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from telegram.ext import BaseUpdateProcessor

from bot.memory import Memory
from bot.store.protocol import Claim
from bot.transport import attempts
from bot.transport.attempts import Attempt
from bot.transport.worker import Worker
from bot.watching.logs import handling

Ahead: TypeAlias = Callable[[object], Awaitable[float]]
_REMEMBERS: Final = 24 * 60.0
"""Minutes after a try for which is remembered what it has done; only a flood limit could keep one waiting for longer."""


class DurableProcessor(BaseUpdateProcessor):
    """An update processor for python-telegram-bot.

    Order within a chat is the store's doing: the worker never holds two updates of one chat.

    Args:
        worker: Where updates come from.
        places: How many are handled at once.
        ahead: For how many seconds an update had better wait in the store before it is begun with.
    """

    def __init__(self, worker: Worker, places: int, ahead: Ahead | None = None) -> None:
        super().__init__(sys.maxsize)  # the library's own limit; ours is below
        self._worker = worker
        self._ahead = ahead
        self._places = asyncio.Semaphore(places)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._given_up = False
        self._done: Memory[dict[str, object]] = Memory(_REMEMBERS)
        """Number of an update that is to be tried again -> what its tries have done."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update. Killed at any moment before its end is noted, it is handled again later."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        try:
            async with self._places:
                if not self._given_up:
                    await self._handle(update, coroutine)
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # it may not have begun
            if task is not None:
                self._tasks.discard(task)

    async def _handle(self, update: object, coroutine: Awaitable[Any]) -> None:
        claim = self._worker.claim_of(update)
        if claim is None:
            await coroutine
            return
        if not await self._worker.holds(claim):
            return
        attempt = Attempt(claim, self._worker.patience, done=self._done.get(claim.number) or {})
        attempts.begin(attempt)
        with handling(claim.update_id):
            try:
                if wait := await self._wait(update, claim):
                    attempt.put_off(wait)
                else:
                    await coroutine
            except Exception as error:  # noqa: BLE001 - what got past the error handlers, such as a fault in one of them
                attempt.failed(error)
        if attempt.delay is not None and attempt.done:
            self._done.keep(claim.number, attempt.done)
        else:
            self._done.drop(claim.number)
        await self._worker.finish(attempt)

    async def _wait(self, update: object, claim: Claim) -> float:
        """Seconds for which an update had better wait in the store; 0 to begin with it now."""
        way = self._worker.way
        if (
            claim.failing is not None
            and way
            and (wait := self._worker.patience.held_up(claim))
            and not await way.is_open()
        ):
            return wait
        return await self._ahead(update) if self._ahead else 0.0

    def give_up(self) -> None:
        """Stop handling at once. What was under way is handled after the next start."""
        self._given_up = True
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to take down."""
