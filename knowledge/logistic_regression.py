"""Multinomial logistic regression on sparse vectors, learned batch by batch with AdaGrad in float32.

Every phrasing of an entry pulls together, so that no single long phrasing can win a question. Minimised:

    sum over documents of -log softmax(x W + p)[y]  +  |W|^2 / (2 C)

with a log-prior p for each class. It is left out when messages are judged: what a class owes to the number of its
documents goes into p, and not into W.

AdaGrad gives each weight a rate of its own, which falls as its gradients add up: a column that few documents have
still learns when the common ones are long settled. A few rounds through the documents are enough, and are better on
documents that weren't learned from than more exact minima.

Sources: J. Duchi et al., "Adaptive subgradient methods for online learning and stochastic optimization", 2011, section
1.3 (diagonal matrices); C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4; A. Menon et al.,
"Long-tail learning via logit adjustment", 2021, equation 10 (the log-prior).
Own code because scikit-learn's would be the heaviest dependency by far and takes longer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge.blocks import apart
from knowledge.features import Doubles
from knowledge.weights import Floats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy.sparse import csr_array

REGULARISATION: Final = 30.0
"""C: the larger, the closer the fit."""
ROUNDS: Final = 5
"""How often each document is learned from, at least: after fewer, some of them aren't recognised themselves."""
STEPS: Final = 200
"""Batches that are learned from, at least: few documents are gone through more often."""
BATCH: Final = 256
"""Documents in a batch, about; fewer are learned from all at once, so that their order doesn't matter."""
FIRST_GRADIENT: Final = 0.01
"""What a weight's squared gradients are taken to have added up to before the first step."""
_SLICE: Final = 256
"""Columns whose weights are changed at once."""
SEED: Final = 0
"""The same documents always give the same weights."""


def train(
    documents: csr_array,
    classes: npt.NDArray[np.intp],
    log_priors: Floats,
    keys: Doubles,
    *,
    regularisation: float = REGULARISATION,
    rounds: int = ROUNDS,
) -> Floats:
    """Fit the weights.

    Args:
        documents: float32 matrix (documents, columns).
        classes: The class of each document, 0 <= class < len(log_priors).
        log_priors: How much likelier each class is before anything is read, as logarithms up to a constant.
        keys: A number for each document, 0 <= key < 1, made of that document alone: documents with like keys are learned
            from together. Whatever is added or taken away, the others keep their batches.
        regularisation: C of the formula above, > 0.
        rounds: How often each document is learned from, at least.

    Returns:
        float32 weights (columns, n_classes), 0 where there is nothing to learn from.
    """
    n_classes = len(log_priors)
    weights = np.zeros((documents.shape[1], n_classes), np.float32)
    if n_classes < 2 or not documents.nnz:
        return weights
    chance = np.random.default_rng(SEED)
    batches = list(_batches(documents, classes, keys))
    # Each step takes its share of the weights' own cost: a column's is shared out among the batches that have it.
    in_batches = np.bincount(np.concatenate([batch.columns for batch in batches]), minlength=len(weights))
    shrinks = (1 / (regularisation * np.maximum(in_batches, 1))).astype(np.float32)[:, None]
    squares = np.full_like(weights, FIRST_GRADIENT)
    for _ in range(max(rounds, math.ceil(STEPS / len(batches)))):
        for number in chance.permutation(len(batches)):
            batch = batches[number]
            own = weights.take(batch.columns, axis=0)
            gradient = batch.transposed(_residual(batch.scores(own) + log_priors, batch.classes))
            for low in range(0, len(own), _SLICE):  # which stays in the processor's cache
                part = slice(low, low + _SLICE)
                columns, change, new = batch.columns[part], gradient[part], own[part]
                change += new * shrinks[columns]
                squared = squares.take(columns, axis=0)
                squared += change * change
                squares[columns] = squared
                change /= np.sqrt(squared, out=squared)
                new -= change
                weights[columns] = new
    return weights


def _residual(scores: Floats, classes: npt.NDArray[np.intp]) -> Floats:
    """The share of each class less 1 for the right one; made of the scores in place."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(classes)), classes] -= 1
    return scores


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some documents in the columns that they have.

    Attributes:
        columns: Column numbers, `sparse`'s first.
        sparse: What they hold in most columns, shape (documents, first columns).
        dense: What they hold in those that most documents have, such as a meaning's: as sparse values they would take
            ten times as long. Shape (documents, last columns).
        classes: One a document.
    """

    columns: npt.NDArray[np.intp]
    sparse: csr_array
    sparse_transposed: csr_array
    dense: Floats
    classes: npt.NDArray[np.intp]

    def scores(self, weights: Floats) -> Floats:
        """The documents times the weights of the batch's columns, shape (documents, classes)."""
        n = self.sparse.shape[1]
        out: Floats = self.sparse @ weights[:n]
        out += self.dense @ weights[n:]
        return out

    def transposed(self, residual: Floats) -> Floats:
        """The batch's columns times the residual of its documents, shape (columns, classes)."""
        return np.concatenate((self.sparse_transposed @ residual, self.dense.T @ residual))


def _batches(documents: csr_array, classes: npt.NDArray[np.intp], keys: Doubles) -> Iterator[_Batch]:
    """The documents, parted by their keys."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

    n, width = documents.shape
    is_common = np.bincount(documents.indices, minlength=width) > n / 2
    common = np.flatnonzero(is_common)
    sparse, dense = apart(documents, is_common)
    place = np.zeros(width, np.int32)
    n_batches = _n_batches(n)
    batch_of = (keys * n_batches).astype(np.intp)
    for rows in filter(len, np.split(batch_of.argsort(kind="stable"), np.bincount(batch_of).cumsum()[:-1])):
        part = sparse[rows]
        place[:] = 0
        place[part.indices] = 1
        columns = np.flatnonzero(place)
        place[columns] = np.arange(len(columns), dtype=np.int32)
        narrow = csr_array((part.data, place[part.indices], part.indptr), shape=(len(rows), len(columns)))
        yield _Batch(np.concatenate((columns, common)), narrow, narrow.T.tocsr(), dense[rows], classes[rows])


def _n_batches(n_documents: int) -> int:
    """How many batches there are of about `BATCH` documents: a number of few, since another one would part them all anew."""
    steps = round(4 * math.log2(max(n_documents / BATCH, 1)))
    return round(2 ** (steps / 4))
