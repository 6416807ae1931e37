"""The real process, killed, starved and unplugged: every question is answered, in order, nearly always once."""

from __future__ import annotations

import asyncio
import random
import resource
import signal
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, closing
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pytest

from bot import application
from bot.transport.worker import LEASE, Worker
from tests.databases import KEY, TestDatabase, age
from tests.e2e.process import BotProcess, started
from tests.e2e.running import IMPATIENT, OPERATOR, RunningBot, build, polling
from tests.fake_bot_api import TOKEN, FakeBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.databases import Postgres
    from tests.fake_bot_api import UserActor

WITHIN: Final = 60.0
"""Seconds; a process takes some to start on a busy machine, and answers thirty messages a second at most."""
ASKED: Final = {
    "Where do I park my car?": "Behind the house.",
    "Where do bicycles go?": "Into the cellar, says Olga Operator.",
    "May I keep a cat?": "The rules don't cover cats.",
    "What if there is a fire?": "Get out and call the fire brigade.",
}
QUESTION, ANSWER = next(iter(ASKED.items()))
LIVES: Final = 4


@asynccontextmanager
async def running(
    api: FakeBotApi,
    folder: Path,
    base: Path,
    database: TestDatabase,
    before_start: Callable[[], None] | None = None,
) -> AsyncIterator[BotProcess]:
    """The process, when it polls."""
    before = len(api.calls_of("getUpdates"))
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "OPERATOR_NAME": OPERATOR}
    settings |= {"DATABASE_URL": database.url, "STORE_KEY": database.key, "MATCHING_PROCESSES": "1"}
    async with started(folder, base, before_start, **settings) as process:
        await api.wait_for(lambda: len(api.calls_of("getUpdates")) > before, WITHIN)
        yield process


def said(api: FakeBotApi, person: UserActor) -> list[str]:
    return [message.content.partition("\n")[0] for message in api.sent(person)]


def once(answers: list[str]) -> list[str]:
    """Without what is said twice in a row."""
    return [answer for answer, _ in groupby(answers)]


