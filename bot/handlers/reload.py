"""/reload, for admins: read the knowledge base again. For everybody else there is no such command."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler, filters

from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, say
from bot.reload import reloaded
from bot.reload.reloaded import Outcome
from bot.reload.reloading import Reloader, Tell
from bot.sending import send
from bot.transport.attempts import once

log = logging.getLogger(__name__)


class _Admins(filters.UpdateFilter):
    """Lets through what an admin sends. It is asked with each update: nobody stays an admin by having been one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def filter(self, update: Update) -> bool:
        """Whether it is an admin's."""
        return self._desk.is_admin(update)


def get_handlers(desk: Desk, reloader: Reloader) -> Sequence[Handler]:
    """The handler; in private chats alone, for what is wrong with a file is nothing for a group."""

    async def reload(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        language = await readers.language_for(desk, update)
        begun = desk.renderer(language).say("reload-begun")
        await once("begun", lambda: say(context.bot, message, begun))
        outcome = await once("reloaded", reloader.reload)
        await say(context.bot, message, reloaded.reply(outcome, desk.renderer(language).words))

    admins = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & _Admins(desk)
    return [CommandHandler("reload", reload, filters=admins)]


def tell_admins(desk: Desk, bot: Bot) -> Tell:
    """What tells every admin of a reload that nobody asked for in a chat."""

    async def tell(outcome: Outcome) -> None:
        reply = reloaded.reply(outcome, desk.renderer(None).words)
        for admin in sorted(desk.admins):
            try:
                await send(bot, admin, reply)
            except TelegramError as refused:
                log.warning("an admin couldn't be told: %s", type(refused).__name__)

    return tell
