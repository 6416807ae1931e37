"""What is made of a report: the page, the comparison with an earlier run, and the explanation of one answer."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from bot.explaining import explanation
from knowledge.comparison import compare
from knowledge.evaluator import evaluate
from knowledge.judged import Judged
from knowledge.outcome import Clarify, Decline, Question
from knowledge.report import LEGEND, head, kinds
from knowledge.report_page import page

if TYPE_CHECKING:
    from knowledge.answerer import Answerer
    from knowledge.report import Report

HOSTILE = '<script>alert(1)</script> & "quoted"'


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> Report:
    questions = [
        Judged("Is it illegal to take my stem cells out of the US?", ("is-it-legal",), "in-scope"),
        Judged("Are there export fees?", ("dry-ice",), "in-scope"),
        Judged(HOSTILE, ("courier",), "broken"),
        Judged("what will the weather be like on sunday", (), "oos-far"),
    ]
    return evaluate(questions, answerer)


@pytest.fixture(scope="module")
def declining(report: Report) -> Report:
    """The report as it would be if the first question had been declined."""
    first, *others = report.judgements
    verdict = replace(first.verdict, outcome=Decline(), rule="confidence 0.22 is below 0.25")
    return replace(report, judgements=(replace(first, verdict=verdict), *others))


class _Tags(HTMLParser):
    """Fails where a tag isn't closed, and collects what would fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetches: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.fetches += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href"}]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_fetches_nothing_and_runs_nothing(report: Report) -> None:
    tags = _Tags()
    text = page(report, HOSTILE)
    tags.feed(text)
    assert (tags.open, tags.fetches) == ([], [])
    assert "<script" not in text
    assert "url(" not in text


def test_the_page_shows_the_misses_with_what_drew_them(report: Report) -> None:
    text = page(report, "A title")
    assert "Are there export fees?" in text
    assert "meant</dt><dd>dry-ice" in text
    assert "export-fee" in text
    assert "4 judged questions; 2 missed" in text


def test_the_page_shows_no_more_misses_than_wished(report: Report) -> None:
    assert page(report, "A title", misses=1).count("<details>") == 1


def test_the_page_has_what_the_text_has(answerer: Answerer) -> None:
    chat = [
        Judged("Is it illegal to take my stem cells out of the US?", ("is-it-legal",), "in-scope", chat="a"),
        Judged("and what are the penalties", ("no-such-entry",), "in-scope", chat="a"),
    ]
    report = evaluate(chat, answerer)
    names, rows = kinds(report)
    assert [row[0] for row in rows] == ["in-scope", "first turns", "later turns"]
    text, shown = report.text(), page(report, "A title")
    for told in (*names, *LEGEND, *head(report), "no-such-entry", "1 conversation among them"):
        assert told in text
        assert escape(told) in shown
    for row in rows:
        assert "".join(f"<td>{cell}</td>" for cell in row) in shown
    assert "<dt>follows</dt><dd>is-it-legal</dd>" in shown


def test_a_known_question_that_was_declined_is_shown_everywhere(report: Report, declining: Report) -> None:
    asked = declining.judgements[0].question.text
    (summary, sentence, *_), (before, _, *_) = list(head(declining)), list(head(report))
    assert summary == "4 judged questions; 2 missed, 1 withheld"
    assert before == "4 judged questions; 2 missed"
    assert "got its answer, 0 a button for it, 1 another answer, and 2 none of these" in sentence
    text, shown = declining.text(), page(declining, "A title")
    told = text[text.index("Withheld (1 of 1 shown") :]
    for part in (f'"{asked}"', "meant: is-it-legal", "decline, because confidence 0.22 is below 0.25"):
        assert part in told
    told = shown[shown.index("<h2>Withheld") :]
    assert asked in told
    assert "decline, because confidence 0.22 is below 0.25" in told
    assert "Withheld" not in report.text()
    assert "Withheld" not in page(report, "A title")
    rows = declining.to_json()["questions"]
    assert isinstance(rows, list)
    assert [row["withheld"] for row in rows if isinstance(row, dict)] == ["decline", "", "", ""]


def test_as_many_withheld_are_shown_as_asked_for(declining: Report) -> None:
    assert "Withheld" not in declining.text(misses=0)
    assert page(declining, "A title", misses=1).count("<details>") == 2


