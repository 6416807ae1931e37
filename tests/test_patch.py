"""What was decided on survives its way through a file, and gets into the knowledge base without changing anything else."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.patch import patch_of
from bot.store.from_people import Suggestion, SuggestionState
from knowledge import files
from knowledge.learned import with_learned
from knowledge.loader import Loaded, load
from knowledge.merging import merge
from knowledge.model import LearnedPhrasing
from knowledge.opening import read_base
from knowledge.patch import Patch, from_yaml, to_yaml
from knowledge.problems import Problem
from knowledge.yaml_reader import SourceFile

# With single blanks, none at the ends: so `phrasing_of` makes them, and so a patch is read.
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
PHRASINGS = st.lists(
    st.builds(LearnedPhrasing, st.sampled_from(["en", "es"]), st.sampled_from(["a", "b-c"]), TEXTS)
)
BY_LANGUAGE = st.dictionaries(
    st.sampled_from(["en", "es", "no"]), st.lists(TEXTS, min_size=1).map(tuple), max_size=2
)
BLOCK = b"""\
# A comment that stays.
entries:
  - id: parking
    question: Where do I park?
    answer: Behind the house.
    phrasings:
      - where can my car go
      - 'is there a space?'   # and this one

  - id: cats
    question: May I keep a cat?
    answer: No.
    phrasings: [are pets allowed, may i have a cat]
  - id: dogs
    question: May I keep a dog?
    answer: No.
  - id: long
    question: How long is it?
    answer: Long.
    phrasings:
      - how long is
        this phrasing
      - >-
        and how long
        is this one
