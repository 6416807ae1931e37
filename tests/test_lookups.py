"""One reading for many who want to read at the same time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.store.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Collection


class Shelf:
    """Something to read from, slowly."""

    def __init__(self) -> None:
        self.there = {"a": 1, "b": 2}
        self.readings: list[set[str]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def read(self, keys: Collection[str]) -> dict[str, int]:
        self.readings.append(set(keys))
        found = {key: self.there[key] for key in keys if key in self.there}
        await self.open.wait()
        if "broken" in keys:
            raise RuntimeError("broken")
        return found


async def test_what_is_asked_for_at_the_same_time_is_read_at_once() -> None:
    shelf = Shelf()
    lookups = Lookups(shelf.read)
    found = await asyncio.gather(*(lookups.get(key) for key in ("a", "b", "c", "a")))
    assert found == [1, 2, None, 1]
    assert shelf.readings == [{"a", "b", "c"}]


async def test_nobody_gets_what_is_older_than_the_question() -> None:
    shelf = Shelf()
    lookups = Lookups(shelf.read)
    shelf.open.clear()
    first = asyncio.create_task(lookups.get("a"))
    await asyncio.sleep(0.01)
    shelf.there["a"] = 3
    second = asyncio.create_task(lookups.get("a"))
    await asyncio.sleep(0.01)
    shelf.open.set()
    assert [await first, await second] == [1, 3]


async def test_a_fault_is_everybody_s_who_asked_and_nobody_else_s() -> None:
    shelf = Shelf()
    lookups = Lookups(shelf.read)
    found = await asyncio.gather(lookups.get("a"), lookups.get("broken"), return_exceptions=True)
    assert [type(one) for one in found] == [RuntimeError, RuntimeError]
    assert await lookups.get("a") == 1


async def test_one_who_is_cancelled_takes_nobody_along() -> None:
    shelf = Shelf()
    lookups = Lookups(shelf.read)
    shelf.open.clear()
    first, second = (asyncio.create_task(lookups.get("a")) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    shelf.open.set()
    assert await second == 1
    with pytest.raises(asyncio.CancelledError):
        await first
