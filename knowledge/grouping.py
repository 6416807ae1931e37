"""Texts -> groups that ask the same thing, by the similarity that matching uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from knowledge.features import Vector
from knowledge.index import Index
from knowledge.normalizer import comparison_form
from knowledge.scorer import likeness

ALIKE: Final = 0.5
"""Similarity of vectors, 0 to 1, from which two texts ask about the same."""
ALIKE_LETTERS: Final = 0.8
"""Likeness of letters, 0 to 1: for texts of words that the index doesn't know."""


def groups(texts: Sequence[str], index: Index) -> list[list[int]]:
    """Sort texts into groups. The first text of each leads it, and all others in it are like that one.

    So what is alike to a leader doesn't depend on how many other texts there are.

    Args:
        texts: Texts.
        index: Of their language.

    Returns:
        Indexes into `texts`, each once; groups in the order of their leaders, each ascending.
    """
    vectors = [index.space.vector(index.tokens(text)) for text in texts]
    forms = [comparison_form(text, index.language) for text in texts]
    found: list[list[int]] = []
    for number, (vector, form) in enumerate(zip(vectors, forms, strict=True)):
        for group in found:
            leader = group[0]
            if (
                _similarity(vectors[leader], vector) >= ALIKE
                or likeness(forms[leader], form, ALIKE_LETTERS) >= ALIKE_LETTERS
            ):
                group.append(number)
                break
        else:
            found.append([number])
    return found


def _similarity(one: Vector, other: Vector) -> float:
    _, ones, others = np.intersect1d(one.columns, other.columns, assume_unique=True, return_indices=True)
    return float(one.values[ones] @ other.values[others])
