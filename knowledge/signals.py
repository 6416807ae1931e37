"""What tells a right match from a wrong one, as numbers."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

NEAR_ENOUGH: Final = 0.5
"""From this similarity on, a phrasing couldn't be nearer, as far as confidence goes.

A few words in common with one odd phrasing make a high similarity by accident; more of it tells ever less."""


class Terms(NamedTuple):
    """What calibration weighs; also the weights themselves."""

    log_odds: float
    score: float
    similarity: float
    coverage: float
    length: float
    contrast: float
    covered_odds: float
    """The log-odds times the coverage: what the classifier says of words that it has seen in that entry."""


class Signals(NamedTuple):
    """The signals of a question's match with an entry."""

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
    stray_similarity: float
    """To the nearest off-topic message, 0 to 1."""

    def terms(self) -> Terms:
        """What calibration weighs: no more of a similarity than says something, and products that say more together."""
        similarity = min(self.similarity, NEAR_ENOUGH)
        return Terms(
            self.log_odds,
            self.score,
            similarity,
            self.coverage,
            self.length,
            contrast=similarity - min(self.stray_similarity, NEAR_ENOUGH),
            covered_odds=self.log_odds * self.coverage,
        )


def log_odds(probability: float) -> float:
    """log(p / (1 - p)), kept finite."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def probability(logit: float) -> float:
    """1 / (1 + exp(-logit)), the inverse of `log_odds`, kept from overflowing."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))
