"""Every problem code has a smallest wrong knowledge base in tests/golden, which yields exactly what is expected there.

A case is a folder named after its code, with `--` and a word behind it where a code has several. It holds `kb.yaml` or
`kb/`, perhaps `stolen.json` or `blocks.json` (what the trained index and the source page would give), and `expected.txt`. `UPDATE_GOLDEN=1 pytest tests/test_problems.py` writes the expected files anew: read the difference.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.check import unspoken
from knowledge import files, validator
from knowledge.model import Stolen, Voice
from knowledge.places import NOWHERE, Location
from knowledge.problems import (
    CODES,
    FRAGMENT_WIDTH,
    PRINTERS,
    Problem,
    Severity,
    as_github,
    as_json,
    as_text,
    did_you_mean,
    excerpt,
    has_errors,
    problem,
    quoted,
    shown,
    summary,
    tidy,
)
from knowledge.yaml_reader import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
ALL_AT_ONCE = "all-at-once"
MADE = {"file-too-large": b"#" * (MAX_BYTES + 1)}
"""Cases whose file is too large to be kept."""


def simple_form(text: str, language: str) -> str:
    """A comparison form that stays the same when the real one learns new tricks."""
    assert language in {"de", "en", "es"}
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def problems_of(case: str) -> list[Problem]:
    """What a case yields; of the validator's checks only the one that it is about."""
    code = case.partition("--")[0]
    codes = validator.ALL if case == ALL_AT_ONCE else {code} & validator.ALL
    path = Path("kb.yaml") if Path("kb.yaml").exists() else Path("kb")
    loaded = files.check(path, codes=codes, normalize=simple_form)
    found = list(loaded.problems)
    assert (loaded.knowledge_base is None) == has_errors(found)
    if Path("stolen.json").exists():
        stolen = [Stolen(**theft) for theft in json.loads(Path("stolen.json").read_text("utf-8"))]
        found += validator.check_stolen(loaded.draft, stolen)
    if code == "unspoken-language":
        found += unspoken(loaded.draft)
    if Path("blocks.json").exists():
        blocks = [
            validator.Block(**{**block, "voice": Voice(block["voice"])})
            for block in json.loads(Path("blocks.json").read_text("utf-8"))
        ]
        found += validator.check_fingerprints(loaded.draft, blocks)
    return found


@pytest.fixture
def in_case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    case = str(request.param)
    monkeypatch.chdir(GOLDEN / case)
    if case in MADE:
        (tmp_path / "kb.yaml").write_bytes(MADE[case])
        monkeypatch.chdir(tmp_path)
    return case


def assert_is_expected(printed: str, name: str, case: str) -> None:
    file = GOLDEN / case / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(printed, encoding="utf-8")
    assert printed == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("in_case", CASES, indirect=True)
def test_golden_case_yields_exactly_what_is_expected(in_case: str) -> None:
    found = problems_of(in_case)
    if in_case != ALL_AT_ONCE:
        assert {p.code for p in found} == {in_case.partition("--")[0]}
    assert_is_expected(as_text(found), "expected.txt", in_case)


@pytest.mark.parametrize("in_case", [ALL_AT_ONCE], indirect=True)
@pytest.mark.parametrize(
    ("printer", "name"), [(as_github, "expected.github.txt"), (as_json, "expected.json")]
)
def test_golden_case_in_other_formats(
    in_case: str, printer: Callable[[Sequence[Problem]], str], name: str
) -> None:
    assert_is_expected(printer(problems_of(in_case)), name, in_case)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_golden_case(code: str) -> None:
    assert [case for case in CASES if case.partition("--")[0] == code]


def test_every_golden_case_has_a_code() -> None:
    assert {case.partition("--")[0] for case in CASES} - {ALL_AT_ONCE} == set(CODES)


def test_every_check_has_a_code() -> None:
    assert set(CODES) >= validator.ALL
    assert {code for code in validator.ALL if CODES[code] is Severity.ERROR} == validator.ERRORS


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_documented(code: str) -> None:
    page = (Path(__file__).parents[1] / "docs" / "problems.md").read_text(encoding="utf-8")
    section = re.search(rf"^### `{code}` \((error|warning)\)$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"docs/problems.md has no section on {code}"
    assert section[1] == CODES[code].value
    assert re.search(r"^\n\S.*^```.*^\*\*Mend\.\*\* ", section[2], re.MULTILINE | re.DOTALL), (
        f"the section on {code} in docs/problems.md needs the cause, an example and how to mend it"
    )


def test_documentation_tells_of_no_other_code() -> None:
    page = (Path(__file__).parents[1] / "docs" / "problems.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### `([a-z0-9-]+)`", page, re.MULTILINE)) == sorted(CODES)


