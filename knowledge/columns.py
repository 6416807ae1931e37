"""What the columns of a feature space stand for: stems, pairs of neighbouring stems, character n-grams, a meaning's parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Codes: TypeAlias = npt.NDArray[np.int64]
Strings: TypeAlias = npt.NDArray[np.str_]

END: Final = 0
"""The number of a message's beginning and of its end, as neighbours of its first and its last stem."""
_BEGINNING_SIGN: Final = "^"
_END_SIGN: Final = "$"


def pair_codes(numbers: Sequence[int] | Codes, n_stems: int) -> Codes:
    """A number for each two neighbours.

    Args:
        numbers: One more than each stem's column; `END` where a message begins or ends, `n_stems` + 1 for a foreign stem.
        n_stems: How many stems have a column.
    """
    numbers = np.asarray(numbers, np.int64)
    codes: Codes = numbers[:-1] * (n_stems + 2) + numbers[1:]
    return codes


class Columns(Mapping[str, int]):
    """Feature key -> column. Keys: `w stem`; `p stem stem`, with `^` and `$` for a message's ends; `c gram`; `s number`.

    What there is most of is kept in sorted arrays that can lie in a file: a dictionary of strings takes many times the
    memory.

    Args:
        stems: In the order of their columns, which are the first.
        pairs: Codes as of `pair_codes`, ascending.
        grams: Keys of n-grams, ascending.
        dimensions: Of a meaning.
    """

    def __init__(self, stems: Sequence[str], pairs: Codes, grams: Strings, dimensions: int = 0) -> None:
        self.stems = {stem: column for column, stem in enumerate(stems)}
        self.pairs = pairs
        self.grams = grams
        self.n_lexical = len(stems) + len(pairs) + len(grams)
        self._dimensions = dimensions

    def __len__(self) -> int:
        return self.n_lexical + self._dimensions

    def __iter__(self) -> Iterator[str]:
        before, after = np.divmod(self.pairs, len(self.stems) + 2)
        first, second = [_BEGINNING_SIGN, *self.stems], [_END_SIGN, *self.stems]
        return chain(
            (f"w {stem}" for stem in self.stems),
            (f"p {first[one]} {second[other]}" for one, other in zip(before, after, strict=True)),
            self.grams.tolist(),
            (f"s {part}" for part in range(self._dimensions)),
        )

    def __getitem__(self, key: str) -> int:
        kind, _, name = key.partition(" ")
        if kind == "w":
            return self.stems[name]
        if kind == "s" and int(name) < self._dimensions:
            return self.n_lexical + int(name)
        if kind == "p":
            parts = name.split(" ")
            numbers = [END if part in {_BEGINNING_SIGN, _END_SIGN} else self.number(part) for part in parts]
            found = self.of_pairs(numbers)
        else:
            found = self.of_grams([key])
        if not len(found):
            raise KeyError(key)
        return int(found[0])

    def number(self, stem: str) -> int:
        """One more than a stem's column; of a foreign stem the one after all others."""
        return self.stems.get(stem, len(self.stems)) + 1

    def of_pairs(self, numbers: Sequence[int]) -> Ints:
        """The columns of all neighbouring pairs that have one, ascending, each once; numbers as in `pair_codes`."""
        found = set(_places(self.pairs, pair_codes(numbers, len(self.stems))).tolist())
        return np.array(sorted(found), np.int32) + np.int32(len(self.stems))

    def of_grams(self, keys: Sequence[str]) -> Ints:
        """The columns of those n-grams that have one, in their order."""
        found = _places(self.grams, np.array(keys, np.str_)).astype(np.int32)
        return found + np.int32(len(self.stems) + len(self.pairs))


def _places(ascending: npt.NDArray[np.generic], sought: npt.NDArray[np.generic]) -> npt.NDArray[np.intp]:
    """Where those that are there are."""
    if not len(ascending):
        return np.zeros(0, np.intp)
    at: npt.NDArray[np.intp] = ascending.searchsorted(sought)
    there: npt.NDArray[np.intp] = at[ascending.take(at, mode="clip") == sought]
    return there
