"""How processes that share a store coordinate through it: whose turn a piece of work is, and what one hands to the others."""

from __future__ import annotations

from typing import Protocol


class Turns(Protocol):
    """Work that one of several processes does for all: whose turn it is, and what was done last."""

    async def take_turn(self, name: str, owner: str, lease: float) -> bool:
        """Take a piece of work, unless another owner has it.

        Args:
            name: The work.
            owner: Who takes it.
            lease: Seconds after which another may take it, should the owner die over it.

        Returns:
            Whether the owner has it.
        """
        ...

    async def end_turn(self, name: str, owner: str, note: str | None = None) -> None:
        """Let others take it; with a note, of at most 64 characters, say what was done."""
        ...

    async def turn_owner(self, name: str) -> str | None:
        """Who has a piece of work now; None where nobody has."""
        ...

    async def turns_taken(self, prefix: str) -> list[str]:
        """The pieces of work that somebody has now and whose names begin with a prefix, sorted."""
        ...

    async def turn_note(self, name: str) -> str | None:
        """What was noted last; None where nothing was."""
        ...


class Handing(Protocol):
    """What one of several processes hands to the others: encrypted, and for minutes only."""

    async def hand(self, name: str, body: bytes, *, keep: float, sender_id: int | None = None) -> None:
        """Leave something for the others.

        Args:
            name: What it is, at most 32 characters.
            body: The thing.
            keep: Seconds after which it is gone.
            sender_id: The person it concerns, noted as a keyed hash; None for nobody.
        """
        ...

    async def take(self, name: str, sender_id: int) -> bytes | None:
        """Take, and so remove, what was left about a person; None where there is nothing."""
        ...

    async def handed(self, name: str) -> dict[int, bytes]:
        """All that was left under a name, by numbers that are never used again. What has expired is deleted."""
        ...
