"""/healthz, /readyz and /metrics: what those who watch the bot are told, and that asking costs next to nothing."""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from bot.store.protocol import Backlog, StoreUnavailableError
from bot.transport import health as module
from bot.transport.health import Health
from bot.transport.health_routes import health_routes, metrics_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Store:
    """A store that answers as a test wants."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False
        self.hangs = False

    async def backlog(self) -> Backlog:
        self.asked += 1
        if self.hangs:
            await asyncio.sleep(60)
        if self.away:
            raise StoreUnavailableError("PostgreSQL: connection to db.internal refused")
        return Backlog(3, 12.5)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def health(store: Store) -> Health:
    return Health(store)  # type: ignore[arg-type]  # backlog alone is asked of it


@pytest.fixture
async def client(health: Health) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[*health_routes(health), *metrics_routes(health)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as made:
        yield made


async def test_a_process_that_can_take_updates_is_ready(client: httpx.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert answer.headers["cache-control"] == "no-store"
    assert (await client.head("/readyz")).status_code == 200


async def test_what_is_lacking_is_named_and_nothing_else_told(
    client: httpx.AsyncClient, health: Health, store: Store
) -> None:
    health.waits_for.add("webhook")
    health.draining = store.away = True
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "lacking": ["webhook", "draining", "store"]}


async def test_a_bot_whose_polls_are_not_answered_any_more_is_not_ready(
    client: httpx.AsyncClient, health: Health
) -> None:
    last: float | None = None
    health.polled = lambda: last
    assert (await client.get("/readyz")).json()["lacking"] == ["polling"], "it hasn't begun"
    last = time.monotonic() - 30
    assert (await client.get("/readyz")).status_code == 200
    last = time.monotonic() - 90
    assert (await client.get("/readyz")).json()["lacking"] == ["polling"]
    shown = (await client.get("/metrics")).text
    (seconds,) = (line.split()[1] for line in shown.splitlines() if line.startswith("advisory_bot_last_poll"))
    assert 90 <= float(seconds) < 120
    health.polled = None
    assert "advisory_bot_last_poll_seconds NaN" in (await client.get("/metrics")).text


async def test_a_file_shows_by_its_age_whether_the_process_is_ready(
    health: Health, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FRESH", 0.0)
    file = tmp_path / "ready"
    store.away = True
    await health.show(file)
    assert not file.exists()
    store.away = False
    await health.show(file)
    os.utime(file, (0, 0))
    store.away = True
    await health.show(file)
    assert file.stat().st_mtime == 0
    store.away = False
    await health.show(file)
    assert file.stat().st_mtime > 0


async def test_it_is_alive_whatever_is_lacking(
    client: httpx.AsyncClient, health: Health, store: Store
) -> None:
    health.waits_for.add("webhook")
    store.away = True
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert store.asked == 0, "a database that is away must not have every process restarted"


async def test_a_store_that_hangs_is_not_waited_for(
    client: httpx.AsyncClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ASKS_WITHIN", 0.05)
    store.hangs = True
    assert (await client.get("/readyz")).json()["lacking"] == ["store"]


async def test_however_many_ask_the_store_is_asked_once(client: httpx.AsyncClient, store: Store) -> None:
    answers = await asyncio.gather(*(client.get("/readyz") for _ in range(50)), client.get("/metrics"))
    assert {answer.status_code for answer in answers} == {200}
    assert store.asked == 1


async def test_what_the_store_said_is_soon_out_of_date(
    client: httpx.AsyncClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FRESH", 0.0)
    assert (await client.get("/readyz")).status_code == 200
    store.away = True
    assert (await client.get("/readyz")).status_code == 503
    store.away = False
    assert (await client.get("/readyz")).status_code == 200


async def test_metrics_can_be_read_and_tell_the_backlog(client: httpx.AsyncClient) -> None:
    answer = await client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    read = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert read["advisory_bot_backlog_updates"].samples[0].value == 3
    assert read["advisory_bot_backlog_oldest_seconds"].samples[0].value == 12.5
    assert read["advisory_bot_store_up"].samples[0].value == 1
    assert read["advisory_bot_build_info"].samples[0].labels.keys() >= {"version", "python"}
    assert all(family.documentation for family in read.values())


async def test_metrics_are_there_while_the_store_is_away(client: httpx.AsyncClient, store: Store) -> None:
    store.away = True
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert "advisory_bot_store_up 0.0" in answer.text
    assert "db.internal" not in answer.text


async def test_a_store_that_can_be_read_and_not_written_is_no_good(
    client: httpx.AsyncClient, health: Health
) -> None:
    health.can_write = lambda: False
    assert (await client.get("/readyz")).json()["lacking"] == ["store"]
    shown = (await client.get("/metrics")).text
    assert "advisory_bot_store_up 0.0" in shown
    assert "advisory_bot_backlog_updates 3.0" in shown
