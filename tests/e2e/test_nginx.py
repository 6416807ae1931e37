"""The proxy that is shipped, in front of real replicas: what it lets through, and that it goes to another in need."""

from __future__ import annotations

import asyncio
import shutil
import signal
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.databases import KEY, Postgres, TestDatabase
from tests.e2e.nginx import nginx
from tests.e2e.replicas import WITHIN, Place, Site, asking
from tests.e2e.test_durability import ASKED, once, said
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fake_bot_api import FakeBotApi

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here; .ci/run installs it")

HOSTS = ("127.0.0.1", "127.0.0.2")


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
        too_large = await client.post("/telegram", content=b" " * 1_100_000, headers=headers)
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
