"""Words with which people put right what was just said to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.corrections import Correction, correction


@pytest.mark.parametrize(
    ("text", "rest", "rejects"),
    [
        ("no, I meant the fee", "the fee", True),
        ("No no no!! i mean the trip", "the trip", True),
        ("not that, I meant a letter", "a letter", True),
        ("I mean the permission", "the permission", False),
        ("what I mean is the fee", "the fee", False),
        ("I mean is it open", "is it open", False),
        ("I'm asking about Customs", "customs", False),
        ("no, about the border", "the border", True),
        ("that's not what I asked, is it legal?", "is it legal?", True),
        ("I'm not asking how to open it, I'm asking what the fee is", "what the fee is", True),
        ("im not talking about the trip, just asking if it's legal", "if it's legal", True),
        ("no le pregunto cómo se abre, le pregunto cuánto cuesta", "cuanto cuesta", True),
        ("No, me refería a la multa", "la multa", True),
        ("quise decir el permiso", "el permiso", False),
        ("yo preguntaba por la multa", "la multa", False),
    ],
)
def test_what_is_meant_is_what_is_left(text: str, rest: str, *, rejects: bool) -> None:
    assert correction(text) == Correction(rest, rejects)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "i meant",
        "I mean...",
        "it's not an emergency",
        "is this an emergency",
        "I am not ok",
        "I am not well",
        "what do you mean",
        "what does the fee mean",
        "no the other one",
        "is it legal",
        "what about customs",
        "nothing about the border",
    ],
)
def test_any_other_message_is_none(text: str) -> None:
    assert correction(text) is None


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    found = correction(text)
    assert found is None or found.rest.strip()
