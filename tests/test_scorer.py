"""Looking a question up while it is typed, and how alike two texts are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.scorer import LOOK_UP_FLOOR, likeness, look_up, standing

QUESTIONS = [
    "Where do I park my car?",
    "May I keep a cat?",
    "When is the rent due?",
    "What's the deposit for a pet?",
    "May I paint the walls?",
    "\u00bfPuedo tener un p\u00e1jaro en la cl\u00ednica?",
]


def found(typed: str) -> list[int]:
    return [index for index, _ in look_up(typed, QUESTIONS)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("park", 0),
        ("par", 0),
        ("where do i p", 0),
        ("car park", 0),
        ("depos", 3),
        ("RENT?!", 2),
        ("rent  \n due", 2),
        ("what's", 3),
        ("may i paint", 4),
        ("clinica", 5),
        ("cl\u00ednica", 5),
        ("cli", 5),
        ("p\u00e1j", 5),
    ],
)
def test_the_beginning_of_a_word_is_enough(typed: str, first: int) -> None:
    (index, score), *_ = look_up(typed, QUESTIONS)
    assert index == first
    assert score == 100


@pytest.mark.parametrize(
    ("typed", "first"), [("prak my car", 0), ("depozit", 3), ("rentt", 2), ("paimt the wals", 4)]
)
def test_a_typo_finds_its_question_with_less_than_full_marks(typed: str, first: int) -> None:
    (index, score), *_ = look_up(typed, QUESTIONS)
    assert index == first
    assert LOOK_UP_FLOOR <= score < 100


def test_better_ones_come_first_and_ties_in_file_order() -> None:
    assert found("may i")[:2] == [1, 4]
    assert found("may i pa")[0] == 4
    results = look_up("may i keep the pet", QUESTIONS)
    assert results == sorted(results, key=lambda hit: (-hit[1], hit[0]))


@pytest.mark.parametrize("typed", ["", "   ", "?!", "\U0001f642", "\u200b", "<b>"])
def test_nothing_typed_finds_nothing(typed: str) -> None:
    assert look_up(typed, QUESTIONS) == []


def test_what_is_like_nothing_finds_nothing() -> None:
    assert look_up("xylophone", QUESTIONS) == []
    assert look_up("xylophone zzz car", QUESTIONS) == []


def test_empty_texts_are_never_found() -> None:
    assert look_up("car", ["", "?", "car"]) == [(2, 100.0)]
    assert look_up("car", []) == []


@given(st.text(st.characters(), max_size=40) | st.text("maykeprnt ", max_size=40))
@settings(deadline=None)
def test_whatever_is_typed_gives_ranked_hits_above_the_floor(typed: str) -> None:
    hits = look_up(typed, QUESTIONS)
    assert len({index for index, _ in hits}) == len(hits)
    assert all(LOOK_UP_FLOOR <= score <= 100 for _, score in hits)
    assert hits == sorted(hits, key=lambda hit: (-hit[1], hit[0]))


@given(st.text("abcd ", max_size=30), st.text("abcd ", max_size=30))
@settings(deadline=None)
def test_likeness_is_mutual_and_between_nothing_and_one(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == 1


def test_word_order_counts_little_in_likeness() -> None:
    assert likeness("carry my cells", "my cells carry") == 1
    assert likeness("carry my cells", "carry my bells") > 0.9
    assert likeness("carry my cells", "who runs it") < 0.5


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("is it ill", True),
        ("stem cel", True),
        ("legal", False),
        ("illegal it", False),
        ("  ", False),
        ("¿IS It", True),
    ],
)
def test_what_is_typed_stands_in_a_text_from_the_beginning_of_a_word_on(typed: str, stands: bool) -> None:
    assert standing(typed, ["Is it illegal to take my stem cells?"]) == [stands]
