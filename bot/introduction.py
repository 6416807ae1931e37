"""What Telegram shows of the bot: menus and descriptions, set once by one of however many processes, and when they change."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import math
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    MenuButtonCommands,
)
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.formatting import cut
from bot.handlers import commands
from bot.handlers.context import Desk
from bot.locales import DEFAULT_LANGUAGE, Words, languages, words
from bot.store.protocol import StoreError
from bot.transport.attempts import seconds_of
from knowledge.model import KnowledgeBase

log = logging.getLogger(__name__)

_TITLE_IN_DESCRIPTION: Final = 300
"""UTF-16 units of the title in the bot's description, which holds 512."""
_TURN: Final = "menus"
_LEASE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands of one kind of chat, for one language of the reader's app.

    Attributes:
        scope: The chats.
        language: None for all languages that have no menu of their own.
        commands: (name, description) each, in their order.
    """

    scope: BotCommandScope
    language: str | None
    commands: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Description:
    """What the bot's profile says, for one language of the reader's app; None for all others.

    Attributes:
        language: The language.
        long: Shown in an empty chat.
        short: Shown on the profile's page.
    """

    language: str | None
    long: str
    short: str


class Introduction:
    """Keeps what Telegram shows up to date, on behalf of one process.

    Args:
        desk: Answers, and knows the admins and the store.
        bot: Calls Telegram.
    """

    def __init__(self, desk: Desk, bot: Bot) -> None:
        self._desk = desk
        self._bot = bot
        self._owner = secrets.token_hex(8)
        self._shown: KnowledgeBase | None = None
        self._not_before = -math.inf
        """Until when Telegram wants no more calls, by the monotonic clock."""

    async def look(self) -> None:
        """See to it that Telegram shows what the knowledge base in use has; the bot answers questions without it too."""
        base = self._desk.conversations.answerer.base
        if base is self._shown or time.monotonic() < self._not_before:
            return
        try:
            if await self._ensure(base):
                self._shown = base
        except (TelegramError, StoreError) as fault:
            log.warning("menus and descriptions stay as they were: %s", fault)
            if isinstance(fault, BadRequest):  # it would be refused again
                self._shown = base
            elif isinstance(fault, RetryAfter):
                self._not_before = time.monotonic() + seconds_of(fault)

    async def _ensure(self, base: KnowledgeBase) -> bool:
        """Set what isn't shown yet; False where another process is just doing so."""
        store = self._desk.store
        if not await store.take_turn(_TURN, self._owner, _LEASE):
            return False
        note, fingerprint = None, _fingerprint(base, self._desk.admins, self._bot.token)
        try:
            if not await self._is_shown(base, fingerprint) and await self._set_all(base):
                note = fingerprint
        finally:
            await store.end_turn(_TURN, self._owner, note)
        return True

    async def _is_shown(self, base: KnowledgeBase, fingerprint: str) -> bool:
        """Whether Telegram was given exactly this, and nothing else since by a bot with the same token and another store."""
        if await self._desk.store.turn_note(_TURN) != fingerprint:
            return False
        return (await self._bot.get_my_description()).description == next(descriptions(base)).long

    async def _set_all(self, base: KnowledgeBase) -> bool:
        """Set all of it; False where an admin has no chat yet to show a menu in, so that it is tried again at a start."""
        for menu in menus(base):
            await self._set(menu)
        for text in descriptions(base):
            await self._bot.set_my_description(text.long, text.language)
            await self._bot.set_my_short_description(text.short, text.language)
        await self._bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        complete = True
        for admin in sorted(self._desk.admins):
            try:
                for menu in admin_menus(base, admin):
                    await self._set(menu)
            except BadRequest as refused:
                log.info("an admin's menu stays as it was: %s", refused.message)
                complete = False
        return complete

    async def _set(self, menu: Menu) -> None:
        await self._bot.set_my_commands(
            [BotCommand(*one) for one in menu.commands], menu.scope, menu.language
        )


def menus(base: KnowledgeBase) -> Iterator[Menu]:
    """What everybody's menus show."""
    # For all whose language has no catalogue the default is what counts, so it goes under no language.
    for code in (None, *languages()):
        say = words(code or base.default_language)
        private, group = _private(base, code), _commands(commands.FOR_GROUPS, say)
        yield Menu(BotCommandScopeDefault(), code, private)
        yield Menu(BotCommandScopeAllPrivateChats(), code, private)
        yield Menu(BotCommandScopeAllGroupChats(), code, group)
        admins = [*group, *_commands(commands.FOR_GROUP_ADMINS, say)]
        yield Menu(BotCommandScopeAllChatAdministrators(), code, admins)


def admin_menus(base: KnowledgeBase, admin: int) -> Iterator[Menu]:
    """What one of the bot's admins is shown, and nobody else."""
    for code in (None, *languages()):
        more = _commands(commands.FOR_BOT_ADMINS, words(code or DEFAULT_LANGUAGE))
        yield Menu(BotCommandScopeChat(admin), code, [*_private(base, code), *more])


def descriptions(base: KnowledgeBase) -> Iterator[Description]:
    """What the profile says, first for all languages without a catalogue."""
    title = cut(base.advisory.title, _TITLE_IN_DESCRIPTION)
    for code in (None, *languages()):
        say = words(code or base.default_language)
        yield Description(code, say("bot-description", title=title), say("bot-short-description"))


def _private(base: KnowledgeBase, code: str | None) -> list[tuple[str, str]]:
    shown = _commands(commands.FOR_PRIVATE, words(code or base.default_language))
    if questions := base.checklist_for(code or base.default_language):
        shown.insert(1, ("checklist", cut(questions.title, BotCommand.MAX_DESCRIPTION)))
    return shown


def _commands(names: Sequence[str], say: Words) -> list[tuple[str, str]]:
    return [(name, say(f"command-{name}")) for name in names]


def _fingerprint(base: KnowledgeBase, admins: frozenset[int], token: str) -> str:
    """Changes with anything that is shown, and gives nothing away to somebody who lacks the token."""
    everything: list[Any] = [[text.language, text.long, text.short] for text in descriptions(base)]
    shown = [*menus(base), *(menu for admin in sorted(admins) for menu in admin_menus(base, admin))]
    everything += [[menu.scope.to_dict(), menu.language, menu.commands] for menu in shown]
    return hmac.new(token.encode(), json.dumps(everything).encode(), hashlib.sha256).hexdigest()
