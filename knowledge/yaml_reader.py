"""YAML bytes -> a small tree of texts, lists and mappings that know where they are written.

The tree is built from parser events, not composed by PyYAML: composing takes twice as long, recurses in C (a file of
`- - - -` ends the process) and follows aliases. Nothing is ever turned into a number, a date or a truth value, so an
unquoted `no` stays "no".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import yaml

from knowledge.places import Location
from knowledge.problems import Problem, excerpt, problem, quoted
from knowledge.reading.syntax import explain
from knowledge.reading.tree import ListNode, MappingNode, SourceText, TextNode

if TYPE_CHECKING:
    from knowledge.reading.tree import Node

MAX_BYTES: Final = 4 * 1024 * 1024
"""Size of a file that is still read: ten times the largest of the bundled knowledge base."""
MAX_NODES: Final = 200_000
"""Texts, lists and mappings in a file: thirty times as many as the largest of the bundled knowledge base has."""
MAX_DEPTH: Final = 12
"""Lists and mappings inside each other; a knowledge base needs four."""
MAX_SYNTAX_FAULTS: Final = 10
"""Faults of syntax that are looked for in a file. After each the rest is read anew from where the next entry begins."""

_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that YAML doesn't allow in a file."""
_RARE_LINE_ENDS: Final = "\x85\u2028\u2029"
"""YAML counts these as line ends and editors don't: as spaces they keep the line numbers right."""
_Parser: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read: its path inside the knowledge base, with `/`, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: `root` is None where it is empty or, with an error among `problems`, can't be used."""

    source: SourceText
    root: Node | None
    problems: list[Problem]


def read(source: SourceFile, prefix: str = "") -> Document:
    """Parse one file; whatever is wrong with it becomes problems, never an exception.

    Args:
        source: The file.
        prefix: Put before the file's name in every location, such as `knowledge/`.
    """
    file = prefix + source.name
    problems: list[Problem] = []
    page = SourceText(file, _decode(source.data, file, problems))
    builder = _Builder(page, problems)
    # A fault in the encoding is an error by itself; the rest is read all the same, to find the other faults.
    root = builder.build() if page.text else None
    for _ in range(MAX_SYNTAX_FAULTS - 1):
        rest = None if builder.stopped is None else page.from_next_entry(builder.stopped)
        if rest is None:
            break
        builder = _Builder(rest, problems)
        builder.build()
    return Document(page, root, problems)


def _decode(data: bytes, file: str, problems: list[Problem]) -> str:
    """The file's text without byte order mark; empty where it is no text at all."""
    if len(data) > MAX_BYTES:
        message = f"this file has {len(data):,} bytes or more, and {MAX_BYTES:,} are read at most"
        problems.append(
            problem("file-too-large", Location(file, 1, 1), message, mend="split it into several files")
        )
        return ""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        problems.append(_not_utf8(data, fault.start, file))
        if b"\0" in data:
            return ""
        text = data.decode("cp1252", errors="replace")  # most likely: so that what else is reported is there
    bad = _UNREADABLE.findall(text)
    if bad and not problems:
        first = text.index(bad[0])
        more = f" ({len(bad)} in this file)" if len(bad) > 1 else ""
        line = text.count("\n", 0, first)
        column = first - (text.rfind("\n", 0, first) + 1)
        message = f"the invisible control character U+{ord(bad[0]):04X} isn't allowed here{more}"
        mend = "delete it; if this is no text file, take it out of the folder"
        problems.append(SourceText(file, text).problem("control-character", line, column, message, mend))
    if bad:
        text = _UNREADABLE.sub(" ", text) if "\0" not in text else ""
    for end in _RARE_LINE_ENDS:
        text = text.replace(end, " ")  # one by one: a table of all three takes a hundred times as long
    return text


def _not_utf8(data: bytes, at: int, file: str) -> Problem:
    begin = data.rfind(b"\n", 0, at) + 1
    before = data[begin:at].decode("utf-8")
    end = data.find(b"\n", at)
    rest = data[at : end if end >= 0 else len(data)].decode("utf-8", errors="backslashreplace")
    utf16 = " (it looks like UTF-16)" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    return problem(
        "not-utf8",
        Location(file, data.count(b"\n", 0, at) + 1, len(before) + 1),
        f"this file isn't written in UTF-8{utf16}: the byte 0x{data[at]:02X} fits nowhere",
        fragment=("", 0) if utf16 else excerpt(before + rest, len(before)),
        mend='save it again with the encoding "UTF-8" (in the editor\'s "Save as" window)',
    )


