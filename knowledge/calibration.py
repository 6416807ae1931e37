"""Signals -> honest probabilities, and thresholds from target rates of false answers.

Confidence is a logistic function of a few signals of the best match (`signals.Signals`). Its weights are the maximum
a posteriori estimate from held-out messages of the knowledge base at hand, with a Gaussian prior at shipped values:
a small knowledge base keeps the shipped ones, a large one finds its own. What is shipped differs for knowledge bases
that bring many off-topic messages of their own (`LISTED`) and for those that don't (`BARE`).

Sources: J. Platt, "Probabilistic outputs for support vector machines", 1999 (logistic calibration of held-out
scores); M. Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", 2015 (expected
calibration error, see `measures`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.signals import Signals, Terms, log_odds, probability

Doubles: TypeAlias = npt.NDArray[np.float64]

SHIPPED: Final = Terms(
    log_odds=0.9,
    score=-0.6,
    similarity=2.5,
    coverage=4.2,
    length=1.2,
    contrast=4.0,
    covered_odds=0.5,
)
SHIPPED_INTERCEPT: Final = -2.2
"""Fitted once on held-out messages of the bundled knowledge base."""
PRIOR_MESSAGES: Final = 60.0
"""How many held-out messages the shipped weights count as much as, where entries have enough phrasings."""
OFF_TOPIC_SHARE: Final = 0.15
"""The share of messages that are off topic, as far as the probabilities are concerned."""
GUARDRAIL_FLOOR: Final = 0.5
"""No guardrail speaks below this confidence, however rarely it is mistaken."""
OVERHEARD_FLOOR: Final = 0.92
"""Nothing overheard is answered below this confidence: the quantile of so rare a mistake hangs on a message or two."""
PRIOR_EXCEEDING: Final = 1.0
"""How many messages above a threshold the shipped one counts as much as, where entries have enough phrasings: that many are
what a quantile hangs on."""
TAIL: Final = 3.0
"""From how many times as many messages as may exceed a threshold it is read: of these, log-odds fall off exponentially."""
LONGEST_TAIL: Final = 0.15
"""No larger share of the messages is such a tail."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A held-out message: the signals of its best match, and what that match was."""

    signals: Signals
    right: bool
    guardrail: bool = False
    """Whether the best match is a guardrail."""
    off_topic: bool = False
    """Whether no entry answers the message, chatter aside."""
    chatter: bool = False
    asks: bool = True
    """Whether it plainly asks something: without that, nothing overheard is answered."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The rates of false answers that an operator accepts, 0 to 1."""

    off_topic: float = 0.025
    """Of off-topic messages addressed to the bot: the share that gets an answer."""
    guardrail: float = 0.015
    """Of those: the share that gets a guardrail's redirect. It rightly errs on the side of speaking."""
    chatter: float = 0.001
    """Of talk overheard in a group: the share that gets an answer."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From signals to confidence, and the confidences from which to speak."""

    weights: Terms = SHIPPED
    intercept: float = SHIPPED_INTERCEPT
    answer: float = 0.8
    """Confidence from which a message addressed to the bot is answered outright."""
    guardrail: float = 0.5
    """Confidence from which a guardrail speaks."""
    overheard: float = OVERHEARD_FLOOR
    """Confidence from which a message overheard in a group is answered."""

    def confidence(self, signals: Signals) -> float:
        """The probability, 0 to 1, that a match with these signals is right."""
        z = self.intercept + sum(map(mul, self.weights, signals.terms()))
        return probability(z)


MANY_OFF_TOPIC: Final = 300
"""With this many off-topic messages of its own, a knowledge base knows how near strangers come.

With 66 to 100 of them, `BARE` still was the better start on each collection tried."""
LISTED: Final = Calibration()
"""For a knowledge base with many off-topic messages of its own."""
BARE: Final = Calibration(
    Terms(
        log_odds=0.9,
        score=0.0,
        similarity=2.2,
        coverage=2.2,
        length=0.25,
        contrast=0.0,
        covered_odds=0.2,
    ),
    intercept=-2.2,
    answer=0.86,
)
"""For a knowledge base with fewer: nothing there says how near a stranger may come.

The mean of two fits to questions by others on a hundred and on fifty small knowledge bases made of nine and of thirteen public
collections, drawn towards a third one to eighty of two to twenty-five phrasings an entry, cut from the domains of CLINC150, since
words are covered by meaning too. On each collection, and each domain, in turn either fit to the others did better than
what was shipped before.
"""


