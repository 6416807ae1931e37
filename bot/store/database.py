"""An opened database: its engine, its keys, and the few things in which SQLite and PostgreSQL differ."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, Table, bindparam, cast, extract, func
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine import spoken
from bot.store.keys import Hashes, StoreKey


@dataclass(frozen=True, slots=True)
class Database:
    """What every part of the store works with."""

    engine: AsyncEngine
    key: StoreKey
    hashes: Hashes

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end.

        Raises:
            StoreUnavailableError: The database can't be reached or written right now.
            StoreUnusableError: It can't be used as it is.
        """
        async with spoken(self.engine.url), self.engine.begin() as connection:
            yield connection

    @property
    def now(self) -> ColumnElement[float]:
        """The time. All who share a database go by one clock: the server's, or this machine's for a file on it."""
        if not self.is_of_this_machine:
            return cast(extract("epoch", func.clock_timestamp()), Float)
        # Asked for when a statement runs, so that statements can be made once.
        return bindparam(None, callable_=_now, type_=Float)

    @property
    def is_of_this_machine(self) -> bool:
        """Whether it is a file, which goes by this machine's clock."""
        return self.engine.dialect.name != "postgresql"

    def insert(self, table: Table) -> Any:  # noqa: ANN401 - one of two classes with the same methods
        """An INSERT that can say what happens on a conflict."""
        # Only what is used: PostgreSQL's part takes megabytes.
        if self.engine.dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415
        else:
            from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415
        return insert(table)


def _now() -> float:
    return time.time()
