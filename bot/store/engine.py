"""DATABASE_URL -> a SQLAlchemy engine, and its faults in an operator's words."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from bot.store.one_thread import StuckError
from bot.store.protocol import StoreError, StoreUnavailableError, StoreUnusableError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

FILE_NAME: Final = "store.sqlite3"
PATIENCE: Final = 15.0
"""Seconds that one use of the database may take."""
BUSY: Final = 10.0
"""Seconds for which SQLite waits for another process to let go of the file."""
_CONNECTIONS: Final = 8
_HOLDS: Final = 5
"""Seconds after which the server ends a transaction in which nothing happens any more."""

_POOLED: Final = 'prepared statement "_pg3_'
_NO_POOLER: Final = (
    "PostgreSQL stands behind a pooler that gives each transaction another connection: set DATABASE_URL to the server's own "
    "address, or have the pooler keep a connection for each client (in PgBouncer: pool_mode = session)"
)

# What SQLite says -> what is the matter, and whether somebody has to mend it first.
_SQLITE: Final = (
    ("readonly", "can't be written: give the bot's user the right to write to it and to its folder", True),
    ("not a database", "is damaged, or no SQLite database: put it aside and restore a backup", True),
    ("malformed", "is damaged: put it aside and restore a backup", True),
    ("unable to open", "can't be opened: see that its folder is there and belongs to the bot's user", True),
    ("is full", "can't grow: the disk is full", False),
    ("disk i/o error", "can't be read or written: the disk fails or is full", False),
    ("locked", "is kept locked by another process", False),
)


def parsed(url: str) -> URL:
    """A database's address with the driver that is used for it.

    Args:
        url: `sqlite:///file.db`, `sqlite:////folder/file.db` or `postgresql://...`; empty for the default.

    Raises:
        ValueError: It is none of these.
    """
    if not url:
        return URL.create("sqlite", database=str(data_folder() / FILE_NAME))
    if url.startswith(("postgresql://", "postgres://")):
        return _of_server(url)
    try:
        given = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("no database URL") from None
    # In memory nothing would outlive the process.
    if given.drivername == "sqlite" and given.database and given.database != ":memory:" and not given.host:
        return given.set(query={})
    raise ValueError("no database URL")


def _of_server(url: str) -> URL:
    """A server's address, read as PostgreSQL's own programs do: with several hosts, sockets' folders and what stands behind a `?`."""
    from psycopg import ProgrammingError  # noqa: PLC0415 - megabytes that a bot with a SQLite file does without
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    try:
        told = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        raise ValueError("no database URL") from None
    user, password, name = (told.pop(part, None) for part in ("user", "password", "dbname"))
    return URL.create("postgresql+psycopg", user, password, database=name, query=told)


def data_folder() -> Path:
    """`advisory-bot` in XDG_DATA_HOME or in ~/.local/share; made where it isn't there.

    Raises:
        StoreUnusableError: There can't be one.
    """
    xdg, elsewhere = os.environ.get("XDG_DATA_HOME", ""), "set DATABASE_URL to where the database should be"
    try:
        # A relative XDG path counts as not set: so says the specification.
        folder = Path(xdg) if Path(xdg).is_absolute() else Path.home() / ".local" / "share"
    except RuntimeError:
        raise StoreUnusableError(
            f"this user has no home folder to keep the database in: {elsewhere}"
        ) from None
    folder /= "advisory-bot"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise StoreUnusableError(f"the folder {folder} can't be made ({why}): {elsewhere}") from None
    return folder


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for another one."""
    return Path(url.database).absolute() if url.get_backend_name() == "sqlite" and url.database else None


def file_engine(url: URL) -> Engine:
    """An engine for a SQLite file, which hasn't opened it yet. It is to be used in one thread."""
    file = Path(url.database or "").absolute()
    engine = create_engine(
        url.set(database=str(file)),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": BUSY},
    )

    opened: list[tuple[int, int] | None] = []

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        opened[:] = [_identity(file)]
        connection.isolation_level = None  # BEGIN is ours, below
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # Others are at work in the file; then one of them has made this switch, which is the file's for good.
            if "locked" not in str(error):
                raise
        # What was acknowledged must outlive a power cut too, not just the process.
        cursor.execute("PRAGMA synchronous = FULL")
        # What was deleted is overwritten, not just left out; in the file itself, for that beside it see `clear_traces`.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy gives it no type
        # SQLite would go on writing to a file that has gone from its place, and all that would be lost with the process.
        if _identity(file) not in opened:
            raise StoreUnusableError(
                f"the database file {file} was taken away or replaced while the bot ran: put it back, or start the bot anew"
            )
        # The right to write at once: a transaction that asks for it half-way may have to be given up.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    """What makes a file this very one; None where there is none."""
    try:
        seen = file.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def busy_timeout(seconds: float) -> str:
    """The statement that says how long SQLite waits for another process from now on."""
    return f"PRAGMA busy_timeout = {seconds * 1000:.0f}"


