"""Work that one of several processes does for all, in a database."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, or_, select, update

from bot.store.database import Database
from bot.store.tables import turns

_KEPT: Final = 24 * 3600.0


class TurnsInDatabase:
    """The protocol's Turns."""

    _database: Database

    async def take_turn(self, name: str, owner: str, lease: float) -> bool:
        """Whether it is this owner's turn now; see the protocol."""
        database = self._database
        until = database.now + lease
        taking = database.insert(turns).values(name=name, owner=owner, leased_until=until)
        free = or_(
            turns.c.leased_until.is_(None), turns.c.leased_until < database.now, turns.c.owner == owner
        )
        taking = taking.on_conflict_do_update(
            index_elements=["name"], set_={"owner": owner, "leased_until": until}, where=free
        )
        taken = taking.returning(turns.c.name)
        return await database.run(lambda connection: connection.execute(taken).first()) is not None

    async def end_turn(self, name: str, owner: str, note: str | None = None) -> None:
        """Let others have it; see the protocol."""
        values = {"owner": None, "leased_until": None} | ({} if note is None else {"note": note})
        ending = update(turns).where(turns.c.name == name, turns.c.owner == owner).values(values)
        await self._database.run(lambda connection: connection.execute(ending))

    async def turn_owner(self, name: str) -> str | None:
        """Who has it now; see the protocol."""
        asking = select(turns.c.owner).where(turns.c.name == name, turns.c.leased_until > self._database.now)
        found: str | None = await self._database.run(lambda connection: connection.scalar(asking))
        return found

    async def turns_taken(self, prefix: str) -> list[str]:
        """What somebody has now; see the protocol."""
        asking = select(turns.c.name).where(
            turns.c.name.startswith(prefix, autoescape=True), turns.c.leased_until > self._database.now
        )
        return sorted(await self._database.run(lambda connection: connection.scalars(asking).all()))

    async def expire(self) -> None:
        """Delete turns that nobody has and of which nothing was noted, such as those of replicas long gone."""
        free = or_(turns.c.leased_until.is_(None), turns.c.leased_until < self._database.now - _KEPT)
        left = delete(turns).where(turns.c.note.is_(None), free)
        await self._database.run(lambda connection: connection.execute(left))

    async def turn_note(self, name: str) -> str | None:
        """What was noted last; see the protocol."""
        asking = select(turns.c.note).where(turns.c.name == name)
        found: str | None = await self._database.run(lambda connection: connection.scalar(asking))
        return found
