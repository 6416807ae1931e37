"""Turns: one at a time, on each kind of database, and nobody's death holds one for long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from bot.store import engine
from bot.store.tables import turns
from tests.databases import KEY, TestDatabase, rows

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase
    from tests.databases import Postgres

LONG = 1000.0


async def test_one_has_it_until_the_end(store: StoreInDatabase) -> None:
    assert await store.take_turn("webhook", "a", LONG)
    assert not await store.take_turn("webhook", "b", LONG)
    assert (await store.turn_owner("webhook"), await store.turn_owner("another")) == ("a", None)
    assert await store.take_turn("webhook", "a", LONG), "one's own turn may be lengthened"
    assert await store.take_turn("another", "b", LONG)
    await store.end_turn("webhook", "a")
    assert await store.turn_owner("webhook") is None
    assert await store.take_turn("webhook", "b", LONG)


async def test_a_turn_that_ran_out_is_free_and_its_late_end_ends_nothing(store: StoreInDatabase) -> None:
    assert await store.take_turn("webhook", "dead", -1)
    assert await store.take_turn("webhook", "b", LONG)
    await store.end_turn("webhook", "dead", "nonsense")
    assert await store.turn_note("webhook") is None
    assert not await store.take_turn("webhook", "c", LONG)


async def test_a_note_stays_until_the_next(store: StoreInDatabase) -> None:
    assert await store.turn_note("webhook") is None
    await store.take_turn("webhook", "a", LONG)
    assert await store.turn_note("webhook") is None
    await store.end_turn("webhook", "a", "first")
    await store.take_turn("webhook", "b", LONG)
    assert await store.turn_note("webhook") == "first"
    await store.end_turn("webhook", "b")
    assert await store.turn_note("webhook") == "first"


async def test_what_somebody_has_now_is_listed(store: StoreInDatabase) -> None:
    for name, lease in (("replica-b", LONG), ("replica-a", LONG), ("replica-gone", -1), ("webhook", LONG)):
        await store.take_turn(name, name, lease)
    assert await store.turns_taken("replica-") == ["replica-a", "replica-b"]
    assert await store.turns_taken("replica_") == [], "no pattern"
    await store.end_turn("replica-a", "replica-a")
    assert await store.turns_taken("replica-") == ["replica-b"]


async def test_what_nobody_has_and_tells_nothing_is_deleted_in_time(store: StoreInDatabase) -> None:
    await store.take_turn("left", "a", LONG)
    await store.end_turn("left", "a")
    await store.take_turn("long dead", "a", -100_000)
    await store.take_turn("dead", "a", -1)
    await store.take_turn("alive", "a", LONG)
    await store.take_turn("webhook", "a", LONG)
    await store.end_turn("webhook", "a", "note")
    await store.expire()
    assert {row["name"] for row in await rows(store, turns)} == {"dead", "alive", "webhook"}


async def test_of_many_who_want_it_at_once_one_gets_it(database: TestDatabase) -> None:
    async with database.opened() as first, database.opened() as second:
        taking = [one.take_turn("webhook", f"{n}", LONG) for n in range(8) for one in (first, second)]
        # Each number asks by two connections: it gets both or none.
        assert sum(await asyncio.gather(*taking)) == 2


async def test_a_process_that_stops_half_way_through_a_transaction_holds_up_nobody_for_long(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_HOLDS", 1)
    database = TestDatabase(postgres.new_database(), KEY)
    async with database.opened() as frozen, database.opened() as other:
        await other.take_turn("webhook", "a", LONG)
        half_way = await frozen._database.access.engine.connect()  # type: ignore[attr-defined]  # a server's
        await half_way.execute(update(turns).values(owner="frozen"))
        assert await other.take_turn("webhook", "a", LONG)
        with pytest.raises(DBAPIError, match="idle-in-transaction"):
            await half_way.execute(select(turns))
        await half_way.invalidate()
        await half_way.close()
        assert not await frozen.take_turn("webhook", "b", LONG), "it goes on with another connection"
