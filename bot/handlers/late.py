"""Updates that come late, after the bot or Telegram was away: dropped before all other handlers, excused after those that drop more."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, MessageHandler, TypeHandler

from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler, say
from bot.handlers.manners import ANSWERED_IN_PRIVATE
from bot.memory import Memory
from bot.questions import forgets, is_private
from bot.transport import attempts
from bot.transport.telegram_time import TelegramTime

log = logging.getLogger(__name__)

CALLBACK_QUERY_LIVES: Final = 150.0
"""Seconds in which Telegram takes the answer to a pressed button."""
INLINE_QUERY_LIVES: Final = 30.0
LATE: Final = 300.0
"""Seconds after which a group has moved on, and a person is owed a word on the delay."""


class Lateness(Enum):
    """What to do with an update."""

    ON_TIME = auto()
    EXCUSED = auto()
    """Handle it, with a word on the delay."""
    TOO_LATE = auto()
    """Drop it."""


def lateness(update: Update, waited: float, now: float) -> Lateness:
    """Whether an update is still worth handling.

    Args:
        update: With what it holds.
        waited: For how many seconds it has been here. Queries have no time of their own.
        now: The time by the clock that dates messages, in seconds since the epoch.
    """
    if update.callback_query is not None:
        return Lateness.TOO_LATE if waited > CALLBACK_QUERY_LIVES else Lateness.ON_TIME
    if update.inline_query is not None:
        return Lateness.TOO_LATE if waited > INLINE_QUERY_LIVES else Lateness.ON_TIME
    message = update.message or update.guest_message
    if message is None or now - message.date.timestamp() <= LATE:
        return Lateness.ON_TIME
    # A guest's question may come from a private chat as well, in which the bot has nothing to excuse.
    if update.message and is_private(message):
        return Lateness.EXCUSED
    # A group's move is no talk: its settings are to go along, whenever that is learned.
    moves = message.migrate_to_chat_id or message.migrate_from_chat_id
    return Lateness.ON_TIME if moves or forgets(update) else Lateness.TOO_LATE


def get_handlers(telegram_time: TelegramTime) -> Sequence[Handler]:
    """The handler that lets through what is worth handling."""

    async def handle(update: Update, _: Context) -> None:
        if lateness(update, attempts.waited(), telegram_time.now()) is Lateness.TOO_LATE:
            log.warning("update %s is dropped: it comes too late", update.update_id)
            raise ApplicationHandlerStop

    return [TypeHandler(Update, handle)]


def get_excusing_handlers(desk: Desk, telegram_time: TelegramTime) -> Sequence[Handler]:
    """The handler that says a word on the delay before an answer that comes late."""
    excused: Memory[bool] = Memory(LATE / 60)

    async def handle(update: Update, context: Context) -> None:
        """Say it once in a chat, whatever has gathered there."""
        message = update.message
        if message is None or excused.get(message.chat.id):
            return
        if lateness(update, attempts.waited(), telegram_time.now()) is not Lateness.EXCUSED:
            return
        try:
            await say(context.bot, message, (await readers.renderer_for(desk, update)).say("late"))
        except TelegramError as refused:  # the answer matters more
            log.info("update %s: no word on the delay: %s", update.update_id, type(refused).__name__)
            return
        excused.keep(message.chat.id, value=True)

    return [MessageHandler(ANSWERED_IN_PRIVATE, handle)]
