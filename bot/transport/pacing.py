"""Telegram's flood limits: when a message may go, and what to do when Telegram says to wait.

Short waits are waited for where they arise. For a long one the update goes back into the store, so that it takes nobody's
place: before it is handled, where that can be foreseen, and else by a RetryAfter.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, TypeAlias

from telegram import Update
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.store.slots import LocalSlots, Pace, Slots
from bot.transport import attempts
from bot.transport.attempts import seconds_of

log = logging.getLogger(__name__)

Answer: TypeAlias = "bool | dict[str, Any] | list[dict[str, Any]]"

_WRITING: Final = ("send", "forward", "copy", "edit")
_FREE: Final = ("sendChatAction",)
_OVERALL: Final = "all"
_GROUPS: Final = "groups"

IN_PLACE: Final = 5.0
"""Seconds that an update waits in its place until it is the turn of a call."""
TOLD_IN_PLACE: Final = 2.0
"""Seconds that it waits there when Telegram says so."""
FORESEEN: Final = 0.5
"""Seconds that may lie ahead of an update that is begun with."""
WITHOUT_AN_UPDATE: Final = 120.0
"""Seconds that a call waits which belongs to no update, and so can't be put off."""
RETRIES: Final = 5
"""How often a call that Telegram has put off (429) is tried again in its place."""

_CHAT: Final = Pace(every=1.0, burst=3)
_GROUP: Final = Pace(every=3.6, burst=3)


def _never_more_than(rate: float) -> Pace:
    """So many in any second: a sixth of them at once, the rest evenly."""
    burst = max(1, int(rate / 6))
    return Pace(every=1 / (rate - burst) if rate > burst else 1 / rate, burst=burst)


@dataclass(frozen=True, slots=True)
class Paces:
    """What Telegram's FAQ allows: 1 message a second in a chat with short bursts, 20 a minute in a group, 30 a second in all.

    Attributes:
        chat: In a private chat.
        group: In one group.
        groups: In all groups together: the rest of the whole is there for private chats, however busy groups are.
        overall: In all.
    """

    chat: Pace = _CHAT
    group: Pace = _GROUP
    groups: Pace = field(default_factory=lambda: _never_more_than(20))
    overall: Pace = field(default_factory=lambda: _never_more_than(30))

    @classmethod
    def at(cls, messages_per_second: int) -> Paces:
        """With another rate in all, of which groups may have two thirds."""
        return cls(
            groups=_never_more_than(messages_per_second * 2 / 3),
            overall=_never_more_than(messages_per_second),
        )

    def of(self, chat: int | str) -> dict[str, Pace]:
        """What a message to a chat has to pass, in this order."""
        key = f"chat {chat}"
        if is_group(chat):
            return {key: self.group, _GROUPS: self.groups, _OVERALL: self.overall}
        return {key: self.chat, _OVERALL: self.overall}


def is_group(chat: int | str) -> bool:
    """Whether an id is that of a group or a channel; a name always is one's."""
    return isinstance(chat, str) or chat < 0


