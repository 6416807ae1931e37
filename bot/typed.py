"""A typed text -> the button that it means: by its words, its number, or another way to say it. Pure.

So everything that buttons do in a private chat can be done by text alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

from bot.locales import languages, words
from bot.reply import Button

MAX_LENGTH: Final = 80
"""Characters of a text that may mean a button; a longer one tells more than that."""
_NOT_SAID: Final = re.compile(r"[^\w\s]+")


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
    number = _number(said.split(), len(offered))
    return offered[number - 1] if number and number <= len(offered) else None


def is_yes(text: str) -> bool:
    """Whether a text is a mere yes, which says nothing where there is more than one thing to say it to."""
    return plainly(text) in _yes()


def plainly(text: str) -> str:
    """A text without its case, accents, punctuation and surplus blanks: what is left is compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(_NOT_SAID.sub("", bare).split())


def _names(button: Button) -> set[str]:
    return {plainly(name) for name in (button.text, *button.heard.split("|")) if plainly(name)}


def _number(said: Sequence[str], count: int) -> int | None:
    """The number that a few words name: "2", "the second one", "la segunda"; `count` is the last one's."""
    left = [word for word in said if word not in _fillers()] or list(said)
    if len(left) != 1:
        return None
    if left[0].isascii() and left[0].isdigit():
        return int(left[0])
    return count if left[0] in _last() else _ordinals().get(left[0])


# A number may be named in any of the bot's languages: people mix them.
@cache
def _fillers() -> frozenset[str]:
    return frozenset(
        plainly(word) for code in languages() for word in words(code)("typed-fillers").split("|")
    )


@cache
def _yes() -> frozenset[str]:
    return frozenset(plainly(word) for code in languages() for word in words(code)("typed-yes").split("|"))


@cache
def _last() -> frozenset[str]:
    return frozenset(plainly(word) for code in languages() for word in words(code)("typed-last").split("|"))


@cache
def _ordinals() -> dict[str, int]:
    found: dict[str, int] = {}
    for code in languages():
        for number, names in enumerate(words(code)("typed-numbers").split(","), 1):
            found |= {plainly(name): number for name in names.split("|")}
    return found
