"""Phrasings that the trained index gives to another entry than the one that they are written under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from knowledge.features import Vector
from knowledge.fitting import LONE_FEATURES
from knowledge.index import Index
from knowledge.model import LearnedPhrasing, Stolen
from knowledge.weights import Floats

NEAR: Final = 0.2
"""How like a new phrasing another one must be for the new one to draw it away."""
MOST_NEAR: Final = 500
TWIN: Final = 0.7
"""How like another entry's phrasing one must be to be that entry's, where the classifier has few to learn."""
SAME: Final = 0.9
"""How like each other two phrasings of different entries must be to be at odds."""


def stolen_phrasings(
    index: Index, rows: Iterable[int] | None = None, *, questions: bool = False
) -> Iterator[Stolen]:
    """Look for phrasings that the index, although trained on them, would answer with another entry.

    Either two entries say the same thing in other words, or the phrasing stands under the wrong one.

    Args:
        index: Where to look.
        rows: The documents looked at; all where None.
        questions: Look at the entries' own questions too.

    Yields:
        The stolen ones, in the order of the rows.
    """
    documents = index.documents
    labels = documents.labels
    for row in range(len(labels)) if rows is None else rows:
        class_ = int(labels[row])
        if class_ >= index.n_entries or (documents.number(row) < 0 and not questions):
            continue
        vector = index.space.vector(index.tokens(documents.texts[row]))
        scores = index.logits(vector)
        thief = index.likeliest(scores)
        by_heart = thief == class_
        if by_heart and len(labels) <= LONE_FEATURES:
            thief = _owner_of_twin(index, row, vector, scores)
        if thief == class_:
            continue
        nearest = documents.beside((thief,), vector).nearest[0]
        odds = np.exp(scores - scores.max())
        share = None if by_heart else float(odds[thief] / odds.sum())
        yield Stolen(
            index.classes[class_],
            documents.number(row),
            index.language,
            index.classes[thief],
            documents.texts[nearest],
            share,
        )


def _owner_of_twin(index: Index, row: int, vector: Vector, scores: Floats) -> int:
    """The likeliest other entry, if it has a phrasing all but the same and the row's own entry has none so near.

    A classifier can learn few documents by heart, so that it gives each to its entry whatever stands elsewhere. The two
    nearest of either entry are compared, since of one pair either could be the twin.
    """
    documents = index.documents
    class_ = int(documents.labels[row])
    others = scores[: index.n_entries].copy()
    others[class_] = -np.inf
    rival = int(others.argmax())
    theirs = np.sort(documents.similarities(rival, vector))[-2:]
    own = documents.similarities(class_, vector)
    own[row - documents.of_class(class_).start] = 0.0
    is_theirs = theirs[-1] >= TWIN and theirs.sum() > np.sort(own)[-2:].sum()
    return rival if is_theirs and rival != class_ else class_


def stolen_by(old: Index, new: Index, added: Sequence[LearnedPhrasing]) -> list[tuple[Stolen, str]]:
    """What phrasings, were they learned, would draw away from other entries, and which of them wouldn't be found themselves.

    An entry's question counts as its phrasing -1. Two phrasings that are nearly the same are at odds as well, though the index
    can learn both by heart. Only phrasings that are like the added ones are looked at: the others' scores hardly change.

    Args:
        old: Trained without them.
        new: Trained with them.
        added: Those of the indexes' language.

    Returns:
        The stolen phrasings that weren't stolen before, each once, with its text.
    """
    texts = {one.text for one in added}
    found: dict[tuple[str, int], tuple[Stolen, str]] = {}
    near: dict[int, None] = {}
    for one in added:
        for row, similarity in _near(new, new.space.vector(new.tokens(one.text))):
            near[row] = None
            owner = new.classes[int(new.documents.labels[row])]
            if similarity >= SAME and owner != one.entry_id:
                number = new.documents.number(row)
                theft = Stolen(owner, number, new.language, one.entry_id, one.text, None)
                found[owner, number] = theft, str(new.documents.texts[row])
    for theft in stolen_phrasings(new, near, questions=True):
        text = _text(new, theft)
        if text in texts or not _is_stolen(old, theft.entry_id, text):
            found.setdefault((theft.entry_id, theft.phrasing_index), (theft, text))
    return sorted(found.values(), key=lambda theft: theft[1] in texts)  # what others would lose first


def _near(index: Index, vector: Vector) -> list[tuple[int, float]]:
    """The documents that a text is like and how much, the most alike first."""
    similarities = np.concatenate(
        [index.documents.similarities(class_, vector) for class_ in range(index.n_entries)]
    )
    order = np.argsort(-similarities, kind="stable")[:MOST_NEAR]
    return [(int(row), float(similarities[row])) for row in order if similarities[row] >= NEAR]


def _text(index: Index, stolen: Stolen) -> str:
    rows = index.documents.of_class(index.classes.index(stolen.entry_id))
    return str(index.documents.texts[rows.start + 1 + stolen.phrasing_index])


def _is_stolen(index: Index, entry_id: str, text: str) -> bool:
    scores = index.logits(index.space.vector(index.tokens(text)))
    return index.classes[index.likeliest(scores)] != entry_id
