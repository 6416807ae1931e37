"""The proxy that is shipped, in front of real replicas: what it lets through, and that it goes to another in need."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import ssl
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.transport.registration import MAX_CONNECTIONS
from tests.databases import KEY, Postgres, TestDatabase
from tests.e2e.nginx import GATEWAY, SHIPPED, nginx
from tests.e2e.replicas import WITHIN, Place, Site, asking
from tests.e2e.test_durability import ANSWER, ASKED, QUESTION, once, said
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fake_bot_api import FakeBotApi

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here; .ci/run installs it")

HOSTS = ("127.0.0.1", "127.0.0.2")
Post = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def site(api: FakeBotApi, tmp_path: Path, small_base: Path, postgres: Postgres) -> AsyncIterator[Site]:
    """Nginx before places for two replicas, and an empty database."""
    port, folder = free_port(), tmp_path / "nginx"
    folder.mkdir()
    database = TestDatabase(postgres.new_database(), KEY)
    async with nginx(folder, HOSTS, port) as root, AsyncExitStack() as stack:
        places = [Place(host, port) for host in HOSTS]
        yield Site(api, tmp_path, small_base, database, root, places, stack)
    api.assert_clean()


async def test_the_webhook_alone_is_let_through(site: Site) -> None:
    await site.start(0)
    async with httpx.AsyncClient(base_url=site.root, verify=False) as client:  # noqa: S501 - its own certificate
        for path in ("/", "/healthz", "/readyz", "/metrics", "/telegram/x", "/telegramm"):
            assert (await client.post(path)).status_code == 404
        assert (await client.get("/telegram")).status_code == 403
        assert (await client.post("/telegram")).status_code == 403
        headers = {"content-type": "application/json"}
        headers |= {"x-telegram-bot-api-secret-token": "made-up"}
        too_large = await client.post("/telegram", content=b" " * 300_000, headers=headers)
        assert too_large.status_code == 413
        assert "nginx/" not in too_large.headers["server"]


async def test_a_replica_that_is_killed_and_one_that_is_stopped_lose_nothing(site: Site) -> None:
    first, second = await asyncio.gather(site.start(0), site.start(1))
    people = site.people(40)
    site.api.delay(0.2, "sendMessage", times=None)
    async with asking(people):
        await site.api.wait_for(lambda: site.answers(people) >= 20, WITHIN)
        first.process.stop(signal.SIGKILL)
        await first.process.exit_status()
        await site.api.wait_for(lambda: site.answers(people) >= 40, WITHIN)
        third = await site.start(0)
        second.process.stop(signal.SIGTERM)
        assert await second.process.exit_status(WITHIN) == 0
    await site.all_answered(people)
    assert [once(said(site.api, person)) for person in people] == [list(ASKED.values())] * len(people)
    assert site.api.world.webhook.last_error_message is None, "Telegram noticed nothing"
    assert third.process.process.returncode is None


@asynccontextmanager
async def slow_posts(site: Site, source: str, count: int, secret: bytes) -> AsyncIterator[list[Post]]:
    """Inside the block requests are sent from an address, each a byte a second of its long body."""
    trusting = ssl._create_unverified_context()  # noqa: S323 - its own certificate
    port = httpx.URL(site.root).port
    posts = [
        await asyncio.open_connection("127.0.0.1", port, ssl=trusting, local_addr=(source, 0))
        for _ in range(count)
    ]
    head = b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n" + secret + b"\r\n{"

    async def drip() -> None:
        while True:
            for _, writer in posts:
                if not writer.is_closing():
                    writer.write(b" ")
            await asyncio.sleep(1)

    for _, writer in posts:
        writer.write(head)
    dripping = asyncio.create_task(drip())
    try:
        yield posts
    finally:
        dripping.cancel()
        for _, writer in posts:
            writer.transport.abort()


def held(posts: list[Post]) -> int:
    """How many of the connections are still open."""
    return sum(not writer.is_closing() for _, writer in posts)


MADE_UP = b"X-Telegram-Bot-Api-Secret-Token: made-up\r\n"


async def test_without_a_secret_nothing_is_waited_for_and_the_connection_goes(site: Site) -> None:
    await site.start(0)
    async with slow_posts(site, "127.0.0.5", 10, b"") as posts:
        answers = await asyncio.wait_for(asyncio.gather(*(reader.readline() for reader, _ in posts)), WITHIN)
        assert {answer[:12] for answer in answers} == {b"HTTP/1.1 403"}
        await site.api.wait_for(lambda: held(posts) == 0, WITHIN)


async def test_from_one_address_no_more_connections_are_held_than_telegram_opens(site: Site) -> None:
    """With a secret that is made up; who comes through a gateway isn't to blame for who else does."""
    await site.start(0)
    (limit,) = (
        int(found) for found in re.findall(r"limit_conn addresses (\d+);", SHIPPED.read_text("utf-8"))
    )
    assert limit >= MAX_CONNECTIONS
    anna = site.api.user("Anna", started=True)
    async with (
        slow_posts(site, GATEWAY, limit + 10, MADE_UP) as through_a_gateway,
        slow_posts(site, "127.0.0.5", limit + 10, MADE_UP) as strangers,
    ):
        await site.api.wait_for(lambda: held(strangers) <= limit, WITHIN)
        assert held(strangers) == limit
        assert held(through_a_gateway) == limit + 10
        anna.sends(QUESTION)
        await site.api.wait_sent(anna, ANSWER, within=WITHIN)
