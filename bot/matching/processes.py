"""The processes that match beside the bot's own, and who gets which question.

They are forked from a process that has opened the knowledge base, so they share most of its memory; each adds some 50 MB. None of
them is needed: a question that no process takes, or that a process drops or keeps too long, is answered here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Final, cast

from bot.forking import forked
from bot.matching.apart import LENGTH, Done, Learn, frame, serve
from knowledge.answerer import Answerer
from knowledge.outcome import Question
from knowledge.verdict import Verdict

log = logging.getLogger(__name__)

AT_MOST: Final = 3
"""As many as are of use where nothing is set: by then sending and storing take all that the bot's own process can do."""
_ENOUGH_FOR: Final = 300
"""Messages a second that the bot's own process makes by itself with ease."""
_IN_HAND: Final = 100
"""Questions that one process is given ahead: a whole poll, as what it brings comes at once. The bot's own process matches what
is beyond, at the expense of all that nobody else can do."""

_ANSWERS_WITHIN: Final = 5.0
"""Seconds for a question, a hundred times what all in hand take. A process that needs longer hangs, and is ended."""
_TAKES_OVER_WITHIN: Final = 60.0
"""Seconds for going over to a knowledge base that is in the cache."""


def usual(messages_per_second: int) -> int:
    """How many are started where nothing is set: as many as are needed for what the bot may send, and as there are cores for.

    With what Telegram allows to a bot as a rule that is none.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return min(messages_per_second // _ENOUGH_FOR, cores - 1, AT_MOST)


class Processes:
    """Matches, here and beside.

    Args:
        number: How many to start. Before an event loop or a thread is: what isn't forked here can't be forked later.
        answerer: What they answer with at first.
        learn: Makes another answerer of a knowledge base, in them.
    """

    def __init__(self, number: int, answerer: Answerer, learn: Learn) -> None:
        self._answerer = answerer
        self._links: list[_Link] = []
        self._one_after_the_other = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None
        for _ in range(number):
            self._links.append(_forked(answerer, learn, [link.sock for link in self._links]))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Hand questions out inside the block; at its end the processes end."""
        loop = asyncio.get_running_loop()
        for link in self._links:
            await loop.create_unix_connection(lambda link=link: link, sock=link.sock)  # type: ignore[misc]
        try:
            yield
        finally:
            if self._renewing is not None:
                self._renewing.cancel()
            for link in self._links:
                link.end()

    async def answer(self, answerer: Answerer, question: Question) -> Verdict:
        """What an answerer says to a question.

        Args:
            answerer: When it is another one than before, the processes go over to it; until they have, all is done here.
            question: What was asked.
        """
        if answerer is not self._answerer:
            self._go_over_to(answerer)
        async with self._one_after_the_other:
            link = min(
                (link for link in self._links if link.ready), key=lambda link: link.in_hand, default=None
            )
            if link is None:
                return answerer.answer(question)
            if link.in_hand >= _IN_HAND:
                verdict = answerer.answer(question)
                await asyncio.sleep(0)  # before the next one the others may have room again
                return verdict
        return await link.ask(question) or answerer.answer(question)

    def _go_over_to(self, answerer: Answerer) -> None:
        self._answerer = answerer
        for link in self._links:
            link.ready = False
        if self._links and (self._renewing is None or self._renewing.done()):
            self._renewing = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        """Have the processes take over what is answered with; again where that has changed meanwhile."""
        while True:
            answerer, links = self._answerer, [link for link in self._links if link.alive]
            base = await asyncio.to_thread(pickle.dumps, answerer.base, pickle.HIGHEST_PROTOCOL)
            taken = await asyncio.gather(*(link.take_over(base) for link in links))
            if answerer is self._answerer:
                for link, ready in zip(links, taken, strict=True):
                    link.ready = ready
                return


class _Link(asyncio.Protocol):
    """The way to one process."""

    def __init__(self, pid: int, sock: socket.socket) -> None:
        self.sock = sock
        self.ready = self.alive = self._reaped = False
        self._pid = pid
        self._transport: asyncio.Transport | None = None
        self._numbers = count()
        self._asked: dict[int, asyncio.Future[Done | None]] = {}
        self._got = bytearray()
        self._to_write = bytearray()

    @property
    def in_hand(self) -> int:
        """What it was given and hasn't answered."""
        return len(self._asked)

    async def ask(self, question: Question) -> Verdict | None:
        """The verdict on a question; None where there is none to be had."""
        done = await self._do(question, _ANSWERS_WITHIN)
        return done[1] if done else None

    async def take_over(self, base: bytes) -> bool:
        """Go over to a pickled knowledge base; False where the process has ended upon it."""
        return await self._do(base, _TAKES_OVER_WITHIN) is not None

    async def _do(self, what: Question | bytes, within: float) -> Done | None:
        if self._transport is None or not self.alive:
            return None
        number = next(self._numbers)
        done: asyncio.Future[Done | None] = asyncio.get_running_loop().create_future()
        self._asked[number] = done
        if not self._to_write:
            asyncio.get_running_loop().call_soon(self._write)
        self._to_write += frame(pickle.dumps((number, what), pickle.HIGHEST_PROTOCOL))
        try:
            async with asyncio.timeout(within):
                return await done
        except TimeoutError:
            if self.alive:
                log.warning("a process that matches hangs, and is ended; the bot goes on without it")
                self.end()  # all else that it was given comes back by that
            return None

    def _write(self) -> None:
        """Write at once what was asked for in one turn of the loop: each writing is a call of the system."""
        if self._transport is not None:
            self._transport.write(bytes(self._to_write))
        self._to_write.clear()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be ready for questions."""
        # No isinstance: the transports of other event loops than Python's own are no subclasses.
        self._transport = cast("asyncio.Transport", transport)
        self.ready = self.alive = True

    def data_received(self, data: bytes) -> None:
        """Hand verdicts to those who wait for them."""
        self._got += data
        while len(self._got) >= LENGTH:
            end = LENGTH + int.from_bytes(self._got[:LENGTH], "little")
            if len(self._got) < end:
                return
            done: Done = pickle.loads(self._got[LENGTH:end])  # noqa: S301 - our own, see apart.py
            del self._got[:end]
            self._settle(done[0], done)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - as asyncio calls it
        """Let those who wait help themselves."""
        if self.alive:
            log.warning("a process that matches has ended; the bot goes on without it")
            self._reap()
        self.ready = self.alive = False
        for number in list(self._asked):
            self._settle(number, None)

    def _settle(self, number: int, done: Done | None) -> None:
        waiting = self._asked.pop(number)
        if not waiting.done():  # who asked may have been cancelled
            waiting.set_result(done)

    def end(self) -> None:
        """End the process; it holds nothing that could be lost."""
        self.ready = self.alive = False
        if self._transport is not None:
            self._transport.abort()
        self._reap()

    def _reap(self) -> None:
        """Once alone: afterwards the number may be another process's."""
        if self._reaped:
            return
        self._reaped = True
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _forked(answerer: Answerer, learn: Learn, inherited: list[socket.socket]) -> _Link:
    ours, theirs = socket.socketpair()

    def work() -> None:
        # Ends of others' sockets, held here, would keep them from hearing that the bot has ended.
        for sock in (ours, *inherited):
            sock.close()
        serve(theirs, answerer, learn)

    pid = forked(work)
    theirs.close()
    ours.setblocking(False)  # noqa: FBT003 - its only form
    return _Link(pid, ours)
