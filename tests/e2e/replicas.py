"""`advisory-bot run` by webhook, as processes: alone, or several that share a database."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx

from tests.e2e.process import BotProcess, started
from tests.e2e.running import OPERATOR
from tests.e2e.test_durability import ASKED, said
from tests.fake_bot_api import TOKEN
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.databases import TestDatabase
    from tests.fake_bot_api import FakeBotApi, UserActor

WITHIN: Final = 60.0
"""Seconds; a process takes some to start on a busy machine."""
TAKEN_OVER_WITHIN: Final = 120.0
"""Seconds: a lease has to run out first."""


@dataclass(frozen=True)
class Place:
    """Where a replica listens."""

    host: str
    port: int

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://{self.host}:{self.port}"


@dataclass(frozen=True)
class Replica:
    """A started bot that listens.

    Attributes:
        process: It.
        root: Its own address.
    """

    process: BotProcess
    root: str

    async def ready(self) -> tuple[int, list[str]]:
        """The status of /readyz, and what it says is lacking; 0 where nobody answers."""
        try:
            async with httpx.AsyncClient() as client:
                answer = await client.get(f"{self.root}/readyz", timeout=WITHIN)
        except httpx.TransportError:
            return 0, []
        return answer.status_code, answer.json().get("lacking", [])

    async def becomes(self, status: int, *lacking: str) -> None:
        """Wait until /readyz answers this."""
        async with asyncio.timeout(WITHIN):
            while await self.ready() != (status, [*lacking]):
                assert self.process.process.returncode is None, self.process.written
                await asyncio.sleep(0.02)


@asynccontextmanager
async def webhook_process(
    api: FakeBotApi,
    folder: Path,
    base: Path,
    database: TestDatabase,
    /,
    port: int = 0,
    host: str = "127.0.0.1",
    **settings: str,
) -> AsyncIterator[Replica]:
    """A bot that takes updates by webhook, when it is ready.

    Args:
        api: Telegram.
        folder: Where it runs; it must be there.
        base: Its knowledge base.
        database: Where it keeps updates.
        port: Where it listens; 0 for any.
        host: This machine, by one of its numbers.
        **settings: Others than the usual; without `WEBHOOK_URL` Telegram calls it itself.
    """
    port = port or free_port()
    root = f"http://{host}:{port}"
    usual = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "OPERATOR_NAME": OPERATOR}
    usual |= {"DATABASE_URL": database.url, "STORE_KEY": database.key}
    usual |= {"WEBHOOK_URL": root, "LISTEN": f"{host}:{port}"}
    async with started(folder, base, **usual | settings) as process:
        replica = Replica(process, root)
        await replica.becomes(HTTPStatus.OK)
        yield replica


@dataclass
class Site:
    """Everything that runs.

    Attributes:
        api: Telegram.
        folder: Where there is room for files.
        base: The knowledge base.
        database: Shared by all replicas.
        root: Where Telegram posts: a proxy's address.
        places: Where replicas listen, behind the proxy.
        stack: Ends them.
        started: The replicas so far, in the order of their starts.
    """

    api: FakeBotApi
    folder: Path
    base: Path
    database: TestDatabase
    root: str
    places: list[Place]
    stack: AsyncExitStack
    started: list[Replica] = field(default_factory=list)

    async def start(self, number: int, **settings: str) -> Replica:
        """Start the replica of this number, or start it again; ready when it returns."""
        folder = self.folder / f"replica-{number}-{len(self.started)}"
        folder.mkdir()
        replica = await self.stack.enter_async_context(
            webhook_process(
                self.api,
                folder,
                self.base,
                self.database,
                self.places[number].port,
                self.places[number].host,
                WEBHOOK_URL=self.root,
                **settings,
            )
        )
        self.started.append(replica)
        return replica

    def people(self, number: int) -> list[UserActor]:
        return [self.api.user(f"Asker-{n}", started=True) for n in range(number)]

    def answers(self, people: list[UserActor]) -> int:
        return sum(len(self.api.sent(person)) for person in people)

    async def all_answered(self, people: list[UserActor]) -> None:
        """Wait until everybody has an answer to everything."""
        await self.api.wait_for(
            lambda: all(len(set(said(self.api, person))) == len(ASKED) for person in people),
            TAKEN_OVER_WITHIN,
        )


@asynccontextmanager
async def asking(people: list[UserActor]) -> AsyncIterator[None]:
    """Everybody asks everything, each in the same order, some waiting in between; all is asked at the end."""
    chance = random.Random(7)  # noqa: S311 - the same each time

    async def ask() -> None:
        for question in ASKED:
            for person in people:
                person.sends(question)
                if chance.random() < 0.2:
                    await asyncio.sleep(chance.random() / 10)

    task = asyncio.create_task(ask())
    try:
        yield
    finally:
        await task
