"""What the YAML reader makes of a file: nodes that know where they are written, and the text they are written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from knowledge.places import Location
from knowledge.problems import excerpt, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.problems import Problem


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

    def problem(self, code: str, line: int, column: int, message: str, mend: str = "") -> Problem:
        """A problem at a line and column, both counted from 0, showing that line."""
        fragment = excerpt(self.line(line), min(column, len(self.line(line))))
        return problem(code, Location(self.file, line + 1, column + 1), message, fragment=fragment, mend=mend)
