"""A question that may be sent on is there for minutes, for its asker alone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.review.drafts import KEY_LENGTH, MAX_DRAFTS, MINUTES, Draft, Drafts
from bot.review.masking import Masked

ANNA, BERTA = 1, 2
QUESTION = Draft("Where do I park?", "en")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_question_is_found_by_its_asker_alone() -> None:
    drafts = Drafts()
    key = drafts.put(ANNA, QUESTION)
    assert re.fullmatch(f"[a-z0-9]{{{KEY_LENGTH}}}", key)
    assert drafts.get(key, ANNA) == QUESTION
    assert drafts.get(key, BERTA) is None
    drafts.drop(key, BERTA)
    drafts.show(key, BERTA, Masked("x", 0))
    assert drafts.get(key, ANNA) == QUESTION
    drafts.drop(key, ANNA)
    assert drafts.get(key, ANNA) is None
    drafts.drop(key, ANNA)


def test_what_was_shown_is_remembered_and_lengthens_nothing() -> None:
    clock = Clock()
    drafts = Drafts(clock)
    key = drafts.put(ANNA, QUESTION)
    clock.now += MINUTES * 60 - 1
    drafts.show(key, ANNA, Masked("Where?", 0))
    found = drafts.get(key, ANNA)
    assert found is not None
    assert found.shown == Masked("Where?", 0)
    clock.now += 2
    assert drafts.get(key, ANNA) is None


def test_it_is_gone_after_minutes() -> None:
    clock = Clock()
    drafts = Drafts(clock)
    old = drafts.put(ANNA, QUESTION)
    clock.now += MINUTES * 60 + 1
    new = drafts.put(ANNA, QUESTION)
    assert drafts.get(old, ANNA) is None
    assert drafts.get(new, ANNA) == QUESTION
    assert drafts.forget(ANNA) == 1


def test_only_so_many_are_remembered_the_latest() -> None:
    drafts = Drafts()
    keys = [drafts.put(ANNA, QUESTION) for _ in range(MAX_DRAFTS + 1)]
    assert drafts.get(keys[0], ANNA) is None
    assert drafts.get(keys[1], ANNA) == QUESTION


def test_somebodys_questions_are_forgotten_and_counted() -> None:
    drafts = Drafts()
    mine = [drafts.put(ANNA, QUESTION) for _ in range(3)]
    other = drafts.put(BERTA, QUESTION)
    assert drafts.forget(ANNA) == 3
    assert drafts.forget(ANNA) == 0
    assert all(drafts.get(key, ANNA) is None for key in mine)
    assert drafts.get(other, BERTA) == QUESTION


@given(st.text(max_size=10))
def test_a_key_that_somebody_made_up_opens_nothing(key: str) -> None:
    drafts = Drafts()
    if drafts.put(ANNA, QUESTION) != key:
        assert drafts.get(key, ANNA) is None
