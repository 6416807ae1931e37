"""Updates in the store: kept once, handed out in the order of each chat, to one owner at a time; in both databases."""

from __future__ import annotations

import asyncio
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, update

from bot.store import pending
from bot.store.access import access_to
from bot.store.claiming import HANDED_OUT_TOGETHER, claiming
from bot.store.database import Database
from bot.store.engine import parsed, server_engine
from bot.store.keys import Hashes, StoreKey
from bot.store.pending import _ALONE_AFTER, KEPT, MAX_CLAIMS
from bot.store.protocol import HOLDING_TRIES, OTHERS_AFTER, Arrival, End, Share
from bot.store.tables import updates
from tests.databases import KEY, age, rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.store.opening import StoreInDatabase
    from bot.store.protocol import Claim
    from tests.conftest import Clock
    from tests.databases import TestDatabase

LEASE = 30.0
ANNA, BERTA, CLARA, GROUP = 7_100_000_001, 7_100_000_002, 7_100_000_003, -1_000_000_000_123


def arrival(update_id: int, chat_id: int | None = ANNA, body: bytes = b'{"a": 1}') -> Arrival:
    return Arrival(update_id, chat_id, body)


async def claimed(store: StoreInDatabase, owner: str = "me", limit: int = 100) -> list[Claim]:
    return await store.claim(owner, limit, LEASE)


def ids(claims: list[Claim]) -> list[int]:
    return [claim.update_id for claim in claims]


async def test_what_is_put_comes_out_as_it_was(store: StoreInDatabase) -> None:
    body = '{"text": "ü\\u0000\\ud83d"}'.encode()
    assert await store.put([arrival(2**62, GROUP, body)]) == 1
    (claim,) = await claimed(store)
    assert (claim.update_id, claim.body, claim.tries, claim.failing) == (2**62, body, 0, None)


async def test_an_update_is_kept_once_whether_it_waits_is_claimed_or_has_ended(
    store: StoreInDatabase,
) -> None:
    assert await store.put([arrival(1), arrival(2, BERTA), arrival(1)]) == 2
    assert await store.put([arrival(1)]) == 0
    claims = await claimed(store)
    assert await store.put([arrival(2, BERTA)]) == 0
    await store.end([claim.number for claim in claims])
    assert await store.put([arrival(1), arrival(2, BERTA), arrival(3)]) == 1
    assert ids(await claimed(store)) == [3]


async def test_many_are_put_and_ended_at_once(store: StoreInDatabase) -> None:
    many = [arrival(number, number) for number in range(1, 2001)]
    assert await store.put(many) == 2000
    claims = await claimed(store, limit=2000)
    assert ids(claims) == list(range(1, 2001))
    await store.end([claim.number for claim in claims])
    assert (await store.backlog()).updates == 0


async def test_the_oldest_come_first_and_of_each_chat_one(store: StoreInDatabase) -> None:
    await store.put([arrival(5), arrival(4), arrival(9, BERTA), arrival(3, BERTA), arrival(8, GROUP)])
    assert ids(await claimed(store, limit=2)) == [5, 9]
    assert ids(await claimed(store)) == [8]
    assert ids(await claimed(store)) == []


async def test_the_next_of_a_chat_comes_when_the_one_before_has_ended(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2)])
    (first,) = await claimed(store)
    assert await claimed(store, "other") == []
    await store.end([first.number])
    assert ids(await claimed(store, "other")) == [2]


async def test_what_belongs_to_nobody_waits_for_nobody(store: StoreInDatabase) -> None:
    await store.put([arrival(1, None), arrival(2, None)])
    assert ids(await claimed(store)) == [1, 2]


async def test_a_lease_that_ran_out_lets_another_take_over_in_order(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2), arrival(3, BERTA)])
    assert ids(await claimed(store, "dead")) == [1, 3]
    await age(store, LEASE - 1)
    assert await claimed(store, "other") == []
    await age(store, 2)
    assert ids(await claimed(store, "other")) == [1, 3]


async def test_a_renewed_lease_holds_and_only_what_is_named_is_renewed(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2, BERTA)])
    first, _second = await claimed(store, "alive")
    await age(store, LEASE - 1)
    await store.renew("alive", [first.number], LEASE)
    await store.renew("somebody else", [first.number], 10 * LEASE)
    await age(store, 2)
    assert ids(await claimed(store, "other")) == [2]
    await age(store, LEASE)
    assert ids(await claimed(store, "third")) == [1, 2]


