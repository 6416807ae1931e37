"""`advisory-bot run` by webhook: posted updates are answered, however the process ends, and the webhook is set once."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING

import httpx
import pytest

from bot import application
from tests.databases import KEY, TestDatabase
from tests.e2e.replicas import WITHIN, free_port, webhook_process
from tests.e2e.test_durability import ANSWER, ASKED, QUESTION, once, running, said

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
    async with running(api, tmp_path, small_base, file):
        anna.sends(QUESTION)
        await api.wait_sent(anna, ANSWER, within=WITHIN)
        await api.wait_idle(WITHIN)
    async with webhook_process(api, tmp_path, small_base, file, port):
        anna.sends(QUESTION)
        await api.wait_for(lambda: len(said(api, anna)) == 2, WITHIN)
    assert len(api.calls_of("setWebhook")) == 2
    api.assert_clean()
