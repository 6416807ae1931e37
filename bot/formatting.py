"""Text for Telegram: escaped, and cut to its limits. Pure."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

from knowledge.texts import units

MAX_TEXT: Final = 4096
"""UTF-16 code units of a message's text after its entities are parsed, as Telegram counts."""
MAX_TITLE: Final = 300
"""UTF-16 units that a title or an example may take of a message."""
MAX_NOTE: Final = 600
"""UTF-16 units that the disclaimer, the list of sources or a pointer elsewhere may take each."""
MAX_LABEL: Final = 60
"""Characters of a button; phones show about 40."""


def escape(text: str) -> str:
    """Plain text as Telegram's HTML."""
    return html.escape(text, quote=True).replace("&#x27;", "'")


def plain(text: str) -> str:
    """Telegram's HTML as it reads, links reduced to their text."""
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


@lru_cache(maxsize=1024)  # what many chats remember of their buttons is in memory once
def label(text: str) -> str:
    """A button's text, which a curator has written: cut at a word where it is long."""
    text = " ".join(text.split())
    if len(text) <= MAX_LABEL:
        return text
    return text[: MAX_LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def cut(text: str, room: int) -> str:
    """As much of a text as fits into `room` UTF-16 units, ended at a sentence or word."""
    if units(text) <= room:
        return text
    if room <= len(" …"):
        return ""
    short = text.encode("utf-16-le", "surrogatepass")[: 2 * (room - 2)].decode("utf-16-le", "ignore")
    end = max(short.rfind(". "), short.rfind(".\n"))
    return (short[: end + 1] if end > room // 2 else short.rsplit(" ", 1)[0]) + " …"
