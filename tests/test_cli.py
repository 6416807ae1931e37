"""The command line, as people and scripts use it: what is printed where, and the exit status."""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bot import cli
from bot.locales import words
from tests.e2e.running import type_in

if TYPE_CHECKING:
    from pathlib import Path

PARKING = "Where do I park my car?"
COMMANDS = ["ask", "chat", "check", "evaluate", "import", "review", "run", "stats"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in an empty folder."""
    monkeypatch.chdir(tmp_path)


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


class TestHelp:
    def test_the_commands_are_those_that_scripts_rely_on(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert sorted(subcommands()) == COMMANDS
        with pytest.raises(SystemExit) as left:
            cli.main(["--help"])
        assert left.value.code == 0
        shown = capsys.readouterr().out
        assert [name for name in COMMANDS if f"    {name} " not in shown] == []

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_command_explains_every_option(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            cli.main([name, "--help"])
        assert left.value.code == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"usage: advisory-bot {name}")
        for action in subcommands()[name]._actions:
            assert action.help or action.metavar
            assert not action.option_strings or action.option_strings[-1] in shown

    def test_the_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            cli.main(["--version"])
        assert (left.value.code, capsys.readouterr().out.split()[0]) == (0, "advisory-bot")

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["dance"],
            ["ask", "--loud"],
            ["chat", "hello"],
            ["ask", "--lang", "xx", "why"],
            ["ask", "--jsonl", "why"],
            ["ask", "--jsonl", "--group"],
            ["ask", "--jsonl", "--explain"],
            ["ask", "--jsonl", "--after", "parking"],
            ["check", "here", "--knowledge", "there"],
            ["stats", "--days", "many"],
            ["evaluate", "judged.jsonl", "--misses", "-5"],
        ],
    )
    def test_a_wrong_command_line_is_status_2(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as left:
            cli.main(arguments)
        assert left.value.code == 2
        shown = capsys.readouterr().err
        assert "usage: advisory-bot" in shown
        assert "_" not in shown


class TestAsk:
    def test_one_answer_with_its_source(self, small_base: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["ask", *PARKING.split(), "--knowledge", str(small_base)]) == 0
        shown = capsys.readouterr()
        assert shown.out.startswith("Behind the house.\n\nA tenant says that the <gate> is locked")
        assert "Source: the document (A1)" in shown.out
        assert shown.err == ""

    def test_the_knowledge_base_may_come_from_the_environment(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("KNOWLEDGE_DIR", str(small_base))
        monkeypatch.setenv("OPERATOR_NAME", "Olga")
        assert cli.main(["ask", "Where do bicycles go?"]) == 0
        assert capsys.readouterr().out.startswith("Into the cellar, says Olga.")

    def test_the_question_may_come_from_standard_input(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, PARKING)
        assert cli.main(["ask", "--knowledge", str(small_base)]) == 0
        assert capsys.readouterr().out.startswith("Behind the house.")

    def test_no_question_is_told_in_one_sentence(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, "  ")
        assert cli.main(["ask"]) == 2
        assert capsys.readouterr().err.startswith("advisory-bot: there is no question.")

    def test_a_wrong_setting_is_told_in_one_sentence(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("FALSE_ANSWER_RATE", "lots")
        assert cli.main(["ask", PARKING, "--knowledge", str(small_base)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("advisory-bot: FALSE_ANSWER_RATE is not usable")

    def test_an_entry_to_follow_that_is_not_there_is_told(
        self, small_base: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked = ["ask", "and how much is it?", "--knowledge", str(small_base), "--after"]
        assert cli.main([*asked, "parkin"]) == 2
        assert "there is no entry 'parkin' to follow; did you mean \"parking\"?" in capsys.readouterr().err
        assert cli.main([*asked, "parking"]) == 0

    def test_the_explanation_says_where_the_nearest_phrasing_is_written(
        self, small_base: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["ask", "--explain", PARKING, "--knowledge", str(small_base)]) == 0
        shown = capsys.readouterr().out
        found = re.search(
            r"^parking .*'(?P<said>[^']+)'\n.*\n +(?P<file>\S+):(?P<line>\d+):\d+$", shown, re.MULTILINE
        )
        assert found
        lines = small_base.joinpath(found["file"]).read_text(encoding="utf-8").splitlines()
        assert found["said"] in lines[int(found["line"]) - 1]

    def test_the_explanation_is_of_the_words_that_were_compared(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        story = (
            "my aunt went to a clinic there last year and told me many things about it. "
            "is it illegal to carry stem cells to mexico in a cooler? "
            "she came home by train and we talked the whole night with my cousins who had come from Ohio"
        )
        assert cli.main(["ask", "--explain", story]) == 0
        shown = capsys.readouterr().out
        assert "best clause:  is it illegal" in shown
        drawn = " ".join(line for line in shown.splitlines() if line.lstrip().startswith("against "))
        assert "illegal" in drawn
        assert "train" not in drawn
        assert "cousins" not in drawn


class TestLines:
    def results(
        self,
        lines: list[str],
        base: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        status: int = 0,
    ) -> list[dict[str, Any]]:
        type_in(monkeypatch, *lines)
        assert cli.main(["ask", "--jsonl", "--knowledge", str(base)]) == status
        shown = capsys.readouterr()
        assert shown.err == ""
        return [json.loads(line) for line in shown.out.splitlines()]

    def test_the_mark_that_editors_put_before_a_file_is_passed_over(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (answer,) = self.results(["\ufeff" + json.dumps({"q": PARKING})], small_base, monkeypatch, capsys)
        assert answer["entry"] == "parking"

    def test_each_line_gets_a_line_in_order(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = [
            json.dumps({"q": PARKING}),
            "",
            json.dumps({"q": "zxcvb qwrtz"}),
            '{"q": "¿Dónde?", "lang": "es"}',
        ]
        answer, decline, other = self.results(lines, small_base, monkeypatch, capsys)
        assert list(answer) == ["q", "decision", "entry", "kind", "confidence", "options", "offered", "text"]
        assert (answer["q"], answer["decision"], answer["entry"]) == (PARKING, "answer", "parking")
        assert (answer["kind"], answer["options"][0], len(answer["options"])) == ("faq", "parking", 3)
        assert 0.5 < answer["confidence"] <= 1
        assert answer["text"].startswith("Behind the house.")
        assert (decline["decision"], decline["entry"], decline["kind"]) == ("decline", None, None)
        assert decline["text"] == words("en")("decline", title="House rules")
        assert other["q"] == "¿Dónde?"

    def test_a_bad_line_is_named_and_the_others_are_answered(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bad = ["{", "[]", '"q"', "null", "{}", '{"q": 5}', '{"q": null}', "[" * 100_000, "\x00"]
        results = self.results([*bad, json.dumps({"q": PARKING})], small_base, monkeypatch, capsys, 1)
        assert [result.get("error", "").split(":")[0] for result in results[:-1]] == [
            f"line {number} is no question" for number in range(1, len(bad) + 1)
        ]
        assert results[-1]["entry"] == "parking"

    def test_fields_without_a_value_and_unknown_ones_are_passed_over(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        odd = {"q": PARKING, "chat": {"a": [1]}, "lang": None, "group": None, "more": True}
        (result,) = self.results([json.dumps(odd)], small_base, monkeypatch, capsys)
        assert result["entry"] == "parking"

    @pytest.mark.parametrize(
        "odd", [{"group": "false"}, {"group": 1}, {"lang": 5}, {"lang": "xx"}, {"lang": ["en"]}]
    )
    def test_a_value_that_means_nothing_is_told(
        self,
        odd: dict[str, object],
        small_base: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (result,) = self.results([json.dumps({"q": PARKING, **odd})], small_base, monkeypatch, capsys, 1)
        ((name, value),) = odd.items()
        assert result["error"].startswith(f'line 1 is no question: "{name}" is ')
        assert result["error"].endswith(f"and not {json.dumps(value)}")

    def test_what_is_overheard_in_a_group_is_answered_or_passed_over_in_silence(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = [json.dumps({"q": question, "group": True}) for question in (PARKING, "zxcvb qwrtz", "Hello")]
        results = self.results(lines, small_base, monkeypatch, capsys)
        assert {result["decision"] for result in results} <= {"answer", "silent"}
        assert (results[1]["decision"], results[1]["text"]) == ("silent", "")

    def test_what_is_overheard_is_answered_only_where_it_asks_something_and_stands_alone(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        remark, again = "there is a parking space", "and where is that?"
        lines = [
            {"q": remark},
            {"q": remark, "group": True},
            {"q": f"{remark}?", "group": True, "chat": "a"},
            {"q": again, "group": True, "chat": "a"},
            {"q": again, "group": True},
            {"q": again, "chat": "a"},
        ]
        results = self.results([json.dumps(line) for line in lines], small_base, monkeypatch, capsys)
        assert [result["decision"] for result in results[:3]] == ["answer", "silent", "answer"]
        follow_up, alone, asked = results[3:]
        assert follow_up == alone
        assert asked["confidence"] > alone["confidence"], "the answer in the group is what is followed up"

    def test_a_line_after_a_question_back_may_choose(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        questions = ("Where can I park my car?", "Where can I park my bicycle?", "When do you open?")
        base = tmp_path / "faq.yaml"
        base.write_text("".join(f"- question: {q}\n  answer: Here.\n" for q in questions), encoding="utf-8")
        vague = {"q": "where to park the thing", "chat": "a"}
        lines = [
            vague,
            {"q": "the second one", "chat": "b"},
            {"q": "the second one", "chat": "a"},
            {"q": "2", "chat": "a"},
            {**vague, "chat": "c"},
            {"q": "none of these", "chat": "c"},
            {**vague, "chat": "d"},
            {"q": "2", "chat": "d", "group": True},
        ]
        results = self.results([json.dumps(line) for line in lines], base, monkeypatch, capsys)
        asked, other, chosen, late, _, none, _, overheard = results
        assert asked["decision"] == "clarify"
        assert (chosen["decision"], chosen["entry"], chosen["confidence"]) == (
            "answer",
            asked["offered"][1],
            1.0,
        )
        assert (chosen["options"], chosen["offered"]) == ([chosen["entry"]], [])
        assert list(chosen) == list(asked)
        assert {other["entry"], late["entry"]} == {None}, "nothing is asked back there"
        assert (none["decision"], none["entry"], none["options"]) == ("decline", None, [])
        assert none["text"].split() == words("en")("none-chosen").split()
        assert overheard["decision"] == "silent"

    def test_lines_of_one_chat_are_one_conversation(
        self, small_base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        again = "and how much is it?"
        lines = [
            {"q": PARKING, "chat": "a"},
            {"q": again, "chat": "a"},
            {"q": again, "chat": "b"},
            {"q": again},
        ]
        _, follow_up, other, alone = self.results(
            [json.dumps(line) for line in lines], small_base, monkeypatch, capsys
        )
        assert follow_up["options"][0] == "parking"
        assert follow_up["confidence"] > other["confidence"] == alone["confidence"]


class TestEvaluate:
    @pytest.fixture(autouse=True)
    def judged(self, tmp_path: Path, small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One judged question."""
        monkeypatch.setenv("KNOWLEDGE_DIR", str(small_base))
        line = json.dumps({"q": PARKING, "ids": ["parking"], "kind": "in-scope"})
        (tmp_path / "judged.jsonl").write_text(line + "\n", encoding="utf-8")

    def test_a_report_is_printed_written_and_compared_with_later(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command = ["evaluate", "judged.jsonl", "--json", "out/report.json", "--report", "out/report.html"]
        assert cli.main(command) == 0
        assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
        assert "House rules: judged" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
        capsys.readouterr()
        assert cli.main(["evaluate", "judged.jsonl", "--compare", "out/report.json"]) == 0
        assert capsys.readouterr().out.startswith("0 won, 0 lost")

    def test_where_a_report_cant_be_written_it_is_said_and_the_other_one_is(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command = ["evaluate", "judged.jsonl", "--json", "judged.jsonl/out", "--report", "report.html"]
        assert cli.main(command) == 1
        shown = capsys.readouterr()
        assert shown.err == "advisory-bot: judged.jsonl/out can't be written: Not a directory\n"
        assert shown.out
        assert (tmp_path / "report.html").exists()

    def test_what_became_of_the_questions_is_told_in_a_sentence(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with (tmp_path / "judged.jsonl").open("a", encoding="utf-8") as stream:
            stream.write('{"q": "who won the cup", "ids": []}\n')
        assert cli.main(["evaluate", "judged.jsonl"]) == 0
        told = capsys.readouterr().out.splitlines()[1]
        assert told == (
            "Of 1 question that an entry answers, 1 got its answer, 0 a button for it, 0 another answer, and 0 none of these; "
            "of 1 that none answers, 0 got an answer."
        )

    def test_an_empty_file_is_no_report_of_noughts(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "judged.jsonl").write_text("\n", encoding="utf-8")
        assert cli.main(["evaluate", "judged.jsonl"]) == 1
        shown = capsys.readouterr()
        assert (shown.out, shown.err) == ("", "advisory-bot: there is no question in judged.jsonl\n")

    def test_a_misspelt_id_is_told_with_the_one_that_is_meant(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "judged.jsonl").write_text(
            '{"q": "where can my van go", "ids": ["parkin"]}', encoding="utf-8"
        )
        assert cli.main(["evaluate", "judged.jsonl"]) == 0
        told = '"where can my van go" names an entry "parkin" that there isn\'t: did you mean "parking"?'
        assert told in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("line", "mend"),
        [
            ('{"q": "why", "ids": ["parking"],}', "take the comma before the closing bracket away"),
            ("{\u201cq\u201d: \u201cwhy\u201d, \u201cids\u201d: []}", "put straight quotes"),
        ],
    )
    def test_slips_in_a_line_are_told_in_plain_words(
        self, line: str, mend: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "judged.jsonl").write_text(line, encoding="utf-8")
        assert cli.main(["evaluate", "judged.jsonl"]) == 1
        assert mend in capsys.readouterr().err

    def test_an_earlier_report_is_read_before_anything_is_measured(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("KNOWLEDGE_DIR", "nowhere")
        assert cli.main(["evaluate", "judged.jsonl", "--compare", "old.json"]) == 1
        told = "advisory-bot: old.json can't be read: No such file or directory\n"
        assert capsys.readouterr().err == told

    def test_a_file_that_cant_be_read_is_told_in_plain_words(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "latin.jsonl").write_text('{"q": "d\xf3nde"}', encoding="latin-1")
        assert cli.main(["evaluate", "gone.jsonl"]) == cli.main(["evaluate", "latin.jsonl"]) == 1
        assert capsys.readouterr().err.splitlines() == [
            "advisory-bot: gone.jsonl can't be read: No such file or directory",
            "advisory-bot: latin.jsonl isn't written in UTF-8: save it again in that encoding",
        ]

    @pytest.mark.parametrize("earlier", ["[]", "{}", "null", '{"questions": 5}', "\xff", "{}\n{}"])
    def test_what_is_no_earlier_report_is_said_to_be_none(
        self, earlier: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "old.json").write_text(earlier, encoding="latin-1")
        assert cli.main(["evaluate", "judged.jsonl", "--compare", "old.json"]) == 1
        told = capsys.readouterr().err
        assert told.startswith("advisory-bot: old.json: ")
        assert "Extra data" not in told


class TestUnusableKnowledge:
    @pytest.mark.parametrize("command", [["ask", PARKING], ["ask", "--jsonl"], ["chat"]])
    def test_each_fault_is_printed_with_its_place(
        self, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        faulty = tmp_path / "faulty.yaml"
        faulty.write_text(
            "- question: Why?\n  answr: So.\n- question: [Who]\n  answer: Me.\n", encoding="utf-8"
        )
        assert cli.main([*command, "--knowledge", str(faulty)]) == 1
        shown = capsys.readouterr()
        assert shown.out == ""
        assert f"advisory-bot: the knowledge base {faulty} can't be used" in shown.err
        assert "faulty.yaml:2:3" in shown.err
        assert "faulty.yaml:3:" in shown.err
        assert "Traceback" not in shown.err

    @pytest.mark.parametrize("name", ["not-there", "not-there.yaml", "."])
    def test_a_path_without_a_knowledge_base_is_named(
        self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["ask", PARKING, "--knowledge", str(tmp_path / name)]) == 1
        assert str(tmp_path) in capsys.readouterr().err

    def test_of_many_faults_the_first_are_shown_and_the_rest_counted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        faulty = tmp_path / "faulty.yaml"
        faulty.write_text("- question: Why?\n" * 9, encoding="utf-8")
        assert cli.main(["ask", PARKING, "--knowledge", str(faulty)]) == 1
        shown = capsys.readouterr().err
        assert shown.count("faulty.yaml:") == 5
        assert shown.endswith(f"with: advisory-bot check {faulty}\n")


INTERRUPTED = """
import importlib.abc, os, runpy, signal, sys

class Interrupts(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "knowledge.model":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
runpy.run_module("bot", run_name="__main__")
"""


def test_ctrl_c_while_it_is_still_being_imported_shows_no_traceback() -> None:
    command = [sys.executable, "-c", INTERRUPTED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.returncode, done.stdout + done.stderr) == (-signal.SIGINT, "")
