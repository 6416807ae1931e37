"""What can be wrong with what is said about the document, and whether the source map still fits the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from knowledge.checks.references import all_entries
from knowledge.foreign import ForeignLanguages
from knowledge.model import Voice
from knowledge.pairing import pair_up
from knowledge.places import NOWHERE
from knowledge.problems import excerpt, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.model import KnowledgeBase
    from knowledge.pairing import Pair
    from knowledge.problems import Problem

ENOUGH_TO_TELL: Final = 3
"""Questions that show which language they are written in."""
_ANEW: Final = (
    "then write the fingerprint anew, with `advisory-bot import PAGE --to FOLDER`, which keeps ids and gists"
)
_YEAR_AND_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Block:
    """A citable block of the source page, as the importer found it just now."""

    id: str
    """The id it would have as a passage."""
    position: int
    """1 for the first line of the page as text."""
    fingerprint: str
    """Hash of its normalised text."""
    voice: Voice = Voice.ADVISORY


def bad_date(base: KnowledgeBase) -> Iterator[Problem]:
    """A date of publication in another form than year and month."""
    published = base.advisory.published
    if published and not _YEAR_AND_MONTH.fullmatch(published):
        yield problem(
            "bad-date",
            base.advisory.place("published"),
            f"{quoted(published)} is no year and month",
            fragment=excerpt(published),
            mend="write the year, a dash and the month, such as 2013-08",
        )


def bad_url(base: KnowledgeBase) -> Iterator[Problem]:
    """A link that nothing opens."""
    url = base.advisory.url
    if url and not _is_web_address(url):
        yield problem(
            "bad-url",
            base.advisory.place("url"),
            f"{quoted(url)} is no web address",
            fragment=excerpt(url),
            mend="copy it from the browser, with https:// in front and without spaces",
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isprintable() and " " not in url


def missing_disclaimer(base: KnowledgeBase) -> Iterator[Problem]:
    """A language whose answers would be shown without the disclaimer."""
    if not (base.passages or base.advisory.disclaimer):
        return
    for language in base.entries:
        if not base.advisory.disclaimer.get(language):
            yield problem(
                "missing-disclaimer",
                base.advisory.place("disclaimer"),
                f'there is no disclaimer in the language "{language}"',
                mend=f"add a line `{language}: ...` under `disclaimer:` in advisory.yaml",
            )


def stale_fingerprint(base: KnowledgeBase, source_blocks: Sequence[Block]) -> Iterator[Problem]:
    """A passage whose text on the page is no longer the one that the answers were written from."""
    for pair in _pairs(base, source_blocks):
        passage, block = pair.passage, pair.block
        if passage and block and not pair.is_same_text:
            review = _citing(base, passage.id)
            yield problem(
                "stale-fingerprint",
                passage.location,
                f'the text of the passage "{passage.id}" (line {block.position} of the page) has changed',
                fragment=excerpt(passage.gist),
                mend=f"compare the gist with the page{f' and review {review}' if review else ''}; {_ANEW}",
            )


def passage_not_in_source(base: KnowledgeBase, source_blocks: Sequence[Block]) -> Iterator[Problem]:
    """A passage that the page no longer has."""
    for pair in _pairs(base, source_blocks):
        if pair.block is None and (passage := pair.passage):
            review = _citing(base, passage.id)
            yield problem(
                "passage-not-in-source",
                passage.location,
                f'the passage "{passage.id}" isn\'t on the page any more',
                fragment=excerpt(passage.gist),
                mend=f"review {review}, then remove the passage" if review else "remove the passage",
            )


def source_block_unmapped(base: KnowledgeBase, source_blocks: Sequence[Block]) -> Iterator[Problem]:
    """A block of the page that is no passage yet."""
    # It isn't in passages.yaml, so the place named is where that file's last passage is.
    last = max((p.location for p in base.passages.values()), key=lambda place: place.line, default=NOWHERE)
    for pair in _pairs(base, source_blocks):
        if pair.passage is None and (block := pair.block):
            yield problem(
                "source-block-unmapped",
                last,
                f"line {block.position} of the page ({block.voice}) belongs to no passage; "
                f'the importer would call it "{block.id}"',
                mend="add it to passages.yaml with a gist in your own words",
            )


def _pairs(base: KnowledgeBase, blocks: Sequence[Block]) -> list[Pair[Block]]:
    return pair_up(blocks, tuple(base.passages.values()))


def _citing(base: KnowledgeBase, passage_id: str) -> str:
    """The entries that cite a passage, as a phrase; empty for none."""
    ids = dict.fromkeys(entry.id for entry in all_entries(base) if passage_id in entry.cites)
    if not ids:
        return ""
    return ("the entry " if len(ids) == 1 else "the entries ") + ", ".join(ids)


def other_language(base: KnowledgeBase) -> Iterator[Problem]:
    """The entries of a language are written in another one: in the shortest form, all counts as English."""
    questions = {
        language: [entry.question for entry in entries.values()] for language, entries in base.entries.items()
    }
    for language, others in ForeignLanguages(questions).seems.items():
        for other in (
            sorted(others - base.entries.keys()) if len(questions[language]) >= ENOUGH_TO_TELL else ()
        ):
            first = next(iter(base.entries[language].values()))
            yield problem(
                "other-language",
                first.location,
                f'these entries count as "{language}", and seem to be written in "{other}"',
                fragment=excerpt(first.question),
                mend=f"use the full form of docs/authoring.md, with the entries in a folder {other}/",
            )
