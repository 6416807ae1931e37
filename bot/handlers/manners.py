"""Whether a message is its sender's own, and whether they may ask the bot here."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from telegram import CallbackQuery, Chat, Message
from telegram.constants import ChatType
from telegram.ext import filters

from bot import deep_links
from bot.asking import IN_A_GROUP, IN_PRIVATE
from bot.callback_data import Action, unpack
from bot.groups import group_settings
from bot.groups.group_settings import GroupSettings, Mode
from bot.handlers.context import Bot, Desk
from bot.questions import is_private, sender_of

ALWAYS: Final = frozenset({"privacy", "forget"})
"""Commands that everybody may give, however quiet the bot is to be and however much they asked for: they are about the one
who asks. They are counted apart, for they too make the bot write."""

SENDING: Final = frozenset({Action.SHOW, Action.SOURCES})
"""Buttons that bring a message of its own."""
OF_ENTRIES: Final = frozenset({Action.SHOW, Action.SOURCES, Action.CHOOSE, Action.BROWSE})

ANSWERED_IN_PRIVATE: Final = (
    filters.UpdateType.MESSAGE
    & filters.ChatType.PRIVATE
    & ~filters.VIA_BOT
    & (filters.TEXT | ~filters.StatusUpdate.ALL)  # the last one looks at forty fields
)
"""Whatever somebody writes in private, be it a picture: all but what an inline bot wrote, and notes such as that a message was pinned."""


def is_own_word(message: Message) -> bool:
    """Whether somebody says it here and now: no post that a channel hands on, nothing forwarded, no bot's message."""
    if message.is_automatic_forward or message.forward_origin is not None or message.via_bot is not None:
        return False
    # Anonymous admins and channels write under accounts of Telegram's that are bots.
    return message.sender_chat is not None or not (message.from_user and message.from_user.is_bot)


async def settings_of(desk: Desk, message: Message) -> GroupSettings:
    """The settings of a message's group; in private chats, those that groups begin with.

    Raises:
        StoreUnavailableError: They can't be read now.
    """
    if is_private(message):
        return GroupSettings()
    return group_settings.read(await desk.store.chat_settings(message.chat.id))


async def may_ask(desk: Desk, bot: Bot, message: Message, command: str = "") -> bool:
    """Whether the bot reacts to a command or a reply: always in private, in groups as their admins have set it.

    In private `limits.py` has counted it; in groups it is counted here, and who asks for too much hears no word about it.

    Args:
        desk: Knows settings and admins.
        bot: Asks Telegram.
        message: What somebody wrote.
        command: The command in it, without its slash.
    """
    if is_private(message):
        return True
    if not is_own_word(message):
        return False
    if command not in ALWAYS and await is_hushed(desk, bot, message):
        return False
    return has_room(desk, message, command)


async def is_hushed(desk: Desk, bot: Bot, message: Message) -> bool:
    """Whether a group's admins want the bot to keep quiet to who wrote a message: to all but themselves."""
    if is_private(message) or (await settings_of(desk, message)).mode is not Mode.QUIET:
        return False
    return not await desk.group_admins.wrote(bot, message)


def has_room(desk: Desk, message: Message, command: str = "") -> bool:
    """Whether somebody hasn't asked for too much lately where they write; counts the message, or each edit of it.

    Args:
        desk: Counts.
        message: What somebody wrote.
        command: As for `may_ask`.
    """
    name, written = (message.message_id, message.edit_date), message.edit_date or message.date
    return desk.asking.may(person_of(message, command), name, written.timestamp(), most_in(message.chat))


def has_room_for_danger(desk: Desk, message: Message) -> bool:
    """The same for a message that is answered only if it is urgent: who may not ask, or has asked for too much, may need help."""
    person, written = (message.chat.id, sender_of(message), "danger"), message.edit_date or message.date
    name = (message.message_id, message.edit_date)
    return is_own_word(message) and desk.asking.may(person, name, written.timestamp(), most_in(message.chat))


def most_in(chat: Chat) -> int:
    """How much one person may ask for in a while in a chat."""
    return IN_PRIVATE if chat.type == ChatType.PRIVATE else IN_A_GROUP


def person_of(message: Message, command: str = "") -> Hashable:
    """Under which name the one who wrote a message is counted; arguments as for `has_room`."""
    return (message.chat.id, sender_of(message), command in ALWAYS)


async def link_instead(desk: Desk, bot: Bot, query: CallbackQuery) -> str | None:
    """Where a press in a group leads instead of to a message there: into the private chat.

    That is so for everybody but admins where the bot is to be quiet, and where the same button was pressed before: what
    it brings stands there already.

    Returns:
        A link that opens the private chat; None where the group gets what the button promises.
    """
    message, payload = query.message, unpack(query.data)
    if message is None or payload is None or message.chat.type == ChatType.PRIVATE:
        return None
    of_entry = payload.action in OF_ENTRIES
    link = deep_links.to_entry(bot.username, payload.id) if of_entry else deep_links.to_chat(bot.username)
    settings = group_settings.read(await desk.store.chat_settings(message.chat.id))
    if settings.mode is Mode.QUIET and not await desk.group_admins.include(
        bot, message.chat.id, query.from_user.id
    ):
        return link
    if payload.action not in SENDING:
        return None
    return link if (message.chat.id, message.message_id, query.data or "") in desk.presses else None
