"""A typed text -> the button that it means, or what else it says that is no question. Pure.

So everything that buttons do in a private chat can be done by text alone, and "ok" isn't looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from enum import StrEnum, unique
from functools import cache
from typing import Final

from bot.callback_data import ELSEWHERE, Action, Payload, unpack
from bot.locales import languages, words
from bot.reply import Button, Reply

MAX_LENGTH: Final = 80
"""Characters of a text that may mean a button; a longer one tells more than that."""
_NOT_SAID: Final = re.compile(r"[^\w\s]+")
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
_NODS: Final = frozenset("👍👌🙏🙂😊☺😀😃😄😁😆😅😂🤣😉😌😮🤔👏🙌💪🤝🫡✅✔❤💯")
"""Pictures that only acknowledge; tears are not among them."""
_SHADES: Final = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
"""How a picture is drawn: in colour, with which skin."""
_OF_ENTRIES: Final = frozenset({Action.SHOW, Action.CHOOSE, Action.BROWSE})
_TYPED: Final = frozenset(
    {*_OF_ENTRIES, Action.NONE_OF_THESE, Action.TOPICS, Action.TOPIC, Action.SOURCES}
    | {Action.CHECKLIST, Action.LANGUAGE}
)
"""What typing does too. What is counted or kept, feedback and questions for the maintainers, needs a press."""


@unique
class Remark(StrEnum):
    """What a short text says that is neither a question nor a choice, as `typed-...` in the catalogues."""

    NONE = "none"
    YES = "yes"
    NOD = "nod"
    """It acknowledges what was said, and asks nothing."""
    SAFE = "safe"
    """Nobody is in danger, whatever was taken for it."""
    ELSE = "else"
    """Something else is meant than what was said to it."""
    AGAIN = "again"
    SIMPLER = "simpler"
    MORE = "more"


def heard(text: str, shown: Reply, *, urgent: bool = False) -> Payload | Remark | None:
    """What a text means that was typed in private; None where it is a question like any other.

    Args:
        text: What somebody typed.
        shown: What they were shown last.
        urgent: Whether somebody's safety is being spoken of: then nothing is a mere remark.

    Returns:
        What the button does that is meant; `Remark.YES` for a yes to several questions, `NOD`, `SIMPLER` or `MORE`.
    """
    offered = [button for row in shown.buttons for button in row if button.data]
    button = chosen(text, offered)
    payload = unpack(button.data) if button else None
    if payload is not None:
        return payload if payload.action in _TYPED else None
    first = unpack(offered[0].data) if offered else None
    if first and (first.action is Action.SUGGEST or (first.action is Action.CHECKLIST and first.id)):
        return None  # it waits for a response
    if language := _language(text):
        return Payload(Action.LANGUAGE, language)
    return _remark(
        remarked(text), shown, asked=first is not None and first.action is Action.CHOOSE, urgent=urgent
    )


def _remark(remark: Remark | None, shown: Reply, *, asked: bool, urgent: bool) -> Payload | Remark | None:
    if remark is Remark.ELSE:
        return Payload(Action.NONE_OF_THESE, ELSEWHERE) if urgent or asked else None
    if asked and remark is not Remark.SAFE:
        return Remark.YES if remark in (Remark.YES, Remark.NOD) else None
    if remark is Remark.AGAIN or (urgent and remark in (Remark.SIMPLER, Remark.MORE)):
        return Payload(Action.SHOW, shown.tells) if shown.tells else None
    if remark is not Remark.SAFE and (urgent or (remark is not Remark.NOD and not shown.tells)):
        return None
    if remark is Remark.NONE:
        return Payload(Action.NONE_OF_THESE)
    return Remark.NOD if remark is Remark.YES else remark


def chosen(text: str, offered: Sequence[Button]) -> Button | None:
    """The button that a text means; None where it means none of them, or more than one.

    Args:
        text: What somebody typed.
        offered: The buttons that they were shown last, in order.
    """
    said = plainly(text) if offered and len(text) <= MAX_LENGTH else ""
    if not said:
        return None
    meant = [button for button in offered if said in _names(button)]
    if meant:
        return meant[0] if len({button.data for button in meant}) == 1 else None
    number = _number(said.split(), offered)
    return offered[number - 1] if number and number <= len(offered) else None


def remarked(text: str) -> Remark | None:
    """What a text says that asks nothing and is nothing but that: "ok", "I see, thanks", a thumb."""
    if len(text) > MAX_LENGTH:
        return None
    said, asking = plainly(text).split(), "?" in text
    if not said:
        pictures = {character for character in text if not character.isspace()} - _SHADES
        return Remark.NOD if pictures and pictures <= _NODS else None
    remarks = (remark for remark in Remark if not (asking and remark is Remark.NOD))
    return next(
        (remark for remark in remarks if _says(said, _phrases(f"typed-{remark}"), _beside(remark))), None
    )


def plainly(text: str) -> str:
    """A text without its case, accents, punctuation and surplus blanks: what is left is compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return _DRAWN_OUT.sub(r"\1", " ".join(_NOT_SAID.sub("", bare).split()))


