"""Phrasings that maintainers accepted stand in the knowledge base, in the order of their texts, and leave without a trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answerer import Answerer
from knowledge.learned import digest, with_learned, without_learned
from knowledge.model import LearnedPhrasing
from knowledge.opening import answerer_of
from knowledge.outcome import Answer, Question

CARPORT = LearnedPhrasing("en", "parking", "carport for wagons")
BASKET = LearnedPhrasing("en", "cats", "a basket for my tomcat")
TEXTS = st.text("abc XY?!", max_size=12)


def test_what_was_learned_is_answered(small_answerer: Answerer) -> None:
    learned = answerer_of(with_learned(small_answerer.base, [CARPORT]))
    before, after = (a.answer(Question(CARPORT.text)).outcome for a in (small_answerer, learned))
    assert not isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert after.match.entry_id == "parking"


@given(
    st.lists(
        st.builds(
            LearnedPhrasing,
            st.sampled_from(["en", "xx"]),
            st.sampled_from(["parking", "cats", "gone"]),
            TEXTS,
        )
    )
)
def test_learning_again_replaces_and_forgetting_leaves_no_trace(
    small_answerer: Answerer, phrasings: list[LearnedPhrasing]
) -> None:
    base = small_answerer.base
    once = with_learned(base, phrasings)
    assert with_learned(once, phrasings) == once
    assert with_learned(with_learned(base, [CARPORT]), phrasings) == once
    assert without_learned(once) == base
    assert set(once.learned) <= set(phrasings)
    assert list(once.learned) == sorted(once.learned)
    assert all(one.text in once.entries["en"][one.entry_id].phrasings for one in once.learned)
    assert once.content_hash == base.content_hash


@pytest.mark.parametrize(
    "phrasing",
    [
        LearnedPhrasing("en", "parking", "Where can my CAR go?"),
        LearnedPhrasing("en", "cats", "is there a parking space"),
        LearnedPhrasing("en", "bicycles", "where do i park my car"),
        LearnedPhrasing("en", "no-such-entry", "anything"),
        LearnedPhrasing("xx", "parking", "anything"),
        LearnedPhrasing("en", "parking", "?!"),
    ],
)
def test_what_is_known_or_belongs_nowhere_is_left_out(
    small_answerer: Answerer, phrasing: LearnedPhrasing
) -> None:
    assert with_learned(small_answerer.base, [phrasing]) is small_answerer.base


def test_two_that_differ_by_nothing_are_one(small_answerer: Answerer) -> None:
    both = [CARPORT, LearnedPhrasing("en", "cats", "Carport for wagons!")]
    assert len(with_learned(small_answerer.base, both).learned) == 1


def test_each_state_has_an_index_of_its_own(small_answerer: Answerer) -> None:
    states = [[], [CARPORT], [BASKET], [CARPORT, BASKET]]
    digests = {digest(with_learned(small_answerer.base, state), "en") for state in states}
    assert len(digests) == 4
    assert "" in digests
    assert digest(with_learned(small_answerer.base, [CARPORT]), "es") == ""
