"""What PyYAML tells of a file that isn't YAML, and what becomes of it: a fault with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.error import MarkedYAMLError


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where a file stops being YAML (line and column from 0), why, and how to mend it."""

    line: int
    column: int
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Clue:
    """What PyYAML tells: its wording, where it stopped, and where the thing it was reading began."""

    wording: str
    line: int
    column: int
    start_line: int
    start_column: int
    lines: Sequence[str]

    @classmethod
    def of(cls, error: MarkedYAMLError, lines: Sequence[str]) -> Clue:
        """What an exception tells, beside the file's lines without their ends."""
        mark = error.problem_mark or error.context_mark
        start = error.context_mark or mark
        return cls(
            f"{error.context or ''}; {error.problem or ''}",
            mark.line if mark else 0,
            mark.column if mark else 0,
            start.line if start else 0,
            start.column if start else 0,
            lines,
        )

    def text(self, line: int) -> str:
        """A line of the file; empty where there is none of that number."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    @property
    def before(self) -> str:
        """The line where it stopped, up to there."""
        return self.text(self.line)[: self.column]

    def says(self, *pieces: str) -> bool:
        """Whether its wording has one of these pieces."""
        return any(piece in self.wording for piece in pieces)

    def here(self, message: str, mend: str) -> SyntaxFault:
        """A fault where it stopped."""
        return SyntaxFault(self.line, self.column, message, mend)

    def at_start(self, message: str, mend: str) -> SyntaxFault:
        """A fault where the thing began that it was reading."""
        return SyntaxFault(self.start_line, self.start_column, message, mend)