async def test_what_an_owner_has_in_hand_it_does_not_get_again(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2, BERTA)])
    first, second = await claimed(store)
    await age(store, LEASE + 1)
    assert ids(await store.claim("me", 10, LEASE, held=[first.number])) == [second.update_id]


async def test_released_updates_can_be_taken_at_once(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2, BERTA), arrival(3, GROUP)])
    await claimed(store, "stopping", 2)
    await claimed(store, "other")
    assert await store.release("stopping") == 2
    assert ids(await claimed(store, "third")) == [1, 2]
    assert await store.release("nobody") == 0


async def test_a_failed_update_is_tried_again_later_and_its_chat_waits(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2), arrival(3, BERTA)])
    first, _ = await claimed(store)
    await store.postpone(first.number, 60)
    assert await claimed(store) == []
    await age(store, 61)
    (again,) = [claim for claim in await claimed(store, "other") if claim.update_id == 1]
    assert (again.tries, again.strikes) == (1, 0)
    assert again.failing == pytest.approx(61, abs=5)
    await store.postpone(again.number, 0, strike=True)
    (third,) = await claimed(store, "other")
    assert (third.tries, third.strikes) == (2, 1)


@pytest.mark.parametrize("set_by", [-3600.0, 3600.0])
async def test_ages_go_by_one_clock_wherever_the_store_is_and_whatever_this_machine_says(
    store: StoreInDatabase, clock: Clock, set_by: float
) -> None:
    clock.off = set_by
    await store.put([arrival(1)])
    (claim,) = await claimed(store)
    assert claim.waited() == pytest.approx(0, abs=5)
    await store.postpone(claim.number, 0)
    (claim,) = await claimed(store)
    clock.off = 2 * set_by
    assert claim.waited() == pytest.approx(0, abs=5)
    assert claim.failed_for() == pytest.approx(0, abs=5)


@pytest.mark.parametrize("off", [-7200.0, -50 * 365 * 24 * 3600.0, 8 * 24 * 3600.0])
async def test_what_a_right_clock_stored_waits_as_long_where_the_next_process_began_with_a_wrong_one(
    store: StoreInDatabase, clock: Clock, off: float
) -> None:
    await store.put([arrival(1)])
    await store.postpone((await claimed(store))[0].number, 0)
    clock.off = off
    await store.put([arrival(2, BERTA), arrival(3, GROUP)])
    taken = await claimed(store)
    second = next(claim for claim in taken if claim.update_id == 2)
    await store.postpone(second.number, 0)
    clock.off = 0.0
    await store.clock_moved(-off)
    await store.release("me")
    again = await claimed(store)
    assert ids(again) == [1, 2, 3]
    assert [claim.waited() for claim in again] == pytest.approx([0, 0, 0], abs=5)


async def test_who_asks_to_forget_ends_at_once_what_is_put_off_and_nothing_else(
    store: StoreInDatabase,
) -> None:
    await store.put([arrival(1), arrival(2), arrival(3, BERTA)])
    for claim in await claimed(store):
        await store.postpone(claim.number, 900, tried=False)
    asking = Arrival(4, ANNA, b"{}", forgets=True)
    await store.put([asking])
    assert ids(await claimed(store)) == [2], "in its turn: it may be urgent, and holds up nothing"
    assert [row["ended"] is None for row in await rows(store, updates)] == [False, True, True, True]
    await store.put([asking])
    assert (await store.forget(ANNA, but=4)).updates == 2
    assert (await store.forget(ANNA, but=4)).updates == 0


async def test_what_others_handle_leaves_room_to_count_what_ended_at_once(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "_AT_ONCE", 1)
    await store.put([arrival(1), arrival(2, BERTA)])
    for claim in await claimed(store):
        await store.postpone(claim.number, 900, tried=False)
    await store.put([Arrival(3, ANNA, b"{}", forgets=True)])  # which another process handles
    await store.put([Arrival(4, BERTA, b"{}", forgets=True)])
    assert (await store.forget(BERTA, but=4)).updates == 1


async def test_after_a_few_failures_an_update_holds_up_its_chat_no_more(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2), arrival(3)])
    for _ in range(HOLDING_TRIES):
        (first,) = await claimed(store)
        assert first.update_id == 1
        await store.postpone(first.number, 0)
    await store.postpone((await claimed(store, limit=1))[0].number, 60)
    (second,) = await claimed(store)
    assert second.update_id == 2
    await store.end([second.number])
    await age(store, 61)
    assert [ids(await claimed(store)) for _ in range(3)] == [[1], [3], []]


