"""Receiving by webhook, from the first request to the last: the counterpart of polling."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import socket
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from starlette.routing import BaseRoute

from bot.addresses import Address
from bot.store.protocol import StoreError
from bot.transport.chat_shares import PREFIX, Sharing
from bot.transport.health import Health
from bot.transport.listening import listening
from bot.transport.registration import Registration
from bot.transport.serving import patiently

WEBHOOK: Final = "webhook"
"""What a replica waits for that Telegram doesn't post to yet."""
LEAVES_IN: Final = 3.0
"""Seconds from the sign to stop until nothing is taken any more: a load balancer needs some to see that it should go
elsewhere."""

_SAYS_SO_WITHIN: Final = 2.0
"""Seconds to tell the other replicas."""


@asynccontextmanager
async def posting(
    registration: Registration,
    sock: socket.socket,
    routes: Sequence[BaseRoute],
    health: Health,
    sharing: Sharing | None,
) -> AsyncIterator[None]:
    """Take what Telegram posts inside the block.

    At its end /readyz says so first, then nothing is taken any more. The webhook stays: others are there, or this
    process comes back, and until then updates wait at Telegram.

    Args:
        registration: Has Telegram post here.
        sock: Where to listen.
        routes: What there is to request.
        health: Told of how far we are.
        sharing: Divides the chats among replicas; None where there is one alone.

    Raises:
        WebhookRefusedError: Telegram doesn't take the address.
        TelegramError: Telegram can't be reached, or doesn't know the token.
        StoreError: The store can't be used.
    """
    health.waits_for.add(WEBHOOK)
    async with listening(sock, routes):
        if sharing:
            await patiently(sharing.look)
        await registration.ensure()
        health.waits_for.discard(WEBHOOK)
        watching = asyncio.create_task(registration.watch())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            health.draining = True
            if sharing:
                with contextlib.suppress(StoreError, TimeoutError):  # then the others find out by themselves
                    async with asyncio.timeout(_SAYS_SO_WITHIN):
                        await sharing.leave()
            await asyncio.sleep(LEAVES_IN)


def replica_name(address: Address) -> str:
    """A name in the store for a process that listens at an address, the same after a restart.

    No two live processes of one machine have the same address, so one that comes back may take up at once what it left
    behind; with another name it would have to wait until the leases have run out.

    Args:
        address: Where it listens; with port 0 there is no such name, and it is another each time.
    """
    if not address.port:
        return f"{PREFIX}{secrets.token_hex(8)}"
    machine = f"{socket.gethostname()} {uuid.getnode():x} {address}"
    return f"{PREFIX}{hashlib.sha256(machine.encode()).hexdigest()[:16]}"
