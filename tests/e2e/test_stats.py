"""What admins are shown of how the bot is doing, and that the weekly digest comes once."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from bot.answering import Conversations
from bot.handlers.context import Desk
from bot.handlers.digest import week_of, weekly
from bot.locales import words
from bot.store.from_people import OutcomeCount
from bot.store.tally import day_of
from tests.e2e.running import RunningBot, polling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi, Message, UserActor

SAY = words("en")
MONDAY_AT_EIGHT = 1_795_420_800.0
"""2026-11-23, by UTC."""
WEEK = 7 * 86_400.0


@pytest.fixture
async def bot(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, olga: UserActor
) -> AsyncIterator[RunningBot]:
    async with polling(api, small_answerer, tmp_path, admin_ids=frozenset({olga.id})) as running:
        yield running
    api.assert_clean()


def pictures(messages: list[Message]) -> list[Message]:
    return [message for message in messages if message.fields.get("photo")]


async def test_an_admin_gets_a_picture_a_sentence_and_a_table(bot: RunningBot, olga: UserActor) -> None:
    anna = bot.api.user("Anna")
    for text in ("Where do I park my car?", "Where do I park my car?", "xylophone"):
        anna.sends(text)
    await bot.settled()
    anna.press(bot.api.sent(anna)[0], SAY("feedback-not-helped"))
    await bot.settled()
    olga.sends("/stats")
    await bot.settled()
    picture, table = bot.api.sent(olga)
    assert pictures([picture, table]) == [picture]
    assert picture.content.startswith("In 28 days: 3 questions. Answered 67%, asked back 0%, declined 33%")
    assert "Where do I park my car?" in table.content
    assert SAY("stats-disliked") in table.content
    assert "Anna" not in table.content
    assert "xylophones" not in table.content


async def test_nobody_else_gets_them_and_no_group(bot: RunningBot, olga: UserActor) -> None:
    mallory = bot.api.user("Mallory")
    mallory.sends("/stats")
    group = bot.api.supergroup("Tenants", olga, mallory)
    olga.sends("/stats", chat=group)
    await bot.settled()
    (told,) = bot.api.sent(mallory)
    assert "I don\u2019t know the command /stats." in told.content
    assert bot.api.sent(group) == []
    assert pictures(bot.api.sent(olga)) == []


async def test_questions_are_counted_when_the_bot_stops(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    anna = api.user("Anna")
    async with polling(api, small_answerer, tmp_path) as bot:
        anna.sends("Where do I park my car?")
        await bot.settled()
    async with polling(api, small_answerer, tmp_path) as bot:
        today = day_of(time.time())
        counted = await bot.worker.store.outcomes(today - 1)
        assert [(one.outcome, one.entry_id, one.count) for one in counted] == [("answer", "parking", 1)]
    api.assert_clean()


@pytest.mark.parametrize(
    ("seconds", "week"),
    [(-1, "2026-W47"), (0, "2026-W48"), (WEEK - 1, "2026-W48"), (WEEK, "2026-W49"), (6 * WEEK, "2027-W01")],
)
def test_a_week_begins_on_monday_at_eight(seconds: float, week: str) -> None:
    assert week_of(MONDAY_AT_EIGHT + seconds) == week


async def test_the_digest_comes_once_a_week_however_many_processes_look(
    bot: RunningBot, olga: UserActor, small_answerer: Answerer
) -> None:
    now = MONDAY_AT_EIGHT - 1
    blocked = bot.api.user("Otto", started=True)
    blocked.blocks_bot()
    store, telegram = bot.worker.store, bot.application.bot
    await store.count_outcomes([OutcomeCount(day_of(now - 3600), "answer", "parking", 5)])
    looks = [
        weekly(
            Desk(Conversations(small_answerer), "", store, frozenset({olga.id, blocked.id})),
            telegram,
            lambda: now,
        )
        for _ in range(4)
    ]
    await asyncio.gather(*(look() for look in looks))
    assert pictures(bot.api.sent(olga)) == [], "it was just switched on, and not on a Monday"
    now += 1
    await asyncio.gather(*(look() for look in looks))
    assert len(pictures(bot.api.sent(olga))) == 1
    assert "5 questions" in pictures(bot.api.sent(olga))[0].content
    now += WEEK - 1
    await asyncio.gather(*(look() for look in looks))
    assert len(pictures(bot.api.sent(olga))) == 1
    now += 1
    await asyncio.gather(*(look() for look in looks))
    assert len(pictures(bot.api.sent(olga))) == 2
    assert bot.api.sent(blocked) == []
    await bot.settled()


async def test_without_admins_nothing_is_sent_or_noted(bot: RunningBot, small_answerer: Answerer) -> None:
    store = bot.worker.store
    await weekly(
        Desk(Conversations(small_answerer), "", store), bot.application.bot, lambda: MONDAY_AT_EIGHT
    )()
    assert await store.turn_note("weekly digest") is None


async def test_a_digest_that_nobody_got_comes_later(
    bot: RunningBot, olga: UserActor, small_answerer: Answerer
) -> None:
    store, now = bot.worker.store, MONDAY_AT_EIGHT
    desk = Desk(Conversations(small_answerer), "", store, frozenset({olga.id}))
    look = weekly(desk, bot.application.bot, lambda: now)
    await store.count_outcomes([OutcomeCount(day_of(now - 3600), "answer", "parking", 5)])
    await look()
    now += WEEK
    bot.api.fail("sendPhoto", 503)
    await look()
    assert pictures(bot.api.sent(olga)) == []
    await look()
    await look()
    assert len(pictures(bot.api.sent(olga))) == 1


@pytest.mark.parametrize("wanted", ["on", "off"])
async def test_the_digest_is_off_unless_it_is_set(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, wanted: str
) -> None:
    async with polling(api, small_answerer, tmp_path, weekly_digest=wanted) as bot:
        names = [chore.name for chore in bot.worker.chores._chores]
        assert ("weekly digest" in names) == (wanted == "on")
        await bot.settled()
    api.assert_clean()
