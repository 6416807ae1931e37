"""The tables of a language: closed, in comparison form; real words."""

from __future__ import annotations

import pytest

from knowledge.dictionary import dictionary
from knowledge.lexicon import lexicon
from knowledge.normalizer import clean, tokens

TABLED = ["en", "es"]


@pytest.mark.parametrize("language", TABLED)
def test_the_tables_are_in_the_form_that_they_are_looked_up_in(language: str) -> None:
    tables = lexicon(language)
    for word in [*tables.stop_words, *tables.rewrites, *tables.suffixes]:
        assert clean(word) == word
    assert all("'" in ending for ending in tables.suffixes)


@pytest.mark.parametrize("language", TABLED)
def test_no_rewrite_is_rewritten_again(language: str) -> None:
    tables = lexicon(language)
    written = {word for spelled in tables.rewrites.values() for word in spelled.split()}
    assert not written & tables.rewrites.keys()


def test_words_that_a_contraction_could_be_mistaken_for_stay() -> None:
    assert not {"its", "were", "well", "ill", "shell", "id", "wed"} & lexicon("en").rewrites.keys()


def test_a_language_without_tables_gets_empty_ones() -> None:
    tables = lexicon("sv")
    assert (tables.stop_words, tables.rewrites, tables.suffixes) == (frozenset(), {}, {})


def test_the_dictionary_holds_real_words_and_no_short_ones() -> None:
    words = dictionary("en")
    assert all(word in words for word in ("form", "from", "clinic", "smuggling"))
    assert not any(word in words for word in ("cel", "clinci", "smugling", "", "x" * 4096, "zzzzzz"))
    assert words.numbers[:4].sum() == 0 < words.numbers[4]


@pytest.mark.parametrize("word", ["cl\u00ednica", "ma\u00f1ana", "avi\u00f3n"])
def test_real_words_are_known_in_the_form_that_tokens_have(word: str) -> None:
    assert tokens(word, "es") == [clean(word)]
    assert clean(word) in dictionary("es")


def test_a_language_without_a_dictionary_has_an_empty_one() -> None:
    assert len(dictionary("xx")) == 0
    assert "form" not in dictionary("xx")
