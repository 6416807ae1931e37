"""Bots that send back what they get, as their libraries' introductions have them: what a bot costs that does nothing.

python benchmarks/echo_bots.py aiogram|ptb|ptb-concurrent URL TOKEN
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")


def aiogram(url: str, token: str) -> None:
    """Aiogram 3 as it comes: every update in a task of its own."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def run() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        await dispatcher.start_polling(Bot(token, session=session))

    asyncio.run(run())


def ptb(url: str, token: str, *, concurrent: bool) -> None:
    """python-telegram-bot as it comes: one update after the other, or with concurrent_updates as many as it likes."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, MessageHandler, filters

    async def echo(update: Update, _: Any) -> None:  # noqa: ANN401 - the library's context
        if update.message:
            await update.message.reply_text(update.message.text or "")

    built = ApplicationBuilder().token(token).base_url(f"{url}/bot").concurrent_updates(concurrent).build()
    built.add_handler(MessageHandler(filters.TEXT, echo))
    built.run_polling()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    kind, address, given = sys.argv[1:]
    if kind == "aiogram":
        aiogram(address, given)
    else:
        ptb(address, given, concurrent=kind == "ptb-concurrent")
