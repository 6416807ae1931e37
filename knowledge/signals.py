"""What tells a right match from a wrong one, as numbers."""

from __future__ import annotations

import math
from typing import NamedTuple


class Signals(NamedTuple):
    """The signals of a question's match with an entry; also the weights that calibration gives them."""

    log_odds: float
    """Of the share that the classifier gives the entry."""
    score: float
    """The classifier's raw score of the entry: how much evidence there is at all."""
    similarity: float
    """To the nearest phrasing of the entry, 0 to 1."""
    coverage: float
    """The IDF-weighted share of the question's content words that the entry's phrasings use, 0 to 1.

    A question about another object in the same words ("may I declare parrots?") shows here."""
    length: float
    """log(1 + number of words)."""
    contrast: float
    """`similarity` less the similarity to the nearest off-topic message, -1 to 1."""


def log_odds(probability: float) -> float:
    """log(p / (1 - p)), kept finite."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))
