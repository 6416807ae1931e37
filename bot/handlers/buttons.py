"""Pressed buttons. A button may be old, pressed twice, or from before an edit of the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler

from bot import questions
from bot.callback_data import unpack
from bot.groups import group_settings
from bot.groups.group_replies import GroupReplies
from bot.handlers import pressing, readers
from bot.handlers.context import Context, Desk, Handler
from bot.handlers.manners import link_instead
from bot.sending import acknowledge, edit, send


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The button handler."""

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        private_link = await link_instead(desk, context.bot, query)
        await acknowledge(query, url=private_link)
        # One without a message is of an inline result: this bot sends none.
        if query.message is None or private_link:
            return
        message = query.message
        settings = group_settings.read(await desk.store.chat_settings(message.chat.id))
        replies = GroupReplies(await readers.renderer_for(desk, update), settings, context.bot.username)
        private = message.chat.type == ChatType.PRIVATE
        conversation = questions.conversation_of_press(query)
        reply, in_place = pressing.reply_to(desk, unpack(query.data), replies, conversation, private=private)
        if private:
            desk.offered(conversation, reply)
        if in_place and await edit(query, reply):
            return
        sent = await send(
            context.bot, message.chat.id, reply, reply_to=message.message_id, thread=conversation.topic
        )
        if sent is not None and not questions.is_private(sent):
            desk.sent.note(sent.chat.id, sent.message_id)
            # Only now that it is there: a press whose message could not be sent is tried again.
            desk.presses.add((message.chat.id, message.message_id, query.data or ""))

    return [CallbackQueryHandler(pressed)]
