"""Elements of HTML -> blocks of text, in the order in which a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from knowledge.importer import shapes
from knowledge.importer.page import QUOTED, Block, BlockKind
from knowledge.importer.tree import Node
from knowledge.model import Voice

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD: Final = frozenset({"b", "strong"})
_TABLES: Final = frozenset({"table", "tbody", "thead", "tfoot", "dl"})
_ROWS: Final = frozenset({"tr", "dt", "dd"})
_LEFT_OUT: Final = frozenset({"aside", "button", "footer", "form", "head", "nav"})
# Share bars, related posts and what is there for screen readers are no words of the article.
_LEFT_OUT_CLASSES: Final = frozenset(
    {
        "comment-author",
        "comment-awaiting-moderation",
        "comment-meta",
        "comment-metadata",
        "comment-reply-link",
        "commentmetadata",
    }
    | {
        "entry-footer",
        "entry-meta",
        "jp-relatedposts",
        "navigation",
        "post-navigation",
        "reply",
        "screen-reader-text",
        "sharedaddy",
        "vcard",
    }
)
_CAPTIONS: Final = frozenset({"wp-caption-text", "wp-element-caption"})
_EMOJI: Final = frozenset({"emoji", "wp-smiley"})


def body_blocks(content: Node, leave_out: Iterable[Node] = ()) -> Iterator[Block]:
    """Read an article's content; positions are left at 0.

    Args:
        content: The element that holds the article.
        leave_out: Elements in it that are not the article's: its title, the thread.
    """
    for block in _Flow(leave_out).blocks(content):
        if block.kind is BlockKind.PARAGRAPH and shapes.is_notice(block.text):
            yield replace(block, kind=BlockKind.NOTICE, voice=None)
        elif block.kind is BlockKind.PARAGRAPH and shapes.is_question_heading(block.text):
            yield replace(block, kind=BlockKind.HEADING, voice=None, inferred="by its shape")
        else:
            yield block


def paragraphs(content: Node, leave_out: Iterable[Node] = ()) -> str:
    """The text of a comment: its paragraphs, an empty line between them, without images."""
    blocks = _Flow(leave_out).blocks(content)
    return "\n\n".join(block.text for block in blocks if block.kind is not BlockKind.CAPTION)


def flat_text(node: Node) -> str:
    """All of an element's text on one line."""
    return " ".join(_lines([node]).split())


class _Flow:
    """Walks an element, leaving some out."""

    def __init__(self, leave_out: Iterable[Node]) -> None:
        self._leave_out = {id(node) for node in leave_out}

    def blocks(self, node: Node) -> Iterator[Block]:
        """The blocks of an element's children; text outside of any block element is a paragraph too."""
        run: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str) or self._is_text(child):
                run.append(child)
            elif not self._is_left_out(child):
                yield from _run(run)
                run = []
                yield from self._block(child)
        yield from _run(run)

    def _block(self, node: Node) -> Iterator[Block]:
        if node.name in _HEADINGS:
            yield from _one(BlockKind.HEADING, flat_text(node))
        elif node.name == "blockquote":
            for block in self.blocks(node):
                kind = BlockKind.QUOTATION if block.kind is BlockKind.PARAGRAPH else block.kind
                yield replace(block, kind=kind, voice=Voice.AGENCY, inferred=QUOTED)
        elif node.name == "figcaption" or node.classes & _CAPTIONS:
            yield from _one(BlockKind.CAPTION, flat_text(node))
        elif node.is_list:
            items = [flat_text(item) for item in node.elements() if not self._is_left_out(item)]
            marks = [f"{number}. " if node.name == "ol" else "" for number in range(1, len(items) + 1)]
            yield from _one(
                BlockKind.PARAGRAPH,
                "\n".join(mark + item for mark, item in zip(marks, items, strict=True) if item),
            )
        elif node.name in _TABLES:
            rows = (flat_text(row) for row in node.descendants() if row.name in _ROWS)
            yield from _one(BlockKind.PARAGRAPH, "\n".join(filter(None, rows)))
        elif node.name == "p" and _is_bold(node) and shapes.is_heading(flat_text(node)):
            yield from _one(BlockKind.HEADING, flat_text(node), inferred="by its shape")
        else:
            yield from self.blocks(node)

    def _is_text(self, node: Node) -> bool:
        """Whether an element belongs to a line of text: an inline one without blocks in it."""
        if node.name in ("br", "img"):
            return True
        return (
            node.is_inline
            and not self._is_left_out(node)
            and all(inner.is_inline or inner.name in ("br", "img") for inner in node.descendants())
        )

    def _is_left_out(self, node: Node) -> bool:
        return (
            id(node) in self._leave_out
            or node.name in _LEFT_OUT
            or not node.classes.isdisjoint(_LEFT_OUT_CLASSES)
        )


def _run(run: list[Node | str]) -> Iterator[Block]:
    """A run of text and inline elements: its images' alternative texts, then its words."""
    for node in run:
        if isinstance(node, Node):
            for image in (node, *node.descendants()):
                if image.name == "img" and not image.classes & _EMOJI:
                    yield from _one(BlockKind.CAPTION, " ".join(image.attributes.get("alt", "").split()))
    lines = (" ".join(line.split()) for line in _lines(run).split("\n"))
    yield from _one(BlockKind.PARAGRAPH, "\n".join(filter(None, lines)))


def _one(kind: BlockKind, text: str, inferred: str = "") -> Iterator[Block]:
    if text:
        yield Block(kind, text, 0, Voice.ADVISORY if kind is BlockKind.PARAGRAPH else None, inferred)


def _lines(run: Iterable[Node | str]) -> str:
    """Text with a newline for every line break of the page and a space for every one of the file."""
    parts: list[str] = []
    waiting: list[Node | str] = list(run)[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(" ".join(item.split("\n")))
        elif item.name == "br":
            parts.append("\n")
        elif item.name == "img":
            parts.append(item.attributes.get("alt", "") if item.classes & _EMOJI else "")
        elif item.name not in _LEFT_OUT:
            # Words of neighbouring cells and items must not grow together.
            waiting += [*([] if item.is_inline else [" "]), *reversed(item.children)]
            parts.append("" if item.is_inline else " ")
    return "".join(parts)


def _is_bold(node: Node) -> bool:
    filled = [child for child in node.children if isinstance(child, Node) or child.strip()]
    return bool(filled) and all(isinstance(child, Node) and child.name in _BOLD for child in filled)
