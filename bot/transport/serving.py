"""From start to stop: the same for polling and for a webhook, which differ in how updates come in."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application

from bot.store.protocol import StoreUnavailableError
from bot.transport.attempts import seconds_of
from bot.transport.processor import DurableProcessor
from bot.transport.worker import Worker

log = logging.getLogger(__name__)
T = TypeVar("T")

AnyApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

DRAINS_WITHIN: Final = 20.0
"""Seconds in which what has come in is handled after a sign to stop."""
START_PAUSES: Final = (1.0, 1.5, 2.5, 4.0, 5.0)
"""Seconds between the tries to reach the database and Telegram at the start."""


async def patiently(use: Callable[[], Awaitable[T]], pauses: Sequence[float] = START_PAUSES) -> T:
    """Do what may fail because the other side isn't there yet, and fail only in the end.

    Raises:
        Exception: What the last try raised, or what no waiting mends.
    """
    for pause in pauses:
        try:
            return await use()
        except BadRequest:
            raise
        except RetryAfter as error:
            log.info("Telegram asks to wait; trying again")
            await asyncio.sleep(seconds_of(error))
        except (NetworkError, StoreUnavailableError) as error:
            log.info("not yet (%s); trying again", str(error) or type(error).__name__)
            await asyncio.sleep(0 if isinstance(error, TimedOut) else pause)
    return await use()


@asynccontextmanager
async def working(
    application: AnyApplication,
    worker: Worker,
    receiving: AbstractAsyncContextManager[None],
    *,
    everything: bool = True,
    drains_within: float = DRAINS_WITHIN,
) -> AsyncIterator[Worker]:
    """Receive and handle updates inside the block; at its end receive no more, handle what is there, and stop.

    Args:
        application: Not initialized yet.
        worker: Its worker.
        receiving: Updates come in inside this.
        everything: At the end, handle all that is stored, not just what this process has begun with; replicas leave the
            rest to each other.
        drains_within: Seconds for that.

    Raises:
        TelegramError: Telegram can't be reached, or doesn't know the token.
        StoreError: The store can't be used.
    """
    try:
        await patiently(application.initialize)
    except BaseException:
        # What was opened on the way: the application itself shuts down no more than what was initialized whole.
        await application.bot.shutdown()
        raise
    try:
        await patiently(partial(worker.start, application.bot))
        await application.start()
        try:
            async with receiving:
                yield worker
        finally:
            if not await worker.drain(drains_within, everything=everything):
                log.warning(
                    "stopped with updates left to handle; they are stored, and handled after the next start"
                )
                _processor_of(application).give_up()
            await application.stop()
    finally:
        await worker.stop()
        await application.shutdown()


def _processor_of(application: AnyApplication) -> DurableProcessor:
    processor = application.update_processor
    if not isinstance(processor, DurableProcessor):
        raise TypeError("an application of another kind")
    return processor


async def until_told_to_stop(serve: AbstractAsyncContextManager[Worker]) -> None:
    """Stay inside the block until SIGINT or SIGTERM; one that comes while it is entered ends that too.

    Raises:
        Exception: The fault of a worker that can't go on.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, told.set)

    entered = asyncio.Event()

    async def inside() -> None:
        async with serve as worker:
            entered.set()
            waiting: set[asyncio.Future[Any]] = {asyncio.ensure_future(told.wait())}
            if worker.broken is not None:
                waiting.add(worker.broken)
            ended, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for one in waiting - ended:
                one.cancel()
            for one in ended:
                one.result()

    try:
        serving = asyncio.create_task(inside())
        stopping = asyncio.create_task(told.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not entered.is_set() and not serving.done():
            serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
