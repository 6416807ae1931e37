"""One writing for what many want written at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Batches(Generic[T]):
    """While one batch is being written, what comes meanwhile makes the next.

    Args:
        write: Writes a batch, all or nothing.
        gather: Seconds to wait for more before a batch is written.
    """

    def __init__(self, write: Callable[[list[T]], Awaitable[object]], *, gather: float = 0.0) -> None:
        self._write = write
        self._gather = gather
        self._waiting: list[tuple[Sequence[T], asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, items: Sequence[T]) -> None:
        """Return when these are written.

        Raises:
            Exception: What the writing of their batch raised.
        """
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, written))
        # A task of its own: a caller that is cancelled must not take the others with it.
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._run())
        await written

    async def settle(self) -> None:
        """Return when nothing waits to be written any more."""
        if self._writer is not None:
            await asyncio.wait({self._writer})

    async def _run(self) -> None:
        while self._waiting:
            if self._gather:  # what was brought in the same turn of the loop is here anyway
                await asyncio.sleep(self._gather)
            batch, self._waiting = self._waiting, []
            try:
                await self._write([item for items, _ in batch for item in items])
            except Exception as error:  # noqa: BLE001 - it belongs to those who wait
                for _, written in batch:
                    if not written.done():
                        written.set_exception(error)
            else:
                for _, written in batch:
                    if not written.done():
                        written.set_result(None)
