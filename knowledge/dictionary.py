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
    """Words in sorted arrays: a twentieth of the memory of a set, and there at once when mapped from a file.

    Args:
        letters: The bytes of all words, shorter ones first, those of a length ascending.
        numbers: How many words there are of each length, of nought bytes first.
    """

    def __init__(self, letters: npt.NDArray[np.uint8], numbers: npt.NDArray[np.int64]) -> None:
        self.letters = letters
        self.numbers = numbers
        ends = (numbers * np.arange(len(numbers))).cumsum().tolist()
        self._of_length = [
            letters[end - number * length : end].view(f"S{length}") if number else None
            for length, (number, end) in enumerate(zip(numbers.tolist(), ends, strict=True))
        ]

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """A list of any words; those that are too long are left out."""
        # Texts are sorted in half the time of bytes, into the same order.
        kept = [word.encode() for word in sorted(set(words))]
        kept = sorted((word for word in kept if 0 < len(word) <= LONGEST), key=len)
        lengths = np.fromiter(map(len, kept), np.int64, len(kept))
        return cls(np.frombuffer(b"".join(kept), np.uint8), np.bincount(lengths, minlength=1))

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        sought = word.encode()
        words = self._of_length[len(sought)] if len(sought) < len(self._of_length) else None
        if words is None:
            return False
        at = bisect_left(words, sought)
        return at < len(words) and bool(words[at] == sought)

    def __len__(self) -> int:
        return int(self.numbers.sum())


@cache
def dictionary(language: str) -> WordList:
    """Words of four letters or more, cleaned.

    Read from the frequency lists that `pyspellchecker` ships; empty for a language that it lacks.
    """
    source = resources.files("spellchecker").joinpath("resources", f"{language}.json.gz")
    if not source.is_file():
        return WordList.of(())
    words = json.loads(gzip.decompress(source.read_bytes()))
    return WordList.of([w for word in words if len(w := word if word.isascii() else clean(word)) >= 4])
