"""A message's words -> a TF-IDF vector over words, word pairs and character n-grams, and what the message means.

Two lexical blocks, each cosine-normalised by itself and weighted by half, so that the dot product of two vectors is the
mean of two cosines:

* words: stems (binary, IDF) and pairs of neighbouring stems (half weight); stop words count 0.7; a stem that the
  space has never seen adds its weight to the norm, so that foreign matter lowers every similarity;
* characters: n-grams of 3 and 4 within words, the word's ends marked, sublinear term frequency, IDF.

A third block is the message's meaning, where something gives one (`Embedder`); it takes its share from both.

Sources: G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988 (TF-IDF, cosine);
W. Cavnar and J. Trenkle, "N-gram-based text categorization", 1994 (character n-grams).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.columns import END, Columns, Ints
from knowledge.remembered import Remembered
from knowledge.weights import Floats
from knowledge.word_classes import NO_CLASSES, WordClasses, all_words, is_mark

Doubles: TypeAlias = npt.NDArray[np.float64]

PAIR_WEIGHT: Final = 0.5
STOP_WEIGHT: Final = 0.7
SHORTEST_GRAM: Final = 3
LONGEST_GRAM: Final = 4
WORDS_SHARE: Final = 0.5
"""How much of the two lexical blocks' similarity the words carry; the characters carry the rest."""


class Embedder(Protocol):
    """Gives texts their meaning as vectors."""

    @property
    def dimensions(self) -> int:
        """How long the vectors are."""

    @property
    def digest(self) -> str:
        """Changes with what the vectors would be."""

    @property
    def share(self) -> float:
        """How much of a similarity the meaning carries, between 0 and 1; the words' letters carry the rest."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """The texts' vectors, shape (texts, dimensions), each of length 1 or 0."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector: `columns` (ascending, unique) and their `values`, of equal length; norm at most 1."""

    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of words besides their columns.

    Attributes:
        stem: Word -> stem.
        stop_stems: Stems that count less.
        classes: Listed words, which count as one.
    """

    stem: Callable[[str], str]
    stop_stems: frozenset[str]
    classes: WordClasses = NO_CLASSES


class FeatureSpace:
    """The columns that a knowledge base spans, and how to place a text in them.

    Args:
        columns: What they stand for.
        idf: Inverse document frequency, one a column.
        unknown_idf: The weight of a stem that no document holds.
        words: Their stems and classes.
        embedder: Gives the meaning's block, whose columns are the last ones; none without it.
    """

    def __init__(
        self,
        columns: Columns,
        idf: Floats,
        unknown_idf: float,
        words: Words,
        embedder: Embedder | None = None,
    ) -> None:
        self.columns = columns
        self.idf = idf
        self.unknown_idf = unknown_idf
        self.words = words
        self.embedder = embedder
        self._n_stems = len(columns.stems)
        content = np.array([text not in words.stop_stems for text in columns.stems], bool)
        self.is_content = np.zeros(len(columns), bool)
        """Which columns are stems that carry matter, one a column."""
        self.is_content[: self._n_stems] = content
        self.is_stem = np.arange(len(columns)) < self._n_stems
        """Which columns are stems at all."""
        self._stem_weights = np.where(content, 1.0, STOP_WEIGHT)
        self._known = Remembered(self._looked_up)

    def __len__(self) -> int:
        return len(self.columns)

    def vector(self, tokens: Sequence[str]) -> Vector:
        """Place a text's tokens in the space.

        Args:
            tokens: Words in comparison form, typos mended.

        Returns:
            The combined vector. It is empty where the text shares nothing with the space.
        """
        lexical = self.lexical(tokens)
        if self.embedder is None or not len(lexical.columns):
            return lexical
        meaning = math.sqrt(self.embedder.share) * self.embedder.embed([" ".join(tokens)])[0]
        last = np.arange(len(self) - len(meaning), len(self), dtype=np.int32)
        return Vector(np.concatenate((lexical.columns, last)), np.concatenate((lexical.values, meaning)))

    def lexical(self, tokens: Sequence[str]) -> Vector:
        """What `vector` gives without the meaning's columns, which are the last ones."""
        share = 1 - self.embedder.share if self.embedder else 1.0
        units = self.words.classes.units(tokens)
        known = list(map(self._known.__getitem__, units))
        numbers = [number for number, _ in known]
        words = self._words(units, numbers, self._of_listed(tokens, units), WORDS_SHARE * share)
        grams_ = self._grams([columns for _, columns in known], (1 - WORDS_SHARE) * share)
        columns = np.concatenate((words[0], grams_[0]))  # ascending, as the blocks are
        return Vector(columns, np.concatenate((words[1], grams_[1])).astype(np.float32))

    def has_content(self, vector: Vector) -> bool:
        """Whether a vector has a column with matter in it, by which entries are told apart."""
        return bool(self.is_content[vector.columns].any())

    def knows(self, word: str) -> bool:
        """Whether any phrasing has this word, in whatever form."""
        return self.words.stem(word) in self.columns.stems

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        """The inverse document frequency of each of some words that a phrasing has, in whatever form."""
        columns = self.columns.stems
        return {
            word: float(self.idf[columns[stem]])
            for word in words
            if (stem := self.words.stem(word)) in columns
        }

    def _foreign(self, units: Sequence[str]) -> set[str]:
        stems = {self.words.stem(unit) for unit in units if not is_mark(unit)}
        # One by one: a set less a dictionary's keys goes through all of those.
        return {stem for stem in stems if stem not in self.columns.stems}

    def _of_listed(self, tokens: Sequence[str], units: Sequence[str]) -> list[int]:
        """The numbers of what listed words bring besides their units: their own stems, and their classes' order."""
        if units is tokens:
            return []
        numbers = (self._known[word][0] for word in all_words(tokens, units))
        return [number for number in numbers if number <= self._n_stems]

    def _words(
        self, units: Sequence[str], numbers: list[int], more: list[int], share: float
    ) -> tuple[Ints, Doubles]:
        """Columns of the words' block and its values, whose norm is at most the root of the share."""
        distinct = sorted({*numbers, *more})
        foreign = 0.0
        if distinct and distinct[-1] > self._n_stems:
            distinct.pop()
            # Only whole words count as foreign: unseen pairs and n-grams are the rule in fresh text.
            new = self._foreign(units)
            weight = len(new - self.words.stop_stems) + len(new & self.words.stop_stems) * STOP_WEIGHT**2
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

    def _looked_up(self, unit: str) -> tuple[int, Ints]:
        """The number of a unit's stem, and the columns of those of its n-grams that have one."""
        return self.columns.number(stem_of(unit, self.words.stem)), self.columns.of_grams(grams(unit))


def stem_of(unit: str, stem: Callable[[str], str]) -> str:
    """A word's stem; a word class has none but its name."""
    return unit if is_mark(unit) else stem(unit)


def grams(unit: str) -> list[str]:
    """The keys of a word's character n-grams, with the word's ends marked by spaces; none of a word class."""
    if is_mark(unit):
        return []
    padded = f" {unit} "
    return [
        "c" + padded[i : i + n]
        for n in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for i in range(len(padded) - n + 1)
    ]
