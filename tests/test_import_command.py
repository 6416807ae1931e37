"""`advisory-bot import` and `check --source`: from a page to a knowledge base that fits it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot import cli

PAGE = """Garden Notice

By Dr. Ana Bell, 3 November 2026

A few stalls have been handing out plants that nobody has checked.

One sick plant is enough for a whole row.
"""


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page beside a knowledge base that is to be written."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    Path("base/en").mkdir(parents=True)
    Path("base/advisory.yaml").write_text("title: Garden\n", encoding="utf-8")
    Path("base/en/garden.yaml").write_text("- {question: Is it ill?, answer: It may be.}\n", encoding="utf-8")
    return Path("base")


def test_a_curator_gets_the_text_that_each_gist_is_to_tell(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", "page.txt", "--to", "base", "--text", "text.txt"]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "2 passages; write the gists that are empty"
    text = Path("text.txt").read_text(encoding="utf-8")
    assert "[A1] advisory, line 5\nA few stalls" in text
    assert "[A2] advisory, line 7\nOne sick plant" in text
    rows = yaml.safe_load((base / "passages.yaml").read_text(encoding="utf-8"))["passages"]
    assert [(row["id"], row["position"], row["gist"]) for row in rows] == [("A1", 5, ""), ("A2", 7, "")]


def test_without_the_text_it_is_said_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.txt").write_text("Garden\n\nA few stalls hand out plants.\n", encoding="utf-8")
    assert cli.main(["import", "page.txt"]) == 0
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "1 passage; write the gists that are empty (--text FILE gives what they are to tell)"


def test_a_file_of_a_knowledge_base_is_no_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "base/en/garden.yaml", "--to", "base"]) == 1
    assert "error no-page" in capsys.readouterr().err
    assert not Path("base/passages.yaml").exists()


@pytest.mark.parametrize("address", ["https://example.org/x", "HTTP://example.org"])
def test_an_address_is_told_to_be_saved_first(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", address]) == 1
    assert "save the page from your browser" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR some words here", b"%PDF-1.7\nsome words here\n"]
)
def test_an_image_with_the_name_of_a_page_is_no_page(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.html").write_bytes(data)
    assert cli.main(["import", "page.html", "--to", "new"]) == 1
    assert "error no-page" in capsys.readouterr().err
    assert not Path("new").exists()


def test_it_is_told_that_the_passages_fit_whatever_else_is_wrong(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["import", "page.txt", "--to", "base"])
    command = ["check", "--quick", "base", "--source", "page.txt"]
    capsys.readouterr()
    assert cli.main(command) == 1
    shown = capsys.readouterr().out
    assert "missing-field" in shown
    assert shown.endswith("its 2 passages fit page.txt\n")
    passages = base / "passages.yaml"
    written = passages.read_text(encoding="utf-8").replace('gist: ""', "gist: a warning about plants")
    passages.write_text(written, encoding="utf-8")
    Path("page.txt").write_text(PAGE.replace("One sick", "A sick"), encoding="utf-8")
    assert cli.main(command) == 0
    shown = capsys.readouterr().out
    assert "stale-fingerprint" in shown
    assert "fit page.txt" not in shown


def imported_twice(base: Path, edit: Callable[[str], str]) -> tuple[int, str, str]:
    """The status of importing again after an edit of passages.yaml, the file before that and the file after it."""
    cli.main(["import", "page.txt", "--to", "base"])
    file = base / "passages.yaml"
    file.write_text(edit(file.read_text("utf-8").replace('gist: ""', "gist: our words", 1)), encoding="utf-8")
    before = file.read_text("utf-8")
    return cli.main(["import", "page.txt", "--to", "base"]), before, file.read_text("utf-8")


def test_a_gist_outlives_importing_again_while_another_isnt_written(base: Path) -> None:
    status, before, after = imported_twice(base, lambda text: text)
    assert status == 0
    assert 'gist: "our words"' in after
    assert before.count('gist: ""') == after.count('gist: ""') == 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("our words", '"our words', "yaml-syntax"),
        ("id: A2", "id: A1", "duplicate-id"),
        ("id: A1\n    voice", "voice", "missing-field"),
        ("gist: our", "gits: our", "unknown-field"),
        ("our words", "number # 1", "comment-in-text"),
        ("passages:", "passages: none\nothers:", "wrong-type"),
    ],
)
def test_what_cant_be_read_of_the_passages_isnt_lost(
    base: Path, old: str, new: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, before, after = imported_twice(base, lambda text: text.replace(old, new, 1))
    shown = capsys.readouterr().err
    assert (status, after) == (1, before)
    assert f"{code}:" in shown
    assert shown.count("missing-field:") == (code == "missing-field")
    assert shown.endswith("so nothing is written; mend it and import again\n")


def test_faults_of_other_files_hold_nobody_up(base: Path) -> None:
    (base / "en" / "passages.yaml").write_text("- {question: [}\n", encoding="utf-8")
    status, _, after = imported_twice(base, lambda text: text)
    assert status == 0
    assert 'gist: "our words"' in after


@pytest.mark.parametrize("option", ["--to", "--drafts", "--text"])
def test_where_nothing_can_be_written_it_is_said(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "page.txt", option, "page.txt/there"]) == 1
    assert "can't be written: Not a directory" in capsys.readouterr().err


def test_passages_keep_the_ids_that_entries_cite_when_the_page_changes(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["import", "page.txt", "--to", "base"])
    file = base / "passages.yaml"
    file.write_text(file.read_text("utf-8").replace('gist: ""', "gist: our words"), encoding="utf-8")
    Path("page.txt").write_text(PAGE.replace("One sick", "Stay calm.\n\nOne sick"), encoding="utf-8")
    assert cli.main(["check", "--quick", "base", "--source", "page.txt"]) == 0
    assert 'the importer would call it "A3"' in capsys.readouterr().out
    assert (
        cli.main(["import", "page.txt", "--to", "base", "--text", "text.txt", "--drafts", "drafts.yaml"]) == 0
    )
    rows = yaml.safe_load(file.read_text("utf-8"))["passages"]
    assert [(row["id"], row["gist"]) for row in rows] == [
        ("A1", "our words"),
        ("A3", ""),
        ("A2", "our words"),
    ]
    assert "[A2] advisory, line 9\nOne sick plant" in Path("text.txt").read_text("utf-8")


def test_importing_again_names_what_to_review(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["import", "page.txt", "--to", "base"])
    Path("page.txt").write_text(PAGE.replace("One sick plant is enough", "Two are enough"), encoding="utf-8")
    cli.main(["import", "page.txt", "--to", "base"])
    shown = capsys.readouterr().err
    assert "edited on the page: A2; review the gists, and the entries that cite them" in shown
    Path("page.txt").write_text("Garden\n\nTwo are enough for a whole row.\n", encoding="utf-8")
    cli.main(["import", "page.txt", "--to", "base"])
    assert "no longer on the page: A1; review the entries that cite them" in capsys.readouterr().err


def test_work_on_drafts_is_never_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    drafts = Path("drafts.yaml")
    assert cli.main(["import", "page.txt", "--drafts", "drafts.yaml"]) == 0
    assert cli.main(["import", "page.txt", "--drafts", "drafts.yaml"]) == 0
    drafts.write_text("# an answer\n", encoding="utf-8")
    assert cli.main(["import", "page.txt", "--to", "new", "--drafts", "drafts.yaml"]) == 1
    assert "drafts.yaml is there already" in capsys.readouterr().err
    assert drafts.read_text("utf-8") == "# an answer\n"
    assert not Path("new").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--text", "page.txt"],
        ["--drafts", "base/../page.txt"],
        ["--text", "x", "--drafts", "x"],
        ["--to", "base", "--text", "base/passages.yaml"],
        ["--text", "base/en/garden.yaml"],
    ],
)
def test_no_file_is_written_over_what_it_was_not_made_from(options: list[str]) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert cli.main(["import", "page.txt", *options]) == 1
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
