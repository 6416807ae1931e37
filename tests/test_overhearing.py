"""What counts as plainly a question in a group's talk."""

from __future__ import annotations

import pytest

from knowledge.overhearing import asks_everybody, plainly_asks


@pytest.mark.parametrize(
    "text",
    [
        "Is it illegal to take my cells abroad?",
        "is it illegal to take cells abroad",
        "hi all, what do i need for customs",
        "ok so can they just put it in a suitcase",
        "anyone know if the FDA has to agree",
        "Good morning everybody. My clinic is in Panama. Who gives permission for that?",
        'He said "do you need papers?"',
        "¿Es legal sacar las células?",
        "alguien sabe si es legal",
        "cuanto cuesta el permiso",
        "papers?",
        "ok everyone which countries are meant",
        "I have my call at four, what would you make sure to ask",
        "he was told it's fine - is that so",
        "they offered me a letter, anyone seen such a thing",
    ],
)
def test_questions(text: str) -> None:
    assert plainly_asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is illegal to take cells abroad.",
        "They told me that it is legal",
        "Thanks, that helps!",
        "I wonder.",
        "dont spoil it",
        "Please don't carry them yourself",
        "my mother took hers to Tijuana in a cooler",
        "so sorry to hear that",
        "Feliz cumpleaños, Rosa",
        "",
        "...",
        "🙂",
    ],
)
def test_other_talk(text: str) -> None:
    assert not plainly_asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "why?",
        "But why?",
        "why not?",
        "why would they do that?",
        "who?",
        "¿por qué?",
        "por que no?",
        "¿Y qué es eso?",
    ],
)
def test_a_question_without_a_word_of_its_own_is_no_question_to_everybody(text: str) -> None:
    assert plainly_asks(text)
    assert not asks_everybody(text)


@pytest.mark.parametrize("text", ["is it legal?", "papers?", "¿es legal?", "why cells?"])
def test_one_word_of_its_own_is_enough(text: str) -> None:
    assert asks_everybody(text)
