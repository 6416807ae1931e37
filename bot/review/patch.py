"""What maintainers decided on, as a YAML file for the curators of the knowledge base. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import yaml

from bot.review.accepted import phrasing_of
from bot.review.masking import without_marks
from bot.store.from_people import Suggestion, SuggestionState
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


def patch_of(suggestions: Iterable[Suggestion]) -> Patch:
    """What was decided on suggestions; the open ones don't count."""
    phrasings: set[LearnedPhrasing] = set()
    others: dict[SuggestionState, dict[str, list[str]]] = {
        SuggestionState.WANTED: {},
        SuggestionState.DECLINED: {},
    }
    for one in suggestions:
        if one.state is SuggestionState.TAKEN:
            phrasings.add(phrasing_of(one, one.entry_id))
        elif one.state in others:
            others[one.state].setdefault(one.language, []).append(without_marks(one.text))
    wanted, off_topic = (
        {language: tuple(texts) for language, texts in sorted(found.items())} for found in others.values()
    )
    return Patch(tuple(sorted(phrasings)), wanted, off_topic)


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
    languages, *others = (_below(fields, name, problems) for name in _PARTS)
    phrasings = [
        LearnedPhrasing(language, entry_id, text)
        for language in languages.node.pairs
        for entries in [_below(languages, language, problems)]
        for entry_id in entries.node.pairs
        for text in _texts(entries, entry_id)
    ]
    wanted, off_topic = (
        {language: _texts(part, language) for language in part.node.pairs} for part in others
    )
    return Patch(tuple(sorted(phrasings)), wanted, off_topic), problems


def _below(fields: Fields, name: str, problems: list[Problem]) -> Fields:
    """What stands below a field, under any names; nothing where the field isn't given."""
    node = fields.mapping(name) or MappingNode(0, 0)
    return Fields(fields.source, node, f'what is below "{name}"', (), problems)


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in fields.texts(name))
