"""What is done every now and then is done again, whatever comes of it, and what has to be done at the end is."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.store.protocol import StoreUnavailableError
from bot.transport.chores import Chore, Chores


async def test_a_chore_is_done_again_and_again_though_it_fails(caplog: pytest.LogCaptureFixture) -> None:
    done = asyncio.Event()
    faults = [StoreUnavailableError("the database is away"), RuntimeError("a fault")]
    times = 0

    async def work() -> None:
        nonlocal times
        times += 1
        if faults:
            raise faults.pop(0)
        done.set()

    chores = Chores()
    chores.add(Chore("work", 0.001, work))
    with caplog.at_level(logging.WARNING):
        chores.start()
        await asyncio.wait_for(done.wait(), 10)
        await chores.stop()
    assert times >= 3
    assert "work: not now (the database is away)" in caplog.text
    assert "work: failed" in caplog.text
    so_far = times
    await asyncio.sleep(0.02)
    assert times == so_far, "nothing is done after the end"


async def test_what_has_to_be_done_at_the_end_is_done_then_and_the_rest_isnt() -> None:
    told: list[str] = []

    async def tell(name: str) -> None:
        told.append(name)

    chores = Chores()
    chores.add(Chore("a", 3600, lambda: tell("a"), at_end=True))
    chores.add(Chore("b", 3600, lambda: tell("b")))
    chores.start()
    await chores.stop()
    assert told == ["a"]


async def test_what_is_to_be_done_at_once_is_and_nobody_waits_for_it() -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    chores = Chores()
    chores.add(Chore("a", 3600, hang, at_once=True))
    chores.start()
    async with asyncio.timeout(10):
        await begun.wait()
        await chores.stop()


async def test_a_chore_that_fails_while_it_is_ended_does_not_go_on() -> None:
    begun = asyncio.Event()

    async def tidy_up() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise StoreUnavailableError("the database is away")

    chores = Chores()
    chores.add(Chore("a", 3600, tidy_up, at_once=True))
    chores.start()
    async with asyncio.timeout(10):
        await begun.wait()
        await chores.stop()
