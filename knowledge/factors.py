"""Many sparse vectors as a sum of products, which is quicker to multiply by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from knowledge.weights import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Factors:
    """The matrix `rest + uses @ spelled`, with `meaning` as its last columns.

    An n-gram stands in a text because a word does, and the same words come again and again: what texts hold of words and
    words hold of n-grams is less than half of what texts hold of n-grams.

    Attributes:
        rest: Shape (texts, columns): what isn't n-grams, and by how much the product errs.
        uses: Shape (texts, words).
        spelled: Shape (words, columns).
        meaning: Shape (texts, dimensions), for as many of the last columns, in which the others hold nothing: hardly a value of
            it is 0, and to multiply by as many sparse values takes ten times as long.
    """

    rest: csr_array
    uses: csr_array
    spelled: csr_array
    meaning: Floats

    @classmethod
    def of(cls, matrix: csr_array) -> Factors:
        """A matrix that nothing more is known of."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

        n_texts, n_columns = matrix.shape
        return cls(
            matrix,
            csr_array((n_texts, 0), dtype=np.float32),
            csr_array((0, n_columns), dtype=np.float32),
            np.zeros((n_texts, 0), np.float32),
        )

    def matrix(self) -> csr_array:
        """All of it as one."""
        from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - as above

        lexical = csr_array(self.rest + self.uses @ self.spelled)
        if not self.meaning.shape[1]:
            return lexical
        return csr_array(
            hstack([lexical[:, : -self.meaning.shape[1]], csr_array(self.meaning)], format="csr")
        )

    def rows(self, kept: npt.NDArray[np.intp]) -> Factors:
        """Some of the texts."""
        return Factors(self.rest[kept], self.uses[kept], self.spelled, self.meaning[kept])
