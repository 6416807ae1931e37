"""Long polling that stores what it gets before the next request acknowledges it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final

from telegram.error import NetworkError, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.transport.worker import Worker

log = logging.getLogger(__name__)

BOOTSTRAP_RETRIES: Final = 5
_TOKEN_REFUSED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
_GOODBYE: Final = 5.0
"""Seconds for the last request, which tells Telegram how far we are. Without it the last updates come again, and are
known."""


class StoringRequest(BaseRequest):
    """The request for getUpdates: stores the updates, and hands the library no more than the last one's number.

    The library parses a whole answer at once, and one update that it can't parse would come back for ever, with all that
    stand behind it. A number alone is always parsed; what is in the update is read when it is handled.

    Args:
        inner: Does the talking.
        worker: Where updates go; told when the token is refused.
    """

    def __init__(self, inner: BaseRequest, worker: Worker) -> None:
        self._inner = inner
        self._worker = worker

    @property
    def read_timeout(self) -> float | None:
        """Seconds; None for no limit."""
        return self._inner.read_timeout

    async def initialize(self) -> None:
        """Set up the inner request."""
        await self._inner.initialize()

    async def shutdown(self) -> None:
        """Take down the inner request."""
        await self._inner.shutdown()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed on as they are
        """Ask, and store what was answered.

        Raises:
            NotStoredError: Nothing of it may be acknowledged.
            NetworkError: The token is refused. The library would end polling at once, and the worker asks again first.
        """
        status, payload = await self._inner.do_request(*args, **kwargs)
        if status in _TOKEN_REFUSED:
            self._worker.doubt_token()
            raise NetworkError("the token is refused")
        if status != HTTPStatus.OK:
            return status, payload
        updates = self._inner.parse_json_payload(payload)["result"]
        if not isinstance(updates, list):
            return status, payload
        self._worker.polled = time.monotonic()
        if not updates:
            return status, payload
        numbers = await self._worker.intake.put(updates)
        if not numbers:
            # Nothing to acknowledge them by: they would come again at once, and again.
            raise NetworkError("updates without a number")
        result = [{"update_id": numbers[-1]}]  # the library acknowledges up to the last
        return status, json.dumps({"ok": True, "result": result}).encode()


@asynccontextmanager
async def polling(
    application: Application[Any, Any, Any, Any, Any, Any], allowed_updates: Sequence[str]
) -> AsyncIterator[None]:
    """Poll inside the block.

    Raises:
        TelegramError: Telegram couldn't be told that there is no webhook.
    """
    updater = application.updater
    if updater is None:
        raise ValueError("an application without an updater can't poll")

    def on_error(error: TelegramError) -> None:
        application.create_task(application.process_error(update=None, error=error))

    await updater.start_polling(
        allowed_updates=allowed_updates,
        drop_pending_updates=False,
        bootstrap_retries=BOOTSTRAP_RETRIES,
        error_callback=on_error,
    )
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(_GOODBYE):
                await updater.stop()
        except TimeoutError:
            log.info("Telegram wasn't told how far we are; what it sends again is known")
