"""Counts of questions by day. In a database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, select

from bot.store.database import Database
from bot.store.from_people import OutcomeCount
from bot.store.tables import outcomes
from bot.store.tally import DAY

KEEPS_DAYS: Final = 400
"""Days for which counts are kept: a year, and a month to compare it with."""


class CountsInDatabase:
    """The protocol's Statistics."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_outcomes(self, counts: Sequence[OutcomeCount]) -> None:
        """Add to the counts, all or none."""

        def add(connection: Connection) -> None:
            # In one order everywhere, so that two processes never wait for each other.
            for one in sorted(counts, key=lambda c: (c.day, c.outcome, c.entry_id)):
                row = {"day": one.day, "outcome": one.outcome, "entry_id": one.entry_id}
                counting = self._database.insert(outcomes).values(**row, count=one.count)
                connection.execute(
                    counting.on_conflict_do_update(
                        index_elements=list(row), set_={"count": outcomes.c.count + counting.excluded.count}
                    )
                )

        await self._database.run(add)

    async def outcomes(self, since: int) -> list[OutcomeCount]:
        """All counts from a day on, in the order of day, outcome and entry."""
        columns = outcomes.c
        asking = (
            select(outcomes)
            .where(columns.day >= since)
            .order_by(columns.day, columns.outcome, columns.entry_id)
        )
        rows = await self._database.run(lambda connection: connection.execute(asking).all())
        return [OutcomeCount(*row) for row in rows]

    async def expire(self) -> None:
        """Delete counts that are too old to compare with."""
        old = delete(outcomes).where(outcomes.c.day < self._database.now / DAY - KEEPS_DAYS)
        await self._database.run(lambda connection: connection.execute(old))
