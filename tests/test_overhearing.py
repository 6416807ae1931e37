"""What counts as plainly a question in a group's talk."""

from __future__ import annotations

import pytest

from knowledge.overhearing import plainly_asks


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
