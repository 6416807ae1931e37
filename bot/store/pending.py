"""Updates between their arrival and their answer, in a database."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from bot.store.claiming import HANDED_OUT_TOGETHER, claiming
from bot.store.database import Database
from bot.store.keys import UnreadableError
from bot.store.protocol import ALL_CHATS, Arrival, Backlog, Claim, End, Share
from bot.store.tables import turns, updates
from bot.watching import metrics

log = logging.getLogger(__name__)

KEPT: Final = 7 * 24 * 3600.0
"""Seconds for which an ended update's number is kept, to know it again. Telegram repeats one for a day at most."""
MAX_CLAIMS: Final = 20
"""An update in whose handling the process ended so often, most times with no other suspect in hand, is taken to be the reason."""
_ALONE_AFTER: Final = 60.0
"""Seconds, at most, until a suspect that was handed out alone is handed out again, if it is still there: a second at first, and twice
as long each time. What ends the process for some minutes, whatever it handles, is soon over."""
_UNREADABLE_PAUSE: Final = 60.0
"""Seconds until somebody else, who may have the key, can take an update; after twice as long its reader tries again."""
_AT_ONCE: Final = 500
"""Rows in one statement: SQLite limits how many values it takes."""
_DELETED_AT_ONCE: Final = 5_000
"""A fraction of a second's work, also where the disk is slow."""
_LONGEST_TURN: Final = 60.0
"""Seconds for which a turn is kept at most when the clock was set: longer than any is taken for but the one of the digest."""
_WAITING: Final = updates.c.ended.is_(None)
_FREE: Final[dict[str, Any]] = {"owner": None, "leased_until": None}


