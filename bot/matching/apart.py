"""A process that matches for another one: questions in, verdicts out, over a socket that nobody else has.

A frame is its length in four bytes and a pickle: both ends are the same program, forked, so neither can be made to run
anything that it doesn't run anyway.
"""

from __future__ import annotations

import pickle
import signal
import socket
from collections.abc import Callable
from typing import Final, TypeAlias

from bot.opening import has_cache
from knowledge.answerer import Answerer
from knowledge.model import KnowledgeBase
from knowledge.outcome import Question
from knowledge.verdict import Verdict

Task: TypeAlias = tuple[int, Question | bytes]
"""A number, and what to do: answer a question, or go over to a knowledge base, pickled once for all."""
Done: TypeAlias = tuple[int, Verdict | None]
"""The number of a task, and the verdict; None for a knowledge base, and for a question upon which matching failed."""
Learn: TypeAlias = Callable[[KnowledgeBase], Answerer]

LENGTH: Final = 4
"""Bytes of a frame's length."""


def frame(content: bytes) -> bytes:
    """A pickle as it goes over the socket."""
    return len(content).to_bytes(LENGTH, "little") + content


def serve(sock: socket.socket, answerer: Answerer, learn: Learn) -> None:
    """Do what is asked for until the other end is closed, as it is when that process ends, however it does.

    Args:
        sock: The way to the one who asks.
        answerer: To begin with.
        learn: Makes another one.
    """
    # Whoever tells the bot to stop tells the whole group, and the bot still wants to answer what has come in.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    with sock.makefile("rb") as incoming:
        while len(head := incoming.read(LENGTH)) == LENGTH:
            task: Task = pickle.loads(incoming.read(int.from_bytes(head, "little")))  # noqa: S301 - our own, see above
            number, given = task
            verdict = None
            if isinstance(given, Question):
                verdict = _verdict(answerer, given)
            else:
                answerer = _taken_over(pickle.loads(given), learn)  # noqa: S301 - our own as well
            sock.sendall(frame(pickle.dumps((number, verdict), pickle.HIGHEST_PROTOCOL)))


def _verdict(answerer: Answerer, question: Question) -> Verdict | None:
    try:
        return answerer.answer(question)
    except Exception:  # noqa: BLE001 - it shows where it belongs: the one who asked does it again
        return None


def _taken_over(base: KnowledgeBase, learn: Learn) -> Answerer:
    """An answerer for a knowledge base that is in the cache."""
    if not has_cache():
        # It would be learned by each process, at half a gigabyte. Without this one the bot matches by itself.
        raise SystemExit
    return learn(base)
