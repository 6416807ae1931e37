"""Faults while handling an update: a line for the operator, a calm sentence for the asker."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import TelegramError

from bot.handlers.context import BotApplication, Context, Desk, say
from bot.questions import is_private, language_of

log = logging.getLogger(__name__)


def add_to(application: BotApplication, desk: Desk) -> None:
    """Register the error handler."""

    async def on_error(update: object, context: Context) -> None:
        error = context.error
        update_id = update.update_id if isinstance(update, Update) else None
        if isinstance(error, TelegramError) and update_id is None:
            log.warning(
                "no updates from Telegram (%s: %s); trying again", type(error).__name__, error.message
            )
            return
        log.error("update %s failed: %s", update_id, type(error).__name__, exc_info=error)
        if not isinstance(update, Update) or update.effective_message is None:
            return
        # In a group silence is better than noise; in private somebody is waiting.
        if is_private(update.effective_message):
            try:
                reply = desk.renderer(language_of(update)).say("trouble")
                await say(context.bot, update.effective_message, reply)
            except TelegramError as second:
                log.warning("update %s: the asker couldn't be told: %s", update_id, type(second).__name__)

    application.add_error_handler(on_error)
