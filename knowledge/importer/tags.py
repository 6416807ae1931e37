"""HTML text -> a stream of tags and text, in time linear in its length.

`html.parser` takes quadratic time on pages with many unfinished tags. So the text is cut up here, and the parser sees one
finished tag of bounded length at a time. Comments, declarations and everything inside scripts, styles and templates are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_LONGEST_TAG: Final = 4_000
"""A longer tag keeps its name and loses its attributes; real ones of that length carry embedded data."""
_TAG_START: Final = re.compile(r"</?[a-zA-Z]")
_NAME: Final = re.compile(r"</?[a-zA-Z][^\s/>]{0,50}")
# Possessive, so that a quotation mark that is never closed fails at once.
_TAG: Final = re.compile(r"</?[a-zA-Z](?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
_UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "textarea", "select", "iframe", "title"}
)
_ENDS: Final = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in _UNSEEN}


@dataclass(frozen=True, slots=True)
class Open:
    """A start tag."""

    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Close:
    """An end tag."""

    name: str


Token = Open | Close | str
"""A tag, or a piece of text with its character references resolved."""


def tokens(page: str) -> Iterator[Token]:
    """Cut a page into tags and text, in order; malformed markup becomes text or is left out, as in a browser."""
    reader = _TagReader()
    quotes_close = True
    here = 0
    while here < len(page):
        start = page.find("<", here)
        if start < 0:
            start = len(page)
        if start > here:
            yield html.unescape(page[here:start])
        if start == len(page):
            return
        if page.startswith(("<!", "<?"), start):
            here = _after_declaration(page, start)
            continue
        if not _TAG_START.match(page, start):
            yield "<"
            here = start + 1
            continue
        found = _TAG.match(page, start) if quotes_close else None
        if found is None:
            # From here to the end some quotation mark is never closed, so none can be trusted any more. Trying
            # again at every tag would read the rest of the page each time.
            quotes_close = False
        end = found.end() if found else page.find(">", start) + 1 or len(page)
        tag = reader.read(page[start:end])
        here = end
        if isinstance(tag, Open) and tag.name in _UNSEEN:
            closing = _ENDS[tag.name].search(page, end)
            here = closing.start() if closing else len(page)
        if tag is not None:
            yield tag


def _after_declaration(page: str, start: int) -> int:
    """Where the text goes on after a comment, a declaration or a processing instruction."""
    if page.startswith("<!--", start):
        end = page.find("-->", start + 4)
        return end + 3 if end >= 0 else len(page)
    end = page.find(">", start)
    return end + 1 if end >= 0 else len(page)


class _TagReader(HTMLParser):
    """Reads single tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tag: Open | Close | None = None

    def read(self, tag: str) -> Open | Close | None:
        """Read one whole tag; None where nothing can be made of it."""
        if len(tag) > _LONGEST_TAG:
            name = _NAME.match(tag)
            tag = f"{name.group()}>" if name else ""
        self._tag = None
        self.reset()
        self.feed(tag)
        return self._tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = Open(tag, {name: value or "" for name, value in reversed(attrs)})

    def handle_endtag(self, tag: str) -> None:
        self._tag = Close(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A slash at the end means nothing in HTML: `<p/>` opens a paragraph.
        self.handle_starttag(tag, attrs)
