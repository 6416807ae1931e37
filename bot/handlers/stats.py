"""/stats, for admins in private: how many questions there were and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot import about
from bot.figures.gathering import gather
from bot.figures.reporting import send_report
from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler, say


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler. For everybody but admins there is no such command."""

    async def stats(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        renderer = await readers.renderer_for(desk, update)
        if not desk.is_admin(update):
            await say(context.bot, message, about.help_(renderer))
            return
        await desk.tally.write(desk.store)
        await send_report(context.bot, message.chat.id, await gather(desk.store), renderer)

    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [CommandHandler("stats", stats, filters=private)]
