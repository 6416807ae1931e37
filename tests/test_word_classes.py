"""Word classes: how words of one kind are found in a message, and what they teach the matcher."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import storage
from knowledge.explain import drawn_by
from knowledge.index import Index, build, corpus
from knowledge.loader import SourceFile, load
from knowledge.matcher import Matcher
from knowledge.model import KnowledgeBase
from knowledge.word_classes import NO_CLASSES, WordClasses, is_mark, sequences

PLACES = WordClasses({"home": [["ohio"], ["new", "mexico"]], "abroad": [["mexico"], ["costa", "rica"]]})
KNOWLEDGE = """
entries:
  - id: export
    question: May I carry it out of the country?
    answer: Ask first.
    phrasings: [from Ohio to Mexico with it, "Ohio to Peru, is that fine?", can I bring it from Texas to Peru, "Texas Mexico by car, may I"]
  - id: import
    question: May I carry it into the country?
    answer: Ask the agencies.
    phrasings: [from Mexico to Ohio with it, "Peru to Ohio, is that fine?", can I bring it from Peru to Texas, "Mexico Texas by car, may I"]
  - id: domestic
    question: May I carry it within the country?
    answer: It isn't said.
    phrasings: [from Ohio to Texas with it, "Texas to Utah, is that fine?", can I bring it from Utah to Ohio, "Utah Texas by car, may I"]
"""
LISTS = """
word-classes:
  home: [Ohio, Texas, Utah, Nevada, South Dakota, Vermont]
  abroad: [Mexico, Peru, Chile, Costa Rica, Norway]
"""


def base_of(text: str) -> KnowledgeBase:
    loaded = load([SourceFile("faq.yaml", text.encode())], name="faq")
    assert loaded.knowledge_base is not None
    return loaded.knowledge_base


BASE = base_of(KNOWLEDGE + LISTS)
INDEX = build(BASE)
PLAIN = build(base_of(KNOWLEDGE))


def best(index: Index, text: str) -> str:
    return Matcher(index, BASE.entries["en"]).rank(text).matches[0].entry_id


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("from ohio to mexico", "from <home> to <abroad>"),
        ("from new mexico to mexico", "from <home> to <abroad>"),
        ("costa rica", "<abroad>"),
        ("costa brava", "costa brava"),
        ("a new car", "a new car"),
        ("mexico costa rica", "<abroad> <abroad>"),
        ("new", "new"),
        ("", ""),
    ],
)
def test_the_words_of_a_class_become_its_name_the_longest_first(text: str, units: str) -> None:
    assert list(PLACES.units(text.split())) == units.split()


@given(st.lists(st.sampled_from("ohio new mexico costa rica to from".split())))
def test_the_parts_of_a_message_are_all_of_it_in_order(tokens: list[str]) -> None:
    parted = PLACES.parted(tokens)
    assert [token for _, words in parted for token in words] == tokens
    assert all(is_mark(unit) or list(words) == [unit] for unit, words in parted)


def test_without_lists_nothing_is_found() -> None:
    tokens = "from ohio to mexico".split()
    assert NO_CLASSES.units(tokens) is tokens


def test_classes_follow_each_other_whatever_stands_between() -> None:
    units = PLACES.units("ohio by way of costa rica and then mexico".split())
    assert sequences(units) == ["<home><abroad>", "<abroad><abroad>"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("from Nevada to Norway with it", "export"),
        ("from South Dakota to Costa Rica with it", "export"),
        ("Vermont Chile by car, may I", "export"),
        ("from Norway to Nevada with it", "import"),
        ("Chile to Vermont, is that fine?", "import"),
        ("can I bring it from Nevada to South Dakota", "domestic"),
        ("Vermont Nevada by car, may I", "domestic"),
    ],
)
def test_a_route_between_places_that_no_phrasing_names_finds_the_entry_of_its_direction(
    text: str, entry: str
) -> None:
    assert best(INDEX, text) == entry


def test_without_lists_such_routes_are_a_guess() -> None:
    assert best(PLAIN, "from Nevada to Norway with it") == best(PLAIN, "from Norway to Nevada with it")


def test_a_listed_word_is_mended_though_no_phrasing_has_it() -> None:
    assert INDEX.tokens("from vermnt to norwey") == ["from", "vermont", "to", "norway"]


def test_a_listed_word_that_no_phrasing_has_is_no_foreign_matter() -> None:
    near, far = (INDEX.space.vector(text.split()) for text in ("vermont to chile", "qwertz to asdfgh"))
    assert float(near.values @ near.values) == pytest.approx(1.0, abs=1e-5)
    assert float(far.values @ far.values) < 0.9


def test_what_classes_draw_is_told_by_word() -> None:
    tokens = INDEX.tokens("from Nevada to Costa Rica")
    drawn = drawn_by(INDEX, tokens, "export", "import")
    scores = INDEX.logits(INDEX.space.vector(tokens))
    difference = float(scores[INDEX.classes.index("export")] - scores[INDEX.classes.index("import")])
    assert sum(part.score for part in drawn) == pytest.approx(difference, abs=1e-4)
    assert {part.word for part in drawn} >= {"nevada", "costa", "rica"}


def test_the_same_lists_give_the_same_index_whatever_a_process_makes_of_hashes() -> None:
    code = "from tests.test_word_classes import INDEX, storage; import hashlib; print(hashlib.sha256(storage.to_bytes(INDEX)).hexdigest())"
    root = Path(__file__).parent.parent
    made = {
        subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_an_index_keeps_its_classes() -> None:
    again = storage.from_bytes(storage.to_bytes(INDEX), corpus(BASE, "en").texts)
    assert again is not None
    tokens = INDEX.tokens("from Nevada to Norway with it")
    assert (again.space.vector(tokens).values == INDEX.space.vector(tokens).values).all()
    assert again.space.words.classes.units(tokens) == INDEX.space.words.classes.units(tokens)
