"""Which class a message belongs to: the best classifier that the knowledge base's size allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge import logistic_regression, naive_bayes
from knowledge.weights import Dense, Floats, Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_CELLS: Final = 12_000_000
"""Documents times classes up to which logistic regression is searched for: about half a minute, and 2 GB."""


def train(
    documents: csr_array, classes: npt.NDArray[np.intp], log_priors: Floats, start: Floats | None = None
) -> Weights:
    """Fit a classifier.

    Args:
        documents: float32 matrix (documents, columns).
        classes: The class of each document, 0 <= class < len(log_priors).
        log_priors: What of each class's frequency among the documents says nothing of messages to come. Naive Bayes goes
            without any prior.
        start: What a search may start from, as in `logistic_regression.train`.
    """
    if documents.shape[0] * len(log_priors) > MOST_CELLS:
        return naive_bayes.train(documents, classes, len(log_priors))
    return Dense(*logistic_regression.train(documents, classes, log_priors, start=start))
