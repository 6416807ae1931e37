"""Counts are written once, together, and none is lost while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.store.from_people import OutcomeCount
from bot.store.protocol import StoreUnavailableError
from bot.store.tally import Tally


class Clock:
    now = 86_400.0 * 10 - 1

    def __call__(self) -> float:
        return self.now


class Written:
    """Statistics that note what they are given."""

    def __init__(self) -> None:
        self.batches: list[list[OutcomeCount]] = []
        self.away = self.hangs = False

    async def count_outcomes(self, counts: Sequence[OutcomeCount]) -> None:
        if self.hangs:
            await asyncio.sleep(60)
        if self.away:
            raise StoreUnavailableError("away")
        self.batches.append(list(counts))

    async def outcomes(self, since: int) -> list[OutcomeCount]:
        raise NotImplementedError


async def test_what_is_counted_is_written_once_and_by_day() -> None:
    clock, store = Clock(), Written()
    tally = Tally(clock)
    tally.note("answer", "a")
    tally.note("answer", "a")
    tally.note("decline")
    clock.now += 1
    tally.note("answer", "a")
    await tally.write(store)
    await tally.write(store)
    assert store.batches == [
        [
            OutcomeCount(9, "answer", "a", 2),
            OutcomeCount(9, "decline", "", 1),
            OutcomeCount(10, "answer", "a", 1),
        ]
    ]


async def test_what_cant_be_written_is_written_later_with_what_came_meanwhile() -> None:
    store = Written()
    tally = Tally(Clock())
    tally.note("answer", "a")
    store.away = True
    with pytest.raises(StoreUnavailableError):
        await tally.write(store)
    tally.note("answer", "a")
    store.away = False
    await tally.write(store)
    assert store.batches == [[OutcomeCount(9, "answer", "a", 2)]]


async def test_what_is_interrupted_is_written_at_the_next_try() -> None:
    store = Written()
    tally = Tally(Clock())
    tally.note("answer", "a")
    store.hangs = True
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await tally.write(store)
    store.hangs = False
    await tally.write(store)
    assert store.batches == [[OutcomeCount(9, "answer", "a", 1)]]
