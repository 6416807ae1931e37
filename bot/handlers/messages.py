"""Plain messages in private chats: any text is a question. For groups see `group_talk.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import mistyped, questions
from bot.handlers import private_talk, readers
from bot.handlers.context import Context, Desk, Handler, say
from bot.handlers.manners import ANSWERED_IN_PRIVATE
from bot.memory import Memory
from bot.questions import Asked

_WRITTEN = (
    filters.UpdateType.MESSAGES
    & ~filters.VIA_BOT
    & filters.ChatType.PRIVATE
    & (filters.TEXT | filters.CAPTION)
    & ~filters.COMMAND
)
"""Edited messages as well: of them, `edits.py` lets through those whose answer is to follow."""
_ALBUM: Final = 60.0
"""Seconds within which the pictures of an album come."""


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The message handlers."""
    albums: Memory[bool] = Memory(_ALBUM / 60)

    def is_of_a_new_album(message: Message) -> bool:
        """Whether a message is none of several pictures sent at once, or the first of them to come."""
        album = message.media_group_id
        known = album is not None and albums.get(album) is not None
        if album is not None:
            albums.keep(album, value=True)
        return not known

    async def private_text(update: Update, context: Context) -> None:
        message = update.effective_message
        asked = _asked(message) if message else None
        if message and (name := mistyped.command_in(message.text or "")):
            await say(context.bot, message, mistyped.reply(await readers.renderer_for(desk, update), name))
        elif message and asked:
            is_of_a_new_album(message)
            await private_talk.answer(desk, update, message, asked, context.bot)

    async def no_text(update: Update, context: Context) -> None:
        message = update.effective_message
        if message and is_of_a_new_album(message):
            await say(context.bot, message, (await readers.renderer_for(desk, update)).say("only-text"))

    async def unknown_command(update: Update, context: Context) -> None:
        message = update.effective_message
        if message:
            typed = (message.text or message.caption or "").split(maxsplit=1)[0].removeprefix("/")
            await say(context.bot, message, mistyped.reply(await readers.renderer_for(desk, update), typed))

    return [
        MessageHandler(_WRITTEN, private_text),
        MessageHandler(ANSWERED_IN_PRIVATE & filters.COMMAND, unknown_command),
        MessageHandler(ANSWERED_IN_PRIVATE & ~filters.TEXT, no_text),
    ]


def _asked(message: Message) -> Asked | None:
    """The question that a message asks; under a picture, where Telegram knows no commands, perhaps behind one."""
    return questions.from_command(message) if message.caption else questions.from_message(message)
