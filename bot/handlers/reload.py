"""/reload, for admins: read the knowledge base again."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import Message, Update
from telegram.error import TelegramError

from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, from_admins, on_command, say
from bot.reload import reloaded
from bot.reload.reloaded import Outcome
from bot.reload.reloading import Reloader, Tell
from bot.sending import send
from bot.transport.attempts import once

log = logging.getLogger(__name__)


def get_handlers(desk: Desk, reloader: Reloader) -> Sequence[Handler]:
    """The handler; in private chats alone, for what is wrong with a file is nothing for a group."""

    async def reload(update: Update, message: Message, context: Context) -> None:
        language = await readers.language_for(desk, update)
        begun = desk.renderer(language).say("reload-begun")
        await once("begun", lambda: say(context.bot, message, begun))
        outcome = await once("reloaded", reloader.reload)
        await say(context.bot, message, reloaded.reply(outcome, desk.renderer(language).words))

    return [on_command("reload", reload, from_admins(desk))]


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
