"""Paths and files that aren't what they seem: the bot reads and writes what it was pointed at, and nothing besides."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import cli
from knowledge import cache, files
from tests.attacks import apart
from tests.attacks.hostile import PATHS

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = "- question: Where do I park?\n  answer: Behind the house.\n"
LOAD = "from pathlib import Path\nfrom knowledge import files\nfor p in files.load(Path({!r})).problems: print(p.code, p.location.file, p.message)\n"
IMPORT = "import sys\nfrom bot.cli import main\nsys.exit(main(['import', {!r}]) - 1)\n"


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_loop(path: Path) -> None:
    path.symlink_to(path)


def nothing(path: Path) -> None:
    path.symlink_to("/nowhere")


@pytest.mark.parametrize("make", [a_pipe, a_device, a_loop, nothing])
@pytest.mark.parametrize("alone", [True, False], ids=["the file itself", "in a folder"])
def test_what_is_no_file_is_a_problem_and_holds_nobody_up(
    tmp_path: Path, make: Callable[[Path], None], alone: bool
) -> None:
    """A bot that looks at its folder again and again must not get stuck at something that somebody has put there."""
    (tmp_path / "a.yaml").write_text(RULES, encoding="utf-8")
    make(tmp_path / "b.yaml")
    told = apart.run(LOAD.format(str(tmp_path / "b.yaml" if alone else tmp_path)))
    assert [line.split()[0] for line in told.splitlines()] == ["unreadable-file"]
    assert "b.yaml" in told


@pytest.mark.parametrize("make", [a_device, a_loop, nothing])
def test_a_page_that_never_ends_is_not_read_to_its_end(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "page.html")
    apart.run(IMPORT.format(str(tmp_path / "page.html")))


def test_folders_that_lead_back_to_themselves_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "en").symlink_to(tmp_path)
    (tmp_path / "x.yaml").mkdir()
    sources, problems = files.read(tmp_path)
    assert problems == []
    assert [source.name for source in sources] == ["a.yaml", "en/a.yaml"]


@pytest.mark.parametrize("code", [*PATHS, "en/../../x", "\0", "e" * 300, "EN\n"])
def test_a_language_is_no_path(tmp_path: Path, code: str) -> None:
    listed = code.encode("unicode_escape").decode()
    (tmp_path / "advisory.yaml").write_text(f'title: a\nlanguages: ["{listed}"]\n', encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.yaml").write_text("entries:\n" + RULES, encoding="utf-8")
    loaded = files.load(tmp_path)
    assert loaded.knowledge_base is None or code not in loaded.knowledge_base.entries


@pytest.mark.parametrize("key", [*PATHS, "", ".", "..", "a/b", "a\\b", "a\0", "x" * 200])
def test_the_cache_writes_nowhere_else(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "cache"))
    with pytest.raises(ValueError, match="a cache key has"):
        cache.write(key, b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "content", ["keep me", "passages:\n  - {id: A1, voice: advisory, gist: kept}\n# and me: [\n  - x"]
)
def test_importing_writes_through_no_link_to_something_else(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    precious = tmp_path / "precious"
    precious.write_text(content, encoding="utf-8")
    base = tmp_path / "base"
    base.mkdir()
    (base / "passages.yaml").symlink_to(precious)
    (tmp_path / "page.txt").write_text("A notice\n\nIt says something.\n", encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "page.txt"), "--to", str(base)]) == 1
    assert "nothing is written" in capsys.readouterr().err
    assert precious.read_text(encoding="utf-8") == content
