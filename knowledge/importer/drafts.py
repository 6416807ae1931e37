"""An imported page -> draft entries for a curator: the questions that it raises, each with the passage that raises it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.importer.page import Block, BlockKind, ImportedPage
from knowledge.importer.scalars import quoted
from knowledge.importer.shapes import unlabelled
from knowledge.model import Voice

_SENTENCE: Final = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St)\.|[^.!?\n])+[.!?]*")
_FEWEST_WORDS: Final = 3
_LONGEST_QUESTION: Final = 300
_LONGEST_ID: Final = 40
_ID_WORDS: Final = 4
_ABOUT: Final = "What does the page say about "
_FILLERS: Final = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be but by can could did do does for from had has have how i if in is it its me my of on or our"
        " should so that the their them then there these they this to was we were what when where which who why will with"
        " would you your",
    )
)
_HEAD: Final = """\
# Drafts: the questions that the page raises, most of them in its words. Put each one as a reader would ask it, write its
# answer in your own words from the passages it cites, add phrasings, and delete what nobody will ask.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """The beginnings of an entry."""

    id: str
    question: str
    cites: tuple[str, ...]
    position: int
    """The line that the question is on, or the passage it is in."""
    voice: Voice
    """Who asks."""


def draft_entries(page: ImportedPage) -> tuple[Draft, ...]:
    """Draft an entry for every heading and every question on a page.

    Args:
        page: The page.

    Returns:
        Drafts in reading order, without answers; ids are made from the question's words and differ from each other. The
        same question asked twice is one draft that cites both places.
    """
    cites: dict[str, list[Block]] = {}
    for question, block in _questions(page.blocks):
        cites.setdefault(question, []).append(block)
    drafts: list[Draft] = []
    slugs = _Slugs()
    for question, blocks in cites.items():
        ids = tuple(dict.fromkeys(block.id for block in blocks))
        drafts.append(
            Draft(
                slugs.unused(_slug(question.removeprefix(_ABOUT))),
                question,
                ids,
                blocks[0].position,
                blocks[0].voice or Voice.READER,
            )
        )
    return tuple(drafts)


def drafts_yaml(drafts: Iterable[Draft]) -> str:
    """Write drafts in the form of entries: a list of `{id, question, answer, cites}` with empty answers.

    Args:
        drafts: What `draft_entries` found.

    Returns:
        YAML. An empty answer is refused when a knowledge base is loaded, so that no draft goes out unwritten.
    """
    lines = [_HEAD]
    entries: list[str] = []
    for draft in drafts:
        entries += [
            f"  # line {draft.position}, {draft.voice}",
            f"  - id: {draft.id}",
            f"    question: {quoted(draft.question)}",
            '    answer: ""',
            f"    cites: [{', '.join(draft.cites)}]",
        ]
    return "\n".join([*lines, *(["entries:", *entries] if entries else ["entries: []"])]) + "\n"


def _questions(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    for block in blocks:
        if not block.id or block.kind is BlockKind.PINGBACK:
            continue
        for lead in filter(None, block.lead.split("\n")):
            asked = unlabelled(lead)
            yield (asked if asked.endswith("?") else f"{_ABOUT}“{asked}”?"), block
        # What a quoted text asks is part of its argument, and what the author asks a commenter is no patient's question.
        if block.kind is not BlockKind.QUOTATION and block.voice is not Voice.AUTHOR_REPLY:
            for sentence in _asked(block.text):
                yield sentence, block


def _asked(text: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(text):
        sentence = unlabelled(found.group().strip(" \"“”'\u2018\u2019\u2013—-"))
        if (
            sentence.endswith("?")
            and len(sentence) <= _LONGEST_QUESTION
            and len(sentence.split()) >= _FEWEST_WORDS
        ):
            yield sentence


def _slug(question: str) -> str:
    # An apostrophe stands within a word, while dashes and the rest stand between words.
    joined = re.sub(r"(?<=\w)['\u2019](?=\w)", "", question.lower())
    parts = (
        unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
        for word in re.findall(r"\w+", joined)
    )
    words = [word for part in parts for word in re.findall(r"[a-z0-9]+", part)]
    words = [word for word in words if word not in _FILLERS] or words
    return "-".join(words[:_ID_WORDS])[:_LONGEST_ID].strip("-") or "question"


class _Slugs:
    """Keeps ids apart; it remembers the last number of each, since a page may ask much in the same few words."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def unused(self, slug: str) -> str:
        """The slug itself the first time, then with a number after it."""
        found = slug
        while found in self._taken:
            self._numbers[slug] += 1
            found = f"{slug}-{self._numbers[slug] + 1}"
        self._taken.add(found)
        return found
