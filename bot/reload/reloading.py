"""Taking over a knowledge base that was edited, while the bot goes on answering."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import termios
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Final, TypeAlias

from bot.answering import Conversations
from bot.reload.learning import LearningError, Source
from bot.reload.reloaded import Failed, Outcome, Refused, Reloaded, Unchanged, line, refused
from bot.review.accepted import Accepted
from bot.steady import steady
from bot.store.protocol import StoreError
from bot.watching import metrics
from knowledge.answerer import Answerer
from knowledge.learned import with_learned
from knowledge.model import KnowledgeBase, LearnedPhrasing
from knowledge.opening import UnusableKnowledgeError
from knowledge.semantic import ModelError
from knowledge.texts import counted

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 5.0
"""Seconds between two looks at the files. What changed is read when two looks in a row have found it the same, so that
nobody's half-saved files are."""
_TRIES_AGAIN_AFTER: Final = 60.0
"""Seconds after which what was accepted, and couldn't be learned, is learned again; twice as long each time."""
_TRIES_AGAIN_WITHIN: Final = 3600.0
_LOGGED: Final = 20
"""Problems that the log shows; `advisory-bot check` shows all."""

Tell: TypeAlias = Callable[[Outcome], Awaitable[None]]
Make: TypeAlias = Callable[[Answerer, Source], Awaitable[Answerer | None]]


class Reloader:
    """Reads a knowledge base again, learns it, and lets the bot answer with it.

    Args:
        source: Where it is.
        accepted: What maintainers accepted besides its files.
        clock: Seconds that only go forward.
    """

    def __init__(
        self, source: Source, accepted: Accepted | None = None, clock: Callable[[], float] = steady
    ) -> None:
        self._source = source
        self._accepted = accepted
        self._clock = clock
        self._taken: tuple[LearnedPhrasing, ...] = ()
        """What had been accepted when the answerer in use was made, with what the knowledge base has no entry for."""
        self._pause = 0.0
        """Seconds between two tries to catch up; 0 where none has failed."""
        self._not_before = 0.0
        """When the next one may be, by the clock."""
        self._conversations: Conversations | None = None
        self._tell: Tell | None = None
        self._one_at_a_time = asyncio.Lock()

    def serve(self, conversations: Conversations, tell: Tell) -> None:
        """Say what answers with it, and whom to tell.

        Args:
            conversations: Its answerer is replaced in one assignment: whoever took the old one to answer with, or to render
                with, ends with the old one.
            tell: Called when something needs mending of which nobody has asked.
        """
        self._conversations, self._tell = conversations, tell

    async def begin(self, answerer: Answerer) -> Answerer:
        """What to begin with: an answerer that was just opened, with what was accepted before. Where that fails, without it."""
        try:
            base, taken = await self._with_learned(answerer.base)
            made = answerer if base is answerer.base else await self._source.learn(base)
        except (LearningError, StoreError) as error:
            log.error("what maintainers accepted isn't known: %s", error)  # noqa: TRY400 - the sentence says it all
            return answerer
        self._taken = taken
        return made

    async def replace(self, make: Make) -> bool:
        """Let the bot answer with another answerer, made of the one in use; no reload comes in between.

        Args:
            make: Makes it; None to leave everything as it is. What it raises is raised here.

        Returns:
            Whether it was replaced.
        """
        if self._conversations is None:
            raise RuntimeError("nobody answers yet")
        async with self._one_at_a_time:
            old = self._conversations.answerer
            made = await make(old, self._source)
            if made is None:
                return False
            self._conversations.answerer = made
            # Not what the store has by now: others may have accepted something meanwhile that this one doesn't know.
            self._taken = tuple(sorted({*self._taken} - {*old.base.learned} | {*made.base.learned}))
        return True

    async def catch_up(self) -> None:
        """Reload where something was accepted, or taken back, in another process, or couldn't be learned before."""
        if self._accepted is None or self._clock() < self._not_before:
            return
        if await self._accepted.phrasings() == self._taken:
            self._pause = 0.0
            return
        outcome = await self.reload()
        if not isinstance(outcome, Refused | Failed):
            self._pause = 0.0
            return
        is_first = not self._pause
        self._pause = min(2 * self._pause or _TRIES_AGAIN_AFTER, _TRIES_AGAIN_WITHIN)
        self._not_before = self._clock() + self._pause
        # Of files that can't be used the admins heard when these were edited.
        if is_first and isinstance(outcome, Failed) and self._tell is not None:
            await self._tell(outcome)

    async def _with_learned(self, base: KnowledgeBase) -> tuple[KnowledgeBase, tuple[LearnedPhrasing, ...]]:
        """What was read from files, with what was accepted; and that. Of it, what the files say by now is forgotten."""
        if self._accepted is None:
            return base, ()
        taken = await self._accepted.phrasings()
        learned = await asyncio.to_thread(with_learned, base, taken)
        known = [
            one
            for one in taken
            if one not in learned.learned and one.entry_id in base.entries.get(one.language, {})
        ]
        if known:
            await self._accepted.forget(known)
        return learned, tuple(one for one in taken if one not in known)

    async def reload(self) -> Outcome:
        """Do it, or leave everything as it is; one reload waits for another."""
        if self._conversations is None:
            raise RuntimeError("nobody answers yet")
        async with self._one_at_a_time:
            outcome = await self._reload(self._conversations)
        _note(outcome, self._conversations.answerer.base.advisory.id)
        return outcome

    async def _reload(self, conversations: Conversations) -> Outcome:
        old = conversations.answerer.base
        try:
            base, taken = await self._with_learned(await asyncio.to_thread(self._source.read))
            is_new = base.content_hash != old.content_hash or base.learned != old.learned
            if is_new:
                conversations.answerer = await self._source.learn(base)
            self._taken = taken
        except UnusableKnowledgeError as error:
            return refused(error.problems)
        except (LearningError, ModelError, StoreError) as error:
            return Failed(str(error))
        return Reloaded(_entries(base)) if is_new else Unchanged(_entries(old))

    @asynccontextmanager
    async def watching(self, *, known: Hashable) -> AsyncIterator[None]:
        """Inside the block, reload on SIGHUP and when the files change.

        Args:
            known: The files' state before they were read, from which on changes count.
        """
        bell = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, _hung_up, bell, _terminal())
        watcher = asyncio.create_task(self._watch(bell, known))
        try:
            yield
        finally:
            watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watcher
            loop.remove_signal_handler(signal.SIGHUP)

    async def _watch(self, bell: asyncio.Event, known: Hashable) -> None:
        before = await self._look(None)
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await bell.wait()
            now = await self._look(before)
            called = bell.is_set()
            bell.clear()
            if called or (now == before and now != known):
                known = now
                await self._attend()
            before = now

    async def _look(self, before: Hashable) -> Hashable:
        """The files' state; a fault in looking at them is one too, so that a reload says what is wrong, and looking goes on."""
        try:
            return await asyncio.to_thread(self._source.state)
        except Exception as error:
            if before != repr(error):
                log.exception("the knowledge base's files can't be looked at")
            return repr(error)

    async def _attend(self) -> None:
        try:
            outcome = await self.reload()
            if isinstance(outcome, Refused | Failed) and self._tell is not None:
                await self._tell(outcome)
        except Exception:
            # The bot answers all the same, and what is mended next has to be seen.
            log.exception("the knowledge base stays as it was")


