"""Pressed buttons. A button may be old, pressed twice, or from before an edit of the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, Update
from telegram.constants import ChatType

from bot import questions
from bot.callback_data import Action, Payload, unpack
from bot.groups import group_settings
from bot.groups.group_replies import GroupReplies
from bot.handlers import pressing, readers
from bot.handlers.context import Context, Desk, Handler, on_press
from bot.handlers.manners import OF_ENTRIES, SENDING, link_instead
from bot.handlers.owners import owner_of
from bot.sending import acknowledge, edit, send
from bot.transport.attempts import once


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The button handler."""

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        message, payload = query.message, unpack(query.data)
        refusal = None if message is None else _refused(desk, query, payload)
        if refusal:
            await acknowledge(query, (await readers.renderer_for(desk, update)).words(refusal), alert=True)
            return
        private_link = await link_instead(desk, context.bot, query)
        # Once: where only what it brings failed, Telegram may take a second answer for one that comes too late.
        in_time = await once("acknowledged", lambda: acknowledge(query, url=private_link))
        # One without a message is of an inline result: this bot sends none.
        if message is None or private_link:
            return
        # A group has moved on since; who pressed in private still waits.
        if not in_time and message.chat.type != ChatType.PRIVATE:
            return
        replies = await _replies_for(desk, update, query, payload, context.bot.username)
        private = message.chat.type == ChatType.PRIVATE
        conversation = questions.conversation_of_press(query)
        reply, in_place = pressing.reply_to(desk, payload, replies, conversation, private=private)
        if private:
            desk.offered(conversation, reply)
        else:
            reply = replies.removable(reply)
        if in_place and await edit(query, reply):
            if not private:
                desk.sent.note(message.chat.id, message.message_id, reply.entry_id)
            return
        sent = await send(
            context.bot, message.chat.id, reply, reply_to=message.message_id, thread=conversation.topic
        )
        if sent is not None and not private:
            desk.sent.note(sent.chat, sent.number, reply.entry_id)
            # Only now that it is there: a press whose message could not be sent is tried again.
            desk.presses.add((message.chat.id, message.message_id, query.data or ""))

    return [on_press(pressed)]


def _refused(desk: Desk, query: CallbackQuery, payload: Payload | None) -> str:
    """The notice, as the catalogues name it, instead of what a press in a group would do there; empty for none."""
    if query.message is None or query.message.chat.type == ChatType.PRIVATE:
        return ""
    if payload is None or (
        payload.action in OF_ENTRIES and not desk.conversations.answerer.base.entry(payload.id)
    ):
        return "not-there"
    # What was asked back, and what to do in an emergency, isn't for somebody else to put away.
    owner = owner_of(query.message)
    if payload.action is Action.NONE_OF_THESE and owner and owner.person != query.from_user.id:
        return "none-not-yours"
    return ""


async def _replies_for(
    desk: Desk, update: Update, query: CallbackQuery, payload: Payload | None, username: str
) -> GroupReplies:
    """The replies to a press: a group's message that is only changed stays its owner's, and in its language."""
    settings = group_settings.read(
        await desk.store.chat_settings(query.message.chat.id if query.message else 0)
    )
    renderer, person = await readers.renderer_for(desk, update), query.from_user.id
    changes = payload is not None and payload.action not in SENDING
    if (owner := owner_of(query.message)) and changes:
        person = owner.person
        if owner.language and not settings.language:
            renderer = desk.renderer(owner.language)
    return GroupReplies(renderer, settings, username, person)
