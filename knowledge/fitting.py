"""Phrasings -> the feature space that they span, and their vectors in it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge.columns import END, Codes, Columns, Strings, pair_codes
from knowledge.features import (
    PAIR_WEIGHT,
    STOP_WEIGHT,
    WORDS_SHARE,
    Embedder,
    FeatureSpace,
    Words,
    grams,
    stem_of,
)
from knowledge.weights import Floats
from knowledge.word_classes import NO_CLASSES, WordClasses, all_words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LEAST_SHARE: Final = 0.1
"""Up to such a share, the meaning is the classifier's business alone: to compare phrasings by it too takes half as long again, and
finds no nearer ones."""
LONE_FEATURES: Final = 400
"""Up to this many documents, pairs and n-grams that only one of them has are kept: with few phrasings they say something."""


def fit(
    documents: Sequence[Sequence[str]],
    stem: Callable[[str], str],
    stop_words: frozenset[str],
    embedder: Embedder | None = None,
    word_classes: WordClasses = NO_CLASSES,
) -> tuple[FeatureSpace, csr_array]:
    """Span a space over documents and place them in it.

    Args:
        documents: Token lists.
        stem: Word -> stem.
        stop_words: Words that count less.
        embedder: Gives the meaning's block.
        word_classes: Listed words, which count as one.

    Returns:
        The space, and the documents as a float32 matrix of shape (documents, columns), rows as `vector` gives.
    """
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - a start from the cache needs no SciPy

    n = len(documents)
    # Among many documents, a pair or an n-gram that one alone has is chance; single stems stay, since knowing a word
    # is what tells it from a foreign one.
    fewest = 2 if n > LONE_FEATURES else 1
    ids: dict[str, int] = defaultdict(count().__next__)
    parted = [word_classes.units(document) for document in documents]
    units, lengths = _numbered(parted, ids)
    words, word_lengths = _numbered(list(map(all_words, documents, parted)), ids)
    stems: dict[str, int] = defaultdict(count().__next__)
    numbers = np.array([stems[stem_of(unit, stem)] for unit in ids], np.int64)
    stem_uses = _uses(numbers[words], word_lengths, len(stems))
    pairs, pair_uses = _pairs(numbers[units], lengths, len(stems))
    keys, spelled = _spelled(ids)
    uses = _uses(units, lengths, len(ids))
    gram_uses = csr_array(uses @ spelled)  # each word is cut once
    kept_pairs, kept_grams = _held_by(pair_uses, fewest), _held_by(gram_uses, fewest)
    meaning = embedder.embed([" ".join(document) for document in documents]) if embedder else None
    columns = Columns(
        list(stems), pairs[kept_pairs], keys[kept_grams], 0 if meaning is None else meaning.shape[1]
    )
    stop_stems = frozenset(map(stem, stop_words))
    stop_columns = [column for text, column in stems.items() if text in stop_stems]
    stem_uses.data[:] = 1.0
    stem_uses.data[np.isin(stem_uses.indices, stop_columns)] = STOP_WEIGHT
    pair_uses.data[:] = PAIR_WEIGHT
    of_words = csr_array(hstack([stem_uses, pair_uses[:, kept_pairs]], format="csr"))
    of_grams = csr_array(gram_uses[:, kept_grams])
    of_grams.data = 1.0 + np.log(of_grams.data)
    idf = [_weighed(of_words, WORDS_SHARE), _weighed(of_grams, 1 - WORDS_SHARE)]
    blocks = [of_words, of_grams]
    if embedder and meaning is not None:
        lexical, share = np.sqrt([1 - embedder.share, embedder.share]).astype(np.float32)
        for block in blocks:
            block.data *= lexical
        # As `vector` does: no known word, no place.
        nowhere = sum(np.diff(block.indptr) for block in blocks) == 0
        meaning[nowhere] = 0
        blocks.append(csr_array(meaning * share))
        idf.append(np.ones(meaning.shape[1], np.float32))
    matrix = csr_array(hstack(blocks, format="csr"))
    matrix.sort_indices()
    own = Words(stem, stop_stems, word_classes)
    return FeatureSpace(columns, np.concatenate(idf), math.log(1 + n) + 1, own, embedder), matrix


def _numbered(documents: Sequence[Sequence[str]], ids: dict[str, int]) -> tuple[Codes, Codes]:
    """The number of each word, document after document, and how many words each document has; `ids` numbers new ones by itself."""
    numbers = np.fromiter(map(ids.__getitem__, chain.from_iterable(documents)), np.int64)
    return numbers, np.fromiter(map(len, documents), np.int64, len(documents))


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
    """The columns that at least a number of documents have."""
    kept: npt.NDArray[np.intp] = np.flatnonzero(np.bincount(uses.indices, minlength=uses.shape[1]) >= fewest)
    return kept


def _weighed(uses: csr_array, share: float) -> Floats:
    """Weigh a block's columns by their inverse document frequency, which is returned, and bring each row's norm to the root of a share."""
    n, width = uses.shape
    idf: Floats = (np.log((1 + n) / (1 + np.bincount(uses.indices, minlength=width))) + 1).astype(np.float32)
    uses.data *= idf[uses.indices]
    sizes = np.diff(uses.indptr)
    norms = np.bincount(np.arange(n).repeat(sizes), uses.data**2, n)
    uses.data *= np.sqrt(share / np.maximum(norms, 1e-12)).astype(np.float32).repeat(sizes)
    return idf


def compared(space: FeatureSpace, matrix: csr_array) -> tuple[csr_array, float]:
    """What of vectors is looked at to tell how near they are.

    Args:
        space: Where they are.
        matrix: The vectors, one a row.

    Returns:
        Their first columns, each row of length 1 or 0, and what they were multiplied by.
    """
    embedder = space.embedder
    if embedder is None or embedder.share > LEAST_SHARE:
        return matrix, 1.0
    scale = 1 / math.sqrt(1 - embedder.share)
    return matrix[:, : len(space) - embedder.dimensions] * np.float32(scale), scale
