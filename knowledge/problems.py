"""Faults in a knowledge base as values, and the printers that show them."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from knowledge.texts import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from knowledge.places import Location

FRAGMENT_WIDTH: Final = 80
"""Characters of a fragment that are shown at most."""
_MOST_KNOWN: Final = 2000
"""Known words that are looked through for a suggestion."""
_SUGGEST_FROM: Final = 60
"""How alike (0 to 100) a known word must be to be suggested: lets `A31` suggest `A30`."""


class Severity(StrEnum):
    """Whether a knowledge base can be used in spite of a fault."""

    ERROR = "error"
    WARNING = "warning"


_ERRORS: Final = (
    "alias",
    "answer-too-long",
    "bad-id",
    "checklist-too-long",
    "control-character",
    "dangling-cite",
    "dangling-follow-up",
    "dangling-question",
    "dangling-related",
    "duplicate-id",
    "duplicate-key",
    "explicit-tag",
    "file-too-large",
    "key-not-text",
    "misplaced-urgent",
    "missing-field",
    "mixed-layout",
    "no-entries",
    "not-utf8",
    "second-checklist",
    "several-documents",
    "too-deep",
    "unknown-kind",
    "unknown-response",
    "unknown-voice",
    "unreadable-file",
    "wrong-type",
    "yaml-syntax",
)
_WARNINGS: Final = (
    "alike-phrasings",
    "bad-date",
    "bad-url",
    "checklist-differs",
    "comment-in-text",
    "curly-quotes",
    "dangling-parent",
    "duplicate-follow-up",
    "duplicate-phrasing",
    "duplicate-word",
    "empty-file",
    "empty-text",
    "few-phrasings",
    "idle-refusal",
    "invisible-character",
    "long-first-sentence",
    "mark-up",
    "missing-advice",
    "missing-disclaimer",
    "missing-file",
    "missing-language",
    "missing-translation",
    "no-first-sentence",
    "no-guardrail",
    "off-topic-phrasing",
    "other-language",
    "passage-not-in-source",
    "related-to-itself",
    "source-block-unmapped",
    "stale-fingerprint",
    "stolen-phrasing",
    "swallowed-line",
    "uncited-advice",
    "uncited-entry",
    "unknown-field",
    "unknown-file",
    "unknown-language",
    "unknown-placeholder",
    "unknown-topic",
    "unspoken-language",
)
CODES: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(_ERRORS, Severity.ERROR) | dict.fromkeys(_WARNINGS, Severity.WARNING)
)
"""Every code there is -> its severity. Each has a section in docs/problems.md and a case in tests/golden."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what is wrong and how to mend it."""

    code: str
    """In kebab case; one of `CODES`."""
    severity: Severity
    location: Location
    message: str
    fragment: str = ""
    """The offending piece on one line, control characters escaped; empty where there is none."""
    mend: str = ""
    caret: int = 0
    """Where in `fragment` the fault is, counted from 0."""


def problem(
    code: str, location: Location, message: str, *, fragment: tuple[str, int] = ("", 0), mend: str = ""
) -> Problem:
    """A problem with its code's severity; `fragment` comes from `excerpt`.

    Raises:
        KeyError: The code isn't in `CODES`.
    """
    return Problem(code, CODES[code], location, message, fragment[0], mend, fragment[1])


