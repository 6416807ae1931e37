"""Text -> its lines and stacks of lines, with the white space that tells a page's structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_TAB: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it."""

    position: int
    """Its number in the file, from 1."""
    indent: int
    """Columns of white space before it; a tab reaches to the next multiple of 4."""
    gap: int
    """Empty lines between the line before and this one."""
    text: str
    """Without white space around it, and with single spaces inside."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines with no empty line between them; never without a line."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """The line that tells position, indent and gap."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """The lines, parted by newlines."""
        return "\n".join(line.text for line in self.lines)


def split_lines(text: str) -> tuple[Line, ...]:
    """Every line that is not empty, with its indent and the gap before it."""
    found: list[Line] = []
    gap = 0
    for position, raw in enumerate(text.split("\n"), start=1):
        words = " ".join(raw.split())
        if not words:
            gap += 1
            continue
        expanded = raw.expandtabs(_TAB)
        found.append(Line(position, len(expanded) - len(expanded.lstrip()), gap, words))
        gap = 0
    return tuple(found)


def stacked(lines: Iterable[Line]) -> tuple[Stack, ...]:
    """Group lines at the empty lines between them."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap == 0 and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(Stack(tuple(group)) for group in groups)


def usual(numbers: Iterable[int], default: int) -> int:
    """The most frequent of some numbers, the smaller one of equals; the default where there are none."""
    counts = Counter(numbers)
    return min(counts, key=lambda number: (-counts[number], number), default=default)


def usual_gap(stacks: Sequence[Stack]) -> int:
    """How many empty lines part two stacks on this page; what is wider was set apart on purpose."""
    return usual((stack.first.gap for stack in stacks[1:]), default=1)
