"""What is kept can't be read without the key, ids can't be told, and keys can be replaced."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from cryptography.fernet import Fernet

from bot.store.keys import Hashes, StoreKey, UnreadableError
from bot.store.opening import open_store
from bot.store.protocol import Arrival, StoreUnavailableError, StoreUnusableError
from bot.store.tables import chat_settings, metadata, secrets, suggestions, updates
from tests.databases import TestDatabase, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.databases import Postgres

ANNA = 7_100_000_001
WORDS = "stem cells in my cooler"
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_a_key_encrypts_with_its_first_part_and_decrypts_with_any() -> None:
    old, both, new = StoreKey(OLD), StoreKey(f" {NEW},\n{OLD} "), StoreKey(NEW)
    assert both.decrypt(old.encrypt(b"x")) == b"x"
    assert new.decrypt(both.encrypt(b"x")) == b"x"
    with pytest.raises(UnreadableError):
        old.decrypt(both.encrypt(b"x"))
    with pytest.raises(UnreadableError):
        old.decrypt(b"no token")


def test_only_what_an_older_key_has_encrypted_is_renewed() -> None:
    both = StoreKey(f"{NEW},{OLD}")
    renewed = both.renewed(StoreKey(OLD).encrypt(b"x"))
    assert renewed
    assert StoreKey(NEW).decrypt(renewed) == b"x"
    assert both.renewed(both.encrypt(b"x")) is None
    assert both.renewed(StoreKey(Fernet.generate_key().decode()).encrypt(b"x")) is None


@pytest.mark.parametrize(
    "text",
    ["", " , ", "password", OLD[:-2], f"{OLD},nonsense"],
    ids=["nothing", "two of nothing", "a password", "cut short", "and another thing"],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own sentences vary
        StoreKey(text)


def test_one_id_has_another_hash_for_each_purpose_and_each_secret() -> None:
    one, two = Hashes(b"1" * 32), Hashes(b"2" * 32)
    hashes = {f(ANNA) for h in (one, two) for f in (h.lane, h.chat, h.sender, h.lone_lane)}
    assert len(hashes) == 8
    assert {len(found) for found in hashes} == {32}
    assert Hashes(b"1" * 32).lane(ANNA) == one.lane(ANNA)


async def test_neither_texts_nor_ids_stand_in_the_database(database: TestDatabase) -> None:
    async with database.opened() as store:
        await store.put([Arrival(5, ANNA, f'{{"text": "{WORDS}", "chat": {ANNA}}}'.encode())])
        await store.add_suggestion(ANNA, WORDS, keep=1000)
        await store.set_chat_settings(ANNA, {"quiet": True})
        everything = repr([await rows(store, table) for table in metadata.sorted_tables])
        assert "quiet" in everything
        for secret in (WORDS, str(ANNA), database.key, database.key[:20]):
            assert secret not in everything
    if database.file:
        kept = b"".join(file.read_bytes() for file in database.file.parent.glob("store.sqlite3*"))
        for secret in (WORDS, str(ANNA), database.key):
            assert secret.encode() not in kept


async def test_a_key_is_replaced_in_two_steps_and_nothing_is_lost(database: TestDatabase) -> None:
    async with database.opened(OLD) as store:
        await store.put([Arrival(1, ANNA, b"first"), Arrival(2, ANNA, b"second")])
        await store.set_chat_settings(ANNA, {"quiet": True})
        await store.add_suggestion(ANNA, WORDS, keep=1000)
        before = [await rows(store, table) for table in (secrets, updates, suggestions)]
        hashed = [row["chat"] for row in await rows(store, chat_settings)]
    async with database.opened(f"{NEW},{OLD}") as store:
        after = [await rows(store, table) for table in (secrets, updates, suggestions)]
    for old_rows, new_rows, value in zip(before, after, ("value", "body", "text"), strict=True):
        for old_row, new_row in zip(old_rows, new_rows, strict=True):
            assert StoreKey(OLD).decrypt(old_row[value]) == StoreKey(NEW).decrypt(new_row[value])
    async with database.opened(NEW) as store:
        assert await store.chat_settings(ANNA) == {"quiet": True}
        assert [row["chat"] for row in await rows(store, chat_settings)] == hashed
        assert [s.text for s in await store.suggestions()] == [WORDS]
        assert [claim.body for claim in await store.claim("me", 5, 30)] == [b"first"]
        assert (await store.forget(ANNA)).updates == 2
    with pytest.raises(StoreUnusableError, match="STORE_KEY doesn't fit"):
        async with database.opened(OLD):
            pass


@contextlib.contextmanager
def failing_at(database: TestDatabase, number: int) -> Iterator[None]:
    """Inside the block the database refuses every change of one update."""
    if database.file:
        with closing(sqlite3.connect(database.file)) as connection:
            connection.execute(
                f"CREATE TRIGGER failing BEFORE UPDATE ON updates WHEN old.update_id = {number} "
                "BEGIN SELECT RAISE(ABORT, 'cut off'); END"
            )
            yield
            connection.execute("DROP TRIGGER failing")
        return
    with psycopg.connect(database.url, autocommit=True) as server:
        server.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'cut off'; END $$"
        )
        server.execute(
            f"CREATE TRIGGER failing BEFORE UPDATE ON updates FOR EACH ROW WHEN (old.update_id = {number}) "
            "EXECUTE FUNCTION fail()"
        )
        yield
        server.execute("DROP TRIGGER failing ON updates")


async def test_a_backlog_is_put_under_a_new_key_bit_by_bit_and_what_is_cut_off_is_taken_up_again(
    database: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    """However much waits, no transaction is long; and the old key is needed until it is said not to be."""
    count, done = 1_600, "the older ones may go"
    both, both_keys = TestDatabase(database.url, f"{NEW},{OLD}", database.file), StoreKey(f"{NEW},{OLD}")
    async with database.opened(OLD) as store:
        await store.put([Arrival(number, ANNA, b"%d" % number) for number in range(1, count + 1)])
    with failing_at(database, count - 100), pytest.raises(StoreUnavailableError):
        async with both.opened():
            pass
    assert done not in caplog.text
    with pytest.raises(StoreUnusableError, match="STORE_KEY doesn't fit"):
        async with database.opened(NEW):
            pass
    async with database.opened(OLD) as store:
        bodies = [row["body"] for row in await rows(store, updates)]
    # What is there already stays as it is.
    renewed = sum(both_keys.renewed(body) is None for body in bodies)
    assert 0 < renewed < count
    async with both.opened():
        assert done in caplog.text
    async with database.opened(NEW) as store:
        bodies = [StoreKey(NEW).decrypt(row["body"]) for row in await rows(store, updates)]
    assert sorted(bodies) == sorted(b"%d" % number for number in range(1, count + 1))


def traces(database: TestDatabase, words: bytes) -> list[str]:
    """In which of its files something can still be read by who has the key."""
    assert database.file
    found = []
    for file in database.file.parent.glob(f"{database.file.name}*"):
        for token in re.findall(rb"gAAAA[\w-]+={0,2}", file.read_bytes()):
            with contextlib.suppress(UnreadableError):
                if words in StoreKey(database.key).decrypt(token):
                    found.append(file.name)
    return found


async def test_what_was_answered_or_forgotten_leaves_no_trace_in_the_file_while_it_is_open(
    tmp_path: Path,
) -> None:
    file = tmp_path / "store.sqlite3"
    database = TestDatabase(f"sqlite:///{file}", OLD, file)
    async with database.opened() as store:
        await store.put([Arrival(number, number, WORDS.encode()) for number in range(30)])
        await store.end([claim.number for claim in await store.claim("me", 30, 30)])
        assert traces(database, WORDS.encode())
        await store.clear_traces()
        assert traces(database, WORDS.encode()) == []
        await store.add_suggestion(ANNA, WORDS, keep=1000)
        await store.clear_traces()
        assert traces(database, WORDS.encode()) == [file.name]
        await store.forget(ANNA)
        assert traces(database, WORDS.encode()) == []


async def test_traces_that_somebody_is_just_reading_go_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    database = TestDatabase(f"sqlite:///{file}", OLD, file)
    async with database.opened() as store:
        await store.add_suggestion(ANNA, WORDS, keep=1000)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM suggestions").fetchall()
            begun = time.monotonic()
            assert (await store.forget(ANNA)).suggestions == 1
            assert time.monotonic() - begun < 5, "nobody waits for a reader"
            other.execute("COMMIT")
        await store.clear_traces()
    assert traces(database, WORDS.encode()) == []


async def test_a_text_that_is_just_being_deleted_does_not_come_back_under_a_new_key(
    postgres: Postgres,
) -> None:
    database = TestDatabase(postgres.new_database(), OLD)
    async with database.opened() as store:
        await store.put([Arrival(1, ANNA, WORDS.encode())])
        number = await store.add_suggestion(ANNA, WORDS, keep=1000)
        with psycopg.connect(database.url) as other:
            other.execute("UPDATE updates SET body = NULL, lane = '', ended = 1, how = 'done'")
            other.execute("UPDATE suggestions SET text = ''")
            opening = asyncio.create_task(open_store(database.url, f"{NEW},{OLD}"))
            with pytest.raises(TimeoutError):  # it waits for what the other one does
                async with asyncio.timeout(1.0):
                    await asyncio.shield(opening)
            other.commit()
        again = await opening
        assert [(row["body"], row["ended"]) for row in await rows(again, updates)] == [(None, 1)]
        assert [(row["number"], row["text"]) for row in await rows(again, suggestions)] == [(number, b"")]
        await again.close()
