"""Sparse rows with the columns that many of them have apart, as a dense block: as sparse values those would take ten times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def apart(matrix: csr_array, is_common: npt.NDArray[np.bool_]) -> tuple[csr_array, npt.NDArray[Any]]:
    """Part a matrix by its columns.

    Args:
        matrix: Shape (rows, columns).
        is_common: Which columns go into the block, one a column.

    Returns:
        The matrix without what it holds in those, its shape the same, and the block of those, shape (rows, common columns).
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

    n_rows, n_common = matrix.shape[0], int(is_common.sum())
    common = is_common[matrix.indices]
    rare = ~common
    starts = np.concatenate(([0], rare.cumsum(dtype=np.int32)))[matrix.indptr]
    rest = csr_array((matrix.data[rare], matrix.indices[rare], starts), shape=matrix.shape)
    block = np.zeros((n_rows, n_common), matrix.dtype)
    first = (np.arange(n_rows) * n_common).repeat(np.diff(matrix.indptr))[common]
    block.ravel()[first + (is_common.cumsum() - 1)[matrix.indices[common]]] = matrix.data[common]
    return rest, block
