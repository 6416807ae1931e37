"""The YAML reader: what it takes literally, what it refuses, and that no bytes make it raise or hang."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import indent

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge import yaml_reader
from knowledge.problems import Problem
from knowledge.reading.tree import ListNode, MappingNode, Node, TextNode
from knowledge.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_SYNTAX_FAULTS, SourceFile, read

GOLDEN = Path(__file__).parent / "golden"
SYNTAX_CASES = sorted(folder.name for folder in GOLDEN.glob("yaml-syntax*"))
SLOW = 10.0
"""Seconds that no file may take: what grows with the square of the size takes minutes, a busy machine doesn't."""


def root_of(text: str | bytes) -> Node:
    data = text if isinstance(text, bytes) else text.encode()
    document = read(SourceFile("kb.yaml", data))
    assert document.problems == []
    assert document.root is not None
    return document.root


def problems_of(text: str | bytes) -> list[Problem]:
    data = text if isinstance(text, bytes) else text.encode()
    return read(SourceFile("kb.yaml", data)).problems


def values(node: Node) -> object:
    """A tree as plain Python values."""
    if isinstance(node, TextNode):
        return node.value
    if isinstance(node, ListNode):
        return [values(item) for item in node.items]
    return {name: values(value) for name, (_, value) in node.pairs.items()}


@pytest.mark.parametrize(
    "written",
    ["Yes", "no", "on", "2013", "2013-08", "2013-08-01", "0x1F", "1e3", ".inf", "null", "~", "12:30", "<<"],
)
def test_a_scalar_stays_the_text_it_is(written: str) -> None:
    assert values(root_of(f"- {written}\n- {{a: {written}}}\n")) == [written, {"a": written}]


def test_keys_are_texts_too() -> None:
    assert values(root_of("2013: a\nno: b\n")) == {"2013": "a", "no": "b"}