class _Work:
    """Counts what a database does for a claim: SQLite's steps, the rows that PostgreSQL's plan went through."""

    def __init__(self, store: StoreInDatabase) -> None:
        self._store = store
        self._done = 0

    async def of_a_claim(self) -> int:
        given = {"owner": "me", "limit": 100, "lease": LEASE, "held": [], "low": "", "high": "g"}
        given["suspects"] = True

        def claim(connection: Connection) -> None:
            self._done = 0
            if connection.dialect.name == "sqlite":
                raw: Any = connection.connection.dbapi_connection
                raw.set_progress_handler(self._step, 1)
                connection.execute(self._store._claiming, given).all()
                raw.set_progress_handler(None, 1)
            else:
                event.listen(connection, "before_cursor_execute", self._explained, retval=True)
                plan = "\n".join(
                    row[0] for row in connection.execute(self._store._claiming, given).cursor.fetchall()
                )
                for found, loops in re.findall(r"actual rows=([\d.]+) loops=(\d+)", plan):
                    self._done += round(float(found) * int(loops))
                self._done += sum(map(int, re.findall(r"Rows Removed by (?:Join )?Filter: (\d+)", plan)))
            connection.rollback()

        await self._store._database.run(claim)
        return self._done

    def _step(self) -> None:
        self._done += 1

    def _explained(self, _: object, __: object, statement: str, parameters: object, *___: object) -> Any:  # noqa: ANN401 - SQLAlchemy gives it no type
        return f"EXPLAIN (ANALYZE, TIMING OFF) {statement}", parameters


def test_a_server_compares_lanes_by_letters_wherever_it_stands() -> None:
    # Danes have "aa" behind "z". Not every server knows how they sort, so that is looked at in the statement.
    url = parsed("postgresql://bot@db/bot")
    database = Database(access_to(url), StoreKey(KEY), Hashes(b""))
    statement = str(claiming(database).compile(dialect=server_engine(url).dialect))
    bounds = re.findall(r"(\S+) (?:>=|<) %\((?:low|high)\)s", statement)
    assert bounds
    assert set(bounds) == {'"C")'}


@pytest.mark.parametrize("known", [False, True])
async def test_what_waits_behind_the_first_of_a_chat_makes_no_work(
    store: StoreInDatabase, known: bool
) -> None:
    work, number = _Work(store), 10
    await store.put([arrival(1 + number, BERTA + number) for number in range(number)])
    few = await work.of_a_claim()
    await store.put([arrival(number) for number in range(100, 3000)])
    if known:  # to the one who plans how it is done
        await store._database.run(lambda connection: connection.exec_driver_sql("ANALYZE"))
    assert few < await work.of_a_claim() < 2 * few + 100


@pytest.mark.parametrize("known", [False, True])
async def test_the_work_for_a_chat_is_the_same_however_many_there_are(
    store: StoreInDatabase, known: bool
) -> None:
    work = _Work(store)
    await store.put([arrival(number, number) for number in range(1, 51)])
    few = await work.of_a_claim()
    await store.put([arrival(number, number) for number in range(51, 1001)])
    if known:
        await store._database.run(lambda connection: connection.exec_driver_sql("ANALYZE"))
    assert await work.of_a_claim() < 30 * few


async def test_an_ended_update_leaves_no_body_no_chat_and_no_owner(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2, BERTA)])
    first, second = await claimed(store)
    await store.end([first.number])
    await store.end([second.number], End.SET_ASIDE)
    await store.end([first.number], End.SET_ASIDE)  # it has ended already
    kept = [(r["update_id"], r["body"], r["lane"], r["owner"], r["how"]) for r in await rows(store, updates)]
    assert kept == [(1, None, "", None, "done"), (2, None, "", None, "set aside")]


async def test_the_backlog_tells_how_many_wait_and_for_how_long(store: StoreInDatabase) -> None:
    assert (await store.backlog()).oldest == 0
    await store.put([arrival(1), arrival(2)])
    await age(store, 100)
    await store.put([arrival(3)])
    backlog = await store.backlog()
    assert backlog.updates == 3
    assert 100 <= backlog.oldest < 200


