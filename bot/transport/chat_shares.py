"""Which chats are a replica's own, so that what it remembers of a conversation is there when the next message comes."""

from __future__ import annotations

from typing import Final

from bot.store.coordination import Turns
from bot.store.protocol import ALL_CHATS, Share

PREFIX: Final = "replica-"
"""With which the names of replicas begin."""
EVERY: Final = 5.0
"""Seconds between two looks at who is there."""
_ALIVE: Final = 4 * EVERY
"""Seconds after which one that shows no sign of life is taken to be gone."""
_RANGE: Final = 0x10000


class Sharing:
    """One replica's part in dividing the chats among those that are there.

    Nothing is kept of chats: who is whose follows from the chat's keyed hash and the replicas' names.

    Args:
        store: Shared by all replicas.
        owner: This one's name in it.
    """

    def __init__(self, store: Turns, owner: str) -> None:
        self._store = store
        self._owner = owner
        self.share = ALL_CHATS
        self._left = False

    async def look(self) -> None:
        """Show a sign of life, and see who else does.

        Raises:
            StoreError: The share stays as it was.
        """
        if self._left:
            return
        await self._store.take_turn(self._owner, self._owner, _ALIVE)
        self.share = share_of(self._owner, await self._store.turns_taken(PREFIX))

    async def leave(self) -> None:
        """Leave this one's share to the others, who look soon; until it stops it goes on with it."""
        self._left = True
        await self._store.end_turn(self._owner, self._owner)


def share_of(owner: str, there: list[str]) -> Share:
    """An owner's part of all chats: equal parts, in the order of names."""
    if owner not in there:
        return ALL_CHATS
    place, parts = sorted(there).index(owner), len(there)
    low = f"{place * _RANGE // parts:04x}" if place else ALL_CHATS.low
    high = f"{(place + 1) * _RANGE // parts:04x}" if place + 1 < parts else ALL_CHATS.high
    return Share(low, high)
