"""Runs a piece of work in a forked process, which shares this one's memory and gives back what it takes besides when it ends."""

from __future__ import annotations

import contextlib
import copyreg
import gc
import logging
import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


def _read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


# A knowledge base may hold some, and pickle knows no way of its own.
copyreg.pickle(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))


def can_fork() -> bool:
    """Whether this system has forks."""
    return hasattr(os, "fork")


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
    except Exception as error:  # noqa: BLE001 - whatever it is, it ends here, and would leave no trace
        log.info("a fork ends with %s", type(error).__name__)
    finally:
        os._exit(status)  # nothing that is to be done at the end of the program is the fork's to do


@contextmanager
def ending_with_us(pids: list[int]) -> Iterator[None]:
    """Where the block is left early, as by a sign to stop, what is still in the list of forks is killed: nobody waits for it."""
    try:
        yield
    except BaseException:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        raise


def _ending_soon(work: Callable[[], object]) -> None:
    """Do what a fork is for that ends with it: to look for cycles in all that it makes and inherits would take longer than it is there."""
    gc.disable()
    work()


def side_by_side(works: list[Callable[[], object]]) -> None:
    """Have pieces of work done in a fork each, and wait for all of them. Whether one failed is for the caller to find out."""
    pids: list[int] = []
    with ending_with_us(pids):
        pids += map(
            forked, [partial(_ending_soon, work) for work in works]
        )  # each is there as soon as it runs
        while pids:
            os.waitpid(pids[0], 0)
            del pids[0]


def made_apart(make: Callable[[], T]) -> T | None:
    """What a piece of work makes, without the memory that the making takes: a fork makes it, and hands it over pickled.

    Returns:
        What was made; None where making it failed.
    """
    ours, theirs = os.pipe()

    def work() -> None:
        os.close(ours)
        with os.fdopen(theirs, "wb") as out:
            pickle.dump(make(), out, pickle.HIGHEST_PROTOCOL)

    pid = forked(partial(_ending_soon, work))
    os.close(theirs)
    with ending_with_us([pid]), os.fdopen(ours, "rb") as incoming:
        handed_over = incoming.read()
        _, status = os.waitpid(pid, 0)
    made: T | None = None if status else pickle.loads(handed_over)  # noqa: S301 - our own fork's
    return made
