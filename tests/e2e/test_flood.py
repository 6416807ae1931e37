"""Telegram's flood limits: kept to, and honoured where Telegram says so; nothing is lost, and nobody pays for others."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.application import CONCURRENT_UPDATES
from bot.store.protocol import HOLDING_TRIES
from bot.store.shared_slots import SlotsInDatabase
from bot.store.slots import Pace
from bot.transport import pacing, worker
from bot.transport.http import AiohttpRequest
from bot.transport.pacing import Pacer, Paces
from tests.counted import value
from tests.databases import age
from tests.e2e.running import limiter_of, polling
from tests.fake_bot_api import FakeBotApi

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.opening import StoreInDatabase
    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import HasId

QUESTION, ANSWER = "Where do I park my car?", "Behind the house."
SECOND_QUESTION, SECOND_ANSWER = "May I keep a cat?", "The rules don't cover cats."
FLOOD = "Too Many Requests: retry after 60"


@pytest.fixture
def bot(bot: RunningBot) -> RunningBot:
    """The bot, at the pace that it has outside of tests."""
    limiter_of(bot.application).paces = Paces()
    return bot


def said(api: FakeBotApi, chat: HasId) -> list[str]:
    return [message.content.partition("\n")[0] for message in api.sent(chat)]


def answers(api: FakeBotApi, group: HasId) -> list[str]:
    """What was said in a group, be it in full or in short because it stands there already."""
    whole = (message.content.removeprefix("In short:").lstrip() for message in api.sent(group))
    return [text.partition("\n")[0] for text in whole]


def floods(api: FakeBotApi) -> int:
    return sum(call.status == 429 for call in api.calls)


def flood(api: FakeBotApi, times: int, seconds: int = 60) -> None:
    api.fail("sendMessage", 429, FLOOD, parameters={"retry_after": seconds}, times=times)


async def put_off(bot: RunningBot, times: int, before: float) -> None:
    await bot.api.wait_for(lambda: value("advisory_bot_updates_put_off_total") >= before + times, 30)


async def time_passes(bot: RunningBot, seconds: float) -> None:
    """For Telegram, for the store and for what the limiter remembers."""
    bot.api.advance(seconds)
    await age(bot.worker.store, seconds)  # type: ignore[arg-type]  # a database's, here
    slots = limiter_of(bot.application)._slots
    slots._full = {key: full - seconds for key, full in slots._full.items()}  # type: ignore[attr-defined]
    bot.worker.ring()


async def test_a_crowd_is_answered_within_the_limits(bot: RunningBot) -> None:
    api = bot.api
    api.limits.enabled = True
    # Half of what the server allows: on a busy machine, what was sent in one second may arrive in another.
    limiter_of(bot.application).paces = Paces.at(15)
    people = [api.user(f"Asker-{number}") for number in range(40)]
    for person in people:
        person.sends(QUESTION)
    await api.wait_for(lambda: all(api.sent(person) for person in people), 30)
    await bot.settled()
    assert [said(api, person) for person in people] == [[ANSWER]] * len(people)
    assert floods(api) == 0


async def test_a_busy_group_is_answered_within_its_limit_and_nobody_else_waits_for_it(
    bot: RunningBot,
) -> None:
    api = bot.api
    api.limits.enabled = True
    anna, berta, clara = (api.user(name) for name in ("Anna", "Berta", "Clara"))
    group = api.supergroup("Tenants", anna, clara)
    before = value("advisory_bot_updates_put_off_total")
    for person in (anna, clara) * Paces().group.burst:
        person.sends(f"/ask {QUESTION}", chat=group)
    await put_off(bot, 1, before)
    assert answers(api, group) == [ANSWER] * Paces().group.burst
    berta.sends(QUESTION)
    await api.wait_sent(berta, ANSWER)
    assert answers(api, group) == [ANSWER] * Paces().group.burst
    await time_passes(bot, 120)
    await api.wait_for(lambda: len(api.sent(group)) == 2 * Paces().group.burst)
    await bot.settled()
    assert answers(api, group) == [ANSWER] * 2 * Paces().group.burst
    assert floods(api) == 0


async def test_groups_that_have_to_wait_take_nobody_s_place(bot: RunningBot) -> None:
    api = bot.api
    # All are begun with at the same time, which the shares of groups and of all would not let happen.
    quick = Pace(every=0.001, burst=100)
    limiter_of(bot.application).paces = Paces(groups=quick, overall=quick)
    berta = api.user("Berta")
    people = [api.user(f"Asker-{number}") for number in range(CONCURRENT_UPDATES + 4)]
    groups = [api.supergroup(f"Group {number}", person) for number, person in enumerate(people)]
    before = value("advisory_bot_updates_put_off_total")
    flood(api, len(groups))
    for person, group in zip(people, groups, strict=True):
        person.sends(f"/ask {QUESTION}", chat=group)
    await put_off(bot, len(groups), before)
    assert floods(api) == len(groups)
    berta.sends(QUESTION)
    await api.wait_sent(berta, ANSWER)
    assert not any(api.sent(group) for group in groups)
    await time_passes(bot, 61)
    await api.wait_for(lambda: all(api.sent(group) for group in groups), 30)
    await bot.settled()
    assert [said(api, group) for group in groups] == [[ANSWER]] * len(groups)
    assert floods(api) == len(groups)


async def test_however_often_telegram_says_to_wait_the_answer_comes_in_its_place(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    api, before = bot.api, value("advisory_bot_updates_put_off_total")
    anna = api.user("Anna")
    times = 2 * HOLDING_TRIES
    flood(api, times)
    anna.sends(QUESTION)
    anna.sends(SECOND_QUESTION)
    for number in range(1, times + 1):
        await put_off(bot, number, before)
        assert floods(api) == number
        await time_passes(bot, 61)
    await api.wait_sent(anna, SECOND_ANSWER)
    await bot.settled()
    assert said(api, anna) == [ANSWER, SECOND_ANSWER]
    assert "set aside" not in caplog.text
    assert "waits for its turn" in caplog.text


async def test_a_short_wait_is_waited_for_in_place(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    before = value("advisory_bot_updates_put_off_total")
    flood(bot.api, 1, seconds=1)
    anna.sends(QUESTION)
    await bot.api.wait_sent(anna, ANSWER)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER]
    assert value("advisory_bot_updates_put_off_total") == before


async def test_an_answer_that_was_put_off_comes_when_its_turn_comes(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "TOLD_IN_PLACE", 0)
    monkeypatch.setattr(worker, "_LOOK_AROUND", 3600)
    anna = bot.api.user("Anna")
    before = value("advisory_bot_updates_put_off_total")
    flood(bot.api, 1, seconds=1)
    anna.sends(QUESTION)
    await put_off(bot, 1, before)
    await bot.api.wait_sent(anna, ANSWER)


async def test_when_two_people_have_to_wait_it_is_the_whole_bot_that_has_to(bot: RunningBot) -> None:
    api = bot.api
    anna, berta, carla = api.user("Anna"), api.user("Berta"), api.user("Carla")
    before = value("advisory_bot_updates_put_off_total")
    flood(api, 2)
    anna.sends(QUESTION)
    berta.sends(QUESTION)
    await put_off(bot, 2, before)
    carla.sends(QUESTION)
    await put_off(bot, 3, before)
    assert floods(api) == len(api.calls_of("sendMessage")) == 2
    await time_passes(bot, 61)
    for person in (anna, berta, carla):
        await api.wait_sent(person, ANSWER)
    assert floods(api) == 2


async def test_that_everything_is_held_up_is_told_and_when_it_is_not_any_more(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    flood(bot.api, 2, seconds=3)
    people = [bot.api.user("Anna"), bot.api.user("Berta")]
    for person in people:
        person.sends(QUESTION)
    for person in people:
        await bot.api.wait_sent(person, ANSWER)
    async with asyncio.timeout(10):
        while "nothing any more" not in caplog.text:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.02)
    told = [record.getMessage() for record in caplog.records if record.name == "bot.transport.pacing"]
    assert told == [
        "Telegram's flood limits hold up everything, for 3 s",
        "Telegram's flood limits hold up nothing any more",
    ]


async def test_forgetting_waits_for_no_flood_limit_and_is_confirmed_after_it(bot: RunningBot) -> None:
    anna, store = bot.api.user("Anna"), bot.worker.store
    before = value("advisory_bot_updates_put_off_total")
    await store.set_chat_settings(anna.id, {"quiet": True})
    flood(bot.api, 1)
    anna.sends(QUESTION)
    await put_off(bot, 1, before)
    anna.sends("/forget")
    await put_off(bot, 2, before)
    assert (await store.backlog()).updates == 1, "its own confirmation alone waits"
    assert await store.chat_settings(anna.id) == {}
    await time_passes(bot, 61)
    (told,) = [await bot.api.wait_sent(anna, "Done. I have deleted")]
    assert "one message of yours that was still waiting for an answer" in told.content
    assert "the settings of our chat" in told.content
    await bot.settled()
    assert len(said(bot.api, anna)) == 1


async def test_a_message_that_belongs_to_no_update_waits_where_it_is(api: FakeBotApi) -> None:
    anna = api.user("Anna")
    anna.starts()
    async with ExtBot(
        api.token, base_url=f"{api.url}/bot", request=AiohttpRequest(), rate_limiter=Pacer()
    ) as sender:
        flood(api, 1, seconds=1)
        await sender.send_message(anna.id, "News")
        assert said(api, anna) == ["News"]
        flood(api, 1, seconds=3600)
        with pytest.raises(RetryAfter):
            await sender.send_message(anna.id, "More news")


async def test_processes_that_share_a_database_keep_to_the_limits_together(
    api: FakeBotApi, store: StoreInDatabase
) -> None:
    paces = Paces(overall=Pace(every=1000.0, burst=4))
    people = [api.user(f"Asker-{number}") for number in range(6)]
    for person in people:
        person.starts()

    async def send(person: HasId, pacer: Pacer) -> None:
        async with ExtBot(
            api.token, base_url=f"{api.url}/bot", request=AiohttpRequest(), rate_limiter=pacer
        ) as sender:
            await sender.send_message(person.id, "News")

    pacers = [Pacer(SlotsInDatabase(store._database), paces) for _ in range(2)]
    sent = await asyncio.gather(
        *(send(person, pacers[number % 2]) for number, person in enumerate(people)), return_exceptions=True
    )
    assert sum(result is None for result in sent) == 4
    assert sum(isinstance(result, RetryAfter) for result in sent) == 2
    assert len(api.calls_of("sendMessage")) == 4


@pytest.mark.parametrize("asked", ["", "/ask "], ids=["overheard", "asked"])
async def test_who_is_in_danger_waits_neither_for_a_crowd_s_questions_nor_for_the_pace(
    answerer: Answerer, tmp_path: Path, asked: str
) -> None:
    async with FakeBotApi(privacy=False) as api, polling(api, answerer, tmp_path) as bot:
        anna, olga = api.user("Anna"), api.user("Olga")
        group = api.supergroup("Patients", olga, anna)
        await bot.worker.store.set_chat_settings(group.id, {"mode": "helpful"})
        limiter_of(bot.application).paces = Paces(group=Pace(every=100.0, burst=1))
        before = value("advisory_bot_updates_put_off_total")
        for _ in range(3):
            olga.sends("/ask Is it legal?", chat=group)
        await put_off(bot, 1, before)
        anna.sends(f"{asked}Help, I can't breathe after the injection, what do I do??", chat=group)
        await api.wait_for(lambda: any("emergency number" in text.content for text in api.sent(group)))
        assert len(api.sent(group)) == 2, "the crowd's other questions are still waiting"
