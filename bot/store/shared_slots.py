"""When the next message may go, for several processes that share a database. See slots.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, select

from bot.store.database import Database
from bot.store.slots import Pace, Slot
from bot.store.tables import slots


class SlotsInDatabase:
    """The protocol's Slots, by the database's clock. Keys are kept as keyed hashes, for as long as they have a meaning."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_slot(self, key: str, pace: Pace, within: float) -> Slot:
        """Take a slot; see the protocol."""
        database, name, now = self._database, self._database.hashes.slot(key), self._database.now
        slack = (pace.burst - 1) * pace.every
        taking = database.insert(slots).values(key=name, full=now + pace.every)
        taking = taking.on_conflict_do_update(
            index_elements=["key"],
            set_={"full": self._later(slots.c.full, now) + pace.every},
            where=slots.c.full - slack - now <= within,
        ).returning(slots.c.full - now)
        asking = select(slots.c.full - now).where(slots.c.key == name)

        def take(connection: Connection) -> Slot:
            ahead: float | None = connection.scalar(taking)
            if ahead is not None:
                return Slot(max(0.0, ahead - pace.every - slack), taken=True)
            return Slot(pace.wait(float(connection.scalar(asking) or 0.0), 0.0), taken=False)

        return await database.run(take)

    async def next_slots(self, wanted: Mapping[str, Pace]) -> dict[str, float]:
        """Look when the next come; see the protocol."""
        names = {self._database.hashes.slot(key): key for key in wanted}
        asking = select(slots.c.key, slots.c.full - self._database.now).where(slots.c.key.in_(names))
        rows = await self._database.run(lambda connection: connection.execute(asking).all())
        found = {names[name]: ahead for name, ahead in rows}
        return {key: pace.wait(found.get(key, 0.0), 0.0) for key, pace in wanted.items()}

    async def hold_slots(self, key: str, pace: Pace, seconds: float) -> None:
        """Let none come for a while; see the protocol."""
        database = self._database
        full = database.now + pace.held(0.0, 0.0, seconds)
        holding = database.insert(slots).values(key=database.hashes.slot(key), full=full)
        holding = holding.on_conflict_do_update(
            index_elements=["key"], set_={"full": self._later(slots.c.full, full)}
        )
        await database.run(lambda connection: connection.execute(holding))

    async def expire(self) -> None:
        """Delete what has no meaning any more."""
        over = delete(slots).where(slots.c.full < self._database.now)
        await self._database.run(lambda connection: connection.execute(over))

    @staticmethod
    def _later(one: ColumnElement[float], other: ColumnElement[float]) -> ColumnElement[Any]:
        return case((one > other, one), else_=other)
