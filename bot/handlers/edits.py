"""Edits in private chats: the answer follows the last message that somebody wrote. Runs before all handlers that answer."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.handlers.context import Context, Desk, Handler, Turn
from bot.handlers.manners import has_room
from bot.questions import command_in, conversation_of, is_private, words_of


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler that notes new messages, and lets through an edit that is to be answered."""

    async def handle(update: Update, _: Context) -> None:
        message = update.message or update.edited_message
        if message is None or not is_private(message):
            return
        conversation = conversation_of(message)
        turn = desk.turns.get(conversation)
        if update.message is not None:
            if turn is None or turn.message != message.message_id:  # else it is tried again
                desk.turns.keep(conversation, desk.turn(conversation, message.message_id))
        elif turn is not None and _is_put_right(message, turn) and has_room(desk, message):
            desk.go_back(conversation, turn)
        else:
            raise ApplicationHandlerStop

    return [TypeHandler(Update, handle)]


def _is_put_right(message: Message, turn: Turn) -> bool:
    """Whether an edit changes the words of the last message, and they are no command."""
    text = words_of(message)
    same = turn.message != message.message_id or turn.text == hash(text)
    return bool(text) and not same and not command_in(message)
