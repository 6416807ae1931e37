"""How much of a message an entry speaks of: by its words, by how much they say, and by other words for the same."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.coverage import Coverage
from knowledge.features import FeatureSpace
from knowledge.fitting import fit
from knowledge.lexicon import lexicon
from knowledge.stems import Stemmer
from knowledge.word_vectors import FEW_PHRASINGS

STEM, STOP_WORDS = Stemmer("en"), lexicon("en").stop_words
ENTRIES = [
    ["how do i get a library card", "sign up as a member"],
    ["what is the delivery fee", "how long does shipping take"],
]
DOCUMENTS = [text.split() for texts in ENTRIES for text in texts]
WORDS = {word: 1 for document in DOCUMENTS for word in document}
SPACE: FeatureSpace = fit(DOCUMENTS, STEM, STOP_WORDS)[0]
FEW, MANY = (Coverage(SPACE, "en", WORDS, each) for each in (2.0, FEW_PHRASINGS + 1.0))
IN_SPANISH = Coverage(SPACE, "es", WORDS, 2.0)


def columns(text: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return SPACE.vector(text.split()).columns


def covered(text: str, by: Coverage = FEW) -> list[float]:
    """How much of a text each of the entries covers."""
    own = [np.unique(np.concatenate([columns(phrasing) for phrasing in texts])) for texts in ENTRIES]
    shared = np.array([np.isin(columns(text), entry) for entry in own])
    found: list[float] = by.of(text.split(), columns(text), shared, own).tolist()
    return found


def matter(text: str) -> tuple[set[str], set[str]]:
    known, foreign = FEW.matter(text.split(), columns(text))
    names = list(SPACE.columns)
    return {names[columns(text)[position]] for position in known}, set(foreign)


def test_what_a_text_is_about_are_its_content_words_each_foreign_one_once() -> None:
    assert matter("the cards would you") == ({"w card"}, set())
    assert matter("the xyzzy") == (set(), {"xyzzy"})
    assert matter("parrots parrots card xyzzy") == ({"w card"}, {"parrots", "xyzzy"})


def test_a_text_of_stop_words_alone_is_about_those() -> None:
    assert matter("how") == ({"w how"}, set())
    assert matter("how would") == ({"w how"}, {"would"})
    assert {"how", "would"} <= STOP_WORDS


@pytest.mark.parametrize("coverage", [FEW, MANY, IN_SPANISH])
def test_an_entrys_own_words_are_covered_and_another_object_in_them_is_not(coverage: Coverage) -> None:
    assert covered("how do i get a card", coverage) == [pytest.approx(1), pytest.approx(0, abs=0.2)]
    assert covered("how do i get a taxi", coverage)[0] < 0.2
    assert covered("", coverage) == [1, 1]


def test_where_phrasings_are_few_another_word_for_the_same_covers_in_part() -> None:
    assert 0.2 < covered("postage")[1] < 1
    assert covered("postage")[0] < covered("postage")[1]
    assert covered("postage", MANY) == covered("postage", IN_SPANISH) == [0, 0]


def test_where_phrasings_are_few_a_common_word_that_they_lack_says_less_than_a_rare_one() -> None:
    common, rare = covered("find card")[0], covered("ferret card")[0]
    assert common > rare
    assert covered("find card", MANY)[0] == pytest.approx(covered("ferret card", MANY)[0])
