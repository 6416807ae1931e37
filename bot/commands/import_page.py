"""`advisory-bot import`: an advisory's page -> passages.yaml and draft entries, and what doesn't add up."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from bot.commands.writing import written
from knowledge import files
from knowledge.importer import Finding, draft_entries, drafts_yaml, passages_yaml, read_page
from knowledge.model import Passage
from knowledge.problems import Problem, Severity, as_text
from knowledge.texts import counted

_UNREAD: Final = ("comment-in-text", "unknown-field", "unknown-file", "unknown-language")
"""Warnings of something that isn't read."""


def import_page(
    page: Path, *, to: Path | None = None, drafts_to: Path | None = None, text_to: Path | None = None
) -> int:
    """Read a page.

    Args:
        page: The page as text, HTML or WordPress JSON.
        to: A knowledge base whose passages.yaml is written; gists in it are kept. Printed where None.
        drafts_to: Where to write draft entries.
        text_to: Where to write the page's text, each passage under its id.

    Returns:
        0, or 1 where the page can't be read (in part), a file can't be written, or what its passages.yaml says would get lost.
    """
    data = _read(page)
    if data is None:
        return 1
    known, author, unread = _known(to)
    if unread:
        told = "what is written there would be lost, so nothing is written; mend it and import again"
        print(f"{as_text(unread)}\nadvisory-bot: {told}", file=sys.stderr)
        return 1
    imported = read_page(data, name=page.name, author=author)
    for finding in imported.findings:
        print(_told(page, finding), file=sys.stderr)
    if not imported.is_whole:
        print(f"advisory-bot: {page} could not be read whole; nothing is written", file=sys.stderr)
        return 1
    passages = passages_yaml(imported, known)
    for path, content in (
        (to / "passages.yaml" if to else None, passages),
        (drafts_to, drafts_yaml(draft_entries(imported))),
        (text_to, imported.as_numbered_text()),
    ):
        if path is None:
            continue
        if not written(path, content):
            return 1
        print(f"wrote {path}", file=sys.stderr)
    if to is None:
        print(passages, end="")
    cited = len(imported.passages)
    told = counted(cited, "passage")
    if cited > sum(1 for passage in known if passage.gist):
        told += "; write the gists that are empty"
        told += " (--text FILE gives what they are to tell)" if text_to is None else ""
    print(told, file=sys.stderr)
    return 0


def _read(page: Path) -> bytes | None:
    """A page's bytes; None, and it is said why, where there are none."""
    if re.match(r"https?:/", str(page), re.IGNORECASE):
        told = "nothing is fetched: save the page from your browser, and name the file"
    else:
        try:
            return files.read_page_file(page)
        except OSError as fault:
            told = f"{page} can't be read: {fault.strerror or fault}"
    print(f"advisory-bot: {told}", file=sys.stderr)
    return None


def _known(to: Path | None) -> tuple[list[Passage], str, list[Problem]]:
    """The passages that are there already, the page's author, and why some of what passages.yaml says isn't among them."""
    if to is None or not to.is_dir():
        return [], "", []
    loaded = files.load(to)
    unread = [
        problem
        for problem in loaded.problems
        if _is_passages(Path(problem.location.file), to)
        and (problem.severity is Severity.ERROR or problem.code in _UNREAD)
        # A gist that isn't written yet is what importing again is for.
        and not (problem.code == "missing-field" and '"gist"' in problem.message)
    ]
    return list(loaded.draft.passages.values()), loaded.draft.advisory.author, unread


def _is_passages(file: Path, to: Path) -> bool:
    return file.stem == "passages" and file.parent.resolve() == to.resolve()


def _told(page: Path, finding: Finding) -> str:
    return f"{page}:{finding.position}: {finding.severity} {finding.code}: {finding.message}\n    mend: {finding.mend}"
