"""Text for Telegram: escaped, cut to its limits, its first sentence found. Pure."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

MAX_LABEL: Final = 60
"""Characters of a button; phones show about 40."""
_SENTENCE_END: Final = re.compile(r"[.?!…][\"'\u201d\u2019»)\]]*(?=\s)")


def escape(text: str) -> str:
    """Plain text as Telegram's HTML."""
    return html.escape(text, quote=True).replace("&#x27;", "'")


def plain(text: str) -> str:
    """Telegram's HTML as it reads, links reduced to their text."""
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


def split_answer(answer: str) -> tuple[str, str]:
    """An answer's first sentence, and the rest."""
    first_paragraph, _, rest = answer.strip().partition("\n\n")
    first_paragraph = " ".join(first_paragraph.split())
    found = _SENTENCE_END.search(first_paragraph)
    if found is None:
        return first_paragraph, rest.strip()
    more = first_paragraph[found.end() :].strip()
    return first_paragraph[: found.end()], "\n\n".join(part for part in (more, rest.strip()) if part)


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
    short = text.encode("utf-16-le")[: 2 * (room - 2)].decode("utf-16-le", "ignore")
    end = max(short.rfind(". "), short.rfind(".\n"))
    return (short[: end + 1] if end > room // 2 else short.rsplit(" ", 1)[0]) + " …"


def units(text: str) -> int:
    """Its length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
