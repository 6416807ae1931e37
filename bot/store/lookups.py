"""Reads together what many ask for at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lookups(Generic[K, V]):
    """While one reading is under way, what is asked for meanwhile makes the next: nobody gets what is older than the question.

    Args:
        read: Finds what there is of some keys.
    """

    def __init__(self, read: Callable[[Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._read = read
        self._waiting: dict[K, list[asyncio.Future[V | None]]] = {}
        self._reader: asyncio.Task[None] | None = None

    async def get(self, key: K) -> V | None:
        """What there is of a key; None where there is nothing.

        Raises:
            Exception: What the reading raised.
        """
        found: asyncio.Future[V | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(found)
        # A task of its own: a caller that is cancelled must not take the others with it.
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._run())
        return await found

    async def _run(self) -> None:
        while self._waiting:
            asked, self._waiting = self._waiting, {}
            try:
                there = await self._read(asked)
            except Exception as error:  # noqa: BLE001 - it belongs to those who wait
                for waiting in _still(asked.values()):
                    waiting.set_exception(error)
            else:
                for key, futures in asked.items():
                    for waiting in _still([futures]):
                        waiting.set_result(there.get(key))


def _still(waiting: Collection[list[asyncio.Future[V | None]]]) -> list[asyncio.Future[V | None]]:
    return [future for futures in waiting for future in futures if not future.done()]
