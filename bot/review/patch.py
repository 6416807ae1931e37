"""What maintainers decided on -> a patch for the curators of the knowledge base. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.review.accepted import phrasing_of
from bot.review.masking import without_marks
from bot.store.from_people import Suggestion, SuggestionState
from knowledge.model import LearnedPhrasing
from knowledge.patch import Patch


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
