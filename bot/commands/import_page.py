"""`advisory-bot import`: an advisory's page -> passages.yaml and draft entries, and what doesn't add up."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.commands.writing import written
from knowledge import files
from knowledge.importer import Finding, ImportedPage, draft_entries, drafts_yaml, passages_yaml, read_page
from knowledge.model import Passage
from knowledge.pairing import pair_up
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
        to: A knowledge base whose passages.yaml is written; ids and gists in it are kept. Printed where None.
        drafts_to: Where to write draft entries. Somebody's work on drafts that are there already is never overwritten.
        text_to: Where to write the page's text, each passage under its id; an older one is overwritten.

    Returns:
        0, or 1 where the page can't be read (in part), a file can't be written, or what is written there would get lost.
    """
    data = _read(page)
    if data is None:
        return 1
    known, author, unread = _known(to)
    if unread:
        message = "what is written there would be lost, so nothing is written; mend it and import again"
        print(f"{as_text(unread)}\nadvisory-bot: {message}", file=sys.stderr)
        return 1
    imported = read_page(data, name=page.name, author=author, known=known)
    for finding in imported.findings:
        print(_in_lines(page, finding), file=sys.stderr)
    if not imported.is_whole:
        print(f"advisory-bot: {page} could not be read whole; nothing is written", file=sys.stderr)
        return 1
    passages, drafts = passages_yaml(imported, known), drafts_yaml(draft_entries(imported))
    if message := _lost(page, to, drafts_to, drafts, text_to):
        print(f"advisory-bot: {message}; nothing is written", file=sys.stderr)
        return 1
    outputs = (
        (to / "passages.yaml" if to else None, passages),
        (drafts_to, drafts),
        (text_to, imported.as_numbered_text()),
    )
    if not all(_put(path, content) for path, content in outputs if path):
        return 1
    if to is None:
        print(passages, end="")
    print(*_to_do(imported, known, has_text=text_to is not None), sep="\n", file=sys.stderr)
    return 0


def _put(path: Path, content: str) -> bool:
    """Write a file, and say so or why not."""
    if not written(path, content):
        return False
    print(f"wrote {path}", file=sys.stderr)
    return True


def _read(page: Path) -> bytes | None:
    """A page's bytes; None, with the reason printed, where there are none."""
    if re.match(r"https?:/", str(page), re.IGNORECASE):
        message = "nothing is fetched: save the page from your browser, and name the file"
    else:
        try:
            return files.read_page_file(page)
        except OSError as fault:
            message = f"{page} can't be read: {fault.strerror or fault}"
    print(f"advisory-bot: {message}", file=sys.stderr)
    return None


def _lost(page: Path, to: Path | None, drafts_to: Path | None, drafts: str, text_to: Path | None) -> str:
    """What would be lost by writing these files; empty for nothing."""
    named = [page, *filter(None, (to / "passages.yaml" if to else None, drafts_to, text_to))]
    places = [path.resolve() for path in named if path.is_file() or not path.exists()]
    twice = next((path for path in places if places.count(path) > 1), None)
    if twice is not None:
        return f"{twice.name} is named for two things; give each a file of its own"
    if text_to is not None and text_to.suffix in {".yaml", ".yml"} and text_to.is_file():
        return f"{text_to} is a file of a knowledge base; name another one for the page's text"
    if drafts_to is not None and drafts_to.is_file() and drafts_to.read_bytes() != drafts.encode("utf-8"):
        return f"{drafts_to} is there already, and what is written in it would be lost; name another file"
    return ""


def _to_do(page: ImportedPage, known: Sequence[Passage], *, has_text: bool) -> Iterator[str]:
    """What a curator has to look at again, the page being another than before, and what is to be written."""
    pairs = pair_up(page.passages, known)
    edited = [pair.passage.id for pair in pairs if pair.passage and pair.block and not pair.is_same_text]
    gone = [pair.passage.id for pair in pairs if pair.passage and not pair.block]
    if edited:
        yield f"edited on the page: {', '.join(edited)}; review the gists, and the entries that cite them"
    if gone:
        yield f"no longer on the page: {', '.join(gone)}; review the entries that cite them"
    message = counted(len(page.passages), "passage")
    if len(page.passages) > sum(1 for passage in known if passage.gist):
        message += "; write the gists that are empty"
        message += "" if has_text else " (--text FILE gives what they are to tell)"
    yield message


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


def _in_lines(page: Path, finding: Finding) -> str:
    return f"{page}:{finding.position}: {finding.severity} {finding.code}: {finding.message}\n    mend: {finding.mend}"
