"""The command line in a real terminal or pipe: talking, odd bytes, and readers that leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot import cli
from bot.locales import words
from tests.e2e.running import type_in

if TYPE_CHECKING:
    from pathlib import Path

PARKING = "Where do I park my car?"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in an empty folder."""
    monkeypatch.chdir(tmp_path)


class TestChat:
    def talk(
        self, base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: str
    ) -> str:
        type_in(monkeypatch, *lines)
        assert cli.main(["chat", "--knowledge", str(base)]) == 0
        shown = capsys.readouterr()
        assert shown.err == ""
        return " ".join(shown.out.split())

    def test_it_greets_answers_and_ends_with_its_input(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, PARKING, "", "zxcvb qwrtz", "zxcvb qwrtz")
        assert shown.startswith("Hello. I answer questions about “House rules”")
        assert "Behind the house. A tenant says" in shown
        assert "1. Where do bicycles go?" in shown
        assert shown.endswith("look around by topic. 1. Look around by topic")

    def test_a_number_chooses_what_is_offered(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, PARKING, "7", "1")
        before, _, after = shown.partition(words("en")("no-such-number", count=2))
        assert "Behind the house." in before
        assert after.startswith(" Into the cellar")

    def test_lines_are_no_longer_than_the_terminal(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("COLUMNS", "38")
        type_in(monkeypatch, PARKING)
        assert cli.main(["chat", "--knowledge", str(small_base)]) == 0
        lines = [line for line in capsys.readouterr().out.splitlines() if "://" not in line]
        assert max(map(len, lines)) <= 38

    def test_topics_lead_to_questions_and_these_to_answers(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, "/topics", "1", "1")
        assert "Choose a topic: 1. " in shown
        assert "The rules don't cover cats." in shown or "Behind the house." in shown

    def test_what_is_typed_presses_a_button_as_on_telegram(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = [PARKING, "👍", "the first one", "what the source says", "²", "look around", "Back"]
        shown = self.talk(small_base, monkeypatch, capsys, *lines)
        _, _, after = shown.partition(words("en")("nod"))
        assert after.startswith(" Into the cellar")
        assert "A1 (the document): cars go behind the house" in after

    def test_a_clarifying_question_can_be_answered_in_words(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, "the papers", "ok", "neither")
        assert cli.main(["chat"]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        asked, which, none = (words("en")(n) for n in ("did-you-mean", "did-you-mean-which", "none-chosen"))
        assert shown.index(asked) < shown.index(which) < shown.index(" ".join(none.split()))

    def test_the_same_answer_does_not_come_twice_in_a_row(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(
            small_base, monkeypatch, capsys, PARKING, PARKING, "and where is parking", "again", "simpler"
        )
        assert shown.count("A tenant says") == 3
        assert "In short: Behind the house. That is all I have on it." in shown
        assert "In short: Behind the house." in shown

    def test_a_remark_and_a_mistyped_command_are_understood_as_on_telegram(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = [PARKING, "ok, source please?", "source?", "/PRIVACY", "shorter please"]
        shown = self.talk(
            small_base, monkeypatch, capsys, *lines, "forget me", "yes do it", "/privcy", "/ help"
        )
        assert shown.count("A1 (the document): cars go behind the house") == 2
        assert shown.count(words("en")("privacy-short")) == 2
        assert words("en")("forgotten") in shown
        assert "Did you mean /privacy?" in shown
        assert "Did you mean /help?" in shown

    def test_every_command_that_help_lists_is_there(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commands = [
            "/language",
            "/privacy",
            f"/ask {PARKING}",
            "/ask",
            "/forget",
            "/forget",
            "/language español",
        ]
        shown = self.talk(small_base, monkeypatch, capsys, *commands, "/topics", "/dance")
        expected = [
            "Which language do you prefer?",
            "Telegram itself sees your messages",
            "Behind the house.",
            "Send /ask followed by your question",
            "Done. I have deleted:",
            "I have nothing of you to delete",
            "A partir de ahora le hablo en español.",
            "Elija un tema:",
            "de dónde vienen las respuestas",
        ]
        places = [shown.find(text) for text in expected]
        assert -1 not in places, dict(zip(expected, places, strict=True))
        assert places == sorted(places)

    def test_a_choice_of_language_is_forgotten_too(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, "/language español", PARKING, "/forget", "1")
        _, told, after = shown.partition(words("en")("forgotten"))
        assert told
        assert words("en")("forgotten-settings") in after
        assert "Into the cellar" not in after, "what was offered before is forgotten"

    def test_a_language_that_is_wished_for_brings_the_answer_again_and_the_command_does_not(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, PARKING, "/language español")
        assert shown.count("A tenant says") == 1
        shown = self.talk(small_base, monkeypatch, capsys, PARKING, "in Spanish please")
        assert shown.count("A tenant says") == 2

    def test_a_knowledge_base_of_one_file_is_browsed_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        base = tmp_path / "parks.yaml"
        base.write_text(
            "- question: When are you open?\n  answer: From dawn to dusk. Every day.\n"
            "- question: Are dogs allowed?\n  answer: On a lead. In all parks.\n",
            encoding="utf-8",
        )
        shown = self.talk(base, monkeypatch, capsys, "/topics", "2", "/sources")
        assert shown.startswith("Hello. I answer questions about “parks”. ")
        assert "Choose a topic: 1. When are you open? 2. Are dogs allowed? On a lead. In all parks." in shown
        assert shown.endswith(words("en")("sources-unnamed"))

    def test_sources_before_and_after_an_answer(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, "/sources", PARKING, "/sources", "/help")
        assert "I hold 2 numbered passages" in shown
        assert "A1 (the document): cars go behind the house & nowhere else" in shown
        assert "/privacy" in shown

    def test_the_checklist_is_gone_through_by_typing_and_left_for_a_question(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = [
            "/checklist",
            "yes",
            "who wrote this advisory?",
            "no",
            "/checklist",
            "2",
            "they won't say",
            "no",
            "no",
        ]
        type_in(monkeypatch, *lines)
        assert cli.main(["chat"]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert "Question 1 of 5." in shown
        assert shown.count("Question 2 of 5.") == 2
        assert "CDC permission: No" in shown
        assert "Customs permission: They won\u2019t say" in shown
        assert "\N{EN DASH} Has US Customs permitted it?" in shown

    def test_without_a_checklist_it_says_so(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shown = self.talk(small_base, monkeypatch, capsys, "/checklist", "yes")
        assert "I have no list of questions to go through here." in shown

    def test_what_is_written_in_another_language_is_answered_in_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, "¿es ilegal llevar mis células a Tijuana?", "Are there export fees?")
        assert cli.main(["chat"]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert "Fuente: el aviso (A3, A9" in shown
        assert "Source: the advisory (A3, A15" in shown

    def test_a_language_that_is_not_there_is_answered_in_english(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, PARKING)
        assert cli.main(["chat", "--lang", "fi", "--knowledge", str(small_base)]) == 0
        assert "Behind the house." in capsys.readouterr().out


def run_as_process(
    base: Path, *arguments: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """`advisory-bot ask` in a process of its own."""
    return subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-m", "bot", "ask", "--knowledge", str(base), *arguments],
        input=given,
        capture_output=True,
        env=os.environ | environment,
        check=False,
        timeout=60,
    )


def test_a_terminal_that_lacks_a_character_gets_a_replacement(small_base: Path) -> None:
    done = run_as_process(small_base, "zxcvb", "qwrtz", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"I don?t have an answer to that.")


def test_a_reader_that_has_had_enough_is_no_fault(small_base: Path) -> None:
    question = json.dumps({"q": PARKING}).encode() + b"\n"
    process = subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-m", "bot", "ask", "--jsonl", "--knowledge", str(small_base)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    with process, process.stdout, process.stderr:
        process.stdin.write(question)
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"q"')
        process.stdout.close()
        process.stdin.write(question * 3)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1


def test_half_a_character_does_no_harm(small_base: Path) -> None:
    lines = b'{"q": "\\ud83d"}\n{"q": "\xff\xfe"}\n{"q": "Where do I park my car?"}\n'
    done = run_as_process(small_base, "--jsonl", given=lines)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line)["decision"] for line in done.stdout.splitlines()] == [
        "decline",
        "decline",
        "answer",
    ]
