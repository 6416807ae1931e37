"""/stats, for admins in private: how many questions there were and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update

from bot.figures.gathering import gather
from bot.figures.reporting import send_report
from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler, from_admins, on_command


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler."""

    async def stats(update: Update, message: Message, context: Context) -> None:
        await desk.tally.write(desk.store)
        renderer = await readers.renderer_for(desk, update)
        await send_report(context.bot, message.chat.id, await gather(desk.store), renderer)

    return [on_command("stats", stats, from_admins(desk))]
