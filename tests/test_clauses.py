"""Questions are found where a message asks more than one, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.clauses import MOST_ASKED, asked_in
from knowledge.normalizer import MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Is it open? Who owns it?", ["Is it open?", "Who owns it?"]),
        ("is it open and who owns it", ["is it open", "and who owns it"]),
        ("Is it open, and also, how much is it?", ["Is it open", "how much is it?"]),
        ("hi, when do you close / what does it cost", ["when do you close", "what does it cost"]),
        ("is it open on friday, saturday and sunday? who owns it?", ["is it open on friday saturday and sunday?", "who owns it?"]),
        ("my dog is old. can he come? and the cat?", ["can he come?", "and the cat?"]),
        ("<p>Is it open?<p>And who owns it?", ["Is it open?", "And who owns it?"]),
        ("is it open<br>who owns it", ["is it open", "who owns it"]),
        ("Is it open?", []),
        ("I wonder if it is open and who owns it", []),
        ("bread and butter", []),
        ("My dog is nine and has fleas. Is there a bath?", []),
        ("He is old and won't listen. Can he come along?", []),
        ("He is old, is deaf and could not hear me. Can he come? Who owns it?", ["Can he come?", "Who owns it?"]),
        ("My dog is nine and has fleas, is there a bath? Who owns it?", ["is there a bath?", "Who owns it?"]),
        ("I am a cook, when people eat I smile. Is it open?", []),
        ("My wife, who cannot walk, has read it. Is it open?", []),
        ("I saw your sign and what it says there. Is it open? Who owns it?", ["Is it open?", "Who owns it?"]),
        ("is it open and does money matter", ["is it open", "and does money matter"]),
        ("is it open and can I come in", ["is it open", "and can I come in"]),
        ("", []),
    ],
)  # fmt: skip
def test_the_questions_of_a_message_are_told_apart(text: str, questions: list[str]) -> None:
    assert asked_in(text) == questions


def test_other_languages_have_words_of_their_own() -> None:
    assert asked_in("¿es legal y quién lo escribió?", "es") == ["¿es legal", "y quién lo escribió?"]
    assert asked_in("es legal y quien lo escribio", "en") == []
    assert asked_in("Mi perro es viejo y tiene pulgas. \u00bfHay un ba\u00f1o?", "es") == []


def test_a_form_with_many_questions_isnt_taken_apart() -> None:
    asks = "is it open? "
    assert len(asked_in(asks * MOST_ASKED)) == MOST_ASKED
    assert asked_in(asks * (MOST_ASKED + 1)) == []


@given(st.text() | st.lists(st.sampled_from("is who and , ? . what open x - / y".split())).map(" ".join))
@settings(deadline=None)
def test_nothing_is_asked_that_wasnt_written(text: str) -> None:
    found = asked_in(text)
    assert len(found) != 1
    assert sum(map(len, found)) <= MAX_CHARACTERS
    for question in found:
        for word in question.split():
            assert word in text
