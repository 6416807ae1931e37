"""`advisory-bot run` by webhook: posted updates are answered, however the process ends, and the webhook is set once."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING

import httpx
import pytest

from bot import application
from bot.addresses import Address
from bot.transport.binding import bound
from tests.databases import KEY, TestDatabase
from tests.e2e.process import started
from tests.e2e.replicas import WITHIN, Replica, webhook_process
from tests.e2e.test_durability import ANSWER, ASKED, QUESTION, once, running, said
from tests.fake_bot_api import TOKEN
from tests.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_bot_api import FakeBotApi

LIVES = 3


@pytest.fixture
def file(tmp_path: Path) -> TestDatabase:
    """A SQLite file: the database of one process."""
    return TestDatabase(f"sqlite:///{tmp_path / 'store.sqlite3'}", KEY)


async def test_a_question_that_is_posted_is_answered_and_sigterm_ends_it_in_order(
    api: FakeBotApi, tmp_path: Path, small_base: Path, file: TestDatabase
) -> None:
    anna = api.user("Anna")
    async with webhook_process(api, tmp_path, small_base, file) as replica:
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        await api.wait_idle()
        (told,) = api.calls_of("setWebhook")
        assert told.params["url"] == f"{replica.root}/telegram"
        assert set(told.params["allowed_updates"]) == set(application.ALLOWED_UPDATES)
        assert api.calls_of("getUpdates") == []
        async with httpx.AsyncClient(base_url=replica.root) as client:
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            assert (await client.get("/readyz")).json() == {"status": "ready"}
            assert (await client.get("/metrics")).status_code == 404
        replica.process.stop(signal.SIGTERM)
        assert await replica.process.exit_status() == 0
        assert replica.process.sentences == []
        assert "Traceback" not in replica.process.written
    assert api.calls_of("deleteWebhook") == [], "others may still be there"
    api.assert_clean()


async def test_killed_at_random_moments_under_load_it_loses_no_question(
    api: FakeBotApi, tmp_path: Path, small_base: Path, file: TestDatabase
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    people = [api.user(f"Asker-{number}", started=True) for number in range(60)]
    # So slow that no life can answer a quarter of what is asked.
    api.delay(0.2, "sendMessage", times=None)
    for question in ASKED:
        for person in people:
            person.sends(question)

    def answers() -> int:
        return sum(len(api.sent(person)) for person in people)

    port = free_port()
    for _ in range(LIVES):
        before = answers()
        async with webhook_process(api, tmp_path, small_base, file, port) as replica:
            more = before + chance.randrange(1, 30)
            await api.wait_for(lambda more=more: answers() >= more, WITHIN)  # type: ignore[misc]
            await asyncio.sleep(chance.random() / 3)
            replica.process.stop(signal.SIGKILL)
            assert await replica.process.exit_status() == -signal.SIGKILL
    expected = len(people) * len(ASKED)
    assert answers() < expected, "it was killed while there was something left to lose"
    async with webhook_process(api, tmp_path, small_base, file, port) as replica:
        await api.wait_for(lambda: all(len(set(said(api, p))) == len(ASKED) for p in people), WITHIN)
        replica.process.stop(signal.SIGTERM)
        assert await replica.process.exit_status(WITHIN) == 0
    assert [once(said(api, person)) for person in people] == [list(ASKED.values())] * len(people)
    assert answers() - expected <= LIVES * application.CONCURRENT_UPDATES
    assert len(api.calls_of("setWebhook")) == 1, "it was set already"
    api.assert_clean()


async def test_polling_takes_a_webhook_away_and_the_webhook_comes_back_after_it(
    api: FakeBotApi, tmp_path: Path, small_base: Path, file: TestDatabase
) -> None:
    anna, port = api.user("Anna"), free_port()
    async with webhook_process(api, tmp_path, small_base, file, port):
        pass
    async with running(api, tmp_path, small_base, file) as process:
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
    async with webhook_process(api, tmp_path, small_base, file, port):
        anna.sends(QUESTION)
        await api.wait_for(lambda: len(said(api, anna)) == 2, WITHIN)
    assert len(api.calls_of("setWebhook")) == 2
    api.assert_clean()


# Health and metrics


def settings(api: FakeBotApi, **more: str) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url} | more


async def test_metrics_have_a_port_of_their_own_until_the_very_end(
    api: FakeBotApi, tmp_path: Path, small_base: Path, file: TestDatabase
) -> None:
    anna, port = api.user("Anna"), free_port()
    metrics = f"127.0.0.1:{port}"
    async with webhook_process(api, tmp_path, small_base, file, METRICS=metrics) as replica:
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        await api.wait_idle()
        api.delay(1.0, "sendMessage", times=None)
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"{replica.root}/metrics")).status_code == 404
            shown = (await client.get(f"http://{metrics}/metrics")).text
            for line in (
                "advisory_bot_updates_received_total 1.0",
                'advisory_bot_outcomes_total{outcome="answer"} 1.0',
                'advisory_bot_webhook_requests_total{status="200"} 1.0',
                "advisory_bot_store_up 1.0",
            ):
                assert line in shown.splitlines()
            assert str(anna.id) not in shown
            anna.sends(QUESTION)
            await api.wait_idle()
            replica.process.stop(signal.SIGTERM)
            await Replica(replica.process, f"http://{metrics}").becomes(503, "draining")
        assert await replica.process.exit_status(WITHIN) == 0
    assert said(api, anna) == [ANSWER, ANSWER]


async def test_metrics_may_share_the_webhooks_port_where_that_is_said(
    api: FakeBotApi, tmp_path: Path, small_base: Path, file: TestDatabase
) -> None:
    async with (
        webhook_process(api, tmp_path, small_base, file, METRICS="on") as replica,
        httpx.AsyncClient() as client,
    ):
        assert (await client.get(f"{replica.root}/metrics")).status_code == 200


async def test_a_polling_bot_can_be_watched_too_and_takes_no_webhook(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    anna, port = api.user("Anna"), free_port()
    file = tmp_path / "ready"
    given = settings(api, METRICS=f"127.0.0.1:{port}", ADVISORY_BOT_READY=str(file))
    async with started(tmp_path, small_base, **given) as process:
        watched = Replica(process, f"http://127.0.0.1:{port}")
        await watched.becomes(200)
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        async with httpx.AsyncClient(base_url=watched.root) as client:
            assert "advisory_bot_updates_received_total 1.0" in (await client.get("/metrics")).text
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.post("/telegram")).status_code == 404
        async with asyncio.timeout(WITHIN):
            while not file.exists():  # noqa: ASYNC110 - a file has no event
                await asyncio.sleep(0.1)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0


# What can't be used


async def refused(folder: Path, base: Path, **given: str) -> tuple[int, str]:
    """The exit status and the one sentence of a process that can't start."""
    async with started(folder, base, **given) as process:
        status = await process.exit_status(WITHIN)
        assert "Traceback" not in process.written
        (sentence,) = process.sentences
    return status, sentence


