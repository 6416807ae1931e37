"""What single words mean: the vectors that ship, and when they have a say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import index
from knowledge.fitting import LEAST_SHARE
from knowledge.index import Index, build
from knowledge.matcher import Matcher
from knowledge.model import Advisory, Entry, KnowledgeBase
from knowledge.storage import from_bytes, to_bytes
from knowledge.word_vectors import FEW_PHRASINGS, SHARE, WordVectors, word_vectors

FOUND = word_vectors("en")
assert FOUND is not None
ENGLISH = FOUND
TINY = WordVectors(["car", "van", "cat"], np.array([[3, 4], [6, 8], [4, -3]], np.int8), "tiny")


def base(*phrasings: str, language: str = "en") -> KnowledgeBase:
    entries = {
        entry.id: entry
        for entry in (
            Entry(
                "parking",
                "where can i park my car",
                "A.",
                phrasings=("is there room for a vehicle", *phrasings),
            ),
            Entry("pets", "may i keep a cat", "A.", phrasings=("are animals allowed in the flat",)),
            Entry("rent", "how high is the rent", "A.", phrasings=("what do i pay each month",)),
        )
    }
    return KnowledgeBase(
        Advisory("house", "House", languages=(language,)), {}, {language: entries}, {language: {}}
    )


def alike(one: str, other: str) -> float:
    first, second = ENGLISH.embed([one, other])
    return float(first @ second)


def test_a_text_points_where_the_sum_of_its_words_does() -> None:
    np.testing.assert_allclose(
        TINY.embed(["car", "van cat xyzzy"]), [[0.6, 0.8], np.array([10, 5]) / 125**0.5], rtol=1e-6
    )


@given(st.lists(st.sampled_from(["car", "van", "cat", "xyzzy"])))
def test_what_the_words_give_sums_up_to_the_text(words: list[str]) -> None:
    np.testing.assert_allclose(TINY.shares(words).sum(axis=0), TINY.embed([" ".join(words)])[0], atol=1e-6)


def test_a_text_without_a_known_word_has_no_direction() -> None:
    assert not TINY.embed(["", "xyzzy"]).any()


def test_a_text_alone_has_the_vector_that_it_has_among_others() -> None:
    texts = ["car", "van cat xyzzy", "car car van", "", "xyzzy"]
    alone = np.concatenate([TINY.embed([text]) for text in texts])
    np.testing.assert_array_equal(alone, TINY.embed(texts))


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("doctor", "physician", "carpet"),
        ("dog", "puppy", "invoice"),
        ("cost", "price", "window"),
        ("mri", "scan", "bread"),
    ],
)
def test_words_of_like_meaning_are_nearer(word: str, near: str, far: str) -> None:
    assert alike(word, near) > alike(word, far) + 0.2


def test_a_language_without_vectors_has_none() -> None:
    assert word_vectors("es") is None
    assert build(base(language="es")).space.embedder is None


def test_other_words_of_the_same_meaning_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    question = "do you permit puppies"
    entries = base().entries["en"]
    by_meaning = Matcher(build(base()), entries).rank(question)
    assert by_meaning.matches[0].entry_id == "pets"
    monkeypatch.setattr(index, "word_vectors", lambda _: None)
    by_letters = Matcher(build(base()), entries).rank(question)
    pets = next(match for match in by_letters.matches if match.entry_id == "pets")
    assert by_meaning.matches[0].probability > pets.probability + 0.1


def with_phrasings(n: int) -> Index:
    return build(base(*(f"parking spot number {number} please" for number in range(n))))


def test_the_more_phrasings_the_less_the_meaning_carries() -> None:
    def share(n: int) -> float:
        embedder = with_phrasings(n).space.embedder
        assert embedder is not None
        return embedder.share

    assert share(0) == share(FEW_PHRASINGS) == SHARE
    assert share(6 * FEW_PHRASINGS) == pytest.approx(SHARE / 2, rel=0.05)
    assert share(20 * FEW_PHRASINGS) == LEAST_SHARE


def test_where_phrasings_are_many_the_meaning_doesnt_tell_which_is_near_but_which_entry_is_likely() -> None:
    few, many = with_phrasings(0), with_phrasings(20 * FEW_PHRASINGS)
    similar, likely = [], []
    for made in (few, many):
        vector = made.space.vector(["vehicle", "puppies"])
        similar.append(made.documents.similarities(1, vector).max())
        likely.append(made.logits(vector)[1] - made.logits(made.space.vector(["vehicle"]))[1])
    assert similar[0] > 0.05
    assert similar[1] == 0
    assert min(likely) > 0
    assert with_phrasings(20 * FEW_PHRASINGS).documents.width == len(many.space) - ENGLISH.dimensions


def test_a_stored_index_finds_its_vectors_again() -> None:
    built = build(base())
    found = from_bytes(to_bytes(built), built.documents.texts)
    assert found is not None
    entries = base().entries["en"]
    for question in ("do you permit puppies", "room for my automobile"):
        assert Matcher(found, entries).rank(question) == Matcher(built, entries).rank(question)


def test_an_index_of_other_vectors_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    built = build(base())
    stored = to_bytes(built)
    monkeypatch.setattr("knowledge.storage.word_vectors", lambda _: TINY)
    assert from_bytes(stored, built.documents.texts) is None


def test_without_its_meaning_a_message_is_where_it_is_with_it() -> None:
    space = with_phrasings(2).space
    assert space.embedder is not None
    whole, lexical = space.vector(["my", "car"]), space.lexical(["my", "car"])
    n = len(lexical.columns)
    assert 0 < n == len(whole.columns) - space.embedder.dimensions
    np.testing.assert_array_equal(lexical.columns, whole.columns[:n])
    np.testing.assert_array_equal(lexical.values, whole.values[:n])
