"""A process of one's own for one piece of work, forked: it begins with all that is here, and what it needs beyond goes with it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable


def forked(work: Callable[[], object]) -> int:
    """Have a piece of work done in a fork, which then ends: with 0, or with 1 where the work raised something.

    To be called before there are threads of ours: a fork has none of them, but all that they had locked.

    Returns:
        The fork's process id.
    """
    with warnings.catch_warnings():
        # Later Pythons warn of any thread: there are those of the linear algebra, which sees to itself when a process forks.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)  # nothing that is to be done at the end of the program is the fork's to do
