"""One made-up page in three forms: each gives the same passages, and what doesn't add up is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from knowledge.importer import BlockKind, Finding, Form, ImportedPage, Limits, Severity, read_page
from knowledge.model import Voice

FIXTURES = Path(__file__).parent / "fixtures" / "importer"
FORMS = ("garden.txt", "garden.html", "garden.json")
ADVISORIES = Path(__file__).parent.parent / "knowledge" / "advisories"

PASSAGES = [
    ("A1", "advisory", "", 6),
    ("A2", "advisory", "", 8),
    ("A3", "advisory", "", 12),
    ("A4", "advisory", "", 14),
    ("A5", "advisory", "", 18),
    ("A6", "advisory", "", 20),
    ("Q1", "agency", "", 25),
    ("Q2", "agency", "", 29),
    ("A7", "advisory", "", 31),
    ("A8", "advisory", "", 35),
    ("A9", "advisory", "", 37),
    ("A10", "advisory", "", 39),
    ("A11", "advisory", "", 41),
    ("C1", "reader", "", 45),
    ("C1.1", "reader", "C1", 49),
    ("C2", "reader", "", 51),
    ("C2.1", "author-reply", "C2", 53),
    ("C2.1.1", "reader", "C2.1", 57),
    ("C3", "reader", "", 59),
    ("C4", "pingback", "", 62),
    ("C5", "reader", "", 64),
    ("C6", "reader", "", 67),
    ("C6.1", "author-reply", "C6", 71),
]


def page(name: str) -> ImportedPage:
    return read_page((FIXTURES / name).read_bytes(), name=name)


def coded(found: ImportedPage) -> dict[str, Finding]:
    return {finding.code: finding for finding in found.findings}


def test_text_gets_ids_voices_parents_and_lines() -> None:
    found = page("garden.txt")
    assert [(b.id, b.voice, b.parent, b.position) for b in found.passages] == PASSAGES
    assert found.form is Form.TEXT


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_passages(name: str) -> None:
    expected = [(b.id, b.voice, b.parent, b.kind, b.fingerprint) for b in page("garden.txt").passages]
    assert [(b.id, b.voice, b.parent, b.kind, b.fingerprint) for b in page(name).passages] == expected


@pytest.mark.parametrize("name", FORMS)
def test_every_form_tells_title_captions_headings_and_notices_from_prose(name: str) -> None:
    blocks = page(name).blocks
    assert page(name).title == "Garden Notice: Seedlings Swapped at the Gate May Bring Blight"
    assert [b.text for b in blocks if b.kind is BlockKind.CAPTION] == [
        "tray of wilted seedlings, gate in the background",
        "Wilted seedlings are often the first thing that members see.",
        "rusty watering can by a fence",
    ]
    assert [b.text for b in blocks if b.kind is BlockKind.HEADING] == [
        "The trouble?",
        "Who would do that?",
        "Moving Young Plants Between Gardens Under the Plant Order of 1987",
        "Labels for Plants/Seeds",
        "What should members do?",
    ]
    notices = [b.text for b in blocks if b.kind is BlockKind.NOTICE]
    assert notices[0].startswith("11 ")
    assert notices[-1] == "Comments are closed."


@pytest.mark.parametrize("name", FORMS)
def test_a_passage_covers_the_question_or_heading_before_it(name: str) -> None:
    leads = {b.id: b.lead for b in page(name).passages if b.lead}
    assert leads == {
        "A3": "The trouble?",
        "A5": "Who would do that?",
        "Q1": "Moving Young Plants Between Gardens Under the Plant Order of 1987",
        "Q2": "Labels for Plants/Seeds",
        "A8": "What should members do?",
    }


@pytest.mark.parametrize("name", FORMS)
def test_a_comment_that_is_announced_and_not_shown_is_reported(name: str) -> None:
    finding = coded(page(name))["comments-missing"]
    assert "11 comments" in finding.message
    assert "10" in finding.message
    assert finding.severity is Severity.WARNING
    announcing = page(name).blocks[[b.position for b in page(name).blocks].index(finding.position)]
    assert announcing.text.startswith("11 ")


def test_what_text_does_not_show_is_reported_as_inferred() -> None:
    found = page("garden.txt")
    assert [(f.code, f.position) for f in found.findings] == [
        ("caption-inferred", 3),
        ("caption-run-in", 14),
        ("quotation-inferred", 23),
        ("comments-missing", 43),
        ("level-skipped", 49),
        ("readers-inferred", 49),
        ("author-inferred", 53),
        ("author-inferred", 71),
    ]
    assert "unnumbered paragraphs of C1" in coded(found)["level-skipped"].message
    assert all(f.mend for f in found.findings)


@pytest.mark.parametrize("name", ["garden.html", "garden.json"])
def test_what_markup_shows_is_not_inferred(name: str) -> None:
    found = page(name)
    assert [f.code for f in found.findings] == ["comments-missing"]
    assert found.author == "Lena Arden"
    assert {b.author for b in found.blocks if b.voice is Voice.AUTHOR_REPLY} == {"Lena Arden"}


@pytest.mark.parametrize("name", ["garden.html", "garden.json"])
def test_positions_without_lines_are_those_of_the_page_as_text(name: str) -> None:
    found = page(name)
    lines = found.as_text().split("\n")
    for block in found.blocks:
        assert lines[block.position - 1] == block.text.split("\n")[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_and_line_ends_of_any_system_are_read(encoding: str) -> None:
    text = (FIXTURES / "garden.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
    found = read_page(text.encode(encoding), name="garden.txt")
    assert [(b.id, b.fingerprint) for b in found.passages] == [
        (b.id, b.fingerprint) for b in page("garden.txt").passages
    ]


def test_bad_utf8_is_a_finding_with_its_line() -> None:
    found = read_page(b"Title\n\nFine.\n\nNot \xff fine.\n", name="page.txt")
    finding = coded(found)["bad-encoding"]
    assert (finding.position, finding.severity) == (5, Severity.WARNING)
    assert [b.id for b in found.passages] == ["A1", "A2"]


def test_control_characters_are_left_out_and_reported() -> None:
    found = read_page(b"Title\n\nA \x00line\x1b.\n", name="page.txt")
    assert coded(found)["control-characters"].position == 3
    assert found.passages[0].text == "A line."


@pytest.mark.parametrize("limits", [Limits(size=100), Limits(lines=10)])
def test_a_file_over_the_limits_is_not_read_at_all(limits: Limits) -> None:
    found = read_page((FIXTURES / "garden.txt").read_bytes(), name="garden.txt", limits=limits)
    assert [f.code for f in found.findings] == ["too-large"]
    assert not found.passages
    assert not found.is_whole


@pytest.mark.parametrize("name", FORMS)
def test_blocks_over_the_limit_are_cut_and_reported(name: str) -> None:
    found = read_page((FIXTURES / name).read_bytes(), name=name, limits=Limits(blocks=5))
    assert len(found.blocks) == 5
    assert coded(found)["too-many-blocks"].severity is Severity.ERROR


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"<html></html>", b"{}", b"[]", b"{", b"null", b"[1"])
@pytest.mark.parametrize("name", ["page.txt", "page.html", "page.json", "page", ""])
def test_a_page_with_nothing_on_it_is_an_error_and_no_exception(data: bytes, name: str) -> None:
    found = read_page(data, name=name)
    if not any(b.id for b in found.blocks):
        assert not found.is_whole


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"<!DOCTYPE html><p>x", "page.txt", Form.HTML),
        (b"  <article><p>x", "page", Form.HTML),
        (b'{"post": {}}', "page", Form.JSON),
        (b"[1] is a note", "page.txt", Form.TEXT),
        (b"Plain", "page.json", Form.JSON),
        (b"Plain", "page.htm", Form.HTML),
        (b"Plain", "page", Form.TEXT),
    ],
)
def test_the_form_is_told_by_the_start_and_then_by_the_name(data: bytes, name: str, form: Form) -> None:
    assert read_page(data, name=name).form is form


def test_committed_passages_are_numbered_as_the_importer_numbers() -> None:
    for file in ADVISORIES.glob("*/passages.yaml"):
        passages = yaml.safe_load(file.read_text(encoding="utf-8"))["passages"]
        ids = [passage["id"] for passage in passages]
        assert len(set(ids)) == len(ids)
        assert [p["position"] for p in passages] == sorted({p["position"] for p in passages})
        assert all(re.fullmatch(r"[0-9a-f]{16}", p["fingerprint"]) for p in passages)
        assert all(p.get("parent", "") == p["id"].rpartition(".")[0] for p in passages)
        assert all(p["voice"] in list(Voice) for p in passages)
        for letter in "AQ":
            own = [passage_id for passage_id in ids if passage_id.startswith(letter)]
            assert own == [f"{letter}{number}" for number in range(1, len(own) + 1)]


def test_committed_gists_are_one_full_sentence_on_one_line() -> None:
    for file in ADVISORIES.glob("*/passages.yaml"):
        for passage in yaml.safe_load(file.read_text(encoding="utf-8"))["passages"]:
            for gist in (passage["gist"], *passage.get("translations", {}).values()):
                assert re.fullmatch(r"[A-Z].{20,400}\.", gist), (passage["id"], gist)


def test_committed_gists_are_in_every_language() -> None:
    for file in ADVISORIES.glob("*/passages.yaml"):
        advisory = yaml.safe_load(file.with_name("advisory.yaml").read_text(encoding="utf-8"))
        for passage in yaml.safe_load(file.read_text(encoding="utf-8"))["passages"]:
            assert list(passage.get("translations", {})) == advisory["languages"][1:], passage["id"]
