"""The tables. Times are seconds since the epoch; whoever changes a table adds a migration."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
)

HASH_LENGTH: Final = 32
"""Characters of a keyed hash."""

# SQLite numbers rows by itself in a column of this very type alone.
_NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")

metadata: Final = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"}
)

updates: Final = Table(
    "updates",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("update_id", BigInteger, nullable=False),
    Column("lane", String(HASH_LENGTH), nullable=False),  # a keyed hash of the chat's id
    Column("body", LargeBinary),  # encrypted; none once it has ended
    Column("received", Float, nullable=False),
    Column("not_before", Float, nullable=False, server_default="0"),
    Column("owner", String(64)),
    Column("leased_until", Float),
    Column("claims", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("first_failed", Float),
    Column("ended", Float),
    Column("how", String(16)),
    Column("strikes", Integer, nullable=False, server_default="0"),  # of the tries, those that count
    sqlite_autoincrement=True,
)
Index("ux_updates_update_id", updates.c.update_id, unique=True)
# Two that have no row in common, so that no planner takes the wrong one: what waits is looked for from lane to lane.
_WAITING: Final = updates.c.ended.is_(None)
_ENDED: Final = updates.c.ended.is_not(None)
_PARTS: Final = {
    Index("ix_updates_waiting", updates.c.lane, updates.c.number, sqlite_where=_WAITING): _WAITING,
    Index("ix_updates_ended", updates.c.ended, sqlite_where=_ENDED): _ENDED,
}

chat_settings: Final = Table(
    "chat_settings",
    metadata,
    Column("chat", String(HASH_LENGTH), primary_key=True),  # a keyed hash of the chat's id
    Column("settings", JSON, nullable=False),
)

feedback: Final = Table(
    "feedback",
    metadata,
    Column("entry_id", String(64), primary_key=True),
    Column("base_version", String(64), primary_key=True),
    Column("verdict", String(16), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

suggestions: Final = Table(
    "suggestions",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    # A keyed hash of the sender's id; empty once it is a phrasing.
    Column("sender", String(HASH_LENGTH), nullable=False, index=True),
    Column("text", LargeBinary, nullable=False),  # encrypted
    Column("created", Float, nullable=False),
    Column("expires", Float, nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("language", String(8), nullable=False, server_default=""),
    Column("entry_id", String(64), nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

outcomes: Final = Table(
    "outcomes",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),  # days since the epoch
    Column("outcome", String(16), primary_key=True),
    Column("entry_id", String(64), primary_key=True),  # empty for none
    Column("count", BigInteger, nullable=False),
)

secrets: Final = Table(
    "secrets",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("value", LargeBinary, nullable=False),  # encrypted
)

turns: Final = Table(
    "turns",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("owner", String(64)),
    Column("leased_until", Float),
    Column("note", String(64)),  # what was done last, as a keyed hash
)

handed: Final = Table(
    "handed",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("name", String(32), nullable=False),
    Column("sender", String(HASH_LENGTH), nullable=False),  # a keyed hash of whose it is; empty for nobody's
    Column("body", LargeBinary, nullable=False),  # encrypted
    Column("expires", Float, nullable=False),
    sqlite_autoincrement=True,
)

slots: Final = Table(
    "slots",
    metadata,
    Column("key", String(HASH_LENGTH), primary_key=True),  # a keyed hash of what is counted, such as a chat
    Column("full", Float, nullable=False),  # when a whole burst may go again
)


@event.listens_for(metadata, "before_create")
def _in_parts_there_too(_: object, connection: Connection, **__: object) -> None:
    # To say so loads all of PostgreSQL's dialect, which a bot with a SQLite file does without.
    if connection.dialect.name == "postgresql":
        for index, part in _PARTS.items():
            index.dialect_kwargs["postgresql_where"] = part
