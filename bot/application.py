"""The composition root: what is built from what, and in which order handlers run."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from typing import Any, Final

from telegram import Update
from telegram.ext import ApplicationBuilder, ExtBot

from bot import questions
from bot.answering import Conversations
from bot.giving_back import give_back
from bot.handlers import (
    buttons,
    checklist,
    cleaning,
    commands,
    digest,
    edits,
    elsewhere,
    faults,
    feedback,
    group_settings,
    group_talk,
    guest,
    inline,
    language,
    late,
    limits,
    membership,
    messages,
    reload,
    review,
    stats,
    suggestions,
    typed,
    urgency,
)
from bot.handlers.context import BotApplication, Desk
from bot.introduction import Introduction
from bot.matching.processes import Processes
from bot.reload.reloading import Reloader
from bot.settings import Settings
from bot.store.slots import Slots
from bot.transport import attempts
from bot.transport.chores import Chore
from bot.transport.http import AiohttpRequest
from bot.transport.intake import Intake
from bot.transport.pacing import Pacer, Paces
from bot.transport.polling import StoringRequest
from bot.transport.processor import Ahead, DurableProcessor
from bot.transport.timeouts import Timeouts
from bot.transport.worker import Worker
from knowledge.answerer import Answerer

# The library reads it whenever a duration is asked for, such as that of a flood limit, and warns where it isn't set.
os.environ.setdefault("PTB_TIMEDELTA", "1")

ALLOWED_UPDATES: Final = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.GUEST_MESSAGE,
]
"""All that the handlers use: Telegram need not send the rest."""
CONCURRENT_UPDATES: Final = 128
HELD_UPDATES: Final = 2 * CONCURRENT_UPDATES
"""Claimed from the store at the same time: some are ready whenever a place is free."""
WRITES_COUNTS_EVERY: Final = 30.0
"""Seconds between two writings of how many questions there were."""
RECEIPT_WITHIN: Final = 30.0
"""Seconds that Telegram may take over a call. Who waits for less sends again what is only slow to be sent."""
CLEARS_TRACES_EVERY: Final = 10.0
"""Seconds after which nothing is left in the database's files of what was answered meanwhile."""
GIVES_BACK_EVERY: Final = 60.0
"""Seconds between two times that memory is given back."""
CATCHES_UP_EVERY: Final = 30.0
"""Seconds after which a process answers with what was accepted in another one, and menus show what was reloaded."""


_IN_TURN: Final = (
    suggestions,
    commands,
    checklist,
    stats,
    language,
    group_settings,
    cleaning,
    feedback,
    buttons,
    typed,
    messages,
    group_talk,
    membership,
    inline,
    guest,
)
"""The handlers of which the first that matches wins: commands (a link to a question before /start), then buttons, of which the
last module takes all that are left, then plain messages."""


def build(
    settings: Settings,
    answerer: Answerer,
    worker: Worker,
    reloader: Reloader | None,
    processes: Processes | None,
) -> BotApplication:
    """Put the bot together.

    Args:
        settings: With a token.
        answerer: The core.
        worker: Hands out updates; holds the store.
        reloader: Replaces the core when the knowledge base was edited; nothing does where None.
        processes: Match beside this one; none does where None.

    Raises:
        ValueError: No token.
    """
    application = _application(settings, worker)
    bot, conversations = application.bot, Conversations(answerer)
    desk = Desk(
        conversations,
        settings.operator,
        worker.store,
        settings.admin_ids,
        lambda: bot.username,
        processes,
        worker.shares,
    )
    worker.intake.is_urgent = urgency.looking(desk)
    for chore in _chores(settings, desk, bot, worker, reloader):
        worker.chores.add(chore)
    # Before all others, one after the other.
    application.add_handlers(list(late.get_handlers(worker.telegram_time)), group=-4)
    application.add_handlers(list(limits.get_handlers(desk, worker.telegram_time)), group=-3)
    application.add_handlers(list(edits.get_handlers(desk)), group=-2)
    application.add_handlers(list(late.get_excusing_handlers(desk, worker.telegram_time)), group=-1)
    if reloader is not None:
        reloader.serve(conversations, reload.tell_admins(desk, bot))
        application.add_handlers(list(reload.get_handlers(desk, reloader)))
        application.add_handlers(list(review.get_handlers(desk, reloader)))
    for module in _IN_TURN:
        application.add_handlers(list(module.get_handlers(desk)))
    faults.add_to(application, desk)
    return application


def _application(settings: Settings, worker: Worker) -> BotApplication:
    """The library's part, with nobody in it yet who handles anything."""
    if settings.telegram_bot_token is None:
        raise ValueError("no token")
    root, telegram_time = settings.telegram_api_url, worker.telegram_time
    pacer = Pacer(_shared_slots(settings, worker), Paces.at(settings.messages_per_second))
    application: BotApplication = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .rate_limiter(pacer)
        .request(AiohttpRequest(timeouts=Timeouts(read=RECEIPT_WITHIN), telegram_time=telegram_time))
        .get_updates_request(StoringRequest(AiohttpRequest(telegram_time=telegram_time), worker))
        .update_queue(worker.queue)
        .concurrent_updates(DurableProcessor(worker, CONCURRENT_UPDATES, _ahead(pacer, worker.intake)))
        .job_queue(None)
        .build()
    )
    return application


def _shared_slots(settings: Settings, worker: Worker) -> Slots | None:
    """With a webhook there may be several processes, and the limits are the bot's; None where it is the only one."""
    return worker.store.shared_slots if settings.webhook_url else None


def _chores(
    settings: Settings, desk: Desk, bot: ExtBot[Any], worker: Worker, reloader: Reloader | None
) -> Iterator[Chore]:
    store = worker.store
    yield Chore("menus", CATCHES_UP_EVERY, Introduction(desk, bot).look, at_once=True)
    yield Chore("counts", WRITES_COUNTS_EVERY, lambda: desk.tally.write(store), at_end=True)
    yield Chore("traces", CLEARS_TRACES_EVERY, store.clear_traces)
    yield Chore("memory", GIVES_BACK_EVERY, lambda: asyncio.to_thread(give_back))
    if _shared_slots(settings, worker) is not None:
        yield Chore("whom to forget", elsewhere.LOOKS_EVERY, elsewhere.listening(desk))
    if reloader is not None:
        yield Chore("what was accepted elsewhere", CATCHES_UP_EVERY, reloader.catch_up)
    if settings.weekly_digest == "on":
        yield Chore("weekly digest", digest.LOOKS_EVERY, digest.weekly(desk, bot))


def _ahead(pacer: Pacer, intake: Intake) -> Ahead:
    """For how long an update should wait before it is handled. What is urgent doesn't, nor deleting; only its confirmation does."""

    async def ahead(update: object) -> float:
        if isinstance(update, Update) and questions.forgets(update):
            return 0.0
        wait = await pacer.ahead(update)
        attempt = attempts.current()
        if wait and attempt is not None and isinstance(update, Update) and intake.is_urgent(update.to_dict()):
            attempt.urgent = True
            return 0.0
        return wait

    return ahead
