"""How a database is used: plain functions of a connection, in a thread for a file, and over asynchronous sockets for a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol, TypeVar

from sqlalchemy import URL, Connection

from bot.store.engine import (
    BUSY,
    PATIENCE,
    as_store_errors,
    busy_timeout,
    damaged,
    file_engine,
    file_of,
    server_engine,
)
from bot.store.one_thread import OneThread

T = TypeVar("T")

CHECKS_WITHIN: Final = 300.0
"""Seconds that reading a whole file may take."""
_QUEUED_LONG: Final = 1.0
"""Seconds in the queue from which on it matters how long a lock is waited for."""


class Access(Protocol):
    """A way to a database."""

    @property
    def url(self) -> URL:
        """Where it is."""
        ...

    async def run(self, use: Callable[[Connection], T]) -> T:
        """Do something in a transaction of its own, committed at the end; where it raises, or nobody waits any more, rolled back.

        Args:
            use: Plain code, which may run in another thread, and touches nothing but the connection and what it was given.

        Raises:
            StoreUnavailableError: The database can't be reached or written right now, or it took longer than PATIENCE.
            StoreUnusableError: It can't be used as it is.
        """
        ...

    async def check(self) -> None:
        """Find damage before anything is written. A file is read as a whole, which takes as long as that takes, within CHECKS_WITHIN.

        Raises:
            StoreUnavailableError: As for `run`.
            StoreUnusableError: It is damaged.
        """
        ...

    async def clear_traces(self) -> None:
        """Leave nothing of what was deleted in a file; what others are just reading stays until the next time.

        Raises:
            StoreUnavailableError: As for `run`.
        """
        ...

    async def close(self) -> None:
        """Let go of all connections."""
        ...


def access_to(url: URL) -> Access:
    """A way to the database at an address, as `parsed` makes it. Nothing has been connected yet."""
    return _AtServer(url) if file_of(url) is None else _InFile(url)


class _InFile:
    """A SQLite file, by one connection in one thread: those of one process would only wait for each other's locks."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = file_engine(url)
        self._thread = OneThread("database", PATIENCE)

    async def run(self, use: Callable[[Connection], T]) -> T:
        asked = time.monotonic()

        def transaction(is_waited_for: Callable[[], bool]) -> T:
            with (
                self.engine.connect() as connection,
                _patient_since(asked, connection),
                connection.begin() as begun,
            ):
                result = use(connection)
                # Whoever gave up takes it for not done, and may do it again.
                if not is_waited_for():
                    begun.rollback()
            return result

        async with as_store_errors(self.url):
            return await self._thread.do(transaction)

    async def check(self) -> None:
        # Outside of a transaction, or whoever else uses the file would wait for the end of it.
        if await self._say("PRAGMA quick_check(1)", within=CHECKS_WITHIN) != "ok":
            raise damaged(self.url)

    async def clear_traces(self) -> None:
        # What was written lately lies in the file beside, whose pages are used again when there are a thousand of them: on a quiet
        # bot in weeks. Nobody is waited for.
        await self._say(busy_timeout(0), "PRAGMA wal_checkpoint(TRUNCATE)")

    async def _say(self, *statements: str, within: float = PATIENCE) -> object:
        """Have statements done that can't be done in a transaction; what the last one answers first."""

        def done(_: Callable[[], bool]) -> object:
            with self.engine.connect() as connection:
                cursor = connection.connection.cursor()
                try:
                    for statement in statements:
                        cursor.execute(statement)
                    return (cursor.fetchone() or [None])[0]
                finally:
                    cursor.execute(busy_timeout(BUSY))
                    cursor.close()

        async with as_store_errors(self.url, within):
            return await self._thread.do(done)

    async def close(self) -> None:
        await self._thread.end(self.engine.dispose)


@contextmanager
def _patient_since(asked: float, connection: Connection) -> Iterator[None]:
    """Wait for a lock no longer than if it had been asked for at once.

    Of several that queue before a locked file each would else begin to wait where the one before it gives up, and all but the
    first would be given up themselves, without a word of the lock.

    Args:
        asked: When, by the monotonic clock.
        connection: Not in a transaction yet.
    """
    queued = time.monotonic() - asked
    if queued < _QUEUED_LONG:
        yield
        return
    cursor = connection.connection.cursor()
    try:
        cursor.execute(busy_timeout(max(0.0, BUSY - queued)))
        try:
            yield
        finally:
            cursor.execute(busy_timeout(BUSY))
    finally:
        cursor.close()


class _AtServer:
    """A PostgreSQL server, by several connections."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = server_engine(url)

    async def run(self, use: Callable[[Connection], T]) -> T:
        async with as_store_errors(self.url), self.engine.begin() as connection:
            return await connection.run_sync(use)

    async def check(self) -> None:
        """Nothing: a server looks after itself."""

    async def clear_traces(self) -> None:
        """Nothing: a server does so by itself, in its own time."""

    async def close(self) -> None:
        await self.engine.dispose()
