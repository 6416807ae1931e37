"""Which class a message belongs to: the best classifier that the knowledge base's size allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge import logistic_regression, naive_bayes
from knowledge.features import Doubles
from knowledge.logistic_regression import REGULARISATION, ROUNDS
from knowledge.weights import Dense, Floats, Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_CELLS: Final = 12_000_000
"""Documents times classes up to which logistic regression is searched for: about half a minute, and 2 GB."""
FEWEST_CLASSES: Final = 10
"""Where there are fewer, empty ones are added, for what belongs to none: a stranger must not look like one of two."""
ENOUGH_DOCUMENTS: Final = 30
"""Where a class has fewer on the average, the fit is closer, or the few would say less than many do."""


def searched(n_documents: int, n_classes: int) -> bool:
    """Whether logistic regression is searched for where there is so much to learn; else it is naive Bayes."""
    return n_documents * n_classes <= MOST_CELLS


def thinness(n_documents: int, n_classes: int) -> float:
    """How many times as many documents there would have to be for each class to have enough; at least 1."""
    return max(1.0, ENOUGH_DOCUMENTS * n_classes / max(n_documents, 1))


def train(
    documents: csr_array,
    classes: npt.NDArray[np.intp],
    log_priors: Floats,
    keys: Doubles,
    *,
    rounds: int = ROUNDS,
) -> Weights:
    """Fit a classifier.

    Args:
        documents: Float32 matrix (documents, columns).
        classes: The class of each document, 0 <= class < len(log_priors).
        log_priors: What of each class's frequency among the documents says nothing of messages to come. Naive Bayes goes
            without any prior.
        keys: A number for each document, as in `logistic_regression.train`.
        rounds: How often a search goes through the documents, at least.

    Returns:
        Weights for these classes, and after them for the empty ones.
    """
    n_documents, n_classes = documents.shape[0], len(log_priors)
    if not searched(n_documents, n_classes):
        return naive_bayes.train(documents, classes, n_classes)
    few = thinness(n_documents, len(np.unique(classes)))
    empty = np.zeros(max(0, FEWEST_CLASSES - n_classes), np.float32)
    priors = np.concatenate((log_priors, empty))
    return Dense(
        logistic_regression.train(
            documents, classes, priors, keys, regularisation=few * REGULARISATION, rounds=rounds
        )
    )
