"""Phrases that the catalogues list, as people type them, in all of the bot's languages at once: people mix them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import Final

from bot.locales import languages, words

MAX_LENGTH: Final = 80
"""Characters of a text that may mean a button; a longer one tells more than that."""
_RECENT: Final = 64
"""Texts whose plain form is kept: that of one message is asked for several times, and those of buttons' names with each."""
_SPELT: Final = 5
"""Letters of a word for a number from which on a typing error in it is mended."""
_NOT_SAID: Final = re.compile(r"[^\w\s]+")
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")


@lru_cache(maxsize=_RECENT)
def plainly(text: str) -> str:
    """A text without its case, accents, punctuation and surplus blanks: what is left is compared."""
    bare = text.casefold()
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", bare)
        bare = "".join(character for character in apart if not unicodedata.combining(character))
    return _DRAWN_OUT.sub(r"\1", " ".join(_NOT_SAID.sub("", bare).split()))


@cache
def phrases(name: str) -> frozenset[str]:
    """All phrases that the catalogues list under a name, plainly."""
    return frozenset(plainly(phrase) for code in languages() for phrase in words(code)(name).split("|"))


@cache
def asked_for(code: str) -> frozenset[str]:
    """With what a language is asked for."""
    return frozenset(map(plainly, words(code)("typed-language").split("|")))


@cache
def ordinals() -> dict[str, int]:
    """Words for the numbers from 1."""
    found: dict[str, int] = {}
    for code in languages():
        for number, names in enumerate(words(code)("typed-numbers").split(","), 1):
            found |= {plainly(name): number for name in names.split("|")}
    return found


@cache
def spelt_ordinals() -> dict[str, int]:
    """Those of the words that are long enough to be known by all but one letter; cardinal numbers resemble too many words."""
    first = {
        plainly(names.split("|")[0])
        for code in languages()
        for names in words(code)("typed-numbers").split(",")
    }
    return {name: number for name, number in ordinals().items() if len(name) >= _SPELT and name not in first}


def says(said: Sequence[str], listed: Collection[str], beside: Collection[str] = ()) -> bool:
    """Whether words are nothing but some listed phrases, one at least, and what may stand beside them."""
    polite = phrases("typed-polite")
    reached: dict[int, bool] = {
        0: False
    }  # where a phrase may end -> whether one of those that count has been said
    for end in range(1, len(said) + 1):
        for start in list(reached):
            part = " ".join(said[start:end])
            if part in listed:
                reached[end] = True
            elif part in polite or part in beside:
                reached[end] = reached.get(end, False) or reached[start]
    return reached.get(len(said), False)
