"""The bot's processes in a soak: one that polls, or replicas that take a webhook."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.e2e.process import BotProcess, started
from tests.e2e.running import OPERATOR
from tests.fake_bot_api import TOKEN
from tests.ports import free_port
from tests.soak.balancer import balancer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.databases import TestDatabase
    from tests.fake_bot_api import FakeBotApi

_PAGE: Final = 4096 / 2**20
_STOPS_WITHIN: Final = 60.0
_BEGUN: Final = re.compile(r"starting to poll|listening at port")
"""After this a process knows what SIGTERM means."""


@dataclass
class Bots:
    """What runs, and can be replaced.

    Attributes:
        base: The knowledge base.
        folder: Where they run.
        settings: Of each.
    """

    base: Path
    folder: Path
    settings: list[dict[str, str]]
    alive: list[BotProcess] = field(default_factory=list)
    _stacks: list[AsyncExitStack] = field(default_factory=list)
    _lives: int = 0
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self) -> None:
        """Start all of them."""
        for settings in self.settings:
            stack = AsyncExitStack()
            self._stacks.append(stack)
            self.alive.append(await self._begin(stack, settings))

    async def _begin(self, stack: AsyncExitStack, settings: dict[str, str]) -> BotProcess:
        self._lives += 1
        folder = self.folder / f"life-{self._lives}"
        folder.mkdir()
        return await stack.enter_async_context(started(folder, self.base, **settings))

    async def replace(self, number: int, how: signal.Signals) -> int:
        """End one in some way and start another in its place; its exit status."""
        async with self._changing:
            with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                self.alive[number].stop(how)
            status = await self.alive[number].exit_status(_STOPS_WITHIN)
            await self._anew(number)
        return status

    async def _anew(self, number: int) -> None:
        await self._stacks[number].aclose()
        self._stacks[number] = AsyncExitStack()
        self.alive[number] = await self._begin(self._stacks[number], self.settings[number])

    async def supervise(self, ended: Counter[str]) -> None:
        """Start anew what has ended by itself, as a machine's supervisor would, and count it; until cancelled."""
        while True:
            await asyncio.sleep(0.5)
            async with self._changing:
                for number, process in enumerate(self.alive):
                    if process.process.returncode is not None:
                        ended["ended by itself"] += 1
                        await self._anew(number)

    async def stop(self) -> list[int]:
        """End them in order, as soon as they have begun; their exit statuses."""
        async with asyncio.timeout(_STOPS_WITHIN):
            while not all(_BEGUN.search(process.written) for process in self.alive):  # noqa: ASYNC110 - other processes
                await asyncio.sleep(0.05)
        for process in self.alive:
            process.stop(signal.SIGTERM)
        return [await process.exit_status(_STOPS_WITHIN) for process in self.alive]

    async def close(self) -> None:
        """Leave no process behind."""
        for stack in self._stacks:
            await stack.aclose()

    def memory(self) -> float:
        """Megabytes that they take together; 0 while one of them is just being replaced."""
        total = 0.0
        for process in self.alive:
            try:
                told = Path(f"/proc/{process.process.pid}/statm").read_text(encoding="ascii")
            except OSError:
                return 0.0
            total += int(told.split()[1]) * _PAGE
        return total


@asynccontextmanager
async def bots(
    api: FakeBotApi, folder: Path, base: Path, database: TestDatabase, replicas: int
) -> AsyncIterator[Bots]:
    """Start the bots; they are ended with the block.

    Args:
        api: Telegram.
        folder: Where they run.
        base: Their knowledge base.
        database: The one that they share.
        replicas: How many, by webhook; 0 for one that polls.
    """
    usual = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "OPERATOR_NAME": OPERATOR}
    usual |= {"DATABASE_URL": database.url, "STORE_KEY": database.key}
    async with AsyncExitStack() as stack:
        if replicas:
            ports = [free_port() for _ in range(replicas)]
            front = await stack.enter_async_context(balancer(ports))
            hook = {"WEBHOOK_URL": f"http://127.0.0.1:{front}"}
            each = [usual | hook | {"LISTEN": f"127.0.0.1:{port}"} for port in ports]
        else:
            each = [usual]
        running = Bots(base, folder, each)
        stack.push_async_callback(running.close)
        await running.start()
        yield running


async def sampled(running: Bots, sizes: list[float], every: float = 0.5) -> None:
    """Note what they take, until cancelled."""
    while True:
        await asyncio.sleep(every)
        if size := running.memory():
            sizes.append(size)
