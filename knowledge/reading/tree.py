"""What the YAML reader makes of a file: nodes that know where they are written, and the text they are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from knowledge.places import Location
from knowledge.problems import excerpt, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.problems import Problem


_FIELD: Final = re.compile(r"(?P<indent> *)(?P<item>- +)?[a-z-]+:(?:\s|$)")
"""A line with the name of a field, which may begin an entry or another item of a list."""


@dataclass(slots=True)
class TextNode:
    """A text as written, whatever it looks like; `line` and `column` count from 0."""

    line: int
    column: int
    value: str
    plain: bool
    """Written without quotes and not as a block."""
    last_line: int
    end: int
    """Offset in the file's text just after it."""


@dataclass(slots=True)
class ListNode:
    """A list; `line` and `column` count from 0."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MappingNode:
    """`name: value` pairs by name, in file order; `line` and `column` count from 0."""

    line: int
    column: int
    pairs: dict[str, tuple[TextNode, Node]] = field(default_factory=dict)


Node: TypeAlias = TextNode | ListNode | MappingNode


class SourceText:
    """A file's text, which knows how to point at a place in itself.

    Attributes:
        file: The name shown to people.
        text: The content, decoded.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines without their ends, split where an editor would split them."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def line(self, number: int) -> str:
        """A line by its number from 0; empty where there is no such line."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def from_next_entry(self, after: int) -> SourceText | None:
        """The text from the next item of the file's first list of entries on, to the end of that list, every line at its number.

        Args:
            after: The line, from 0, below which the item is to begin.

        Returns:
            None where no item begins there.
        """
        first = next((found for line in self.lines if (found := _FIELD.match(line)) and found["item"]), None)
        if first is None:
            return None
        depth = len(first["indent"])
        below = range(after + 1, len(self.lines))
        fields = [(number, found) for number in below if (found := _FIELD.match(self.lines[number]))]
        start = next((n for n, field in fields if field["item"] and len(field["indent"]) == depth), None)
        if start is None:
            return None
        end = next((n for n, field in fields if n > start and len(field["indent"]) < depth), len(self.lines))
        return SourceText(self.file, "\n" * start + "\n".join(self.lines[start:end]))

    def problem(self, code: str, line: int, column: int, message: str, mend: str = "") -> Problem:
        """A problem at a line and column, both counted from 0, showing that line."""
        fragment = excerpt(self.line(line), min(column, len(self.line(line))))
        return problem(code, Location(self.file, line + 1, column + 1), message, fragment=fragment, mend=mend)