def _language(text: str) -> str | None:
    """The language that somebody asks to be spoken to in; None where they ask no such thing."""
    said = plainly(text).split() if len(text) <= MAX_LENGTH else []
    beside = _phrases("typed-again")
    return next((code for code in languages() if _says(said, _asked_for(code), beside)), None)


def _says(said: Sequence[str], phrases: Collection[str], beside: Collection[str] = ()) -> bool:
    """Whether words are nothing but some phrases, one at least, and what may stand beside them."""
    if not _sayable().issuperset(said):  # nearly every question has a word that no phrase has
        return False
    polite = _phrases("typed-polite")
    reached: dict[int, bool] = {
        0: False
    }  # where a phrase may end -> whether one of those that count has been said
    for end in range(1, len(said) + 1):
        for start in list(reached):
            part = " ".join(said[start:end])
            if part in phrases:
                reached[end] = True
            elif part in polite or part in beside:
                reached[end] = reached.get(end, False) or reached[start]
    return reached.get(len(said), False)


def _beside(remark: Remark) -> frozenset[str]:
    """What may stand beside a remark, besides what is merely polite: "no, nobody is ill, ok"."""
    if remark is not Remark.SAFE:
        return frozenset()
    return _phrases(f"typed-{Remark.NONE}") | _phrases(f"typed-{Remark.NOD}")


def _names(button: Button) -> set[str]:
    return {plainly(name) for name in (button.text, *button.heard.split("|")) if plainly(name)}


def _number(said: Sequence[str], offered: Sequence[Button]) -> int | None:
    """The number that a few words name: "2", "the second one", "la segunda"; the last one is the last question."""
    left = [word for word in said if word not in _phrases("typed-fillers")] or list(said)
    if len(left) != 1:
        return None
    if left[0].isascii() and left[0].isdigit():
        return int(left[0])
    if left[0] not in _phrases("typed-last"):
        return _ordinals().get(left[0])
    payloads = map(unpack, (button.data for button in offered))
    questions = [number for number, its in enumerate(payloads, 1) if its and its.action in _OF_ENTRIES]
    return max(questions, default=len(offered))


# People mix the bot's languages, so each thing may be said in any of them.
@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(plainly(phrase) for code in languages() for phrase in words(code)(name).split("|"))


@cache
def _sayable() -> frozenset[str]:
    """Every word of all phrases that `_says` is asked about."""
    phrases = {*_phrases("typed-polite")}
    phrases.update(*(_phrases(f"typed-{remark}") for remark in Remark), *map(_asked_for, languages()))
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _asked_for(code: str) -> frozenset[str]:
    return frozenset(map(plainly, words(code)("typed-language").split("|")))


@cache
def _ordinals() -> dict[str, int]:
    found: dict[str, int] = {}
    for code in languages():
        for number, names in enumerate(words(code)("typed-numbers").split(","), 1):
            found |= {plainly(name): number for name in names.split("|")}
    return found
