"""The real process, `advisory-bot run`, with an environment of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

STARTS_WITHIN: Final = 60.0
STOPS_WITHIN: Final = 45.0
"""Seconds in which a stopped bot must have answered what came in, and be gone, as docs/replicas.md promises."""


@dataclass(frozen=True)
class BotProcess:
    """A started bot.

    Attributes:
        process: It.
        output: The file that it writes its standard output and standard error to.
    """

    process: asyncio.subprocess.Process
    output: Path

    def stop(self, signal: int) -> None:
        """Send it a signal."""
        self.process.send_signal(signal)

    async def exit_status(self, within: float = STOPS_WITHIN) -> int:
        """Wait for its end."""
        async with asyncio.timeout(within):
            return await self.process.wait()

    @property
    def written(self) -> str:
        """All that it has written so far."""
        return self.output.read_text(encoding="utf-8")

    async def has_written(self, text: str, within: float = STARTS_WITHIN) -> None:
        """Wait until it has written something."""
        async with asyncio.timeout(within):
            while text not in self.written:  # noqa: ASYNC110 - a file has no event
                await asyncio.sleep(0.05)

    @property
    def sentences(self) -> list[str]:
        """What it has written for people, so no lines of its log."""
        return [line for line in self.written.splitlines() if line and not line[0].isdigit()]


def run_command(knowledge: Path) -> list[str]:
    """The command line of the bot."""
    return [sys.executable, "-m", "bot", "run", "--knowledge", str(knowledge)]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """These settings, data in this folder, and nothing else that the bot would take from the environment."""
    kept = ("PATH", "HOME", "ADVISORY_BOT_CACHE", "LANG", "LC_ALL", "SYSTEMROOT")
    return (
        {name: os.environ[name] for name in kept if name in os.environ}
        | {"XDG_DATA_HOME": str(folder)}
        | settings
    )


@dataclass(frozen=True)
class Unreachable:
    """A bot whose server isn't there.

    Attributes:
        process: It.
        output: The file that it writes to.
        url: The address of no server.
        begun: When it was started, in seconds since the epoch.
    """

    process: subprocess.Popen[bytes]
    output: Path
    url: str
    begun: float


@contextmanager
def in_vain(folder: Path, knowledge: Path, token: str) -> Iterator[Unreachable]:
    """Run the bot against an address at which nobody listens."""
    url = f"http://127.0.0.1:{free_port()}"
    output, begun = folder / "output.txt", time.time()
    with output.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - this very Python
            run_command(knowledge),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            cwd=folder,
            env=environment(folder, TELEGRAM_BOT_TOKEN=token, TELEGRAM_API_URL=url),
        )
    try:
        yield Unreachable(process, output, url, begun)
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def started(
    folder: Path, knowledge: Path, before_start: Callable[[], None] | None = None, /, **settings: str
) -> AsyncIterator[BotProcess]:
    """Run the bot in an empty folder, with these settings alone; it is ended with the test.

    Args:
        folder: Where it runs, and its output is kept.
        knowledge: Its knowledge base.
        before_start: Run in the new process before it becomes the bot.
        **settings: Environment variables.
    """
    output = folder / "output.txt"
    with output.open("wb") as stream:  # of this start alone
        process = await asyncio.create_subprocess_exec(
            *run_command(knowledge),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            cwd=folder,
            env=environment(folder, **settings),
            preexec_fn=before_start,
        )
    try:
        yield BotProcess(process, output)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
