"""A page as it is now against the passages that were committed: what moved, changed, went or came.

Only fingerprints of the committed passages are kept, never their text, so a passage is recognised by its fingerprint wherever
it stands now. One that is found nowhere is taken for edited where the page has an unknown block in its place: between
the same neighbours, or under the same id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.importer.page import Block, Form, ImportedPage, Severity
from knowledge.model import Passage


class Change(StrEnum):
    """What became of a passage."""

    MOVED = "moved"
    """The same text under another id, or on another line."""
    EDITED = "stale-fingerprint"
    """Another text in the same place."""
    MISSING = "missing"
    NEW = "new"
    VOICE = "voice"
    """The page shows that somebody else says it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the page and the committed passages differ."""

    change: Change
    severity: Severity
    id: str
    """The committed passage; empty for a new one."""
    new_id: str
    """The passage on the page; empty for a missing one."""
    position: int
    """The line on the page, or the committed line of a missing passage."""
    message: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A committed passage and the block it is now, either of them None where there is no other."""

    passage: Passage | None
    block: Block | None

    @property
    def is_same_text(self) -> bool:
        """Whether both are there and nothing says that the text differs; a passage without fingerprint says nothing."""
        if self.passage is None or self.block is None:
            return False
        return self.passage.fingerprint in ("", self.block.fingerprint)


def compare_page(page: ImportedPage, passages: Iterable[Passage]) -> tuple[Difference, ...]:
    """Compare a page with the passages committed for it.

    Lines are compared for a page of plain text only: the lines of other forms are the importer's own.

    Args:
        page: The page as it is now.
        passages: The committed passages, in their order.

    Returns:
        The differences in the page's order, those of missing passages last; empty where the map still fits.
    """
    found: list[Difference] = []
    for pair in pair_up(page.passages, tuple(passages)):
        found += _differences(pair, with_lines=page.form is Form.TEXT)
    return tuple(found)


def pair_up(blocks: Sequence[Block], passages: Sequence[Passage]) -> list[Pair]:
    """Find for every block the passage it was, and list the passages that no block is any more.

    Args:
        blocks: The page's passages in reading order.
        passages: The committed ones in theirs.

    Returns:
        A pair a block, in order, then a pair for every missing passage.
    """
    prints = [block.fingerprint for block in blocks]
    ids = [block.id for block in blocks]
    match = _by_keys([(p.id, p.fingerprint) for p in passages], list(zip(ids, prints, strict=True)), {})
    match = _by_keys([p.fingerprint or None for p in passages], prints, match)
    match = _by_keys([None if p.fingerprint else p.id for p in passages], ids, match)
    match = _by_place(passages, blocks, match)
    match = _by_keys([p.id for p in passages], ids, match)
    passage_of = {block: passage for passage, block in match.items()}
    pairs = [
        Pair(passages[passage_of[i]] if i in passage_of else None, block) for i, block in enumerate(blocks)
    ]
    return pairs + [Pair(passage, None) for i, passage in enumerate(passages) if i not in match]


def _by_keys(wanted: Sequence[object], offered: Sequence[object], match: dict[int, int]) -> dict[int, int]:
    """Match what has equal keys and no match yet, first come first served; a key of None matches nothing."""
    taken = set(match.values())
    free: defaultdict[object, list[int]] = defaultdict(list)
    for index in range(len(offered) - 1, -1, -1):
        if index not in taken:
            free[offered[index]].append(index)
    result = dict(match)
    for index, key in enumerate(wanted):
        if index not in result and key is not None and free.get(key):
            result[index] = free[key].pop()
    return result


def _by_place(passages: Sequence[Passage], blocks: Sequence[Block], match: dict[int, int]) -> dict[int, int]:
    """Match passages and blocks that stand between the same matched neighbours, in order and sort by sort."""
    result = dict(match)
    taken = set(match.values())
    start = 0
    for after in [*sorted(match), len(passages)]:
        before = start - 1
        low = match.get(before, -1) + 1
        high = match.get(after, len(blocks))
        free = [i for i in range(low, high) if i not in taken] if after > start else []
        for index in range(start, after):
            # A paragraph doesn't become a comment, and a comment stays in its thread.
            chosen = _choose(passages[index].id, [blocks[i].id for i in free])
            if chosen is not None:
                result[index] = free.pop(chosen)
        start = after + 1
    return result


def _choose(wanted: str, offered: Sequence[str]) -> int | None:
    if wanted in offered:
        return offered.index(wanted)
    return next(
        (
            i
            for i, block_id in enumerate(offered)
            if block_id[:1] == wanted[:1] and block_id.count(".") == wanted.count(".")
        ),
        None,
    )


def _differences(pair: Pair, *, with_lines: bool) -> list[Difference]:
    passage, block = pair.passage, pair.block
    if block is None:
        return [_missing(passage)] if passage else []
    if passage is None:
        message = f"{block.id} on line {block.position} is not among the passages: write its gist, and see whether an entry should cite it"
        return [Difference(Change.NEW, Severity.WARNING, "", block.id, block.position, message)]
    found: list[Difference] = []
    if passage.id != block.id:
        message = (
            f"{passage.id} is {block.id} now, on line {block.position}: every entry that cites it must follow"
        )
        found.append(_difference(Change.MOVED, Severity.WARNING, pair, message))
    elif with_lines and passage.position and passage.position != block.position:
        message = f"{passage.id} stood on line {passage.position} and is on line {block.position} now"
        found.append(_difference(Change.MOVED, Severity.INFO, pair, message))
    if not pair.is_same_text:
        message = f"{passage.id} was edited, or another text took its place on line {block.position}: review its gist and the entries that cite it"
        found.append(_difference(Change.EDITED, Severity.WARNING, pair, message))
    # A guess about a voice doesn't overrule what a curator wrote down.
    if block.voice is not None and block.voice is not passage.voice and not block.inferred:
        message = f"{passage.id} is put down as {passage.voice}, and the page shows it to be {block.voice}"
        found.append(_difference(Change.VOICE, Severity.WARNING, pair, message))
    return found


def _difference(change: Change, severity: Severity, pair: Pair, message: str) -> Difference:
    passage_id = pair.passage.id if pair.passage else ""
    new_id, position = (pair.block.id, pair.block.position) if pair.block else ("", 1)
    return Difference(change, severity, passage_id, new_id, position, message)


def _missing(passage: Passage) -> Difference:
    message = f"{passage.id} is no longer on the page: the entries that cite it have lost their source"
    return Difference(Change.MISSING, Severity.ERROR, passage.id, "", max(1, passage.position), message)
