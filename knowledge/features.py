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
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.columns import END, Codes, Columns, Ints, Strings, pair_codes
from knowledge.factors import Factors

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from knowledge.semantic import Embedder

Floats: TypeAlias = npt.NDArray[np.float32]
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
        columns: What they stand for.
        idf: Inverse document frequency, one a column.
        unknown_idf: The weight of a stem that no document holds.
        stem: Word -> stem.
        stop_stems: Stems that count less.
        embedder: Gives the meaning's block, whose columns are the last ones; none without it.
    """

    def __init__(
        self,
        columns: Columns,
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
        self._n_stems = len(columns.stems)
        content = np.array([text not in stop_stems for text in columns.stems], bool)
        self.is_content = np.zeros(len(columns), bool)
        """Which columns are stems that carry matter, one a column."""
        self.is_content[: self._n_stems] = content
        self.is_stem = np.arange(len(columns)) < self._n_stems
        """Which columns are stems at all."""
        self._stem_weights = np.where(content, 1.0, STOP_WEIGHT)
        self._known: dict[str, tuple[int, Ints]] = {}

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
        known = list(map(self._looked_up, tokens))
        words = self._words(tokens, [number for number, _ in known], WORDS_SHARE * lexical)
        grams_ = self._grams([columns for _, columns in known], (1 - WORDS_SHARE) * lexical)
        columns = np.concatenate((words[0], grams_[0]))  # ascending, as the blocks are
        values = np.concatenate((words[1], grams_[1])).astype(np.float32)
        if self.embedder is None or not len(columns):
            return Vector(columns, values)
        meaning = math.sqrt(MEANING_SHARE) * self.embedder.embed([" ".join(tokens)])[0]
        last = np.arange(len(self) - len(meaning), len(self), dtype=np.int32)
        return Vector(np.concatenate((columns, last)), np.concatenate((values, meaning)))

    def matter(self, tokens: Sequence[str], columns: Ints) -> tuple[npt.NDArray[np.intp], float]:
        """What of a text tells what it is about: its content words, and in one that has none ("what about that?") all.

        Args:
            tokens: Its words.
            columns: Where it is.

        Returns:
            The positions in `columns` of the stems that matter, and the summed IDF of those that the space has never seen.
        """
        foreign = self._foreign(tokens)
        known, unknown = np.flatnonzero(self.is_content[columns]), foreign - self.stop_stems
        if not len(known) and not unknown:
            known, unknown = np.flatnonzero(self.is_stem[columns]), foreign
        return known, self.unknown_idf * len(unknown)

    def rarity(self, words: Collection[str]) -> float:
        """The summed inverse document frequency of some words."""
        find = self.columns.stems.get
        columns = [find(stem) for stem in map(self.stem, words)]
        return sum(self.unknown_idf if column is None else float(self.idf[column]) for column in columns)

    def _foreign(self, tokens: Sequence[str]) -> set[str]:
        return {stem for stem in map(self.stem, tokens) if stem not in self.columns.stems}

    def _words(self, tokens: Sequence[str], numbers: list[int], share: float) -> tuple[Ints, Doubles]:
        """Columns of the words' block and its values, whose norm is at most the root of the share."""
        distinct = sorted(set(numbers))
        foreign = 0.0
        if distinct and distinct[-1] > self._n_stems:
            distinct.pop()
            # Only whole words count as foreign: unseen pairs and n-grams are the rule in fresh text.
            new = self._foreign(tokens)
            weight = len(new - self.stop_stems) + len(new & self.stop_stems) * STOP_WEIGHT**2
            foreign = weight * self.unknown_idf**2
        stems = np.array(distinct, np.int32) - 1
        pairs = self.columns.of_pairs([END, *numbers, END])
        weights = np.concatenate((self._stem_weights[stems], np.full(len(pairs), PAIR_WEIGHT)))
        return self._scaled(np.concatenate((stems, pairs)), weights, foreign, share)

    def _grams(self, columns: Sequence[Ints], share: float) -> tuple[Ints, Doubles]:
        """As `_words`, of the n-grams' block."""
        if not columns:
            return np.zeros(0, np.int32), np.zeros(0)
        distinct, counts = np.unique(np.concatenate(columns), return_counts=True)
        return self._scaled(distinct, 1.0 + np.log(counts), 0.0, share)

    def _scaled(self, columns: Ints, weights: Doubles, foreign: float, share: float) -> tuple[Ints, Doubles]:
        values = weights * self.idf.take(columns)
        norm = float(values @ values) + foreign
        return columns, values * (math.sqrt(share / norm) if norm else 0.0)

    def _looked_up(self, token: str) -> tuple[int, Ints]:
        """The number of a word's stem, and the columns of those of its n-grams that have one; looked up once for each word."""
        found = self._known.get(token)
        if found is None:
            found = self.columns.number(self.stem(token)), self.columns.of_grams(grams(token))
            if len(token) <= _LONGEST_KEPT:
                if len(self._known) >= _MOST_WORDS:
                    self._known.clear()
                self._known[token] = found
        return found


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
) -> tuple[FeatureSpace, csr_array, Factors]:
    """Span a space over documents and place them in it.

    Args:
        documents: Token lists.
        stem: Word -> stem.
        stop_words: Words that count less.
        embedder: Gives the meaning's block.

    Returns:
        The space, the documents as a float32 matrix of shape (documents, columns), rows as `vector` gives, and the same
        matrix in factors.
    """
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - a start from the cache needs no SciPy

    n = len(documents)
    # Among many documents, a pair or an n-gram that one alone has is chance; single stems stay, since knowing a word
    # is what tells it from a foreign one.
    fewest = 2 if n > LONE_FEATURES else 1
    ids: dict[str, int] = {}
    words = np.array(
        [ids.setdefault(word, len(ids)) for document in documents for word in document], np.int64
    )
    lengths = np.fromiter(map(len, documents), np.int64, n)
    stems: dict[str, int] = {}
    stem_of = np.array([stems.setdefault(stem(word), len(stems)) for word in ids], np.int64)
    stem_uses = _uses(stem_of[words], lengths, len(stems))
    pairs, pair_uses = _pairs(stem_of[words], lengths, len(stems))
    keys, spelled = _spelled(ids)
    uses = _uses(words, lengths, len(ids))
    gram_uses = csr_array(uses @ spelled)  # each word is cut once
    kept_pairs, kept_grams = _held_by(pair_uses, fewest), _held_by(gram_uses, fewest)
    columns = Columns(list(stems), pairs[kept_pairs], keys[kept_grams])
    stop_stems = frozenset(map(stem, stop_words))
    stop_columns = [column for text, column in stems.items() if text in stop_stems]
    stem_uses.data[:] = 1.0
    stem_uses.data[np.isin(stem_uses.indices, stop_columns)] = STOP_WEIGHT
    pair_uses.data[:] = PAIR_WEIGHT
    parts = [stem_uses, pair_uses[:, kept_pairs], gram_uses[:, kept_grams]]
    matrix = csr_array(hstack(parts, format="csr"))
    matrix.sort_indices()
    frequency = np.bincount(matrix.indices, minlength=len(columns))
    idf = (np.log((1 + n) / (1 + frequency)) + 1).astype(np.float32)
    space = FeatureSpace(columns, idf, math.log(1 + n) + 1, stem, stop_stems)
    border = len(stems) + len(columns.pairs)
    is_word = matrix.indices < border
    times = np.where(is_word, 0.0, matrix.data)
    matrix.data = np.where(is_word, matrix.data, 1.0 + np.log(matrix.data)).astype(np.float32)
    whole = (times / matrix.data).astype(np.float32)
    matrix.data *= idf[matrix.indices]
    rows = np.repeat(np.arange(n), np.diff(matrix.indptr))
    scales = np.empty((2, n), np.float32)
    for scale, inside, share in zip(scales, (is_word, ~is_word), (WORDS_SHARE, 1 - WORDS_SHARE), strict=True):
        norms = np.bincount(rows[inside], matrix.data[inside] ** 2, n)
        scale[:] = np.sqrt(share / np.maximum(norms, 1e-12))
        matrix.data[inside] *= scale[rows[inside]]
    uses.data *= scales[1].repeat(np.diff(uses.indptr))
    spelled = spelled[:, kept_grams]
    spelled = csr_array(
        (spelled.data * idf[border + spelled.indices], spelled.indices + np.int32(border), spelled.indptr),
        shape=(len(ids), len(columns)),
    )
    # The product counts an n-gram that a text holds several times in full.
    rest = matrix.copy()
    rest.data *= 1 - whole
    rest.eliminate_zeros()
    found = space, matrix, Factors(rest, uses, spelled)
    return found if embedder is None else _with_meaning(*found, documents, embedder)


