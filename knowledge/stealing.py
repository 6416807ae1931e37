"""Phrasings that the trained index gives to another entry than the one that they are written under."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from knowledge.checks.phrasings import Stolen
from knowledge.features import Vector
from knowledge.index import Index


def stolen_phrasings(index: Index) -> Iterator[Stolen]:
    """Look for phrasings that the index, although trained on them, would answer with another entry.

    Either two entries say the same thing in other words, or the phrasing stands under the wrong one.

    Yields:
        The stolen ones, in file order.
    """
    rows = index.documents
    for class_ in range(index.n_entries):
        for row in range(int(rows.class_starts[class_]), int(rows.class_starts[class_ + 1])):
            low, high = int(rows.starts[row]), int(rows.starts[row + 1])
            vector = Vector(rows.columns[low:high], rows.values[low:high])
            scores = index.logits(vector)
            thief = int(scores[: index.n_entries].argmax())
            if thief == class_ or rows.numbers[row] < 0:
                continue
            likeness = rows.similarities(index.dense(vector), thief)
            nearest = int(rows.class_starts[thief]) + int(likeness.argmax())
            odds = np.exp(scores - scores.max())
            yield Stolen(
                index.classes[class_],
                rows.numbers[row],
                index.language,
                index.classes[thief],
                rows.texts[nearest],
                float(odds[thief] / odds.sum()),
            )
