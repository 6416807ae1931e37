"""What one of several processes hands to the others, for minutes, in a database."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, select

from bot.store.database import Database
from bot.store.keys import UnreadableError
from bot.store.tables import handed

_NOBODY: Final = ""


class HandingInDatabase:
    """The protocol's Handing."""

    _database: Database

    async def hand(self, name: str, body: bytes, *, keep: float, sender_id: int | None = None) -> None:
        """Lay something out for others; see the protocol."""
        database = self._database
        laying = handed.insert().values(
            name=name,
            sender=self._sender(sender_id),
            body=database.key.encrypt(body),
            expires=database.now + keep,
        )
        await database.run(lambda connection: connection.execute(laying))

    async def take(self, name: str, sender_id: int) -> bytes | None:
        """Take what was laid out of somebody; see the protocol."""
        there = (handed.c.name == name, handed.c.sender == self._sender(sender_id))
        taking = delete(handed).where(*there, handed.c.expires > self._database.now).returning(handed.c.body)
        token = await self._database.run(lambda connection: connection.scalar(taking))
        return None if token is None else self._opened(token)

    async def handed(self, name: str) -> dict[int, bytes]:
        """Look at what was laid out for all; see the protocol."""
        over = delete(handed).where(handed.c.expires <= self._database.now)
        looking = select(handed.c.number, handed.c.body).where(handed.c.name == name)

        def look(connection: Connection) -> dict[int, bytes]:
            connection.execute(over)
            return {row.number: row.body for row in connection.execute(looking)}

        found = await self._database.run(look)
        read = {number: self._opened(token) for number, token in found.items()}
        return {number: body for number, body in read.items() if body is not None}

    def forget_handed(self, connection: Connection, sender_id: int) -> int:
        """Delete what is somebody's; how much there was."""
        theirs = delete(handed).where(handed.c.sender == self._sender(sender_id))
        return connection.execute(theirs).rowcount

    def _sender(self, sender_id: int | None) -> str:
        return _NOBODY if sender_id is None else self._database.hashes.sender(sender_id)

    def _opened(self, token: bytes) -> bytes | None:
        """Nothing where another process has a key that this one lacks yet."""
        try:
            return self._database.key.decrypt(token)
        except UnreadableError:
            return None
