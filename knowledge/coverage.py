"""How much of what a message is about an entry's phrasings speak of: 0 nothing, 1 all of it.

Each word that tells what the message is about counts by its inverse document frequency. Where entries have few
phrasings, it also counts by how rare it is in its language, since such a knowledge base lacks many a common word, and
that says little; and a word that no phrasing has is spoken of in part where one of theirs means nearly the same, as
"postage" is by an entry on delivery fees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.columns import Ints
from knowledge.features import Doubles, FeatureSpace
from knowledge.foreign import common_words
from knowledge.weights import Floats
from knowledge.word_vectors import FEW_PHRASINGS, word_vectors

COMMONEST: Final = 12.5
"""A word that common would count for nothing: a little more than "the", in natural logarithms as of `foreign.CommonWords`."""
UNRELATED: Final = 0.3
"""Up to this cosine, two words' meanings have nothing to do with each other."""


class Coverage:
    """Compares what messages are about with what entries speak of.

    Args:
        space: Where both are.
        language: Two-letter code.
        words: The knowledge base's words, with how often each is used.
        each: How many phrasings an entry has on the average.
    """

    def __init__(self, space: FeatureSpace, language: str, words: Mapping[str, int], each: float) -> None:
        self._space = space
        few = each <= FEW_PHRASINGS
        self._vectors = word_vectors(language) if few else None
        languages = common_words().languages
        self._language = languages.index(language) if few and language in languages else None
        usual: dict[str, str] = {}
        for word in sorted(words, key=lambda word: -words[word]):
            usual.setdefault(space.words.stem(word), word)
        stems = space.columns.stems
        self._weights = space.idf[: len(stems)] * self._rarity([usual.get(stem, stem) for stem in stems])
        matters = [usual.get(stem, "") if stem not in space.words.stop_stems else "" for stem in stems]
        # Most columns have no word with a meaning: all of them share the first row, of noughts.
        meaning = sorted(word for word in {*matters} if self._vectors and word in self._vectors)
        row = {word: at for at, word in enumerate(meaning, 1)}
        self._rows = np.zeros(len(space), np.int32)
        self._rows[: len(stems)] = [row.get(word, 0) for word in matters]
        self._directions = (
            self._vectors.directions(["", *meaning]) if self._vectors else np.zeros((1, 0), np.float32)
        )

    def of(
        self, tokens: Sequence[str], columns: Ints, shared: npt.NDArray[np.bool_], entries: Iterable[Ints]
    ) -> Doubles:
        """How much of a message each of some entries covers.

        Args:
            tokens: Its words; those that have a column may be left out.
            columns: Where it is.
            shared: Whether an entry has a column of the message's, shape (entries, columns).
            entries: The columns that each entry has; those of stems are looked at, where words' meanings are compared.
        """
        known, foreign = self.matter(tokens, columns)
        stems = columns[known]
        weights = np.concatenate((self._weights[stems], self._space.unknown_idf * self._rarity(foreign)))
        total = weights.sum()
        if not total:
            return np.ones(len(shared))
        covered = np.zeros((len(shared), len(weights)))
        covered[:, : len(stems)] = shared[:, known]
        lacking = np.flatnonzero(~covered.all(axis=0))
        if self._vectors and len(lacking):
            meant = self._directions_of(stems)
            if foreign:
                meant = np.concatenate((meant, self._vectors.directions(foreign)))
            meant = meant[lacking]
            own = list(entries)
            theirs = self._directions_of(np.concatenate(own))
            # One product for each entry: BLAS would share a larger one among threads, which cost more than they gain.
            near = [
                (meant @ theirs[begin:end].T).max(axis=1, initial=UNRELATED)
                for begin, end in pairwise(accumulate(map(len, own), initial=0))
            ]
            by_another = (np.array(near) - UNRELATED) / (1 - UNRELATED)
            covered[:, lacking] = np.maximum(covered[:, lacking], by_another)
        out: Doubles = covered @ weights / total
        return out

    def matter(self, tokens: Sequence[str], columns: Ints) -> tuple[npt.NDArray[np.intp], list[str]]:
        """What of a text tells what it is about: its content words, and in one that has none ("what about that?") all.

        Args:
            tokens: Its words.
            columns: Where it is.

        Returns:
            The positions in `columns` of the stems that matter, and the words that the space has never seen, one a stem.
        """
        space = self._space
        foreign = {space.words.stem(word): word for word in tokens}
        for stem in foreign.keys() & space.columns.stems.keys():
            del foreign[stem]
        known = space.is_content[columns].nonzero()[0]
        unknown = [word for stem, word in foreign.items() if stem not in space.words.stop_stems]
        if not len(known) and not unknown:
            known, unknown = np.flatnonzero(space.is_stem[columns]), list(foreign.values())
        return known, unknown

    def _directions_of(self, columns: Ints) -> Floats:
        """Where the words of some columns point, shape (columns, dimensions)."""
        return self._directions.take(self._rows.take(columns), axis=0)

    def _rarity(self, words: Sequence[str]) -> Doubles:
        """How much less than nothing each word says by being used at all, 0 to 1: the rarer in its language, the more."""
        if not words or self._language is None:
            return np.ones(len(words))
        known, levels = common_words().of(words)
        rarity: Doubles = np.where(known, np.maximum(1 - levels[:, self._language] / COMMONEST, 0), 1.0)
        return rarity
