"""Vectors -> the form in which they are searched: an inverted file, and what most documents have apart from it.

Source: J. Zobel and A. Moffat, "Inverted files for text search engines", 2006.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge.blocks import apart
from knowledge.columns import Ints
from knowledge.weights import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

COMMON_FROM: Final = 0.1
"""Columns that a larger share of the documents has are kept apart: they are most of what there would be to add up."""

MOST: Final = 127
"""What a document's largest value is kept as: a quarter of the memory of floats, and a similarity is off by a thousandth or two."""


@dataclass(frozen=True, slots=True)
class Common:
    """What the vectors hold in the columns that many documents have.

    Attributes:
        columns: Column numbers, ascending.
        values: Shape (documents, columns), in steps of the document.
        lengths: The length of each row of `values`, in the same.
        used: Shape (classes, columns): whether any document of a class has a column.
    """

    columns: Ints
    values: npt.NDArray[np.int8]
    lengths: Floats
    used: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Inverted:
    """What they hold in all other columns, as an inverted file for each class: a column -> the documents that have it.

    Attributes:
        pairs: Which class has which column: class * width + column, ascending.
        starts: The k-th pair is in `rows[starts[k]:starts[k + 1]]`, with `values` likewise.
        rows: Documents, counted from the class's first one.
        values: What the vectors hold there, in steps of the document.
    """

    pairs: npt.NDArray[np.int32] | npt.NDArray[np.int64]
    starts: Ints
    rows: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
    values: npt.NDArray[np.int8]


def parted(matrix: csr_array, class_starts: Ints) -> tuple[Floats, Common, Inverted]:
    """Vectors in the form in which they are searched.

    Args:
        matrix: Shape (documents, columns), the documents of a class side by side.
        class_starts: Where each class begins, and at the end how many documents there are.

    Returns:
        Each document's step, and its values.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

    n_classes, width = len(class_starts) - 1, matrix.shape[1]
    often = np.bincount(matrix.indices, minlength=width) > COMMON_FROM * matrix.shape[0]
    columns = np.flatnonzero(often).astype(np.int32)
    kept, steps = _rounded(matrix)
    rest, values = apart(csr_array((kept, matrix.indices, matrix.indptr), shape=matrix.shape), often)
    class_of = np.arange(n_classes).repeat(np.diff(class_starts))
    used = np.zeros((n_classes, len(columns)), bool)
    held = often[matrix.indices]
    first = (class_of * len(columns)).repeat(np.diff(matrix.indptr))[held]
    used.ravel()[first + (often.cumsum() - 1)[matrix.indices[held]]] = True
    # Sorted by column, then by class: transposing sorts, and leaves what is equal in its order.
    by_column = rest.tocsc()
    places = np.arange(rest.nnz, dtype=np.int32)
    sorted_ = csr_array(
        (places, class_of[by_column.indices], by_column.indptr), shape=(width, n_classes)
    ).tocsc()
    keys = np.arange(n_classes).repeat(np.diff(sorted_.indptr)) * width + sorted_.indices
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    documents = by_column.indices[sorted_.data]
    small = np.diff(class_starts).max(initial=0) <= np.iinfo(np.uint16).max
    lengths = np.sqrt(np.square(values, dtype=np.float32).sum(axis=1))
    return (
        steps,
        Common(columns, values, lengths, used),
        Inverted(
            keys[starts].astype(np.int32 if n_classes * width <= np.iinfo(np.int32).max else np.int64),
            np.append(starts, len(keys)).astype(np.int32),
            (documents - class_starts[class_of[documents]]).astype(np.uint16 if small else np.uint32),
            by_column.data[sorted_.data],
        ),
    )


def _rounded(matrix: csr_array) -> tuple[npt.NDArray[np.int8], Floats]:
    """The values in whole steps, and each document's step: such that it is as long as before, and none more than fully alike."""
    n, sizes = matrix.shape[0], np.diff(matrix.indptr)
    document = np.arange(n).repeat(sizes)
    largest = np.full(n, 1e-9)
    largest[sizes > 0] = np.maximum.reduceat(np.abs(matrix.data), matrix.indptr[:-1][sizes > 0])
    kept = np.rint(matrix.data * (MOST / largest)[document])
    length, in_steps = (
        np.sqrt(np.bincount(document, values.astype(np.float64) ** 2, n)) for values in (matrix.data, kept)
    )
    return kept.astype(np.int8), (length / np.maximum(in_steps, 1.0)).astype(np.float32)
