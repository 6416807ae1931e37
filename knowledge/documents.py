"""The phrasings and off-topic messages as vectors: how near a message comes to those of a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from knowledge.columns import Ints
from knowledge.features import Vector
from knowledge.postings import Common, Inverted
from knowledge.weights import Floats, runs


@dataclass(frozen=True, slots=True)
class Likeness:
    """A message beside the documents of some classes, class by class."""

    nearest: Ints
    """The row of the one that is most like it, one a class."""
    similarity: Floats
    """To that one, 0 to 1."""
    shared: npt.NDArray[np.bool_]
    """Whether any of a class's documents has a column of the message's, shape (classes, columns that are looked at)."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The training texts, those of a class side by side.

    Attributes:
        texts: As written, one a row.
        class_starts: Class c holds the rows from `class_starts[c]` up to `class_starts[c + 1]`.
        width: How many of a vector's columns are looked at: the first ones, all of them or all but the meaning's.
        scale: One over the length that those have in a whole vector, which is 1.
        steps: What one of a document's values stands for.
        common: Their values in common columns.
        inverted: Those in the others.
    """

    texts: Sequence[str]
    class_starts: Ints
    width: int
    scale: float
    steps: Floats
    common: Common
    inverted: Inverted

    def similarities(self, class_: int, vector: Vector) -> Floats:
        """A message's similarity to each document of a class, 0 to 1."""
        message = self._parted(vector)
        sums = self._sums((class_,), message, *self._terms((class_,), message))
        rows = self.of_class(class_)
        return np.maximum(self._similarities(np.arange(rows.start, rows.stop), message, sums), 0)

    def beside(self, classes: Sequence[int], vector: Vector) -> Likeness:
        """Compare a message with the documents of some classes, none of which may be empty."""
        message = self._parted(vector)
        terms, has = self._terms(classes, message)
        shared = np.empty((len(classes), len(message.is_common)), bool)
        shared[:, message.is_common] = self.common.used[list(classes)][:, message.places]
        shared[:, ~message.is_common] = has
        return Likeness(*self._nearest(classes, message, self._sums(classes, message, terms, has)), shared)

    def columns_of(self, classes: Sequence[int], below: int) -> Iterator[Ints]:
        """The columns that any document of each of some classes has, of those with lower numbers than `below`."""
        file, common = self.inverted, self.common.columns[: self.common.columns.searchsorted(below)]
        # In the type of the file's own, as in `_terms`.
        firsts = np.asarray(classes, file.pairs.dtype) * self.width
        spans = file.pairs.searchsorted(np.stack((firsts, firsts + below))).T.tolist()
        for class_, first, (begin, end) in zip(classes, firsts, spans, strict=True):
            used = common[self.common.used[class_, : len(common)]]
            yield np.concatenate((file.pairs[begin:end] - first, used))

    def has_alike(self, class_: int, vector: Vector, least: float) -> bool:
        """Whether a message is at least so similar to a document of a class.

        No document is more like it than what the class has of it is long: most need no comparing.
        """
        message = self._parted(vector)
        terms, has = self._terms((class_,), message)
        shared = message.common[self.common.used[class_]], message.values[has[0]]
        if sum(float(values @ values) for values in shared) < least**2:
            return False
        sums = self._sums((class_,), message, terms, has)
        return float(self._nearest((class_,), message, sums)[1][0]) >= least

    def _nearest(self, classes: Sequence[int], message: _Parted, sums: Floats) -> tuple[Ints, Floats]:
        """The row of each class that is most like a message, and how much; `sums` are those of the classes.

        No product with what a document holds in common columns is more than the product of both lengths. That shows
        for all but a few documents that they can't be the nearest of their class.
        """
        of_each = [self.of_class(class_) for class_ in classes]
        lengths = np.concatenate([self.common.lengths[rows] for rows in of_each])
        steps = np.concatenate([self.steps[rows] for rows in of_each])
        most = (sums + message.length * lengths) * steps
        sizes = [rows.stop - rows.start for rows in of_each]
        ends = list(accumulate(sizes))
        # What is added to a document's place in `sums` to get its row.
        apart = np.array([rows.stop - end for rows, end in zip(of_each, ends, strict=True)])
        likely = _highest(most, ends)
        floors = self._similarities(likely + apart, message, sums[likely])
        most[likely] = np.inf  # they themselves are left in any case
        left = (most > floors.repeat(sizes)).nonzero()[0]
        rows = left + apart[np.searchsorted(ends, left, side="right")]
        similarities = self._similarities(rows, message, sums[left])
        best = _highest(similarities, left.searchsorted(ends).tolist())
        # Meanings can point away from each other: such texts are no less alike than those that share nothing.
        return rows[best], np.maximum(similarities[best], 0)

    def _similarities(self, rows: npt.NDArray[np.intp], message: _Parted, sums: Floats) -> Floats:
        """A message's similarity to each of some documents, before those that point away count as 0.

        Args:
            rows: Which documents.
            message: The message.
            sums: What other than common columns make of it, one a row.
        """
        # No product of a matrix: it would use threads, which cost more than they gain here where the processor is busy.
        products = np.vecdot(self.common.values.take(rows, axis=0), message.common)
        similarities: Floats = (sums + products) * self.steps[rows]
        return similarities

    def _terms(
        self, classes: Sequence[int], message: _Parted
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """Where the inverted file has a class's documents with a column, and whether; shapes (classes, columns)."""
        file = self.inverted
        # In the type of the file's own, lest all of it be converted to compare.
        pairs = np.asarray(classes, file.pairs.dtype)[:, None] * self.width + message.columns
        at = file.pairs.searchsorted(pairs.ravel()).reshape(pairs.shape)
        has = file.pairs.take(at, mode="clip") == pairs if len(file.pairs) else np.zeros(pairs.shape, bool)
        return at, has

    def _sums(
        self,
        classes: Sequence[int],
        message: _Parted,
        terms: npt.NDArray[np.intp],
        has: npt.NDArray[np.bool_],
    ) -> Floats:
        """The part of the similarities that other than common columns make, class after class.

        Source: J. Zobel and A. Moffat, "Inverted files for text search engines", 2006 (term-at-a-time scoring).
        """
        file = self.inverted
        asked = np.asarray(classes, np.intp)
        sizes = self.class_starts[asked + 1] - self.class_starts[asked]
        class_, column = has.nonzero()
        if not len(class_):
            return np.zeros(int(sizes.sum()), np.float32)
        found = terms[has]
        begins = file.starts[found]
        lengths = file.starts[found + 1] - begins
        postings = runs(begins, lengths)
        # Converted first: to add or multiply numbers of two types takes several times as long.
        rows = file.rows.take(postings).astype(np.intp)
        rows += (sizes.cumsum() - sizes)[class_].repeat(lengths)
        products = file.values.take(postings).astype(np.float64)
        products *= message.values[column].repeat(lengths)
        return np.bincount(rows, products, int(sizes.sum())).astype(np.float32)

    def _parted(self, vector: Vector) -> _Parted:
        n = int(vector.columns.searchsorted(self.width))
        return _Parted(self.common.columns, vector.columns[:n], vector.values[:n] * np.float32(self.scale))

    def of_class(self, class_: int) -> slice:
        """The rows of a class."""
        return slice(int(self.class_starts[class_]), int(self.class_starts[class_ + 1]))

    def number(self, row: int) -> int:
        """Which phrasing of its entry a row is: -1 for the question itself, which is its class's first row."""
        class_ = int(self.class_starts.searchsorted(row, side="right")) - 1
        return row - int(self.class_starts[class_]) - 1

    @property
    def labels(self) -> npt.NDArray[np.intp]:
        """The class of each row."""
        return np.repeat(np.arange(len(self.class_starts) - 1), np.diff(self.class_starts))


class _Parted:
    """A message's vector, common columns apart from the others.

    Attributes:
        is_common: For each of the message's columns whether it is a common one.
        places: Which of the common ones those are.
        common: The message's values in all common columns, and their `length`.
        columns: The message's other columns, with their `values`.
    """

    __slots__ = ("columns", "common", "is_common", "length", "places", "values")

    def __init__(self, common: Ints, columns: Ints, values: Floats) -> None:
        at = common.searchsorted(columns)
        self.is_common = common.take(at, mode="clip") == columns if len(common) else np.zeros(len(at), bool)
        self.places = at[self.is_common]
        self.common = np.zeros(len(common), np.float32)
        self.common[self.places] = values[self.is_common]
        self.length = float(np.sqrt(self.common @ self.common))
        self.columns = columns[~self.is_common]
        self.values = values[~self.is_common]


def _highest(values: Floats, ends: list[int]) -> npt.NDArray[np.intp]:
    """Where the highest value of each part is, the first of equal ones; the parts follow on each other."""
    return np.array([begin + int(values[begin:end].argmax()) for begin, end in pairwise([0, *ends])])
