"""A file's bytes -> its text and form; what is wrong with the bytes comes back as findings."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Final

from knowledge.importer.page import Finding, Form, Limits, Severity

# Anything but tab and newline among the control characters has no meaning in a page and breaks YAML and terminals.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
# Only what every editor counts as a line: a position must be the number that a curator sees.
_LINE_ENDS: Final = re.compile(r"\r\n?")
_HTML_START: Final = re.compile(
    r"(?:<\?xml[^<]*|<!--[^<]*|\s)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|ol)\b",
    re.IGNORECASE,
)
_SUFFIXES: Final = {".html": Form.HTML, ".htm": Form.HTML, ".xhtml": Form.HTML, ".json": Form.JSON}


def decode(data: bytes, limits: Limits) -> tuple[str, list[Finding]]:
    """Decode a file, strictly where possible.

    Args:
        data: The file's bytes; UTF-8, or UTF-16 with a byte-order mark.
        limits: A file over `limits.size` or `limits.lines` is not read at all, since half a page would make a wrong map.

    Returns:
        The text with newlines as the only line ends and no control characters, and the findings.
    """
    if len(data) > limits.size:
        return "", [_too_large(f"{len(data):,} bytes", limits.size)]
    findings: list[Finding] = []
    text = _decode(data, findings)
    text = _LINE_ENDS.sub("\n", text)
    lines = text.count("\n") + 1
    if lines > limits.lines:
        return "", [*findings, _too_large(f"{lines:,} lines", limits.lines)]
    first = _CONTROLS.search(text)
    if first is None:
        return text, findings
    line = text.count("\n", 0, first.start()) + 1
    cleaned, removed = _CONTROLS.subn("", text)
    message = f"{removed} control characters were left out, the first on this line"
    mend = "Check that the file is a page of text and not a program's own format."
    findings.append(Finding(Severity.WARNING, line, "control-characters", message, mend))
    return cleaned, findings


def detect_form(text: str, name: str) -> Form:
    """Tell a page's form by its start where that is unmistakable, else by the file's name."""
    start = text[:4_000].lstrip("\ufeff \t\n")
    suffix = _SUFFIXES.get(PurePath(name).suffix.lower())
    if _HTML_START.match(start):
        return Form.HTML
    if suffix is not None:
        return suffix
    # A plain-text page may start with a bracket too, so a name that says text wins here.
    if start[:1] in ("{", "[") and PurePath(name).suffix.lower() != ".txt":
        return Form.JSON
    return Form.TEXT


def _decode(data: bytes, findings: list[Finding]) -> str:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode(encoding, errors="replace")
        # A replacement character may also have been typed; the count is of what a reader will see.
        message = f"the file is not valid {encoding[:6].upper().rstrip('-')}: {text.count(chr(0xFFFD))} unreadable places, the first on this line"
        mend = "Save the page as UTF-8 and import it again; passages with unreadable places get a wrong fingerprint."
        findings.append(Finding(Severity.WARNING, line, "bad-encoding", message, mend))
        return text


def _too_large(size: str, limit: int) -> Finding:
    message = f"the file has {size}, more than the {limit:,} that are read"
    mend = "Save only the article and its comments, without scripts and images, and import that."
    return Finding(Severity.ERROR, 1, "too-large", message, mend)
