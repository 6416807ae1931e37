"""What the rest of the bot asks of a store, which has a clock of its own and so gives ages, not times."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.steady import steady
from bot.store.coordination import Handing, Turns
from bot.store.from_people import Feedback, Statistics, Suggestions
from bot.store.slots import Slots

Json: TypeAlias = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None


class StoreError(Exception):
    """The store can't do what it was asked; `str()` is one sentence for the operator, without anybody's data."""


class StoreUnavailableError(StoreError):
    """It can't be reached or written right now; the same may work later."""


class StoreUnusableError(StoreError):
    """It can't be used as it is; somebody has to set or mend something first."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as Telegram handed it over.

    Attributes:
        update_id: Telegram's number of it.
        chat_id: The chat (or, without one, the person) whose updates are handled in order; None for neither.
        body: The update's JSON as it came, in UTF-8.
        forgets: Whether it asks to delete what waits in its chat, which is a person's own.
    """

    update_id: int
    chat_id: int | None
    body: bytes
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An update that one owner is to handle.

    Attributes:
        number: Its place in the order of arrival, and its name in the store.
        update_id: Telegram's number of it.
        body: As in `Arrival`.
        age: For how many seconds it had been in the store when it was claimed.
        tries: How often handling it has failed so far.
        failing: Seconds since that happened first, when it was claimed; None where it hasn't.
        strikes: How many of these tries count towards giving it up.
        claimed: When it was claimed, by `steady`.
    """

    number: int
    update_id: int
    body: bytes
    age: float
    tries: int
    failing: float | None = None
    strikes: int = 0
    claimed: float = field(default_factory=steady)

    def waited(self) -> float:
        """For how many seconds it has been in the store by now."""
        return self.age + steady() - self.claimed

    def failed_for(self) -> float:
        """Seconds since handling it first failed; 0 where it hasn't."""
        return 0.0 if self.failing is None else self.failing + steady() - self.claimed


@dataclass(frozen=True, slots=True)
class Share:
    """The chats that an owner takes before others do: those whose lanes begin with `low` or more, but less than `high`.

    Lanes are keyed hashes in hexadecimal, so any part of that range has that part of the chats.
    """

    low: str
    high: str


ALL_CHATS = Share("", "g")
OTHERS_AFTER = 3.0
"""Seconds that an update can be handled for and isn't, after which it is anybody's, whosever share it is in."""


class End(StrEnum):
    """How an update's stay ended."""

    DONE = "done"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: how many updates, and for how many seconds the oldest has."""

    updates: int
    oldest: float


class PendingUpdates(Protocol):
    """Updates between their arrival and their answer.

    Of one chat's updates only the first that isn't ended is ever claimed, by one owner: so they are handled in order,
    however many owners share the store. Every method raises StoreUnavailableError where the store can't be reached.
    """

    async def put(self, arrivals: Sequence[Arrival]) -> int:
        """Keep updates, all or none; when it returns they are safe. Known ones (by update_id) are passed over.

        Of what one that `forgets` asks to delete, that ends at once which is put off: it would keep the asking itself waiting.
        `forget` counts it later.

        Returns:
            How many are new.
        """
        ...

    async def claim(
        self,
        owner: str,
        limit: int,
        lease: float,
        *,
        held: Collection[int] = (),
        share: Share = ALL_CHATS,
    ) -> list[Claim]:
        """Take updates to handle, the oldest first, at most one of each chat.

        Of those that may be the reason why a process ended, as several did that had them in hand, an owner gets one at a time.
        One that ends many processes even so is set aside.

        Args:
            owner: Who takes them.
            limit: How many at most.
            lease: Seconds for which nobody else gets them.
            held: Numbers of those that the owner has in hand, which it doesn't get again though their lease ran out.
            share: The chats that are its own; those of others it gets after `OTHERS_AFTER` seconds.
        """
        ...

    async def renew(self, owner: str, numbers: Sequence[int], lease: float) -> set[int]:
        """Let leases end `lease` seconds from now, of those updates that are still the owner's.

        Returns:
            Which those are.
        """
        ...

    async def release(self, owner: str, *, in_order: bool = False) -> int:
        """End all leases of an owner, so that anybody can take its updates at once.

        Args:
            owner: Who has ended.
            in_order: Whether it ends by itself, so that nothing it had in hand is the reason.

        Returns:
            How many there were.
        """
        ...

    async def end(self, numbers: Sequence[int], how: End = End.DONE) -> None:
        """Note that updates need no handling any more, and drop their bodies; what has ended already stays as it is."""
        ...

    async def postpone(
        self, number: int, delay: float, *, tried: bool = True, strike: bool = False, owner: str | None = None
    ) -> None:
        """Note a failed try, and give the update back, not to be claimed for a while.

        One that wasn't tried waits for its turn: its chat's later updates wait for it, however often that happens.
        Else, up to `HOLDING_TRIES` failed tries the later updates of its chat wait for it; then they go first.

        Args:
            number: The update.
            delay: Seconds.
            tried: Whether it was tried.
            strike: Whether that counts towards giving it up.
            owner: Who had it. If somebody else has it by now, it stays as it is.
        """
        ...

    async def backlog(self) -> Backlog:
        """What isn't ended."""
        ...

    async def clock_moved(self, seconds: float) -> None:
        """Take in that this machine's clock was set: what waits, and for whom, goes on as if it had always been so.

        Args:
            seconds: By how many, forward or (negative) back. A store with a clock of its own doesn't mind.
        """
        ...


HOLDING_TRIES = 3
"""After so many failed tries an update doesn't hold up its chat any more."""


class ChatSettings(Protocol):
    """Small settings of chats, found by a keyed hash of the chat's id."""

    async def chat_settings(self, chat_id: int) -> dict[str, Json]:
        """A chat's settings; empty where there are none."""
        ...

    async def set_chat_settings(self, chat_id: int, settings: Mapping[str, Json]) -> None:
        """Replace a chat's settings; empty ones delete the row."""
        ...


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a person: how many of each."""

    updates: int
    settings: int
    suggestions: int
    handed: int = 0
    """Questions that another process was to find."""


class Store(PendingUpdates, ChatSettings, Feedback, Suggestions, Statistics, Turns, Handing, Protocol):
    """All of it in one place."""

    async def forget(self, user_id: int, *, but: int | None = None) -> Forgotten:
        """Delete what concerns a person: waiting updates and settings of their private chat, and their suggestions.

        Args:
            user_id: The person, and so their private chat with the bot.
            but: The update_id of the update that asks for it, which is still being handled.
        """
        ...

    async def keep_for(self, bot_id: int) -> None:
        """Belong to one bot for good: updates are identified by numbers that another bot's updates have as well.

        Args:
            bot_id: Telegram's number of the bot, which stays when its token is renewed.

        Raises:
            StoreUnusableError: It is another bot's.
        """
        ...

    @property
    def shared_slots(self) -> Slots | None:
        """Flood limits kept by all who share the store; None where nobody can share it."""
        ...

    async def expire(self, *, clock_is_right: bool = True) -> None:
        """Delete what has been kept long enough.

        Args:
            clock_is_right: Whether this machine's clock is, as far as is known; by a wrong one nothing is deleted. A store with
                a clock of its own doesn't mind.
        """
        ...

    async def clear_traces(self) -> None:
        """Leave nothing of what was deleted, encrypted as it is, in files of this machine. `forget` does so by itself."""
        ...

    async def close(self) -> None:
        """Let go of all connections."""
        ...