class _Builder:
    """Turns one file's parser events into nodes."""

    def __init__(self, page: SourceText, problems: list[Problem]) -> None:
        self._page = page
        self._problems = problems
        self._root: Node | None = None
        self._refused = False
        self.stopped: int | None = None
        """The line, from 0, of the fault of syntax behind which nothing was read; None for none."""
        self._open: list[ListNode | MappingNode] = []
        self._keys: list[TextNode | None] = []
        """For each open mapping the key whose value comes next."""

    def build(self) -> Node | None:
        """The file's top node; None where it is empty or refused."""
        documents = nodes = 0
        try:
            for event in yaml.parse(self._page.text, _Parser):
                if isinstance(event, yaml.NodeEvent):
                    self._node(event)
                    nodes += 1
                    if nodes > MAX_NODES:
                        message = f"this file holds more than {MAX_NODES:,} texts, and no more are read"
                        self._refuse("file-too-large", event, message, "split it into several files")
                        break
                    if len(self._open) > MAX_DEPTH:
                        break
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._open.pop()
                    self._keys.pop()
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        mend = "remove the line `---`, or make two files of it"
                        self._refuse("several-documents", event, "a second YAML document starts here", mend)
                        break
        except yaml.YAMLError as error:
            self._refused = True
            fault = explain(error, self._page.lines)
            self.stopped = fault.line
            self._problems.append(
                self._page.problem("yaml-syntax", fault.line, fault.column, fault.message, fault.mend)
            )
        return None if self._refused else self._root

    def _node(self, event: yaml.NodeEvent) -> None:
        mark = cast("yaml.Mark", event.start_mark)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            end = cast("yaml.Mark", event.end_mark)
            node = TextNode(mark.line, mark.column, event.value, not event.style, end.line, end.index)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = ListNode(mark.line, mark.column)
        elif isinstance(event, yaml.MappingStartEvent):
            node = MappingNode(mark.line, mark.column)
        else:
            node = TextNode(mark.line, mark.column, "", plain=True, last_line=mark.line, end=mark.index)
        self._check(event)
        self._add(node)
        if not isinstance(node, TextNode):
            self._open.append(node)
            self._keys.append(None)

    def _check(self, event: yaml.NodeEvent) -> None:
        """Refuse what makes one part of a file stand for another, or asks for Python values."""
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = (
                f"{sign}{event.anchor} makes one part of the file stand for another, which isn't allowed"
            )
            self._refuse(
                "alias", event, message, f"write the text out; if {sign} belongs to a text, quote the text"
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            message = f"a word that starts with ! is a YAML tag ({quoted(tag)}), which isn't allowed"
            self._refuse("explicit-tag", event, message, "put the whole text in quotes, or remove the tag")
        if len(self._open) == MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            message = f"lists and mappings are nested more than {MAX_DEPTH} deep here"
            self._refuse("too-deep", event, message, "quote a text that starts with `- `, [ or {")

    def _refuse(self, code: str, event: yaml.Event, message: str, mend: str) -> None:
        self._refused = True
        mark = cast("yaml.Mark", event.start_mark)
        self._problems.append(self._page.problem(code, mark.line, mark.column, message, mend))

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, ListNode):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            self._keys[-1] = None
            self._pair(parent, key, node)
        elif isinstance(node, TextNode):
            self._keys[-1] = node
        else:
            message = "the name of a field must be a text, and this is a list or a mapping"
            mend = "quote a text that starts with [ or {"
            self._problems.append(self._page.problem("key-not-text", node.line, node.column, message, mend))
            self._keys[-1] = TextNode(node.line, node.column, "", plain=False, last_line=node.line, end=-1)

    def _pair(self, parent: MappingNode, key: TextNode, value: Node) -> None:
        if key.end < 0:  # stands for a key that is no text and has been reported
            return
        earlier = parent.pairs.get(key.value)
        if earlier is None:
            parent.pairs[key.value] = (key, value)
            return
        message = f"the field {quoted(key.value)} is already given in line {earlier[0].line + 1}"
        mend = "keep one of the two; a new entry starts with `- `"
        self._problems.append(self._page.problem("duplicate-key", key.line, key.column, message, mend))
