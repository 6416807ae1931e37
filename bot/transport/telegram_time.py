"""The time by Telegram's clock, which dates all messages; this machine's may be wrong."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Final

from bot.steady import steady as steadily

log = logging.getLogger(__name__)

_EVERY: Final = 30.0
"""Seconds between two looks at what answers say."""
_WARNS: Final = 60.0
"""Seconds by which clocks may differ without a word."""
_TAKES: Final = _WARNS / 2
"""Seconds after which an answer's date says little: it may have lain there while this process was paused."""


class TelegramTime:
    """Tells the time by the dates of HTTP answers; where there are none, as of some servers of one's own, by this machine.

    Args:
        clock: This machine's, in seconds since the epoch.
        steady: Seconds that only go forward.
    """

    def __init__(
        self, clock: Callable[[], float] = time.time, steady: Callable[[], float] = steadily
    ) -> None:
        self._clock = clock
        self._steady = steady
        self._looked = -math.inf
        self._told = False
        self._by_steady: float | None = None
        """Telegram's time less the steady clock's, so that a step of this machine's clock changes nothing."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._clock() if self._by_steady is None else self._steady() + self._by_steady

    def agrees(self) -> bool:
        """Whether this machine's clock tells the same, as far as anybody has said."""
        return abs(self._clock() - self.now()) <= _WARNS

    def note(self, date: str | None, took: float = 0.0) -> None:
        """Take in when an answer of Telegram's was made.

        Args:
            date: Its header `Date`; None where it has none.
            took: Seconds between asking and reading it: somewhen in between it was made.
        """
        steady = self._steady()
        if date is None or took > _TAKES or steady - self._looked < _EVERY:
            return
        self._looked = steady
        try:
            told = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return
        self._by_steady = told - steady
        ahead = self._clock() - told
        wrong = not self.agrees()
        if wrong and not self._told:
            log.warning(
                "this machine's clock is %.0f s %s Telegram's: have it set by NTP",
                abs(ahead),
                "ahead of" if ahead > 0 else "behind",
            )
        self._told = wrong
