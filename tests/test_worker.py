"""Within a chat in order, across chats side by side, one busy chat holds up nobody; and nothing is lost in between."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from functools import partial
from typing import TYPE_CHECKING

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.store.protocol import End, StoreUnavailableError
from bot.store.tables import updates
from bot.transport import attempts, intake, worker
from bot.transport.attempts import Patience
from bot.transport.intake import NotStoredError
from bot.transport.processor import DurableProcessor
from bot.transport.telegram_time import TelegramTime
from bot.transport.worker import LEASE, Worker
from tests.databases import TestDatabase, age, rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.store.opening import StoreInDatabase
    from tests.conftest import Clock

WITHIN = 60.0
PLACES = 3
ANNA, BERTA, CARLA = 7_100_000_001, 7_100_000_002, 7_100_000_003
IMPATIENT = Patience(first=0.01, longest=0.05)


def message(update_id: int, chat_id: int, text: str = "?") -> dict[str, object]:
    chat = {"id": chat_id, "type": "private", "first_name": "Anna"}
    content = {"message_id": update_id, "date": 1, "chat": chat, "text": text}
    return {"update_id": update_id, "message": content}


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(WITHIN):
        while not condition():  # noqa: ASYNC110 - what it asks for has no event
            await asyncio.sleep(0.005)


class Telegram:
    """It answers."""

    id = 123456789

    async def get_me(self) -> None:
        """As it does."""


class Bot:
    """A worker with its processor, and the library's loop between them; each update waits until it is let to go on."""

    def __init__(self, store: StoreInDatabase, owner: str = "bot") -> None:
        self.store = store
        self.worker = Worker(store, owner, room=2 * PLACES, patience=IMPATIENT)
        self.processor = DurableProcessor(self.worker, PLACES)
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.faults: dict[int, list[Exception]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        await self.worker.start(Telegram())  # type: ignore[arg-type]  # the updates here are never answered
        self.fetching = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        while True:
            update = await self.worker.queue.get()
            assert isinstance(update, Update)
            task = asyncio.create_task(self.processor.process_update(update, self._handle(update)))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def gate(self, update_id: int) -> asyncio.Event:
        return self.gates.setdefault(update_id, asyncio.Event())

    def let(self, *update_ids: int) -> None:
        for update_id in update_ids:
            self.gate(update_id).set()

    async def _handle(self, update: Update) -> None:
        number = update.update_id
        self.begun.append(number)
        await self.gate(number).wait()
        if self.faults.get(number):
            # As the library has it: the fault ends at an error handler.
            attempt = attempts.current()
            assert attempt
            attempt.failed(self.faults[number].pop(0))
            return
        self.ended.append(number)

    async def die(self) -> None:
        """As SIGKILL would have it: nothing is noted, nothing given back."""
        tasks = [self.fetching, *self.worker._tasks, *self.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self) -> None:
        await self.die()
        await self.worker.stop()

    async def put(self, *messages: dict[str, object]) -> None:
        await self.worker.intake.put(messages)

    async def has_begun(self, *update_ids: int) -> None:
        """These, and after a while still no others."""
        await until(lambda: len(self.begun) >= len(update_ids))
        await self.store.backlog()  # the store's one connection: what was asked before has been answered
        await asyncio.sleep(0.05)
        assert self.begun == list(update_ids)


@pytest.fixture
async def bot(store: StoreInDatabase) -> AsyncIterator[Bot]:
    made = Bot(store)
    await made.start()
    yield made
    await made.stop()


async def test_the_messages_of_a_chat_are_handled_in_order(bot: Bot) -> None:
    await bot.put(*(message(number, ANNA) for number in range(1, 5)))
    await bot.has_begun(1)
    bot.let(2, 3, 4)
    await bot.has_begun(1)
    bot.let(1)
    await until(lambda: bot.ended == [1, 2, 3, 4])


async def test_chats_are_handled_side_by_side_and_no_more_than_so_many_at_once(bot: Bot) -> None:
    await bot.put(*(message(number, ANNA + number) for number in range(1, 6)))
    await bot.has_begun(1, 2, 3)
    bot.let(2)
    await bot.has_begun(1, 2, 3, 4)
    assert bot.ended == [2]


async def test_a_chat_with_many_waiting_messages_holds_up_nobody_else(bot: Bot) -> None:
    await bot.put(*(message(number, ANNA) for number in range(1, 50)))
    await bot.put(message(50, BERTA))
    await bot.has_begun(1, 50)


async def test_what_was_handled_is_noted_and_what_was_not_is_handled_after_the_next_start(
    store: StoreInDatabase,
) -> None:
    first = Bot(store)
    await first.start()
    await first.put(message(1, ANNA), message(2, ANNA), message(3, BERTA), message(4, BERTA))
    first.let(1)
    await first.has_begun(1, 3, 2)
    await first.die()
    again = Bot(store)
    await again.start()
    again.let(2, 3, 4)
    await until(lambda: len(again.ended) == 3)
    assert sorted(again.ended) == [2, 3, 4]
    assert again.ended.index(3) < again.ended.index(4)
    await again.stop()
    assert (await store.backlog()).updates == 0


async def test_a_failed_update_is_tried_again_before_the_next_of_its_chat(bot: Bot) -> None:
    bot.faults[1] = [RuntimeError(), RuntimeError()]
    bot.let(1, 2)
    await bot.put(message(1, ANNA), message(2, ANNA))
    await until(lambda: bot.ended == [1, 2])
    assert bot.begun == [1, 1, 1, 2]


async def test_an_update_that_always_fails_is_set_aside_after_three_tries(
    bot: Bot, store: StoreInDatabase
) -> None:
    bot.faults[1] = [RuntimeError() for _ in range(9)]
    bot.let(1, 2)
    await bot.put(message(1, ANNA), message(2, ANNA))
    await until(lambda: bot.ended == [2])
    assert bot.begun == [1, 1, 1, 2]
    await until(lambda: not bot.worker._claims)
    assert [(r["update_id"], r["how"], r["body"]) for r in await rows(store, updates)] == [
        (1, End.SET_ASIDE, None),
        (2, End.DONE, None),
    ]


async def test_an_update_that_can_not_be_read_is_set_aside_and_its_text_is_not_logged(
    bot: Bot, store: StoreInDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    bad = {"update_id": 1, "message": {"message_id": "private", "date": "private", "chat": {"id": ANNA}}}
    bot.let(2)
    await bot.put(bad, message(2, ANNA))
    await until(lambda: bot.ended == [2])
    assert "update 1 is set aside" in caplog.text
    assert "private" not in caplog.text
    assert (await rows(store, updates))[0]["how"] == End.SET_ASIDE


async def test_two_workers_share_a_store_and_one_takes_over_when_the_other_dies(
    store: StoreInDatabase,
) -> None:
    one, two = Bot(store, "one"), Bot(store, "two")
    await one.start()
    await one.put(message(1, ANNA), message(2, ANNA), message(3, BERTA))
    await one.has_begun(1, 3)
    await two.start()
    await two.put(message(4, CARLA), message(5, BERTA))
    two.let(1, 2, 3, 4, 5)
    await until(lambda: 4 in [*one.begun, *two.ended])
    assert not {1, 2, 3, 5} & set(two.begun), "what another has, and what stands behind it, is left alone"
    await one.die()
    await age(store, LEASE + 1)
    await until(lambda: {1, 2, 3, 5} <= set(two.ended))
    assert two.ended.index(1) < two.ended.index(2)
    assert two.ended.index(3) < two.ended.index(5)
    await two.stop()


async def test_a_lease_is_renewed_for_as_long_as_handling_takes(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.transport.worker.LEASE", 0.3)
    slow = Bot(store, "slow")
    await slow.start()
    await slow.put(message(1, ANNA))
    await slow.has_begun(1)
    renewed: list[object] = []
    real = store.renew

    async def renew(owner: str, numbers: list[int], lease: float) -> set[int]:
        renewed.append(numbers)
        return await real(owner, numbers, lease)

    monkeypatch.setattr(store, "renew", renew)
    await until(lambda: len(renewed) >= 5)  # much longer than one lease
    assert await store.claim("other", 10, LEASE) == []
    await slow.stop()


async def test_a_worker_that_was_frozen_begins_with_nothing_that_others_have_taken_over(
    store: StoreInDatabase,
) -> None:
    frozen, other = Bot(store, "frozen"), Bot(store, "other")
    await frozen.start()
    numbers = list(range(1, 2 * PLACES + 1))
    await frozen.put(*(message(number, ANNA + number) for number in numbers))
    begun = numbers[:PLACES]
    await frozen.has_begun(*begun)
    await age(store, LEASE + 1)
    frozen.worker._leased = {number: time - LEASE - 1 for number, time in frozen.worker._leased.items()}
    await other.start()
    other.let(*numbers)
    await until(lambda: sorted(other.ended) == numbers)
    frozen.let(*numbers)
    await until(lambda: not frozen.worker._claims)
    assert frozen.begun == begun, "the rest waited for a place, and isn't its own any more"
    await frozen.put(message(99, CARLA))
    frozen.let(99)
    other.let(99)
    await until(lambda: 99 in [*frozen.ended, *other.ended])
    await frozen.stop()
    await other.stop()


async def test_a_worker_whose_leases_ran_out_while_nobody_else_was_there_goes_on(bot: Bot) -> None:
    numbers = list(range(1, 2 * PLACES + 1))
    await bot.put(*(message(number, ANNA + number) for number in numbers))
    await bot.has_begun(*numbers[:PLACES])
    await age(bot.store, LEASE + 1)
    bot.worker._leased = {number: time - LEASE - 1 for number, time in bot.worker._leased.items()}
    bot.let(*numbers)
    await until(lambda: sorted(bot.ended) == numbers)


async def test_a_fault_of_the_worker_itself_is_not_kept_secret(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(bot.store, "claim", broken)
    bot.worker.ring()
    assert bot.worker.broken
    with pytest.raises(ZeroDivisionError):
        async with asyncio.timeout(WITHIN):
            await bot.worker.broken


async def test_draining_handles_what_is_there_and_gives_up_when_time_is_over(store: StoreInDatabase) -> None:
    bot = Bot(store)
    await bot.start()
    await bot.put(*(message(number, ANNA + number % 4) for number in range(1, 30)))
    bot.let(*range(1, 30))
    assert await bot.worker.drain(WITHIN, everything=True)
    assert sorted(bot.ended) == list(range(1, 30))
    await bot.stop()

    slow = Bot(store, "slow")
    await slow.start()
    await slow.put(message(30, ANNA), message(31, ANNA), message(32, BERTA))
    await slow.has_begun(30, 32)
    slow.let(32)
    assert not await slow.worker.drain(0.1, everything=True)
    slow.processor.give_up()
    await until(lambda: not slow.tasks)
    await slow.worker.stop()
    slow.fetching.cancel()
    waiting = [(r["update_id"], r["owner"]) for r in await rows(store, updates) if r["ended"] is None]
    assert waiting == [(30, None), (31, None)], "given back, for others to take at once"


async def test_a_replica_that_stops_leaves_the_rest_to_the_others(store: StoreInDatabase) -> None:
    bot = Bot(store)
    await bot.start()
    await bot.put(message(1, ANNA), message(2, ANNA))
    await bot.has_begun(1)
    bot.let(1, 2)
    assert await bot.worker.drain(WITHIN, everything=False)
    assert bot.ended == [1]
    await bot.stop()
    assert (await store.backlog()).updates == 1


# What of the store works


class _Failing:
    """Some of a store's methods fail as long as a test wants."""

    def __init__(self, store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
        self.methods: set[str] = set()
        for name in ("put", "end", "claim"):
            monkeypatch.setattr(store, name, partial(self._use, name, getattr(store, name)))

    async def _use(
        self, name: str, use: Callable[..., Awaitable[object]], *args: object, **kwargs: object
    ) -> object:
        if name in self.methods:
            raise StoreUnavailableError("the disk is full")
        return await use(*args, **kwargs)


@pytest.fixture
def failing(store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch) -> _Failing:
    return _Failing(store, monkeypatch)


async def test_a_store_that_can_be_read_and_not_written_is_told_of_once_and_is_back_once(
    failing: _Failing, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.put(message(1, ANNA), message(2, BERTA))
    failing.methods = {"end"}
    bot.let(1, 2)
    await until(lambda: len(bot.ended) == 2)
    await until(lambda: not bot.worker.can_write)
    for _ in range(3):  # it looks around meanwhile, and that works
        bot.worker.ring()
        await asyncio.sleep(0.1)
    assert not bot.worker.can_write
    failing.methods = set()
    await until(lambda: bot.worker.can_write)
    told = [record.getMessage() for record in caplog.records if record.name == "bot.transport.retrying"]
    assert told == ["the disk is full; trying again", "the database is back"]


async def test_updates_that_cannot_be_stored_are_known_of_until_one_is_stored_or_for_a_minute(
    failing: _Failing, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing.methods = {"put"}
    with pytest.raises(NotStoredError):
        await bot.put(message(1, ANNA))
    assert not bot.worker.can_write
    failing.methods = set()
    await bot.put(message(1, ANNA))
    assert bot.worker.can_write
    failing.methods = {"put"}
    with pytest.raises(NotStoredError):
        await bot.put(message(2, ANNA))
    assert not bot.worker.can_write
    monkeypatch.setattr(intake, "TRIES_AGAIN", 0.0)
    assert bot.worker.can_write, "or nobody would send it anything any more"


# The clock


async def test_a_clock_that_is_ahead_at_the_start_deletes_nothing(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(worker, "_EXPIRY", 0.05)
    async with database.opened() as store:
        bot = Bot(store)
        await bot.put(message(1, ANNA))
        await store.add_suggestion(ANNA, "May I?", keep=3600)
        await store.add_suggestion(ANNA, "Long ago?", keep=-1)
        clock.off = 8 * 24 * 3600.0
        bot.worker.telegram_time = TelegramTime(clock)
        bot.worker.telegram_time.note(formatdate(clock.right(), usegmt=True))
        looked: list[bool] = []
        expire = store.expire

        async def expiring(*, clock_is_right: bool = True) -> None:
            await expire(clock_is_right=clock_is_right)
            looked.append(clock_is_right)

        monkeypatch.setattr(store, "expire", expiring)
        await bot.start()
        try:
            await until(lambda: len(looked) > 1)
            clock.off = 0.0
            await until(lambda: looked[-1])
            assert [s.text for s in await store.suggestions(None)] == ["May I?"]
            await bot.has_begun(1)
        finally:
            await bot.stop()


@pytest.mark.parametrize("seconds", [-3600.0, 8 * 24 * 3600.0])
async def test_a_clock_that_is_set_holds_nobody_up_and_loses_nothing(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, clock: Clock, seconds: float
) -> None:
    monkeypatch.setattr(worker, "_EXPIRY", 0.05)
    async with database.opened() as store:
        bot = Bot(store)
        bot.worker.patience = Patience(first=1.0)
        await bot.start()
        try:
            bot.faults[1] = [NetworkError("away")]
            bot.let(1)
            await bot.put(message(1, ANNA), message(2, BERTA))
            await until(lambda: len(bot.worker._claims) == 1)
            clock.off = seconds
            await bot.put(message(3, ANNA))
            bot.let(2, 3)
            async with asyncio.timeout(15):
                await until(lambda: sorted(bot.ended) == [1, 2, 3])
            await until(lambda: not bot.worker._claims)
            assert (await store.backlog()).updates == 0
        finally:
            await bot.stop()
