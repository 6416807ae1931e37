"""The figures for maintainers, from the store, and what names an entry in them."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.figures.statistics import DAYS, Figures, figures, since
from bot.store.protocol import Store
from bot.store.tally import day_of
from knowledge.model import KnowledgeBase


async def gather(store: Store, *, days: int = DAYS, clock: Callable[[], float] = time.time) -> Figures:
    """The figures of the last days, today included.

    Raises:
        StoreError: They can't be read.
    """
    today = day_of(clock())
    outcomes = await store.outcomes(since(today, days))
    waiting = await store.open_suggestions()
    return figures(outcomes, await store.feedback(), today=today, days=days, waiting=waiting)


def question_in(base: KnowledgeBase, language: str) -> Callable[[str], str]:
    """What names an entry: its question in a language; an entry that is gone has its id alone."""

    def question(entry_id: str) -> str:
        entry = base.entry(entry_id, language)
        return entry.question if entry else entry_id

    return question
