"""Texts that people will read: their length as messengers count it, and their first sentence. Pure."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_END: Final = re.compile(r"[.?!…][\"'\u201d\u2019»)\]]*(?=\s|$)")


def units(text: str) -> int:
    """The length of a text in UTF-16 code units; half a character, which nothing can show, counts as one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def counted(number: int, noun: str) -> str:
    """Such as `1 passage` or `2 passages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def split_answer(answer: str) -> tuple[str, str]:
    """An answer's first sentence, on one line, and the rest; the first paragraph where that has no sentence end."""
    first_paragraph, _, rest = answer.strip().partition("\n\n")
    first_paragraph = " ".join(first_paragraph.split())
    found = _SENTENCE_END.search(first_paragraph)
    end = found.end() if found else len(first_paragraph)
    more = first_paragraph[end:].strip()
    return first_paragraph[:end], "\n\n".join(part for part in (more, rest.strip()) if part)


def ends_as_sentence(text: str) -> bool:
    """Whether a text has a sentence end."""
    return _SENTENCE_END.search(text) is not None
