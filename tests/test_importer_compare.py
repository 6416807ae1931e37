"""Fingerprints, pairing a page with committed passages, writing passages and drafts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from knowledge.importer import (
    ImportedPage,
    draft_entries,
    drafts_yaml,
    fingerprint,
    passages_yaml,
    read_page,
)
from knowledge.model import Passage, Voice
from knowledge.pairing import pair_up

GARDEN = (Path(__file__).parent / "fixtures" / "importer" / "garden.txt").read_text(encoding="utf-8")


def read(text: str) -> ImportedPage:
    return read_page(text.encode(), name="garden.txt")


def committed(page: ImportedPage) -> list[Passage]:
    return [
        Passage(b.id, b.voice or Voice.ADVISORY, f"Gist of {b.id}.", b.position, b.fingerprint, b.parent)
        for b in page.passages
    ]


PASSAGES = committed(read(GARDEN))


def changed(page: ImportedPage, passages: list[Passage]) -> list[tuple[str, ...]]:
    """The pairs in which something changed: id then (or empty), id now (or empty), and whether it was edited."""
    found: list[tuple[str, ...]] = []
    for pair in pair_up(page.passages, passages):
        then, now = (pair.passage.id if pair.passage else ""), (pair.block.id if pair.block else "")
        edited = bool(then and now) and not pair.is_same_text
        if then != now or edited:
            found.append((then, now, "edited") if edited else (then, now))
    return found


@pytest.mark.parametrize(
    "other",
    [
        "don\u2019t “do” this \u2013 it\u2019s 5% of $40...",
        "Don't \"do\" this - it's 5% of $40…",
        "  DON`T «do»\nthis\u00a0\u2014 it\u00b4s\t5% of $40",
        "don't do this it's \uff15% of $40\u00ad",
        "\ufeffdon't, do; this: (it's) 5% of $40!",
    ],
)
def test_a_fingerprint_ignores_how_a_text_is_set(other: str) -> None:
    assert fingerprint(other) == fingerprint("Don't do this: it's 5% of $40.")


@pytest.mark.parametrize(
    "other",
    [
        "Don't do that: it's 5% of $40.",
        "Do this: it's 5% of $40.",
        "Don't do this: it's 5 of $40.",
        "Don't do this: it's 5% of €40.",
    ],
)
def test_a_fingerprint_changes_with_words_and_amounts(other: str) -> None:
    assert fingerprint(other) != fingerprint("Don't do this: it's 5% of $40.")


def test_fingerprints_stay_as_they_are() -> None:
    # Committed maps hold them: a change of the form makes every one of them stale.
    assert fingerprint("Ask who raised it, and ask for the label.") == "6e321bd0fd486d7b"
    assert fingerprint("👍") != fingerprint("👎")
    assert len(fingerprint("")) == 16


def test_a_page_that_fits_is_paired_as_it_was() -> None:
    assert changed(read(GARDEN), PASSAGES) == []


def test_a_paragraph_put_in_moves_the_ids_after_it() -> None:
    found = changed(read(GARDEN.replace("Ask who raised", "Stay calm.\n\nAsk who raised")), PASSAGES)
    assert found == [("", "A9"), ("A9", "A10"), ("A10", "A11"), ("A11", "A12")]


def test_an_edit_is_found_in_its_place_though_ids_moved() -> None:
    text = GARDEN.replace("Money is not", "Stay calm.\n\nMoney is not").replace(
        "ask for the label", "see the label"
    )
    found = changed(read(text), PASSAGES)
    assert ("", "A2") in found
    assert ("A9", "A10", "edited") in found
    assert not [pair for pair in found if not pair[1]]


def test_a_paragraph_gone_is_missing() -> None:
    found = changed(read(GARDEN.replace("Ask who raised it, and ask for the label.\n\n", "")), PASSAGES)
    assert found == [("A10", "A9"), ("A11", "A10"), ("A9", "")]


def test_a_question_edited_over_a_paragraph_makes_it_stale() -> None:
    assert changed(read(GARDEN.replace("The trouble?", "The danger?")), PASSAGES) == [("A3", "A3", "edited")]


def test_paragraphs_that_changed_places_have_moved() -> None:
    one, two = "Ask who raised it, and ask for the label.", "Also ask\u2013has it been kept apart?"
    text = GARDEN.replace(one, "#").replace(two, one).replace("#", two)
    assert changed(read(text), PASSAGES) == [("A10", "A9"), ("A9", "A10")]


def test_passages_without_fingerprint_are_taken_by_id() -> None:
    assert changed(read(GARDEN), [replace(p, fingerprint="") for p in PASSAGES]) == []


def test_equal_texts_are_matched_in_order() -> None:
    page = read("T\n\nSame.\n\nSame.\n\nSame.")
    assert changed(page, committed(page)) == []
    assert changed(read("T\n\nSame.\n\nSame."), committed(page)) == [("A3", "")]


def test_passages_yaml_is_what_was_found_with_gists_to_write() -> None:
    rows = yaml.safe_load(passages_yaml(read(GARDEN)))["passages"]
    assert [row["id"] for row in rows] == [p.id for p in PASSAGES]
    assert set(rows[0]) == {"id", "voice", "position", "fingerprint", "gist"}
    assert rows[14] == {
        "id": "C1.1",
        "voice": "reader",
        "position": 49,
        "fingerprint": PASSAGES[14].fingerprint,
        "parent": "C1",
        "gist": "",
    }
    assert yaml.safe_load(passages_yaml(read(""))) == {"passages": []}


def test_passages_yaml_holds_nothing_of_the_page_itself() -> None:
    text = passages_yaml(read(GARDEN))
    assert not any(block.text in text for block in read(GARDEN).passages)


def test_gists_survive_a_new_import() -> None:
    text = GARDEN.replace("Money is not", "Stay calm.\n\nMoney is not").replace(
        "ask for the label", "see the label"
    )
    text = text.replace("In short? Leave it where it is.\n\n", "")
    written = passages_yaml(read(text), PASSAGES)
    gists = {row["id"]: row["gist"] for row in yaml.safe_load(written)["passages"]}
    assert gists["A1"] == "Gist of A1."
    assert gists["A2"] == ""
    assert gists["A3"] == "Gist of A2."
    assert gists["A10"] == "Gist of A9."
    assert gists["C6.1"] == "Gist of C6.1."
    assert written.count("# review:") == 1
    assert '# no longer on the page: A11, "Gist of A11."' in written


def test_translations_survive_a_new_import() -> None:
    known = [replace(PASSAGES[0], translations={"es": 'Lo "esencial": # no', "de": "Kern"}), *PASSAGES[1:]]
    rows = yaml.safe_load(passages_yaml(read(GARDEN), known))["passages"]
    assert rows[0]["translations"] == {"es": 'Lo "esencial": # no', "de": "Kern"}
    assert not any("translations" in row for row in rows[1:])


def test_a_voice_corrected_by_hand_survives_a_new_import() -> None:
    corrected = [replace(p, voice=Voice.READER) if p.id == "C2.1" else p for p in PASSAGES]
    rows = yaml.safe_load(passages_yaml(read(GARDEN), corrected))["passages"]
    assert next(row["voice"] for row in rows if row["id"] == "C2.1") == "reader"


@pytest.mark.parametrize(
    "gist", ['It\'s: "so" # not - [a]', "café 👍 \\n", "a\nb", "1e5", "\x85\u2028\ufeff\x7f"]
)
def test_any_gist_can_be_written(gist: str) -> None:
    known = [replace(PASSAGES[0], gist=gist)]
    row = yaml.safe_load(passages_yaml(read(GARDEN), known))["passages"][0]
    assert row["gist"] == " ".join(gist.split())


def test_drafts_are_the_questions_of_headings_advisory_and_readers() -> None:
    drafts = draft_entries(read(GARDEN))
    assert [(d.id, d.question, d.cites) for d in drafts] == [
        ("trouble", "The trouble?", ("A3",)),
        ("who-would-do-that", "Who would do that?", ("A5",)),
        (
            "moving-young-plants-between",
            "What does the page say about “Moving Young Plants Between Gardens Under the Plant Order of 1987”?",
            ("Q1",),
        ),
        ("labels-plants-seeds", "What does the page say about “Labels for Plants/Seeds”?", ("Q2",)),
        ("members", "What should members do?", ("A8",)),
        (
            "somebody-gate-offers-plant",
            "If somebody at the gate offers you a plant, what do you say?",
            ("A8",),
        ),
        ("also-ask-been-kept", "Also ask\u2013has it been kept apart?", ("A10",)),
        ("ms-arden-stalls", "Ms. Arden, which stalls are these?", ("C1",)),
        (
            "isnt-odd-county-fusses",
            "Isn\u2019t it odd that the county fusses over tomatoes and sprays the verges?",
            ("C2",),
        ),
        ("seed-banks-handle", "How do the seed banks handle it?", ("C5",)),
    ]


def test_the_same_question_is_one_draft_and_like_ids_are_kept_apart() -> None:
    page = read(
        "T\n\nIs it wet, dear? Yes.\n\nIs it wet, dear? No. Was it wet, dear?\n\nא ב ג, ד?\n\nה א ז, ח?"
    )
    drafts = draft_entries(page)
    assert [(d.id, d.cites) for d in drafts] == [
        ("wet-dear", ("A1", "A2")),
        ("wet-dear-2", ("A2",)),
        ("question", ("A3",)),
        ("question-2", ("A4",)),
    ]


def test_drafts_yaml_has_the_form_of_entries_without_answers() -> None:
    drafts = draft_entries(read(GARDEN))
    rows = yaml.safe_load(drafts_yaml(drafts))["entries"]
    assert [set(row) for row in rows] == [{"id", "question", "answer", "cites"}] * len(drafts)
    assert [row["cites"] for row in rows] == [list(d.cites) for d in drafts]
    assert {row["answer"] for row in rows} == {""}
    assert yaml.safe_load(drafts_yaml([])) == {"entries": []}


@pytest.mark.parametrize(
    "text",
    [
        "T\n\nQ: When is it open?\nA: From ten to six.\n",
        "T\n\nQ: When is it open?\n\nA: From ten to six.\n",
        "T\n\nQuestion 1. When is it open?\nFrom ten to six.\n",
        "T\n\n## When is it open?\n\nFrom ten to six.\n",
        "T\n\n**When is it open?**\nFrom ten to six.\n",
        "T\n\n**When is it open?**\n\nFrom ten to six.\n",
    ],
)
def test_drafts_ask_without_the_marks_of_a_list_of_questions(text: str) -> None:
    (draft,) = draft_entries(read(text))
    assert (draft.id, draft.question, draft.cites) == ("open", "When is it open?", ("A1",))
    assert len(read(text).passages) == 1


def test_a_marked_heading_goes_with_what_stands_under_it() -> None:
    page = read("T\n\n## fees, and who pays them\n\nTen cents a day.\n")
    assert [(block.id, block.lead) for block in page.passages] == [("A1", "fees, and who pays them")]
    assert read("T\n\nC# FAQ?\n\nYes.\n").passages[0].lead == "C# FAQ?"