def test_what_is_withheld_now_is_lost_against_a_run_that_offered_it(report: Report) -> None:
    earlier = json.loads(json.dumps(report.to_json()))
    row = next(row for row in earlier["questions"] if not row["failure"] and row["decision"] == "answer")
    row["decision"] = "clarify"
    first, *others = report.judgements
    verdict = replace(first.verdict, outcome=Clarify(first.verdict.ranking.matches[1:3]))
    withheld = replace(report, judgements=(replace(first, verdict=verdict), *others))
    (change,) = compare(earlier, withheld).changes
    assert (change.text, change.won) == (row["q"], False)
    for old in earlier["questions"]:
        del old["withheld"]  # written before there was such a thing
    assert len(compare(earlier, withheld).changes) == 1


def test_a_run_compared_with_itself_has_no_changes(report: Report) -> None:
    earlier = json.loads(json.dumps(report.to_json()))
    assert compare(earlier, report).text() == "0 won, 0 lost"


def test_what_is_asked_twice_is_compared_twice(report: Report) -> None:
    first = report.judgements[0]
    twice = replace(report, judgements=(first, *report.judgements))
    earlier = json.loads(json.dumps(twice.to_json()))
    assert compare(earlier, twice).text() == "0 won, 0 lost"
    earlier["questions"][0]["failure"] = "" if first.failure else "something else ranked first"
    found = compare(earlier, twice)
    assert [change.text for change in found.changes] == [first.question.text]
    assert (compare(earlier, report).only_before, found.only_before, found.only_now) == (1, 0, 0)


def test_what_was_won_and_lost_is_told_question_by_question(report: Report) -> None:
    earlier = json.loads(json.dumps(report.to_json()))
    for row in earlier["questions"]:
        row["failure"] = "" if row["failure"] else "something else ranked first"
    found = compare(earlier, report)
    assert [change.won for change in found.changes] == [False, False, True, True]
    assert found.text().startswith("2 won, 2 lost\n")
    assert re.search(
        r"LOST  'Are there export fees\?'.*\n.*before: .*\n.*now: +answer export-fee", found.text()
    )


def test_a_right_answer_that_became_a_question_back_is_lost(report: Report) -> None:
    earlier = json.loads(json.dumps(report.to_json()))
    row = next(row for row in earlier["questions"] if not row["failure"] and row["decision"] == "answer")
    row["decision"] = "clarify"
    (change,) = compare(earlier, report).changes
    assert (change.text, change.won) == (row["q"], True)
    row["decision"], row["options"] = "answer", ["dry-ice"]
    (change,) = compare(earlier, report).changes
    assert change.won


def test_questions_that_only_one_run_has_are_counted_and_not_compared(report: Report) -> None:
    earlier = json.loads(json.dumps(report.to_json()))
    earlier["questions"][0]["q"] = "Something that isn't asked any more"
    found = compare(earlier, report)
    assert (found.changes, found.only_before, found.only_now) == ((), 1, 1)


@pytest.mark.parametrize("junk", [{}, {"questions": 3}, {"questions": [{"q": "a"}]}, {"questions": ["a"]}])
def test_what_is_no_earlier_report_is_said(report: Report, junk: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no report of an earlier run"):
        compare(junk, report)


def test_an_explanation_names_the_words_the_candidates_and_the_rule(answerer: Answerer) -> None:
    question = Question("Is it illegal to tkae my stem cells out of the US? zyxwvut")
    told = explanation(question, answerer.answer(question), answerer)
    assert "typos mended: tkae -> take" in told
    assert "set aside" not in told
    assert "offered" not in told
    assert "not known:    zyxwvut" in told
    assert re.search(r"^is-it-legal +[01]\.\d\d", told, re.MULTILINE)
    assert "decided:      answer, because confidence" in told


def test_an_explanation_names_the_second_question_the_danger_and_what_is_set_aside(
    answerer: Answerer,
) -> None:
    def told(text: str, previous: str | None = None) -> str:
        question = Question(text, previous=previous)
        return explanation(question, answerer.answer(question), answerer)

    second = told("What are the fees? Do you store my messages?")
    assert re.search(r"^second asked: privacy, confidence [01]\.\d\d$", second, re.MULTILINE)
    assert re.search(r"^offered:      privacy$", second, re.MULTILINE)
    corrected = told("no, I meant the fee", "is-it-legal")
    assert "typos mended" not in corrected
    assert re.search(r"^set aside:    .*\bmeant\b", corrected, re.MULTILINE)
    story = (
        "My sister and I came home on Monday and the house was cold and we talked about the trip for hours. "
        "I want to kill myself. Are there export fees for the cells?"
    )
    assert re.search(r"^danger told:  emergency, confidence", told(story), re.MULTILINE)


def test_an_explanation_of_nothing_is_calm(answerer: Answerer) -> None:
    question = Question("\U0001f642\U0001f642")
    told = explanation(question, answerer.answer(question), answerer)
    assert "compared as:  (no words)" in told
    assert "decided:      decline, because no word of it is known" in told
