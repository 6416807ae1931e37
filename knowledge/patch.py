"""Decisions on what people asked, as a YAML file, and back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from knowledge.model import LearnedPhrasing
from knowledge.problems import Problem
from knowledge.reading.fields import Fields, wrong_node
from knowledge.reading.tree import MappingNode
from knowledge.yaml_reader import SourceFile, read

_PARTS: Final = ("phrasings", "wanted", "off_topic")
_HEAD: Final = """\
# What people asked and maintainers decided on: advisory-bot review --export
# phrasings: language -> entry -> what to add to the entry's phrasings. Put them in with: advisory-bot review --merge FILE
# wanted: questions that an entry should be written for.
# off_topic: messages that no entry answers; those that are near the subject are worth a line in off-topic.yaml.
"""


@dataclass(frozen=True, slots=True)
class Patch:
    """What was decided.

    Attributes:
        phrasings: New phrasings, in ascending order.
        wanted: Language -> questions that an entry is wanted for.
        off_topic: Language -> messages off the subject.
    """

    phrasings: tuple[LearnedPhrasing, ...] = ()
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    off_topic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def to_yaml(patch: Patch) -> str:
    """The patch as a file."""
    phrasings: dict[str, dict[str, list[str]]] = {}
    for one in patch.phrasings:
        phrasings.setdefault(one.language, {}).setdefault(one.entry_id, []).append(one.text)
    content = {
        "phrasings": phrasings,
        "wanted": {language: list(texts) for language, texts in patch.wanted.items()},
        "off_topic": {language: list(texts) for language, texts in patch.off_topic.items()},
    }
    return _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)


def from_yaml(source: SourceFile) -> tuple[Patch, list[Problem]]:
    """A patch as `to_yaml` writes it, perhaps edited by hand, read by the rules of a knowledge base's files.

    Returns:
        The patch, and whatever is wrong with the file; with any of it, something in the patch may be missing.
    """
    document = read(source)
    page, root, problems = document.source, document.root, document.problems
    if not isinstance(root, MappingNode):
        if root is not None:
            problems.append(wrong_node(page, root, "a mapping"))
        elif not problems:
            problems.append(page.problem("empty-file", 0, 0, "there is nothing in it", "export it again"))
        return Patch(), problems
    fields = Fields(page, root, "the patch", _PARTS, problems)
    languages, *others = (fields.below(name, f'what is below "{name}"') for name in _PARTS)
    phrasings = [
        LearnedPhrasing(language, entry_id, text)
        for language in languages.node.pairs
        for entries in [languages.below(language, f'what is below "{language}"')]
        for entry_id in entries.node.pairs
        for text in _texts(entries, entry_id)
    ]
    wanted, off_topic = (
        {language: _texts(part, language) for language in part.node.pairs} for part in others
    )
    return Patch(tuple(sorted(phrasings)), wanted, off_topic), problems


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in fields.texts(name))
