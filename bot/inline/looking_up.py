"""Typed letters -> the entries that may be meant, best first, while somebody is still typing. Pure.

The matcher understands whole words and sentences, but not how an unfinished word goes on. So two are asked: the matcher,
which has learned the phrasings, and the look-up, which compares beginnings of words with the entries' questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.answerer import Answerer
from knowledge.model import Entry, Kind
from knowledge.outcome import Match
from knowledge.policy import GUARDRAIL_RATIO
from knowledge.scorer import look_up, standing

MAX_FOUND: Final = 12
FLOOR: Final = 0.02
"""What is less likely than this isn't shown."""
_LOOK_UP_SHARE: Final = 0.15
"""How much a question whose words begin as those typed counts, against the classifier's share of 1."""
_STANDS_SHARE: Final = 0.5
"""How much a question counts in which the very letters typed stand, from the beginning of a word on."""
_STEEPNESS: Final = 4
"""Words that are merely alike (60 to 90 of 100) are to count little against words that fit."""
_FIRST_FEW: Final = 3
"""An urgent entry among this many likeliest ones goes first: a line too many costs less than one too few."""
_LATEST: Final = 100
"""Characters of the end of what was typed that the look-up reads; more is a story, and the matcher's."""


def entries_for(typed: str, language: str | None, answerer: Answerer, likely: Sequence[Match]) -> list[Entry]:
    """The entries that may be meant, at most `MAX_FOUND`; for nothing typed, some of each topic.

    Args:
        typed: As typed, the last word perhaps unfinished.
        language: Of the one who types.
        answerer: The core.
        likely: What its matcher makes of it, where something was typed.
    """
    entries = [e for e in answerer.entries(language).values() if e.kind is not Kind.CHITCHAT]
    if not typed.strip():
        return _some_of_each_topic(entries)[:MAX_FOUND]
    scores = dict.fromkeys((entry.id for entry in entries), 0.0)
    for match in likely:
        if match.entry_id in scores:
            scores[match.entry_id] = match.probability
    questions = [entry.question for entry in entries]
    for index, score in look_up(typed[-_LATEST:], questions):
        scores[entries[index].id] += _LOOK_UP_SHARE * (score / 100) ** _STEEPNESS
    # An id is what its curator calls the matter, in words that its question may lack.
    names = [entry.id.replace("-", " ") for entry in entries]
    for entry, asked, named in zip(entries, standing(typed, questions), standing(typed, names), strict=True):
        if asked or named:
            scores[entry.id] += _STANDS_SHARE
    highest = sorted(scores.values(), reverse=True)[:_FIRST_FEW] or [0.0]

    def rank(entry: Entry) -> tuple[bool, float]:
        likely = highest[-1] if entry.urgent else GUARDRAIL_RATIO * highest[0]
        guards = entry.kind is Kind.GUARDRAIL and scores[entry.id] >= likely
        return (not guards, -scores[entry.id])

    return sorted((e for e in entries if scores[e.id] >= FLOOR), key=rank)[:MAX_FOUND]


def _some_of_each_topic(entries: list[Entry]) -> list[Entry]:
    """The topics' first questions, then their second ones and so on: curators put first what is asked most."""
    places: dict[str, int] = {}
    ranked: list[tuple[int, Entry]] = []
    for entry in entries:
        if entry.kind is Kind.FAQ:
            places[entry.topic] = places.get(entry.topic, -1) + 1
            ranked.append((places[entry.topic], entry))
    return [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])]
