"""Faults while handling an update: a line for the operator; a calm sentence for the asker when it is given up."""

from __future__ import annotations

import logging
import math
import time
from typing import Final

from telegram import Message, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.handlers.context import BotApplication, Context, Desk, say
from bot.questions import is_private, language_of
from bot.transport import attempts
from bot.transport.intake import NotStoredError
from bot.transport.receipts import PerhapsSentError

log = logging.getLogger(__name__)

_PASSED: Final = 60.0
"""Seconds without a conflict after which the next one is another."""


class _NoUpdates:
    """Says why none come in."""

    def __init__(self) -> None:
        self._conflict = -math.inf
        """When another process was in the way last, by the monotonic clock."""

    def tell(self, error: Exception | None) -> bool:
        """Write a line; of another process only the first time, since the conflict is reported every few seconds.

        Returns:
            False where it is another fault.
        """
        if isinstance(error, NotStoredError):
            log.warning("updates can't be stored, and wait at Telegram (%s); trying again", error.message)
        elif isinstance(error, Conflict):
            before, self._conflict = self._conflict, time.monotonic()
            if self._conflict - before > _PASSED:
                log.error("another process takes this bot's updates: stop one of the two (%s)", error.message)
        elif isinstance(error, TelegramError):
            log.warning(
                "no updates from Telegram (%s: %s); trying again", type(error).__name__, error.message
            )
        else:
            return False
        return True


def _told(error: Exception) -> str:
    """A fault's name, and its reason where it is the way to Telegram that fails: that text is this project's own, or the system's."""
    name = type(error).__name__
    return (
        f"{name} ({error.message})" if isinstance(error, NetworkError) and attempts.is_outage(error) else name
    )


def add_to(application: BotApplication, desk: Desk) -> None:
    """Register the error handler."""
    no_updates = _NoUpdates()

    async def on_error(update: object, context: Context) -> None:
        error = context.error
        update_id = update.update_id if isinstance(update, Update) else None
        if (update_id is None or isinstance(error, NotStoredError)) and no_updates.tell(error):
            return
        attempt = attempts.current()
        delay = attempt.failed(error) if attempt and error else None
        if delay is not None and isinstance(error, attempts.NO_TRY):
            if not isinstance(error, InvalidToken):  # that is logged once, and not for each who waits
                log.info("update %s waits for its turn, %.0f s: Telegram's flood limits", update_id, delay)
            raise ApplicationHandlerStop
        if delay is not None and error:
            log.warning(
                "update %s failed: %s; next try in %.0f s",
                update_id,
                _told(error),
                delay,
                exc_info=None if attempts.is_outage(error) else error,
            )
            raise ApplicationHandlerStop
        if attempt and isinstance(error, PerhapsSentError):
            log.warning("update %s: no receipt came for its answer, which counts as sent", update_id)
            raise ApplicationHandlerStop
        log.error("update %s failed: %s; set aside", update_id, type(error).__name__, exc_info=error)
        # An edit or a guest's question waits for nobody; a guest's private chat isn't even the bot's.
        if not isinstance(update, Update) or (update.message or update.callback_query) is None:
            return
        message = update.effective_message
        # In a group silence is better than noise; in private somebody is waiting.
        if isinstance(message, Message) and is_private(message):
            try:
                reply = desk.renderer(language_of(update)).say("trouble")
                await say(context.bot, message, reply)
            except TelegramError as second:
                log.warning("update %s: the asker couldn't be told: %s", update_id, type(second).__name__)
        raise ApplicationHandlerStop

    application.add_error_handler(on_error)
