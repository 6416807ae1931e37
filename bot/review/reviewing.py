"""What a maintainer is shown of the questions that people sent, and the buttons to decide on them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from bot import formatting
from bot.callback_data import Action, Payload, pack
from bot.formatting import cut, escape, label, plain
from bot.locales import Words
from bot.reply import Button, Reply, Row
from bot.store.from_people import Suggestion
from knowledge.model import Entry, Topic
from knowledge.texts import units

MAX_SHOWN: Final = 5
"""Questions of a group that are shown, and decided on, together."""
MAX_CHOICES: Final = 90
"""Entries or topics to choose from: Telegram takes 100 buttons."""
MAX_TEXT: Final = 600
"""UTF-16 units of each question."""
MAX_NOTE: Final = 900
"""UTF-16 units for why a decision can't be carried out, where the questions leave as many."""
_LINE: Final = re.compile(r"^(?:\N{EN DASH} )?#([1-9][0-9]{0,17}) ", re.MULTILINE)
"""How each question begins that a message shows. A question is one line, so nobody can write such a beginning into one."""


@unique
class Decision(StrEnum):
    """What a maintainer makes of a group of questions."""

    ATTACH = "attach"
    """They are phrasings of an entry."""
    WANTED = "wanted"
    """An entry should be written."""
    OFF_TOPIC = "off-topic"
    DELETE = "delete"
    ELSEWHERE = "elsewhere"
    """None yet; show all topics, to choose another entry."""
    TOPIC = "topic"
    """None yet; show a topic's entries."""
    NEXT = "next"
    """None yet; show the next group."""
    UNDO = "undo"
    """Take back that they are phrasings of an entry."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group of questions in the order of their arrival, and how many questions wait altogether.

    Attributes:
        group: The group.
        total: Questions.
        groups: Groups; None where there are too many questions to sort all of them.
    """

    group: tuple[Suggestion, ...]
    total: int
    groups: int | None


def decision_of(payload: Payload) -> Decision | None:
    """What a button does; None for one of something else."""
    if payload.action is not Action.REVIEW or payload.more not in set(Decision):
        return None
    return Decision(payload.more)


def numbers_in(text: str) -> tuple[int, ...]:
    """The questions that a message of this module shows: all that a press under it is about, and none that came later."""
    return tuple(int(number) for number in _LINE.findall(text))


def card(
    waiting: Waiting, entries: Sequence[Entry], words: Words, *, note: str = "", topics: Sequence[Topic] = ()
) -> Reply:
    """A group of questions, with entries that it may be about.

    Args:
        waiting: The group.
        entries: The likeliest first, or all of a topic.
        words: The bot's own words.
        note: What stood against a decision; empty for none.
        topics: To choose another entry from.
    """
    first, *others = waiting.group
    lines = [
        escape(
            words("review-title-many", total=waiting.total)
            if waiting.groups is None
            else words("review-title", total=waiting.total, groups=waiting.groups)
        ),
        f"<blockquote>{_shown(first)}</blockquote>",
    ]
    if others:
        alike = "\n".join(f"\N{EN DASH} {_shown(one)}" for one in others)
        lines.append(f"{escape(words('review-alike', count=len(others)))}\n{alike}")
    ask = escape(words("review-ask"))
    if note:
        room = formatting.MAX_TEXT - units(plain("\n\n".join([*lines, "", ask])))
        lines.append(f"<b>{escape(cut(note, min(MAX_NOTE, room)))}</b>")
    lines.append(ask)
    rows: list[Row] = [
        (_button(label(entry.question), Decision.ATTACH, entry.id),) for entry in entries[:MAX_CHOICES]
    ]
    rows += [(_button(label(topic.title), Decision.TOPIC, topic.id),) for topic in topics[:MAX_CHOICES]]
    rows += [
        (_button(words("review-elsewhere"), Decision.ELSEWHERE),),
        (_button(words("review-wanted"), Decision.WANTED),),
        (
            _button(words("review-off-topic"), Decision.OFF_TOPIC),
            _button(words("review-delete"), Decision.DELETE),
            _button(words("review-next"), Decision.NEXT),
        ),
    ]
    return Reply("\n\n".join(lines), tuple(rows))


def done(decision: Decision, group: Sequence[Suggestion], entry: Entry | None, words: Words) -> Reply:
    """What was decided, in the place of the card."""
    text = escape(words(f"review-did-{decision}"))
    shown = "\n".join(map(_shown, group))
    if entry is not None:
        text = f"{text} “{escape(entry.question)}”"
    rows: tuple[Row, ...] = ()
    if decision is Decision.ATTACH and entry is not None:
        rows = ((_button(words("review-undo"), Decision.UNDO, entry.id),),)
    return Reply(f"{text}\n\n<blockquote>{shown}</blockquote>" if shown else text, rows)


def _shown(suggestion: Suggestion) -> str:
    return f"#{suggestion.number} {escape(cut(suggestion.text, MAX_TEXT))}"


def _button(text: str, decision: Decision, entry_id: str = "") -> Button:
    return Button(text, pack(Action.REVIEW, entry_id, decision))
