"""Many sparse vectors as a sum of products, which is quicker to multiply by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Factors:
    """The matrix `rest + uses @ spelled`.

    An n-gram stands in a text because a word does, and the same words come again and again: what texts hold of words and
    words hold of n-grams is less than half of what texts hold of n-grams.

    Attributes:
        rest: Shape (texts, columns): what isn't n-grams, and by how much the product errs.
        uses: Shape (texts, words).
        spelled: Shape (words, columns).
    """

    rest: csr_array
    uses: csr_array
    spelled: csr_array

    @classmethod
    def of(cls, matrix: csr_array) -> Factors:
        """A matrix that nothing more is known of."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

        n_texts, n_columns = matrix.shape
        return cls(
            matrix,
            csr_array((n_texts, 0), dtype=np.float32),
            csr_array((0, n_columns), dtype=np.float32),
        )

    def matrix(self) -> csr_array:
        """The product and the rest as one."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - as above

        return csr_array(self.rest + self.uses @ self.spelled)

    def rows(self, kept: npt.NDArray[np.intp]) -> Factors:
        """Some of the texts."""
        return Factors(self.rest[kept], self.uses[kept], self.spelled)
