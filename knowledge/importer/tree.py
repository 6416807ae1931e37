"""HTML -> a light tree of elements, bounded in depth and size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from knowledge.importer.tags import Close, Open, tokens

_DEEPEST: Final = 150
"""Levels of elements; what is nested deeper hangs from this level, its text intact."""
_VOID: Final = frozenset(
    re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr"),
)
_INLINE: Final = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong"
        " sub sup time tt u var",
    )
)
_LISTS: Final = frozenset({"ol", "ul", "menu"})


@dataclass(slots=True)
class Node:
    """An element with its attributes and what it holds."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The words of its `class` attribute."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def is_inline(self) -> bool:
        """Whether it is part of a line of text."""
        return self.name in _INLINE

    @property
    def is_list(self) -> bool:
        """Whether its items are `li` elements."""
        return self.name in _LISTS

    def elements(self) -> Iterator[Node]:
        """Its own elements, without the text between them."""
        return (child for child in self.children if isinstance(child, Node))

    def descendants(self, *, not_into: Iterable[Node] = ()) -> Iterator[Node]:
        """Every element below it in document order, without those given and what is in them."""
        closed = {id(node) for node in not_into}
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if id(node) in closed:
                continue
            if node is not self:
                yield node
            waiting += reversed(list(node.elements()))


@dataclass(frozen=True, slots=True)
class Tree:
    """A page's root and whether all of the page is in it."""

    root: Node
    is_whole: bool


def parse(page: str, most_tags: int) -> Tree:
    """Build the tree of a page or of a fragment.

    Args:
        page: HTML, well-formed or not. End tags that may be left out are understood; those that close nothing are ignored.
        most_tags: After so many tags, reading stops.

    Returns:
        A root without a name, and whether the page ended before the limit.
    """
    builder = _Builder()
    count = 0
    for token in tokens(page):
        if isinstance(token, str):
            builder.top.children.append(token)
            continue
        count += 1
        if count > most_tags:
            return Tree(builder.root, is_whole=False)
        builder.add(token)
    return Tree(builder.root, is_whole=True)


class _Builder:
    """Keeps the elements that are open, from the root inwards."""

    def __init__(self) -> None:
        self.root = Node("")
        self._open = [self.root]
        self._too_deep = 0

    @property
    def top(self) -> Node:
        return self._open[-1]

    def add(self, token: Open | Close) -> None:
        if isinstance(token, Close):
            self._close(token.name)
            return
        self._imply_ends(token.name)
        node = Node(token.name, token.attributes)
        if len(self._open) > _DEEPEST and token.name not in _VOID:
            self._too_deep += 1
            return
        self.top.children.append(node)
        if token.name not in _VOID:
            self._open.append(node)

    def _close(self, name: str) -> None:
        if name in _VOID:
            return
        if self._too_deep:
            self._too_deep -= 1
            return
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].name == name:
                del self._open[index:]
                return
            # An end tag astray must not close what lies outside of its list item or cell.
            if self._open[index].name in ("li", "td", "th") and (name in _INLINE or name == "p"):
                return

    def _imply_ends(self, name: str) -> None:
        """Close the paragraph or list item that cannot go on once this element starts."""
        if name in _INLINE or name in _VOID - {"hr"}:
            return
        for index in range(len(self._open) - 1, 0, -1):
            node = self._open[index]
            if node.name == "p" or (name == "li" and node.name == "li"):
                del self._open[index:]
                if node.name == "li":
                    return
            elif node.name not in _INLINE and (name != "li" or node.name in _LISTS):
                return
