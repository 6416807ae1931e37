"""The one statement that hands updates out."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    Integer,
    ScalarSelect,
    Select,
    and_,
    any_,
    bindparam,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.database import Database
from bot.store.protocol import HOLDING_TRIES, OTHERS_AFTER
from bot.store.tables import updates

HANDED_OUT_TOGETHER: Final = 3
"""So often an update is handed out like any other. If it is still there, the process ended each time, and it may be the reason."""


def claiming(database: Database) -> ReturningUpdate[Any]:
    """Take what may be handled now: in each lane the first that waits, unless somebody has it."""
    firsts = _firsts(database)
    is_one: ColumnElement[bool]
    if database.is_of_this_machine:
        is_one = updates.c.number.in_(firsts)
    else:  # looked up as well, however many PostgreSQL takes them for
        is_one = updates.c.number == any_(func.array(firsts.scalar_subquery()))
    heads = (
        select(updates.c.number)
        .where(is_one, _is_ready(updates.c, database))
        .order_by(updates.c.number)
        .with_for_update(skip_locked=True, of=updates)
        .cte("heads")
    )
    return (
        update(updates)
        .where(updates.c.number.in_(select(heads.c.number)))
        .values(
            owner=bindparam("owner"),
            leased_until=database.now + bindparam("lease", type_=Float),
            claims=updates.c.claims + 1,
        )
        .returning(
            updates.c.number,
            updates.c.update_id,
            updates.c.body,
            (database.now - updates.c.received).label("age"),
            updates.c.tries,
            updates.c.strikes,
            (database.now - updates.c.first_failed).label("failing"),
            updates.c.claims,
        )
    )


def _is_ready(one: ReadOnlyColumnCollection[str, Column[Any]], database: Database) -> ColumnElement[bool]:
    """Whether an update, seen by itself, may be handled now by the one who asks."""
    now = database.now
    # Letter by letter: a server that sorts as Danes do has "aa" behind "z", and so in nobody's share.
    lane = one.lane if database.is_of_this_machine else one.lane.collate("C")
    own = and_(lane >= bindparam("low"), lane < bindparam("high"))
    left_lying = and_(one.received < now - OTHERS_AFTER, one.not_before < now - OTHERS_AFTER)
    return and_(
        one.ended.is_(None),
        one.number.not_in(bindparam("held", expanding=True)),
        one.not_before <= now,
        or_(one.leased_until.is_(None), one.leased_until < now),
        or_(own, left_lying),
        or_(one.claims < HANDED_OUT_TOGETHER, bindparam("suspects", type_=Boolean)),
    )


def _firsts(database: Database) -> Select[int]:
    """The first ready update of each lane, unless an earlier one, not done with yet, holds it up.

    It goes from lane to lane and skips all but the first update of each, so a long backlog in one costs nothing. Each step is
    a look-up of its own and no join, as a planner that had seen the table empty chose a bad order for joins.
    """

    def lane_of(number: ColumnElement[int]) -> ScalarSelect[str]:
        there = updates.alias()
        return select(there.c.lane).where(there.c.number == number).correlate_except(there).scalar_subquery()

    def next_after(lane: ColumnElement[str]) -> ScalarSelect[int]:
        there = updates.alias()
        asking = select(there.c.number).where(there.c.lane > lane, _is_ready(there.c, database))
        asking = asking.order_by(there.c.lane, there.c.number).limit(1)
        return asking.correlate_except(there).scalar_subquery()

    def holding(lane: ColumnElement[str]) -> ScalarSelect[int]:
        there = updates.alias()
        asking = select(there.c.number).where(
            there.c.lane == lane, there.c.ended.is_(None), there.c.tries < HOLDING_TRIES
        )
        return asking.order_by(there.c.number).limit(1).correlate_except(there).scalar_subquery()

    beyond_the_ended = literal("")  # which have no lane any more
    firsts = select(next_after(beyond_the_ended).label("number")).cte("firsts", recursive=True)
    number = firsts.c.number
    firsts = firsts.union_all(select(next_after(lane_of(number))).where(number.is_not(None)))
    number = firsts.c.number
    free = select(number).where(number <= func.coalesce(holding(lane_of(number)), number))
    return free.order_by(number).limit(bindparam("limit", type_=Integer))
