"""A page as plain text -> an outline: title, body and thread of comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.importer import shapes
from knowledge.importer.fingerprint import wording
from knowledge.importer.lines import Line, Stack, split_lines, stacked, usual, usual_gap
from knowledge.importer.page import QUOTED, Block, BlockKind, Finding, Outline, Severity
from knowledge.importer.quotations import mark_quotations
from knowledge.importer.thread import is_numbered, read_thread
from knowledge.model import Voice


def read_text(text: str) -> Outline:
    """Read a page that was saved or copied as plain text.

    Args:
        text: The page; newlines are its only line ends.

    Returns:
        Its blocks in reading order. Where the page announces its comments, the numbered lines after that are the thread;
        a page without such a line has no thread.
    """
    lines = split_lines(text)
    if not lines:
        return Outline()
    header = _thread_header(lines)
    body_lines = lines if header is None else lines[:header]
    announced = None if header is None else shapes.announcement(lines[header].text)
    body = _Body(stacked(body_lines), announced.title if announced else "")
    blocks = list(body.read())
    findings = body.findings
    if header is not None:
        blocks.append(_notice(lines[header]))
        thread = read_thread(lines[header + 1 :])
        blocks += thread.blocks
        findings += thread.findings
    return Outline(
        blocks,
        findings,
        author=body.author,
        announced=announced.count if announced else None,
        announced_at=1 if header is None else lines[header].position,
    )


class _Body:
    """Reads the stacks above the thread; afterwards `findings` and `author` tell what else was seen."""

    def __init__(self, stacks: Sequence[Stack], announced_title: str) -> None:
        self.stacks = stacks
        self.announced_title = announced_title
        """The title as the comments' heading repeats it: it tells the title from a site's header above it."""
        self.findings: list[Finding] = []
        self.author = ""

    def read(self) -> Iterator[Block]:
        """Give the title, then every block under it."""
        start = self._title_index()
        for stack in self.stacks[:start]:
            yield from map(_notice, stack.lines)
        if start == len(self.stacks):
            return
        title, *rest = self.stacks[start].lines
        if not shapes.is_title(title.text):
            self._find(title.position, "no-title", "the page starts with prose: no title was saved with it")
            yield from self._prose(self.stacks[start:])
            return
        yield Block(BlockKind.TITLE, title.text, title.position)
        if self.announced_title and not _same_title(self.announced_title, title.text):
            message = (
                f"the comments' heading calls the page {self.announced_title!r}, its first line does not"
            )
            self._find(title.position, "title-differs", message)
        below = (Stack(tuple(rest)),) if rest else ()
        yield from self._prose([*below, *self.stacks[start + 1 :]])

    def _title_index(self) -> int:
        matching = (
            i for i, stack in enumerate(self.stacks) if _same_title(self.announced_title, stack.first.text)
        )
        return next(matching, 0) if self.announced_title else 0

    def _prose(self, stacks: Sequence[Stack]) -> Iterator[Block]:
        margin = usual((stack.first.indent for stack in stacks), default=0)
        blocks: list[Block] = []
        set_apart: set[int] = set()
        wide = usual_gap(stacks) + 1
        for stack in stacks:
            if stack.first.gap >= wide:
                set_apart.add(stack.first.position)
            blocks += self._classified(stack, margin)
        marked, findings = mark_quotations(blocks, set_apart)
        self.findings += findings
        yield from marked

    def _classified(self, stack: Stack, margin: int) -> Iterator[Block]:
        first, text = stack.first, stack.text
        if all(line.text.startswith(">") for line in stack.lines):
            quoted = "\n".join(line.text.lstrip("> ") for line in stack.lines).strip()
            if quoted:
                yield Block(BlockKind.QUOTATION, quoted, first.position, Voice.AGENCY, QUOTED)
        elif all(shapes.is_notice(line.text) for line in stack.lines):
            names = [shapes.byline(line.text) for line in stack.lines]
            self.author = self.author or next(filter(None, names), "")
            yield from map(_notice, stack.lines)
        elif shapes.is_caption(text):
            message = f"{first.text!r} is taken for an image's text and left out"
            self._find(first.position, "caption-inferred", message, Severity.INFO)
            for line in stack.lines:
                yield Block(BlockKind.CAPTION, line.text, line.position)
        elif heading := shapes.marked_heading(text):
            yield Block(BlockKind.HEADING, heading, first.position, inferred="by its marks")
        elif len(stack.lines) == 1 and shapes.is_heading(text):
            yield Block(BlockKind.HEADING, text, first.position, inferred="by its shape")
        elif first.indent >= margin + 2 and not shapes.is_list_item(text):
            yield Block(BlockKind.QUOTATION, text, first.position, Voice.AGENCY, QUOTED)
        else:
            yield from self._paragraph(first.position, text)

    def _paragraph(self, position: int, text: str) -> Iterator[Block]:
        caption, rest = shapes.split_run_in_caption(text)
        if caption:
            yield Block(BlockKind.CAPTION, caption, position)
            message = (
                f"the first words, {caption!r}, are taken for an image's text that ran into the paragraph"
            )
            self._find(position, "caption-run-in", message, Severity.INFO)
        yield Block(BlockKind.PARAGRAPH, rest, position, Voice.ADVISORY)

    def _find(self, position: int, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        mend = "Look at the page; where the reading is wrong, mend the saved text and import it again."
        self.findings.append(Finding(severity, position, code, message, mend))


def _thread_header(lines: Sequence[Line]) -> int | None:
    """The index of the line that announces the comments.

    A page may show the count under its title as well, so the line right before a numbered one goes first; without any
    numbered line it is the last one.
    """
    announcing = [i for i, line in enumerate(lines) if i and shapes.announcement(line.text)]
    before_thread = (i for i in announcing if i + 1 < len(lines) and is_numbered(lines[i + 1]))
    return next(before_thread, announcing[-1] if announcing else None)


def _same_title(one: str, other: str) -> bool:
    return wording(one) == wording(other)


def _notice(line: Line) -> Block:
    return Block(BlockKind.NOTICE, line.text, line.position)