@pytest.mark.parametrize("name", ["LISTEN", "METRICS"])
async def test_an_address_that_is_taken_gets_one_sentence(
    api: FakeBotApi, tmp_path: Path, small_base: Path, name: str
) -> None:
    with bound(Address("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        given = settings(api, **{"WEBHOOK_URL": "http://127.0.0.1:1", "LISTEN": "127.0.0.1:0", name: address})
        status, sentence = await refused(tmp_path, small_base, **given)
    assert status == 1
    assert f"can't listen at {address}: Address already in use" in sentence
    assert api.calls_of("setWebhook") == []


async def test_a_public_root_that_telegram_refuses_gets_one_sentence(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    api.fail("setWebhook", 400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")
    given = settings(api, WEBHOOK_URL="https://webhook-url-is-not-set.invalid", LISTEN="127.0.0.1:0")
    status, sentence = await refused(tmp_path, small_base, **given)
    assert status == 2
    assert "Telegram doesn't take WEBHOOK_URL" in sentence
    assert "failed to resolve host" in sentence


async def test_stopped_while_it_waits_for_telegram_it_ends_at_once(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    api.fail(
        "setWebhook", 429, "Too Many Requests: retry after 900", parameters={"retry_after": 900}, times=None
    )
    port = free_port()
    given = settings(api, WEBHOOK_URL=f"http://127.0.0.1:{port}", LISTEN=f"127.0.0.1:{port}")
    async with started(tmp_path, small_base, **given) as process:
        await api.wait_for(lambda: api.calls_of("setWebhook"), WITHIN)
        await Replica(process, f"http://127.0.0.1:{port}").becomes(503, "webhook")
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
        assert "Traceback" not in process.written
