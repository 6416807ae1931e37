"""What is found out about a word is asked for once, within bounds."""

from __future__ import annotations

from knowledge.remembered import LONGEST, MOST, Remembered


def test_a_word_is_asked_about_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length)
    assert [lengths[word] for word in ("cells", "border", "cells")] == [5, 6, 5]
    assert asked == ["cells", "border"]


def test_endless_words_are_not_remembered() -> None:
    lengths = Remembered(len)
    assert lengths["x" * (LONGEST + 1)] == LONGEST + 1
    assert not lengths


def test_endlessly_many_words_start_it_over() -> None:
    lengths = Remembered(len)
    for number in range(MOST + 1):
        assert lengths[str(number)]
    assert list(lengths) == [str(MOST)]
