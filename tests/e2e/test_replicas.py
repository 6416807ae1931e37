"""Two replicas, one PostgreSQL, a proxy before them: killed, stopped and unplugged, they lose nothing and keep order."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot import application
from bot.handlers.elsewhere import LOOKS_EVERY
from bot.locales import words
from bot.transport.chat_shares import EVERY
from tests.databases import KEY, Postgres, TestDatabase
from tests.e2e.proxy import Proxy, proxying
from tests.e2e.replicas import WITHIN, Place, Site, asking
from tests.e2e.test_durability import ANSWER, ASKED, QUESTION, once, said
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fake_bot_api import ChatActor, FakeBotApi, Message, UserActor

SAY = words("en")


@pytest.fixture
async def places() -> list[Place]:
    """Room for two replicas."""
    return [Place("127.0.0.1", free_port()) for _ in range(2)]


@pytest.fixture
async def proxy(places: list[Place]) -> AsyncIterator[Proxy]:
    """What Telegram posts to."""
    async with proxying([place.root for place in places]) as running:
        yield running


@pytest.fixture
async def site(
    api: FakeBotApi, tmp_path: Path, small_base: Path, postgres: Postgres, proxy: Proxy, places: list[Place]
) -> AsyncIterator[Site]:
    """A proxy before places for two replicas, and an empty database."""
    database = TestDatabase(postgres.new_database(), KEY)
    async with AsyncExitStack() as stack:
        yield Site(api, tmp_path, small_base, database, proxy.root, places, stack)
    api.assert_clean()


async def test_replicas_share_the_work_and_answer_each_question_once_in_order(
    site: Site, proxy: Proxy
) -> None:
    await asyncio.gather(site.start(0), site.start(1))
    people = site.people(40)
    async with asking(people):
        pass
    await site.all_answered(people)
    assert [said(site.api, person) for person in people] == [list(ASKED.values())] * len(people)
    assert set(proxy.statuses) == {200}
    assert all(proxy.taken.values())
    assert len(site.api.calls_of("setWebhook")) == 1
    for replica in site.started:
        replica.process.stop(signal.SIGTERM)
        assert await replica.process.exit_status(WITHIN) == 0
        assert replica.process.sentences == []
        assert "Traceback" not in replica.process.written
    assert site.api.calls_of("deleteWebhook") == []


async def test_what_is_remembered_of_a_conversation_is_there_for_its_next_message(site: Site) -> None:
    await asyncio.gather(site.start(0), site.start(1))
    await asyncio.sleep(EVERY)  # by then each has seen the other
    people = site.people(16)
    for person in people:
        person.sends(QUESTION)
    await site.api.wait_for(lambda: site.answers(people) == len(people), WITHIN)
    for person in people:
        person.sends("/sources")
    await site.api.wait_for(lambda: site.answers(people) == 2 * len(people), WITHIN)
    # Without it, they would be told of sources in general.
    gist = "cars go behind the house"
    assert [gist in site.api.sent(person)[-1].content for person in people] == [True] * len(people)


async def test_a_replica_that_is_killed_under_load_loses_no_question_and_no_order(
    site: Site, proxy: Proxy
) -> None:
    first, _ = await asyncio.gather(site.start(0), site.start(1))
    people = site.people(60)
    # So slow that many questions are open when it is killed.
    site.api.delay(0.3, "sendMessage", times=None)
    async with asking(people):
        await site.api.wait_for(lambda: site.answers(people) >= len(people) // 2, WITHIN)
        assert proxy.taken.keys() == set(proxy.replicas)
        first.process.stop(signal.SIGKILL)
        await first.process.exit_status()
    expected = len(people) * len(ASKED)
    assert site.answers(people) < expected, "it was killed while there was something left to lose"
    await site.all_answered(people)
    async with site.database.opened() as store:
        async with asyncio.timeout(WITHIN):
            while (await store.backlog()).updates:  # noqa: ASYNC110 - other processes end them
                await asyncio.sleep(0.05)
    assert [once(said(site.api, person)) for person in people] == [list(ASKED.values())] * len(people)
    assert site.answers(people) - expected <= application.CONCURRENT_UPDATES


async def test_a_replica_that_is_frozen_and_comes_back_spoils_nothing(site: Site) -> None:
    frozen, _ = await asyncio.gather(site.start(0), site.start(1))
    people = site.people(40)
    site.api.delay(0.3, "sendMessage", times=None)
    async with asking(people):
        await site.api.wait_for(lambda: site.answers(people) >= 20, WITHIN)
        frozen.process.stop(signal.SIGSTOP)
    await site.all_answered(people)
    frozen.process.stop(signal.SIGCONT)
    await frozen.becomes(200)
    anna = site.api.user("Anna")
    for _ in range(2):  # one for each, as the proxy goes by turns
        anna.sends(QUESTION)
        await site.api.wait_idle(WITHIN)
    await site.api.wait_for(lambda: len(said(site.api, anna)) == 2, WITHIN)
    answers = [said(site.api, person) for person in people]
    assert [list(dict.fromkeys(answer)) for answer in answers] == [list(ASKED.values())] * len(people)
    assert sum(map(len, answers)) - len(people) * len(ASKED) <= application.CONCURRENT_UPDATES


async def test_a_frozen_database_holds_up_neither_those_who_watch_nor_the_end(
    site: Site, postgres: Postgres
) -> None:
    replica = await site.start(0)
    with postgres.frozen():
        begun = time.monotonic()
        await replica.becomes(503, "store")
        assert time.monotonic() - begun < 8
        begun = time.monotonic()
        replica.process.stop(signal.SIGTERM)
        assert await replica.process.exit_status(WITHIN) == 0
        assert time.monotonic() - begun < 20


async def test_a_rolling_restart_shows_telegram_no_fault_and_repeats_nothing(
    site: Site, proxy: Proxy
) -> None:
    await asyncio.gather(site.start(0), site.start(1))
    people = site.people(40)
    site.api.delay(0.1, "sendMessage", times=None)
    async with asking(people):
        for number in (0, 1):
            await site.api.wait_for(lambda n=number: site.answers(people) >= (n + 1) * 20, WITHIN)  # type: ignore[misc]
            replica = site.started[number]
            replica.process.stop(signal.SIGTERM)
            await replica.becomes(503, "draining")  # and still takes what comes
            assert await replica.process.exit_status(WITHIN) == 0
            assert "Traceback" not in replica.process.written
            await site.start(number)
    await site.all_answered(people)
    assert [said(site.api, person) for person in people] == [list(ASKED.values())] * len(people)
    assert set(proxy.statuses) == {200}
    assert len(site.api.calls_of("setWebhook")) == 1


async def test_without_a_database_nothing_is_acknowledged_and_replicas_are_not_ready_but_alive(
    site: Site, proxy: Proxy, postgres: Postgres
) -> None:
    replica = await site.start(0)
    anna = site.api.user("Anna")
    postgres.stop()
    try:
        anna.sends(QUESTION)
        await site.api.wait_for(lambda: proxy.statuses, WITHIN)
        assert not {200} & set(proxy.statuses)
        assert len(site.api.pending) == 1
        await replica.becomes(503, "store")
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"{replica.root}/healthz")).status_code == 200
    finally:
        postgres.start()
    await site.api.wait_sent(anna, ANSWER, within=WITHIN)
    await site.api.wait_idle(WITHIN)
    await replica.becomes(200)
    assert said(site.api, anna) == [ANSWER]


async def test_a_starting_replica_waits_when_telegram_asks_it_to(site: Site) -> None:
    parameters: dict[str, Any] = {"retry_after": 1}
    site.api.fail("setWebhook", 429, "Too Many Requests: retry after 1", parameters=parameters, times=2)
    site.api.fail("getMe", 429, "Too Many Requests: retry after 1", parameters=parameters)
    await asyncio.gather(site.start(0), site.start(1))
    assert len([call for call in site.api.calls_of("setWebhook") if call.ok]) == 1


async def test_a_new_secret_is_set_and_the_old_one_still_taken_while_replicas_change_over(site: Site) -> None:
    old, new = "old-" * 5, "new-" * 5
    anna = site.api.user("Anna")
    await site.start(0, WEBHOOK_SECRET=old)
    anna.sends(QUESTION)
    await site.api.wait_sent(anna, ANSWER, within=WITHIN)
    await site.start(1, WEBHOOK_SECRET=f"{new},{old}")
    assert site.api.calls_of("setWebhook")[-1].params["secret_token"] == new
    async with httpx.AsyncClient(base_url=site.started[1].root) as client:
        for secret, status in ((new, 400), (old, 400), ("other-" * 5, 403)):
            headers = {"x-telegram-bot-api-secret-token": secret, "content-type": "application/json"}
            assert (await client.post("/telegram", content=b"{}", headers=headers)).status_code == status


async def in_groups_of_their_own(site: Site, text: str) -> list[tuple[UserActor, ChatActor, Message]]:
    """Some people, each asking in a group of their own, and what each was told there; half of them have another replica in private."""
    people = [site.api.user(f"P{number}", started=True) for number in range(12)]
    groups = [site.api.supergroup(f"G{number}", person) for number, person in enumerate(people)]
    asked = [person.sends(text, chat=group) for person, group in zip(people, groups, strict=True)]
    told = [
        await site.api.wait_sent(group, after=question, within=WITHIN)
        for group, question in zip(groups, asked, strict=True)
    ]
    return list(zip(people, groups, told, strict=True))


async def test_a_groups_question_is_sent_on_whichever_replica_has_the_private_chat(site: Site) -> None:
    await asyncio.gather(site.start(0), site.start(1))
    await asyncio.sleep(2 * EVERY)  # until each knows of the other
    for person, _, told in await in_groups_of_their_own(site, "/ask quantum xylophones for zebras"):
        (link,) = parse_qs(urlsplit(told.button(SAY("suggest-button"))["url"]).query)["start"]
        followed = person.sends(f"/start {link}")
        shown = await site.api.wait_sent(person, after=followed, within=WITHIN)
        assert "quantum xylophones for zebras" in shown.content


async def test_who_is_forgotten_is_forgotten_by_all_replicas(site: Site) -> None:
    await asyncio.gather(site.start(0), site.start(1))
    await asyncio.sleep(2 * EVERY)
    there = await in_groups_of_their_own(site, f"/ask {QUESTION}")
    for person, _, _ in there:
        said_so = await site.api.wait_sent(person, after=person.sends("/forget"), within=WITHIN)
        assert SAY("forgotten-elsewhere") in said_so.content
    await asyncio.sleep(2 * LOOKS_EVERY)
    for person, group, _ in there:
        asked = person.sends("/sources", chat=group)
        told = await site.api.wait_sent(group, after=asked, within=WITHIN)
        assert "A1" not in told.content
