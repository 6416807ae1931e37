"""`advisory-bot review`: what people sent and what was decided on it, and the way of that into the files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot import settings
from bot.commands.database import tell
from bot.review.accepted import MOST
from bot.review.patch import from_yaml, patch_of, to_yaml
from bot.store.from_people import Suggestion, SuggestionState
from knowledge import files
from knowledge.merging import merge
from knowledge.model import LearnedPhrasing

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

    def show(found: Sequence[Suggestion]) -> None:
        if export is None:
            print(_listed(found), end="")
        elif export == STDOUT:
            print(to_yaml(patch_of(found)), end="")
        else:
            files.write_text(export, to_yaml(patch_of(found)))
            print(f"{export}: written")

    return tell(lambda store: store.suggestions(None, limit=2 * MOST), show, export)


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
        0, or 1 where something can't be read or written, or has to be put in by hand.
    """
    where = knowledge or settings.load().knowledge_dir or files.bundled()
    try:
        phrasings = from_yaml(patch.read_text(encoding="utf-8")).phrasings
        sources, _ = files.read(where)
        merged = merge(sources, phrasings)
        folder = where if where.is_dir() else where.parent
        for source in merged.changed:
            files.write_text(folder / source.name, source.data.decode("utf-8"))
    except OSError as fault:
        print(f"advisory-bot: {fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1
    except ValueError as fault:
        print(f"advisory-bot: {patch}: {fault}", file=sys.stderr)
        return 1
    print(f"{len(merged.added)} put in, {len(merged.known)} there already or of no entry")
    for source in merged.changed:
        print(f"  changed: {folder / source.name}")
    _print("to be put in by hand", merged.by_hand)
    return 1 if merged.by_hand else 0


def _print(title: str, phrasings: Sequence[LearnedPhrasing]) -> None:
    for one in phrasings:
        print(f"  {title}: {one.language}, {one.entry_id}: {one.text}")
