"""Opening a knowledge base, its languages learned at the same time: in forks, which give back the memory that it takes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bot.forking import can_fork, side_by_side
from knowledge import cache
from knowledge.answerer import Answerer
from knowledge.calibration import Targets
from knowledge.index import TARGETS
from knowledge.model import KnowledgeBase
from knowledge.opening import answerer_of, is_learned, open_index, read_base

log = logging.getLogger(__name__)


def open_answerer(
    path: Path | None = None, *, targets: Targets = TARGETS, model: Path | None = None
) -> Answerer:
    """As `knowledge.opening.open_answerer`, on as many cores as there are languages; at the start of a program.

    Raises:
        UnusableKnowledgeError: It has errors.
        ModelError: The model can't be used.
    """
    return learned(read_base(path), targets=targets, model=model)


def learned(base: KnowledgeBase, *, targets: Targets = TARGETS, model: Path | None = None) -> Answerer:
    """An answerer for a knowledge base that was read; what isn't in the cache is learned, which the log tells; faults as in `open_answerer`."""
    unlearned = [language for language in base.languages if not is_learned(base, language, targets=targets)]
    if unlearned and not model:
        log.info("learning the knowledge base (%s), which may take a minute", ", ".join(unlearned))
    if not has_cache():
        log.warning(
            "what is learned can't be kept, and is learned again at each start: set ADVISORY_BOT_CACHE to a folder that can be written"
        )
    elif can_fork():
        # Should one fail, it shows below.
        side_by_side(_to_learn(base, unlearned, targets, model))
    return answerer_of(base, targets=targets, model=model)


def _to_learn(
    base: KnowledgeBase, unlearned: Sequence[str], targets: Targets, model: Path | None
) -> list[Callable[[], object]]:
    """Each language by itself, so that none waits for another; a semantic model is too large to be there twice."""
    if model:
        return [partial(answerer_of, base, targets=targets, model=model)]
    return [partial(open_index, base, language, targets=targets) for language in unlearned]


def has_cache() -> bool:
    """Whether there is a cache to leave an index in."""
    folder = cache.folder()
    return folder is not None and os.access(folder, os.W_OK)
