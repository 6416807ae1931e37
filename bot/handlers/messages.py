"""Plain messages in private chats: any text is a question. Groups are another matter: `group_talk.py`."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import about, questions
from bot.handlers import private_talk, readers
from bot.handlers.context import Context, Desk, Handler, say

_NEW = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
_PRIVATE = _NEW & filters.ChatType.PRIVATE


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The message handlers."""

    async def private_text(update: Update, context: Context) -> None:
        message = update.effective_message
        asked = questions.from_message(message) if message else None
        if message and asked:
            await private_talk.answer(desk, update, message, asked, context.bot)

    async def no_text(update: Update, context: Context) -> None:
        message = update.effective_message
        if message:
            await say(context.bot, message, (await readers.renderer_for(desk, update)).say("only-text"))

    async def unknown_command(update: Update, context: Context) -> None:
        message = update.effective_message
        if message:
            await say(context.bot, message, about.help_(await readers.renderer_for(desk, update)))

    service = filters.StatusUpdate.ALL
    return [
        MessageHandler(_PRIVATE & filters.TEXT & ~filters.COMMAND, private_text),
        MessageHandler(_PRIVATE & filters.COMMAND, unknown_command),
        MessageHandler(_PRIVATE & ~filters.TEXT & ~service, no_text),
    ]
