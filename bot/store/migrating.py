"""Brings a database's tables to the form that this version knows; several processes may try at once."""

from __future__ import annotations

import pkgutil
from typing import Final

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, text

from bot.store.migrations import versions
from bot.store.protocol import StoreUnusableError
from bot.store.tables import metadata

_LOCK: Final = 6_127_853_511
"""Names this very lock in PostgreSQL; any number will do."""
_NOTED_IN: Final = "alembic_version"
_noted: Final = Table(
    _NOTED_IN,
    MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),  # as Alembic makes it
    Column("version_num", String(32), primary_key=True),
)


def newest() -> str:
    """The revision of the last migration, by which its file's name begins."""
    return max(module.name for module in pkgutil.iter_modules(versions.__path__)).partition("_")[0]


def migrate(connection: Connection) -> None:
    """Run what is missing, all or nothing, in the connection's transaction; who comes second waits and finds it done.

    Raises:
        StoreUnusableError: The tables are those of a later version.
    """
    if connection.dialect.name == "postgresql":  # SQLite's transaction has locked the file by itself
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if inspect(connection).has_table(_NOTED_IN):
        noted = connection.scalars(text(f"SELECT version_num FROM {_NOTED_IN}")).all()  # noqa: S608 - a constant
        if noted == [newest()]:
            return
        upgrade(connection)
        return
    # A new one is made as it is to be, which the migrations lead to as well.
    metadata.create_all(connection)
    _noted.create(connection)
    connection.execute(_noted.insert().values(version_num=newest()))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations that a database lacks, up to a revision.

    Raises:
        StoreUnusableError: The tables are those of a later version.
    """
    # Imported where there is something to do: it takes ten megabytes.
    from alembic import command  # noqa: PLC0415 - slow, and needed only where a database is new or old
    from alembic.config import Config  # noqa: PLC0415 - as above
    from alembic.util import CommandError  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError:
        raise StoreUnusableError(
            "the database was used by a later version of the bot: install that one, or restore a backup"
        ) from None
