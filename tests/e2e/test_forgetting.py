"""/forget deletes what is kept of the asker, says what that was, and touches nobody else's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.locales import words

if TYPE_CHECKING:
    from tests.e2e.running import RunningBot

NOTHING = words("en")("forgotten-nothing")
DAY = 24 * 3600.0


async def test_all_that_is_kept_of_a_person_is_deleted_and_named(bot: RunningBot) -> None:
    anna, berta = bot.api.user("Anna"), bot.api.user("Berta")
    store = bot.worker.store
    for person in (anna, berta):
        await store.set_chat_settings(person.id, {"quiet": True})
        await store.add_suggestion(person.id, "Please add the opening hours.", keep=DAY)
        person.sends("Where do I park my car?")
    await store.add_suggestion(anna.id, "And a map.", keep=DAY)
    await bot.settled()
    anna.sends("/forget")
    await bot.settled()
    assert bot.api.sent(anna)[-1].content.splitlines() == [
        "Done. I have deleted:",
        "\N{EN DASH} the settings of our chat",
        "\N{EN DASH} 2 texts that you sent to the people who write the answers",
        "\N{EN DASH} which answer you got last, and what you told me since",
        "\N{EN DASH} one question that I remembered for some minutes",
        "\N{EN DASH} what I showed you last",
    ]
    anna.sends("/forget")
    await bot.settled()
    assert bot.api.sent(anna)[-1].content == NOTHING
    assert await store.chat_settings(anna.id) == {}
    assert await store.chat_settings(berta.id) == {"quiet": True}
    assert len(await store.suggestions()) == 1
    berta.sends("/forget")
    await bot.settled()
    assert "the text that you sent" in bot.api.sent(berta)[-1].content


async def test_in_a_group_it_forgets_the_asker_and_not_the_group(bot: RunningBot) -> None:
    anna, berta = bot.api.user("Anna"), bot.api.user("Berta")
    group = bot.api.supergroup("Tenants", anna, berta)
    for person in (anna, berta):
        person.sends("/ask Where do I park my car?", chat=group)
    await bot.settled()
    for person, forgotten in (
        (anna, "which answer you got last"),
        (anna, "nothing of you"),
        (berta, "which answer"),
    ):
        asked = person.sends("/forget", chat=group)
        assert forgotten in (await bot.api.wait_sent(group, after=asked)).content
    await bot.settled()


async def test_an_anonymous_admin_forgets_what_they_asked_and_nothing_of_the_groups(bot: RunningBot) -> None:
    anna, channel = bot.api.user("Anna"), bot.api.channel("News")
    group = bot.api.supergroup("Tenants", anna)
    await bot.worker.store.set_chat_settings(group.id, {"mode": "helpful"})
    asked = anna.sends("/ask Where do I park my car?", chat=group)
    await bot.api.wait_sent(group, after=asked)
    for says in (group.anonymous_admin_sends, partial(group.channel_sends, channel)):
        await bot.api.wait_sent(group, after=says("/ask Where do bicycles go?"))
        forgotten = await bot.api.wait_sent(group, after=says("/forget"))
        assert forgotten.content.splitlines() == [
            "Done. I have deleted:",
            "\N{EN DASH} which answer you got last, and what you told me since",
        ]
        assert await bot.worker.store.chat_settings(group.id) == {"mode": "helpful"}
    forgotten = await bot.api.wait_sent(group, after=anna.sends("/forget", chat=group))
    assert "which answer you got last" in forgotten.content, "Anna's was left alone"
