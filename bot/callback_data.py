"""Button payloads: what a button means <-> at most 64 bytes.

A payload is a letter, a colon and an id. Ids are entry or topic ids, which are at most 48 characters of `[a-z0-9-]`
in a valid knowledge base; a payload from an older version or from somebody's own hand reads as None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 64


class Action(StrEnum):
    """What pressing a button does."""

    SHOW = "e"
    """Send the entry's answer as a new message."""
    CHOOSE = "c"
    """Turn the "did you mean" message into the entry's answer."""
    NONE_OF_THESE = "n"
    """None of the offered entries was meant."""
    TOPICS = "l"
    """Turn the message into the list of topics."""
    TOPIC = "t"
    """Turn the message into the list of a topic's entries."""
    BROWSE = "b"
    """Turn the message into an entry's answer, with a way back to its topic."""
    SOURCES = "s"
    """Send what the cited passages say."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A button's meaning; `id` is an entry or topic id, empty where the action needs none."""

    action: Action
    id: str = ""


_FORM = re.compile(r"([a-z]):([a-z0-9-]{0,60})")


def pack(action: Action, id_: str = "") -> str:
    """The payload of a button.

    Raises:
        ValueError: The id doesn't fit; a checked knowledge base has none such.
    """
    data = f"{action}:{id_}"
    if _FORM.fullmatch(data) is None or len(data.encode()) > MAX_BYTES:
        raise ValueError(f"no button payload can hold the id {id_!r}")
    return data


def unpack(data: str | None) -> Payload | None:
    """What a payload means, None where it means nothing (any more)."""
    found = _FORM.fullmatch(data or "")
    if found is None or found[1] not in set(Action):
        return None
    return Payload(Action(found[1]), found[2])
