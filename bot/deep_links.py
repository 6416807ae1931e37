"""Links that open the private chat with the bot, or show a message of a group. Pure."""

from __future__ import annotations

import re
from typing import Final

MAX_PAYLOAD: Final = 64
CHECKLIST: Final = "_checklist"
"""The payload that begins the checklist; no entry has such an id."""
SUGGESTION: Final = "q_"
"""What a payload begins with that sends a question to the maintainers; no entry's id does, for want of underscores."""
GREETING: Final = "_start"
"""No entry has such an id either. Without any payload Telegram doesn't take the link as the answer to a press."""
_SUPERGROUP: Final = "-100"
"""What the numbers of supergroups begin with; those of basic groups are shorter, and their messages have no links."""
_PAYLOAD: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_PAYLOAD}}}")


def to_chat(username: str) -> str:
    """A link that opens the private chat with a greeting.

    Args:
        username: The bot's, without the `@`.
    """
    return to_entry(username, GREETING)


def to_entry(username: str, entry_id: str) -> str:
    """A link that opens the private chat at an entry.

    Args:
        username: The bot's, without the `@`.
        entry_id: An entry's id; one that a link can't carry leads to the greeting.
    """
    payload = entry_id if _PAYLOAD.fullmatch(entry_id) else GREETING
    return f"https://t.me/{username}?start={payload}"


def to_checklist(username: str) -> str:
    """A link that opens the private chat at the beginning of the checklist; `username` as in `to_entry`."""
    return to_entry(username, CHECKLIST)


def to_message(chat_id: int, name: str | None, number: int) -> str:
    """A link that shows a group's message to its members; empty in a basic group, where messages have none.

    Args:
        chat_id: The group's number.
        name: Under which everybody can find it, without the `@`; None or empty for none.
        number: The message's.
    """
    if name:
        return f"https://t.me/{name}/{number}"
    bare = str(chat_id)
    return f"https://t.me/c/{bare.removeprefix(_SUPERGROUP)}/{number}" if bare.startswith(_SUPERGROUP) else ""


def to_suggestion(username: str, key: str) -> str:
    """A link that opens the private chat where a question may be sent to the maintainers.

    Args:
        username: The bot's, without the `@`.
        key: Under which the question is remembered, see `bot/review/drafts.py`.
    """
    return to_entry(username, SUGGESTION + key)
