"""The way in: a page's bytes -> an imported page, whatever its form."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from knowledge.importer.decoding import decode, detect_form
from knowledge.importer.html_page import read_html
from knowledge.importer.numbering import number_blocks
from knowledge.importer.page import (
    DEFAULT_LIMITS,
    Block,
    Finding,
    Form,
    ImportedPage,
    Limits,
    Outline,
    Severity,
)
from knowledge.importer.text import read_text
from knowledge.importer.voices import settle_voices
from knowledge.importer.wordpress import read_json
from knowledge.model import Passage
from knowledge.pairing import ids_kept, pair_up
from knowledge.texts import counted

_READERS: Mapping[Form, Callable[[str, Limits], Outline]] = MappingProxyType(
    {Form.TEXT: lambda text, _limits: read_text(text), Form.HTML: read_html, Form.JSON: read_json}
)
_SEVERITIES: Final = tuple(Severity)
_MOST_NAMED: Final = 10
_LOOKED_AT: Final = 65_536


def read_page(
    data: bytes,
    *,
    name: str,
    author: str = "",
    known: Sequence[Passage] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> ImportedPage:
    """Read an advisory's page and number what can be cited on it.

    It never raises for what the page holds: what cannot be read, contradicts itself or had to be guessed is a finding.

    Args:
        data: The file: plain text, a WordPress-like HTML page, or a post with its comments from WordPress's REST interface.
        name: The file's name, which helps to tell the form and is otherwise not looked at.
        author: The name of the page's author, where the page doesn't tell.
        known: The passages written before. Entries cite them, so they keep their ids wherever they stand now.
        limits: How much is read.

    Returns:
        The page's blocks in reading order, numbered, and the findings.
    """
    text, findings = decode(data, limits)
    if PurePath(name).suffix.lower() in {".yaml", ".yml"}:
        message = "a YAML file is a part of a knowledge base, and no page"
        mend = "Name the page itself, saved as .txt, .html or .json."
        findings.append(Finding(Severity.ERROR, 1, "no-page", message, mend))
    elif _is_binary(data):
        message = "this is no text: an image, a PDF or a program's own format"
        mend = "Save the page from a browser as HTML, or copy its text into a .txt file."
        findings.append(Finding(Severity.ERROR, 1, "no-page", message, mend))
    form = detect_form(text, name)
    outline = _READERS[form](text, limits)
    findings += outline.findings
    author = author or outline.author
    blocks, levels = number_blocks(_within(outline.blocks, limits, findings), limits.depth)
    blocks = _as_known(blocks, known)
    blocks, guesses = settle_voices(blocks, author)
    findings += levels + guesses + _checked(blocks, outline, findings)
    findings.sort(key=lambda finding: (finding.position, _SEVERITIES.index(finding.severity)))
    return ImportedPage(tuple(blocks), tuple(findings), form, name, author, outline.announced)


def _as_known(blocks: Sequence[Block], known: Sequence[Passage]) -> list[Block]:
    ids = ids_kept(pair_up([block for block in blocks if block.id], known))
    return [
        replace(block, id=ids[block.id], parent=ids.get(block.parent, "")) if block.id else block
        for block in blocks
    ]


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding that is read: with NULs, and without the mark of UTF-16."""
    return data.startswith(b"%PDF-") or (
        b"\0" in data[:_LOOKED_AT] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    )


def _within(blocks: Sequence[Block], limits: Limits, findings: list[Finding]) -> Sequence[Block]:
    if len(blocks) <= limits.blocks:
        return blocks
    message = f"the page has {len(blocks):,} blocks; only the first {limits.blocks:,} are read"
    mend = "Check that the file is one page; import a longer one in parts."
    findings.append(Finding(Severity.ERROR, blocks[limits.blocks].position, "too-many-blocks", message, mend))
    return blocks[: limits.blocks]


def _checked(blocks: Sequence[Block], outline: Outline, findings: Sequence[Finding]) -> list[Finding]:
    """What the page as a whole says about itself that its blocks don't bear out."""
    found: list[Finding] = []
    shown = sum(block.kind.in_thread for block in blocks)
    if not any(block.id for block in blocks) and all(f.severity is not Severity.ERROR for f in findings):
        message = "no paragraph and no comment was found"
        mend = "Check that the file holds the article itself and not a page that loads it by script."
        found.append(Finding(Severity.ERROR, 1, "nothing-found", message, mend))
    empty = [block for block in blocks if block.id and not block.text]
    if empty:
        message = f"no text was found in {', '.join(block.id for block in empty[:_MOST_NAMED])}"
        mend = "Look at the page; a comment of an image alone needs a gist that says so."
        found.append(Finding(Severity.WARNING, empty[0].position, "no-text", message, mend))
    if outline.announced is not None and outline.announced != shown:
        code = "comments-missing" if shown < outline.announced else "comments-surplus"
        message = f"the page announces {counted(outline.announced, 'comment')} and shows {shown}"
        mend = "Open the page in a browser and count: a comment that passages.yaml lacks may be on another page of comments, or was saved run together with the one before. Add it to the saved page and import again."
        found.append(Finding(Severity.WARNING, outline.announced_at, code, message, mend))
    return found
