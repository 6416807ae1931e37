"""A page as HTML -> an outline, read by the markup that WordPress and the themes made for it use.

The article is the element with the class `entry-content`, or the first `article`, `main` or `body`; comments are the `li`
of a list with the class `comment-list`, replies those of the lists inside. Whose comment it is stands in the markup: the
class `bypostauthor` marks the author's. Positions count the lines of the page as text (`ImportedPage.as_text`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from knowledge.importer import shapes
from knowledge.importer.flow import body_blocks, flat_text, paragraphs
from knowledge.importer.page import Block, BlockKind, Finding, Limits, Outline, Severity
from knowledge.importer.sheet import Sheet
from knowledge.importer.thread import is_pingback
from knowledge.importer.tree import Node, parse
from knowledge.model import Voice

_THREADS: Final = frozenset({"comment-list", "commentlist", "comments-list", "comment_list"})
_REPLIES: Final = frozenset({"children"})
_COMMENTS: Final = frozenset({"comment", "pingback", "trackback"})
_CONTENTS: Final = ("entry-content", "post-content", "article-content", "post-body")
_TITLES: Final = ("entry-title", "post-title", "article-title")
_COMMENT_TEXTS: Final = ("comment-content", "comment-text", "comment-entry", "comment-body")
_BY_AUTHOR: Final = "bypostauthor"
_LONGEST_NAME: Final = 100


def read_html(page: str, limits: Limits) -> Outline:
    """Read a page saved as HTML.

    Args:
        page: The page, or a part of it that holds the article.
        limits: How many tags are read.

    Returns:
        Its blocks in reading order; comments have the voice that the markup gives them, or none where it gives none.
    """
    tree = parse(page, limits.tags)
    threads = list(_outermost(tree.root, _THREADS))
    outside = list(tree.root.descendants(not_into=threads))
    title = _by_class(outside, _TITLES) or next((node for node in outside if node.name == "h1"), None)
    content = _by_class(outside, _CONTENTS) or _by_name(outside, ("article", "main", "body")) or tree.root
    count, announced = _announcement(outside)
    closed = next((node for node in _labels(outside) if shapes.is_closing(flat_text(node))), None)
    sheet = Sheet()
    if title is not None:
        sheet.add(Block(BlockKind.TITLE, flat_text(title), 0))
    framed = [node for node in (title, count, closed) if node is not None]
    sheet.extend(body_blocks(content, leave_out=[*threads, *framed]))
    announced_at = sheet.line if count is not None else 1
    if count is not None:
        sheet.add(Block(BlockKind.NOTICE, flat_text(count), 0))
    marks = any(_BY_AUTHOR in node.classes for thread in threads for node in thread.descendants())
    for thread in threads:
        sheet.extend(_comments(thread, 1, marks=marks))
    if closed is not None:
        sheet.add(Block(BlockKind.NOTICE, flat_text(closed), 0))
    return Outline(
        sheet.blocks,
        _unread(limits, is_whole=tree.is_whole),
        _author(outside),
        announced,
        announced_at,
    )


def _labels(nodes: Iterable[Node]) -> Iterator[Node]:
    """Elements with a line of text alone, such as the headings of a thread, wherever a theme puts them."""
    return (
        node for node in nodes if not node.is_inline and all(inner.is_inline for inner in node.elements())
    )


def _announcement(nodes: Iterable[Node]) -> tuple[Node | None, int | None]:
    """The element that announces the comments, and how many; one that names the page goes before a mere count."""
    found: tuple[Node | None, int | None] = (None, None)
    for node in _labels(nodes):
        read = shapes.announcement(flat_text(node))
        if read is not None and read.title:
            return node, read.count
        if read is not None and found[0] is None:
            found = node, read.count
    return found


def _comments(thread: Node, level: int, *, marks: bool) -> Iterator[Block]:
    """The comments of a list, each followed by the replies to it."""
    for item in thread.elements():
        if item.name != "li":
            continue
        replies = list(_outermost(item, _REPLIES | _THREADS))
        own = list(item.descendants(not_into=replies))
        content = _by_class(own, _COMMENT_TEXTS) or item
        text = paragraphs(content, leave_out=replies)
        name = _by_class(own, ("fn", "comment-author"))
        kind = BlockKind.REPLY if level > 1 else BlockKind.COMMENT
        if item.classes & {"pingback", "trackback"} or is_pingback(text):
            kind = BlockKind.PINGBACK
        voice = None
        if marks and kind is not BlockKind.PINGBACK:
            voice = Voice.AUTHOR_REPLY if _BY_AUTHOR in item.classes else Voice.READER
        author = flat_text(name).removesuffix("says:").strip()[:_LONGEST_NAME] if name else ""
        yield Block(kind, text, 0, voice, level=level, author=author)
        for inner in replies:
            yield from _comments(inner, level + 1, marks=marks)


def _outermost(root: Node, classes: frozenset[str]) -> Iterator[Node]:
    """The lists below a node that have one of some classes or hold comments, without the lists inside of those."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node is not root and node.is_list and _is_thread(node, classes):
            yield node
        else:
            waiting += reversed(list(node.elements()))


def _is_thread(node: Node, classes: frozenset[str]) -> bool:
    return bool(node.classes & classes) or any(
        item.name == "li" and item.classes & _COMMENTS for item in node.elements()
    )


def _by_class(nodes: Sequence[Node], classes: Iterable[str]) -> Node | None:
    """The first node with the first of some classes that any node has."""
    for name in classes:
        for node in nodes:
            if name in node.classes:
                return node
    return None


def _by_name(nodes: Sequence[Node], names: Iterable[str]) -> Node | None:
    for name in names:
        for node in nodes:
            if node.name == name:
                return node
    return None


def _author(nodes: Sequence[Node]) -> str:
    """The page's author: from its metadata, a link marked as the author's, or a name with an author's class."""
    for node in nodes:
        if node.name == "meta" and node.attributes.get("name", "").lower() == "author":
            return " ".join(node.attributes.get("content", "").split())[:_LONGEST_NAME]
    for node in nodes:
        if "author" in node.attributes.get("rel", "").split():
            return flat_text(node)[:_LONGEST_NAME]
    byline = _by_class(nodes, ("author", "byline"))
    text = flat_text(byline) if byline else ""
    return (shapes.byline(text) or text)[:_LONGEST_NAME]


def _unread(limits: Limits, *, is_whole: bool) -> list[Finding]:
    if is_whole:
        return []
    message = f"the page has more than {limits.tags:,} tags; what comes after them is not read"
    mend = "Save only the article and its comments, and import that."
    return [Finding(Severity.ERROR, 1, "too-many-tags", message, mend)]
