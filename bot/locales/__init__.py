"""The bot's own words, one Fluent catalogue a language, which translators edit without touching code."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

DEFAULT_LANGUAGE: Final = "en"


class Words:
    """One language's catalogue.

    Args:
        language: Two-letter code of a catalogue in this folder.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        text = resources.files(__package__).joinpath(f"{language}.ftl").read_text(encoding="utf-8")
        # Isolation marks around every variable would show up as boxes in old Telegram clients.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(text))

    def __call__(self, name: str, **variables: str | int) -> str:
        """A message as plain text, its variables filled in.

        Raises:
            KeyError: No such message.
            ValueError: A variable that the message names wasn't given.
        """
        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise KeyError(name)
        text, errors = self._bundle.format_pattern(pattern, variables)
        if errors:
            raise ValueError(f"message {name!r} of catalogue {self.language!r}: {errors[0]}")
        return str(text)


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
