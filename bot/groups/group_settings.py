"""How the bot behaves in one group, as its admins set it. Pure: stored JSON <-> GroupSettings, and one change to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.store.protocol import Json


class Mode(StrEnum):
    """When the bot answers in a group."""

    ASKED = "asked"
    """Commands, and replies to the bot."""
    HELPFUL = "helpful"
    """Also what is plainly a question that it knows, now and then."""
    QUIET = "quiet"
    """Commands and replies of the group's admins alone."""


class Length(StrEnum):
    """How much of an answer a group gets."""

    FULL = "full"
    """All of it, folded after the first sentence."""
    FIRST = "first"
    """The first sentence, with its source; guardrails come whole all the same."""


_MODE: Final = "mode"
LANGUAGE: Final = "language"
"""The key of the language chosen for a chat, in groups and in private."""
_LENGTH: Final = "length"
_PRIVATE: Final = "private"
_AUTOMATIC: Final = "auto"
_ON: Final = "on"
_OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """A group's settings.

    Attributes:
        mode: When the bot answers.
        language: Code of the language it speaks there; None for that of each asker's Telegram app.
        length: How much of an answer is sent.
        private: Whether each answer has a button that opens it in the private chat.
    """

    mode: Mode = Mode.ASKED
    language: str | None = None
    length: Length = Length.FULL
    private: bool = True

    def choices(self) -> dict[str, str]:
        """What is chosen, field by field, in the words that buttons carry."""
        return {
            _MODE: self.mode.value,
            LANGUAGE: self.language or _AUTOMATIC,
            _LENGTH: self.length.value,
            _PRIVATE: _ON if self.private else _OFF,
        }


def read(stored: Mapping[str, Json]) -> GroupSettings:
    """Settings out of what is stored of a chat; what a newer or older version wrote there falls back to the default."""
    settings = GroupSettings()
    for field in (_MODE, LANGUAGE, _LENGTH, _PRIVATE):
        settings = changed(settings, f"{field}-{stored.get(field)}") or settings
    return settings


def written(settings: GroupSettings, stored: Mapping[str, Json]) -> dict[str, Json]:
    """What to store: settings that differ from the default, and all else that was stored of the chat."""
    default = GroupSettings().choices()
    differing = {field: choice for field, choice in settings.choices().items() if choice != default[field]}
    return {field: value for field, value in stored.items() if field not in default} | differing


def changed(settings: GroupSettings, choice: str) -> GroupSettings | None:
    """The settings with one choice made; None where there is no such choice.

    Args:
        settings: As they were.
        choice: Field and value with a hyphen between, such as `mode-quiet`: what a button carries.
    """
    field, _, value = choice.partition("-")
    if field == _MODE and value in set(Mode):
        return replace(settings, mode=Mode(value))
    if field == _LENGTH and value in set(Length):
        return replace(settings, length=Length(value))
    if field == _PRIVATE and value in {_ON, _OFF}:
        return replace(settings, private=value == _ON)
    if field == LANGUAGE and len(value) <= len("auto") and value.isalpha() and value.islower():
        return replace(settings, language=None if value == _AUTOMATIC else value)
    return None


def offered(languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What can be chosen, field by field in the order of the panel.

    Args:
        languages: Codes of the languages that there are answers in; of a single one there is nothing to choose.
    """
    found = {_MODE: tuple(mode.value for mode in Mode)}
    if len(languages) > 1:
        found[LANGUAGE] = (_AUTOMATIC, *languages)
    found[_LENGTH] = tuple(length.value for length in Length)
    found[_PRIVATE] = (_ON, _OFF)
    return found
