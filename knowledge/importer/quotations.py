"""Which blocks of plain text are quoted, though no mark is left to show it.

A quoted block on a page has a margin that plain text keeps as a wider gap at best. Two signs together are taken for one: a
paragraph ends in a colon, and what follows is set apart by more empty lines than usual, or stands in quotation marks. Where
the quotation starts with a heading it is read as headed sections of one paragraph each, and the first paragraph without a
heading of its own is the page's again, as is anything set apart anew. Without headings it is one paragraph. All of this is
inferred, and so is that the words are an agency's; a finding says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.importer import shapes
from knowledge.importer.page import Block, BlockKind, Finding, Severity
from knowledge.model import Voice


def mark_quotations(blocks: Sequence[Block], set_apart: Collection[int]) -> tuple[list[Block], list[Finding]]:
    """Turn paragraphs that are quoted into quotations, and give their headings the quoted voice.

    Args:
        blocks: The blocks of a page's body, in reading order.
        set_apart: Positions of the blocks with more than the usual gap before them.

    Returns:
        As many blocks, and a finding for every quotation that was inferred.
    """
    marked = list(blocks)
    findings: list[Finding] = []
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.PARAGRAPH or not block.text.endswith(":"):
            continue
        length = _quoted_length(blocks, index + 1, set_apart)
        for quoted in range(index + 1, index + 1 + length):
            marked[quoted] = _as_quoted(blocks[quoted])
        if length:
            findings.append(_finding(blocks[index + 1], blocks[index + length]))
    return marked, findings


def _quoted_length(blocks: Sequence[Block], start: int, set_apart: Collection[int]) -> int:
    """How many blocks from `start` on belong to the quotation that the paragraph before introduces."""
    if start == len(blocks):
        return 0
    first = blocks[start]
    if first.kind is BlockKind.PARAGRAPH and shapes.is_in_quotes(first.text):
        return 1
    # A list is what a colon most often introduces, and it is the page's own.
    if first.position not in set_apart or shapes.is_list_item(first.text):
        return 0
    if first.kind is BlockKind.PARAGRAPH:
        return 1
    end = start
    while _is_headed_section(blocks, end) and (end == start or blocks[end].position not in set_apart):
        end += 2
    return end - start


def _is_headed_section(blocks: Sequence[Block], start: int) -> bool:
    if start + 1 >= len(blocks):
        return False
    heading, below = blocks[start], blocks[start + 1]
    # A lead-in question is the writer talking to the reader, so it ends what was quoted.
    is_heading = heading.kind is BlockKind.HEADING and not shapes.is_question_heading(heading.text)
    return is_heading and below.kind is BlockKind.PARAGRAPH


def _as_quoted(block: Block) -> Block:
    kind = BlockKind.QUOTATION if block.kind is BlockKind.PARAGRAPH else block.kind
    return replace(block, kind=kind, voice=Voice.AGENCY, inferred="introduced by a colon and set apart")


def _finding(first: Block, last: Block) -> Finding:
    where = f"line {first.position}" if first is last else f"lines {first.position} to {last.position}"
    message = f"{where} read as a quotation: a colon introduces it and it is set apart; it is taken for an agency's words"
    mend = "Check where the quotation ends and whose words it holds; where the reading is wrong, start its lines with '>' in the saved text."
    return Finding(Severity.INFO, first.position, "quotation-inferred", message, mend)
