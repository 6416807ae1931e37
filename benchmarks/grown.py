"""Knowledge bases of any size, made from the bundled one by a seeded draw: for measuring time, not accuracy."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.model import Entry, KnowledgeBase

EACH = 25
"""Phrasings of an added entry, its question among them."""
_SYLLABLES = [consonant + vowel for consonant in "bdfglmnprst" for vowel in "aeiou"]


def cut(base: KnowledgeBase, phrasings: int) -> KnowledgeBase:
    """A knowledge base with at most so many phrasings an entry, and off-topic messages in proportion."""
    language = base.default_language
    entries = base.entries[language]
    every = max(1, round(_size(entries.values()) / (phrasings * len(entries))))
    short = {id_: replace(e, phrasings=e.phrasings[:phrasings]) for id_, e in entries.items()}
    return replace(base, entries={language: short}, off_topic=base.off_topic[::every])


def more_phrasings(base: KnowledgeBase, total: int) -> KnowledgeBase:
    """As many phrasings as asked for, in the same entries: the new ones have some words changed for others."""
    rng = random.Random(1)  # noqa: S311 - not for secrets
    language = base.default_language
    entries = base.entries[language]
    vocabulary = sorted({word for e in entries.values() for text in e.phrasings for word in text.split()})
    each = total // len(entries) - 1
    grown = {
        id_: replace(e, phrasings=(*e.phrasings[:each], *_varied(e.phrasings, each, vocabulary, rng)))
        for id_, e in entries.items()
    }
    return replace(base, entries={language: grown})


def more_entries(base: KnowledgeBase, total: int) -> KnowledgeBase:
    """As many phrasings as asked for, `EACH` an entry: copies of the entries on other matters, in other words."""
    rng = random.Random(1)  # noqa: S311 - not for secrets
    language = base.default_language
    entries = base.entries[language]
    grown: dict[str, Entry] = {}
    copy = 0
    while _size(grown.values()) < total:
        renamed: dict[str, str] = {}
        for id_, entry in entries.items():
            if _size(grown.values()) >= total:
                break
            drawn = rng.sample(entry.phrasings, min(EACH - 1, len(entry.phrasings)))
            texts = [
                " ".join(_renamed(word, renamed, rng) if copy else word for word in text.split())
                for text in (entry.question, *drawn)
            ]
            grown[f"{id_}-{copy}"] = replace(
                entry, id=f"{id_}-{copy}", question=texts[0], phrasings=tuple(texts[1:]), related=()
            )
        copy += 1
    return replace(base, entries={language: grown})


def _size(entries: Iterable[Entry]) -> int:
    return sum(1 + len(entry.phrasings) for entry in entries)


def _varied(
    phrasings: Sequence[str], total: int, vocabulary: Sequence[str], rng: random.Random
) -> Iterator[str]:
    for _ in range(total - len(phrasings)):
        words = rng.choice(phrasings).split()
        for _ in range(max(1, len(words) // 4)):
            words[rng.randrange(len(words))] = rng.choice(vocabulary)
        yield " ".join(words)


def _renamed(word: str, renamed: dict[str, str], rng: random.Random) -> str:
    """Two thirds of the longer words become others, the same one each time."""
    if len(word) < 4:
        return word
    if word not in renamed:
        other = word[: len(word) // 2] + rng.choice(_SYLLABLES) + rng.choice(_SYLLABLES)
        renamed[word] = word if rng.random() < 0.3 else other
    return renamed[word]
