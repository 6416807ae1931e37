"""The bot in a test's own event loop, started and stopped step by step as `advisory-bot run` does."""

from __future__ import annotations

import io
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot import application
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from telegram.error import TelegramError

    from bot.handlers.context import BotApplication
    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi

OPERATOR = "Olga Operator"


@dataclass(frozen=True)
class RunningBot:
    """The bot, and the server that it talks to."""

    application: BotApplication
    api: FakeBotApi

    async def settled(self) -> None:
        """Wait until everything that people did so far was handed out and handled, answered or not."""
        await self.api.wait_idle()
        await self.application.update_queue.join()


def build(api: FakeBotApi, answerer: Answerer) -> BotApplication:
    """The bot as it is put together for real, with a test's server in place of Telegram."""
    settings = Settings(
        telegram_bot_token=SecretStr(api.token), telegram_api_url=api.url, operator_name=OPERATOR
    )
    return application.build(settings, answerer)


@asynccontextmanager
async def polling(api: FakeBotApi, answerer: Answerer) -> AsyncIterator[RunningBot]:
    """Run the bot as the library's `run_polling` does, which can't share an event loop with a test."""
    app = build(api, answerer)
    updater = app.updater
    assert updater is not None
    assert app.post_init is not None

    def on_polling_error(error: TelegramError) -> None:
        app.create_task(app.process_error(update=None, error=error))

    async with app:
        await app.post_init(app)
        await updater.start_polling(
            allowed_updates=application.ALLOWED_UPDATES,
            drop_pending_updates=False,
            error_callback=on_polling_error,
        )
        await app.start()
        try:
            yield RunningBot(app, api)
        finally:
            await updater.stop()
            await app.stop()


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put lines on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
