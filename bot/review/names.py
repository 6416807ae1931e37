"""Which words of a text are somebody's name, as far as capitals, neighbours and a list of common names tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import dataclass
from importlib.resources import files as package_files
from typing import Final


def _listed(name: str) -> frozenset[str]:
    """The words of a list that lies beside this module."""
    text = package_files("bot.review").joinpath(name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


NAMES: Final = _listed("names.txt")
"""Common given and family names that aren't ordinary words, in lower case."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # noqa: RUF001 - the apostrophe that phones write
_TITLES: Final = frozenset("dr mr mrs ms miss prof doctor doctora nurse señor señora sr sra don doña".split())
_CUES: Final = re.compile(
    r"(?:\bname\s?(?:is|was|'s|’s)|\bnames|\bcall\sme|\bcalled|\bnamed|\bme\sllamo|\bse\sllama|\bnombre\ses|\bsigned|\bregards,?|\bsincerely,?)\s$",  # noqa: RUF001 - people type this apostrophe
    re.IGNORECASE,
)
_LONGEST_CUE: Final = 20
_SENTENCE_END: Final = re.compile(r"""[.!?…:;"“(\[•*-]\s?$""")
_NEVER: Final = _listed("nobody.txt")
"""What is always written with a capital, and is nobody's name."""
ORDINARY_UP_TO: Final = 3
"""Letters of words that count as ordinary without being looked up."""
ABBREVIATION_UP_TO: Final = 5
"""Letters of words in capitals that are taken for abbreviations, such as ALS."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of words; all in lower case, but for the writer's names.

    Attributes:
        own_names: The writer's own, as Telegram tells them.
        known: Words that the subject itself uses, such as its places and agencies: nobody's name.
        ordinary: Words of the language, of four letters or more.
    """

    own_names: Collection[str]
    known: Container[str]
    ordinary: Container[str]

    def is_ordinary(self, lower: str) -> bool:
        """Whether a word means something by itself."""
        return len(lower) <= ORDINARY_UP_TO or lower in self.ordinary

    def is_own(self, word: str, lower: str) -> bool:
        """Whether a word is the writer's name; one that is an ordinary word too must be written as the name is."""
        return any(
            lower == part.lower() and (word.startswith(part) or not self.is_ordinary(lower))
            for name in self.own_names
            for part in _WORD.findall(name)
            if len(part) > 1
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word is in its sentence."""

    starts: bool
    """At the beginning of a sentence, where every word has a capital."""
    cued: bool
    """After "my name is", "Dr." and the like."""
    follows: bool
    """Right after a name."""
    shouting: bool
    """In a text of capitals, which then tell nothing."""


def hide_names(text: str, marks: re.Pattern[str], mark: str, vocabulary: Vocabulary) -> str:
    """Put a mark in the place of each name; one for names that stand side by side.

    Args:
        text: A text.
        marks: What looks like this is a mark already.
        mark: The mark of a name.
        vocabulary: What is known of words.
    """
    taken = [found.span() for found in marks.finditer(text)]
    found_words = [
        word for word in _WORD.finditer(text) if not any(start <= word.start() < end for start, end in taken)
    ]
    long = [word[0] for word in found_words if len(word[0]) > 1]
    shouting = sum(word.isupper() for word in long) * 2 > len(long)
    out: list[str] = []
    at, last, last_is_name = 0, None, False
    for word in found_words:
        before = text[: word.start()]
        gap = text[last.end() : word.start()] if last else before
        place = _Place(
            starts=not before or bool(_SENTENCE_END.search(before[-3:])),
            cued=bool(_CUES.search(before[-_LONGEST_CUE:]))
            or (last is not None and last[0].lower() in _TITLES and gap in (" ", ".", ". ")),
            follows=last_is_name and gap == " ",
            shouting=shouting,
        )
        is_name = _is_name(word[0], place, vocabulary)
        if is_name:
            if not (last_is_name and gap.strip(" .-") == ""):
                out.append(text[at : word.start()] + mark)
            at = word.end()
        last, last_is_name = word, is_name
    return "".join([*out, text[at:]])


def _is_name(word: str, place: _Place, vocabulary: Vocabulary) -> bool:
    lower = re.sub(r"['\u2019]s?$", "", word.lower())
    if vocabulary.is_own(word, lower):
        return True
    if lower in _NEVER or lower in vocabulary.known or len(lower) < 2:
        return False
    # A surname shows in small letters too.
    if lower in NAMES or (place.follows and not vocabulary.is_ordinary(lower)):
        return True
    has_capital = word[0].isupper() and not place.shouting
    if place.cued:
        return has_capital or not vocabulary.is_ordinary(lower)
    if not has_capital or (word.isupper() and len(word) <= ABBREVIATION_UP_TO):
        return False
    return place.follows or not place.starts or not vocabulary.is_ordinary(lower)
