"""The bot in a test's own event loop, started and stopped step by step as `advisory-bot run` does."""

from __future__ import annotations

import asyncio
import io
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot import application
from bot.settings import Secret, Settings
from bot.store.slots import Pace
from bot.transport.attempts import Patience
from bot.transport.pacing import Pacer, Paces
from bot.transport.polling import polling as receiving
from bot.transport.serving import DRAINS_WITHIN, working
from bot.transport.worker import Worker
from tests.databases import file_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from bot.handlers.context import BotApplication
    from bot.matching.processes import Processes
    from bot.reload.reloading import Reloader
    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi

OPERATOR = "Olga Operator"
IMPATIENT = Patience(first=0.02, longest=0.1)
SETTLES_WITHIN = 60.0
_AT_ONCE = Pace(every=0.0)
UNPACED = Paces(_AT_ONCE, _AT_ONCE, _AT_ONCE, _AT_ONCE)


@dataclass(frozen=True)
class RunningBot:
    """The bot, and the server that it talks to."""

    application: BotApplication
    api: FakeBotApi
    worker: Worker

    async def settled(self) -> None:
        """Wait until everything that people did so far was handed out and handled, answered or not."""
        await self.api.wait_idle()
        await self.handled()

    async def handled(self) -> None:
        """Wait until everything that is stored was handled."""
        async with asyncio.timeout(SETTLES_WITHIN):
            while (await self.worker.store.backlog()).updates:  # noqa: ASYNC110 - another process may end them
                await asyncio.sleep(0.01)
            await self.application.update_queue.join()


def build(
    api: FakeBotApi,
    answerer: Answerer,
    worker: Worker,
    reloader: Reloader | None = None,
    processes: Processes | None = None,
    **more: Any,  # noqa: ANN401 - as Settings takes them
) -> BotApplication:
    """The bot as it is put together for real, with a test's server in place of Telegram."""
    settings = Settings(
        telegram_bot_token=Secret(api.token), telegram_api_url=api.url, operator_name=OPERATOR, **more
    )
    built = application.build(settings, answerer, worker, reloader, processes)
    # People in tests write faster than Telegram would let them be answered, and the server here doesn't mind.
    limiter_of(built).paces = UNPACED
    return built


def limiter_of(built: BotApplication) -> Pacer:
    """The bot's flood limits."""
    limiter = built.bot.rate_limiter
    assert isinstance(limiter, Pacer)
    return limiter


def _noted(worker: Worker, name: str) -> asyncio.Event:
    """Set when a chore has been done once, or tried."""
    chores, noted = worker.chores._chores, asyncio.Event()
    (place,) = (number for number, chore in enumerate(chores) if chore.name == name)
    do = chores[place].do

    async def do_and_note() -> None:
        try:
            await do()
        finally:
            noted.set()

    chores[place] = replace(chores[place], do=do_and_note)
    return noted


@asynccontextmanager
async def polling(
    api: FakeBotApi,
    answerer: Answerer,
    folder: Path,
    *,
    patience: Patience = IMPATIENT,
    drains_within: float = DRAINS_WITHIN,
    introduced: bool = True,
    **more: Any,  # noqa: ANN401 - as Settings takes them
) -> AsyncIterator[RunningBot]:
    """Run the bot as `advisory-bot run` does, in the test's own event loop; its store is in a folder.

    Args:
        api: Telegram.
        answerer: The core.
        folder: Where the store is.
        patience: The worker's.
        drains_within: Seconds for the end.
        introduced: Whether to wait until the bot has tried to tell its menus, so that these calls come into no test's way.
        **more: Other settings.
    """
    async with file_database(folder).opened() as store:
        worker = Worker(store, "polling", room=application.HELD_UPDATES, patience=patience)
        app = build(api, answerer, worker, **more)
        incoming = receiving(app, application.ALLOWED_UPDATES)
        told = _noted(worker, "menus")
        async with working(app, worker, incoming, drains_within=drains_within):
            if introduced:
                async with asyncio.timeout(SETTLES_WITHIN):
                    await told.wait()
            yield RunningBot(app, api, worker)


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put lines on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
