"""What people can say of an answer, as buttons. Pure; nothing here knows who says it."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final

from bot.callback_data import Action, Payload, pack
from bot.locales import Words
from bot.reply import Button, Row
from knowledge.model import Entry, Kind

VERSION_LENGTH: Final = 6
"""Characters of a knowledge base's hash that a button has room for, and that counts are kept under."""
OTHER_VERSION: Final = "other"
"""Counts of answers from a knowledge base that isn't the loaded one are kept under this: a button may be old, or made up."""


@unique
class Opinion(StrEnum):
    """What somebody says of an answer; the last three are reasons for the second."""

    HELPED = "helped"
    NOT_HELPED = "not-helped"
    NOT_ASKED = "not-asked"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"


REASONS: Final = (Opinion.NOT_ASKED, Opinion.UNCLEAR, Opinion.OUTDATED)
_LETTERS: Final = dict(zip("ynaud", Opinion, strict=True))
_LETTER_OF: Final = {opinion: letter for letter, opinion in _LETTERS.items()}


def version_of(content_hash: str) -> str:
    """The version of a knowledge base as counts name it."""
    return content_hash[:VERSION_LENGTH].ljust(VERSION_LENGTH, "0")


def may_be_judged(entry: Entry) -> bool:
    """Whether people are asked about an entry's answer: not after an emergency or a courtesy."""
    return entry.kind in (Kind.FAQ, Kind.GAP)


def question_row(entry: Entry, version: str, words: Words, key: str = "") -> tuple[Row, ...]:
    """The row under an answer that asks whether it helped; none where that isn't asked.

    Args:
        entry: The entry that was answered.
        version: Of the knowledge base.
        words: The bot's own words.
        key: Under which the question is remembered, see `bot/review/drafts.py`; empty where it isn't.
    """
    if not may_be_judged(entry):
        return ()
    more = version + key
    return (
        tuple(_button(entry.id, opinion, more, words) for opinion in (Opinion.HELPED, Opinion.NOT_HELPED)),
    )


def reason_rows(payload: Payload, words: Words) -> tuple[Row, ...]:
    """The rows that ask why an answer didn't help, one tap each.

    Args:
        payload: Of the button that was pressed before.
        words: The bot's own words.
    """
    return tuple((_button(payload.id, reason, payload.more[1:], words),) for reason in REASONS)


def opinion_of(payload: Payload) -> Opinion | None:
    """What a button says; None for one that isn't about feedback."""
    if payload.action is not Action.FEEDBACK or not payload.id:
        return None
    return _LETTERS.get(payload.more[:1])


def counted_version(payload: Payload, loaded: str) -> str:
    """The version under which a press is counted."""
    return loaded if payload.more[1 : 1 + VERSION_LENGTH] == loaded else OTHER_VERSION


def key_of(payload: Payload) -> str:
    """The key under which the question is remembered, perhaps; empty where the button has none."""
    return payload.more[1 + VERSION_LENGTH :]


def _button(entry_id: str, opinion: Opinion, more: str, words: Words) -> Button:
    return Button(
        words(f"feedback-{opinion}"), pack(Action.FEEDBACK, entry_id, f"{_LETTER_OF[opinion]}{more}")
    )
