"""Button payloads: what a button means <-> at most 64 bytes.

A payload is a letter, a colon and an id; some actions take a little more behind another colon. An id is at most 48
characters of `[a-z0-9-]`, as those of entries and topics are in a valid knowledge base; a payload from an older version or
from somebody's own hand reads as None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import lru_cache
from typing import Final

MAX_BYTES: Final = 64


@unique
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
    FEEDBACK = "f"
    """Say of an entry's answer whether it helped; what exactly comes after the id (see `bot/review/feedback.py`)."""
    SUGGEST = "q"
    """Send a question to the maintainers: a step of that (see `bot/review/suggesting.py`)."""
    REVIEW = "v"
    """Decide on questions that people sent; how comes after the number (see `bot/review/reviewing.py`)."""
    LANGUAGE = "g"
    """Speak the language with this code in the chat; with none, that of the reader's app."""
    SETTING = "m"
    """Set something in a group; the id is the choice, such as `mode-quiet`, or empty to close the panel."""
    REMOVE = "x"
    """Take the message out of a group again; the id is the number of who asked for it, then comes its language."""
    FORGET = "d"
    """Delete what is kept of who presses it in private."""
    CHECKLIST = "k"
    """Turn the message into a step of the checklist; the id is the code of a walk (see `knowledge/checklist.py`).

    With none it is sent as a new message, where somebody left it or at its beginning.
    """


ELSEWHERE: Final = "else"
"""The id of a `NONE_OF_THESE` under an urgent answer: something else is meant."""
_ACTIONS: Final = frozenset(Action)
_TAKES_MORE: Final = frozenset({Action.CHOOSE, Action.FEEDBACK, Action.SUGGEST, Action.REVIEW, Action.REMOVE})


@dataclass(frozen=True, slots=True)
class Payload:
    """A button's meaning.

    Attributes:
        action: What pressing it does.
        id: What it is done with: an entry or a topic, and by action also the key of a draft, the code of a walk or of a
            language, or a choice in a group's settings; empty where the action needs none.
        more: What an action takes besides, at most 13 characters of `[a-z0-9-]`; empty for most.
    """

    action: Action
    id: str = ""
    more: str = ""


_FORM = re.compile(r"([a-z]):([a-z0-9-]{0,60})(?::([a-z0-9-]{1,13}))?")


@lru_cache(maxsize=1024)  # what many chats remember of their buttons is in memory once
def pack(action: Action, id_: str = "", more: str = "") -> str:
    """The payload of a button; arguments as in `Payload`.

    Raises:
        ValueError: It doesn't fit; with a checked knowledge base everything does.
    """
    data = f"{action}:{id_}:{more}" if more else f"{action}:{id_}"
    if unpack(data) != Payload(action, id_, more):
        raise ValueError(f"no button payload can hold the id {id_!r} and {more!r}")
    return data


def unpack(data: str | None) -> Payload | None:
    """What a payload means, None where it means nothing (any more)."""
    found = _FORM.fullmatch(data or "")
    if found is None or found[1] not in _ACTIONS or len(found[0]) > MAX_BYTES:
        return None
    action, more = Action(found[1]), found[3] or ""
    return Payload(action, found[2], more) if not more or action in _TAKES_MORE else None