HERE = Location("kb.yaml", 3, 5)


def test_problem_has_its_codes_severity() -> None:
    assert problem("bad-url", HERE, "m").severity is Severity.WARNING
    assert problem("bad-id", HERE, "m").severity is Severity.ERROR
    with pytest.raises(KeyError):
        problem("no-such-code", HERE, "m")


def test_tidy_sorts_by_place_and_drops_repetitions() -> None:
    later = problem("bad-id", Location("kb.yaml", 10, 1), "m")
    sooner = problem("bad-url", Location("kb.yaml", 9, 7), "m")
    other = problem("bad-id", Location("a.yaml", 99, 1), "m")
    assert tidy([later, sooner, later, other]) == [other, sooner, later]


def test_summary_counts() -> None:
    error, warning = problem("bad-id", HERE, "m"), problem("bad-url", Location("b.yaml", 1, 1), "m")
    assert summary([]) == "no problems found"
    assert summary([error]) == "1 error in 1 file"
    assert summary([error, error, warning]) == "2 errors and 1 warning in 2 files"
    assert summary([problem("bad-url", NOWHERE, "m")]) == "1 warning"


def test_text_without_place_fragment_and_mend() -> None:
    assert as_text([problem("bad-url", NOWHERE, "m")]) == "warning bad-url: m\n1 warning\n"


def test_caret_stands_under_wide_characters() -> None:
    fragment = excerpt("駐車場e\u0301 x", 6)
    lines = as_text([problem("bad-url", HERE, "m", fragment=fragment)]).split("\n")
    assert lines[1] == "    駐車場e\u0301 x"
    assert lines[2] == "    " + " " * 8 + "^"


def test_github_properties_and_data_are_escaped() -> None:
    found = problem("bad-url", Location("a,b:c%.yaml", 1, 2), "50 %\r\nis: a, b", mend="so")
    assert as_github([found]).splitlines()[0] == (
        "::warning file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=bad-url::50 %25%0D%0Ais: a, b%0Aso"
    )


def test_github_names_no_file_where_there_is_none() -> None:
    assert as_github([problem("bad-url", NOWHERE, "m")]).startswith("::warning title=bad-url::m\n")


def test_json_keys_stay() -> None:
    told = json.loads(as_json([problem("bad-id", HERE, "m", fragment=("f", 0), mend="so")]))
    assert told == [
        {
            "code": "bad-id",
            "severity": "error",
            "file": "kb.yaml",
            "line": 3,
            "column": 5,
            "message": "m",
            "fragment": "f",
            "mend": "so",
        }
    ]
    assert json.loads(as_json([])) == []


def test_suggestion_only_for_what_is_near() -> None:
    assert did_you_mean("answr", ["answer", "question"]) == 'did you mean "answer"?'
    assert did_you_mean("ANSWER", ["answer", "question"]) == 'did you mean "answer"?'
    assert not did_you_mean("zzz", ["answer", "question"])
    assert not did_you_mean("answer", [])


def test_quoted_is_one_short_line() -> None:
    assert quoted("a\n  b") == '"a b"'
    assert quoted("a\x1b[31m") == '"a\\x1b[31m"'
    assert len(quoted("x" * 500)) == 62


@given(st.text(), st.data())
def test_excerpt_is_short_visible_and_points_into_itself(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    fragment, caret = excerpt(text, at)
    assert len(fragment) <= FRAGMENT_WIDTH
    assert fragment.isprintable()
    assert 0 <= caret <= len(fragment)
    if caret < len(fragment) - 1 and at < len(text) and text[at].isprintable():
        assert fragment[caret] == text[at]


@given(st.text(), st.text(), st.text())
def test_printers_take_any_text_and_show_no_control_character(file: str, message: str, fragment: str) -> None:
    found = [problem("bad-id", Location(file, 1, 1), message, fragment=excerpt(fragment), mend=message)]
    for name, printer in PRINTERS.items():
        printed = printer(found)
        if name != "github":  # read by a program, which undoes the escapes
            assert printed.replace("\n", "").isprintable()
        assert "\r" not in printed
    assert len(as_text(found).splitlines()) <= 5
    assert shown(message).isprintable()
