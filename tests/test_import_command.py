"""`advisory-bot import` and `check --source`: from a page to a knowledge base that fits it."""

from __future__ import annotations

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
