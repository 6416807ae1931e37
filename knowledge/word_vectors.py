"""What single words mean, as vectors: the meaning of a text for knowledge bases that have few phrasings.

A text's vector is the sum of its words', in which frequent ones are short. They ship with the project, so that nothing
needs to be installed or fetched; there are some for English alone. `docs/distil_word_vectors.py` makes them.

Sources: S. Arora et al., "A simple but tough-to-beat baseline for sentence embeddings", 2017 (words weighted by frequency
and summed); N. Reimers and I. Gurevych, "Making monolingual sentence embeddings multilingual using knowledge
distillation", 2020 (a small model that learns a large one's vectors).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from copy import copy
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.weights import Floats

SHARE: Final = 0.4
"""How much of a similarity such a meaning carries at most."""
FEW_PHRASINGS: Final = 50
"""Phrasings an entry, on the average, up to which the meaning of single words has its whole share."""
_AT_ONCE: Final = 1_000
"""Texts whose words' vectors are held at once."""


class WordVectors:
    """Texts -> vectors of length 1, or 0 where no word is known.

    Args:
        words: In comparison form.
        vectors: Theirs, shape (words, dimensions), in any unit.
        digest: Changes with the vectors.
    """

    share: float = SHARE
    """How much of a similarity they carry."""

    def __init__(self, words: Sequence[str], vectors: npt.NDArray[np.int8], digest: str) -> None:
        self._row = {word: row for row, word in enumerate(words)}
        self._vectors = vectors
        self.digest = digest
        self.dimensions = int(vectors.shape[1])

    def __contains__(self, word: object) -> bool:
        return word in self._row

    def carrying(self, share: float) -> WordVectors:
        """The same with another share."""
        other = copy(self)
        other.share = share
        return other

    def embed(self, texts: Sequence[str]) -> Floats:
        """The texts' vectors, shape (texts, dimensions); words are parted by spaces."""
        if len(texts) == 1:  # a message: it needn't wait for what thousands take
            rows = np.array([self._row[word] for word in texts[0].split() if word in self._row], np.intp)
            return _unit(self._vectors.take(rows, axis=0).sum(axis=0, dtype=np.float32, keepdims=True))
        sums = np.zeros((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), _AT_ONCE):
            part = texts[first : first + _AT_ONCE]
            known = [[self._row[word] for word in text.split() if word in self._row] for text in part]
            lengths = np.fromiter(map(len, known), np.intp, len(known))
            rows = np.fromiter(chain.from_iterable(known), np.intp, int(lengths.sum()))
            some = lengths.nonzero()[0]
            if len(some):
                # Whole numbers: their sum is exact, in whatever order.
                values = self._vectors.take(rows, axis=0).astype(np.float32)
                sums[first + some] = np.add.reduceat(values, (lengths.cumsum() - lengths)[some])
        return _unit(sums)

    def shares(self, words: Sequence[str]) -> Floats:
        """What each word gives to the vector of a text, shape (words, dimensions); unknown words give nothing."""
        out = self._of(words)
        unit: Floats = out / np.maximum(np.linalg.norm(out.sum(axis=0)), np.float32(1e-9))
        return unit

    def directions(self, words: Sequence[str]) -> Floats:
        """Each word's vector at length 1, shape (words, dimensions); 0 for unknown words."""
        return _unit(self._of(words))

    def _of(self, words: Sequence[str]) -> Floats:
        """Each word's vector as it is kept, shape (words, dimensions); 0 for unknown words."""
        known = [at for at, word in enumerate(words) if word in self._row]
        out = np.zeros((len(words), self.dimensions), np.float32)
        out[known] = self._vectors[[self._row[words[at]] for at in known]]
        return out


def _unit(vectors: Floats) -> Floats:
    """Each row at length 1; rows of noughts as they are."""
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return unit


@cache
def word_vectors(language: str) -> WordVectors | None:
    """Those of a language; None where there are none."""
    source = resources.files("knowledge").joinpath("vectors", f"{language}.npz")
    if not source.is_file():
        return None
    data = source.read_bytes()
    with np.load(BytesIO(data)) as kept:
        words, vectors = kept["words"].tobytes().decode("ascii").split("\n"), kept["vectors"]
    return WordVectors(words, vectors, hashlib.sha256(data).hexdigest()[:16])
