"""Making phrasings of what people sent: learned beside the bot, checked, and in use at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.reload.learning import LearningError, Source
from bot.reload.reloading import Reloader
from bot.review.accepted import Accepted, phrasing_of
from bot.store.from_people import Suggestion
from knowledge.answerer import Answerer
from knowledge.learned import with_learned
from knowledge.semantic import ModelError
from knowledge.stealing import stolen_by

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attached:
    """The bot answers with them; but for those that were decided on, or deleted, meanwhile."""


@dataclass(frozen=True, slots=True)
class Known:
    """Each of them is a phrasing of some entry already."""


@dataclass(frozen=True, slots=True)
class Steals:
    """With them a phrasing would be answered with another entry than its own; nothing has changed.

    Attributes:
        phrasing: The one.
        entry_id: Whose it is.
        thief_id: Which entry would win it.
        others: How many more there are.
    """

    phrasing: str
    entry_id: str
    thief_id: str
    others: int


@dataclass(frozen=True, slots=True)
class Decided:
    """They were decided on, or deleted, meanwhile."""


@dataclass(frozen=True, slots=True)
class NotLearned:
    """They couldn't be learned; nothing has changed."""

    reason: str


Adoption: TypeAlias = Attached | Known | Steals | Decided | NotLearned


async def attach(
    reloader: Reloader, accepted: Accepted, group: Sequence[Suggestion], entry_id: str
) -> Adoption:
    """Make phrasings of an entry of suggestions of one language, unless that takes something from another entry.

    It takes as long as learning the knowledge base does. The bot goes on answering meanwhile.

    Args:
        reloader: Replaces what answers.
        accepted: Where they are noted before they are used, so that they outlive the process.
        group: Open suggestions.
        entry_id: An entry of their language.
    """
    result: Adoption = Decided()

    async def make(answerer: Answerer, source: Source) -> Answerer | None:
        nonlocal result
        old = answerer.base
        added = [phrasing_of(one, entry_id) for one in group]
        base = await asyncio.to_thread(with_learned, old, [*old.learned, *added])
        if base.learned == old.learned:
            result = Known()
            return None
        candidate = await source.learn(base)
        language = added[0].language
        thefts = await asyncio.to_thread(
            stolen_by, answerer.index(language), candidate.index(language), added
        )
        if thefts:
            (theft, text), *others = thefts
            result = Steals(text, theft.entry_id, theft.thief_id, len(others))
            return None
        taken = await accepted.accept(group, entry_id)
        if not taken:
            return None
        result = Attached()
        if len(taken) == len(group):
            return candidate
        # The others must not stay learned: their senders may have had them deleted.
        left = [phrasing_of(one, entry_id) for one in taken]
        return await source.learn(await asyncio.to_thread(with_learned, old, [*old.learned, *left]))

    try:
        await reloader.replace(make)
    except (LearningError, ModelError) as error:
        return NotLearned(str(error))
    return result


async def unlearn(reloader: Reloader, accepted: Accepted) -> None:
    """Answer without what isn't accepted any more, whatever state the knowledge base's files are in.

    Where it can't be learned just now, `Reloader.catch_up` tries again.
    """

    async def make(answerer: Answerer, source: Source) -> Answerer:
        return await source.learn(
            await asyncio.to_thread(with_learned, answerer.base, await accepted.phrasings())
        )

    try:
        await reloader.replace(make)
    except (LearningError, ModelError) as error:
        log.warning("what was taken back is still in use: %s", error)
