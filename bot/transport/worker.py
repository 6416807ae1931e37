"""Takes stored updates, has them handled, and notes what became of them."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from functools import partial
from typing import Final, TypeVar

from telegram import Bot, Update
from telegram.error import InvalidToken

from bot.store.protocol import ALL_CHATS, Claim, End, Store, StoreError
from bot.transport.attempts import Attempt, Patience
from bot.transport.batching import Batches
from bot.transport.chat_shares import Sharing
from bot.transport.chores import Chores
from bot.transport.clock_watch import ClockWatch
from bot.transport.intake import Intake
from bot.transport.queue import DurableQueue
from bot.transport.retrying import Retrying
from bot.transport.telegram_time import TelegramTime
from bot.transport.token_doubt import TokenDoubt
from bot.transport.unpacking import unpack
from bot.transport.way import Way
from bot.watching import metrics

log = logging.getLogger(__name__)
T = TypeVar("T")

LEASE: Final = 30.0
"""Seconds after which the updates of a process that died are taken over by another."""
_LOOK_AROUND: Final = 1.0
"""Seconds after which a worker with nothing to do looks for what nobody told it of: retries, others' leavings."""
_LOOK_FOR_OTHERS: Final = 0.2
"""The same where others share the store: they put updates there that are this worker's."""
_NOTES_AFTER: Final = 0.02
"""Seconds for which ends are gathered before they are noted: a transaction costs as much as all else about an update."""
_EXPIRY: Final = 3600.0
_RELEASES_WITHIN: Final = 2.0
_TICK: Final = 0.02


