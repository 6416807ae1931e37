"""Blocks in reading order -> the same blocks with the ids that entries cite.

`A1`, `A2` ... are paragraphs of the advisory's body and `Q1`, `Q2` ... what it quotes, each counted through the page. `C3` is
a reader's comment, `C3.1` the first reply to it, `C3.1.2` the second reply to that. A heading or a lead-in question has no id: it
goes with the next block of its own voice, which cannot be understood without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.importer.page import Block, BlockKind, Finding, Severity
from knowledge.model import Voice


@dataclass(slots=True)
class _Open:
    """A comment that the next block may reply to."""

    level: int
    block: Block
    last_child: int = 0


def number_blocks(blocks: Sequence[Block], depth: int) -> tuple[list[Block], list[Finding]]:
    """Give every block that can be cited its id, its lead, and the comment it replies to.

    Args:
        blocks: Blocks in reading order, as a reader of one form made them.
        depth: The deepest level of replies that gets an id of its own; deeper ones become siblings there.

    Returns:
        As many blocks in the same order, and what the thread's levels tell about missing comments.
    """
    numbering = _Numbering(depth)
    return [numbering.numbered(block) for block in _settled(blocks)], numbering.findings


def _settled(blocks: Sequence[Block]) -> list[Block]:
    """Take lines that only look like headings for paragraphs where no text follows: what heads nothing is a statement."""
    settled: list[Block] = []
    heads_text = False
    for block in reversed(blocks):
        if block.kind is BlockKind.HEADING and block.inferred and block.voice is None and not heads_text:
            settled.append(replace(block, kind=BlockKind.PARAGRAPH, voice=Voice.ADVISORY, inferred=""))
        else:
            settled.append(block)
        if block.kind not in (BlockKind.CAPTION, BlockKind.NOTICE):
            heads_text = not block.kind.in_thread
    return settled[::-1]


class _Numbering:
    """Counts while it walks down the page."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.findings: list[Finding] = []
        self._counts = {BlockKind.PARAGRAPH: 0, BlockKind.QUOTATION: 0}
        self._leads: list[Block] = []
        self._is_too_deep = False
        self._open = [_Open(0, Block(BlockKind.TITLE, "", 1))]
        """The comments from the top of the thread down to the last one, under a root for the page itself."""

    def numbered(self, block: Block) -> Block:
        if block.kind is BlockKind.HEADING:
            self._leads.append(block)
            return block
        if not block.kind.is_cited:
            return block
        lead = self._lead_for(block)
        if block.kind.in_thread:
            return self._comment(block)
        self._counts[block.kind] += 1
        letter = "Q" if block.kind is BlockKind.QUOTATION else "A"
        return replace(block, id=f"{letter}{self._counts[block.kind]}", lead=lead)

    def _lead_for(self, block: Block) -> str:
        """The headings waiting for this block; a quotation's own headings are quoted as well, and only those."""
        is_quotation = block.kind is BlockKind.QUOTATION
        fitting = [lead.text for lead in self._leads if (lead.voice is not None) == is_quotation]
        self._leads.clear()
        return "\n".join(fitting) if not block.kind.in_thread else ""

    def _comment(self, block: Block) -> Block:
        level = max(1, block.level)
        if level > self.depth:
            self._find_too_deep(block)
            level = self.depth
        while self._open[-1].level >= level:
            self._open.pop()
        above = self._open[-1]
        if level > above.level + 1:
            self._find_missing(block, above)
        # The written number is what readers of the page see, so a gap in it stays a gap in the ids.
        above.last_child = max(block.number, above.last_child + 1)
        parent = above.block.id
        number = f"{parent}.{above.last_child}" if parent else f"C{above.last_child}"
        kind = block.kind
        if kind is not BlockKind.PINGBACK:
            kind = BlockKind.REPLY if parent else BlockKind.COMMENT
        numbered = replace(block, kind=kind, id=number, parent=parent)
        self._open.append(_Open(level, numbered))
        return numbered

    def _find_missing(self, block: Block, above: _Open) -> None:
        if not above.block.id:
            message = "this reply stands under no comment: the comment it replies to is not shown"
        else:
            message = f"this reply stands two levels or more under {above.block.id}: a comment between them is not shown"
            # A comment whose number was lost looks like a further paragraph of the comment before it.
            if "\n\n" in above.block.text:
                message += (
                    f", or it is among the unnumbered paragraphs of {above.block.id} and is by somebody else"
                )
        mend = "Look at the thread on the page; where two people's words run together, let the gist say so."
        self._find(block, "level-skipped", message, mend)

    def _find_too_deep(self, block: Block) -> None:
        if not self._is_too_deep:
            self._is_too_deep = True
            message = f"replies are nested deeper than the {self.depth} levels that are numbered; from here on they stand on that level"
            self._find(
                block, "too-deep", message, "Nothing, where the thread reads well without its deepest levels."
            )

    def _find(self, block: Block, code: str, message: str, mend: str) -> None:
        self.findings.append(Finding(Severity.WARNING, block.position, code, message, mend))
