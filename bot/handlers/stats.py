"""/stats, for admins in private: how many questions there were and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CommandHandler

from bot.figures.gathering import gather
from bot.figures.reporting import send_report
from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler, from_admins


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler."""

    async def stats(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        await desk.tally.write(desk.store)
        renderer = await readers.renderer_for(desk, update)
        await send_report(context.bot, message.chat.id, await gather(desk.store), renderer)

    return [CommandHandler("stats", stats, filters=from_admins(desk))]