def calibrate(
    trials: Sequence[Trial], targets: Targets, shipped: Calibration = LISTED, thinness: float = 1.0
) -> Calibration:
    """Fit confidence and thresholds to held-out messages.

    Args:
        trials: In-scope and off-topic messages, none of which the classifier was trained on.
        targets: What is accepted.
        shipped: What to start from.
        thinness: How many times as much that counts, against the trials; as thresholds hang on a few trials, its square there.
            Where entries have few phrasings, a trial lacks many of them, and tells the less of the classifier that has them all.

    Returns:
        The calibration; with the shipped weights where no trial is off topic, since nothing then speaks against confidence.
    """
    # Odds go with rates: half as many answers to strangers from twice the odds on.
    rarer = log_odds(Targets().off_topic) - log_odds(targets.off_topic)
    answer = probability(log_odds(shipped.answer) + rarer)
    right = np.array([t.right for t in trials], dtype=np.float64)
    stray = np.array([t.off_topic or t.chatter for t in trials])
    if not stray.any():
        return replace(shipped, answer=answer)
    n_stray = int(stray.sum())
    n_known = len(trials) - n_stray
    # Where next to nothing in scope could be held out, there is next to nothing to learn.
    total = min(len(trials), n_known / (1 - OFF_TOPIC_SHARE))
    each_stray, each_known = (
        OFF_TOPIC_SHARE * total / n_stray,
        (1 - OFF_TOPIC_SHARE) * total / max(n_known, 1),
    )
    message_weights = np.where(stray, each_stray, each_known)
    design = np.array([[*t.signals.terms(), 1.0] for t in trials])
    prior = np.array([*shipped.weights, shipped.intercept])
    *weights, intercept = _maximum_a_posteriori(
        design, right, message_weights, prior, thinness * PRIOR_MESSAGES
    )
    fitted = replace(shipped, weights=Terms(*weights), intercept=intercept)
    found = [(log_odds(fitted.confidence(t.signals)), t) for t in trials]
    n_off_topic, n_chatter = sum(t.off_topic for t in trials), sum(t.chatter for t in trials)
    pull = PRIOR_EXCEEDING * thinness**2
    return replace(
        fitted,
        answer=_threshold([z for z, t in found if t.off_topic], n_off_topic, targets.off_topic, answer, pull),
        # Where hardly any off-topic message comes near a guardrail, the quantile says nothing.
        guardrail=max(
            GUARDRAIL_FLOOR,
            _threshold(
                [z for z, t in found if t.off_topic and t.guardrail],
                n_off_topic,
                targets.guardrail,
                fitted.guardrail,
                pull,
            ),
        ),
        overheard=max(
            OVERHEARD_FLOOR,
            _threshold(
                [z for z, t in found if t.chatter and t.asks],
                n_chatter,
                targets.chatter,
                fitted.overheard,
                pull,
            ),
        ),
    )


def _threshold(
    candidates: Sequence[float], n: int, target: float, shipped: float, prior_exceeding: float
) -> float:
    """The confidence that a `target` share exceeds, pulled towards the shipped value where few do.

    Args:
        candidates: The log-odds of the messages that can be answered at all.
        n: How many messages there are, those that can't be answered among them.
        target: The share of all.
        shipped: A confidence.
        prior_exceeding: How many messages that exceed the threshold the shipped one counts as much as.
    """
    if not n:
        return shipped
    exceeding = n * target
    own = _exceeded_by(np.sort(candidates)[::-1], n, exceeding)
    mean = (exceeding * own + prior_exceeding * log_odds(shipped)) / (exceeding + prior_exceeding)
    return probability(mean)


def _exceeded_by(candidates: Doubles, n: int, exceeding: float) -> float:
    """The log-odds that so many of `n` messages exceed, by an exponential tail; the lowest that there are where nothing says it.

    The quantile itself hangs on the one message that happens to stand there: any change of the knowledge base moves it.

    Args:
        candidates: Log-odds, the highest first.
        n: As above.
        exceeding: So many, not always a whole number.
    """
    tail = min(TAIL * exceeding, max(exceeding, LONGEST_TAIL * n))
    beyond = min(math.ceil(tail), len(candidates) - 1)
    if beyond < 1:
        return log_odds(0.0)
    border = candidates[beyond]
    # The mean excess over any border is the scale of an exponential tail.
    scale = float(candidates[:beyond].mean() - border)
    # Of a few messages, none is exceeded by less than one: beyond the surest there is nothing to read.
    return min(float(border) + scale * math.log(beyond / exceeding), float(candidates[0]))


def _maximum_a_posteriori(
    x: Doubles, y: Doubles, weights: Doubles, prior: Doubles, prior_messages: float
) -> list[float]:
    """Newton's method on the weighted logistic likelihood with a Gaussian prior."""
    beta = prior.copy()
    # The prior counts as this many messages of average information: p (1 - p) is about 0.1 for these.
    precision = 0.1 * prior_messages * np.eye(len(beta)) * np.maximum((x**2).mean(axis=0), 0.01)

    def objective(b: Doubles) -> float:
        z = x @ b
        return float(weights @ (np.logaddexp(0, z) - y * z) + 0.5 * (b - prior) @ precision @ (b - prior))

    best = objective(beta)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -50, 50)))
        gradient = x.T @ (weights * (p - y)) + precision @ (beta - prior)
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + precision
        step = np.linalg.solve(hessian, gradient)
        # Far from the optimum a full Newton step can overshoot: halve it until it helps.
        while (new := objective(beta - step)) > best and float(np.abs(step).max()) > 1e-9:
            step /= 2
        beta, best = beta - step, new
        if float(np.abs(step).max()) < 1e-8:
            break
    return [float(b) for b in beta]
