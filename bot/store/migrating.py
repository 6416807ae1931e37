"""Brings a database's tables to the form that this version knows; several processes may try at once."""

from __future__ import annotations

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.store.protocol import StoreUnusableError

_LOCK: Final = 6_127_853_511
"""Names this very lock in PostgreSQL; any number will do."""


def migrate(connection: Connection) -> None:
    """Run what is missing, all or nothing, in the connection's transaction; who comes second waits and finds it done.

    Raises:
        StoreUnusableError: The tables are those of a later version.
    """
    if connection.dialect.name == "postgresql":  # SQLite's transaction has locked the file by itself
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StoreUnusableError(
            "the database was used by a later version of the bot: install that one, or restore a backup"
        ) from None
