"""A clock that is never set."""

from __future__ import annotations

import time


def steady() -> float:
    """Seconds that only go forward; where the system has such a clock, also while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
