"""Reply -> Bot API calls, and what to do when Telegram says no."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.calling import call
from bot.reply import Button, Reply, Row

log = logging.getLogger(__name__)

REFUSED: Final = (BadRequest, Forbidden, ChatMigrated)
"""What Telegram says where it is about one chat, or one message in it."""
# Trying again won't help, and there is nobody to report it to.
_LOST: Final = (
    "rights",  # "not enough rights to send text messages", "need administrator rights in the channel chat"
    "_forbidden",  # CHAT_WRITE_FORBIDDEN, CHAT_SEND_PLAIN_FORBIDDEN
    "chat_restricted",
    "chat_admin_required",
    "user_banned_in_channel",
    "channel_private",
    "topic_closed",
    "write access",  # "have no write access to the chat"
    "deactivated",  # "group chat was deactivated", "user is deactivated"
    "payment_required",  # ALLOW_PAYMENT_REQUIRED_10: the group charges for messages
    "chat not found",
    "peer_id_invalid",
)
_NO_THREAD: Final = ("thread not found", "topic_deleted")
_STAYS: Final = ("can't be edited", "to edit not found", "message_id_invalid")


class Sent(NamedTuple):
    """Where a message of the bot is."""

    chat: int
    number: int


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """A reply's buttons as Telegram takes them."""
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in reply.buttons])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(**_wired(button))


def _wired(button: Button) -> dict[str, Any]:
    """A button as it goes over the wire, and as the library's own one takes it."""
    return {"text": button.text} | ({"url": button.url} if button.url else {"callback_data": button.data})


async def send(
    bot: ExtBot[Any], chat_id: int, reply: Reply, *, reply_to: int | None = None, thread: int | None = None
) -> Sent | None:
    """Send a message.

    A migrated group is written to under its new id; a chat that the bot may not write to gets nothing, with a line
    in the log.

    Args:
        bot: The sender.
        chat_id: Where to.
        reply: What.
        reply_to: The message replied to; the answer is sent all the same where that one is gone.
        thread: The forum topic to answer in.

    Raises:
        TelegramError: For anything that isn't about this one chat.
    """
    try:
        return await _send_there(bot, chat_id, reply, reply_to, thread)
    except (BadRequest, Forbidden) as refused:
        if not _is_lost(refused):
            raise
    return None


def _is_lost(refused: TelegramError) -> bool:
    """Whether a chat isn't the bot's to write to any more: the one way in which that is found out, and noted."""
    lost = isinstance(refused, Forbidden) or any(known in refused.message.lower() for known in _LOST)
    if lost:
        log.info("not sent: %s", refused.message)
    return lost


async def _send_there(
    bot: ExtBot[Any], chat_id: int, reply: Reply, reply_to: int | None, thread: int | None
) -> Sent:
    """Send to a chat, or to what it has become."""
    try:
        return await _send(bot, chat_id, reply, reply_to, thread)
    except ChatMigrated as moved:
        log.info("group moved: answering under its new id")
        chat_id, reply_to = moved.new_chat_id, None
    except BadRequest as refused:
        if thread is None or not any(known in refused.message.lower() for known in _NO_THREAD):
            raise
    return await _send(bot, chat_id, reply, reply_to, None)


async def send_picture(bot: ExtBot[Any], chat_id: int, png: bytes, caption: str) -> bool:
    """Send a picture with a line of at most 1,024 characters under it.

    Returns:
        False where the bot may not write to the chat.

    Raises:
        TelegramError: For anything that isn't about this one chat.
    """
    try:
        await bot.send_photo(chat_id, png, caption=caption, filename="figures.png")
    except (BadRequest, Forbidden) as refused:
        if not _is_lost(refused):
            raise
        return False
    return True


async def _send(
    bot: ExtBot[Any], chat_id: int, reply: Reply, reply_to: int | None, thread: int | None
) -> Sent:
    replied = {"message_id": reply_to, "allow_sending_without_reply": True} if reply_to else None
    place = {"chat_id": chat_id, "reply_parameters": replied, "message_thread_id": thread}
    quietly = {"disable_notification": reply.silent or None}
    sent = await call(bot, "sendMessage", {**place, **quietly, **_shown(reply)})
    match sent:
        case {"chat": {"id": int(chat)}, "message_id": int(number)}:
            return Sent(chat, number)
    return Sent(chat_id, 0)  # a server that says "ok" has sent it, and names no message


