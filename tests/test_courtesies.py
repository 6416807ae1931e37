"""Greetings, thanks and the like around what a message says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.courtesies import without_courtesies
from knowledge.normalizer import MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hi, I'm scared", "I'm scared"),
        ("good morning, can I ask: is it open", "is it open"),
        ("Hola, buenos d\u00edas, tengo miedo", "tengo miedo"),
        ("Is it open? Thanks.", "Is it open?"),
        ("is it open thx \U0001f64f", "is it open"),
        ("Good day, is it open? Thank you so much for your time.", "is it open?"),
        ("Is it open? Many thanks, Maria", "Is it open?"),
        ("Thanks for that. Who owns it?", "Who owns it?"),
        ("Is it open? Thanks. Who owns it?", "Is it open? Who owns it?"),
        ("Sorry to bother you, just a quick question: is it open?", "is it open?"),
        ("Just tell me, is it open", "is it open"),
        ("Be honest with me: is it open? Yes or no please.", "is it open?"),
        ("simple yes or no question, is it open", "is it open"),
        ("I only want to know if it opens today", "it opens today"),
        ("s\u00ed o no, \u00bfest\u00e1 abierto?", "\u00bfest\u00e1 abierto?"),
        ("thanks but that's wrong", "but that's wrong"),
        ("\u00a1Hola! \u00bfEst\u00e1 abierto? Muchas gracias de antemano.", "\u00bfEst\u00e1 abierto?"),
        ("\u00bfEst\u00e1 abierto? Que Dios los bendiga", "\u00bfEst\u00e1 abierto?"),
    ],
)
def test_courtesies_are_set_aside(text: str, rest: str) -> None:
    assert without_courtesies(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hi",
        "Thank you so much, Maria!",
        "high fever",
        "hi-tech things",
        "I said hello to them",
        "thanks to the shop I know",
        "thank god she is here",
        "gracias a Dios",
        "what can I ask you",
        "goodbye all",
        "he had to be honestly surprised",
        "can you tell them",
    ],
)
def test_other_words_stay_and_courtesies_alone_are_all_there_is(text: str) -> None:
    assert not without_courtesies(text)


@given(
    st.text()
    | st.lists(st.sampled_from("hi thanks for your help ok , . ? dr is it gracias por".split())).map(" ".join)
)
def test_nothing_is_said_that_wasnt_written(text: str) -> None:
    rest = without_courtesies(text)
    assert len(rest) <= MAX_CHARACTERS
    assert all(word in text for word in rest.split())
