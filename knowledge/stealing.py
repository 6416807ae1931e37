"""Phrasings that the trained index gives to another entry than the one that they are written under."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from knowledge.checks.phrasings import Stolen
from knowledge.index import Index


def stolen_phrasings(index: Index) -> Iterator[Stolen]:
    """Look for phrasings that the index, although trained on them, would answer with another entry.

    Either two entries say the same thing in other words, or the phrasing stands under the wrong one.

    Yields:
        The stolen ones, in file order.
    """
    documents = index.documents
    for row, class_ in enumerate(documents.labels):
        if class_ >= index.n_entries or documents.numbers[row] < 0:
            continue
        vector = index.space.vector(index.tokens(documents.texts[row]))
        scores = index.logits(vector)
        thief = int(scores[: index.n_entries].argmax())
        if thief == class_:
            continue
        own = documents.of_class(thief)
        nearest = own.start + int(documents.beside(thief, vector).similarities.argmax())
        odds = np.exp(scores - scores.max())
        yield Stolen(
            index.classes[class_],
            documents.numbers[row],
            index.language,
            index.classes[thief],
            documents.texts[nearest],
            float(odds[thief] / odds.sum()),
        )
