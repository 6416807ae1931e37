"""Opening a database: made where there is none, brought up to date, and refused in one sentence where it can't be used."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, text

from bot.store.access import access_to
from bot.store.engine import data_folder, parsed, server_engine
from bot.store.keys import key_file_of
from bot.store.migrating import newest, upgrade
from bot.store.opening import StoreInDatabase, open_store
from bot.store.protocol import Arrival, StoreUnavailableError, StoreUnusableError
from bot.store.tables import metadata, secrets, suggestions
from tests.databases import KEY, TestDatabase, rows

if TYPE_CHECKING:
    from typing import Any

    from tests.databases import Postgres

SECRET = "topsecret"
OPERATING = (Path(__file__).parents[1] / "docs" / "operating.md").read_text(encoding="utf-8")


# Tables


def test_the_newest_migration_is_the_one_that_alembic_ends_with() -> None:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


def differences(connection: Connection) -> list[Any]:
    found: list[Any] = compare_metadata(
        MigrationContext.configure(connection, opts={"compare_type": True}), metadata
    )
    return found


def schema(connection: Connection) -> dict[str, Any]:
    """What there is: for each table its columns, its keys and its indexes."""
    look = inspect(connection)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(name)],
            look.get_pk_constraint(name),
            sorted((i["name"], i["unique"], i["column_names"]) for i in look.get_indexes(name)),
        )
        for name in look.get_table_names()
    }


async def test_the_migrations_make_the_tables_that_a_new_database_gets(database: TestDatabase) -> None:
    def upgraded(connection: Connection) -> dict[str, Any]:
        with connection.begin_nested() as trying:
            upgrade(connection)
            assert differences(connection) == []
            migrated = schema(connection)
            trying.rollback()
        return migrated

    access = access_to(parsed(database.url))
    migrated = await access.run(upgraded)
    assert await access.run(schema) == {}
    await access.close()
    async with database.opened() as store:
        assert await store._database.run(differences) == []
        assert await store._database.run(schema) == migrated


async def test_a_database_of_an_earlier_version_is_brought_up_to_date(database: TestDatabase) -> None:
    access = access_to(parsed(database.url))
    await access.run(lambda connection: upgrade(connection, "0002"))
    assert await access.run(differences)
    await access.close()
    noted = text("SELECT version_num FROM alembic_version")
    async with database.opened() as store:
        assert await store._database.run(differences) == []
        assert await store._database.run(lambda connection: connection.scalar(noted)) == newest()


async def test_what_was_decided_on_in_an_earlier_version_is_kept_no_longer_than_promised(
    database: TestDatabase,
) -> None:
    access = access_to(parsed(database.url))
    day = 24 * 3600.0
    now = time.time()
    kept = {"open": 90, "taken": 400, "wanted": 400, "declined": 30}
    adding = text(
        "INSERT INTO suggestions (sender, text, created, expires, state) VALUES ('', :text, :created, :expires, :state)"
    )
    await access.run(lambda connection: upgrade(connection, "0006"))
    sent = [
        {"text": b"", "created": now, "expires": now + days * day, "state": state}
        for state, days in kept.items()
    ]
    await access.run(lambda connection: connection.execute(adding, sent).rowcount)
    await access.close()
    async with database.opened() as store:
        left = {row["state"]: round((row["expires"] - now) / day) for row in await rows(store, suggestions)}
    assert left == kept | {"wanted": 90}


async def test_several_who_open_a_new_database_at_once_make_it_once(database: TestDatabase) -> None:
    stores = await asyncio.gather(*(open_store(database.url, database.key) for _ in range(5)))
    for number, store in enumerate(stores):
        await store.put([Arrival(number, 1, b"{}")])
    assert (await stores[0].backlog()).updates == 5
    assert len(await rows(stores[0], secrets)) == 1
    for store in stores:
        await store.close()


async def test_a_database_of_a_later_version_is_left_alone(database: TestDatabase) -> None:
    later = text("UPDATE alembic_version SET version_num = '9999'")
    async with database.opened() as store:
        await store._database.run(lambda connection: connection.execute(later))
    with pytest.raises(StoreUnusableError, match="a later version of the bot"):
        await open_store(database.url, database.key)


async def test_a_database_is_one_bots_and_no_others(database: TestDatabase) -> None:
    async with database.opened() as store:
        await store.keep_for(123456789)
        await store.keep_for(123456789)
        assert "123456789" not in repr(await rows(store, secrets))
    async with database.opened() as store:
        with pytest.raises(StoreUnusableError, match="another bot's: set DATABASE_URL"):
            await store.keep_for(987654321)
        await store.keep_for(123456789)


# Where it is


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "store.db", "://", "postgresql+x:/"]
)
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no database URL"):
        parsed(url)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "postgresql://bot:p%40ss@one:5432,two:5433/db?target_session_attrs=read-write",
            {"host": "one,two", "port": "5432,5433", "user": "bot", "password": "p@ss", "dbname": "db"},
        ),
        (
            "postgresql://bot@%2Frun%2Fpostgresql/db",
            {"host": "/run/postgresql", "user": "bot", "dbname": "db"},
        ),
        ("postgres://[::1]:5433/db?user=bot", {"host": "::1", "port": "5433", "user": "bot", "dbname": "db"}),
    ],
)
def test_an_address_of_a_server_means_what_psql_takes_it_for(address: str, told: dict[str, str]) -> None:
    url = parsed(address)
    _, given = server_engine(url).dialect.create_connect_args(url)
    assert told.items() <= given.items()


async def test_of_several_servers_the_one_that_answers_is_used(postgres: Postgres) -> None:
    url = parsed(postgres.new_database())
    folder = str(url.query["host"])
    several = f"postgresql://postgres@127.0.0.1:1,{quote(folder, safe='')}:5432/{url.database}"
    async with TestDatabase(several, KEY).opened() as store:
        assert (await store.backlog()).updates == 0


def test_without_an_address_it_is_a_file_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert parsed("").database == str(tmp_path / "data" / "advisory-bot" / "store.sqlite3")
    assert (tmp_path / "data" / "advisory-bot").stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert data_folder() == tmp_path / "home" / ".local" / "share" / "advisory-bot"


async def test_without_a_folder_for_it_the_operator_is_told_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    folder = re.escape(f"{tmp_path}/file/advisory-bot")
    with pytest.raises(
        StoreUnusableError, match=f"{folder} can't be made \\(Not a directory\\): set DATABASE_URL"
    ):
        await open_store()
    with pytest.raises(StoreUnusableError, match="can't be made"):
        await open_store(f"sqlite:///{tmp_path}/missing/store.db", KEY)


async def test_a_file_given_relatively_stays_the_same_when_the_folder_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = await open_store("sqlite:///here.db", KEY)
    monkeypatch.chdir("/")
    await store.put([Arrival(1, 1, b"{}")])
    await store.close()
    assert (tmp_path / "here.db").exists()


async def test_a_server_that_is_not_there_may_be_there_later_and_its_password_is_not_told() -> None:
    with pytest.raises(StoreUnavailableError) as caught:
        await open_store(f"postgresql://bot:{SECRET}@127.0.0.1:1/bot", KEY)
    assert "PostgreSQL" in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
    assert SECRET not in str(caught.value)


async def test_a_server_without_this_database_is_named(postgres: Postgres) -> None:
    with pytest.raises(StoreUnavailableError, match="no_such_one"):
        await open_store(postgres.server.get_uri(database="no_such_one"), KEY)


# Keys


async def test_without_a_key_one_is_made_beside_the_file_for_its_owner_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = TestDatabase(f"sqlite:///{tmp_path}/store.db", "", tmp_path / "store.db")
    async with database.opened() as store:
        await store.put([Arrival(1, 1, b"text")])
    key_file = tmp_path / "store.db.key"
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "store.db").stat().st_mode & 0o777 == 0o600
    assert "made a key file" in caplog.text
    made = key_file.read_text(encoding="ascii").strip()
    assert made not in caplog.text
    async with database.opened() as store:
        assert [claim.body for claim in await store.claim("me", 1, 30)] == [b"text"]
    async with database.opened(made) as store:
        assert (await store.backlog()).updates == 1
    assert left_in(tmp_path) == ["store.db", "store.db.key"]


def left_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_several_who_start_without_a_key_make_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    stores = await asyncio.gather(*(open_store(url) for _ in range(5)))
    for number, store in enumerate(stores):
        await store.put([Arrival(number, number, b"{}")])
    assert len(await stores[0].claim("me", 10, 30)) == 5
    for store in stores:
        await store.close()


async def test_a_lost_key_file_is_asked_for_and_not_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    database = TestDatabase(f"sqlite:///{file}", "", file)
    async with database.opened():
        pass
    kept = key_file_of(file).rename(tmp_path / "elsewhere")
    with pytest.raises(
        StoreUnusableError, match=r"STORE_KEY isn't set, and there is no key file .*store\.db\.key"
    ):
        await open_store(database.url)
    assert not key_file_of(file).exists()
    key_file_of(file).write_text("nonsense", encoding="ascii")
    with pytest.raises(StoreUnusableError, match="can't be used"):
        await open_store(database.url)
    kept.rename(key_file_of(file))
    async with database.opened():
        pass


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
async def test_a_database_of_an_older_server_s_encoding_is_used_as_any_other(
    postgres: Postgres, encoding: str
) -> None:
    store = await open_store(
        postgres.new_database(f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"), KEY
    )
    try:
        await store.add_suggestion(1, "¿Dónde? 🙂", keep=60)
        assert [found.text for found in await store.suggestions()] == ["¿Dónde? 🙂"]
        assert await store.take_turn("webhook", "a", 60)
    finally:
        await store.close()


async def test_a_database_server_needs_a_key(postgres: Postgres) -> None:
    with pytest.raises(StoreUnusableError, match="STORE_KEY"):
        await open_store(postgres.new_database())


# Backups, as docs/operating.md has them


async def test_a_copy_made_while_the_bot_runs_is_a_whole_database(
    tmp_path: Path, postgres: Postgres, database: TestDatabase
) -> None:
    async with database.opened() as store:
        await store.put([Arrival(number, number, b"text") for number in range(100)])
        await store.set_chat_settings(1, {"quiet": True})
        if database.file:
            copied = tmp_path / "copy.sqlite3"
            await run("sh", "-c", documented_backup(database.file, copied))
            assert copied.stat().st_mode & 0o077 == 0, "like the database, for its owner alone"
            restored = TestDatabase(f"sqlite:///{copied}", KEY, copied)
        else:
            dump = tmp_path / "bot.dump"
            restored = TestDatabase(postgres.new_database(), KEY)
            programs = postgres.server.bin_path
            await run(f"{programs}/pg_dump", "--format=custom", f"--file={dump}", database.url)
            await run(f"{programs}/pg_restore", "--no-owner", f"--dbname={restored.url}", str(dump))
        await store.put([Arrival(1000, 1, b"later")])
    async with restored.opened() as store:
        assert (await store.backlog()).updates == 100
        assert await store.chat_settings(1) == {"quiet": True}
        assert {claim.body for claim in await store.claim("me", 100, 30)} == {b"text"}
        (ending,) = re.findall(r"^UPDATE .*;$", OPERATING, re.MULTILINE)
        await store._database.run(lambda connection: connection.execute(text(ending)))
        assert (await store.backlog()).updates == 0


async def test_a_backup_of_no_database_is_none(tmp_path: Path) -> None:
    made = tmp_path / "copy.sqlite3"
    process = await asyncio.create_subprocess_exec(
        "sh",
        "-c",
        documented_backup(tmp_path / "nothing.sqlite3", made),
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() != 0
    assert not made.exists()


def documented_backup(file: Path, copied: Path) -> str:
    """What is written down for operators, of these files."""
    ((umask, command),) = re.findall(
        r"^(umask \d+) .*\npython3 (-c \".*backup.*\")$", OPERATING, re.MULTILINE
    )
    command = command.replace("store.sqlite3", str(file)).replace("backup.sqlite3", str(copied))
    return f"{umask}; exec {sys.executable} {command}"


async def run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command)
    assert await process.wait() == 0


# Damage


@pytest.fixture
async def filled(tmp_path: Path) -> TestDatabase:
    """A SQLite file with some hundred updates in it."""
    file = tmp_path / "store.db"
    database = TestDatabase(f"sqlite:///{file}", KEY, file)
    async with database.opened() as store:
        await store.put([Arrival(number, number, b"x" * 500) for number in range(500)])
    return database


def engine_of(store: StoreInDatabase) -> Engine:
    """What a SQLite file is used by."""
    engine = store._database.access.engine  # type: ignore[attr-defined]  # a file's
    assert isinstance(engine, Engine)
    return engine


@pytest.mark.parametrize(
    ("start", "damage"),
    [(0, b"no database, this " * 10), (4096 * 3, b"\xff" * 4096 * 4)],
    ids=["header", "inside"],
)
async def test_a_damaged_file_gets_one_sentence_and_is_left_as_it_is(
    filled: TestDatabase, start: int, damage: bytes
) -> None:
    assert filled.file
    with filled.file.open("r+b") as stream:
        stream.seek(start)
        stream.write(damage)
    before = filled.file.read_bytes()
    with pytest.raises(StoreUnusableError, match=r"store\.db is damaged.*restore a backup"):
        await open_store(filled.url, KEY)
    assert filled.file.read_bytes() == before


async def test_a_full_disk_keeps_nothing_by_half_and_is_no_reason_to_give_up(filled: TestDatabase) -> None:
    async with filled.opened() as store:
        full = True

        @event.listens_for(engine_of(store), "begin")
        def limit(connection: Any) -> None:  # noqa: ANN401 - the library's
            # SQLite's own way to be out of room.
            connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if full else 1_000_000}")

        with pytest.raises(StoreUnavailableError, match="the disk is full"):
            await store.put([Arrival(number, number, b"x" * 5000) for number in range(1000, 1100)])
        assert (await store.backlog()).updates == 500
        full = False
        assert await store.put([Arrival(1000, 1, b"x")]) == 1


async def test_a_file_locked_by_somebody_else_is_unavailable_and_comes_back(
    filled: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engine.BUSY", 0.1)
    assert filled.file
    async with filled.opened() as store:
        with closing(sqlite3.connect(filled.file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreUnavailableError, match="locked by another process"):
                await store.put([Arrival(1000, 1, b"x")])
            other.execute("ROLLBACK")
        assert await store.put([Arrival(1000, 1, b"x")]) == 1


async def test_all_who_queue_before_a_locked_file_hear_of_the_lock(
    filled: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engine.PATIENCE", 3.0)
    monkeypatch.setattr("bot.store.engine.BUSY", 1.0)
    monkeypatch.setattr("bot.store.access.BUSY", 1.0)
    monkeypatch.setattr("bot.store.access._QUEUED_LONG", 0.1)
    assert filled.file
    async with filled.opened() as store:
        with closing(sqlite3.connect(filled.file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            uses = (store.put([Arrival(number, 1, b"x")]) for number in range(1000, 1008))
            said = await asyncio.gather(*uses, return_exceptions=True)
            other.execute("ROLLBACK")
        assert all("is kept locked by another process" in str(fault) for fault in said), said
        assert await store.put([Arrival(number, 1, b"x") for number in range(1000, 1008)]) == 8


async def test_a_disk_that_hangs_is_waited_for_no_longer_than_somebody_wants(
    filled: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engine.PATIENCE", 1.0)
    monkeypatch.setattr("bot.store.access.PATIENCE", 1.0)
    hanging = threading.Event()
    hanging.set()
    store = await open_store(filled.url, KEY)

    @event.listens_for(engine_of(store), "begin")
    def begin(_: object) -> None:
        hanging.wait(30)

    assert (await store.backlog()).updates == 500
    hanging.clear()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await store.put([Arrival(1000, 1, b"x")])
    with pytest.raises(StoreUnavailableError, match="its disk hangs"):
        await store.put([Arrival(1001, 1, b"x")])
    begun = time.monotonic()
    with pytest.raises(StoreUnavailableError, match="its disk hangs"):
        await store.put([Arrival(1001, 1, b"x")])
    assert time.monotonic() - begun < 0.5, "it isn't even tried any more"
    hanging.set()
    await eventually(store, 500)  # what was given up isn't done late
    hanging.clear()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await store.backlog()
    begun = time.monotonic()
    await store.close()
    assert time.monotonic() - begun < 5
    hanging.set()


async def eventually(store: StoreInDatabase, updates: int) -> None:
    """So many wait, as soon as the store answers."""
    while True:
        try:
            found = (await store.backlog()).updates
        except StoreUnavailableError:
            await asyncio.sleep(0.05)
        else:
            assert found == updates
            return


async def test_a_server_that_goes_away_is_unavailable_and_comes_back(postgres: Postgres) -> None:
    store = await open_store(postgres.new_database(), KEY)
    await store.put([Arrival(1, 1, b"x")])
    postgres.stop()
    try:
        for _ in range(2):
            with pytest.raises(StoreUnavailableError, match="PostgreSQL"):
                await store.put([Arrival(2, 1, b"x")])
    finally:
        postgres.start()
    for _ in range(10):  # a connection that broke is noticed when it is used
        try:
            await store.put([Arrival(2, 1, b"x")])
            break
        except StoreUnavailableError:
            continue
    assert (await store.backlog()).updates == 2
    await store.close()


async def test_a_pooler_that_gives_each_transaction_another_connection_is_named(postgres: Postgres) -> None:
    async with TestDatabase(postgres.new_database(), KEY).opened() as store:
        for _ in range(10):  # by then the driver has had the server prepare it
            await store.backlog()
        forgetting = text("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$")
        await store._database.run(lambda connection: connection.execute(forgetting))
        with pytest.raises(StoreUnavailableError, match=r"stands behind a pooler .* pool_mode = session"):
            await store.backlog()


async def test_a_server_that_is_frozen_is_waited_for_no_longer_than_somebody_wants(
    postgres: Postgres,
) -> None:
    store = await open_store(postgres.new_database(), KEY)
    await store.backlog()
    with postgres.frozen():
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await store.backlog()
        assert time.monotonic() - begun < 2
    assert (await store.backlog()).updates == 0, "by another connection"
    with postgres.frozen():
        begun = time.monotonic()
        await store.close()
        assert time.monotonic() - begun < 2
