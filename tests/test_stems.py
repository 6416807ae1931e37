"""Stems: Snowball's, whatever threads share them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from Stemmer import Stemmer as SnowballStemmer

from knowledge.normalizer import tokens
from knowledge.stems import Stemmer

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
            stem._stems.clear()
            found += stem(word) != right[word]
        return found

    with ThreadPoolExecutor(len(WORDS)) as pool:
        assert sum(pool.map(wrong, WORDS)) == 0
