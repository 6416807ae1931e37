"""An update as it came -> what the store keeps of it. Pure, and content with anything that JSON can hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from bot.questions import names_command
from bot.store.protocol import Arrival

_LARGEST: Final = 2**63 - 1
"""The largest number that a database takes."""
_PEOPLE: Final = ("from", "user")


def arrival(update: object) -> Arrival | None:
    """What to keep of an update; None where it has no usable number, so that it can't be told from others.

    Args:
        update: What JSON made of it.
    """
    if not isinstance(update, Mapping):
        return None
    update_id = update.get("update_id")
    if not _is_number(update_id):
        return None
    body = json.dumps(update, separators=(",", ":")).encode()
    return Arrival(update_id, _chat_of(update), body, _forgets(update))


def _forgets(update: Mapping[str, Any]) -> bool:
    """Whether it is /forget in a private chat, and for no bot by name: this one's isn't known here."""
    match update:
        case {"message": {"text": str(text), "chat": {"type": "private"}}}:
            return names_command(text, "forget")
    return False


def _chat_of(update: Mapping[str, Any]) -> int | None:
    """The chat that an update belongs to; without one, the person."""
    contents = [value for value in update.values() if isinstance(value, Mapping)]
    for content in contents:
        around = content.get("message")
        for place in (content, around if isinstance(around, Mapping) else {}):
            if (chat_id := _id(place.get("chat"))) is not None:
                return chat_id
    for content in contents:
        for name in _PEOPLE:
            if (user_id := _id(content.get(name))) is not None:
                return user_id
    return None


def _id(value: object) -> int | None:
    found = value.get("id") if isinstance(value, Mapping) else None
    return found if _is_number(found) else None


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
