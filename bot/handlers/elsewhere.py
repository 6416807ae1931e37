"""What processes that share a store tell each other: whom to forget, and which question a link is about.

A person's private chat and each group have a process of their own, which remembers what is said there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

from bot import questions
from bot.handlers.context import Desk
from bot.review.drafts import MINUTES, Draft, new_key

log = logging.getLogger(__name__)

LOOKS_EVERY: Final = 2.0
"""Seconds after which the others have forgotten somebody, too."""
_FORGET: Final = "forget"
_KEPT: Final = 600.0
"""Seconds for which whoever was busy can still find out whom to forget."""


def forget_here(desk: Desk, sender: int) -> dict[str, int]:
    """Forget what this process remembers of somebody: how much of each kind, as `about.forgotten` names them."""

    def theirs(conversation: Hashable) -> bool:
        return isinstance(conversation, questions.Conversation) and conversation.is_with(sender)

    desk.turns.forget(theirs)
    desk.warned.forget(theirs)
    if sender > 0:  # a person's number is that of their private chat; a group's presses are its members'
        desk.presses.forget(sender)
    return {
        "remembered": desk.conversations.forget(theirs),
        "drafts": desk.drafts.forget(sender),
        "checklist": desk.walks.forget(theirs),
        "written": desk.written.forget(theirs),
        "offers": desk.offers.forget(theirs),
    }


async def tell_to_forget(desk: Desk, sender: int) -> bool:
    """Have the other processes forget somebody; False where there are none.

    Raises:
        StoreUnavailableError: They can't be reached now.
    """
    if not desk.shares():
        return False
    order = json.dumps({"sender": sender, "by": desk.name}).encode()
    await desk.store.hand(_FORGET, order, keep=_KEPT)
    return True


def listening(desk: Desk) -> Callable[[], Awaitable[None]]:
    """A chore that forgets the people whom another process says to forget."""
    heard: set[int] = set()

    async def listen() -> None:
        found = await desk.store.handed(_FORGET)
        for number in found.keys() - heard:
            match json.loads(found[number]):
                case {"by": str(by), "sender": int(sender)}:
                    if by != desk.name:
                        forget_here(desk, sender)
                case _:  # another version's: it must not keep those behind it from being carried out
                    log.error("an order of another process to forget somebody isn't understood")
        heard.clear()
        heard.update(found)

    return listen


async def remember(desk: Desk, sender: int, draft: Draft) -> str:
    """Remember a group's question for whichever process has its asker's private chat; the key to it.

    Raises:
        StoreUnavailableError: It can't be handed over now.
    """
    if not desk.shares():
        return desk.drafts.put(sender, draft)
    key, body = new_key(), json.dumps({"text": draft.text, "language": draft.language}).encode()
    await desk.store.hand(_draft(key), body, keep=MINUTES * 60, sender_id=sender)
    return key


async def recall(desk: Desk, sender: int, key: str) -> Draft | None:
    """The question that a key leads to, from wherever it was asked; None for anybody else's, and when its time is over.

    Raises:
        StoreUnavailableError: It can't be looked up now.
    """
    found = desk.drafts.get(key, sender)
    if found is None and desk.shares() and (body := await desk.store.take(_draft(key), sender)):
        desk.drafts.put(sender, Draft(**json.loads(body)), key)
        found = desk.drafts.get(key, sender)
    return found


def _draft(key: str) -> str:
    return f"draft-{key}"
