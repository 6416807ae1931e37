"""What a classifier has learned: a weight for each column and class, dense for few classes, sparse for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from knowledge.columns import Ints
    from knowledge.features import Vector

Floats: TypeAlias = npt.NDArray[np.float32]

_MOST: Final = np.iinfo(np.int8).max


@dataclass(frozen=True, slots=True)
class Dense:
    """Every weight is kept.

    Attributes:
        matrix: Shape (columns, classes); in an index whole numbers, a quarter of the size.
        steps: What one of `matrix` stands for in each column, in an index.
    """

    matrix: npt.NDArray[np.int8] | Floats
    steps: Floats | None = None

    def logits(self, vector: Vector) -> Floats:
        """The raw score of every class for one message."""
        values = vector.values if self.steps is None else vector.values * self.steps.take(vector.columns)
        scores: Floats = values @ self.matrix.take(vector.columns, axis=0)
        return scores

    def scores(self, messages: csr_array) -> Floats:
        """The raw scores of many messages, shape (messages, classes)."""
        out: Floats = messages @ (self.matrix if self.steps is None else self.matrix * self.steps[:, None])
        return out

    def of(self, columns: Ints, class_: int) -> Floats:
        """The weights of some columns for a class."""
        weights = self.matrix[columns, class_]
        out: Floats = weights if self.steps is None else weights * self.steps[columns]
        return out

    def packed(self) -> Dense:
        """In a quarter of the size. Each column has a step of its own: the largest weight of one is a hundred times another's."""
        steps = np.maximum(np.abs(self.matrix).max(axis=1, initial=0.0), np.float32(1e-9)) / np.float32(_MOST)
        return Dense(np.rint(self.matrix / steps[:, None]).astype(np.int8), steps)


@dataclass(frozen=True, slots=True)
class Sparse:
    """A weight is a class's base, and for the columns that it knows a surplus.

    Attributes:
        starts: Column k's classes are `classes[starts[k]:starts[k + 1]]`, their surpluses `surpluses` likewise.
        classes: Class numbers, ascending within a column.
        surpluses: What the class's weight is above its base, of equal length.
        base: The weight of every column that a class doesn't know, one a class.
    """

    starts: Ints
    classes: Ints
    surpluses: npt.NDArray[np.float16] | Floats
    base: Floats

    def logits(self, vector: Vector) -> Floats:
        """The raw score of every class for one message."""
        first, last = self.starts.take(vector.columns), self.starts.take(vector.columns + 1)
        lengths = last - first
        scores = self.base * vector.values.sum()
        if lengths.any():
            at = runs(first, lengths)
            products = self.surpluses.take(at).astype(np.float32)
            products *= vector.values.repeat(lengths)
            scores += np.bincount(self.classes.take(at), products, len(scores))
        out: Floats = scores.astype(np.float32)
        return out

    def scores(self, messages: csr_array) -> Floats:
        """The raw scores of many messages, shape (messages, classes)."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

        shape = (len(self.starts) - 1, len(self.base))
        surpluses = csr_array((self.surpluses.astype(np.float32), self.classes, self.starts), shape=shape)
        out: Floats = (messages @ surpluses).toarray() + np.outer(messages.sum(axis=1), self.base)
        return out.astype(np.float32)

    def of(self, columns: Ints, class_: int) -> Floats:
        """The weights of some columns for a class."""
        out = np.full(len(columns), self.base[class_], np.float32)
        for position, column in enumerate(columns):
            low, high = self.starts[column], self.starts[column + 1]
            at = low + np.searchsorted(self.classes[low:high], class_)
            if at < high and self.classes[at] == class_:
                out[position] += self.surpluses[at]
        return out

    def packed(self) -> Sparse:
        """In half precision."""
        return Sparse(self.starts, self.classes, self.surpluses.astype(np.float16), self.base)


Weights: TypeAlias = Dense | Sparse


def runs(first: npt.NDArray[np.integer], lengths: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """The positions of several runs, one run after another.

    Args:
        first: Where each run begins.
        lengths: How long each is, at least one of them more than 0.
    """
    # Each run's first position less how many come before it, so that counting on over all of them counts in each.
    positions: npt.NDArray[np.intp] = (
        (first - lengths.cumsum() + lengths).repeat(lengths).astype(np.intp, copy=False)
    )
    positions += np.arange(len(positions))
    return positions
