"""New phrasings -> the YAML files of a knowledge base, nothing else in them changed. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from knowledge.learned import with_learned
from knowledge.loader import load
from knowledge.model import Entry, KnowledgeBase, LearnedPhrasing
from knowledge.places import NOWHERE
from knowledge.yaml_reader import SourceFile

_ITEM: Final = re.compile(r"( *)- ")
_Files: TypeAlias = dict[str, SourceFile]
_Part: TypeAlias = tuple[Entry, list[LearnedPhrasing]]
"""An entry and what it is to gain."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it.

    Attributes:
        changed: The files that are others now.
        added: The phrasings that stand in them.
        known: Those that some entry has already.
        unknown: Those that belong to no entry of their language.
        by_hand: Those that can't be put in like this: where an entry has no list of phrasings yet, or one in a form of its own.
    """

    changed: tuple[SourceFile, ...]
    added: tuple[LearnedPhrasing, ...]
    known: tuple[LearnedPhrasing, ...]
    unknown: tuple[LearnedPhrasing, ...]
    by_hand: tuple[LearnedPhrasing, ...]


def merge(sources: Sequence[SourceFile], phrasings: Sequence[LearnedPhrasing]) -> Merged:
    """Put each phrasing below the last one of its entry.

    Args:
        sources: The files of a sound knowledge base.
        phrasings: What to add.

    Raises:
        ValueError: The files are no sound knowledge base.
    """
    base = _read(sources)
    if base is None:
        raise ValueError("the knowledge base has errors")
    new = with_learned(base, phrasings).learned
    # From the end of each file on, so that the places before stay right.
    entries = sorted(_entries(base, new), key=lambda entry: entry.location.line, reverse=True)
    parts = [
        (entry, [one for one in new if (one.language, one.entry_id) == (entry.language, entry.id)])
        for entry in entries
    ]
    files, added = _put_in({source.name: source for source in sources}, [], parts, base)
    left = [one for one in dict.fromkeys(phrasings) if one not in new]
    known = [one for one in left if one.entry_id in base.entries.get(one.language, {})]
    return Merged(
        tuple(files[source.name] for source in sources if files[source.name] is not source),
        tuple(sorted(added)),
        tuple(known),
        tuple(one for one in left if one not in known),
        tuple(one for one in new if one not in added),
    )


def _put_in(
    files: _Files, added: list[LearnedPhrasing], parts: Sequence[_Part], base: KnowledgeBase
) -> tuple[_Files, list[LearnedPhrasing]]:
    """The files with as many of the parts as can be put in, and what was added with that.

    Reading a knowledge base takes a second. So all are put in before it is read again; only where that doesn't say what it
    should, the part that is wrong is searched for by halves.
    """
    changed, more = dict(files), list(added)
    for entry, own in parts:
        with_own = _inserted(changed.get(entry.location.file), entry, own)
        if with_own is not None:
            changed[with_own.name] = with_own
            more += own
    if more == added or _gained(changed, base, more):
        return changed, more
    if len(parts) == 1:
        return files, added
    half = len(parts) // 2
    files, added = _put_in(files, added, parts[:half], base)
    return _put_in(files, added, parts[half:], base)


def _read(sources: Sequence[SourceFile]) -> KnowledgeBase | None:
    return load(sources).knowledge_base


def _entries(base: KnowledgeBase, new: Sequence[LearnedPhrasing]) -> list[Entry]:
    return [
        base.entries[language][id_] for language, id_ in {(one.language, one.entry_id): None for one in new}
    ]


def _inserted(
    source: SourceFile | None, entry: Entry, phrasings: Sequence[LearnedPhrasing]
) -> SourceFile | None:
    """The file with lines below the entry's last phrasing; None where that isn't a line of a list."""
    if source is None or not entry.phrasings:
        return None
    place = entry.place(f"phrasings[{len(entry.phrasings) - 1}]")
    lines = source.data.decode("utf-8").split("\n")
    item = _ITEM.match(lines[place.line - 1])
    if item is None:
        return None
    more = [f"{item[1]}- {json.dumps(one.text, ensure_ascii=False)}" for one in phrasings]
    if lines[place.line - 1].endswith("\r"):
        more = [f"{line}\r" for line in more]
    return replace(source, data="\n".join([*lines[: place.line], *more, *lines[place.line :]]).encode())


def _gained(files: _Files, before: KnowledgeBase, phrasings: Sequence[LearnedPhrasing]) -> bool:
    """Whether files say what the knowledge base said before, and these phrasings besides."""
    after = _read(list(files.values()))
    return after is not None and _placeless(after) == _placeless(with_learned(before, phrasings))


def _placeless(base: KnowledgeBase) -> KnowledgeBase:
    """What a knowledge base says, wherever it is written."""
    return replace(
        base,
        content_hash="",
        learned=(),
        entries={
            language: {id_: replace(entry, location=NOWHERE) for id_, entry in entries.items()}
            for language, entries in base.entries.items()
        },
        topics={
            language: {id_: replace(topic, location=NOWHERE) for id_, topic in topics.items()}
            for language, topics in base.topics.items()
        },
        off_topic=tuple(replace(message, location=NOWHERE) for message in base.off_topic),
    )
