"""Delivery of updates to the bot's webhook, by real HTTP requests."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from .errors import DroppedConnectionError
from .methods.updates import LOOPBACK
from .wire import Params

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .errors import Json
    from .updates import QueuedUpdate
    from .world import WebhookConfig, World

# The real server does not execute these when they come as an answer to an update.
_NOT_AS_REPLY: Final = ("deletewebhook", "setwebhook", "close", "logout")
_MAX_DOUBLINGS: Final = 6


class WebhookSender:
    """Posts updates to the webhook until it answers 2xx: one at a time per chat and kind, several chats at once.

    A failed delivery is repeated at once and then after 2, 4, 8... of the server's seconds (`second`, shortened so
    that tests need not wait), or after what the answer's Retry-After asks. Only addresses of this machine are
    called; for another one the updates wait.
    """

    def __init__(self, world: World, call: Callable[[str, Params], Awaitable[object]]) -> None:
        self.world = world
        self.second = 0.01
        self.timeout = 5.0
        self.execute_replies = True
        self._call = call
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._session: ClientSession | None = None
        self._stop: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to deliver."""
        self._session = ClientSession(timeout=ClientTimeout(total=self.timeout))
        self._stop = self.world.changes.listen(self._pump)

    async def close(self) -> None:
        """Deliver no more."""
        if self._stop is not None:
            self._stop()
        tasks = list(self._busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _pump(self) -> None:
        with self.world.changes.lock:
            hook = self.world.webhook
            if not hook.url or self.world.closing or urlsplit(hook.url).hostname not in LOOPBACK:
                return
            for queued in list(self.world.updates.queued):
                if len(self._busy) >= hook.max_connections:
                    return
                if queued.lane not in self._busy:
                    self._busy[queued.lane] = asyncio.create_task(self._deliver(hook, queued))

    async def _deliver(self, hook: WebhookConfig, queued: QueuedUpdate) -> None:
        failures = 0
        try:
            while self.world.webhook is hook:
                retry_after = await self._attempt(hook, queued.update)
                if retry_after is None:
                    with self.world.changes.lock:
                        self.world.updates.forget(queued)
                    return
                failures += 1
                doubled = 2 ** min(failures - 1, _MAX_DOUBLINGS) if failures > 1 else 0
                await asyncio.sleep((retry_after or doubled) * self.second)
        finally:
            del self._busy[queued.lane]
            self.world.changes.notify()

    async def _attempt(self, hook: WebhookConfig, update: Json) -> float | None:
        """Post an update once; None when it was taken, else the seconds the answer asks to wait."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        session = self._session
        if session is None:
            return 0.0
        try:
            # A receiver's certificate in a test is its own.
            async with session.post(hook.url, json=update, headers=headers, ssl=False) as answer:
                body = await answer.read()
        except TimeoutError:
            return self._failed(hook, "Read timeout expired")
        except (ClientError, OSError) as error:
            return self._failed(hook, f"Connection failed: {type(error).__name__}")
        if not 200 <= answer.status <= 299:
            self._failed(hook, f"Wrong response from the webhook: {answer.status} {answer.reason}")
            given = answer.headers.get("Retry-After", "")
            return float(given) if given.isdigit() else 0.0
        await self._reply(body)
        return None

    def _failed(self, hook: WebhookConfig, message: str) -> float:
        hook.last_error_date = self.world.clock.date()
        hook.last_error_message = message
        self.world.changes.notify()
        return 0.0

    async def _reply(self, body: bytes) -> None:
        """Execute the method an answer names; what becomes of it the bot does not learn."""
        try:
            values = json.loads(body or b"{}")
        except ValueError:
            return
        name = values.pop("method", None) if isinstance(values, dict) else None
        if not isinstance(name, str) or not self.execute_replies:
            return
        if name.lower() not in _NOT_AS_REPLY and not name.lower().startswith("get"):
            with contextlib.suppress(DroppedConnectionError):
                await self._call(name, Params(values))