async def test_numbers_are_kept_a_week_and_what_could_never_be_handled_no_longer(
    store: StoreInDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    await store.put([arrival(1), arrival(2, BERTA)])
    await store.end([(await claimed(store, limit=1))[0].number])
    await age(store, KEPT - 60)
    await store.expire()
    assert len(await rows(store, updates)) == 2
    await age(store, 120)
    await store.put([arrival(3)])
    await store.expire()
    assert [row["update_id"] for row in await rows(store, updates)] == [3]
    assert "1 updates are deleted" in caplog.text


async def test_many_numbers_are_deleted_little_by_little_and_others_come_in_between(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "_DELETED_AT_ONCE", 10)
    await store.put([arrival(number, number) for number in range(100)])
    await store.end([claim.number for claim in await claimed(store, limit=100)])
    await age(store, KEPT + 1)
    expiring = asyncio.create_task(store.expire())
    left = set()
    while not expiring.done():
        left.add(len(await rows(store, updates)))
    await expiring
    assert await rows(store, updates) == []
    assert len(left - {0, 100}) > 3


async def test_an_update_on_which_the_process_always_dies_is_set_aside_and_no_other(
    store: StoreInDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    await store.put([arrival(1, ANNA), arrival(2, BERTA), arrival(3, GROUP), arrival(4, GROUP)])
    deaths = 0
    for life in range(3 * MAX_CLAIMS):
        held: list[Claim] = []
        while new := await store.claim("me", 100, LEASE, held=[claim.number for claim in held]):
            held += new
            if 2 in ids(held):
                deaths += 1
                break
            if life >= HANDED_OUT_TOGETHER:  # else it dies before it could do anything
                await store.end([claim.number for claim in held])
                held = []
        await age(store, _ALONE_AFTER + 1)
    assert deaths == MAX_CLAIMS
    assert [(row["update_id"], row["how"]) for row in await rows(store, updates)] == [
        (1, "done"),
        (2, "set aside"),
        (3, "done"),
        (4, "done"),
    ]
    assert caplog.text.count("is set aside") == 1


async def test_however_often_the_process_ends_what_it_had_in_hand_is_not_to_blame(
    store: StoreInDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    await store.put([arrival(number, number) for number in range(1, 31)])
    for _ in range(2 * MAX_CLAIMS):
        assert len(await claimed(store, "dies")) <= 30
        await store.release("dies")
    await age(store, _ALONE_AFTER + 1)
    answered = []
    while claims := await claimed(store):
        answered += ids(claims)
        await store.end([claim.number for claim in claims])
    assert sorted(answered) == list(range(1, 31))
    assert caplog.text == ""


async def test_who_ends_in_good_order_leaves_nothing_that_could_be_to_blame(store: StoreInDatabase) -> None:
    await store.put([arrival(1), arrival(2, BERTA)])
    for in_order in [True] * HANDED_OUT_TOGETHER + [False] * HANDED_OUT_TOGETHER:
        assert ids(await claimed(store)) == [1, 2]
        await store.release("me", in_order=in_order)
    for _ in range(MAX_CLAIMS):
        assert ids(await claimed(store)) == [1], "at once, and as often as need be"
        await store.release("me", in_order=True)


async def test_what_may_be_to_blame_comes_one_by_one_and_holds_up_nobody_else(database: TestDatabase) -> None:
    async with database.opened() as store, database.opened() as another:
        await store.put([arrival(1, ANNA), arrival(2, BERTA), arrival(3, CLARA)])
        for _ in range(HANDED_OUT_TOGETHER):
            assert ids(await claimed(store, "dies")) == [1, 2, 3]
            await store.release("dies")
        (first,) = await claimed(store)
        (second,) = await claimed(another, "another")
        assert ids([first, second]) == [1, 2], "each has one of them"
        await store.put([arrival(4, ANNA), arrival(5, GROUP)])
        assert ids(await store.claim("me", 100, LEASE, held=[first.number])) == [5]
        await store.end([first.number])
        assert ids(await claimed(store)) == [3, 4]


async def test_what_was_stored_with_another_key_is_left_to_those_who_have_it(
    database: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    other = "B" * 42 + "A="
    async with database.opened() as older, database.opened(f"{other},{database.key}") as newer:
        await newer.put([arrival(1)])
        assert await claimed(older) == []
        assert "update 1 can't be read: STORE_KEY" in caplog.text
        await age(newer, 61)
        assert ids(await claimed(newer)) == [1]


@pytest.mark.parametrize("body", [None, b"", b"\x80garbled"])
async def test_a_row_that_was_damaged_holds_up_nobody(
    database: TestDatabase, body: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.opened() as store:
        await store.put([arrival(1), arrival(2, BERTA)])
        damaging = update(updates).where(updates.c.update_id == 1).values(body=body)
        await store._database.run(lambda connection: connection.execute(damaging))
    async with database.opened(f"{KEY},{'B' * 42}A=") as store:
        assert ids(await claimed(store)) == [2]
        assert caplog.text.count("update 1 ") == 1
        assert (await store.backlog()).updates == 1 + (body is not None), (
            "no key brings back what isn't there"
        )


async def test_who_lacks_the_key_can_look_as_often_as_it_likes_and_throws_nothing_away(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pending, "_UNREADABLE_PAUSE", 0.0)
    other = "B" * 42 + "A="
    async with database.opened() as older, database.opened(f"{other},{database.key}") as newer:
        await newer.put([arrival(1)])
        for _ in range(MAX_CLAIMS + 1):
            assert await claimed(older) == []
        assert caplog.text.count("update 1 can't be read: STORE_KEY") == MAX_CLAIMS + 1
        assert ids(await claimed(newer)) == [1]


async def test_what_one_can_not_read_is_left_to_the_others_though_its_chat_is_that_ones(
    database: TestDatabase,
) -> None:
    other = "B" * 42 + "A="
    not_mine = Share("g", "h")
    async with database.opened() as older, database.opened(f"{other},{database.key}") as newer:
        await newer.put([arrival(1)])
        assert await claimed(older) == []
        await age(newer, 61)
        assert await claimed(older) == []
        await age(newer, OTHERS_AFTER)
        assert await claimed(older) == []
        assert ids(await newer.claim("newer", 1, LEASE, share=not_mine)) == [1]


async def test_owners_who_claim_at_the_same_time_never_get_the_same_nor_two_of_one_chat(
    database: TestDatabase,
) -> None:
    chance = random.Random(1)  # noqa: S311 - the same each time
    chats = [chance.randrange(20) for _ in range(400)]
    handled: list[tuple[int, int]] = []
    at_work: set[int] = set()

    async def work(store: StoreInDatabase, owner: str) -> None:
        while claims := await store.claim(owner, 5, LEASE) or (await store.backlog()).updates:
            if isinstance(claims, int):
                continue  # others have them
            for claim in claims:
                chat = chats[claim.update_id]
                assert chat not in at_work
                at_work.add(chat)
            await asyncio.sleep(0)
            for claim in claims:
                handled.append((chats[claim.update_id], claim.update_id))
                at_work.discard(chats[claim.update_id])
            await store.end([claim.number for claim in claims])

    async with database.opened() as one, database.opened() as two, database.opened() as three:
        await one.put([arrival(number, chat) for number, chat in enumerate(chats)])
        await asyncio.gather(work(one, "1"), work(two, "2"), work(three, "3"))
    assert sorted(update_id for _, update_id in handled) == list(range(400))
    for chat in set(chats):
        inside = [update_id for place, update_id in handled if place == chat]
        assert inside == sorted(inside)


async def test_who_lost_an_update_can_not_put_it_off_any_more(store: StoreInDatabase) -> None:
    await store.put([arrival(1, ANNA)])
    (claim,) = await store.claim("frozen", 1, -1)
    (again,) = await store.claim("other", 1, LEASE)
    assert again.number == claim.number
    assert await store.renew("frozen", [claim.number], LEASE) == set()
    await store.postpone(claim.number, 0, owner="frozen")
    assert await store.renew("other", [claim.number], LEASE) == {claim.number}
    await store.postpone(claim.number, 0, owner="other")
    assert [found.tries for found in await store.claim("third", 1, LEASE)] == [1]


async def test_what_is_in_anothers_share_is_left_to_it_for_a_while(store: StoreInDatabase) -> None:
    await store.put([arrival(number, ANNA + number) for number in range(1, 41)])
    await age(store, -60)  # a busy machine may take its time between two claims
    low, high = Share("", "8000"), Share("8000", "g")
    first = await store.claim("one", 100, LEASE, share=low)
    second = await store.claim("two", 100, LEASE, share=high)
    assert first
    assert second
    assert sorted(ids(first) + ids(second)) == list(range(1, 41))
    assert await store.claim("three", 100, LEASE) == []


async def test_what_is_left_lying_is_anybodys(store: StoreInDatabase) -> None:
    await store.put([arrival(1)])
    nothing = Share("g", "g")
    assert await store.claim("one", 1, LEASE, share=nothing) == []
    await age(store, OTHERS_AFTER + 1)
    (claim,) = await store.claim("one", 1, LEASE, share=nothing)
    await store.postpone(claim.number, 0)
    assert await store.claim("one", 1, LEASE, share=nothing) == [], "it has just become free"
    await age(store, OTHERS_AFTER + 1)
    assert len(await store.claim("one", 1, LEASE, share=nothing)) == 1
