"""Blocks without lines of their own, laid out as the text that positions refer to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from knowledge.importer.page import Block


class Sheet:
    """Gives blocks from HTML and JSON the positions that they have in `ImportedPage.as_text`: one blank line apart."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line = 1
        """The line that the next block starts on."""

    def add(self, block: Block) -> Block:
        """Put a block on the next free line and give it back with its position."""
        placed = replace(block, position=self.line)
        self.blocks.append(placed)
        self.line += block.text.count("\n") + 2
        return placed

    def extend(self, blocks: Iterable[Block]) -> None:
        """Add several blocks."""
        for block in blocks:
            self.add(block)