def _uses(columns: Codes, lengths: Codes, width: int) -> csr_array:
    """How often each document uses each of something; `columns` one after another, so many of each document's."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    starts = np.concatenate(([0], lengths.cumsum()))
    uses = csr_array(
        (np.ones(len(columns), np.float32), columns.astype(np.int32), starts), shape=(len(lengths), width)
    )
    uses.sum_duplicates()
    return uses


def _pairs(stems: Codes, lengths: Codes, n_stems: int) -> tuple[Codes, csr_array]:
    """The codes of all pairs, ascending, and how often each document uses each."""
    # One mark between two documents ends the one and begins the other.
    numbers = np.full(len(stems) + len(lengths) + 1, END, np.int64)
    numbers[np.arange(len(stems)) + np.arange(len(lengths)).repeat(lengths) + 1] = stems + 1
    codes, columns = np.unique(pair_codes(numbers, n_stems), return_inverse=True)
    return codes, _uses(columns, lengths + 1, len(codes))


def _spelled(words: Collection[str]) -> tuple[Strings, csr_array]:
    """The keys of all n-grams, ascending, and how often each word has each."""
    of_words = list(map(grams, words))
    keys = sorted({key for keys in of_words for key in keys})
    place = {key: column for column, key in enumerate(keys)}
    columns = np.array([place[key] for keys in of_words for key in keys], np.int64)
    lengths = np.fromiter(map(len, of_words), np.int64, len(of_words))
    return np.array(keys, np.str_), _uses(columns, lengths, len(keys))


def _held_by(uses: csr_array, fewest: int) -> npt.NDArray[np.intp]:
    """The columns that so many documents have at least."""
    kept: npt.NDArray[np.intp] = np.flatnonzero(np.bincount(uses.indices, minlength=uses.shape[1]) >= fewest)
    return kept


def _with_meaning(
    space: FeatureSpace,
    counts: csr_array,
    factors: Factors,
    documents: Sequence[Sequence[str]],
    embedder: Embedder,
) -> tuple[FeatureSpace, csr_array, Factors]:
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - a start from the cache needs no SciPy

    meaning = embedder.embed([" ".join(document) for document in documents])
    meaning[np.diff(counts.indptr) == 0] = 0  # as `vector` does: no known word, no place
    lexical = space.columns
    columns = Columns(list(lexical.stems), lexical.pairs, lexical.grams, meaning.shape[1])
    idf = np.concatenate((space.idf, np.ones(meaning.shape[1], np.float32)))
    wide = FeatureSpace(columns, idf, space.unknown_idf, space.stem, space.stop_stems, embedder)
    lexical_share = np.float32(math.sqrt(1 - MEANING_SHARE))
    block = csr_array(meaning * np.float32(math.sqrt(MEANING_SHARE)))

    def beside(part: csr_array) -> csr_array:
        both = csr_array(hstack([part * lexical_share, block], format="csr"))
        both.sort_indices()
        return both

    spelled = factors.spelled.copy()
    spelled.resize((spelled.shape[0], len(columns)))
    return wide, beside(counts), Factors(beside(factors.rest), factors.uses * lexical_share, spelled)
