"""An opened database: the way to it, its keys, and the few things in which SQLite and PostgreSQL differ."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Float, Table, bindparam, cast, extract, func

from bot.store.access import Access
from bot.store.engine import file_of
from bot.store.keys import Hashes, StoreKey

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Database:
    """What every part of the store works with."""

    access: Access
    key: StoreKey
    hashes: Hashes

    async def run(self, use: Callable[[Connection], T]) -> T:
        """Do something in a transaction; see `Access`."""
        return await self.access.run(use)

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
        return file_of(self.access.url) is not None

    def insert(self, table: Table) -> Any:  # noqa: ANN401 - one of two classes with the same methods
        """An INSERT that can say what happens on a conflict."""
        # Only what is used: PostgreSQL's part takes megabytes.
        if not self.is_of_this_machine:
            from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 - the one that is needed
        else:
            from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415 - as above
        return insert(table)


def _now() -> float:
    return time.time()
