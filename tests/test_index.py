"""Building an index: what becomes a class, which words are trusted, and that the same base gives the same bytes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calibration import BARE, Targets
from knowledge.features import Vector
from knowledge.index import Compared, Index, build
from knowledge.model import Advisory, Entry, Kind, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.storage import to_bytes
from knowledge.weights import Dense, Floats

ENTRIES = (
    Entry(
        "parking",
        "Where do I park my car?",
        "A.",
        phrasings=("is there a parking space", "cars go where, zqparkinq"),
    ),
    Entry("cats", "May I keep a cat?", "A.", Kind.GAP, phrasings=("are pets allowed", "may i keep a kitten")),
    Entry(
        "fire",
        "What if there is a fire?",
        "A.",
        Kind.GUARDRAIL,
        phrasings=("the house is burning zqzq", "zqzq fire"),
    ),
)
STRAYS = (
    OffTopicMessage("see you at the party", OffTopic.CHATTER),
    OffTopicMessage("who won the football match", OffTopic.FAR),
    OffTopicMessage("\u00bfqui\u00e9n gan\u00f3 el partido?", OffTopic.NEAR, "es"),
)


def base(*entries: Entry, strays: tuple[OffTopicMessage, ...] = STRAYS) -> KnowledgeBase:
    languages: dict[str, dict[str, Entry]] = {"en": {}, "es": {}}
    for entry in entries:
        languages[entry.language][entry.id] = entry
    return KnowledgeBase(Advisory("house", "House", languages=("en", "es")), {}, languages, {}, strays)


SPANISH = Entry(
    "cats", "\u00bfPuedo tener un gato?", "A.", language="es", phrasings=("se permiten animales",)
)
BASE = base(*ENTRIES, SPANISH)
INDEX = build(BASE)


def as_row(index: Index, text: str) -> Vector:
    return index.space.vector(index.tokens(text))


def similarities(index: Index, text: str) -> Floats:
    vector = as_row(index, text)
    found: Floats = np.concatenate(
        [index.documents.similarities(class_, vector) for class_ in range(len(index.classes))]
    )
    return found


def test_entries_come_in_file_order_then_the_off_topic_kinds_of_the_language() -> None:
    assert INDEX.classes == ("parking", "cats", "fire", "~far", "~chatter")
    assert INDEX.n_entries == 3
    assert INDEX.language == "en"
    assert build(BASE, "es").classes == ("cats", "~near")


def test_a_question_is_one_of_its_entrys_texts() -> None:
    assert INDEX.documents.texts[INDEX.documents.of_class(1)] == (
        "May I keep a cat?",
        "are pets allowed",
        "may i keep a kitten",
    )
    assert [INDEX.documents.number(row) for row in (3, 4, 5)] == [-1, 0, 1]
    assert INDEX.documents.labels.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4]


def test_a_base_without_entries_in_the_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no entries"):
        build(base())


def test_a_language_that_isnt_loaded_gives_the_default_one() -> None:
    assert build(BASE, "fr").language == "en"
    assert build(base(*ENTRIES), "es").language == "en"


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from("park my car fire kitten football you xyzzy".split())).map(" ".join)
)
@settings(deadline=None)
def test_similarities_are_the_products_with_every_row(text: str) -> None:
    dense = np.zeros((len(INDEX.documents.texts) + 1, len(INDEX.space)))
    for row, document in enumerate([*INDEX.documents.texts, text]):
        vector = as_row(INDEX, document)
        dense[row, vector.columns] = vector.values
    found = similarities(INDEX, text)
    np.testing.assert_allclose(found, np.maximum(dense[:-1] @ dense[-1], 0), atol=2e-3)


def test_a_text_is_fully_like_itself_and_no_other_more() -> None:
    for row, text in enumerate(INDEX.documents.texts):
        found = similarities(INDEX, text)
        assert found[row] == pytest.approx(1, abs=1e-4)
        assert found.max() <= 1 + 1e-4


def test_logits_are_those_of_the_whole_matrix() -> None:
    vector = as_row(INDEX, "park the kitten")
    dense = np.zeros(len(INDEX.space), np.float32)
    dense[vector.columns] = vector.values
    assert isinstance(INDEX.weights, Dense)
    assert INDEX.weights.steps is not None
    whole = dense @ (INDEX.weights.matrix * INDEX.weights.steps[:, None])
    np.testing.assert_allclose(INDEX.logits(vector), whole, atol=1e-5)


def test_a_column_is_shared_with_the_classes_whose_own_texts_have_it() -> None:
    def sharing(word: str) -> list[str]:
        vector = Vector(np.array([INDEX.space.columns[word]], np.int32), np.ones(1, np.float32))
        beside = INDEX.documents.beside(range(len(INDEX.classes)), vector)
        return [id_ for id_, shared in zip(INDEX.classes, beside.shared, strict=True) if shared.all()]

    assert sharing("w kitten") == ["cats"]
    assert sharing("w footbal") == ["~far"]


def test_what_a_question_was_compared_with_is_not_compared_again() -> None:
    tokens = INDEX.tokens("park the kitten at the party")
    vector = INDEX.space.vector(tokens)
    at_once = INDEX.compare([2, 0, 1], tokens, vector)
    known: dict[int, Compared] = {}
    one_by_one = [INDEX.compare([class_], tokens, vector, known)[0] for class_ in (2, 0, 1)]
    assert one_by_one == at_once
    assert 0 < one_by_one[-1].stray_similarity < 1
    known[0] = replace(known[0], coverage=-1)
    assert INDEX.compare([0, 2], tokens, vector, known) == [known[0], at_once[0]]


def test_a_lone_word_that_no_dictionary_has_isnt_trusted_and_a_repeated_one_is() -> None:
    assert "zqparkinq" not in INDEX.speller.counts
    assert INDEX.speller.counts["zqzq"] == 2
    assert INDEX.tokens("kiten parkng zqzqq") == ["kitten", "parking", "zqzq"]


def test_typos_within_the_base_are_mended_before_it_is_learned() -> None:
    entries = (replace(ENTRIES[1], phrasings=("may i keep a kitten", "my kiten at home")), *ENTRIES[::2])
    assert "w kiten" not in build(base(*entries)).space.columns


def test_the_same_base_gives_the_same_bytes() -> None:
    assert to_bytes(build(BASE)) == to_bytes(INDEX)


def test_small_bases_keep_the_shipped_thresholds_and_targets_reach_the_calibration() -> None:
    strays = tuple(OffTopicMessage(f"football match number {n}", OffTopic.FAR) for n in range(50))
    strict = build(base(*ENTRIES, strays=strays), targets=Targets(off_topic=0.001))
    lenient = build(base(*ENTRIES, strays=strays), targets=Targets(off_topic=0.5))
    assert strict.calibration.answer > lenient.calibration.answer


def test_where_nothing_is_off_topic_the_shipped_threshold_follows_the_target() -> None:
    alone = [
        build(base(ENTRIES[0], strays=()), targets=Targets(off_topic=rate)).calibration.answer
        for rate in (0.01, Targets().off_topic, 0.1)
    ]
    assert alone == sorted(alone, reverse=True)
    assert alone[0] > alone[1] + 0.05
    assert alone[1] == pytest.approx(BARE.answer)


@pytest.mark.parametrize(
    "entry",
    [
        Entry("one", "?", "A."),
        Entry("one", "\U0001f642", "A.", phrasings=("!!", "\u200b")),
        Entry("one", "a", "A."),
        Entry("one", "x" * 5000, "A.", phrasings=("y" * 5000,)),
        Entry("one", "\ud800", "A."),
        Entry("one", "same", "A.", phrasings=("same",) * 9),
    ],
    ids=["mark", "emoji", "letter", "endless words", "surrogate", "repeats"],
)
def test_the_oddest_single_entry_can_be_indexed(entry: Entry) -> None:
    index = build(base(entry, strays=()))
    assert index.classes == ("one",)
    assert similarities(index, "anything at all").shape == (1 + len(entry.phrasings),)
