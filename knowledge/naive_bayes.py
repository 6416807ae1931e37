"""Multinomial naive Bayes on TF-IDF vectors: a classifier in closed form, for more classes than a search can handle.

A class's weight for a column is the logarithm of the column's smoothed share of all that the class's documents hold.

Sources: J. Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers", 2003 (TF-IDF and
length-normalised counts); C. Manning et al., "Introduction to Information Retrieval", 2008, chapter 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge.weights import Floats, Sparse

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SMOOTHING: Final = 0.03
"""What every class is given of every column."""
MOST_CLASSES: Final = 256
"""Classes of a column whose weights are kept: more of them hardly help to distinguish, and cost time."""
SHARPNESS: Final = 2.0
"""Vectors have length 1 and real messages more than one word's evidence: without it, shares are all alike."""


def train(documents: csr_array, classes: npt.NDArray[np.intp], n_classes: int) -> Sparse:
    """Fit the weights; arguments as in `classifier.train`, and how many classes there are."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

    n = documents.shape[0]
    members = csr_array((np.ones(n, np.float32), (classes, np.arange(n))), shape=(n_classes, n))
    counts = csr_array((members @ documents).T.tocsr())
    counts.sort_indices()
    # What all classes have in common changes no share, and would make the raw score a matter of length.
    totals = np.asarray(counts.sum(axis=0)).ravel() + SMOOTHING * documents.shape[1]
    base = SHARPNESS * np.log(SMOOTHING / totals)
    surpluses = (SHARPNESS * np.log1p(counts.data / SMOOTHING)).astype(np.float32)
    kept = _telling(counts.indptr, surpluses)
    return Sparse(
        np.concatenate(([0], np.cumsum(kept)))[counts.indptr].astype(np.int32),
        counts.indices[kept].astype(np.int32),
        surpluses[kept],
        (base - base.mean()).astype(np.float32),
    )


def _telling(starts: npt.NDArray[np.integer], surpluses: Floats) -> npt.NDArray[np.bool_]:
    """Which surpluses are kept: of a column that very many classes have, the highest.

    Those are lowered by what the others have on average, so that these lose nothing by having none.
    """
    kept = np.ones(len(surpluses), bool)
    for column in np.flatnonzero(np.diff(starts) > MOST_CLASSES):
        own = slice(int(starts[column]), int(starts[column + 1]))
        order = np.argsort(surpluses[own], kind="stable")
        dropped = own.start + order[:-MOST_CLASSES]
        kept[dropped] = False
        surpluses[own] -= surpluses[dropped].mean()
    return kept
