"""What was done and couldn't be told at once is told by the next try, as if it had been the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.locales import words
from bot.store.from_people import SuggestionState
from tests.e2e.test_review import CARPORT, DAY, NOTHING_LIKE_IT, asks, maintained, presses, waits
from tests.e2e.test_suggestions import QUESTION as OFF_TOPIC

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi, UserActor

SAY = words("en")
PARKING = "Where do I park my car?"
ANSWER = "Behind the house."


@pytest.fixture
async def led(
    api: FakeBotApi, small_base: Path, tmp_path: Path, olga: UserActor
) -> AsyncIterator[RunningBot]:
    """The bot with Olga for an admin."""
    async with maintained(api, small_base, tmp_path, olga) as running:
        yield running
    api.assert_clean()


def fails(bot: RunningBot, method: str, times: int = 2) -> None:
    bot.api.fail(method, 502, "Bad Gateway", times=times)


async def test_a_question_that_was_kept_is_said_to_be(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    declined = await asks(bot, anna, OFF_TOPIC)
    shown = await presses(bot, anna, declined, SAY("suggest-button"))
    fails(bot, "editMessageText")
    said = await presses(bot, anna, shown, SAY("suggest-send"))
    assert said.content.startswith(SAY("suggest-sent"))
    assert len(await bot.worker.store.suggestions()) == 1
    forgotten = await asks(bot, anna, "/forget")
    assert "question that I remembered" not in forgotten.content


async def test_a_second_press_does_not_unsay_that_it_was_kept(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    declined = await asks(bot, anna, OFF_TOPIC)
    shown = await presses(bot, anna, declined, SAY("suggest-button"))
    for _ in range(2):
        anna.press(shown, SAY("suggest-send"))
    await bot.settled()
    assert [message.content for message in bot.api.sent(anna)][-1].startswith(SAY("suggest-sent"))
    assert len(await bot.worker.store.suggestions()) == 1


async def test_what_was_deleted_is_named(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    await bot.worker.store.add_suggestion(anna.id, OFF_TOPIC, keep=DAY)
    await asks(bot, anna, PARKING)
    fails(bot, "sendMessage")
    said = await asks(bot, anna, "/forget")
    assert "the text that you sent" in said.content
    assert "which answer you got last" in said.content


async def test_a_maintainers_decision_is_shown(led: RunningBot, olga: UserActor) -> None:
    await waits(led, CARPORT, NOTHING_LIKE_IT)
    card = await asks(led, olga, "/review")
    fails(led, "sendMessage")
    following = await presses(led, olga, card, SAY("review-off-topic"))
    assert card.content.startswith(SAY("review-did-off-topic"))
    assert CARPORT in card.content
    assert NOTHING_LIKE_IT in following.content


async def test_what_was_attached_can_still_be_taken_back(led: RunningBot, olga: UserActor) -> None:
    await waits(led, CARPORT)
    card = await asks(led, olga, "/review")
    fails(led, "sendMessage")
    await presses(led, olga, card, PARKING)
    assert card.content.startswith(SAY("review-did-attach"))
    fails(led, "editMessageText")
    await presses(led, olga, card, SAY("review-undo"))
    assert card.content == SAY("review-did-undo")
    assert len(await led.worker.store.suggestions(SuggestionState.OPEN)) == 1


async def test_a_reload_says_what_it_brought(led: RunningBot, olga: UserActor) -> None:
    (number,) = await waits(led, CARPORT)
    await led.worker.store.resolve_suggestion(number, SuggestionState.TAKEN, entry_id="parking", keep=DAY)
    asked = olga.sends("/reload")
    await led.api.wait_sent(olga, SAY("reload-begun"), after=asked)
    fails(led, "sendMessage")
    await led.settled()
    # A second one would find nothing changed.
    assert [message.content for message in led.api.sent(olga)] == [
        SAY("reload-begun"),
        SAY("reload-done", count=5),
    ]


async def test_a_group_is_clean_without_a_word(bot: RunningBot) -> None:
    mara = bot.api.user("Mara")
    group = bot.api.supergroup("Tenants", mara)
    asked = mara.sends(f"/ask {PARKING}", chat=group)
    await bot.api.wait_sent(group, after=asked)
    bot.api.delay(0, "deleteMessages")
    fails(bot, "deleteMessages")  # of which the second takes the command away
    mara.sends("/clean", chat=group)
    await bot.settled()
    assert bot.api.sent(group) == []


async def test_help_that_nobody_asked_for_comes_when_it_can_be_sent(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna, bot="administrator")
    await bot.worker.store.set_chat_settings(group.id, {"mode": "helpful"})
    fails(bot, "sendMessage")
    anna.sends(PARKING, chat=group)
    await bot.settled()
    assert [message.content.partition("\n")[0] for message in bot.api.sent(group)] == [ANSWER]
