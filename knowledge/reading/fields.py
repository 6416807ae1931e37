"""Reads the fields of one mapping by type; what isn't as expected becomes problems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knowledge.places import Location
from knowledge.problems import closest, did_you_mean, quoted
from knowledge.reading.syntax import CURLY, other_dash
from knowledge.reading.tree import ListNode, MappingNode, TextNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knowledge.problems import Problem
    from knowledge.reading.tree import Node, SourceText

_NOTHING: Final = frozenset(("~", "null", "Null", "NULL"))
"""What programs write for a field without a value; as an item of a list it is an ordinary text."""
_COMMENT: Final = re.compile(r"[ \t]+#[^\n]*")
_ITEM_OR_FIELD: Final = re.compile(r"\s*(?:-(?:\s|(?=\w))|(?P<name>[a-z-]+):(?=[^\s/]))")
_NO_SPACE: Final = re.compile(r"-?[a-z-]+:\S")
_FOUND: Final = {TextNode: "a text", ListNode: "a list", MappingNode: "a mapping"}


class Fields:
    """The fields of one mapping.

    Attributes:
        source: The file.
        node: The mapping.
        places: Field path (`answer`, `cites[0]`) -> where it is written, for the fields read so far.
        whole: False once a field that was given couldn't be read.
    """

    def __init__(
        self,
        source: SourceText,
        node: MappingNode,
        what: str,
        known: Collection[str],
        problems: list[Problem],
    ) -> None:
        """Look at a mapping.

        Args:
            source: The file.
            node: The mapping.
            what: How messages call it, such as `the entry "is-it-legal"`.
            known: The names of its fields; other names are reported. Empty for any name.
            problems: The list that faults are added to.
        """
        self.source = source
        self.node = node
        self.places: dict[str, Location] = {}
        self.whole = True
        self._what = what
        self._known = known
        self._problems = problems
        for name, (key, _) in node.pairs.items():
            if known and name not in known:
                mend = did_you_mean(name, known) or f"the fields here are {', '.join(known)}"
                self.report("unknown-field", key, f"{what} has an unknown field {quoted(name)}", mend)

    @property
    def location(self) -> Location:
        """Where the mapping starts."""
        return self._location(self.node)

    def report(self, code: str, node: Node, message: str, mend: str) -> None:
        """Add a problem at a node."""
        self._problems.append(self.source.problem(code, node.line, node.column, message, mend))

    def report_field(self, code: str, name: str, message: str, mend: str) -> None:
        """Add a problem at a field, or at the mapping where the field isn't given."""
        pair = self.node.pairs.get(name)
        self.report(code, pair[0] if pair else self.node, message, mend)

    def report_item(self, code: str, name: str, index: int, message: str, mend: str) -> None:
        """Add a problem at an item of a list that `texts` has read."""
        place = self.places[f"{name}[{index}]"]
        self._problems.append(self.source.problem(code, place.line - 1, place.column - 1, message, mend))

    def text(self, name: str, *, prose: bool = True) -> str:
        """A text without spaces around it; empty where the field isn't given.

        Args:
            name: The field.
            prose: A # in it may be meant; false for an id and the like, behind which it begins a comment.
        """
        node = self._value(name, prose=prose)
        if isinstance(node, TextNode):
            self._check_cut(node, prose=prose)
            return node.value.strip()
        if node is not None:
            self._wrong(name, "a text", node)
        return ""

    def required(self, name: str, *, prose: bool = True) -> str:
        """A text that has to be there; the problem is reported where it isn't, and the text is empty. Arguments as in `text`."""
        value = self.text(name, prose=prose)
        pair = self.node.pairs.get(name)
        if not value and (pair is None or isinstance(pair[1], TextNode)):
            message = (
                f"the field {quoted(name)} of {self._what} is empty"
                if pair
                else f"{self._what} has no {quoted(name)}"
            )
            self.report_field(
                "missing-field",
                name,
                message,
                self._misspelt(name) or f"write `{name}:` and the text after it",
            )
        return value

    def _misspelt(self, name: str) -> str:
        """The sentence that mends a field's misspelt name; empty where the field is there, or nothing looks like it."""
        others = [other for other in self.node.pairs if other not in self._known]
        found = "" if name in self.node.pairs else closest(name, others)
        return f"write `{name}:` instead of `{found}:`" if found else ""

    def texts(self, name: str, *, prose: bool = True) -> tuple[str, ...]:
        """A list of texts without the empty ones; empty where the field isn't given. Arguments as in `text`."""
        node = self._value(name, prose=prose)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self._wrong(name, "a list of texts", node)
            return ()
        found: list[str] = []
        for item in node.items:
            if not isinstance(item, TextNode):
                self._wrong(name, "a text", item, item=True)
                continue
            value = item.value.strip()
            if value:
                self.places[f"{name}[{len(found)}]"] = self._location(item)
                found.append(value)
            else:
                message = f"an item of {quoted(name)} in {self._what} is empty"
                self.report("empty-text", item, message, "write its text, or remove the dash")
            self._check_cut(item, prose=prose)
        return tuple(found)

    def nodes(self, name: str) -> list[Node]:
        """The items of a list, whatever they are; empty where the field isn't given."""
        node = self._value(name)
        if isinstance(node, ListNode):
            return node.items
        if node is not None:
            self._wrong(name, "a list", node)
        return []

    def mapping(self, name: str, inside: Collection[str] = ()) -> MappingNode | None:
        """A mapping; None where the field isn't given.

        Args:
            name: The field.
            inside: What may stand in it, for the mend.
        """
        node = self._value(name)
        if isinstance(node, MappingNode):
            return node
        if node is not None:
            self._wrong(name, "a mapping", node, inside=inside)
        return None

    def mappings(self, name: str, what: str) -> Iterator[MappingNode]:
        """The items of a list of mappings, which are called `what`; others are reported."""
        for node in self.nodes(name):
            if isinstance(node, MappingNode):
                yield node
            else:
                self.whole = False
                self._problems.append(wrong_node(self.source, node, what))

    def below(self, name: str, what: str, known: Collection[str] = ()) -> Fields:
        """The fields of the mapping in a field, as in `Fields`; none where it isn't given."""
        node = self.mapping(name, known) or MappingNode(self.node.line, self.node.column)
        return Fields(self.source, node, what, known, self._problems)

    def whole_number(self, name: str) -> int | None:
        """A whole number from 0; None where the field isn't given."""
        value = self.text(name, prose=False)
        if value and not re.fullmatch(r"[0-9]{1,9}", value):
            message = f'expected a whole number in "{name}" of {self._what}, found {quoted(value)}'
            self.report_field("wrong-type", name, message, "write digits only, such as 12")
            return None
        return int(value) if value else None

    def flag(self, name: str) -> bool:
        """Whether a field says `true`; False where it isn't given."""
        value = self.text(name, prose=False)
        if value.lower() not in ("", "true", "false"):
            message = f'expected true or false in "{name}" of {self._what}, found {quoted(value)}'
            self.report_field("wrong-type", name, message, f"write `{name}: true`, or leave it out")
        return value.lower() == "true"

    def _value(self, name: str, *, prose: bool = False) -> Node | None:
        """A field's value, with its place noted; None where it isn't given or left empty."""
        pair = self.node.pairs.get(name)
        if pair is None:
            return None
        key, node = pair
        self.places[name] = self._location(key)
        if isinstance(node, TextNode) and node.plain and (not node.value or node.value in _NOTHING):
            self._check_cut(node, prose=prose)
            return None
        return node

    def _location(self, node: Node) -> Location:
        return Location(self.source.file, node.line + 1, node.column + 1)

    def _wrong(
        self, name: str, expected: str, node: Node, *, item: bool = False, inside: Collection[str] = ()
    ) -> None:
        self.whole = False
        where = f'as an item of "{name}"' if item else f'in "{name}"'
        message = f"expected {expected} {where} of {self._what}, found {_FOUND[type(node)]}"
        mend = _mend(expected, node, inside)
        if item:
            self.report("wrong-type", node, message, mend)
        else:
            self.report_field("wrong-type", name, message, mend)

    def _check_cut(self, node: TextNode, *, prose: bool) -> None:
        """Warn of a text that YAML reads otherwise than it looks: cut at a #, or run together with the next line."""
        if not node.plain:
            return
        comment = _COMMENT.match(self.source.text, node.end)
        if comment and prose:
            message = (
                f"everything from the # on is a comment, so the text ends before it: {quoted(node.value)}"
            )
            mend = "put the whole text in double quotes, or the comment on a line of its own"
            line, column = node.last_line, self._column(comment.end() - len(comment[0].lstrip()))
            self._problems.append(self.source.problem("comment-in-text", line, column, message, mend))
        for number in self._swallowed(node):
            message = "this line is read as part of the text above it"
            mend = "indent it like the item or field before it, with a space after the dash or colon"
            column = len(self.source.line(number)) - len(self.source.line(number).lstrip())
            self._problems.append(self.source.problem("swallowed-line", number, column, message, mend))

    def _swallowed(self, node: TextNode) -> Iterator[int]:
        for number in range(node.line + 1, node.last_line + 1):
            found = _ITEM_OR_FIELD.match(self.source.line(number))
            if found and (found["name"] is None or found["name"] in self._known):
                yield number

    def _column(self, offset: int) -> int:
        return offset - (self.source.text.rfind("\n", 0, offset) + 1)


def wrong_node(source: SourceText, node: Node, expected: str) -> Problem:
    """The problem of a node that is found where something else is expected."""
    message = f"expected {expected}, found {_FOUND[type(node)]}"
    return source.problem("wrong-type", node.line, node.column, message, _mend(expected, node))


def _mend(expected: str, node: Node, inside: Collection[str] = ()) -> str:
    if expected == "a text":
        if isinstance(node, MappingNode):
            curly = any(map(CURLY.match, node.pairs))
            straight = " (curly ones don't count)" if curly else ""
            return f"if this is a text with a colon in it, put the whole text in double quotes{straight}"
        return "if the text begins with [ or a dash, put the whole text in double quotes"
    if isinstance(node, TextNode) and _NO_SPACE.match(node.value):
        return "put a space after the colon"
    if expected.startswith("a list"):
        dash = other_dash(node.value) if isinstance(node, TextNode) else ""
        other = f"write the hyphen of the keyboard, `- `, where now there is `{dash} `"
        return other if dash else "put each item on a line of its own that starts with `- `"
    if inside:
        return f"write on the lines below it, indented, what it is for: {', '.join(f'`{name}:`' for name in inside)}"
    return "write lines such as `question: ...`, each a name, a colon, a space and a text"
