"""That one process alone polls with a database: a second one would take what the first has in hand, and answer it as well."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import socket
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bot.store.protocol import Store, StoreError, StoreUnusableError
from bot.transport.chores import Chore
from bot.transport.serving import patiently
from bot.transport.worker import LEASE, Worker

log = logging.getLogger(__name__)

_TURN: Final = "polling"
_RENEWS_EVERY: Final = LEASE / 3
_LOOKS_EVERY: Final = 1.0
WAITS: Final = LEASE + 10.0
"""Seconds for another process to end, or for its lease to run out where nobody can tell that it has."""
_ENDS_WITHIN: Final = 2.0
_TAKEN: Final = (
    "another process polls with this database, and two with one token would get in each other's way: stop one of them. "
    "For another bot, set DATABASE_URL to a database of its own"
)


def poller_name() -> str:
    """This process's name in the store. Another one that sees it can tell by the name whether it is still there."""
    machine = f"{socket.gethostname()} {uuid.getnode():x} {_numbering()}"
    return f"{hashlib.sha256(machine.encode()).hexdigest()[:16]} {os.getpid()}"


def _numbering() -> str:
    """What process numbers count in: containers that share a machine's name and address each begin at 1."""
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:  # another system than Linux
        return ""


def is_dead(poller: str) -> bool:
    """Whether a process of that name is known to have ended; of another machine's, or another container's, that isn't known."""
    machine, _, number = poller.partition(" ")
    if machine != poller_name().partition(" ")[0] or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's
        return False
    return False


@asynccontextmanager
async def alone(store: Store, worker: Worker, owner: str) -> AsyncIterator[None]:
    """Be the one that polls inside the block, and give up where another has become that meanwhile.

    Args:
        store: Shared with whoever may poll as well.
        worker: Not started yet.
        owner: Its name.

    Raises:
        StoreUnusableError: Another process polls.
        StoreError: The store can't be used.
    """
    await _taken(store, owner)

    async def renew() -> None:
        if not await store.take_turn(_TURN, owner, LEASE):
            worker.fail(StoreUnusableError(_TAKEN))

    worker.chores.add(Chore("the turn to poll", _RENEWS_EVERY, renew))
    try:
        yield
    finally:
        with contextlib.suppress(StoreError, TimeoutError):  # then the lease runs out
            async with asyncio.timeout(_ENDS_WITHIN):
                await store.end_turn(_TURN, owner)


async def _taken(store: Store, owner: str) -> None:
    waits_since: float | None = None
    while not await patiently(partial(store.take_turn, _TURN, owner, LEASE)):
        before = await store.turn_owner(_TURN)
        if before and is_dead(before):
            # What it left is taken up at once.
            await store.release(before)
            await store.end_turn(_TURN, before)
            continue
        if waits_since is None:
            log.warning("another process polls with this database; waiting for its end")
            waits_since = time.monotonic()
        elif time.monotonic() - waits_since > WAITS:
            raise StoreUnusableError(_TAKEN)
        await asyncio.sleep(_LOOKS_EVERY)
