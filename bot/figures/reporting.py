"""The figures for maintainers, drawn and sent."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.ext import ExtBot

from bot.figures.gathering import question_in
from bot.figures.statistics import Figures, summary, table
from bot.formatting import escape
from bot.rendering import Renderer
from bot.reply import Reply
from bot.sending import send, send_picture


async def send_report(bot: ExtBot[Any], chat_id: int, shown: Figures, renderer: Renderer) -> None:
    """Send the figures to a chat: the picture with a sentence, then the table.

    Raises:
        TelegramError: For anything that isn't about this one chat.
    """
    from bot.figures.picture import png  # noqa: PLC0415 - Pillow takes memory, and is seldom needed

    words, question = renderer.words, question_in(renderer.base, renderer.language)
    picture = await asyncio.to_thread(png, shown, words, renderer.base.advisory.title, question)
    if await send_picture(bot, chat_id, picture, summary(shown, words)):
        await send(bot, chat_id, Reply(f"<pre>{escape(table(shown, words, question))}</pre>"))
