"""The phrasings and off-topic messages as vectors: how near a message comes to those of a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from knowledge.features import Floats, Ints, Vector
from knowledge.weights import runs

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Likeness:
    """A message beside the documents of one class."""

    similarities: Floats
    """To each of them, 0 to 1."""
    shared: npt.NDArray[np.bool_]
    """For each of the message's columns whether any of them has it."""


@dataclass(frozen=True, slots=True)
class Inverted:
    """The documents as an inverted file for each class: for each of its columns the documents that have it.

    Attributes:
        class_starts: Class c has the columns `columns[class_starts[c]:class_starts[c + 1]]`, ascending.
        columns: Column numbers.
        starts: The k-th of `columns` is in `rows[starts[k]:starts[k + 1]]`, with `values` likewise.
        rows: Documents, counted from the class's first one.
        values: What the vectors hold there.
    """

    class_starts: Ints
    columns: Ints
    starts: Ints
    rows: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Documents:
    """The training texts, those of a class side by side.

    Attributes:
        texts: As written, one a row.
        numbers: Which phrasing of its entry a row is: -1 for the question itself.
        class_starts: Class c holds the rows from `class_starts[c]` up to `class_starts[c + 1]`.
        inverted: Their vectors.
    """

    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    class_starts: Ints
    inverted: Inverted

    def beside(self, class_: int, vector: Vector) -> Likeness:
        """Compare a message with the documents of a class.

        Source: J. Zobel and A. Moffat, "Inverted files for text search engines", 2006 (term-at-a-time scoring).
        """
        file = self.inverted
        first, last = int(file.class_starts[class_]), int(file.class_starts[class_ + 1])
        rows = self.of_class(class_)
        own = file.columns[first:last]
        at = own.searchsorted(vector.columns)
        shared = np.zeros(len(vector.columns), bool)
        inside = at < len(own)
        shared[inside] = own[at[inside]] == vector.columns[inside]
        if not shared.any():
            return Likeness(np.zeros(rows.stop - rows.start, np.float32), shared)
        terms = at[shared] + first
        begins = file.starts[terms]
        lengths = file.starts[terms + 1] - begins
        postings = runs(begins, lengths)
        products = file.values[postings] * vector.values[shared].repeat(lengths)
        sums = np.bincount(file.rows[postings], weights=products, minlength=rows.stop - rows.start)
        return Likeness(sums.astype(np.float32), shared)

    def of_class(self, class_: int) -> slice:
        """The rows of a class."""
        return slice(int(self.class_starts[class_]), int(self.class_starts[class_ + 1]))

    @property
    def labels(self) -> npt.NDArray[np.intp]:
        """The class of each row."""
        return np.repeat(np.arange(len(self.class_starts) - 1), np.diff(self.class_starts))


def invert(matrix: csr_array, class_starts: Ints) -> Inverted:
    """Vectors as an inverted file for each class.

    Args:
        matrix: Shape (documents, columns), the documents of a class side by side.
        class_starts: Where each class begins, and at the end how many documents there are.
    """
    n_classes, width = len(class_starts) - 1, matrix.shape[1]
    document = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    class_ = np.repeat(np.arange(n_classes), np.diff(class_starts))[document]
    keys = class_.astype(np.int64) * width + matrix.indices
    order = np.argsort(keys, kind="stable")
    pairs, starts = np.unique(keys[order], return_index=True)
    return Inverted(
        np.searchsorted(pairs, np.arange(n_classes + 1) * width).astype(np.int32),
        (pairs % width).astype(np.int32),
        np.append(starts, len(keys)).astype(np.int32),
        (document - class_starts[class_])[order].astype(np.int32),
        matrix.data[order].astype(np.float32),
    )
