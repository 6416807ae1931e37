"""The tables of a language: closed, in comparison form; stems that threads may share; real words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from Stemmer import Stemmer as SnowballStemmer

from knowledge.dictionary import dictionary
from knowledge.lexicon import Stemmer, lexicon
from knowledge.normalizer import clean, tokens

TABLED = ["en", "es"]
WORDS = (
    "running flies happily nationalization responsibilities electricity hopefulness generalizations".split()
)


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Threads take turns as often as the interpreter can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


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


def test_stems_are_those_of_snowball() -> None:
    stem, reference = Stemmer("en"), SnowballStemmer("english")
    assert [stem(word) for word in WORDS] == [reference.stemWord(word) for word in WORDS]
    assert stem("clinics") == stem("clinic")
    assert Stemmer("es")("clinicas") == Stemmer("es")("clinica")


def test_russian_words_reach_the_stemmer_in_their_own_letters() -> None:
    words = tokens(
        "\u0412\u043e\u043f\u0440\u043e\u0441 \u0432\u043e\u043f\u0440\u043e\u0441\u044b \u0432\u043e\u043f\u0440\u043e\u0441\u043e\u0432",
        "ru",
    )
    assert {Stemmer("ru")(word) for word in words} == {"\u0432\u043e\u043f\u0440\u043e\u0441"}


def test_a_language_that_snowball_doesnt_know_keeps_its_words() -> None:
    assert Stemmer("xx")("clinics") == "clinics"


@pytest.mark.usefixtures("eager_switching")
def test_threads_that_share_a_stemmer_dont_mix_up_their_words() -> None:
    stem, right = Stemmer("en"), {word: Stemmer("en")(word) for word in WORDS}

    def wrong(word: str) -> int:
        found = 0
        for _ in range(300):
            stem._memory.clear()
            found += stem(word) != right[word]
        return found

    with ThreadPoolExecutor(len(WORDS)) as pool:
        assert sum(pool.map(wrong, WORDS)) == 0


def test_a_stemmer_remembers_neither_endless_words_nor_endlessly_many() -> None:
    stem = Stemmer("xx")
    stem("x" * 5000)
    assert not stem._memory
    stem._memory = {str(number): "" for number in range(60_000)}
    stem("another")
    assert len(stem._memory) == 60_000


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
