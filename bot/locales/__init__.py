"""The bot's own words, one Fluent catalogue a language, which translators edit without touching code.

Names of months and of languages, and how a percentage is written, come from Babel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_percent
from fluent.runtime import FluentBundle, FluentResource

from knowledge.model import language_code

DEFAULT_LANGUAGE: Final = "en"
_YEAR_AND_MONTH: Final = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")


class Words:
    """One language's catalogue.

    Args:
        language: Two-letter code of a catalogue in this folder.
        file: The catalogue, where it isn't called after its language.
    """

    def __init__(self, language: str, file: str = "") -> None:
        self.language = language
        text = resources.files(__package__).joinpath(file or f"{language}.ftl").read_text(encoding="utf-8")
        # Isolation marks around every variable would show up as boxes in old Telegram clients.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(text))
        self._plain: dict[str, str] = {}
        """The messages without variables that were asked for so far."""

    def __call__(self, name: str, **variables: str | int) -> str:
        """A message as plain text, its variables filled in.

        Raises:
            KeyError: No such message.
            ValueError: A variable that the message names wasn't given.
        """
        if not variables and (plain := self._plain.get(name)) is not None:
            return plain
        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise KeyError(name)
        text, errors = self._bundle.format_pattern(pattern, variables)
        if errors:
            raise ValueError(f"message {name!r} of catalogue {self.language!r}: {errors[0]}")
        if not variables:
            self._plain[name] = str(text)
        return str(text)

    def has(self, name: str) -> bool:
        """Whether there is such a message."""
        return self._bundle.has_message(name)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the catalogues at hand, the default one first."""
    folder = resources.files(__package__)
    codes = sorted(f.name.removesuffix(".ftl") for f in folder.iterdir() if f.name.endswith(".ftl"))
    return tuple(sorted(codes, key=lambda code: code != DEFAULT_LANGUAGE))


@cache
def words(language: str) -> Words:
    """The catalogue of a language, the default one where it has none."""
    return Words(language if language in languages() else DEFAULT_LANGUAGE)


@cache
def _foreign() -> Words:
    return Words(DEFAULT_LANGUAGE, "foreign/sentences.ftl")


def not_in(foreign: str, understood: Collection[str], readers: Sequence[str]) -> str:
    """That the bot doesn't answer in the language that somebody wrote in, which ones it understands, and whom to call in an emergency.

    Args:
        foreign: The code of that language.
        understood: Those of the languages that it understands.
        readers: Those of the languages to say it in as well: the first one, or all where it can't be said in that language.

    Returns:
        A paragraph for each language that it is said in.
    """

    def said(words: Words, name: str, reader: str) -> str:
        return words(name, languages=joined(tuple(understood), reader))

    if foreign in languages():
        first = [said(words(foreign), "decline-foreign", foreign)]
    elif _foreign().has(foreign):
        first = [said(_foreign(), foreign, foreign)]
    else:
        first = []
    rest = [said(words(code), "decline-foreign", code) for code in (readers[:1] if first else readers)]
    return "\n\n".join(dict.fromkeys([*first, *rest]))


def is_language(tag: str) -> bool:
    """Whether a tag such as `en` or `es-MX` names a language."""
    code = language_code(tag)
    return language_name(code) != code


@cache
def language_name(code: str, reader: str | None = None) -> str:
    """What a language is called.

    Args:
        code: The language's two or three letters.
        reader: The language to name it in; its own where None.

    Returns:
        The name as it stands in a sentence; the code itself where nobody has named it.
    """
    try:
        return Locale.parse(code).get_language_name(reader or code) or code
    except (UnknownLocaleError, ValueError):
        return code


@cache
def joined(codes: Sequence[str], reader: str) -> str:
    """Languages as they are counted up in a language: "English and Spanish"; with commas alone in one that nobody has described."""
    names = [language_name(code, reader) for code in codes]
    try:
        return format_list(names, locale=reader)
    except (UnknownLocaleError, ValueError):
        return ", ".join(names)


def own_name(code: str) -> str:
    """A language's own name for itself, as a button has it: with a capital."""
    name = language_name(code)
    return name[0].upper() + name[1:]


def language_called(name: str) -> str | None:
    """The catalogue whose language somebody names: by its code, or as it is called in any of these languages."""
    wanted = _folded(name)
    for code in languages():
        if wanted in {code, *(_folded(language_name(code, reader)) for reader in languages())}:
            return code
    return None


def _folded(name: str) -> str:
    """A name without its accents and case: people type "espanol"."""
    apart = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


@lru_cache(maxsize=64)
def month_and_year(published: str, reader: str) -> str:
    """A date such as `2013-08` in a language; what isn't a year with a month is given back as it is."""
    found = _YEAR_AND_MONTH.fullmatch(published)
    if found is None:
        return published
    return format_skeleton("yMMMM", date(int(found[1]), int(found[2]), 1), locale=reader)


def percent(share: float, reader: str) -> str:
    """A share from 0 to 1 as a language writes a whole percentage: 81% in English, 81 % in Spanish."""
    return format_percent(share, locale=reader)