def shown(text: str) -> str:
    """A text with everything that can't be seen (control characters, odd spaces) written as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(text: str, width: int = 60) -> str:
    """A text on one line in double quotes, cut at `width` characters, for use in a message."""
    flat = shown(" ".join(text[: width * 4].split()))
    return f'"{flat[: width - 1]}…"' if len(flat) > width else f'"{flat}"'


def excerpt(text: str, at: int = 0) -> tuple[str, int]:
    """The line of a text around offset `at`, cut at `FRAGMENT_WIDTH`, and where in it `at` has gone."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    column = at - start
    # An escape is longer than its character, so the window is laid over the escaped line.
    before = shown(line[max(0, column - FRAGMENT_WIDTH) : column])
    whole = before + shown(line[column : column + FRAGMENT_WIDTH])
    caret = len(before)
    if len(whole) > FRAGMENT_WIDTH:
        first = max(0, min(caret - FRAGMENT_WIDTH // 2, len(whole) - FRAGMENT_WIDTH))
        window = whole[first : first + FRAGMENT_WIDTH]
        if first > 0:
            window = "…" + window[1:]
        if first + FRAGMENT_WIDTH < len(whole):
            window = window[:-1] + "…"
        whole, caret = window, caret - first
    return whole, caret


def closest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, or an empty text where none is like it."""
    best = process.extractOne(
        word.casefold(),
        list(islice(known, _MOST_KNOWN)),
        scorer=fuzz.ratio,
        processor=str.casefold,
        score_cutoff=_SUGGEST_FROM,
    )
    return best[0] if best else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence `did you mean "..."?` with the known word most like this one, or an empty text."""
    found = closest(word, known)
    return f'did you mean "{found}"?' if found else ""


def tidy(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without repetitions, in the order of the files."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda p: (p.location.file, p.location.line, p.location.column, p.code, p.message),
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of these makes a knowledge base unusable."""
    return any(p.severity is Severity.ERROR for p in problems)


def summary(problems: Sequence[Problem]) -> str:
    """One line that counts: `2 errors and 1 warning in 2 files`."""
    if not problems:
        return "no problems found"
    counts = Counter(p.severity for p in problems)
    parts = [counted(counts[s], s.value) for s in Severity if counts[s]]
    files = len({p.location.file for p in problems if p.location.file})
    return " and ".join(parts) + (f" in {counted(files, 'file')}" if files else "")


def as_text(problems: Sequence[Problem]) -> str:
    """For people: a head line, the fragment with a caret under it, the mend; the summary comes last."""
    return "\n".join([line for p in problems for line in _text_lines(p)] + [summary(problems), ""])


def _text_lines(p: Problem) -> Iterable[str]:
    place = f"{shown(str(p.location))}: " if p.location.file else ""
    yield f"{place}{p.severity} {p.code}: {shown(p.message)}"
    if p.fragment:
        yield f"    {p.fragment}"
        yield f"    {' ' * _width(p.fragment[: p.caret])}^"
    if p.mend:
        yield f"    mend: {shown(p.mend)}"


def as_github(problems: Sequence[Problem]) -> str:
    """For GitHub Actions: a workflow command for each problem, which shows beside the line in a review."""
    lines = []
    for p in problems:
        where = {"file": p.location.file, "line": p.location.line, "col": p.location.column}
        properties = {**(where if p.location.file else {}), "title": p.code}
        listed = ",".join(f"{name}={_github_property(str(value))}" for name, value in properties.items())
        body = _github_data("\n".join(filter(None, (p.message, p.mend))))
        lines.append(f"::{p.severity} {listed}::{body}")
    return "\n".join([*lines, summary(problems), ""])


def as_json(problems: Sequence[Problem]) -> str:
    """For programs: a list of objects whose keys don't change. ASCII only, so any terminal can take it."""
    objects = [
        {
            "code": p.code,
            "severity": p.severity.value,
            "file": p.location.file,
            "line": p.location.line,
            "column": p.location.column,
            "message": p.message,
            "fragment": p.fragment,
            "mend": p.mend,
        }
        for p in problems
    ]
    return json.dumps(objects, indent=2) + "\n"


PRINTERS: Mapping[str, Callable[[Sequence[Problem]], str]] = MappingProxyType(
    {"text": as_text, "github": as_github, "json": as_json}
)
"""Output format -> the function that prints it."""


def _width(text: str) -> int:
    """Terminal cells that a text takes: East Asian wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")
