"""Texts as people will see them: how long they are, and which sentence stands alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formatting import cut
from knowledge.texts import ends_as_sentence, split_answer, units

SAID = st.text(min_size=1).filter(lambda text: bool(text.strip()))


def test_length_is_measured_as_telegram_does() -> None:
    assert units("a\U0001f600é") == 4


def test_half_a_character_is_measured_and_cut_like_any_other() -> None:
    assert units("a\ud83d") == 2
    assert cut("one two \ud83d three", 12).split() == ["one", "two", "…"]


@given(SAID)
def test_splitting_an_answer_keeps_all_its_words(answer: str) -> None:
    first, rest = split_answer(answer)
    assert f"{first} {rest}".split() == answer.split()
    assert first
    assert first == " ".join(first.split())


@pytest.mark.parametrize(
    ("answer", "first", "rest"),
    [
        ("Yes.", "Yes.", ""),
        ("Yes. But ask.", "Yes.", "But ask."),
        ("Yes.\n\nBut ask.\n\nNow.", "Yes.", "But ask.\n\nNow."),
        ("Yes,\nthat is so. But\nask.\n\nNow.", "Yes, that is so.", "But ask.\n\nNow."),
        ('He says "no." Then he goes.', 'He says "no."', "Then he goes."),
        ("Really?! Yes.", "Really?!", "Yes."),
        ("Wait... what? No.", "Wait...", "what? No."),
        ("¿Sí? No.", "¿Sí?", "No."),
        ("Version 1.5 is out. Get it.", "Version 1.5 is out.", "Get it."),
        ("See fda.gov for that. Now.", "See fda.gov for that.", "Now."),
        ("No end mark\n\nMore.", "No end mark", "More."),
        ("  Yes.  \n\n  No.  ", "Yes.", "No."),
        ("", "", ""),
    ],
)
def test_where_an_answer_is_split(answer: str, first: str, rest: str) -> None:
    assert split_answer(answer) == (first, rest)


@pytest.mark.parametrize(
    ("text", "whole"), [("Yes.", True), ("Is it?", True), ("No end", False), ("Version 1.5", False)]
)
def test_what_ends_as_a_sentence(text: str, whole: bool) -> None:
    assert ends_as_sentence(text) is whole