"""


def read_back(text: str) -> tuple[Patch, list[Problem]]:
    return from_yaml(SourceFile("patch.yaml", text.encode()))


def suggestion(number: int, state: SuggestionState, text: str, entry_id: str = "") -> Suggestion:
    return Suggestion(number, text, 0.0, 1.0, state, "en", entry_id)


def test_what_was_decided_on_is_exported_and_what_waits_isnt() -> None:
    patch = patch_of(
        [
            suggestion(1, SuggestionState.TAKEN, "did [name] park here", "parking"),
            suggestion(2, SuggestionState.WANTED, "what about [date] boats?"),
            suggestion(3, SuggestionState.DECLINED, "who won"),
            suggestion(4, SuggestionState.OPEN, "secret"),
        ]
    )
    assert patch == Patch(
        (LearnedPhrasing("en", "parking", "did park here"),),
        {"en": ("what about boats?",)},
        {"en": ("who won",)},
    )
    assert "secret" not in to_yaml(patch)


@given(PHRASINGS, BY_LANGUAGE, BY_LANGUAGE)
def test_a_patch_survives_its_file(
    phrasings: list[LearnedPhrasing],
    wanted: dict[str, tuple[str, ...]],
    off_topic: dict[str, tuple[str, ...]],
) -> None:
    patch = Patch(tuple(sorted(phrasings)), wanted, off_topic)
    assert read_back(to_yaml(patch)) == (patch, [])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "a: b", "phrasings: [x]", "phrasings: {en: [x]}", "phrasings: {en: {a: x}}", "wanted: {en: {a: b}}", "{", "phrasings: {en: {a: [{b: c}]}}"],
)  # fmt: skip
def test_another_file_is_refused(text: str) -> None:
    assert read_back(text)[1]


def test_what_is_wrong_with_a_patch_is_told_with_its_place() -> None:
    (fault,) = read_back("phrasings:\n  en:\n    cats:\n      - is: that\n")[1]
    assert str(fault.location) == "patch.yaml:4:9"
    assert "double quotes" in fault.mend


def test_a_text_is_taken_as_it_stands() -> None:
    patch, problems = read_back("phrasings: {en: {cats: [yes, 2013, null]}}")
    assert [one.text for one in patch.phrasings] == ["2013", "null", "yes"]
    assert problems == []


def merged(*phrasings: LearnedPhrasing, source: bytes = BLOCK) -> str:
    (changed,) = merge([SourceFile("faq.yaml", source)], phrasings).changed
    return changed.data.decode()


def test_a_phrasing_stands_below_its_entrys_last_one_and_all_else_stays() -> None:
    text = merged(LearnedPhrasing("en", "parking", 'a "space": for # my car?'))
    line = '      - "a \\"space\\": for # my car?"\n'
    assert line in text
    assert text.replace(line, "") == BLOCK.decode()
    assert text.index("and this one") < text.index(line) < text.index("id: cats")


def test_line_ends_of_another_system_stay() -> None:
    text = merged(LearnedPhrasing("en", "parking", "a space"), source=BLOCK.replace(b"\n", b"\r\n"))
    assert '      - "a space"\r\n' in text
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("entry_id", ["cats", "dogs", "long"])
def test_what_has_another_form_is_left_to_a_person(entry_id: str) -> None:
    phrasing = LearnedPhrasing("en", entry_id, "something else entirely")
    result = merge([SourceFile("faq.yaml", BLOCK)], [phrasing])
    assert (result.changed, result.added, result.by_hand) == ((), (), (phrasing,))


def test_what_has_another_form_keeps_nothing_else_out() -> None:
    into = ["parking", "cats", "dogs", "long"]
    phrasings = [LearnedPhrasing("en", entry_id, f"something else about {entry_id}") for entry_id in into]
    result = merge([SourceFile("faq.yaml", BLOCK)], phrasings)
    assert [one.entry_id for one in result.added] == ["parking"]
    assert sorted(one.entry_id for one in result.by_hand) == ["cats", "dogs", "long"]


def test_however_many_entries_gain_something_the_files_are_read_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "".join(
        f"- id: e{n}\n  question: What is thing {n}?\n  answer: A thing.\n  phrasings:\n    - thing {n}\n"
        for n in range(30)
    )
    read = []

    def reading(sources: Sequence[SourceFile]) -> Loaded:
        read.append(sources)
        return load(sources)

    monkeypatch.setattr("knowledge.merging.load", reading)
    phrasings = [LearnedPhrasing("en", f"e{n}", f"a question about {n}") for n in range(30)]
    assert len(merge([SourceFile("faq.yaml", text.encode())], phrasings).added) == 30
    assert len(read) == 2


def test_files_with_errors_are_left_alone() -> None:
    broken = SourceFile("b.yaml", b"- question: Why?\n")
    with pytest.raises(ValueError, match="has errors"):
        merge([SourceFile("a.yaml", BLOCK), broken], [LearnedPhrasing("en", "parking", "a space")])


def test_blanks_that_an_editor_left_behind_are_no_part_of_a_text() -> None:
    found, _ = read_back("phrasings: {en: {cats: ['  may i  keep a cat ']}}")
    assert found.phrasings == (LearnedPhrasing("en", "cats", "may i keep a cat"),)


def test_what_is_there_or_belongs_nowhere_is_named() -> None:
    phrasings = [LearnedPhrasing("en", "cats", "Where do I park?"), LearnedPhrasing("en", "cows", "moo")]
    result = merge([SourceFile("faq.yaml", BLOCK)], phrasings)
    assert (result.changed, result.known, result.unknown) == ((), (phrasings[0],), (phrasings[1],))


@given(st.lists(st.builds(LearnedPhrasing, st.just("en"), st.just("parking"), TEXTS), max_size=4))
def test_whatever_is_put_in_is_what_the_file_then_says(phrasings: list[LearnedPhrasing]) -> None:
    source = SourceFile("faq.yaml", BLOCK)
    result = merge([source], phrasings)
    before = load([source]).draft
    after = load(result.changed or [source]).draft
    assert result.by_hand == ()
    wanted = with_learned(before, phrasings)
    assert [e.phrasings for e in after.entries["en"].values()] == [
        e.phrasings for e in wanted.entries["en"].values()
    ]


def test_the_bundled_knowledge_base_takes_a_phrasing_for_every_entry(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(files.bundled(), tmp_path / "base"))
    base = read_base(folder)
    phrasings = [
        LearnedPhrasing("en", entry_id, f"quokka {entry_id} quokka")
        for entry_id in list(base.entries["en"])[:3]
    ]
    sources, _ = files.read(folder)
    result = merge(sources, phrasings)
    assert result.by_hand == ()
    assert len(result.added) == 3
