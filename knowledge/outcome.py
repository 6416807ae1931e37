"""The nouns of matching: what is asked, what may answer it, and what is to be done; plain, frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import ClassVar, Literal, TypeAlias


class Alert(IntEnum):
    """How much of an urgent answer that was given still stands."""

    OVER = 0
    """Nothing: messages are answered as in any other conversation."""
    FADING = 1
    """Only what tells of the danger again, or is likely to go on with it, gets it again."""
    SHORT = 2
    """As `RAISED`, once more, or as often in a row as messages tell of the danger again."""
    RAISED = 3
    """It was just given; what isn't surely about something else gets it again in short."""


class Relief(IntEnum):
    """What somebody says about a danger that is better than before."""

    NONE = 0
    DENIED = 1
    """Nobody is in danger, or was."""
    WELL = 2
    """It is over, or better."""
    HELP = 3
    """Somebody helps, or is on the way."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wrote, and how it reached the bot."""

    text: str
    language: str | None = None
    """The asker's language code, such as `es-MX`; None where unknown."""
    overheard: bool = False
    """True for group talk that isn't addressed to the bot."""
    previous: str | None = None
    """The entry answered last in this conversation, or asked back about, while that still matters."""
    offered: bool = False
    """Whether `previous` was only asked back about."""
    options: tuple[str, ...] = ()
    """The entries that were asked back about just before, from which a word or two may choose."""
    told: str = ""
    """What the same person told just before, one sentence a line, to which nothing was answered; empty for none."""
    quoted: bool = False
    """Whether somebody else wrote the text, at whom the asker points."""
    alarm: str | None = None
    """The urgent entry whose answer was given in this conversation."""
    alert: Alert = Alert.OVER
    """How much of that still stands."""
    grave: bool = False
    """Whether a danger or grief was mentioned just before, or may have been."""

    @property
    def troubled(self) -> bool:
        """Whether good news would be about a danger that was spoken of."""
        return self.alarm is not None or self.grave


@dataclass(frozen=True, slots=True)
class Match:
    """One entry that may answer a question."""

    entry_id: str
    confidence: float
    """Calibrated probability, 0 to 1, that this is the entry meant."""
    probability: float
    """Its share, 0 to 1, among all entries and the off-topic kinds: the classifier's, with the phrasings' likeness dealt in."""
    similarity: float
    """To the nearest phrasing of the entry, 0 to 1."""
    phrasing: str
    """That phrasing."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the matcher makes of a question."""

    matches: tuple[Match, ...]
    """Best first, a few of them; empty only where no word of the text is known."""
    off_topic: Mapping[str, float]
    """Off-topic kind -> the classifier's share, 0 to 1."""
    tokens: tuple[str, ...]
    """The words compared, typos mended."""
    clause: str = ""
    """The part of a long message that drew the best match; empty for the whole."""
    also: Match | None = None
    """What answers the second of two questions in one message."""
    danger: Match | None = None
    """The guardrail that one sentence of a long message surely means by itself."""
    suspected: Match | None = None
    """The guardrail that a short message may mean by its own words, however likely others are, and whatever came before."""
    mended: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the words that weren't known became; themselves where nothing is near."""

    def without(self, entry_id: str) -> Ranking:
        """The same without an entry that can't be meant."""
        return replace(self, matches=tuple(match for match in self.matches if match.entry_id != entry_id))


@dataclass(frozen=True, slots=True)
class Answer:
    """Confident: this entry answers."""

    name: ClassVar[Literal["answer"]] = "answer"
    match: Match
    also: Match | None = None
    """What answers the second of two questions in one message."""
    again: bool = False
    """An urgent answer that was given before still stands: it is `match`, or `also` where something else is answered too."""
    told: bool = False
    """Whether a danger was only told of among others, and nobody was asked: `match`, in a line."""


@dataclass(frozen=True, slots=True)
class Clarify:
    """Unsure: two or three likely entries to choose from."""

    name: ClassVar[Literal["clarify"]] = "clarify"
    matches: tuple[Match, ...]
    again: bool = False
    """Whether the first is an urgent entry whose answer was given before, and is repeated."""


@dataclass(frozen=True, slots=True)
class Decline:
    """Nothing here answers that."""

    name: ClassVar[Literal["decline"]] = "decline"
    foreign: str = ""
    """The language of a message that is plainly in one which the knowledge base doesn't speak; empty for any other."""
    again: Match | None = None
    """The urgent entry whose answer was given before, and is repeated."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Group talk that is none of the bot's business."""

    name: ClassVar[Literal["silent"]] = "silent"


Outcome: TypeAlias = Answer | Clarify | Decline | Silent
