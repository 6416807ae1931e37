"""Why one class rather than another: each word's part in the difference of the classifier's two scores.

The classifier is linear, so that the difference can be taken apart exactly: every feature adds its value times the
difference of its two weights, and every feature stems from words. A word gets all of its stem, half of each pair
that it stands in (all of a pair with the end of the message), its part of its character n-grams, what its own vector
adds to the message's meaning, and, where it is listed, its part of what its class brings. A meaning that isn't a sum over words is shown as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from knowledge.features import grams, stem_of
from knowledge.index import Index
from knowledge.word_classes import is_mark
from knowledge.word_vectors import WordVectors

if TYPE_CHECKING:
    from knowledge.outcome import Ranking

MEANING: Final = "(meaning)"
"""Stands for a message's meaning as a whole, where a semantic model has a say."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A word's part in a decision between two classes."""

    word: str
    score: float
    """Positive: drew the message to the first class; negative: to the second. In units of log-probability."""


def compared(index: Index, ranking: Ranking) -> Sequence[str]:
    """The words that the entries were compared with: those of the one sentence that won, where a long message was taken apart."""
    return index.tokens(ranking.clause) if ranking.clause else ranking.tokens


def drawn_by(index: Index, tokens: Sequence[str], towards: str, instead_of: str) -> list[Drawn]:
    """Take apart what drew a message to one class rather than to another.

    What the conversation before or the single clauses of a long message add isn't part of it: this is about the
    words alone.

    Args:
        index: What the message was matched with.
        tokens: The message, or the part of it that matters, as `Index.tokens` gives it.
        towards: A class of the index: an entry's id or an off-topic kind behind `OFF_TOPIC_MARK`.
        instead_of: Another one.

    Returns:
        One part for each distinct word, the strongest pull towards the first class first. They sum to the
        difference of the two raw scores.

    Raises:
        ValueError: The index has no such class.
    """
    classes = index.classes.index(towards), index.classes.index(instead_of)
    vector = index.space.vector(tokens)
    towards_weights, other_weights = (index.weights.of(vector.columns, class_) for class_ in classes)
    leaning = towards_weights - other_weights
    pulls = dict(zip(vector.columns.tolist(), (vector.values * leaning).tolist(), strict=True))
    parts = dict.fromkeys(tokens, 0.0)
    for key, owners in _owners(index, tokens).items():
        column = index.space.columns.get(key)
        if column is not None:
            for word in owners:
                parts[word] += pulls[column] / len(owners)
    embedder = index.space.embedder
    if embedder is not None and len(vector.columns):
        meant = slice(-embedder.dimensions, None)
        if isinstance(embedder, WordVectors):
            own = math.sqrt(embedder.share) * embedder.shares(tokens) @ leaning[meant]
            for word, pull in zip(tokens, own.tolist(), strict=True):
                parts[word] += pull
        else:
            parts[MEANING] = float(vector.values[meant] @ leaning[meant])
    drawn = [Drawn(word, score) for word, score in parts.items()]
    return sorted(drawn, key=lambda part: -part.score)


def _owners(index: Index, tokens: Sequence[str]) -> dict[str, list[str]]:
    """Feature key -> the words that it stems from, a word as often as it brings the feature."""
    owners: dict[str, list[str]] = {}
    parted = index.space.words.classes.parted(tokens)
    for token in tokens:
        owners.setdefault(f"w {index.space.words.stem(token)}", []).append(token)
    for unit, words in parted:
        if is_mark(unit):
            owners.setdefault(f"w {unit}", []).extend(words)
        for gram in grams(unit):
            owners.setdefault(gram, []).extend(words)
    stems = [(stem_of(unit, index.space.words.stem), words) for unit, words in parted]
    for (before, first), (after, second) in pairwise([("^", []), *stems, ("$", [])]):
        owners.setdefault(f"p {before} {after}", []).extend([*first, *second])
    for (one, first), (other, second) in pairwise([part for part in parted if is_mark(part[0])]):
        owners.setdefault(f"w {one}{other}", []).extend([*first, *second])
    return owners