def test_places_are_those_of_keys_and_items() -> None:
    root = root_of("- question: |\n    Where?\n  cites: [A1,\n    A2]\n")
    assert isinstance(root, ListNode)
    entry = root.items[0]
    assert isinstance(entry, MappingNode)
    assert (entry.line, entry.column) == (0, 2)
    key, value = entry.pairs["question"]
    assert (key.line, key.column) == (0, 2)
    assert isinstance(value, TextNode)
    assert not value.plain
    cites = entry.pairs["cites"][1]
    assert isinstance(cites, ListNode)
    assert [(item.line, item.column) for item in cites.items] == [(2, 10), (3, 4)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(line_end: str) -> None:
    data = line_end.join(["- a", "- b: c", "- é: d: e"]).encode()
    (found,) = problems_of(data)
    assert (found.code, found.location.line, found.location.column) == ("yaml-syntax", 3, 7)
    assert found.fragment == "- é: d: e"


def test_byte_order_mark_is_left_out() -> None:
    root = root_of(b"\xef\xbb\xbfquestion: a\n")
    assert isinstance(root, MappingNode)
    assert root.pairs["question"][0].column == 0


def test_rare_line_ends_count_as_spaces_as_in_an_editor() -> None:
    root = root_of("- a\u2028b\n- c\x85d\n- e\n")
    assert values(root) == ["a b", "c d", "e"]
    assert isinstance(root, ListNode)
    assert root.items[2].line == 2


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n...\n"])
def test_an_empty_file_is_no_fault_of_the_reader(text: str) -> None:
    document = read(SourceFile("kb.yaml", text.encode()))
    assert document.problems == []
    assert document.root is None or values(document.root) == ""


def test_bad_byte_is_found_by_line_and_column_and_the_rest_is_read() -> None:
    faults = problems_of("- é\n- é".encode() + b"\xff\n- a: b\n  a: c\n")
    assert [(f.code, f.location.line, f.location.column) for f in faults] == [
        ("not-utf8", 2, 4),
        ("duplicate-key", 4, 3),
    ]


SOUND = (
    "\n".join(f"- question: Where is room {n}?\n  answer: |\n    Upstairs: there." for n in range(3)) + "\n"
)


@pytest.mark.parametrize("case", sorted(case.name for case in GOLDEN.glob("yaml-syntax--*")))
def test_sound_entries_below_a_fault_of_syntax_have_none(case: str) -> None:
    text = (GOLDEN / case / "kb.yaml").read_text(encoding="utf-8")
    below = indent(SOUND, "  ") if "\nentries:" in text else SOUND
    before, after = (problems_of(t.encode()) for t in (text, f"{text}\n{below}"))
    assert {p.location for p in after} == {p.location for p in before}


def test_faults_of_syntax_are_told_one_an_entry_and_not_without_end() -> None:
    wrong = [f"- question: Where is room {n}?\n  answer: {n}: here" for n in range(MAX_SYNTAX_FAULTS + 5)]
    faults = problems_of("\n".join(wrong).encode())
    assert [f.location.line for f in faults] == [2 * n + 2 for n in range(MAX_SYNTAX_FAULTS)]


def test_what_follows_the_entries_is_not_read_as_one_of_them() -> None:
    text = "checklist:\n  questions:\n    - id: a\n      ask: x: y\n    - id: b\n  advice:\n    - text: z\n"
    assert [f.location.line for f in problems_of(text.encode())] == [4]


def test_file_at_the_size_limit_is_read() -> None:
    assert problems_of(b"#" * MAX_BYTES) == []
    assert [f.code for f in problems_of(b"#" * (MAX_BYTES + 1))] == ["file-too-large"]


def test_too_many_texts_are_refused() -> None:
    assert [f.code for f in problems_of(b"- a\n" * (MAX_NODES + 1))] == ["file-too-large"]


def test_duplicate_keys_at_any_level() -> None:
    faults = problems_of("a: 1\nb:\n  - {c: 1, c: 2}\na: 3\n")
    assert [(f.location.line, f.location.column) for f in faults] == [(3, 12), (4, 1)]


def test_depth_is_counted() -> None:
    assert problems_of("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert [f.code for f in problems_of("[" * (MAX_DEPTH + 1))] == ["too-deep"]


def test_a_complex_key_is_reported_and_left_out() -> None:
    document = read(SourceFile("kb.yaml", b"? [a, {b: c}]\n: d\ne: f\n"))
    assert [f.code for f in document.problems] == ["key-not-text"]
    assert document.root is not None
    assert values(document.root) == {"e": "f"}


def test_alias_bomb_is_refused_whole() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    document = read(SourceFile("kb.yaml", "\n".join(lines).encode()))
    assert document.root is None
    assert {f.code for f in document.problems} == {"alias"}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!int", "!mine", "!", "!<tag:x,2000:y>"])
def test_every_explicit_tag_is_refused(tag: str) -> None:
    assert [f.code for f in problems_of(f"- {tag} 1\n")] == ["explicit-tag"]


@pytest.mark.parametrize("parser", [yaml.SafeLoader, yaml.CSafeLoader])
@pytest.mark.parametrize("case", SYNTAX_CASES)
def test_both_of_pyyamls_parsers_lead_to_the_same_advice(
    case: str, parser: type[yaml.SafeLoader], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SourceFile("kb.yaml", (GOLDEN / case / "kb.yaml").read_bytes())
    monkeypatch.setattr(yaml_reader, "_Parser", parser)
    problems = read(source).problems
    expected = (GOLDEN / case / "expected.txt").read_text(encoding="utf-8")
    assert len(problems) == expected.count("error yaml-syntax: ") > 0
    for found in problems:
        assert f"kb.yaml:{found.location.line}:" in expected
        assert f"error yaml-syntax: {found.message}\n" in expected
        assert f"    mend: {found.mend}\n" in expected


@pytest.mark.parametrize(
    "pattern",
    [
        "- ",
        "[",
        "{",
        "? ",
        "a: ",
        "&a ",
        "- *a\n",
        "'",
        '"\\',
        "\n",
        " #",
        "- a #\n",
        "a: b\n",
        "|\n",
        "%",
        "\t",
        "- question: a\n",
        "- question: a\n  answer: b\n",
        "a\n",
        "\u2028",
        "é",
        "\r",
        "---\n",
        "[a: b, ",
        "!a ",
    ],
)
def test_no_pattern_makes_a_large_file_slow(pattern: str) -> None:
    data = (pattern * (MAX_BYTES // 8 // len(pattern.encode()))).encode()
    begin = time.process_time()
    read(SourceFile("kb.yaml", data))
    assert time.process_time() - begin < SLOW


YAMLISH = st.lists(
    st.sampled_from(
        [
            "- ",
            ": ",
            ":",
            "\n",
            "  ",
            "    ",
            "question",
            "answer",
            "#",
            " #",
            '"',
            "'",
            "|",
            ">",
            "&a",
            "*a",
            "!t",
            "[",
            "]",
            "{",
            "}",
            ",",
            "?",
            "---",
            "...",
            "%",
            "@",
            "\t",
            "\\",
            "é",
            "\u2028",
            "\x00",
            "\x85",
            "\ufeff",
            "~",
            "=",
            "<<",
        ]
    ),
    max_size=60,
).map("".join)


@settings(deadline=2000, max_examples=300)
@given(
    st.binary(max_size=400)
    | YAMLISH.map(str.encode)
    | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
)
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfea\x00")
@example(b"a: \xef\xbb\xbf\xed\xa0\x80")
@example(b'"\\ud800"')
@example(b'"\\U00110000"')
def test_no_bytes_make_it_raise(data: bytes) -> None:
    document = read(SourceFile("kb.yaml", data))
    lines = max(1, len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")))
    for found in document.problems:
        assert 1 <= found.location.line <= lines
        assert found.location.column >= 1
        assert found.fragment.isprintable()


@settings(deadline=2000, max_examples=100)
@given(YAMLISH)
def test_the_python_parser_is_as_safe(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "_Parser", yaml.SafeLoader)
        read(SourceFile("kb.yaml", text.encode()))


# PyYAML writes the rare line ends raw, where the reader takes them as spaces.
TEXT = st.text(st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs"]))
JSONLIKE = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)


@settings(deadline=2000)
@given(JSONLIKE, st.booleans(), st.booleans())
def test_what_pyyaml_writes_is_read_back(value: object, unicode: bool, flow: bool) -> None:
    written = yaml.safe_dump(value, allow_unicode=unicode, default_flow_style=flow)
    document = read(SourceFile("kb.yaml", written.encode()))
    assert document.problems == []
    assert document.root is not None
    assert values(document.root) == value
