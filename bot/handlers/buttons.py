"""Pressed buttons. A button may be old, pressed twice, or from before an edit of the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler

from bot import about, browsing, questions
from bot.callback_data import Action, Payload, unpack
from bot.groups import group_settings
from bot.groups.group_replies import GroupReplies, folded
from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler
from bot.handlers.manners import link_instead
from bot.questions import Conversation
from bot.rendering import Renderer
from bot.reply import Reply
from bot.review import suggesting
from bot.sending import acknowledge, edit, send

_LISTS = frozenset({Action.TOPICS, Action.TOPIC, Action.NONE_OF_THESE})


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
        reply, in_place = reply_to(desk, unpack(query.data), replies, conversation, private=private)
        if private:
            desk.offered(conversation, reply)
        if in_place and await edit(query, reply):
            return
        thread = questions.topic_of(message) if isinstance(message, Message) else None
        sent = await send(context.bot, message.chat.id, reply, reply_to=message.message_id, thread=thread)
        if sent is not None and not questions.is_private(sent):
            desk.sent.note(sent.chat.id, sent.message_id)
            # Only now that it stands there: a press whose message could not be sent is tried again.
            desk.presses.add((message.chat.id, message.message_id, query.data or ""))

    return [CallbackQueryHandler(pressed)]


def reply_to(
    desk: Desk, payload: Payload | None, replies: GroupReplies, conversation: Conversation, *, private: bool
) -> tuple[Reply, bool]:
    """What a button brings, and whether it takes the place of the button's message.

    Args:
        desk: Answers.
        payload: What the button means; None for nothing.
        replies: For the chat, and for who pressed.
        conversation: Of the one who pressed.
        private: Whether that is in a private chat.
    """
    renderer = replies.renderer
    if payload is not None and payload.action in _LISTS:
        if payload.action is Action.NONE_OF_THESE:
            desk.conversations.none_meant(conversation)
        listed = _listed(payload, renderer, private=private)
        return (listed, True) if listed else (renderer.not_there(), False)
    entry = desk.conversations.show(payload.id, conversation, renderer.language) if payload else None
    if payload is None or entry is None:
        return renderer.not_there(), False
    if payload.action is Action.SOURCES:
        shown = about.sources(renderer, entry)
        return (shown if private else folded(shown)), False
    browsing = payload.action is Action.BROWSE
    if not private:
        reply = replies.answer(entry, browsing=browsing)
    elif browsing:
        reply = renderer.answer(entry, browsing=True)
    else:
        key = payload.more if payload.action is Action.CHOOSE else ""
        reply = desk.replies(renderer, key).answer(entry)
    return reply, payload.action is not Action.SHOW


def _listed(payload: Payload, renderer: Renderer, *, private: bool) -> Reply | None:
    listed = browsing.listed(renderer, payload)
    if listed is None or not private or payload.action is not Action.NONE_OF_THESE:
        return listed
    return listed.above(suggesting.offer_row(payload.id, renderer.words))