class Pacer(BaseRateLimiter[int]):
    """A rate limiter for python-telegram-bot.

    Args:
        slots: Counts; shared where several processes send.
        paces: How fast.

    Attributes:
        paces: As given.
    """

    def __init__(self, slots: Slots | None = None, paces: Paces | None = None) -> None:
        self._slots = slots or LocalSlots()
        self.paces = paces or Paces()
        self._told: dict[int | str, float] = {}
        """Private chats that Telegram has told to wait, until when."""
        self._put_off: dict[int | str, float] = {}
        """Groups whose updates wait in the store, until when."""
        self._next_over = 0.0
        """When they are looked through next for those whose wait is over."""
        self._all_held = 0.0
        """Until when nothing is sent to anybody."""

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to take down."""

    async def ahead(self, update: object) -> float:
        """Seconds for which an update had better wait in the store; 0 to begin with it now.

        Raises:
            StoreUnavailableError: The shared count can't be reached.
        """
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            return 0.0
        waits = await self._slots.next_slots(self.paces.of(chat.id))
        # What is due to the rate in all passes while the others send; held up for long it is by Telegram's word alone.
        overall = waits.pop(_OVERALL)
        wait = max(*waits.values(), overall if overall > IN_PLACE else 0.0)
        if wait <= FORESEEN:
            return 0.0
        return wait + (self._queue(chat.id, wait) if waits.get(_GROUPS) else 0.0)

    def _queue(self, chat: int | str, wait: float) -> float:
        """Spread groups that all would come back at the same moment over the time that they need."""
        now = time.monotonic()
        if now >= self._next_over:  # not at each call: in an outage there are thousands, and as many calls
            self._put_off = {other: until for other, until in self._put_off.items() if until > now}
            self._next_over = now + 1.0
        spread = random.uniform(0.0, len(self._put_off) * self.paces.groups.every)  # noqa: S311 - no secret
        self._put_off[chat] = now + wait + spread
        return spread

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,  # noqa: ANN401 - handed on as they are
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Make a call when it is its turn.

        Raises:
            RetryAfter: The wait is too long to be waited for here.
            StoreUnavailableError: The shared count can't be reached.
        """
        chat = _chat_of(data)
        writes = chat is not None and endpoint.startswith(_WRITING) and endpoint not in _FREE
        attempt = attempts.current()
        # What an error handler sends isn't put off either: its update has ended.
        waits = attempt is None or attempt.error is not None
        left = RETRIES if rate_limit_args is None else rate_limit_args
        while True:
            if chat is not None and writes:
                patience = WITHOUT_AN_UPDATE if waits else IN_PLACE
                await self._turn(chat, patience, urgent=attempt is not None and attempt.urgent)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as told:
                seconds = seconds_of(told)
                if chat is not None and writes:
                    await self._hold(chat, seconds)
                if not left or seconds > (WITHOUT_AN_UPDATE if waits else TOLD_IN_PLACE):
                    raise
                left -= 1
                await asyncio.sleep(seconds)

    async def _turn(self, chat: int | str, patience: float, *, urgent: bool) -> None:
        """Wait for a slot of each kind; what is urgent takes that of its chat and of all groups as well, but waits for neither."""
        for key, pace in self.paces.of(chat).items():
            passes = urgent and key != _OVERALL
            slot = await self._slots.take_slot(key, pace, WITHOUT_AN_UPDATE if passes else patience)
            if not slot.taken:
                raise RetryAfter(timedelta(seconds=slot.wait))
            if slot.wait and not passes:
                await asyncio.sleep(slot.wait)

    async def _hold(self, chat: int | str, seconds: float) -> None:
        """Keep to what Telegram said of a chat. When it says so of two private chats at once, it means the whole bot."""
        key, pace = next(iter(self.paces.of(chat).items()))
        await self._slots.hold_slots(key, pace, seconds)
        if is_group(chat):
            return
        now = time.monotonic()
        self._told = {other: until for other, until in self._told.items() if until > now}
        self._told[chat] = now + seconds
        if len(self._told) > 1:
            await self._slots.hold_slots(_OVERALL, self.paces.overall, seconds)
            self._tell(now, seconds)

    def _tell(self, now: float, seconds: float) -> None:
        """Tell the operator why nobody gets anything, and when that is over."""
        if self._all_held <= now:
            log.warning("Telegram's flood limits hold up everything, for %.0f s", seconds)
        self._all_held = max(self._all_held, now + seconds)
        asyncio.get_running_loop().call_later(seconds, self._tell_of_the_end, now + seconds)

    def _tell_of_the_end(self, until: float) -> None:
        if until == self._all_held:  # nothing longer has come meanwhile
            log.warning("Telegram's flood limits hold up nothing any more")


def _chat_of(data: dict[str, Any]) -> int | str | None:
    chat: int | str | None = data.get("chat_id")
    if isinstance(chat, str):
        try:
            return int(chat)
        except ValueError:
            return chat
    return chat
