"""Committed passages and the blocks of the page as it is now: which is which.

Only fingerprints of the committed passages are kept, never their text, so a passage is recognised by its fingerprint wherever
it stands now. One that is found nowhere is taken for edited where the page has an unknown block in its place: between
the same neighbours, or under the same id. Entries cite passages by their ids, so a passage keeps its own wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from knowledge.model import Passage


class Citable(Protocol):
    """A block of a page that can be a passage."""

    @property
    def id(self) -> str:
        """The id that it would have as a passage."""

    @property
    def fingerprint(self) -> str:
        """Hash of its normalised text."""


_Block = TypeVar("_Block", bound=Citable)
_NUMBER: Final = re.compile(r"[0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Pair(Generic[_Block]):
    """A committed passage and the block it is now, either of them None where there is no other."""

    passage: Passage | None
    block: _Block | None

    @property
    def is_same_text(self) -> bool:
        """Whether both are there and nothing says that the text differs; a passage without fingerprint says nothing."""
        if self.passage is None or self.block is None:
            return False
        return self.passage.fingerprint in ("", self.block.fingerprint)


def pair_up(blocks: Sequence[_Block], passages: Sequence[Passage]) -> list[Pair[_Block]]:
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


def ids_kept(pairs: Sequence[Pair[_Block]]) -> dict[str, str]:
    """The ids of blocks as passages: known passages keep theirs, and a new one gets one that nobody has.

    Args:
        pairs: As `pair_up` gives them, with ids such as `A2` or `C3.1` counted through the page, a comment before its replies.

    Returns:
        A block's id -> its id as a passage.
    """
    ids = {pair.block.id: pair.passage.id for pair in pairs if pair.block and pair.passage}
    # What is no longer on the page may still be cited, so its id isn't given away either.
    taken = {pair.passage.id for pair in pairs if pair.passage}
    last: Counter[str] = Counter()
    for id_ in taken:
        series, number = _counted(id_)
        last[series] = max(last[series], number)
    for pair in pairs:
        if pair.block and not pair.passage:
            series, number = _counted(pair.block.id)
            above = series.removesuffix(".")
            series = series.replace(above, ids.get(above, above), 1)
            if f"{series}{number}" in taken:
                number = last[series] + 1
            last[series] = max(last[series], number)
            ids[pair.block.id] = f"{series}{number}"
            taken.add(ids[pair.block.id])
    return ids


def _counted(id_: str) -> tuple[str, int]:
    """An id's series and its number in that: `C3.1` is the first of `C3.`."""
    number = _NUMBER.search(id_)
    return (id_[: number.start()], int(number.group())) if number else (id_, 0)


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


def _by_place(
    passages: Sequence[Passage], blocks: Sequence[Citable], match: dict[int, int]
) -> dict[int, int]:
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
