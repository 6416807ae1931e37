"""Scores -> honest probabilities, and thresholds from a target rate of false answers.

Confidence is a logistic function of two signals of the best match: the log-odds that the classifier gives it, and
its similarity to the nearest phrasing of the same entry. The three coefficients are the maximum a posteriori
estimate from held-out messages of the knowledge base at hand, with a Gaussian prior at shipped values: a small
knowledge base keeps the shipped ones, a large one finds its own.

Sources: J. Platt, "Probabilistic outputs for support vector machines", 1999 (logistic calibration of held-out
scores); M. Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", 2015 (expected
calibration error, see `evaluator`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Doubles: TypeAlias = npt.NDArray[np.float64]

SHIPPED: Final = (1.1, 4.0, 0.8)
"""Log-odds, similarity, intercept: fitted on held-out writers of the bundled knowledge base."""
PRIOR_MESSAGES: Final = 60.0
"""How many held-out messages the shipped coefficients weigh as much as."""
OFF_TOPIC_SHARE: Final = 0.25
"""The share of messages that are off topic, as far as the probabilities are concerned."""
SHIPPED_ANSWER: Final = 0.8
SHIPPED_OVERHEARD: Final = 0.93
_PRIOR_THRESHOLD_MESSAGES: Final = 60.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A held-out message: the signals of its best match, and whether that match was right."""

    log_odds: float
    similarity: float
    right: bool
    off_topic: bool = False
    chatter: bool = False


@dataclass(frozen=True, slots=True)
class Calibration:
    """From signals to confidence, and the confidences from which to speak."""

    log_odds: float = SHIPPED[0]
    similarity: float = SHIPPED[1]
    intercept: float = SHIPPED[2]
    answer: float = SHIPPED_ANSWER
    """Confidence from which a message addressed to the bot is answered outright."""
    overheard: float = SHIPPED_OVERHEARD
    """Confidence from which a message overheard in a group is answered."""

    def confidence(self, log_odds: float, similarity: float) -> float:
        """The probability, 0 to 1, that a match with these signals is right."""
        z = self.log_odds * log_odds + self.similarity * (similarity - 0.5) + self.intercept
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))


def log_odds(probability: float) -> float:
    """log(p / (1 - p)), kept finite."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def calibrate(trials: Sequence[Trial], *, false_answers: float, spoken_to: float) -> Calibration:
    """Fit confidence and thresholds to held-out messages.

    Args:
        trials: In-scope and off-topic messages, none of which the classifier was trained on.
        false_answers: Target share, 0 to 1, of off-topic messages that get an answer.
        spoken_to: Target share, 0 to 1, of overheard chatter that gets an answer.

    Returns:
        The calibration; the shipped one where there are no trials.
    """
    if not trials:
        return Calibration()
    signals = np.array([[t.log_odds, t.similarity - 0.5, 1.0] for t in trials])
    right = np.array([t.right for t in trials], dtype=np.float64)
    off_topic = np.array([t.off_topic or t.chatter for t in trials])
    weights = np.ones(len(trials))
    if 0 < off_topic.sum() < len(trials):
        weights[off_topic] = OFF_TOPIC_SHARE * len(trials) / off_topic.sum()
        weights[~off_topic] = (1 - OFF_TOPIC_SHARE) * len(trials) / (~off_topic).sum()
    a, b, c = _maximum_a_posteriori(signals, right, weights)
    plain = Calibration(a, b, c)
    near = [plain.confidence(t.log_odds, t.similarity) for t in trials if t.off_topic]
    chatter = [plain.confidence(t.log_odds, t.similarity) for t in trials if t.chatter]
    return Calibration(
        a,
        b,
        c,
        answer=_threshold(near, false_answers, SHIPPED_ANSWER),
        overheard=_threshold(chatter, spoken_to, SHIPPED_OVERHEARD),
    )


def _threshold(confidences: Sequence[float], target: float, shipped: float) -> float:
    """The confidence that a `target` share exceeds, pulled towards the shipped value where there are few."""
    if not confidences:
        return shipped
    n = len(confidences)
    own = float(np.quantile(confidences, 1 - target))
    return (n * own + _PRIOR_THRESHOLD_MESSAGES * shipped) / (n + _PRIOR_THRESHOLD_MESSAGES)


def _maximum_a_posteriori(x: Doubles, y: Doubles, weights: Doubles) -> tuple[float, float, float]:
    """Newton's method on the weighted logistic likelihood with a Gaussian prior; three unknowns."""
    prior = np.array(SHIPPED)
    beta = prior.copy()
    # The prior is worth as much as messages of average information: p (1 - p) is about 0.1 for these.
    precision = 0.1 * PRIOR_MESSAGES * np.eye(3)
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -50, 50)))
        gradient = x.T @ (weights * (p - y)) + precision @ (beta - prior)
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + precision
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return float(beta[0]), float(beta[1]), float(beta[2])
