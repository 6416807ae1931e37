"""The comments of a plain-text page: numbered lines, replies by indentation.

A comment is a line such as `  3. Text`, and everything up to the next one belongs to it. A reply is indented further than
the comment it answers and numbered from 1 again. Comments hold numbers of their own, lists and years, so a numbered line
is a comment only where its number is the one due at its indentation: one or a few more than its sibling above, or 1 for
the first reply. The first line may be a commenter's name, as some themes print it (`Jane Doe says:`, and a date under it);
there, only such lines start a comment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.importer import shapes
from knowledge.importer.lines import Line, usual
from knowledge.importer.page import Block, BlockKind, Finding, Severity

_NUMBERED: Final = re.compile(r"(?P<number>\d{1,4})[.)](?: (?P<text>.*))?")
_SAYS: Final = re.compile(r"(?P<name>\S.{0,59}?) (?:says|said|wrote):?")
_DATED: Final = re.compile(
    r"[^\W\d_]{3,12}\.? \d{1,2}, \d{4}(?: (?:at )?\d{1,2}:\d{2}(?: ?[ap]m)?)?", re.IGNORECASE
)
_REPLY_LINK: Final = re.compile(r"(?:reply|log in to reply|reply to this comment|↓)", re.IGNORECASE)
_PINGBACK: Final = re.compile(r"(?:pingback|trackback):", re.IGNORECASE)
_MOST_NAMED: Final = 10
_LARGEST_SKIP: Final = 50
"""Comments can be hidden, so numbers may skip; by more than this, the number is somebody's year or page."""


@dataclass(slots=True)
class Thread:
    """What was found after the line that announces the comments."""

    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Comment:
    """A comment being read."""

    position: int
    indent: int
    number: int
    parent: _Comment | None
    lines: list[Line]
    level: int = 1


def is_numbered(line: Line) -> bool:
    """Whether a line starts with a number as comments do."""
    return _NUMBERED.fullmatch(line.text) is not None


def is_pingback(text: str) -> bool:
    """Whether a comment is a notice that another site links here."""
    return _PINGBACK.match(text) is not None


def read_thread(lines: Sequence[Line]) -> Thread:
    """Read comments and replies, then the notices after them.

    Args:
        lines: The lines below the one that announces the comments.

    Returns:
        Comments in reading order with level and number, and the lines around them as notices.
    """
    thread = Thread()
    start = next((i for i, line in enumerate(lines) if is_numbered(line)), len(lines))
    end = _thread_end(lines, start)
    thread.blocks += [Block(BlockKind.NOTICE, line.text, line.position) for line in lines[:start]]
    comments = _collect(lines[start:end], thread.findings)
    # Where a comment is missing, the one below it is indented two steps further; so the usual step is the measure.
    step = usual(
        (comment.indent - comment.parent.indent for comment in comments if comment.parent), default=1
    )
    for comment in comments:
        if comment.parent:
            levels = max(1, (comment.indent - comment.parent.indent) // step)
            comment.level = comment.parent.level + levels
        thread.blocks.append(_block(comment))
    thread.blocks += [Block(BlockKind.NOTICE, line.text, line.position) for line in lines[end:]]
    return thread


def _thread_end(lines: Sequence[Line], start: int) -> int:
    """The index of the first line after the thread.

    Text copied from a page can lose its indentation, so a line left of the list ends the thread only when no numbered line
    comes after it, and so does a notice; the notice that comments are closed ends it in any case.
    """
    if start == len(lines):
        return start
    margin = lines[start].indent
    last = max(i for i, line in enumerate(lines) if is_numbered(line))
    for i, line in enumerate(lines[start:], start):
        is_furniture = shapes.is_closing(line.text) or (i > last and shapes.is_notice(line.text))
        if (is_furniture and line.indent <= margin) or (i > last and line.indent < margin):
            return i
    return len(lines)


def _collect(lines: Sequence[Line], findings: list[Finding]) -> list[_Comment]:
    comments: list[_Comment] = []
    open_comments: list[_Comment] = []
    not_due: list[int] = []
    # A theme that prints names prints them over every comment, which tells comments from lists in them for certain.
    named = _starts_named(lines, 0)
    for index, line in enumerate(lines):
        found = _NUMBERED.fullmatch(line.text)
        text = (found and found["text"]) or ""
        fits = not named or _starts_named(lines, index) or is_pingback(text)
        if found and fits and _is_due(open_comments, line.indent, int(found["number"])):
            findings += _skipped(open_comments, line, int(found["number"]))
            while open_comments and open_comments[-1].indent >= line.indent:
                open_comments.pop()
            first = Line(line.position, line.indent, line.gap, text)
            parent = open_comments[-1] if open_comments else None
            open_comments.append(_Comment(line.position, line.indent, int(found["number"]), parent, [first]))
            comments.append(open_comments[-1])
            continue
        if found:
            not_due.append(line.position)
        if open_comments:
            open_comments[-1].lines.append(line)
    if not_due:
        findings.append(_not_due(not_due))
    return comments


def _is_due(open_comments: Sequence[_Comment], indent: int, number: int) -> bool:
    """Whether a number is the one that the next comment at this indentation would have."""
    for above in reversed(open_comments):
        if above.indent == indent:
            return above.number < number <= above.number + _LARGEST_SKIP
        if above.indent < indent:
            return number == 1
    return not open_comments


def _starts_named(lines: Sequence[Line], index: int) -> bool:
    """Whether a numbered line holds a commenter's name, as the date under it proves."""
    if index + 1 >= len(lines):
        return False
    found = _NUMBERED.fullmatch(lines[index].text)
    return found is not None and _is_named(found["text"] or "", lines[index + 1])


def _is_named(text: str, below: Line) -> bool:
    # Without the date it may be the comment itself: "The doctor says:" introduces something as well.
    return _SAYS.fullmatch(text) is not None and _DATED.fullmatch(below.text) is not None


def _not_due(positions: Sequence[int]) -> Finding:
    where = ", ".join(map(str, positions[:_MOST_NAMED])) + (
        " and more" if len(positions) > _MOST_NAMED else ""
    )
    message = f"numbers that start no comment of the thread were read as parts of comments; on lines {where}"
    mend = "Look at the page; where one is a comment of its own, correct its number or indentation in the saved text."
    return Finding(Severity.INFO, positions[0], "number-not-due", message, mend)


def _skipped(open_comments: Sequence[_Comment], line: Line, number: int) -> list[Finding]:
    sibling = next((above for above in open_comments if above.indent == line.indent), None)
    due = sibling.number + 1 if sibling else 1
    if number == due:
        return []
    message = f"this comment has the number {number} where {due} was due: a comment before it is not shown"
    mend = "Look for the missing comment on the page and add it to the saved text, or leave the gap."
    return [Finding(Severity.WARNING, line.position, "number-skipped", message, mend)]


def _block(comment: _Comment) -> Block:
    name, lines = _without_frame(comment.lines)
    text = "".join(("\n\n" if line.gap else "\n") + line.text for line in lines).strip()
    kind = BlockKind.REPLY if comment.level > 1 else BlockKind.COMMENT
    if is_pingback(text):
        kind = BlockKind.PINGBACK
    return Block(kind, text, comment.position, level=comment.level, number=comment.number, author=name)


def _without_frame(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """Take the name, the date and the reply link off a comment's lines, where a theme printed them."""
    kept = [line for line in lines if line.text and not _REPLY_LINK.fullmatch(line.text)]
    if len(kept) < 2 or not _is_named(kept[0].text, kept[1]):
        return "", kept
    return _SAYS.sub(r"\g<name>", kept[0].text), kept[2:]
