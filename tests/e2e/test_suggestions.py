"""How many questions somebody may have waiting, and what stands in the database of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.locales import words
from bot.store.opening import StoreInDatabase
from bot.store.tables import suggestions
from bot.suggesting import MAX_OPEN
from tests.databases import rows

if TYPE_CHECKING:
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import UserActor

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


async def test_one_person_cant_fill_the_maintainers_list(bot: RunningBot) -> None:
    anna, berta = bot.api.user("Anna"), bot.api.user("Berta")
    for _ in range(MAX_OPEN):
        assert "Sent" in await sends_on(bot, anna)
    assert await sends_on(bot, anna) == SAY("suggest-enough")
    assert "Sent" in await sends_on(bot, berta)
    assert len(await bot.worker.store.suggestions()) == MAX_OPEN + 1


async def test_the_database_has_neither_the_text_nor_the_sender_as_such(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    await sends_on(bot, anna)
    store = bot.worker.store
    assert isinstance(store, StoreInDatabase)
    (row,) = await rows(store, suggestions)
    assert QUESTION.encode() not in row["text"]
    assert str(anna.id) not in map(str, row.values())
    assert row["language"] == "en"
