"""The composition root: what is built from what, and in which order handlers run."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    MenuButtonCommands,
    Update,
)
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from bot.answering import Conversations
from bot.formatting import cut
from bot.handlers import (
    buttons,
    checklist,
    cleaning,
    commands,
    digest,
    faults,
    feedback,
    group_settings,
    group_talk,
    guest,
    inline,
    language,
    late,
    membership,
    messages,
    reload,
    review,
    stats,
    suggestions,
    typed,
)
from bot.handlers.context import BotApplication, Desk
from bot.locales import DEFAULT_LANGUAGE, Words, languages, words
from bot.reload.reloading import Reloader
from bot.settings import Settings
from bot.transport.chores import Chore
from bot.transport.http import AiohttpRequest
from bot.transport.pacing import Pacer, Paces
from bot.transport.polling import StoringRequest
from bot.transport.processor import DurableProcessor
from bot.transport.worker import Worker
from knowledge.answerer import Answerer
from knowledge.model import KnowledgeBase

log = logging.getLogger(__name__)

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
CONCURRENT_UPDATES: Final = 64
HELD_UPDATES: Final = 2 * CONCURRENT_UPDATES
"""Claimed from the store at the same time: some are ready whenever a place is free."""
WRITES_COUNTS_EVERY: Final = 30.0
"""Seconds between two writings of how many questions there were."""
CATCHES_UP_EVERY: Final = 30.0
"""Seconds after which a process answers with what was accepted in another one."""
MAX_TITLE: Final = 300
"""Characters of the title in the bot's description, which holds 512."""


def build(
    settings: Settings, answerer: Answerer, worker: Worker, reloader: Reloader | None = None
) -> BotApplication:
    """Put the bot together.

    Args:
        settings: With a token.
        answerer: The core.
        worker: Hands out updates; holds the store.
        reloader: Replaces the core when the knowledge base was edited.

    Raises:
        ValueError: No token.
    """
    if settings.telegram_bot_token is None:
        raise ValueError("no token")
    root = settings.telegram_api_url.rstrip("/")
    # With a webhook there may be several processes, and the limits are the bot's.
    slots = worker.store.shared_slots if settings.webhook_url else None
    pacer = Pacer(slots, Paces.at(settings.messages_per_second))
    application: BotApplication = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .rate_limiter(pacer)
        .request(AiohttpRequest())
        .get_updates_request(StoringRequest(AiohttpRequest(), worker))
        .update_queue(worker.queue)
        .concurrent_updates(DurableProcessor(worker, CONCURRENT_UPDATES, pacer.ahead))
        .job_queue(None)
        .post_init(partial(_introduce, base=answerer.base, admins=settings.admin_ids))
        .build()
    )
    conversations = Conversations(answerer)
    bot = application.bot
    desk = Desk(conversations, settings.operator, worker.store, settings.admin_ids, lambda: bot.username)
    application.add_handlers(list(late.get_handlers(desk)), group=-1)
    worker.chores.add(
        Chore("counts", WRITES_COUNTS_EVERY, lambda: desk.tally.write(worker.store), at_end=True)
    )
    if settings.weekly_digest == "on":
        worker.chores.add(Chore("weekly digest", digest.LOOKS_EVERY, digest.weekly(desk, application.bot)))
    if reloader is not None:
        worker.chores.add(Chore("what was accepted elsewhere", CATCHES_UP_EVERY, reloader.catch_up))
        reloader.serve(conversations, reload.tell_admins(desk, application.bot))
        application.add_handlers(list(reload.get_handlers(desk, reloader)))
        application.add_handlers(list(review.get_handlers(desk, reloader)))
    # First match wins: commands (a link to a question before /start), then buttons, of which the last module takes all
    # that are left, then plain messages.
    answering = (
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
    )
    for module in (*answering, membership, inline, guest):
        application.add_handlers(list(module.get_handlers(desk)))
    faults.add_to(application, desk)
    return application


async def _introduce(application: BotApplication, *, base: KnowledgeBase, admins: Collection[int]) -> None:
    """Tell Telegram what the bot's menu and profile show; it answers questions without them too."""
    try:
        private = await _show_menus(application, base)
        for admin in sorted(admins):
            await _show_menu_to(application, admin, private)
    except InvalidToken:
        raise
    except TelegramError as refused:
        log.warning("menus and descriptions stay as they were: %s", refused.message)


async def _show_menu_to(
    application: BotApplication, admin: int, private: Mapping[str | None, list[BotCommand]]
) -> None:
    """Show an admin what nobody else has; one who has never written to the bot has no chat to show it in."""
    try:
        for code, menu in private.items():
            more = _menu(commands.FOR_BOT_ADMINS, words(code or DEFAULT_LANGUAGE))
            await application.bot.set_my_commands([*menu, *more], BotCommandScopeChat(admin), code)
    except BadRequest as refused:
        log.info("an admin's menu stays as it was: %s", refused.message)


async def _show_menus(
    application: BotApplication, base: KnowledgeBase
) -> Mapping[str | None, list[BotCommand]]:
    """Show the menus and descriptions; answers language -> menu of private chats, under None for all other languages."""
    bot, title = application.bot, cut(base.advisory.title, MAX_TITLE)
    menus: dict[str | None, list[BotCommand]] = {}
    # For all whose language has no catalogue the default is what counts, so it goes under no language.
    for code in (None, *languages()):
        say = words(code or base.default_language)
        private, group = _menu(commands.FOR_PRIVATE, say), _menu(commands.FOR_GROUPS, say)
        admins = [*group, *_menu(commands.FOR_GROUP_ADMINS, say)]
        if questions := base.checklist_for(code or base.default_language):
            private.insert(1, BotCommand("checklist", cut(questions.title, BotCommand.MAX_DESCRIPTION)))
        menus[code] = private
        await bot.set_my_commands(private, BotCommandScopeDefault(), code)
        await bot.set_my_commands(private, BotCommandScopeAllPrivateChats(), code)
        await bot.set_my_commands(group, BotCommandScopeAllGroupChats(), code)
        await bot.set_my_commands(admins, BotCommandScopeAllChatAdministrators(), code)
        await bot.set_my_description(say("bot-description", title=title), code)
        await bot.set_my_short_description(say("bot-short-description"), code)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    return menus


def _menu(names: tuple[str, ...], say: Words) -> list[BotCommand]:
    return [BotCommand(name, say(f"command-{name}")) for name in names]