def _shown(reply: Reply) -> dict[str, Any]:
    """What a reply says and how it looks, as it goes over the wire."""
    shown: dict[str, Any] = {
        "text": reply.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
    }
    if reply.buttons:
        shown["reply_markup"] = {
            "inline_keyboard": [[_wired(button) for button in row] for row in reply.buttons]
        }
    return shown


async def edit(query: CallbackQuery, reply: Reply) -> bool:
    """Turn the message that a button belongs to into another; a second press that changes nothing is no fault.

    Returns:
        False where the message can't be edited any more, so that a new one is needed.
    """
    if not isinstance(query.message, Message):  # too old: Telegram doesn't hand it out any more
        return False
    bot: Any = query.get_bot()
    return await amend(bot, query.message.chat.id, query.message.message_id, reply)


async def _edited(editing: Awaitable[object]) -> bool:
    """Whether a message is as it was meant to become; False where it stays as it is, or its chat is lost."""
    try:
        await editing
    except ChatMigrated:
        return False
    except (BadRequest, Forbidden) as refused:
        reason = refused.message.lower()
        if "not modified" in reason:
            return True
        if any(known in reason for known in _STAYS) or _is_lost(refused):
            return False
        raise
    return True


async def edit_rows(query: CallbackQuery, belongs: Callable[[str], bool], rows: Sequence[Row]) -> None:
    """Put other rows of buttons in the place of some under a message; all other rows stay as they are.

    Args:
        query: The press of one of them.
        belongs: Whether a button with this payload is one of those that go.
        rows: What takes their place.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:  # too old, or changed meanwhile
        return
    shown: list[Sequence[InlineKeyboardButton]] = []
    coming: list[list[InlineKeyboardButton]] | None = [[_button(button) for button in row] for row in rows]
    for row in message.reply_markup.inline_keyboard:
        if not any(isinstance(b.callback_data, str) and belongs(b.callback_data) for b in row):
            shown.append(row)
        elif coming is not None:
            shown += coming
            coming = None
    if coming is not None:  # they went with an earlier press
        return
    await _edited(query.edit_message_reply_markup(InlineKeyboardMarkup(shown) if shown else None))


async def amend(bot: ExtBot[Any], chat_id: int, message_id: int, reply: Reply) -> bool:
    """Turn a message of the bot into another.

    Returns:
        False where it is gone, or can't be edited any more.
    """
    place = {"chat_id": chat_id, "message_id": message_id}
    return await _edited(call(bot, "editMessageText", {**place, **_shown(reply)}))


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False, url: str | None = None
) -> bool:
    """Stop a button's spinner; one that was pressed too long ago needs no answer.

    Args:
        query: The press.
        text: A notice of at most 200 characters, for the one who pressed alone.
        alert: Show it until it is closed, instead of for a moment.
        url: A link to open in the app instead: one that leads to the bot.

    Returns:
        False where it was pressed too long ago.
    """
    try:
        await query.answer(text, show_alert=alert or None, url=url)
    except REFUSED as refused:
        if _is_past(refused):
            return False
        if not isinstance(refused, ChatMigrated) and not _is_lost(refused):
            raise
    return True


@contextmanager
def unless_past() -> Iterator[None]:
    """Answer a query inside the block; that nobody waits for it any more is no fault."""
    try:
        yield
    except BadRequest as refused:
        if not _is_past(refused):
            raise


def _is_past(refused: TelegramError) -> bool:
    """Whether Telegram refuses an answer because nobody waits for it any more: a press or a query is minutes old; notes it."""
    reason = refused.message.lower()
    if not any(known in reason for known in ("too old", "query_id_invalid", "query id is invalid")):
        return False
    log.info("what was asked is past: %s", refused.message)
    return True
