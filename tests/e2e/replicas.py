"""`advisory-bot run` by webhook, as processes: alone, or several that share a database."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx

from tests.e2e.process import BotProcess, started
from tests.e2e.running import OPERATOR
from tests.fake_bot_api import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.databases import TestDatabase
    from tests.fake_bot_api import FakeBotApi

WITHIN: Final = 60.0
"""Seconds; a process takes some to start on a busy machine."""


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


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
    api: FakeBotApi, folder: Path, base: Path, database: TestDatabase, /, port: int = 0, **settings: str
) -> AsyncIterator[Replica]:
    """A bot that takes updates by webhook, when it is ready.

    Args:
        api: Telegram.
        folder: Where it runs; it must be there.
        base: Its knowledge base.
        database: Where it keeps updates.
        port: Where it listens; 0 for any.
        **settings: Others than the usual; without `WEBHOOK_URL` Telegram calls it itself.
    """
    port = port or free_port()
    root = f"http://127.0.0.1:{port}"
    usual = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "OPERATOR_NAME": OPERATOR}
    usual |= {"DATABASE_URL": database.url, "STORE_KEY": database.key}
    usual |= {"WEBHOOK_URL": root, "LISTEN": f"127.0.0.1:{port}"}
    async with started(folder, base, **usual | settings) as process:
        replica = Replica(process, root)
        await replica.becomes(HTTPStatus.OK)
        yield replica
