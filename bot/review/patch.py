"""What maintainers decided on, as a YAML file for the curators of the knowledge base. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from bot.review.accepted import phrasing_of
from bot.review.masking import without_marks
from bot.store.from_people import Suggestion, SuggestionState
from knowledge.model import LearnedPhrasing

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


def from_yaml(text: str) -> Patch:
    """A patch as `to_yaml` writes it, perhaps edited by hand.

    Raises:
        ValueError: It has another form; the text says where.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise ValueError(f"it isn't YAML: {fault}") from fault
    if not isinstance(content, dict) or not content.keys() <= {"phrasings", "wanted", "off_topic"}:
        raise ValueError("it needs phrasings, wanted and off_topic, and nothing else")
    phrasings = [
        LearnedPhrasing(language, entry_id, phrasing)
        for language, entries in _map(content.get("phrasings"), "phrasings").items()
        for entry_id, texts in _map(entries, language).items()
        for phrasing in _texts(texts, entry_id)
    ]
    wanted, off_topic = (
        {language: _texts(texts, name) for language, texts in _map(content.get(name), name).items()}
        for name in ("wanted", "off_topic")
    )
    return Patch(tuple(sorted(phrasings)), wanted, off_topic)


def _map(value: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - whatever stands in a file
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ValueError(f"{name}: what stands below it must have names")
    return value


def _texts(value: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - whatever stands in a file
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError(f"{name}: a list of texts is expected below it")
    return tuple(" ".join(text.split()) for text in value)
