"""Token lists -> TF-IDF vectors over words, word pairs and character n-grams.

Two blocks, each cosine-normalised by itself and weighted by half, so that the dot product of two vectors is the
mean of two cosines:

* words: stems (binary, IDF) and pairs of neighbouring stems (half weight); stop words count 0.7; a stem that the
  space has never seen adds its weight to the norm, so that foreign matter lowers every similarity;
* characters: n-grams of 3 and 4 within words, the word's ends marked, sublinear term frequency, IDF.

Sources: G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988 (TF-IDF, cosine);
W. Cavnar and J. Trenkle, "N-gram-based text categorization", 1994 (character n-grams).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from knowledge.semantic import Embedder

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int32]
Doubles: TypeAlias = npt.NDArray[np.float64]

PAIR_WEIGHT: Final = 0.5
STOP_WEIGHT: Final = 0.7
SHORTEST_GRAM: Final = 3
LONGEST_GRAM: Final = 4
WORDS_SHARE: Final = 0.5
"""How much of the two lexical blocks' similarity the words carry; the characters carry the rest."""
MEANING_SHARE: Final = 0.65
"""How much of a similarity the meaning carries, where there is a model for it."""
LONE_FEATURES: Final = 400
"""Up to so many documents, pairs and n-grams that only one of them has are kept: with few phrasings they say something."""
_MOST_WORDS: Final = 50_000
"""Words of which is kept what was looked up; beyond them it begins anew."""
_LONGEST_KEPT: Final = 40
"""Letters of such a word: hostile input mustn't grow what is kept by its length either."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector: `columns` (ascending, unique) and their `values`, of equal length; norm at most 1."""

    columns: Ints
    values: Floats


class FeatureSpace:
    """The columns that a knowledge base spans, and how to place a text in them.

    Args:
        columns: Feature key -> column, the word block's keys first. Keys: `w stem`, `p stem stem`, `c gram`.
        idf: Inverse document frequency, one a column.
        unknown_idf: The weight of a stem that no document holds.
        stem: Word -> stem.
        stop_stems: Stems that count less.
        embedder: Gives the meaning's block, whose columns are the last ones; none without it.
    """

    def __init__(
        self,
        columns: dict[str, int],
        idf: Floats,
        unknown_idf: float,
        stem: Callable[[str], str],
        stop_stems: frozenset[str],
        embedder: Embedder | None = None,
    ) -> None:
        self.columns = columns
        self.idf = idf
        self.unknown_idf = unknown_idf
        self.stem = stem
        self.stop_stems = stop_stems
        self.embedder = embedder
        self.is_content = np.fromiter(
            (key[0] == "w" and key[2:] not in stop_stems for key in columns), bool, len(columns)
        )
        """Which columns are stems that carry matter, one a column."""
        self.is_stem = np.fromiter((key[0] == "w" for key in columns), bool, len(columns))
        """Which columns are stems at all."""
        self._grams_of: dict[str, tuple[int, ...]] = {}
        self._rarities: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self.columns)

    def vector(self, tokens: Sequence[str]) -> Vector:
        """Place a text's tokens in the space.

        Args:
            tokens: Words in comparison form, typos mended.

        Returns:
            The combined vector. It is empty where the text shares nothing with the space.
        """
        lexical = 1 - MEANING_SHARE if self.embedder else 1.0
        words, grams_ = (
            self._words(tokens, WORDS_SHARE * lexical),
            self._grams(tokens, (1 - WORDS_SHARE) * lexical),
        )
        columns = np.concatenate((words[0], grams_[0]))
        order = columns.argsort(kind="stable")
        found = Vector(columns[order], np.concatenate((words[1], grams_[1]))[order].astype(np.float32))
        if self.embedder is None or not len(columns):
            return found
        meaning = math.sqrt(MEANING_SHARE) * self.embedder.embed([" ".join(tokens)])[0]
        last = np.arange(len(self.columns) - len(meaning), len(self.columns), dtype=np.int32)
        return Vector(np.concatenate((found.columns, last)), np.concatenate((found.values, meaning)))

    def matter(self, tokens: Sequence[str], columns: Ints) -> tuple[npt.NDArray[np.intp], float]:
        """What of a text tells what it is about: its content words, and in one that has none ("what about that?") all.

        Args:
            tokens: Its words.
            columns: Where it is.

        Returns:
            The positions in `columns` of the stems that matter, and the summed IDF of those that the space has never seen.
        """
        known, unknown = (
            np.flatnonzero(self.is_content[columns]),
            self._unknown_weight(tokens, self.stop_stems),
        )
        if len(known) or unknown:
            return known, unknown
        return np.flatnonzero(self.is_stem[columns]), self._unknown_weight(tokens, frozenset())

    def _unknown_weight(self, tokens: Sequence[str], passed_over: frozenset[str]) -> float:
        stems = {self.stem(token) for token in tokens} - passed_over
        return self.unknown_idf * sum(f"w {stem}" not in self.columns for stem in stems)

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word; looked up once for each."""
        found = self._rarities.get(word)
        if found is None:
            column = self.columns.get(f"w {self.stem(word)}")
            found = self.unknown_idf if column is None else float(self.idf[column])
            _keep(self._rarities, word, found)
        return found

    def _words(self, tokens: Sequence[str], share: float) -> tuple[Ints, Doubles]:
        """Columns of the words' block and its values, whose norm is at most the root of the share."""
        columns: list[int] = []
        weights: list[float] = []
        foreign = 0.0
        find = self.columns.get
        for key, weight in word_features(list(map(self.stem, tokens)), self.stop_stems).items():
            column = find(key)
            if column is not None:
                columns.append(column)
                weights.append(weight)
            elif key[0] == "w":
                # Only whole words count as foreign: unseen pairs and n-grams are the rule in fresh text.
                foreign += (weight * self.unknown_idf) ** 2
        return self._scaled(np.asarray(columns, np.int32), np.asarray(weights), foreign, share)

    def _grams(self, tokens: Sequence[str], share: float) -> tuple[Ints, Doubles]:
        """As `_words`, of the n-grams' block."""
        counts = Counter(chain.from_iterable(map(self._known_grams, tokens)))
        columns = np.fromiter(counts, np.int32, len(counts))
        weights = 1.0 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))
        return self._scaled(columns, weights, 0.0, share)

    def _scaled(self, columns: Ints, weights: Doubles, foreign: float, share: float) -> tuple[Ints, Doubles]:
        values = weights * self.idf[columns]
        norm = float(values @ values) + foreign
        return columns, values * (math.sqrt(share / norm) if norm else 0.0)

    def _known_grams(self, token: str) -> tuple[int, ...]:
        """The columns of a word's n-grams, those that the space has; looked up once for each word."""
        found = self._grams_of.get(token)
        if found is None:
            columns = (self.columns.get(gram) for gram in grams(token))
            found = tuple(column for column in columns if column is not None)
            _keep(self._grams_of, token, found)
        return found


