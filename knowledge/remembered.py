"""What was found out about words, for when they are met again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

MOST: Final = 50_000
"""Words that are remembered; with more than these, remembering starts over."""
LONGEST: Final = 40
"""Letters of such a word: hostile input mustn't grow what is remembered by its length either."""


class Remembered(dict[str, T]):
    """Word -> what a function finds out about it, which is asked once for each word that is remembered.

    A dictionary: what is remembered takes no call of Python's.

    Args:
        find: The function; it must always find the same.
    """

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> T:
        found = self._find(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found
