"""The short messages that curators expect right after an answer ("and my wife?", "why not"), and which entry each means there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.columns import Ints
from knowledge.features import Vector
from knowledge.model import Entry
from knowledge.weights import Floats, Sparse


@dataclass(frozen=True, slots=True)
class FollowUps:
    """All follow-ups of a language, and how near a message comes to them.

    Attributes:
        vectors: What is looked up by a message's first columns; a follow-up stands where a classifier has a class.
        after: The class of the entry that each is listed with.
        means: The class of the entry that it asks for.
    """

    vectors: Sparse
    after: Ints
    means: Ints

    def likeness(self, vector: Vector, previous: int, n_entries: int) -> tuple[Floats, Floats]:
        """How like a message is to the follow-ups that ask for each entry.

        Args:
            vector: The message's place.
            previous: The class of the entry that it follows.
            n_entries: How many classes are entries.

        Returns:
            The highest similarity to one listed with that entry, and to one listed with another, 0 to 1, one an entry.
            What asks for more of the answer that it is listed with asks, after another one, for more of that.
        """
        listed, elsewhere = np.zeros(n_entries, np.float32), np.zeros(n_entries, np.float32)
        if len(self.after):
            looked_at = vector.columns.searchsorted(len(self.vectors.starts) - 1)
            similarities = self.vectors.logits(Vector(vector.columns[:looked_at], vector.values[:looked_at]))
            here = self.after == previous
            np.maximum.at(listed, self.means[here], similarities[here])
            meant = np.where(self.means == self.after, previous, self.means)
            np.maximum.at(elsewhere, meant[~here], similarities[~here])
        return listed, elsewhere


def placed(
    entries: Mapping[str, Entry],
    classes: Sequence[str],
    place: Callable[[str], Vector],
    width: int,
    scale: float,
) -> FollowUps:
    """The follow-ups of a language's entries.

    Args:
        entries: By id.
        classes: The ids in the order of their classes. What asks for another entry is left out.
        place: A text's place.
        width: How many of the columns are looked at, the first ones.
        scale: One over the length that those have in a whole vector.
    """
    numbers = {id_: class_ for class_, id_ in enumerate(classes)}
    found = [
        (place(text), numbers[entry.id], numbers[meant])
        for entry in entries.values()
        for meant, texts in entry.follow_ups.items()
        if meant in numbers
        for text in texts
    ]
    columns = np.concatenate([np.zeros(0, np.int32), *(vector.columns for vector, _, _ in found)])
    values = np.concatenate([np.zeros(0, np.float32), *(vector.values for vector, _, _ in found)])
    rows = np.repeat(np.arange(len(found)), [len(vector.columns) for vector, _, _ in found])
    by_column = np.argsort(columns, kind="stable")
    by_column = by_column[: np.count_nonzero(columns < width)]
    starts = np.zeros(width + 1, np.int32)
    np.cumsum(np.bincount(columns[by_column], minlength=width), out=starts[1:])
    return FollowUps(
        Sparse(
            starts,
            rows[by_column].astype(np.int32),
            # Both vectors are cut: the message's length is made up for here.
            (values[by_column] * np.float32(scale**2)).astype(np.float16),
            np.zeros(len(found), np.float32),
        ),
        np.array([after for _, after, _ in found], np.int32),
        np.array([means for _, _, means in found], np.int32),
    )
