"""The figures, to every admin once a week: by one process, however many there are."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

from telegram.error import TelegramError

from bot.figures.gathering import gather
from bot.figures.reporting import send_report
from bot.handlers.context import Bot, Desk
from bot.transport import attempts

log = logging.getLogger(__name__)

LOOKS_EVERY: Final = 600.0
"""Seconds between two looks whether it is time."""
_HOUR: Final = 8
"""On Mondays, by UTC, from which on it is."""
_TURN: Final = "weekly digest"
_LEASE: Final = 600.0


def week_of(seconds: float) -> str:
    """The week that a time belongs to: it begins on Monday at eight, by UTC."""
    year, week, _ = datetime.fromtimestamp(seconds - _HOUR * 3600, UTC).isocalendar()
    return f"{year}-W{week:02}"


def weekly(desk: Desk, bot: Bot, clock: Callable[[], float] = time.time) -> Callable[[], Awaitable[None]]:
    """What sends it where this week's hasn't been sent; to be done every now and then."""
    owner = secrets.token_hex(8)

    async def look() -> None:
        week = week_of(clock())
        if not desk.admins or await desk.store.turn_note(_TURN) == week:
            return
        if not await desk.store.take_turn(_TURN, owner, _LEASE):
            return
        # Another may have sent it between the look and the turn; and who has just switched it on waits for Monday.
        if (noted := await desk.store.turn_note(_TURN)) in (None, week):
            await desk.store.end_turn(_TURN, owner, week if noted is None else None)
            return
        await desk.tally.write(desk.store)
        shown, away = await gather(desk.store, clock=clock), 0
        for admin in sorted(desk.admins):
            try:
                await send_report(bot, admin, shown, desk.renderer(None))
            except TelegramError as refused:
                log.warning("an admin didn't get the weekly digest: %s", type(refused).__name__)
                away += not attempts.counts(refused)
        # Where nobody can have got it, it comes with one of the next looks.
        await desk.store.end_turn(_TURN, owner, week if away < len(desk.admins) else None)

    return look
