"""`advisory-bot import`: an advisory's page -> passages.yaml and draft entries, and what doesn't add up."""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge import files
from knowledge.importer import Finding, draft_entries, drafts_yaml, passages_yaml, read_page
from knowledge.model import Passage
from knowledge.texts import counted


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
        0, or 1 where the page can't be read (in part) or a file can't be written.
    """
    try:
        data = files.read_page_file(page)
    except OSError as fault:
        return _failed(page, "read", fault)
    known, author = _known(to)
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
        try:
            files.write_text(path, content)
        except OSError as fault:
            return _failed(path, "written", fault)
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


def _known(to: Path | None) -> tuple[list[Passage], str]:
    """The passages that are there already, and the page's author."""
    if to is None or not to.is_dir():
        return [], ""
    draft = files.load(to).draft
    return (list(draft.passages.values()), draft.advisory.author) if draft else ([], "")


def _told(page: Path, finding: Finding) -> str:
    return f"{page}:{finding.position}: {finding.severity} {finding.code}: {finding.message}\n    mend: {finding.mend}"


def _failed(path: Path, verb: str, fault: OSError) -> int:
    print(f"advisory-bot: {path} can't be {verb}: {fault.strerror or fault}", file=sys.stderr)
    return 1
