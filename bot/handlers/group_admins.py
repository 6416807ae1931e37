"""Who runs a group: asked of Telegram, and remembered for a minute."""

from __future__ import annotations

import logging
from typing import Any, Final

from telegram import Message
from telegram.ext import ExtBot

from bot.memory import Memory
from bot.sending import REFUSED

log = logging.getLogger(__name__)

ANONYMOUS_ADMIN: Final = 1087968824
"""The account under which admins write who stay anonymous."""
REMEMBERED: Final = 60.0
"""Seconds for which somebody who isn't admin any more may still be taken for one."""
MAX_GROUPS: Final = 1_000


class GroupAdmins:
    """The admins of groups."""

    def __init__(self) -> None:
        self._known: Memory[frozenset[int]] = Memory(REMEMBERED / 60, most=MAX_GROUPS)

    async def include(self, bot: ExtBot[Any], chat_id: int, user_id: int) -> bool:
        """Whether somebody runs a group; where Telegram doesn't say, nobody does."""
        return user_id == ANONYMOUS_ADMIN or user_id in await self._of(bot, chat_id)

    async def wrote(self, bot: ExtBot[Any], message: Message) -> bool:
        """Whether a group's message is by one of its admins, named or anonymous; a channel's voice is nobody's."""
        if message.sender_chat is not None:
            return message.sender_chat.id == message.chat.id
        return message.from_user is not None and await self.include(
            bot, message.chat.id, message.from_user.id
        )

    def forget(self, chat_id: int) -> None:
        """Ask Telegram again the next time."""
        self._known.drop(chat_id)

    async def _of(self, bot: ExtBot[Any], chat_id: int) -> frozenset[int]:
        known = self._known.get(chat_id)
        if known is not None:
            return known
        try:
            # Unlike getChatMember, this works for bots that aren't admins themselves.
            found = await bot.get_chat_administrators(chat_id)
        except REFUSED as refused:
            log.info("a group's admins aren't told: %s", refused.message)
            return frozenset()
        admins = frozenset(member.user.id for member in found)
        self._known.keep(chat_id, admins)
        return admins
