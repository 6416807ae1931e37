"""`advisory-bot review`: what people sent, what was decided on it, and putting that into the files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot import settings
from bot.commands.database import tell
from bot.commands.writing import written
from bot.review.patch import patch_of
from bot.store.from_people import Suggestion, SuggestionState
from knowledge import files
from knowledge.merging import merge
from knowledge.model import LearnedPhrasing
from knowledge.patch import from_yaml, to_yaml
from knowledge.problems import as_text, did_you_mean, has_errors
from knowledge.yaml_reader import SourceFile

STDOUT: Final = Path("-")
_STATES: Final = {
    SuggestionState.OPEN: "waiting",
    SuggestionState.TAKEN: "phrasing of",
    SuggestionState.WANTED: "entry wanted",
    SuggestionState.DECLINED: "off topic",
}


def review(*, export: Path | None = None) -> int:
    """List all, or write what was decided on as a patch.

    Args:
        export: Where to write it; `STDOUT` for standard output, None to list.

    Returns:
        0, or 1 where the database can't be used or the file can't be written.
    """

    def show(found: Sequence[Suggestion]) -> bool:
        if export is None:
            print(_listed(found), end="")
        elif export == STDOUT:
            print(to_yaml(patch_of(found)), end="")
        elif written(export, to_yaml(patch_of(found))):
            print(f"{export}: written")
        else:
            return False
        return True

    return tell(lambda store: store.suggestions(None, limit=None), show)


def _listed(found: Sequence[Suggestion]) -> str:
    if not found:
        return "nothing was sent\n"
    lines = []
    for state, name in _STATES.items():
        for one in found:
            if one.state is state:
                day = datetime.fromtimestamp(one.created, UTC).date().isoformat()
                lines.append(f"{one.number:>6}  {day}  {f'{name} {one.entry_id}'.strip()}: {one.text}\n")
    return "".join(lines)


def merge_patch(patch: Path, *, knowledge: Path | None = None) -> int:
    """Put a patch's phrasings into the files of a knowledge base, each below its entry's last one.

    Args:
        patch: As `--export` writes it.
        knowledge: The knowledge base; as the settings name it, else the bundled one.

    Returns:
        0, or 1 where something can't be read or written, has to be put in by hand or belongs to no entry.
    """
    where = knowledge or settings.load().knowledge_dir or files.bundled()
    try:
        decided, problems = from_yaml(SourceFile(str(patch), patch.read_bytes()))
        if problems:
            print(f"advisory-bot: {patch}: it can't be used\n{as_text(problems)}", end="", file=sys.stderr)
            return 1
        sources, unread = files.read(where)
        if has_errors(unread):
            print(f"advisory-bot: {where}: it can't be read\n{as_text(unread)}", end="", file=sys.stderr)
            return 1
        merged = merge(sources, decided.phrasings)
        folder = where if where.is_dir() else where.parent
        for source in merged.changed:
            if not written(folder / source.name, source.data):
                return 1
    except OSError as fault:
        print(f"advisory-bot: {fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1
    except ValueError as fault:
        print(f"advisory-bot: {where}: {fault}; run: advisory-bot check", file=sys.stderr)
        return 1
    print(f"{len(merged.added)} put in, {len(merged.known)} there already, {len(merged.unknown)} of no entry")
    for source in merged.changed:
        print(f"  changed: {folder / source.name}")
    for one in merged.by_hand:
        print(f"  to be put in by hand: {_named(one)}")
    entries = files.load(where).draft.entries if merged.unknown else {}
    for one in merged.unknown:
        there = entries.get(one.language, {})
        print(f"  of no entry: {_named(one)}  {did_you_mean(one.entry_id, there)}".rstrip())
    return 1 if merged.by_hand or merged.unknown else 0


def _named(phrasing: LearnedPhrasing) -> str:
    return f"{phrasing.language}, {phrasing.entry_id}: {phrasing.text}"
