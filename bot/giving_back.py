"""Gives memory that isn't needed right now back to the system."""

from __future__ import annotations

import contextlib
import ctypes

from knowledge import cache


def give_back() -> None:
    """Give back what was freed, and what lies in the cache's files anyhow.

    glibc keeps what is freed for later, and later there is little to do. What questions touch of an index stays mapped,
    though the next ones need other parts: as good as all of it in the end. It is mapped again when it is needed again, from
    the system's memory of files, in microseconds.
    """
    cache.let_go()
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another system's library
        ctypes.CDLL(None).malloc_trim(0)
