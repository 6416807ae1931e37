"""The ways in which `run` serves: by polling or by webhook, and with or without metrics."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from bot import application
from bot.addresses import Address
from bot.handlers.context import BotApplication
from bot.settings import Settings
from bot.store.protocol import Store
from bot.transport.binding import bound
from bot.transport.chat_shares import EVERY, Sharing
from bot.transport.chores import Chore
from bot.transport.health import Health
from bot.transport.polling import polling
from bot.transport.polling_turn import alone, poller_name
from bot.transport.registration import Registration, Webhook, secrets_of
from bot.transport.serving import working
from bot.transport.worker import Worker

log = logging.getLogger(__name__)

Build: TypeAlias = Callable[[Worker], BotApplication]

READY_FILE: Final = "ADVISORY_BOT_READY"
"""The variable that names the file which is touched while the process takes updates: for the image's health check."""
_SHOWS_EVERY: Final = 10.0


@asynccontextmanager
async def serving(loaded: Settings, store: Store, build: Build) -> AsyncIterator[Worker]:
    """Take updates and answer them inside the block, as the settings say.

    Args:
        loaded: With a token.
        store: Where updates are kept.
        build: Puts the bot together around a worker.

    Raises:
        CannotListenError: An address can't be had.
        WebhookRefusedError: Telegram doesn't take WEBHOOK_URL.
        TelegramError: Telegram can't be reached, or doesn't know the token.
        StoreError: The store can't be used.
    """
    async with AsyncExitStack() as stack:
        health = Health(store)
        shown = loaded.listen if loaded.metrics == "on" else loaded.metrics
        if shown is not None and not (loaded.webhook_url and shown == loaded.listen):
            # Outermost, so that it can be watched until the end.
            await stack.enter_async_context(_watched(shown, health))
        working_bot = (
            _by_webhook(loaded, store, build, health)
            if loaded.webhook_url
            else _by_polling(store, build, health)
        )
        yield await stack.enter_async_context(working_bot)


# An HTTP server is imported where there is one: two megabytes that a bot that polls does without.


def _watched(address: Address, health: Health) -> AbstractAsyncContextManager[None]:
    from bot.transport.health_routes import health_routes, metrics_routes  # noqa: PLC0415 - see above
    from bot.transport.listening import listening  # noqa: PLC0415 - see above

    sock = bound(address)
    log.info("metrics are at port %s", sock.getsockname()[1])
    return listening(sock, [*health_routes(health), *metrics_routes(health)])


def _tie(health: Health, worker: Worker) -> None:
    """Have health watch a worker, and show it to the image's health check."""
    health.can_write = lambda: worker.can_write
    if named := os.environ.get(READY_FILE):
        worker.chores.add(Chore("a sign of being ready", _SHOWS_EVERY, partial(health.show, Path(named))))


@asynccontextmanager
async def _by_polling(store: Store, build: Build, health: Health) -> AsyncIterator[Worker]:
    owner = poller_name()
    worker = Worker(store, owner, room=application.HELD_UPDATES)
    health.polled = lambda: worker.polled
    _tie(health, worker)
    bot = build(worker)

    @asynccontextmanager
    async def receiving() -> AsyncIterator[None]:
        async with polling(bot, application.ALLOWED_UPDATES):
            worker.polled = time.monotonic()  # a first poll may take its time
            try:
                yield
            finally:
                health.draining = True

    async with alone(store, worker, owner):
        log.info("starting to poll")
        async with working(bot, worker, receiving()):
            yield worker


def _by_webhook(
    loaded: Settings, store: Store, build: Build, health: Health
) -> AbstractAsyncContextManager[Worker]:
    from bot.transport.health_routes import health_routes, metrics_routes  # noqa: PLC0415 - see above
    from bot.transport.posting import posting, replica_name  # noqa: PLC0415 - see above
    from bot.transport.webhook import PATH, webhook_routes  # noqa: PLC0415 - see above

    sock = bound(loaded.listen)
    log.info("listening at port %s", sock.getsockname()[1])
    owner = replica_name(loaded.listen)
    shared = store.shared_slots is not None
    sharing = Sharing(store, owner) if shared else None
    worker = Worker(store, owner, room=application.HELD_UPDATES, sharing=sharing)
    _tie(health, worker)
    if sharing:
        worker.chores.add(Chore("who else is there", EVERY, sharing.look))
    bot = build(worker)
    given = loaded.webhook_secret.get_secret_value() if loaded.webhook_secret else ""
    secrets = secrets_of(bot.bot.token, given)
    webhook = Webhook(loaded.webhook_url + PATH, secrets[0], application.ALLOWED_UPDATES)
    prefix = urlsplit(loaded.webhook_url).path
    routes = [*webhook_routes(worker.intake, secrets, prefix), *health_routes(health)]
    if loaded.metrics in ("on", loaded.listen):
        routes += metrics_routes(health)
    registration = Registration(bot.bot, store, owner, webhook, worker.doubt_token)
    receiving = posting(registration, sock, routes, health, sharing)
    return working(bot, worker, receiving, everything=not shared)