_Value = TypeVar("_Value")


def _keep(known: dict[str, _Value], word: str, value: _Value) -> None:
    if len(word) > _LONGEST_KEPT:
        return
    if len(known) >= _MOST_WORDS:
        known.clear()
    known[word] = value


def word_features(stems: Sequence[str], stop_stems: frozenset[str]) -> dict[str, float]:
    """Feature key -> weight of the stems and of their neighbouring pairs; `^` and `$` mark the ends."""
    weights = {f"w {stem}": STOP_WEIGHT if stem in stop_stems else 1.0 for stem in stems}
    before = "^"
    for stem in [*stems, "$"]:
        weights[f"p {before} {stem}"] = PAIR_WEIGHT
        before = stem
    return weights


def grams(token: str) -> list[str]:
    """The keys of a word's character n-grams, with the word's ends marked by spaces."""
    padded = f" {token} "
    return [
        "c" + padded[i : i + n]
        for n in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for i in range(len(padded) - n + 1)
    ]


def fit(
    documents: Sequence[Sequence[str]],
    stem: Callable[[str], str],
    stop_words: frozenset[str],
    embedder: Embedder | None = None,
) -> tuple[FeatureSpace, csr_array]:
    """Span a space over documents and place them in it.

    Args:
        documents: Token lists.
        stem: Word -> stem.
        stop_words: Words that count less.
        embedder: Gives the meaning's block.

    Returns:
        The space, and the documents as a float32 matrix of shape (documents, columns), rows as `vector` gives.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

    stop_stems = frozenset(map(stem, stop_words))
    columns: dict[str, int] = {}
    words = _block(
        [word_features([stem(token) for token in document], stop_stems) for document in documents], columns
    )
    border = len(columns)
    gram_counts = _gram_counts(documents, columns)
    gram_counts.data = 1.0 + np.log(gram_counts.data)
    counts = _stack(words, gram_counts, border, len(columns))
    n = len(documents)
    frequency = np.bincount(counts.indices, minlength=len(columns))
    # Among many documents, a pair or an n-gram that one alone has is chance; single stems stay, since knowing a word
    # is what tells it from a foreign one.
    kept = np.flatnonzero(
        (frequency > (n > LONE_FEATURES))
        | np.fromiter((key[0] == "w" for key in columns), bool, len(columns))
    )
    border = int(np.searchsorted(kept, border))
    counts, frequency = csr_array(counts[:, kept]), frequency[kept]
    keys = list(columns)
    columns = {keys[old]: new for new, old in enumerate(kept)}
    idf = (np.log((1 + n) / (1 + frequency)) + 1).astype(np.float32)
    space = FeatureSpace(columns, idf, math.log(1 + n) + 1, stem, stop_stems)
    counts.data *= idf[counts.indices]
    for low, high, share in ((0, border, WORDS_SHARE), (border, len(columns), 1 - WORDS_SHARE)):
        inside = (counts.indices >= low) & (counts.indices < high)
        rows = np.repeat(np.arange(n), np.diff(counts.indptr))[inside]
        norms = np.bincount(rows, weights=counts.data[inside] ** 2, minlength=n)
        scale = np.sqrt(share / np.maximum(norms, 1e-12)).astype(np.float32)
        counts.data[inside] *= scale[rows]
    return (space, counts) if embedder is None else _with_meaning(space, counts, documents, embedder)


def _with_meaning(
    space: FeatureSpace, counts: csr_array, documents: Sequence[Sequence[str]], embedder: Embedder
) -> tuple[FeatureSpace, csr_array]:
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - a start from the cache needs no SciPy

    meaning = embedder.embed([" ".join(document) for document in documents])
    meaning[np.diff(counts.indptr) == 0] = 0  # as `vector` does: no known word, no place
    width = len(space)
    columns = space.columns | {f"s {number}": width + number for number in range(meaning.shape[1])}
    idf = np.concatenate((space.idf, np.ones(meaning.shape[1], np.float32)))
    wide = FeatureSpace(columns, idf, space.unknown_idf, space.stem, space.stop_stems, embedder)
    lexical = counts * np.float32(math.sqrt(1 - MEANING_SHARE))
    block = csr_array(meaning * np.float32(math.sqrt(MEANING_SHARE)))
    both = csr_array(hstack([lexical, block], format="csr"))
    both.sort_indices()
    return wide, both


def _block(weights: Sequence[dict[str, float]], columns: dict[str, int]) -> csr_array:
    from scipy.sparse import csr_array  # noqa: PLC0415 - a start from the cache needs no SciPy

    indices: list[int] = []
    data: list[float] = []
    starts = [0]
    for row in weights:
        for key, weight in row.items():
            indices.append(columns.setdefault(key, len(columns)))
            data.append(weight)
        starts.append(len(indices))
    shape = (len(weights), len(columns))
    return csr_array((np.asarray(data, np.float32), np.asarray(indices, np.int32), starts), shape=shape)


def _gram_counts(documents: Sequence[Sequence[str]], columns: dict[str, int]) -> csr_array:
    """Documents x n-grams as a product of (documents x words) and (words x n-grams): each word is cut once."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    vocabulary: dict[str, int] = {}
    word_ids = [vocabulary.setdefault(token, len(vocabulary)) for document in documents for token in document]
    starts = np.cumsum([0, *map(len, documents)])
    ones = np.ones(len(word_ids), np.float32)
    uses = csr_array((ones, np.asarray(word_ids, np.int32), starts), shape=(len(documents), len(vocabulary)))
    uses.sum_duplicates()
    gram_ids: list[int] = []
    gram_starts = [0]
    for word in vocabulary:
        gram_ids.extend(columns.setdefault(gram, len(columns)) for gram in grams(word))
        gram_starts.append(len(gram_ids))
    ones = np.ones(len(gram_ids), np.float32)
    spelled = csr_array(
        (ones, np.asarray(gram_ids, np.int32), gram_starts), shape=(len(vocabulary), len(columns))
    )
    spelled.sum_duplicates()
    return csr_array(uses @ spelled)


def _stack(words: csr_array, gram_counts: csr_array, border: int, width: int) -> csr_array:
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - as above

    both = csr_array(hstack([words, gram_counts[:, border:]], format="csr"))
    both.resize((words.shape[0], width))
    both.sort_indices()
    return both
