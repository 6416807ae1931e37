"""The language of a message is told from its words, whatever the asker's app is set to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import build
from knowledge.model import Advisory, Entry, KnowledgeBase
from knowledge.outcome import Question
from knowledge.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.answerer import Answerer
    from knowledge.index import Index

QUESTIONS = Path(__file__).parent / "questions"
SPANISH = [
    "hola",
    "gracias",
    "es legal llevar mis celulas",
    "¿cuánto cuesta?",
    "me pueden arrestar?",
    "la clinica me pidio llevarlas en una hielera",
    "que hago si no contestan",
    "y a corea?",
    "quien escribio esto",
    "necesito permiso de la fda",
    "puedo llevarlas en el avion",
    "abogado",
    "ayuda no puedo respirar",
    "donde denuncio a la clinica",
    "son mias las celulas",
]
ENGLISH = [
    "hello there",
    "is it legal to bring my cells",
    "who wrote this",
    "can they arrest me in Mexico",
    "help i can't breathe",
    "do i need permission from the fda",
]
ANYWHERE = ["fda", "ok", "1234", "", "???", "asdkjfh qwpoeiru zmxncb", "Tijuana"]


def indexes(answerer: Answerer) -> Mapping[str, Index]:
    return {language: answerer.index(language) for language in ("en", "es")}


@pytest.mark.parametrize("text", ["r u real", "u r a bot?"])
def test_letters_that_are_short_for_english_words_make_no_message_spanish(
    answerer: Answerer, text: str
) -> None:
    assert spoken(text, indexes(answerer), "en") == "en"


@pytest.mark.parametrize("preferred", ["en", "es"])
@pytest.mark.parametrize(
    ("text", "language"), [(text, "es") for text in SPANISH] + [(text, "en") for text in ENGLISH]
)
def test_a_plain_message_is_of_its_language(
    answerer: Answerer, text: str, language: str, preferred: str
) -> None:
    assert spoken(text, indexes(answerer), preferred) == language


@pytest.mark.parametrize("text", ["yo", "Yo!", "sup"])
def test_a_word_that_is_a_whole_phrasing_is_taken_for_the_preferred_language(
    answerer: Answerer, text: str
) -> None:
    assert spoken(text, indexes(answerer), "en") == "en"


@pytest.mark.parametrize(
    "text",
    [
        "El Paso",
        "el paso bridge",
        "via Los Algodones",
        "Nuevo Laredo clinic",
        "Ciudad Juárez",
        "ambulance la paz",
        "Del Rio",
    ],
)
def test_a_place_with_a_spanish_name_makes_no_message_spanish(answerer: Answerer, text: str) -> None:
    assert spoken(text, indexes(answerer), "en") == "en"


@pytest.mark.parametrize(
    "text", ["Long Beach", "a Little Rock", "y en Salt Lake City", "Great Falls", "voy por Eagle Pass"]
)
def test_a_place_with_an_english_name_makes_no_message_english(answerer: Answerer, text: str) -> None:
    assert spoken(text, indexes(answerer), "es") == "es"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cruzo por El Paso con mis células", "es"),
        ("I cross at El Paso with my cells", "en"),
        ("llevo a New York", "es"),
    ],
)
def test_the_words_beside_a_place_tell_the_language(answerer: Answerer, text: str, language: str) -> None:
    for preferred in ("en", "es"):
        assert spoken(text, indexes(answerer), preferred) == language


@pytest.mark.parametrize("preferred", ["en", "es"])
@pytest.mark.parametrize("text", ANYWHERE)
def test_what_is_of_no_language_is_taken_for_the_preferred_one(
    answerer: Answerer, text: str, preferred: str
) -> None:
    assert spoken(text, indexes(answerer), preferred) == preferred


SMALL = {
    "en": [("timetable", "Where is the timetable?"), ("hold", "Hold"), ("dogs", "May I take my dog?")],
    "es": [
        ("timetable", "¿Dónde está el horario?"),
        ("hold", "He perdido algo."),
        ("dogs", "¿Puedo llevar a mi perro?"),
    ],
}
"""Hardly a word that tells which language is which."""


@pytest.fixture(scope="module")
def small() -> Mapping[str, Index]:
    entries = {
        language: {id_: Entry(id_, question, "Yes.", language=language) for id_, question in of_language}
        for language, of_language in SMALL.items()
    }
    base = KnowledgeBase(Advisory("bus", "Buses", languages=("en", "es")), {}, entries, {"en": {}, "es": {}})
    return {language: build(base, language) for language in SMALL}


@pytest.mark.parametrize("preferred", ["en", "es"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "es") for text in ("hola", "gracias", "quiero mi dinero", "y mañana?", "no llega nunca")),
        *(
            (text, "en")
            for text in ("hello", "i want my money", "where can i park", "and tomorrow?", "thanks")
        ),
    ],
)
def test_where_a_knowledge_base_is_small_what_is_known_of_languages_tells(
    small: Mapping[str, Index], text: str, language: str, preferred: str
) -> None:
    assert spoken(text, small, preferred) == language


@pytest.mark.parametrize("preferred", ["en", "es"])
@pytest.mark.parametrize("text", ["12 12", "wifi", "Madrid", "", "xyzzy"])
def test_there_too_names_and_numbers_tell_nothing(
    small: Mapping[str, Index], text: str, preferred: str
) -> None:
    assert spoken(text, small, preferred) == preferred


def test_hardly_any_english_message_of_the_tests_is_taken_for_spanish(answerer: Answerer) -> None:
    texts = {
        str(told["q"])
        for file in ("in-scope", "off-topic", "group")
        for told in map(json.loads, (QUESTIONS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())
    }
    assert len(texts) > 800
    taken = {text for text in texts if spoken(text, indexes(answerer), "en") != "en"}
    assert len(taken) <= len(texts) / 200, taken  # one of them asks "¿habla español?"


@given(st.text())
def test_any_text_is_of_a_language_that_is_loaded(answerer: Answerer, text: str) -> None:
    assert spoken(text, indexes(answerer), "en") in ("en", "es")


def test_with_one_language_everything_is_in_it(small_answerer: Answerer) -> None:
    assert spoken("¿dónde puedo dejar mi carro?", {"en": small_answerer.index("en")}, "en") == "en"


def test_the_core_understands_what_is_written_in_another_language_than_the_apps(answerer: Answerer) -> None:
    verdict = answerer.answer(Question("¿es ilegal llevar mis células a Tijuana?", "en"))
    assert (verdict.language, verdict.answered) == ("es", "is-it-legal")
    assert answerer.reply_language(verdict, "en-US") == "es"
    verdict = answerer.answer(Question("is it illegal to take my stem cells to Tijuana?", "es-MX"))
    assert (verdict.language, verdict.answered) == ("en", "is-it-legal")
    verdict = answerer.answer(Question("is it illegal to take my stem cells to Tijuana?", "de"))
    assert answerer.reply_language(verdict, "de") == "de"
