"""Flood limits as Telegram's FAQ gives them; off unless a test turns them on."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Final

_LIMITED: Final = ("send", "forward", "copy", "edit")
_FREE: Final = ("sendchataction",)


@dataclass
class FloodLimits:
    """About one message a second in a chat (short bursts pass), 20 a minute in a group, 30 a second in all."""

    enabled: bool = False
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    overall_per_second: int = 30
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)
    _group_times: dict[int, deque[float]] = field(default_factory=dict)
    _all_times: deque[float] = field(default_factory=deque)

    def applies(self, method: str) -> bool:
        """Whether a method's calls are counted: those that write into a chat."""
        name = method.lower()
        return self.enabled and name.startswith(_LIMITED) and name not in _FREE

    def retry_after(self, now: float, chat_id: int, *, group: bool) -> int:
        """Count a call; 0 when it may pass, else the whole seconds to wait (a refused call is not counted)."""
        tokens, seen = self._buckets.get(chat_id, (float(self.chat_burst), now))
        tokens = min(float(self.chat_burst), tokens + (now - seen) * self.chat_per_second)
        waits = [(1.0 - tokens) / self.chat_per_second if tokens < 1.0 else 0.0]
        waits.append(_wait(self._all_times, now, 1.0, self.overall_per_second))
        times = self._group_times.setdefault(chat_id, deque())
        if group:
            waits.append(_wait(times, now, 60.0, self.group_per_minute))
        if (wait := max(waits)) > 0:
            return max(1, math.ceil(wait))
        self._buckets[chat_id] = (tokens - 1.0, now)
        self._all_times.append(now)
        times.append(now)
        return 0


def _wait(times: deque[float], now: float, window: float, limit: int) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    return times[0] + window - now if len(times) >= limit else 0.0
