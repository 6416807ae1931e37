"""Entries while somebody types: the right one early, guardrails above, never more than there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inline.looking_up import MAX_FOUND, entries_for
from knowledge.model import Kind
from knowledge.opening import open_answerer
from knowledge.outcome import Question

if TYPE_CHECKING:
    from knowledge.answerer import Answerer
    from knowledge.model import Entry

ANSWERER = open_answerer()


def shown_for(typed: str, language: str | None = "en") -> list[Entry]:
    likely = ANSWERER.answer(Question(typed, language)).ranking.matches
    return entries_for(typed, language, ANSWERER, likely)


def found(typed: str, language: str | None = "en") -> list[str]:
    return [entry.id for entry in shown_for(typed, language)]


@pytest.mark.parametrize(
    ("typed", "wanted", "within"),
    [
        ("is it ill", "is-it-legal", 1),
        ("shelf", "shelf-life", 3),
        ("dry sh", "dry-shipper", 2),
        ("export fe", "export-fee", 2),
        ("custms", "agency-contacts", 3),
        ("can my wife carry them for me", "companion-carries", 2),
        ("how long can cells stay outside", "shelf-life", 1),
        ("which agencies", "agencies", 2),
    ],
)
def test_the_entry_meant_stands_near_the_top(typed: str, wanted: str, within: int) -> None:
    assert wanted in found(typed)[:within]


@pytest.mark.parametrize("typed", ["emerg", "cant breathe since the inj", "chest pain after injection"])
def test_an_emergency_stands_on_top(typed: str) -> None:
    assert found(typed)[0] == "emergency"


def test_nothing_typed_shows_questions_of_all_topics_in_turn() -> None:
    shown = entries_for("", "en", ANSWERER, ())
    topics = {entry.topic for entry in ANSWERER.entries("en").values() if entry.kind is Kind.FAQ}
    assert len(shown) == MAX_FOUND
    assert {entry.topic for entry in shown[: len(topics)]} == topics


def test_what_fits_nothing_finds_nothing() -> None:
    assert found("zxcvb qwrtz") == []


def test_a_base_in_one_language_serves_readers_of_another() -> None:
    assert found("dry ice", "fi") == found("dry ice", "en")


@given(st.text(max_size=300))
def test_any_text_finds_a_bounded_number_of_entries_without_courtesies(typed: str) -> None:
    shown = shown_for(typed)
    assert len(shown) <= MAX_FOUND
    assert len({entry.id for entry in shown}) == len(shown)
    assert all(entry.kind is not Kind.CHITCHAT for entry in shown)


def test_a_small_base_is_shown_whole(small_answerer: Answerer) -> None:
    assert [entry.id for entry in entries_for("", None, small_answerer, ())] == ["parking", "bicycles"]
