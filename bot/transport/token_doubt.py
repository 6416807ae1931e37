"""Whether Telegram really doesn't know the token any more: one refusal may be anybody's mistake."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from telegram.error import InvalidToken, TelegramError

log = logging.getLogger(__name__)

ASKS_AGAIN_AFTER: Final = (2.0, 5.0, 8.0, 15.0)
"""Seconds before each time that Telegram is asked again."""


class TokenDoubt:
    """Asks until it is known, however often it is doubted meanwhile.

    Args:
        ask: A call that any good token may make, such as getMe.
        refused: Called where Telegram means it.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]], refused: Callable[[InvalidToken], None]) -> None:
        self._ask = ask
        self._refused = refused
        self._asking: asyncio.Task[None] | None = None

    def arise(self) -> None:
        """Telegram has refused the token."""
        if self._asking is None or self._asking.done():
            log.error("Telegram refuses the token; asking again")
            self._asking = asyncio.create_task(self._find_out())

    async def _find_out(self) -> None:
        for pause in ASKS_AGAIN_AFTER:
            await asyncio.sleep(pause)
            try:
                await self._ask()
            except InvalidToken:
                continue
            except TelegramError:
                return  # nobody to ask; the next refusal is asked about again
            else:
                return
        self._refused(InvalidToken())

    async def end(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
