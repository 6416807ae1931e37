"""Taking the bot's messages out of a group again: /clean by its admins, and a button under each answer."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import CallbackQuery, Message, Update
from telegram.ext import filters

from bot import questions
from bot.callback_data import Action
from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, on_command, on_press
from bot.handlers.manners import is_own_word
from bot.handlers.owners import owner_of
from bot.sending import REFUSED, acknowledge, edit
from bot.transport.attempts import once

log = logging.getLogger(__name__)


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command and the button."""

    async def clean(update: Update, message: Message, context: Context) -> None:
        if not is_own_word(message) or not await desk.group_admins.wrote(context.bot, message):
            return
        one = message.reply_to_message if questions.is_reply_to(message, context.bot.id) else None
        numbers = [one.message_id] if one else desk.sent.recent(message.chat.id)
        if not await once("cleaned", lambda: _delete(desk, context.bot, message.chat.id, numbers)):
            reply = (await readers.renderer_for(desk, update)).say("clean-nothing")
            await desk.say(context.bot, message, reply, reply_to=message.message_id)
            return
        await _delete(desk, context.bot, message.chat.id, [message.message_id])

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        if query.message is None:  # made up
            await acknowledge(query)
            return
        chat_id = query.message.chat.id
        owner = owner_of(query.message)
        own = owner is not None and owner.person == query.from_user.id
        if not own and not await desk.group_admins.include(context.bot, chat_id, query.from_user.id):
            refusal = (await readers.renderer_for(desk, update)).words("remove-not-yours")
            await acknowledge(query, refusal, alert=True)
            return
        # As elsewhere in a group: what was pressed before an outage is past.
        if not await once("acknowledged", lambda: acknowledge(query)):
            return
        if not await _delete(desk, context.bot, chat_id, [query.message.message_id]):
            await edit(query, (await readers.renderer_for(desk, update)).say("removed"))

    return [
        on_command("clean", clean, filters.UpdateType.MESSAGE & filters.ChatType.GROUPS),
        on_press(pressed, f"^{Action.REMOVE}:"),
    ]


async def _delete(desk: Desk, bot: Bot, chat_id: int, numbers: list[int]) -> bool:
    """Delete messages; those that are gone already count as deleted.

    Returns:
        False where there are none, or Telegram doesn't allow it: the messages are too old, or not the bot's.
    """
    if not numbers:
        return False
    try:
        await bot.delete_messages(chat_id, numbers)
    except REFUSED as refused:
        log.info("not deleted: %s", refused.message)
        return False
    desk.sent.drop(chat_id, frozenset(numbers))
    return True
