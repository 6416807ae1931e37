"""DATABASE_URL and STORE_KEY -> an opened store: tables as they should be, the key that fits."""

from __future__ import annotations

import contextlib
import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, update

from bot.store.access import access_to
from bot.store.counts import CountsInDatabase
from bot.store.database import Database
from bot.store.engine import file_of, parsed
from bot.store.handing import HandingInDatabase
from bot.store.keys import (
    Hashes,
    StoreKey,
    hashes_of,
    key_file_of,
    make_key_file,
    new_secret,
    read_key_file,
)
from bot.store.migrating import migrate
from bot.store.pending import PendingInDatabase
from bot.store.protocol import Forgotten, StoreUnavailableError, StoreUnusableError
from bot.store.records import RecordsInDatabase
from bot.store.rotating import reencrypt
from bot.store.shared_slots import SlotsInDatabase
from bot.store.tables import secrets
from bot.store.turns import TurnsInDatabase

log = logging.getLogger(__name__)

_HASHING: Final = "hashing"
_BOT: Final = "bot"
"""Of secrets: the number of the bot whose updates are kept."""


class StoreInDatabase(
    PendingInDatabase, RecordsInDatabase, CountsInDatabase, TurnsInDatabase, HandingInDatabase
):
    """The protocol's Store."""

    def __init__(self, database: Database) -> None:
        PendingInDatabase.__init__(self, database)
        RecordsInDatabase.__init__(self, database)

    async def keep_for(self, bot_id: int) -> None:
        """Be one bot's, for good; see the protocol."""
        key = self._database.key
        noting = self._database.insert(secrets).values(name=_BOT, value=key.encrypt(str(bot_id).encode()))
        noting = noting.on_conflict_do_nothing(index_elements=["name"])
        noted = select(secrets.c.value).where(secrets.c.name == _BOT)

        def note(connection: Connection) -> bytes:
            connection.execute(noting)
            return bytes(connection.execute(noted).scalar_one())

        if int(key.decrypt(await self._database.run(note))) != bot_id:
            raise StoreUnusableError(
                "the database is another bot's: set DATABASE_URL to one of this bot's own"
            )

    async def forget(self, user_id: int, *, but: int | None = None) -> Forgotten:
        """Delete what concerns a person; see the protocol."""
        forgotten = await self._database.run(
            lambda connection: Forgotten(
                self.forget_waiting(connection, user_id, but),
                self.forget_settings(connection, user_id),
                self.forget_suggestions(connection, user_id),
                self.forget_handed(connection, user_id),
            )
        )
        forgotten = replace(forgotten, updates=forgotten.updates + self.ended_early(but))
        with contextlib.suppress(
            StoreUnavailableError
        ):  # it is deleted; its traces are gone when this is done the next time
            await self.clear_traces()
        return forgotten

    async def clear_traces(self) -> None:
        """Leave nothing of what was deleted; see the protocol."""
        await self._database.access.clear_traces()

    @property
    def shared_slots(self) -> SlotsInDatabase | None:
        """Flood limits kept by all who share the database; a file has one process."""
        return SlotsInDatabase(self._database) if not self._database.is_of_this_machine else None

    async def expire(self, *, clock_is_right: bool = True) -> None:
        """Delete what has been kept long enough; see the protocol."""
        if self._database.is_of_this_machine and not clock_is_right:
            return
        await PendingInDatabase.expire(self)
        await RecordsInDatabase.expire(self)
        await TurnsInDatabase.expire(self)
        await CountsInDatabase.expire(self)
        await SlotsInDatabase(self._database).expire()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._database.access.close()


async def open_store(url: str = "", key: str = "") -> StoreInDatabase:
    """Open a database, made or brought up to date where it has to be.

    Args:
        url: As `DATABASE_URL`; empty for a file in the user's data folder.
        key: As `STORE_KEY`; empty for a key in a file beside the database's, made where there is none.

    Raises:
        ValueError: The address or the key has no usable form.
        StoreUnavailableError: The database can't be reached right now.
        StoreUnusableError: It can't be used: damaged, read-only, of a later version, or made with another key.
    """
    address = parsed(url)
    file = file_of(address)
    if file is None and not key:
        raise StoreUnusableError(
            "a PostgreSQL database needs a STORE_KEY: there is no place beside it for a key file"
        )
    given = StoreKey(key) if key else read_key_file(key_file_of(file)) if file else None
    if file is not None:
        _make_private(file)
    access = access_to(address)

    def prepare(connection: Connection) -> tuple[StoreKey, Hashes]:
        migrate(connection)
        return _unlocked(connection, given, file)

    try:
        await access.check()
        used, hashes = await access.run(prepare)
        await reencrypt(access, used)
    except BaseException:
        await access.close()
        raise
    return StoreInDatabase(Database(access, used, hashes))


def _make_private(file: Path) -> None:
    """Make the database's file where there is none, for its owner alone; SQLite gives its other files the same rights."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreUnusableError(
            f"the database file {file} can't be made ({error.strerror}): see that its folder is there and belongs to "
            "the bot's user"
        ) from None


def _unlocked(connection: Connection, given: StoreKey | None, file: Path | None) -> tuple[StoreKey, Hashes]:
    """The key, and the hashes of this database; both are made for a new one."""
    token = connection.scalar(select(secrets.c.value).where(secrets.c.name == _HASHING))
    if given is None and file is not None:
        given = read_key_file(key_file_of(file))  # another process may have made it meanwhile
    if given is None and file is not None:
        if token is not None:
            raise StoreUnusableError(
                f"STORE_KEY isn't set, and there is no key file {key_file_of(file)}: set the one or restore the other, as without "
                "its key the database can't be read"
            )
        given = make_key_file(key_file_of(file))
        log.warning("made a key file beside the database; docs/operating.md says why to keep a copy apart")
    if given is None:
        raise StoreUnusableError("no STORE_KEY")
    if token is None:
        token = new_secret(given)
        connection.execute(secrets.insert().values(name=_HASHING, value=token))
    else:
        # Changes nothing, and finds out now whether anything may be written at all.
        connection.execute(update(secrets).values(name=secrets.c.name))
    return given, hashes_of(given, token)
