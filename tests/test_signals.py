"""What a question's match looks like as numbers: in range, finite, and telling of what is missing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.index import Index, build
from knowledge.model import Advisory, Entry, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.signals import NEAR_ENOUGH, Signals, log_odds

ENTRIES = [
    Entry(
        "parking",
        "Where do I park my car?",
        "Behind.",
        phrasings=("parking space for a car", "park behind the house"),
    ),
    Entry("cats", "May I keep a cat?", "Yes.", phrasings=("are pets allowed", "keep a kitten in the house")),
]
STRAYS = (OffTopicMessage("who won the football match", OffTopic.FAR),)


def indexed(strays: tuple[OffTopicMessage, ...]) -> Index:
    entries = {entry.id: entry for entry in ENTRIES}
    return build(KnowledgeBase(Advisory("house", "House"), {}, {"en": entries}, {"en": {}}, strays))


INDEX = indexed(STRAYS)


def signals(text: str, class_: int = 0, index: Index = INDEX) -> Signals:
    tokens = index.tokens(text)
    vector = index.space.vector(tokens)
    return index.compare([class_], tokens, vector)[0].signals(0.0, float(index.logits(vector)[class_]))


@given(st.floats(0, 1))
@settings(deadline=None)
def test_log_odds_are_finite_and_grow_with_the_probability(p: float) -> None:
    assert math.isfinite(log_odds(p))
    assert log_odds(p) <= log_odds(min(1.0, p + 0.01))


def test_log_odds_are_undone_by_the_logistic_function() -> None:
    assert log_odds(0.5) == 0
    assert 1 / (1 + math.exp(-log_odds(0.8))) == pytest.approx(0.8)
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0))


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from("where park car cat kitten football xyzzy the".split())).map(" ".join)
)
@settings(deadline=None)
def test_every_signal_of_any_text_is_in_its_range(text: str) -> None:
    found = signals(text)
    assert all(map(math.isfinite, found))
    assert 0 <= found.similarity <= 1 + 1e-5
    assert 0 <= found.coverage <= 1 + 1e-5
    assert 0 <= found.stray_similarity <= 1 + 1e-5
    assert -NEAR_ENOUGH - 1e-5 <= found.terms().contrast <= found.terms().similarity + 1e-5
    assert found.length >= 0


def test_coverage_is_what_of_the_questions_matter_the_entry_speaks_of() -> None:
    assert signals("where do i park my car").coverage == pytest.approx(1)
    assert signals("park the kitten").coverage < 1
    assert signals("park the xyzzy").coverage < signals("park the kitten").coverage


def test_of_nothing_but_grammar_the_grammar_is_what_has_to_be_covered() -> None:
    assert signals("where do i").coverage == pytest.approx(1)
    assert 0 < signals("where is it").coverage < 0.5
    assert signals("what about that").coverage == 0


def test_contrast_is_lost_by_what_resembles_an_off_topic_message() -> None:
    assert signals("park my car").terms().contrast > 0
    assert signals("who won the match").terms().contrast < 0


def test_without_off_topic_messages_the_contrast_is_the_similarity() -> None:
    found = signals("park my car", index=indexed(())).terms()
    assert found.contrast == found.similarity > 0


def test_a_phrasing_cant_be_nearer_than_near_enough() -> None:
    near, nearest = (Signals(1.0, 1.0, s, 1.0, 1.0, 0.9).terms() for s in (NEAR_ENOUGH, 1.0))
    assert near == nearest
    assert near.contrast == 0


def test_what_the_classifier_says_of_words_that_the_entry_lacks_counts_less() -> None:
    assert Signals(2.0, 1.0, 0.4, 0.5, 1.0, 0.1).terms().covered_odds == 1


def test_length_counts_words() -> None:
    assert signals("park my car").length == pytest.approx(math.log(4))
    assert signals("").length == 0