def server_engine(url: URL) -> AsyncEngine:
    """An engine for a PostgreSQL server, which hasn't connected yet."""
    # Megabytes that a bot with a SQLite file does without.
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - a file needs none of it

    from bot.store.postgres import GivenUpAtOnce  # noqa: PLC0415 - as above

    engine = create_async_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "advisory-bot",
            # A database in SQL_ASCII, as older clusters make, names none, and its texts would come as bytes.
            "client_encoding": "utf8",
            "async_creator_fn": GivenUpAtOnce.connect,
        },
    )

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
        cursor = connection.cursor()
        # A process that is frozen or unplugged half-way through a transaction holds rows that all others need.
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_HOLDS}s'")
        # All is looked up row by row. A server that last saw few rows would rather collect and sort them, again for each.
        cursor.execute("SET enable_bitmapscan = off")
        cursor.execute("SET jit = off")
        cursor.close()
        connection.commit()

    return engine


@asynccontextmanager
async def as_store_errors(url: URL, patience: float | None = None) -> AsyncIterator[None]:
    """Raise the database's faults inside the block as StoreErrors.

    Args:
        url: Where it is.
        patience: Seconds; PATIENCE where None.

    Raises:
        StoreUnavailableError: The same may work later.
        StoreUnusableError: Somebody has to mend something first.
    """
    try:
        async with asyncio.timeout(PATIENCE if patience is None else patience):
            yield
    except DBAPIError as error:
        raise _in_words(url, error.orig) from error
    except sqlite3.Error as error:
        raise _in_words(url, error) from error
    except (StuckError, TimeoutError) as error:
        if file := file_of(url):
            raise StoreUnavailableError(
                f"the database file {file} doesn't answer: its disk hangs, or it is kept busy"
            ) from error
        raise StoreUnavailableError("PostgreSQL: no answer") from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailableError(f"the database doesn't answer ({type(error).__name__})") from error


def damaged(url: URL) -> StoreUnusableError:
    """What there is to say of a file that SQLite finds damaged."""
    return StoreUnusableError(
        f"the database file {file_of(url)} is damaged: put it aside and restore a backup"
    )


def _in_words(url: URL, error: BaseException | None) -> StoreError:
    said = str(error).strip().partition("\n")[0]
    file = file_of(url)
    if file is None:
        if _POOLED in said:
            return StoreUnavailableError(_NO_POOLER)
        # The server's own words name tables and addresses, at worst an update's number; never what was written.
        return StoreUnavailableError(f"PostgreSQL: {said or 'no answer'}")
    for sign, words, lasting in _SQLITE:
        if sign in said.lower():
            kind = StoreUnusableError if lasting else StoreUnavailableError
            return kind(f"the database file {file} {words}")
    return StoreUnavailableError(f"the database file {file}: {said}")
