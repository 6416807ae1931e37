"""Exception -> text for a log. While an update is handled, without what an unknown exception says: it may be somebody's words."""

from __future__ import annotations

import traceback
from typing import Final

_OWN_WORDS: Final = ("bot", "knowledge", "telegram")
"""Packages whose exceptions speak in their own words, or in Telegram's."""


def whole(error: BaseException) -> str:
    """As Python shows it."""
    return "".join(traceback.format_exception(error)).rstrip("\n")


def bare(error: BaseException) -> str:
    """The way through the code, and the kinds of the exceptions; their texts only where they can't be anybody's words."""
    return "\n".join(_bare(error, set())).rstrip("\n")


def _bare(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    lines: list[str] = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        lines += [*_bare(before, seen), "", "which led to:", ""]
    lines.append("Traceback (most recent call last):")
    lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
    lines.append(_last_line(error))
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            if id(inner) not in seen:
                lines += ["", "in it:", "", *_bare(inner, seen)]
    return lines


def _last_line(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if kind.__module__.partition(".")[0] in _OWN_WORDS:
        return f"{name}: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"  # a system's own words; its file name may be made of anything
    return name
