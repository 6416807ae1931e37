"""Reading judged questions: the good lines, and everything that is wrong with the others."""

from __future__ import annotations

import pytest

from knowledge.judged import BadLine, Judged, read_questions


def test_a_line_is_read_with_all_its_fields() -> None:
    line = '{"q": "¿y a Corea?", "ids": ["law", "places"], "kind": "dialogue", "chat": "c1", "lang": "es"}'
    questions, problems = read_questions(line)
    assert problems == []
    assert questions == [Judged("¿y a Corea?", ("law", "places"), "dialogue", "c1", "es")]


def test_what_may_be_left_out_has_defaults() -> None:
    questions, problems = read_questions('\ufeff{"q": "a", "ids": ["x"]}\r\n\n  \n{"q": "b", "ids": []}\n')
    assert problems == []
    assert questions == [Judged("a", ("x",), "in-scope"), Judged("b", (), "off-topic")]


def test_a_known_failure_is_no_question() -> None:
    assert read_questions('{"q": "a", "kind": "in-scope", "fails": "x ranked first"}') == ([], [])


def test_a_text_may_hold_line_separators() -> None:
    questions, problems = read_questions('{"q": "a\u2028b\u0085c", "ids": []}')
    assert problems == []
    assert questions[0].text == "a\u2028b\u0085c"


@pytest.mark.parametrize(
    ("line", "message", "mend"),
    [
        ("{'q': 'a'}", "this is no JSON", "write one object a line"),
        ("[" * 100_000, "this is no JSON", "write one object a line"),
        ('["a"]', "this is no object", "write it as"),
        ('{"ids": []}', '"q" is missing', "write the message"),
        ('{"q": " ", "ids": []}', '"q" is missing', "write the message"),
        ('{"q": 7, "ids": []}', '"q" is missing', "write the message"),
        ('{"q": "a"}', '"ids" is missing', "or [] where none"),
        ('{"q": "a", "ids": "law"}', '"ids" is a single text', 'in brackets: ["law"]'),
        ('{"q": "a", "ids": [1]}', '"ids" is missing or no list', "write entry ids"),
        ('{"q": "a", "ids": ["law", "law"]}', "names an entry twice", "take one"),
        ('{"q": "a", "ids": [], "kind": 3}', '"kind" is no text', "in double quotes"),
        ('{"q": "a", "ids": [], "chatt": "c1"}', 'no field "chatt"', 'did you mean "chat"?'),
        ('{"q": "a", "ids": [], "zzz": "c1"}', 'no field "zzz"', "the fields are q, ids"),
        ('{"q": "a", "ids": ["law"], "kind": "chatter"}', "no right answer", "overheard"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_how_to_mend_it(line: str, message: str, mend: str) -> None:
    questions, problems = read_questions('{"q": "good", "ids": []}\n' + line)
    assert [question.text for question in questions] == ["good"]
    assert [problem.line for problem in problems] == [2]
    assert message in problems[0].message
    assert mend in problems[0].mend


def test_all_faults_are_reported_at_once() -> None:
    _, problems = read_questions('{"q": "", "ids": "x"}\n{"q": "fine", "ids": []}\nnonsense')
    assert [problem.line for problem in problems] == [1, 1, 3]


def test_a_bad_line_prints_its_number_first() -> None:
    assert str(BadLine(12, "this is wrong", "do it right")) == "12: this is wrong; do it right"
