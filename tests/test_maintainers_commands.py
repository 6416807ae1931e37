"""`advisory-bot review` and `advisory-bot stats`, on a database that a bot has left behind."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import yaml

from bot import cli
from bot.store.from_people import OutcomeCount, SuggestionState
from bot.store.opening import open_store
from bot.store.tally import day_of
from knowledge.opening import read_base

DAY = 86_400.0


@pytest.fixture(autouse=True)
def left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with what people sent and how often they asked."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    asyncio.run(_fill(url))


async def _fill(url: str) -> None:
    store = await open_store(url)
    try:
        for text, state, entry in (
            ("quantum xylophones", SuggestionState.OPEN, ""),
            ("did [name] use the carport", SuggestionState.TAKEN, "parking"),
            ("may i keep bees", SuggestionState.WANTED, ""),
            ("who won the cup", SuggestionState.DECLINED, ""),
        ):
            number = await store.add_suggestion(1, text, keep=DAY, language="en")
            if state is not SuggestionState.OPEN:
                await store.resolve_suggestion(number, state, entry_id=entry)
        today = day_of(time.time())
        await store.count_outcomes(
            [OutcomeCount(today, "answer", "parking", 7), OutcomeCount(today - 20, "decline", "", 3)]
        )
        await store.count_feedback("parking", "abcdef", "not-helped")
    finally:
        await store.close()


def test_all_is_listed_by_what_became_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review"]) == 0
    shown = [line.split("  ")[-1] for line in capsys.readouterr().out.splitlines()]
    assert shown == [
        "waiting: quantum xylophones",
        "phrasing of parking: did [name] use the carport",
        "entry wanted: may i keep bees",
        "off topic: who won the cup",
    ]


def test_a_patch_is_written_and_gets_into_the_files(
    own_base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["review", "--export"]) == 0
    printed = capsys.readouterr().out
    assert cli.main(["review", "--export", "patch.yaml"]) == 0
    assert Path("patch.yaml").read_text(encoding="utf-8") == printed
    assert yaml.safe_load(printed) == {
        "phrasings": {"en": {"parking": ["did use the carport"]}},
        "wanted": {"en": ["may i keep bees"]},
        "off_topic": {"en": ["who won the cup"]},
    }
    file = own_base / "en" / "parking.yaml"
    # A list in brackets is left to a person.
    capsys.readouterr()
    assert cli.main(["review", "--merge", "patch.yaml", "--knowledge", str(own_base)]) == 1
    assert "to be put in by hand: en, parking: did use the carport" in capsys.readouterr().out
    text = file.read_text(encoding="utf-8")
    listed = text.replace(
        "phrasings: [where can my car go, is there a parking space]",
        "phrasings:\n      - where can my car go\n      - is there a parking space",
    )
    file.write_text(listed, encoding="utf-8")
    assert cli.main(["review", "--merge", "patch.yaml", "--knowledge", str(own_base)]) == 0
    assert "1 put in" in capsys.readouterr().out
    phrasings = read_base(own_base).entries["en"]["parking"].phrasings
    assert phrasings == ("where can my car go", "is there a parking space", "did use the carport")
    assert cli.main(["review", "--merge", "patch.yaml", "--knowledge", str(own_base)]) == 0
    assert "0 put in, 1 there already" in capsys.readouterr().out


def test_a_phrasing_of_no_entry_is_named_with_the_entry_that_may_be_meant(
    own_base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("patch.yaml").write_text("phrasings: {en: {parkin: [yes]}, xx: {parking: [no]}}", encoding="utf-8")
    assert cli.main(["review", "--merge", "patch.yaml", "--knowledge", str(own_base)]) == 1
    shown = capsys.readouterr().out
    assert "0 put in, 0 there already, 2 of no entry" in shown
    assert '  of no entry: en, parkin: yes  did you mean "parking"?\n' in shown
    assert "  of no entry: xx, parking: no\n" in shown


@pytest.mark.parametrize("content", [None, "{", "phrasings: [a]"])
def test_a_patch_that_cant_be_used_is_said_to_be_so(
    content: str | None, small_base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path("patch.yaml").write_text(content, encoding="utf-8")
    assert cli.main(["review", "--merge", "patch.yaml", "--knowledge", str(small_base)]) == 1
    assert capsys.readouterr().err.startswith("advisory-bot: patch.yaml: ")


def test_figures_are_printed_and_drawn(
    small_base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["stats", "--knowledge", str(small_base), "--picture", "out.png"]) == 0
    shown = capsys.readouterr().out
    assert "In 28 days: 10 questions. Answered 70%" in shown
    assert "Where do I park my car?" in shown
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert cli.main(["stats", "--knowledge", str(small_base), "--days", "7"]) == 0
    assert "In 7 days: 7 questions" in capsys.readouterr().out


@pytest.mark.parametrize("days", ["0", "401", "x"])
def test_days_that_arent_counted_are_refused(days: str) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["stats", "--days", days])
    assert left.value.code == 2


def test_a_database_that_cant_be_used_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, small_base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("broken.sqlite3").write_bytes(b"no database at all, whatever its name" * 100)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///broken.sqlite3")
    for command in (["review"], ["stats", "--knowledge", str(small_base)]):
        assert cli.main(command) == 1
        assert "advisory-bot: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["review", "--export", "file/out"], ["stats", "--picture", "file/out"]], ids=lambda c: c[0]
)
def test_a_file_that_cant_be_written_is_said_to_be_so(
    command: list[str], small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(small_base))
    assert cli.main(command) == 1
    assert capsys.readouterr().err.startswith("advisory-bot: file/out can't be written: Not a directory")


@pytest.mark.parametrize("command", ["review", "stats"])
def test_a_database_that_is_not_there_is_not_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'typo.db'}")
    assert cli.main([command]) == 1
    assert f"there is no database {tmp_path / 'typo.db'}: set DATABASE_URL" in capsys.readouterr().err
    assert not list(tmp_path.glob("typo.db*"))
