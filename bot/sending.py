"""Reply -> Bot API calls, and what to do when Telegram says no."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from bot.reply import Button, Reply, Row

log = logging.getLogger(__name__)

# Nobody can mend these by trying again, and nobody is there to be told.
_HOPELESS = (
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "topic_closed",
    "chat not found",
    "peer_id_invalid",
)


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
) -> Message | None:
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
        return await _send(bot, chat_id, reply, reply_to, thread)
    except ChatMigrated as moved:
        log.info("group moved: answering under its new id")
        return await _send(bot, moved.new_chat_id, reply, None, None)
    except Forbidden as refused:
        log.info("not sent: %s", refused.message)
    except BadRequest as refused:
        reason = refused.message.lower()
        if "thread not found" in reason and thread is not None:
            return await _send(bot, chat_id, reply, reply_to, None)
        if not any(known in reason for known in _HOPELESS):
            raise
        log.info("not sent: %s", refused.message)
    return None


async def send_picture(bot: ExtBot[Any], chat_id: int, png: bytes, caption: str) -> bool:
    """Send a picture with a line of at most 1,024 characters under it.

    Returns:
        False where the bot may not write to the chat.

    Raises:
        TelegramError: For anything that isn't about this one chat.
    """
    try:
        await bot.send_photo(chat_id, png, caption=caption, filename="figures.png")
    except Forbidden as refused:
        log.info("not sent: %s", refused.message)
        return False
    except BadRequest as refused:
        if not any(known in refused.message.lower() for known in _HOPELESS):
            raise
        log.info("not sent: %s", refused.message)
        return False
    return True


async def _send(
    bot: ExtBot[Any], chat_id: int, reply: Reply, reply_to: int | None, thread: int | None
) -> Message:
    return await bot.send_message(
        chat_id,
        reply.html,
        parse_mode=ParseMode.HTML,
        reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
        message_thread_id=thread,
        disable_notification=reply.silent or None,
        api_kwargs=_shown(reply),
    )


def _shown(reply: Reply) -> dict[str, Any]:
    """How a reply looks, as it goes over the wire: the library's objects for it would be made to be unmade at once."""
    shown: dict[str, Any] = {"link_preview_options": {"is_disabled": True}}
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
    try:
        await query.edit_message_text(
            reply.html,
            parse_mode=ParseMode.HTML,
            api_kwargs=_shown(reply),
        )
    except BadRequest as refused:
        reason = refused.message.lower()
        if "not modified" in reason:
            return True
        if "can't be edited" in reason or "to edit not found" in reason:
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
    try:
        await query.edit_message_reply_markup(InlineKeyboardMarkup(shown) if shown else None)
    except BadRequest as refused:
        known = ("not modified", "can't be edited", "to edit not found")
        if not any(reason in refused.message.lower() for reason in known):
            raise


async def amend(bot: ExtBot[Any], chat_id: int, message_id: int, reply: Reply) -> bool:
    """Turn a message of the bot into another.

    Returns:
        False where it is gone, or can't be edited any more.
    """
    try:
        await bot.edit_message_text(
            reply.html,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            api_kwargs=_shown(reply),
        )
    except Forbidden as refused:
        log.info("not edited: %s", refused.message)
        return False
    except BadRequest as refused:
        reason = refused.message.lower()
        if "not modified" in reason:
            return True
        if "can't be edited" in reason or "to edit not found" in reason or "chat not found" in reason:
            return False
        raise
    return True


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False, url: str | None = None
) -> None:
    """Stop a button's spinner; one that was pressed too long ago needs no answer.

    Args:
        query: The press.
        text: A notice of at most 200 characters, for the one who pressed alone.
        alert: Show it until it is closed, instead of for a moment.
        url: A link to open in the app instead: one that leads to the bot.
    """
    try:
        await query.answer(text, show_alert=alert or None, url=url)
    except BadRequest as refused:
        if "too old" not in refused.message.lower() and "invalid" not in refused.message.lower():
            raise