class Worker:
    """Claims updates from the store for the library's queue.

    Args:
        store: Where updates are.
        owner: This process's name in the store. A process that comes back under its name takes up its own at once.
        room: How many updates it holds at the same time: twice as many as are handled at once.
        patience: When failed updates are tried again.
        sharing: Which chats are its own, where others share the store; None where it is alone.
    """

    def __init__(
        self,
        store: Store,
        owner: str,
        *,
        room: int,
        patience: Patience | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self.store = store
        self._sharing = sharing
        self.patience = patience or Patience()
        self.intake = Intake(store, self.ring)
        self.queue = DurableQueue(self.intake)
        self._owner = owner
        self._room = room
        self._claims: dict[int, Claim] = {}
        self._leased: dict[int, float] = {}
        """Number -> the earliest time, by the monotonic clock, at which its lease can have begun."""
        self._bell = asyncio.Event()
        self._taking = True
        self._quiet = False
        """Whether the last look found nothing that may be handled now."""
        self._tasks: list[asyncio.Task[None]] = []
        self._doubt: TokenDoubt | None = None
        self._done: Batches[int] = Batches(store.end, gather=_NOTES_AFTER)
        self.chores = Chores()
        self._retrying = Retrying()
        self._patiently = self._retrying.until_it_works
        self._clock = ClockWatch(self._clock_moved)
        self.telegram_time = TelegramTime()
        self._bot: Bot | None = None
        self.way: Way | None = None
        """To Telegram; None before the start."""
        self.polled: float | None = None
        """When Telegram last answered a poll, by the monotonic clock; None before, and by webhook."""
        self.broken: asyncio.Future[None] | None = None
        """Ends with the fault that keeps the worker from going on."""

    def shares(self) -> bool:
        """Whether others have some of the chats."""
        return self._sharing is not None and self._sharing.share != ALL_CHATS

    def ring(self) -> None:
        """There may be something to do."""
        self._quiet = False
        self._bell.set()

    async def start(self, bot: Bot) -> None:
        """Begin, with what this owner left undone before.

        Raises:
            StoreError: The store can't be used.
        """
        self._bot = bot
        self.way = Way(bot.get_me)
        self._doubt = TokenDoubt(bot.get_me, self.fail)
        await self.store.keep_for(bot.id)
        await self.store.release(self._owner)
        self.broken = asyncio.get_running_loop().create_future()
        self._tasks = [asyncio.create_task(loop) for loop in (self._claim(), self._renew(), self._expire())]
        for task in self._tasks:
            task.add_done_callback(self._ended)
        self.chores.start()
        self.ring()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A loop that ends by itself has a fault, and without it nobody would be answered any more."""
        if not task.cancelled() and (fault := task.exception()):
            self.fail(fault)

    def fail(self, fault: BaseException) -> None:
        """Say that it makes no sense to go on."""
        if self.broken is not None and not self.broken.done():
            self.broken.set_exception(fault)

    def doubt_token(self) -> None:
        """Telegram has refused the token: ask again, and end where it means it. One refusal may be anybody's mistake."""
        if self._doubt is not None and self.broken is not None and not self.broken.done():
            self._doubt.arise()

    async def drain(self, seconds: float, *, everything: bool) -> bool:
        """Handle what is claimed and take no more; with `everything`, also what is stored and may be handled now.

        Returns:
            False where the time was too short. What is left then is handled after the next start, or by others.
        """
        self._taking = everything
        self.ring()
        try:
            async with asyncio.timeout(seconds):
                while self._claims or (everything and not self._quiet):  # noqa: ASYNC110 - two things, for a short while
                    await asyncio.sleep(_TICK)
        except TimeoutError:
            return False
        finally:
            self._taking = False
        return True

    async def stop(self) -> None:
        """End, and give back what isn't handled. A store that can't be reached lets the leases run out instead."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._doubt is not None:
            await self._doubt.end()
        await self.chores.stop()
        self._claims.clear()
        self._leased.clear()
        if self.broken is not None:
            self.broken.cancel()
        try:
            async with asyncio.timeout(_RELEASES_WITHIN):
                await self._done.settle()
                await self.store.release(self._owner, in_order=True)
        except (StoreError, TimeoutError) as error:
            log.warning(
                "what isn't handled is taken over when its lease runs out: %s",
                str(error) or "the database doesn't answer in time",
            )

    def claim_of(self, update: object) -> Claim | None:
        """What the store knows of an update; None for one that didn't come from there."""
        return self._claims.get(update.update_id) if isinstance(update, Update) else None

    async def holds(self, claim: Claim) -> bool:
        """Whether an update is still this owner's to begin with.

        A process that was frozen finds that others have taken over what it had in hand.
        """
        if time.monotonic() - self._leased.get(claim.number, -math.inf) < LEASE:
            return True
        if claim.number in await self._lengthened([claim.number]):
            return True
        log.info("update %s is another's by now", claim.update_id)
        self._drop(claim)
        return False

    def _drop(self, claim: Claim) -> None:
        self._claims.pop(claim.update_id, None)
        self._leased.pop(claim.number, None)
        self.ring()

    async def _lengthened(self, numbers: list[int]) -> set[int]:
        begun = time.monotonic()
        kept = await self._patiently(partial(self.store.renew, self._owner, numbers, LEASE))
        self._leased |= dict.fromkeys(kept & {claim.number for claim in self._claims.values()}, begun)
        return kept

    async def finish(self, attempt: Attempt) -> None:
        """Note in the store what became of an attempt; while the store is away, for as long as that takes."""
        claim = attempt.claim
        if isinstance(attempt.error, InvalidToken):
            self.doubt_token()
        if attempt.error is None and attempt.delay is None:
            await self._patiently(partial(self._done.add, [claim.number]))
            metrics.ended("done", claim.waited())
        elif attempt.delay is not None:
            await self._patiently(
                partial(
                    self.store.postpone,
                    claim.number,
                    attempt.delay,
                    tried=attempt.tried,
                    strike=attempt.strike,
                    owner=self._owner,
                )
            )
            if attempt.tried:
                metrics.retried()
            else:
                metrics.put_off()
                asyncio.get_running_loop().call_later(attempt.delay, self.ring)
        else:
            await self._patiently(partial(self.store.end, [claim.number], End.SET_ASIDE))
            metrics.ended("set_aside")
        self._drop(claim)

    async def _claim(self) -> None:
        while True:
            self._bell.clear()
            await self._clock.look()
            # With half of its room in use every place is taken; a claim for many costs no more than for one.
            if self._taking and len(self._claims) <= self._room // 2:
                room = self._room - len(self._claims)
                held = [claim.number for claim in self._claims.values()]
                begun = time.monotonic()
                share = self._sharing.share if self._sharing else ALL_CHATS
                claims = await self._patiently(
                    partial(self.store.claim, self._owner, room, LEASE, held=held, share=share)
                )
                self._leased |= dict.fromkeys((claim.number for claim in claims), begun)
                for claim in claims:
                    await self._hand_over(claim)
                self._quiet = not claims and not self._bell.is_set()
                if len(claims) == room:
                    continue
            # Nothing more for now, unless somebody rings.
            await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_FOR_OTHERS if self._sharing else _LOOK_AROUND):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _hand_over(self, claim: Claim) -> None:
        update = unpack(claim.body, claim.update_id, self._bot)
        if update is None:
            await self._patiently(partial(self.store.end, [claim.number], End.SET_ASIDE))
            metrics.ended("set_aside")
            self._leased.pop(claim.number, None)
            return
        self._claims[claim.update_id] = claim
        self.queue.hand_over(update)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(LEASE / 3)
            if held := [claim.number for claim in self._claims.values()]:
                await self._lengthened(held)

    async def _clock_moved(self, seconds: float) -> None:
        await self._patiently(partial(self.store.clock_moved, seconds))

    async def _expire(self) -> None:
        while True:
            await self._clock.look()
            # A machine often starts with a wrong clock, which may be years ahead.
            clock_is_right = self.telegram_time.agrees()
            await self._patiently(partial(self.store.expire, clock_is_right=clock_is_right))
            await asyncio.sleep(_EXPIRY)

    @property
    def can_write(self) -> bool:
        """Whether the store takes what it is given, as far as this process has tried."""
        return not self._retrying.waits and self.intake.can_store
