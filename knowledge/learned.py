"""Phrasings that maintainers accepted while the bot runs -> the knowledge base with them in it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from knowledge.model import Entry, KnowledgeBase, LearnedPhrasing
from knowledge.normalizer import comparison_form


def with_learned(base: KnowledgeBase, learned: Iterable[LearnedPhrasing]) -> KnowledgeBase:
    """A knowledge base as its files have it, and with these phrasings instead of any it was given before.

    What its entries say already, in any entry, and what belongs to an entry that isn't there, is left out.
    """
    written = without_learned(base)
    offered = sorted(set(learned))
    # Reading all that a language says takes a while, and megabytes: not where nothing is to be compared with it.
    known = {
        language: _forms(written.entries[language], language)
        for language in {one.language for one in offered} & written.entries.keys()
    }
    taken: list[LearnedPhrasing] = []
    for one in offered:
        form = comparison_form(one.text, one.language)
        if one.entry_id in written.entries.get(one.language, {}) and form and form not in known[one.language]:
            known[one.language].add(form)
            taken.append(one)
    return _with(written, taken) if taken else written


def without_learned(base: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base as its files have it."""
    if not base.learned:
        return base
    entries = {
        language: {
            entry.id: replace(entry, phrasings=entry.phrasings[: len(entry.phrasings) - _count(base, entry)])
            for entry in of_language.values()
        }
        for language, of_language in base.entries.items()
    }
    return replace(base, entries=_frozen(entries), learned=())


def digest(base: KnowledgeBase, language: str) -> str:
    """Tells apart what a language's entries have learned; empty where that is nothing."""
    texts = [f"{one.entry_id}\n{one.text}" for one in base.learned if one.language == language]
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12] if texts else ""


def _with(base: KnowledgeBase, taken: list[LearnedPhrasing]) -> KnowledgeBase:
    entries = {language: dict(of_language) for language, of_language in base.entries.items()}
    for one in taken:
        entry = entries[one.language][one.entry_id]
        entries[one.language][one.entry_id] = replace(entry, phrasings=(*entry.phrasings, one.text))
    return replace(base, entries=_frozen(entries), learned=tuple(taken))


def _count(base: KnowledgeBase, entry: Entry) -> int:
    return sum(one.entry_id == entry.id and one.language == entry.language for one in base.learned)


def _forms(entries: Mapping[str, Entry], language: str) -> set[str]:
    return {
        comparison_form(text, language)
        for entry in entries.values()
        for text in (entry.question, *entry.phrasings)
    }


def _frozen(entries: dict[str, dict[str, Entry]]) -> Mapping[str, Mapping[str, Entry]]:
    return MappingProxyType({language: MappingProxyType(found) for language, found in entries.items()})
