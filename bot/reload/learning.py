"""Learning a changed knowledge base beside a bot that answers: in a process of its own, which leaves the index in the cache.

Learning takes seconds of processor time and half a gigabyte of memory. A process gives both back, runs at a lower priority,
and is the one to go where memory runs out.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import opening
from bot.forking import can_fork, made_apart
from bot.opening import has_cache
from knowledge import files
from knowledge.answerer import Answerer
from knowledge.calibration import Targets
from knowledge.index import TARGETS
from knowledge.learned import with_learned
from knowledge.model import KnowledgeBase, LearnedPhrasing
from knowledge.opening import UnusableKnowledgeError, answerer_of, read_base

_NICE: Final = 10
_NOT_KEPT: Final = 3
"""Exit status: there is no cache to leave an index in, or the files are others by now."""
_LAST_WORDS: Final = 300
"""Characters of the last line that a failed process wrote."""


class LearningError(Exception):
    """An index couldn't be made, though the knowledge base is sound; the text says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a knowledge base is, and how it is learned; arguments as in `open_answerer`."""

    path: Path | None = None
    targets: Targets = TARGETS
    model: Path | None = None

    def open(self) -> Answerer:
        """Read it, and learn it where it isn't in the cache: both in forks, at the start of a program.

        Raises:
            UnusableKnowledgeError: It has errors.
            ModelError: The model can't be used.
        """
        # What either took isn't all given back, and a bot runs for long. Where it can't be read, it shows here why.
        base = (made_apart(self.read) if can_fork() else None) or self.read()
        return opening.learned(base, targets=self.targets, model=self.model)

    def read(self) -> KnowledgeBase:
        """Read it.

        Raises:
            UnusableKnowledgeError: It has errors.
        """
        return read_base(self.path)

    def state(self) -> Hashable:
        """A value that is another one when its files were touched."""
        return files.state(self.path or files.bundled())

    async def learn(self, base: KnowledgeBase) -> Answerer:
        """An answerer for what was read. The event loop goes on meanwhile, and is held up by nothing but the last step.

        Raises:
            LearningError: The process that learned has failed.
            ModelError: The model can't be used.
        """
        await self._learn_apart(base.learned)
        # It is in the cache now. Where there is none, it is learned here after all.
        return await asyncio.to_thread(self.fetch, base)

    def fetch(self, base: KnowledgeBase) -> Answerer:
        """An answerer for what was read and learned: its index comes from the cache, and is made again where it isn't there.

        Raises:
            ModelError: The model can't be used.
        """
        return answerer_of(base, targets=self.targets, model=self.model)

    async def _learn_apart(self, learned: tuple[LearnedPhrasing, ...]) -> None:
        command = [sys.executable, "-P", "-m", __name__, *self._arguments()]
        # The same modules as here, wherever they come from; and none that lie in the working directory by chance.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env=environment,
            )
        except OSError as fault:
            raise LearningError(f"no process could be started: {fault.strerror or fault}") from fault
        try:
            # By no argument and no file: everybody on the machine may see the one, and the other would outlive us.
            given = json.dumps([[one.language, one.entry_id, one.text] for one in learned])
            if process.stdin is not None:
                # uvloop refuses to write to a process that has ended by now, as a killed one; its exit status shows that.
                with contextlib.suppress(RuntimeError):
                    process.stdin.write(given.encode())
                process.stdin.close()
            _, output = await process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):  # it has ended, as it does as a rule
                process.kill()
        if process.returncode in (0, _NOT_KEPT):
            return
        if process.returncode == -signal.SIGKILL:
            raise LearningError("it was killed; there may be too little memory")
        last = output.decode("utf-8", "replace").strip().rpartition("\n")[2][-_LAST_WORDS:]
        raise LearningError(f"it ended with {process.returncode}: {last}")

    def _arguments(self) -> list[str]:
        targets = [
            repr(rate) for rate in (self.targets.off_topic, self.targets.guardrail, self.targets.chatter)
        ]
        return [str(self.path or ""), str(self.model or ""), *targets]


def _main(path: str, model: str, *targets: str, learned: bytes = b"[]") -> int:
    """Learn, and leave it in the cache."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends this process too
    os.nice(_NICE)
    if not has_cache():
        return _NOT_KEPT
    source = Source(
        Path(path) if path else None, Targets(*map(float, targets)), Path(model) if model else None
    )
    phrasings = [LearnedPhrasing(*one) for one in json.loads(learned)]
    try:
        answerer_of(with_learned(source.read(), phrasings), targets=source.targets, model=source.model)
    except UnusableKnowledgeError:
        return _NOT_KEPT
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:], learned=sys.stdin.buffer.read()))
