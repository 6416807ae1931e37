"""Real words of a language: what a typo must not be mistaken for."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from knowledge.normalizer import clean

LONGEST: Final = 24
"""Bytes of a word: longer ones are nobody's typo."""


class WordList:
    """Words in one sorted array: a tenth of the memory of a set, and there at once when mapped from a file.

    Args:
        words: Byte strings of at most `LONGEST` bytes, ascending, each once.
    """

    def __init__(self, words: npt.NDArray[np.bytes_]) -> None:
        self.words = words

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """A list of any words; those that are too long are left out."""
        encoded = sorted({word.encode() for word in words})
        return cls(np.array([word for word in encoded if len(word) <= LONGEST], dtype=f"S{LONGEST}"))

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        sought = word.encode()
        at = bisect_left(self.words, sought)
        return at < len(self.words) and bool(self.words[at] == sought)

    def __len__(self) -> int:
        return len(self.words)


@cache
def dictionary(language: str) -> WordList:
    """Words of four letters or more, cleaned.

    Read from the frequency lists that `pyspellchecker` ships; empty for a language that it lacks.
    """
    source = resources.files("spellchecker").joinpath("resources", f"{language}.json.gz")
    if not source.is_file():
        return WordList.of(())
    words = (w if w.isascii() else clean(w) for w in json.loads(gzip.decompress(source.read_bytes())))
    return WordList.of(w for w in words if len(w) >= 4)
