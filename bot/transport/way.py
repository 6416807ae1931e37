"""Whether Telegram answers at all, so that nothing is sent again into an outage: there each try may be another copy."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from typing import Final

from telegram.error import BadRequest, NetworkError, TelegramError

log = logging.getLogger(__name__)

_WITHIN: Final = 5.0
"""Seconds for the answer."""
_FRESH: Final = 1.0
"""Seconds for which it is good, however many updates wait for it."""


class Way:
    """The way to Telegram.

    Args:
        ask: Makes a call that changes nothing, such as getMe.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self._asked = -math.inf
        self._open = True
        self._asking = asyncio.Lock()

    async def is_open(self) -> bool:
        """Whether Telegram answers, be it with a refusal."""
        async with self._asking:
            if time.monotonic() - self._asked > _FRESH:
                before, self._open = self._open, await self._answers()
                self._asked = time.monotonic()
                if before and not self._open:
                    log.warning("Telegram doesn't answer; what couldn't be sent waits until it does")
                elif self._open and not before:
                    log.warning("Telegram answers again")
        return self._open

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(_WITHIN):
                await self._ask()
        except TimeoutError:
            return False
        except NetworkError as fault:
            return isinstance(fault, BadRequest)
        except TelegramError:
            return True
        return True
