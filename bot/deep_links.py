"""Links that open the private chat with the bot. Pure."""

from __future__ import annotations

import re
from typing import Final

MAX_PAYLOAD: Final = 64
CHECKLIST: Final = "_checklist"
"""The payload that begins the checklist; no entry has such an id."""
_PAYLOAD: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_PAYLOAD}}}")


def to_entry(username: str, entry_id: str) -> str:
    """A link that opens the private chat at an entry.

    Args:
        username: The bot's, without the `@`.
        entry_id: An entry's id; one that a link can't carry leads to the chat's beginning.
    """
    chat = f"https://t.me/{username}"
    return f"{chat}?start={entry_id}" if _PAYLOAD.fullmatch(entry_id) else chat


def to_checklist(username: str) -> str:
    """A link that opens the private chat at the beginning of the checklist; `username` as in `to_entry`."""
    return to_entry(username, CHECKLIST)
