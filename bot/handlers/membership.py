"""The bot's own place in groups: added, it says once what it does; removed, it forgets the group; moved, it stays."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from telegram import Chat, ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.groups import group_replies
from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler
from bot.questions import Conversation
from bot.sending import send

log = logging.getLogger(__name__)

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_PRESENT = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})
_MOVED: Final = "moved"
"""Set where a group has had another id: it knows the bot."""
_MOVE_TOLD_WITHIN: Final = 3.0
"""Seconds for which a supergroup may turn out to be one that has moved: its old id's word on that has a way of its own."""


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """Changes of the bot's place, and a group's move to a new id."""

    async def changed(update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None or change.chat.type not in _GROUPS:
            return
        chat_id = change.chat.id
        desk.group_admins.forget(chat_id)
        before, after = _present(change.old_chat_member), _present(change.new_chat_member)
        if before and not after:
            await desk.store.forget(chat_id, but=update.update_id)
            _forget(desk, chat_id)
            log.info("removed from a group: it is forgotten")
        elif after and not before and not await _has_moved(desk, change.chat):
            renderer = await readers.renderer_for(desk, update)
            hears = context.bot.bot.can_read_all_group_messages or _admin(change.new_chat_member)
            sent = await send(
                context.bot,
                chat_id,
                group_replies.introduction(renderer, context.bot.username, hears=bool(hears)),
            )
            if sent is not None:
                desk.sent.note(sent.chat, sent.number)

    async def moves(update: Update, context: Context) -> None:  # noqa: ARG001 - the library's signature
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await _move(desk, old, new)

    return [
        ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, moves),
    ]


async def _has_moved(desk: Desk, chat: Chat) -> bool:
    """Whether a group knows the bot by another id; in the store, as the news may have reached another process."""
    if chat.type != ChatType.SUPERGROUP:
        return False
    await asyncio.sleep(_MOVE_TOLD_WITHIN)
    return _MOVED in await desk.store.chat_settings(chat.id)


async def _move(desk: Desk, old: int, new: int) -> None:
    """Keep a group's settings under its new id. Both chats announce the move; the second time nothing is left to do."""
    stored = await desk.store.chat_settings(old)
    there = await desk.store.chat_settings(new)
    if _MOVED not in there:
        await desk.store.set_chat_settings(new, {**stored, **there, _MOVED: True})
    if stored:
        await desk.store.set_chat_settings(old, {})
    _forget(desk, old)


def _forget(desk: Desk, chat_id: int) -> None:
    """Drop what is in memory of a group."""
    desk.sent.forget(chat_id)
    desk.presses.forget(chat_id)
    desk.group_admins.forget(chat_id)
    desk.conversations.forget(lambda talk: isinstance(talk, Conversation) and talk.chat == chat_id)


def _present(member: ChatMember) -> bool:
    return member.status in _PRESENT or (isinstance(member, ChatMemberRestricted) and member.is_member)


def _admin(member: ChatMember) -> bool:
    return member.status == ChatMember.ADMINISTRATOR