class PendingInDatabase:
    """The protocol's PendingUpdates."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._adding = _adding(database)
        self._claiming = claiming(database)
        self._ending = _ending(database)
        self._unreadable: dict[int, float] = {}
        """Number -> until when it is left to others, by the monotonic clock."""
        self._suspect: int | None = None
        """Number of the update handed out last of those that may be the reason why the process ended."""
        self._ended_early: dict[int, int] = {}
        """What asks to forget, by update_id -> how many updates ended when it came; the latest `_AT_ONCE`."""

    async def put(self, arrivals: Sequence[Arrival]) -> int:
        """Keep updates; see the protocol."""
        hashes = self._database.hashes
        rows = [
            {
                "update_id": arrival.update_id,
                "lane": hashes.lone_lane(arrival.update_id)
                if arrival.chat_id is None
                else hashes.lane(arrival.chat_id),
                "body": self._database.key.encrypt(arrival.body),
            }
            for arrival in arrivals
        ]

        def add(connection: Connection) -> int:
            batches = (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
            added = sum(len(connection.execute(self._adding, batch).all()) for batch in batches)
            for arrival in arrivals:
                if arrival.forgets and arrival.chat_id is not None:
                    is_put_off = updates.c.not_before > self._database.now
                    early[arrival.update_id] = self.forget_waiting(
                        connection, arrival.chat_id, arrival.update_id, is_put_off
                    )
            return added

        early: dict[int, int] = {}
        added = await self._database.run(add)
        for update_id, count in early.items():
            if count:
                self._ended_early[update_id] = count
        # Where another process handles what asks to forget, nobody takes its count from here.
        for update_id in list(self._ended_early)[:-_AT_ONCE]:
            del self._ended_early[update_id]
        return added

    def ended_early(self, but: int | None) -> int:
        """How many updates ended already when the update came that asks to forget them."""
        return self._ended_early.pop(but, 0) if but is not None else 0

    async def claim(
        self,
        owner: str,
        limit: int,
        lease: float,
        *,
        held: Collection[int] = (),
        share: Share = ALL_CHATS,
    ) -> list[Claim]:
        """Take updates to handle; see the protocol."""
        now = time.monotonic()
        self._unreadable = {number: until for number, until in self._unreadable.items() if until > now}
        given = {"owner": owner, "limit": limit, "lease": lease, "held": [*held, *self._unreadable]}
        given |= {"low": share.low, "high": share.high, "suspects": self._suspect not in held}

        def take(connection: Connection) -> tuple[list[Claim], int | None]:
            taken = connection.execute(self._claiming, given).all()
            rows = sorted(taken, key=lambda row: row.number)
            claims, suspect, for_later = [], None, []
            for row in rows:
                is_suspect = row.claims > HANDED_OUT_TOGETHER
                if is_suspect and suspect is not None:
                    for_later.append(row.number)
                elif row.body is None:  # the file was damaged
                    self._set_aside(connection, row, "nothing is left of it in the database")
                # First of all: not being able to read it is no reason for the process to have ended.
                elif (claim := self._read(row)) is None:
                    self._leave_to_others(connection, row)
                elif row.claims > MAX_CLAIMS:
                    self._set_aside(connection, row, f"the bot ended {MAX_CLAIMS} times on it")
                else:
                    claims.append(claim)
                    if is_suspect:
                        suspect = row.number
                        seconds = min(_ALONE_AFTER, 2.0 ** (row.claims - HANDED_OUT_TOGETHER - 1))
                        pause = {"not_before": self._database.now + seconds}
                        connection.execute(_at(row.number).values(pause))
            if for_later:
                giving_back = update(updates).where(updates.c.number.in_(for_later))
                connection.execute(giving_back.values({**_FREE, "claims": updates.c.claims - 1}))
            return claims, suspect

        claims, suspect = await self._database.run(take)
        if suspect is not None:
            self._suspect = suspect
        return claims

    def _read(self, row: Row[Any]) -> Claim | None:
        try:
            body = self._database.key.decrypt(row.body)
        except UnreadableError:
            return None
        # A server's clock may have been set back.
        failing = None if row.failing is None else max(0.0, row.failing)
        age = max(0.0, row.age)
        return Claim(row.number, row.update_id, body, age, row.tries, failing, row.strikes)

    def _set_aside(self, connection: Connection, row: Row[Any], why: str) -> None:
        log.error("update %s is set aside: %s", row.update_id, why)
        self._end(connection, [row.number], End.SET_ASIDE)
        metrics.ended("set_aside")

    def _leave_to_others(self, connection: Connection, row: Row[Any]) -> None:
        log.error("update %s can't be read: STORE_KEY lacks the key it was stored with", row.update_id)
        not_before = self._database.now + _UNREADABLE_PAUSE
        connection.execute(
            _at(row.number).values({**_FREE, "claims": row.claims - 1, "not_before": not_before})
        )
        if len(self._unreadable) < _AT_ONCE:
            self._unreadable[row.number] = time.monotonic() + 2 * _UNREADABLE_PAUSE

    async def renew(self, owner: str, numbers: Sequence[int], lease: float) -> set[int]:
        """Lengthen leases; see the protocol."""
        renewing = update(updates).where(_WAITING, updates.c.owner == owner, updates.c.number.in_(numbers))
        renewing = renewing.values(leased_until=self._database.now + lease)
        renewed = renewing.returning(updates.c.number)
        return set(await self._database.run(lambda connection: connection.scalars(renewed).all()))

    async def release(self, owner: str, *, in_order: bool = False) -> int:
        """End leases; see the protocol."""
        values = {**_FREE, "claims": updates.c.claims - 1, "not_before": 0} if in_order else _FREE
        ending = update(updates).where(_WAITING, updates.c.owner == owner).values(values)
        return await self._database.run(lambda connection: connection.execute(ending).rowcount)

    async def end(self, numbers: Sequence[int], how: End = End.DONE) -> None:
        """Note that updates need no handling any more; see the protocol."""
        await self._database.run(lambda connection: self._end(connection, numbers, how))

    def _end(self, connection: Connection, numbers: Sequence[int], how: End) -> None:
        for start in range(0, len(numbers), _AT_ONCE):
            given = {"numbers": numbers[start : start + _AT_ONCE], "how": how.value}
            connection.execute(self._ending, given)

    async def postpone(
        self, number: int, delay: float, *, tried: bool = True, strike: bool = False, owner: str | None = None
    ) -> None:
        """Give an update back for later; see the protocol."""
        now = self._database.now
        values = {**_FREE, "claims": 0, "not_before": now + delay}
        if tried:
            values["tries"] = updates.c.tries + 1
            values["first_failed"] = func.coalesce(updates.c.first_failed, now)
        if strike:
            values["strikes"] = updates.c.strikes + 1
        putting_off = _at(number) if owner is None else _at(number).where(updates.c.owner == owner)
        putting_off = putting_off.values(values)
        await self._database.run(lambda connection: connection.execute(putting_off))

    async def backlog(self) -> Backlog:
        """What isn't ended."""
        asking = select(func.count(), func.min(updates.c.received), self._database.now).where(_WAITING)
        count, oldest, now = await self._database.run(lambda connection: connection.execute(asking).one())
        return Backlog(count, max(0.0, now - oldest) if count else 0.0)

    def forget_waiting(
        self, connection: Connection, chat_id: int, but: int | None, *where: ColumnElement[bool]
    ) -> int:
        """End what still waits in a chat, but for one update and what came after it; how many there were."""
        earlier = and_(_WAITING, updates.c.lane == self._database.hashes.lane(chat_id), *where)
        if but is not None:
            asking = select(updates.c.number).where(updates.c.update_id == but).scalar_subquery()
            earlier = and_(earlier, updates.c.number < asking)
        numbers = list(connection.scalars(select(updates.c.number).where(earlier)).all())
        self._end(connection, numbers, End.SET_ASIDE)
        return len(numbers)

    async def clock_moved(self, seconds: float) -> None:
        """Have what waits wait as long as before; see the protocol."""
        if not self._database.is_of_this_machine:
            return
        now = self._database.now
        times = (updates.c.received, updates.c.not_before, updates.c.leased_until, updates.c.first_failed)
        moved = {
            column.name: case((_is_of_old(column, seconds, now), column + seconds), else_=column)
            for column in times
        }
        turn = func.min(turns.c.leased_until + seconds, now + _LONGEST_TURN)

        def move(connection: Connection) -> None:
            connection.execute(update(updates).where(_WAITING).values(moved))
            connection.execute(update(turns).values(leased_until=turn))

        await self._database.run(move)

    async def expire(self) -> None:
        """Delete the numbers of updates that ended long ago, and what could never be handled."""
        old = self._database.now - KEPT
        await self._delete(updates.c.ended < old)
        if lost := await self._delete(_WAITING, updates.c.received < old):
            log.error("%s updates are deleted: they couldn't be handled for a week", lost)

    async def _delete(self, *where: ColumnElement[bool]) -> int:
        """Delete updates, however many, a few thousand in a transaction, so that others come in between; answers how many there were."""
        some = select(updates.c.number).where(*where).limit(_DELETED_AT_ONCE).scalar_subquery()
        deleting, deleted, gone = delete(updates).where(updates.c.number.in_(some)), 0, -1
        while gone:
            gone = await self._database.run(lambda connection: connection.execute(deleting).rowcount)
            deleted += gone
        return deleted


def _is_of_old(time: ColumnElement[float], set_by: float, now: ColumnElement[float]) -> ColumnElement[bool]:
    """Whether a time goes by the clock as it was before it was set. One from an earlier process may be by a right clock already.

    Args:
        time: One at which something was, or until which it has to wait.
        set_by: Seconds, forward or (negative) back.
        now: By the clock as it is.
    """
    return time + set_by <= now if set_by > 0 else time > now


def _adding(database: Database) -> ReturningInsert[Any]:
    """Keep new updates, and pass over those that are known."""
    adding = database.insert(updates).values(received=database.now)
    adding = adding.on_conflict_do_nothing(index_elements=["update_id"])
    returning: ReturningInsert[Any] = adding.returning(updates.c.number)
    return returning


def _at(number: int) -> Update:
    return update(updates).where(updates.c.number == number, _WAITING)


def _ending(database: Database) -> Update:
    """End updates and drop all that tells whose they were."""
    return (
        update(updates)
        .where(updates.c.number.in_(bindparam("numbers", expanding=True)), _WAITING)
        .values(**_FREE, body=None, lane="", ended=database.now, how=bindparam("how"))
    )
