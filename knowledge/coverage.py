"""How much of what a message is about an entry's phrasings speak of: 0 nothing, 1 all of it.

Each word that tells what the message is about counts by its inverse document frequency. Where entries have few
phrasings, it also counts by how rare it is in its language, since such a knowledge base lacks many a common word, and
that says little; and a word that no phrasing has is spoken of in part where one of theirs means nearly the same, as
"postage" is by an entry on delivery fees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.columns import Ints
from knowledge.features import Doubles, FeatureSpace
from knowledge.foreign import common_words
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
        self._directions = self._vectors.directions(matters) if self._vectors else None

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
        if self._vectors and self._directions is not None:
            meant = np.concatenate((self._directions[stems], self._vectors.directions(foreign)))
            for row, entry in zip(covered, entries, strict=True):
                own = self._directions[entry[entry < len(self._directions)]]
                near = (meant @ own.T).max(axis=1, initial=UNRELATED)
                np.maximum(row, (near - UNRELATED) / (1 - UNRELATED), out=row)
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
        known = np.flatnonzero(space.is_content[columns])
        unknown = [word for stem, word in foreign.items() if stem not in space.words.stop_stems]
        if not len(known) and not unknown:
            known, unknown = np.flatnonzero(space.is_stem[columns]), list(foreign.values())
        return known, unknown

    def _rarity(self, words: Sequence[str]) -> Doubles:
        """How much less than nothing each word says by being used at all, 0 to 1: the rarer in its language, the more."""
        if not words or self._language is None:
            return np.ones(len(words))
        known, levels = common_words().of(words)
        rarity: Doubles = np.where(known, np.maximum(1 - levels[:, self._language] / COMMONEST, 0), 1.0)
        return rarity
