"""Whether each listed word stands in one word class, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.problems import excerpt, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.checks.phrasings import Normalize
    from knowledge.model import KnowledgeBase, WordClass
    from knowledge.problems import Problem


def duplicate_word(base: KnowledgeBase, normalize: Normalize) -> Iterator[Problem]:
    """A listed word is there twice in a language, in one class or in two."""
    first: dict[tuple[str, str], tuple[WordClass, int]] = {}
    for listed in base.word_classes:
        for index, word in enumerate(listed.words):
            form = normalize(word, listed.language) or word
            earlier, place = first.setdefault((listed.language, form), (listed, index))
            if (earlier, place) == (listed, index):
                continue
            there = earlier.place(f"{earlier.name}[{place}]")
            yield problem(
                "duplicate-word",
                listed.place(f"{listed.name}[{index}]"),
                f'this word of "{listed.name}" is already in "{earlier.name}", at {there}',
                fragment=excerpt(word),
                mend="keep it once, in the class in which people mean it more often",
            )