async def test_killed_at_random_moments_under_load_it_loses_no_question(
    api: FakeBotApi, tmp_path: Path, small_base: Path, database: TestDatabase
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    people = [api.user(f"Asker-{number}", started=True) for number in range(80)]
    # So slow that no life can answer a quarter of what is asked.
    api.delay(0.2, "sendMessage", times=None)

    async def ask() -> None:
        """Everybody asks everything, each in the same order, some waiting in between."""
        for question in ASKED:
            for person in people:
                person.sends(question)
                if chance.random() < 0.2:
                    await asyncio.sleep(chance.random() / 10)

    def answers() -> int:
        return sum(len(api.sent(person)) for person in people)

    asking = asyncio.create_task(ask())
    for _ in range(LIVES):
        before = answers()
        async with running(api, tmp_path, small_base, database) as process:
            more = before + chance.randrange(1, 30)
            await api.wait_for(lambda more=more: answers() >= more, WITHIN)  # type: ignore[misc]
            await asyncio.sleep(chance.random() / 3)
            process.stop(signal.SIGKILL)
            assert await process.exit_status() == -signal.SIGKILL
    await asking
    expected = len(people) * len(ASKED)
    assert answers() < expected, "it was killed while there was something left to lose"
    async with running(api, tmp_path, small_base, database) as process:
        await api.wait_for(lambda: all(len(set(said(api, p))) == len(ASKED) for p in people), WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        assert process.sentences == []
    assert [once(said(api, person)) for person in people] == [list(ASKED.values())] * len(people)
    assert answers() - expected <= LIVES * application.CONCURRENT_UPDATES
    async with database.opened() as store:
        assert (await store.backlog()).updates == 0
    api.assert_clean()


async def test_what_was_acknowledged_before_a_kill_is_answered_after_the_next_start(
    api: FakeBotApi, tmp_path: Path, small_base: Path, database: TestDatabase
) -> None:
    anna = api.user("Anna")
    api.delay(WITHIN, "sendMessage", times=None)
    async with running(api, tmp_path, small_base, database) as process:
        for question in ASKED:
            anna.sends(question)
        await api.wait_idle(WITHIN)
        assert api.pending == []
        await api.wait_for(lambda: api.calls_of("sendMessage"), WITHIN)
        process.stop(signal.SIGKILL)
        await process.exit_status()
    api.clear_faults()
    async with running(api, tmp_path, small_base, database):
        await api.wait_for(lambda: len(said(api, anna)) >= len(ASKED), WITHIN)
    assert said(api, anna) == list(ASKED.values())


async def test_a_process_that_is_stopped_while_telegram_hangs_ends_and_answers_after_the_next_start(
    api: FakeBotApi, tmp_path: Path, small_base: Path, database: TestDatabase
) -> None:
    anna = api.user("Anna")
    api.delay(10 * WITHIN, "sendMessage", times=None)
    async with running(api, tmp_path, small_base, database) as process:
        anna.sends(QUESTION)
        await api.wait_for(lambda: api.calls_of("sendMessage"), WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        assert process.sentences == []
        assert "Traceback" not in process.written
    api.clear_faults()
    async with running(api, tmp_path, small_base, database):
        await api.wait_sent(anna, ANSWER, within=WITHIN)
    assert said(api, anna) == [ANSWER]


async def test_a_stop_is_bounded_and_what_is_left_is_answered_after_the_next_start(
    api: FakeBotApi, tmp_path: Path, small_answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    people = [api.user(f"Asker-{number}") for number in range(3 * application.CONCURRENT_UPDATES)]
    api.delay(1.5, "sendMessage", times=None)
    async with polling(api, small_answerer, tmp_path, drains_within=2) as bot:
        for question in list(ASKED)[:2]:
            for person in people:
                person.sends(question)
        await bot.api.wait_for(lambda: not api.pending and any(api.sent(person) for person in people), WITHIN)
    assert "stopped with updates left to handle" in caplog.text
    assert api.pending == []
    assert any(len(api.sent(person)) < 2 for person in people)
    # What the server had begun with when the bot hung up, it ends.
    await api.wait_for(lambda: all(call.status is not None for call in api.calls_of("sendMessage")))
    api.clear_faults()
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
    answers = [said(api, person) for person in people]
    assert [once(answer) for answer in answers] == [list(ASKED.values())[:2]] * len(people)
    assert sum(map(len, answers)) - 2 * len(people) <= application.CONCURRENT_UPDATES


async def test_updates_that_the_library_can_not_parse_block_nobody(
    api: FakeBotApi, tmp_path: Path, small_base: Path, database: TestDatabase
) -> None:
    anna = api.user("Anna")
    bad = {"message_id": "x", "date": "yesterday", "chat": {"id": anna.id}, "text": "private words"}
    api.inject({"message": bad})
    api.inject({"message": ["private words"]})
    api.inject({"message": {**bad, "date": 10**30}})
    api.inject({"callback_query": {"from": None}})
    api.inject({"nonsense": 1}, number=False)
    anna.sends(QUESTION)
    berta = api.user("Berta")
    berta.sends(QUESTION, reply_to_message=bad)
    async with running(api, tmp_path, small_base, database) as process:
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        await api.wait_sent(berta, ANSWER, within=WITHIN)
        await api.wait_idle(WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
        assert process.written.count("is set aside: it can't be read") == 4
        assert process.written.count("is read as plain text") == 1
        assert "1 updates without a usable number are passed over" in process.written
        assert "private words" not in process.written
    assert api.pending == []


async def test_the_database_goes_away_and_comes_back_and_nothing_is_acknowledged_meanwhile(
    api: FakeBotApi, tmp_path: Path, small_base: Path, postgres: Postgres
) -> None:
    database = TestDatabase(postgres.new_database(), KEY)
    anna, berta = api.user("Anna"), api.user("Berta")
    async with running(api, tmp_path, small_base, database) as process:
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        postgres.stop()
        try:
            berta.sends(QUESTION)
            await api.wait_for(lambda: "updates can't be stored" in process.written, WITHIN)
            await api.wait_for(lambda: "bot.transport.retrying: PostgreSQL" in process.written, WITHIN)
            assert len(api.pending) == 1
            assert api.sent(berta) == []
        finally:
            postgres.start()
        await api.wait_sent(berta, ANSWER, within=WITHIN)
        await api.wait_idle(WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
        assert "the database is back" in process.written
        assert "Traceback" not in process.written
    assert (said(api, anna), said(api, berta)) == ([ANSWER], [ANSWER])


async def test_a_file_that_another_program_keeps_locked_holds_up_no_end_and_loses_no_question(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    file = tmp_path / "store.sqlite3"
    database = TestDatabase(f"sqlite:///{file}", KEY, file)
    anna = api.user("Anna")
    async with running(api, tmp_path, small_base, database) as process:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            anna.sends(QUESTION)
            await api.wait_for(lambda: "is kept locked by another process" in process.written, WITHIN)
            process.stop(signal.SIGTERM)
            assert await process.exit_status() == 0
            assert "Traceback" not in process.written
    async with running(api, tmp_path, small_base, database):
        await api.wait_sent(anna, ANSWER, within=WITHIN)
    assert said(api, anna) == [ANSWER]


async def test_a_second_process_that_polls_waits_for_the_first_ones_end_and_repeats_nothing(
    api: FakeBotApi, tmp_path: Path, small_base: Path, database: TestDatabase
) -> None:
    people = [api.user(f"Asker-{number}", started=True) for number in range(10)]
    folder = tmp_path / "second"
    folder.mkdir()
    api.delay(2, "sendMessage", times=None)
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "OPERATOR_NAME": OPERATOR}
    settings |= {"DATABASE_URL": database.url, "STORE_KEY": database.key}
    async with running(api, tmp_path, small_base, database) as first:
        for person in people:
            person.sends(QUESTION)
        await api.wait_for(lambda: len(api.calls_of("sendMessage")) == len(people), WITHIN)
        async with started(folder, small_base, **settings) as second:
            await second.has_written("another process polls with this database", WITHIN)
            assert second.process.returncode is None
            first.stop(signal.SIGTERM)
            assert await first.exit_status() == 0
            people[0].sends(QUESTION)
            await api.wait_for(lambda: len(said(api, people[0])) == 2, WITHIN)
            assert [said(api, person) for person in people[1:]] == [[ANSWER]] * (len(people) - 1)
            second.stop(signal.SIGTERM)
            assert await second.exit_status() == 0


async def test_another_process_that_shares_the_database_takes_over_from_a_killed_one(
    api: FakeBotApi, tmp_path: Path, small_base: Path, small_answerer: Answerer, database: TestDatabase
) -> None:
    people = [api.user(f"Asker-{number}") for number in range(6)]
    api.delay(WITHIN, "sendMessage", times=None)
    async with running(api, tmp_path, small_base, database) as process:
        for question in ASKED:
            for person in people:
                person.sends(question)
        await api.wait_for(lambda: len(api.calls_of("sendMessage")) == len(people), WITHIN)
        await api.wait_idle(WITHIN)
        process.stop(signal.SIGKILL)
        await process.exit_status()
    api.clear_faults()
    async with database.opened() as store, AsyncExitStack() as stack:
        worker = Worker(store, "replica", room=application.HELD_UPDATES, patience=IMPATIENT)
        replica = build(api, small_answerer, worker)
        await stack.enter_async_context(replica)
        await worker.start(replica.bot)
        await replica.start()
        stack.push_async_callback(replica.stop)
        other = api.user("Zoe", started=True)
        await worker.intake.put([posted(other.id)])
        await api.wait_sent(other, ANSWER, within=WITHIN)
        assert all(api.sent(person) == [] for person in people), "the dead process's leases still run"
        await age(store, LEASE + 1)
        worker.ring()
        await RunningBot(replica, api, worker).handled()
        assert [said(api, person) for person in people] == [list(ASKED.values())] * len(people)
        await worker.stop()


def posted(user_id: int) -> dict[str, object]:
    """An update as a webhook would bring it."""
    person = {"id": user_id, "is_bot": False, "first_name": "Zoe", "language_code": "en"}
    chat = {"id": user_id, "type": "private", "first_name": "Zoe"}
    message = {"message_id": 1, "date": 2_000_000_000, "chat": chat, "from": person, "text": QUESTION}
    return {"update_id": 1, "message": message}


# What can't be used


def shrunk_rights() -> None:
    """Give up root's right to write where nobody may, as it is for everybody else."""
    import ctypes  # noqa: PLC0415 - in the child alone

    bounding_set_drop, dac_override = 24, 1
    ctypes.CDLL(None).prctl(bounding_set_drop, dac_override, 0, 0, 0)


def small_files() -> None:
    """A limit of the size of files stands for a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


async def refused(
    folder: Path, base: Path, before_start: Callable[[], None] | None = None, /, **settings: str
) -> str:
    """What the process says that can't start."""
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:1", **settings}
    async with started(folder, base, before_start, **settings) as process:
        assert await process.exit_status(WITHIN) == 1
        assert "Traceback" not in process.written
        (sentence,) = process.sentences
    return sentence


async def test_a_read_only_file_gets_one_sentence(tmp_path: Path, small_base: Path) -> None:
    file = tmp_path / "store.sqlite3"
    async with TestDatabase(f"sqlite:///{file}", KEY).opened():
        pass
    before = file.read_bytes()
    file.chmod(0o400)
    settings = {"DATABASE_URL": f"sqlite:///{file}", "STORE_KEY": KEY}
    sentence = await refused(tmp_path, small_base, shrunk_rights, **settings)
    assert f"{file} can't be written" in sentence
    assert file.read_bytes() == before


async def test_a_damaged_file_gets_one_sentence_and_stays_as_it_is(tmp_path: Path, small_base: Path) -> None:
    file = tmp_path / "store.sqlite3"
    file.write_bytes(b"This was a database once. " * 1000)
    settings = {"DATABASE_URL": f"sqlite:///{file}", "STORE_KEY": KEY}
    assert "restore a backup" in await refused(tmp_path, small_base, **settings)
    assert file.read_bytes() == b"This was a database once. " * 1000


async def test_another_key_gets_one_sentence(
    tmp_path: Path, small_base: Path, database: TestDatabase
) -> None:
    async with database.opened():
        pass
    wrong = "B" * 42 + "A="
    sentence = await refused(tmp_path, small_base, DATABASE_URL=database.url, STORE_KEY=wrong)
    assert "STORE_KEY doesn't fit" in sentence
    assert wrong not in sentence


async def test_a_full_disk_acknowledges_nothing_and_says_so_and_goes_on_when_there_is_room(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    database = TestDatabase(f"sqlite:///{tmp_path / 'store.sqlite3'}", KEY)
    anna, berta = api.user("Anna"), api.user("Berta")
    async with running(api, tmp_path, small_base, database, small_files) as process:
        for _ in range(200):
            anna.sends("long " * 800)
        berta.sends(QUESTION)
        await api.wait_for(lambda: "updates can't be stored" in process.written, WITHIN)
        assert len(api.pending) >= 1
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        assert "disk" in process.written
        assert "Traceback" not in process.written
    async with running(api, tmp_path, small_base, database):
        await api.wait_sent(berta, ANSWER, within=WITHIN)
        await api.wait_idle(WITHIN)
    assert said(api, berta) == [ANSWER]


async def test_a_file_that_is_taken_away_while_the_bot_runs_acknowledges_nothing_until_it_is_back(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    file, aside = tmp_path / "store.sqlite3", tmp_path / "aside"
    database = TestDatabase(f"sqlite:///{file}", KEY)
    anna, berta = api.user("Anna"), api.user("Berta")
    async with running(api, tmp_path, small_base, database) as process:
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        file.rename(aside)
        berta.sends(QUESTION)
        await api.wait_for(lambda: "was taken away or replaced while the bot ran" in process.written, WITHIN)
        assert len(api.pending) == 1
        file.write_bytes(b"another file")
        await asyncio.sleep(0.5)
        assert api.sent(berta) == []
        assert file.read_bytes() == b"another file"
        aside.rename(file)
        await api.wait_sent(berta, ANSWER, within=WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        assert "Traceback" not in process.written
    async with database.opened() as store:
        assert (await store.backlog()).updates == 0
