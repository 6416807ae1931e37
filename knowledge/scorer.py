"""How alike two texts are: rapidfuzz, for as-you-type look-up and for telling phrasings that say the same thing.

Whole questions are matched by the trained model (see `matcher`); what is measured here is likeness of letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process, utils

from knowledge.normalizer import clean

LOOK_UP_FLOOR: Final = 60.0
"""Below this score, 0 to 100, a look-up shows nothing rather than something."""


def likeness(one: str, other: str, at_least: float = 0.0) -> float:
    """How alike two texts in comparison form are, 0 to 1; word order counts little.

    Args:
        one: A text.
        other: Another.
        at_least: What is less counts as 0, which is found out sooner.
    """
    ratios = (fuzz.ratio, fuzz.token_sort_ratio)
    return max(ratio(one, other, score_cutoff=100 * at_least) for ratio in ratios) / 100


def look_up(typed: str, texts: Sequence[str]) -> list[tuple[int, float]]:
    """Texts that fit what has been typed so far.

    Args:
        typed: The beginning of a question, as typed: the last word may be unfinished.
        texts: What can be found.

    Returns:
        Pairs of (index into `texts`, score from 0 to 100), best first; ties in the order of `texts`.
    """
    if not (begun := _plain(typed)):
        return []
    hits = process.extract(
        begun,
        [_ready(text) for text in texts],
        scorer=_prefix_score,
        score_cutoff=LOOK_UP_FLOOR,
        limit=None,
    )
    return sorted(((index, score) for _, score, index in hits), key=lambda hit: (-hit[1], hit[0]))


def standing(typed: str, texts: Sequence[str]) -> list[bool]:
    """Which texts contain what has been typed so far as it is, starting at the beginning of a word."""
    begun = _plain(typed)
    return [bool(begun) and f" {begun}" in f" {_ready(text)}" for text in texts]


def _plain(text: str) -> str:
    """Letters and digits in lower case and without accents, which nobody types while looking something up."""
    return utils.default_process(clean(text))


@lru_cache(maxsize=4096)
def _ready(text: str) -> str:
    """A curator's text in that form. What people type isn't kept."""
    return _plain(text)


def _prefix_score(query: str, text: str, *, score_cutoff: float | None = None, **_: object) -> float:
    """Mean over the typed words of the best fitting word of the text; a word's beginning fits as a whole."""
    words = text.split()
    if not words:
        return 0.0
    total = 0.0
    for typed in query.split():
        total += max(100.0 if w.startswith(typed) else fuzz.ratio(typed, w) for w in words)
    score = total / len(query.split())
    return score if score_cutoff is None or score >= score_cutoff else 0.0
