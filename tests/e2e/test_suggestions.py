"""How many questions somebody may have waiting, and what stands in the database of one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from bot import asking
from bot.locales import words
from bot.review.suggesting import MAX_OPEN
from bot.store.opening import StoreInDatabase
from bot.store.tables import suggestions
from tests.databases import rows
from tests.e2e.running import RunningBot, polling

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi, UserActor

SAY = words("en")
QUESTION = "quantum xylophones for zebras"


async def sends_on(bot: RunningBot, who: UserActor) -> str:
    """Have somebody send their question on; what the bot says to that."""
    asked = who.sends(QUESTION)
    declined = await bot.api.wait_sent(who, after=asked)
    who.press(declined, SAY("suggest-button"))
    await bot.settled()
    shown = bot.api.sent(who)[-1]
    who.press(shown, SAY("suggest-send"))
    await bot.settled()
    return bot.api.sent(who)[-1].content


async def test_one_person_cant_fill_the_maintainers_list(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WITHIN", -math.inf)  # over days, as it were
    anna, berta = bot.api.user("Anna"), bot.api.user("Berta")
    for _ in range(MAX_OPEN):
        assert "Sent" in await sends_on(bot, anna)
    assert await sends_on(bot, anna) == SAY("suggest-enough")
    assert "Sent" in await sends_on(bot, berta)
    assert len(await bot.worker.store.suggestions()) == MAX_OPEN + 1


async def test_what_the_process_forgot_the_chat_still_tells(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    anna = api.user("Zbigniew")
    async with polling(api, small_answerer, tmp_path):
        declined = await api.wait_sent(anna, after=anna.sends(f"{QUESTION}, zbigniew"))
    async with polling(api, small_answerer, tmp_path) as bot:
        anna.press(declined, SAY("suggest-button"))
        await bot.settled()
        shown = api.sent(anna)[-1]
        assert f"{QUESTION}, [name]" in shown.content
    async with polling(api, small_answerer, tmp_path) as bot:
        # Both were pressed before the first of them is seen.
        for _ in range(2):
            anna.press(shown, SAY("suggest-send"))
        await bot.settled()
        anna.press(shown, data="q:aaaaaa:send")
        await bot.settled()
        kept = await bot.worker.store.suggestions()
        assert [(one.text, one.language) for one in kept] == [(f"{QUESTION}, [name]", "en")]
    api.assert_clean()


async def test_the_database_has_neither_the_text_nor_the_sender_as_such(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    await sends_on(bot, anna)
    store = bot.worker.store
    assert isinstance(store, StoreInDatabase)
    (row,) = await rows(store, suggestions)
    assert QUESTION.encode() not in row["text"]
    assert str(anna.id) not in map(str, row.values())
    assert row["language"] == "en"