def _entries(base: KnowledgeBase) -> int:
    return sum(map(len, base.entries.values()))


def _note(outcome: Outcome, name: str) -> None:
    match outcome:
        case Reloaded(entries):
            metrics.reloaded("ok")
            log.info("knowledge base %s: %d entries, read again", name, entries)
        case Unchanged():
            metrics.reloaded("unchanged")
            log.info("knowledge base %s: nothing has changed", name)
        case Failed(reason):
            metrics.reloaded("failed")
            log.error("the knowledge base stays as it was: it couldn't be learned: %s", reason)
        case Refused(problems):
            metrics.reloaded("refused")
            log.error(
                "the knowledge base stays as it was: what it was changed to can't be used (%s)",
                counted(len(problems), "error"),
            )
            for found in problems[:_LOGGED]:
                log.error("%s", line(found))


def ignore_too_early() -> None:
    """Until the files are watched a SIGHUP must not end the bot: they are just being read. A closed terminal may."""
    if _terminal() is None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _terminal() -> int | None:
    """The terminal that the bot was started from; None where there is none."""
    try:
        number = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return None
    return number if os.isatty(number) else None


def _hung_up(bell: asyncio.Event, terminal: int | None) -> None:
    """SIGHUP: somebody asks for a reload; or the terminal was closed, and a bot that nobody sees must not go on."""
    if terminal is not None:
        try:
            termios.tcgetattr(terminal)
        except termios.error:
            signal.raise_signal(signal.SIGTERM)
            return
    bell.set()
