"""The bot in groups and elsewhere, where a conversation's file can't look: calls, limits, time that passes, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import deep_links
from bot.deep_links import to_entry
from bot.handlers import group_admins
from bot.handlers.inline import CACHED
from bot.handlers.late import LATE
from bot.inline.looking_up import MAX_FOUND
from bot.locales import words
from tests.e2e.running import OPERATOR, polling

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import ChatActor, FakeBotApi, Message, Query, UserActor

SAY = words("en")


async def panel(bot: RunningBot, group: ChatActor, admin: UserActor) -> Message:
    admin.sends("/settings", chat=group)
    return await bot.api.wait_sent(group, SAY("settings-title"))


async def pressed(bot: RunningBot, who: UserActor, message: Message, button: str) -> Query:
    query = who.press(message, button)
    await bot.settled()
    return query


async def test_admins_are_asked_for_once_a_minute(bot: RunningBot) -> None:
    mara, anna = bot.api.user("Mara"), bot.api.user("Anna")
    group = bot.api.supergroup("Patients", mara, anna)
    message = await panel(bot, group, mara)
    for button in ("Quiet", "Helpful", "When asked"):
        assert not (await pressed(bot, mara, message, button)).text
        assert (await pressed(bot, anna, message, button)).text == SAY("settings-admins-only")
    assert len(bot.api.calls_of("getChatAdministrators")) == 1


async def test_an_admin_who_is_none_any_more_is_none_after_a_minute(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_admins, "REMEMBERED", -1.0)  # the minute is over at once
    async with polling(api, small_answerer, tmp_path) as bot:
        mara, anna = api.user("Mara"), api.user("Anna")
        group = api.supergroup("Patients", mara, anna)
        message = await panel(bot, group, mara)
        assert not (await pressed(bot, mara, message, "Helpful")).text
        group.add_member(mara, "member")
        assert (await pressed(bot, mara, message, "Quiet")).text == SAY("settings-admins-only")
        assert await bot.worker.store.chat_settings(group.id) == {"mode": "helpful"}
    api.assert_clean()


async def test_where_telegram_does_not_tell_the_admins_nobody_is_one(bot: RunningBot) -> None:
    mara = bot.api.user("Mara")
    group = bot.api.supergroup("Patients", mara)
    message = await panel(bot, group, mara)
    group.set_bot(
        "restricted", can_send_messages=True
    )  # its place has changed: whoever runs the group is asked anew
    await bot.settled()
    bot.api.fail("getChatAdministrators", 400, "Bad Request: CHAT_ADMIN_REQUIRED")
    assert (await pressed(bot, mara, message, "Quiet")).text == SAY("settings-admins-only")
    assert not (await pressed(bot, mara, message, "Quiet")).text


async def test_with_privacy_mode_off_the_panel_says_that_it_hears(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    api.world.privacy = False
    async with polling(api, small_answerer, tmp_path) as bot:
        mara = api.user("Mara")
        group = api.supergroup("Patients", mara)
        message = await panel(bot, group, mara)
        await pressed(bot, mara, message, "Helpful")
        assert SAY("settings-hears") in message.content
        group.set_bot("left")
        group.set_bot("member", mara)
        await bot.settled()
        assert SAY("group-hears-all") in api.sent(group)[-1].content
    api.assert_clean()


async def test_two_admins_change_settings_at_the_same_time(bot: RunningBot) -> None:
    mara, otto = bot.api.user("Mara"), bot.api.user("Otto")
    group = bot.api.supergroup("Patients", mara)
    group.add_member(otto, "administrator")
    message = await panel(bot, group, mara)
    mara.press(message, "Quiet")
    otto.press(message, "First sentence")
    mara.press(message, SAY("settings-button-private-off"))
    await bot.settled()
    stored = await bot.worker.store.chat_settings(group.id)
    assert stored == {"mode": "quiet", "length": "first", "private": "off"}


async def test_an_answer_that_is_too_old_to_delete_is_emptied_instead(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Patients")
    anna.sends("/ask where can my car go", chat=group)
    answer = await bot.api.wait_sent(group, "Behind the house")
    bot.api.advance(49 * 3600)
    await pressed(bot, anna, answer, SAY("remove-button"))
    assert (answer.content, answer.buttons, answer.deleted) == (SAY("removed"), [], False)


async def test_cleaning_up_deletes_the_command_too_where_the_bot_may(bot: RunningBot) -> None:
    mara = bot.api.user("Mara")
    group = bot.api.supergroup("Patients", mara, bot="administrator")
    mara.sends("/ask where can my car go", chat=group)
    answer = await bot.api.wait_sent(group, "Behind the house")
    command = mara.sends("/clean", chat=group)
    await bot.settled()
    assert answer.deleted
    assert command.deleted


def added(bot: RunningBot, chat_id: int, by: UserActor) -> dict[str, Any]:
    """What Telegram says of a bot that is new in a supergroup."""
    own = bot.api.world.bot.json()
    return {
        "my_chat_member": {
            "chat": {"id": chat_id, "type": "supergroup", "title": "Family"},
            "from": by.user.json(),
            "date": bot.api.world.clock.date(),
            "old_chat_member": {"status": "left", "user": own},
            "new_chat_member": {"status": "member", "user": own},
        }
    }


@pytest.mark.parametrize("first", ["the move", "the bot's place"])
async def test_after_a_move_the_supergroup_is_not_greeted_as_new(bot: RunningBot, first: str) -> None:
    mara = bot.api.user("Mara")
    group = bot.api.group("Family", mara)
    if first == "the move":
        moved = group.migrates()
        await bot.settled()
        bot.api.inject(added(bot, moved.id, mara))
    else:
        with bot.api.world.changes.lock:  # both are handed out together
            bot.api.inject(added(bot, -1_000_000_000_000 + group.id, mara))
            moved = group.migrates()
    await bot.settled()
    assert bot.api.sent(moved) == []


async def test_a_supergroup_that_has_not_moved_is_greeted(bot: RunningBot) -> None:
    mara = bot.api.user("Mara")
    group = bot.api.supergroup("Family", mara)
    bot.api.inject(added(bot, group.id, mara))
    await bot.settled()
    assert len(bot.api.sent(group)) == 1


async def test_every_answer_in_a_group_leads_to_its_entry_in_private(bot: RunningBot) -> None:
    api = bot.api
    anna = api.user("Anna")
    group = api.supergroup("Patients")
    anna.sends("/ask where can my car go", chat=group)
    answer = await api.wait_sent(group, "Behind the house")
    link = answer.button(SAY("private-button"))["url"]
    assert link == to_entry("advisory_test_bot", "parking")
    anna.starts(link.partition("start=")[2])
    assert "Behind the house" in (await api.wait_sent(anna)).content


def article(result: dict[str, Any]) -> tuple[str, str]:
    return result["id"], result["title"]


async def test_an_inline_query_offers_results_within_the_limits(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    query = anna.asks_inline("")
    await bot.settled()
    answer = query.answer or {}
    assert [article(result) for result in answer["results"]] == [
        ("parking", "Where do I park my car?"),
        ("bicycles", "Where do bicycles go?"),
    ]
    assert [result["description"] for result in answer["results"]] == [
        "Behind the house.",
        f"Into the cellar, says {OPERATOR}.",
    ]
    assert len(answer["results"]) <= MAX_FOUND <= 50
    assert (answer["cache_time"], answer["is_personal"]) == (CACHED, True)
    assert answer["button"] == {"text": SAY("inline-button"), "start_parameter": deep_links.GREETING}
    anna.starts(deep_links.GREETING)
    assert "Hello" in (await bot.api.wait_sent(anna)).content


async def test_a_further_page_of_an_inline_query_is_empty_and_what_fits_nothing_leads_to_private(
    bot: RunningBot,
) -> None:
    anna = bot.api.user("Anna")
    further, nothing = anna.asks_inline("car", offset="12"), anna.asks_inline("zxcvb")
    await bot.settled()
    assert [(query.answer or {})["results"] for query in (further, nothing)] == [[], []]
    assert (nothing.answer or {})["button"]["text"] == SAY("inline-nothing")


async def test_an_inline_query_that_telegram_has_given_up_is_no_fault(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.api.world.query_seconds = -1.0
    bot.api.user("Anna").asks_inline("car")
    await bot.settled()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert [call.status for call in bot.api.calls_of("answerInlineQuery")] == [400]


async def test_a_guest_that_was_mentioned_long_ago_says_nothing(bot: RunningBot, api: FakeBotApi) -> None:
    api.world.clock.offset = -LATE - 60
    query = api.user("Anna").mentions_guest("@advisory_test_bot where can my car go")
    await bot.settled()
    assert query.answer is None
    assert api.calls_of("sendMessage") == []


async def test_a_guests_fault_is_told_to_nobody(bot: RunningBot, api: FakeBotApi) -> None:
    anna = api.user("Anna", started=True)
    api.fail("answerGuestQuery", 400, "Bad Request: RESULT_ID_INVALID", times=3)
    query = anna.mentions_guest("@advisory_test_bot where can my car go")
    await bot.settled()
    assert query.answer is None
    assert api.calls_of("sendMessage") == []


async def test_a_guest_mentioned_in_reply_to_a_question_answers_that(
    bot: RunningBot, api: FakeBotApi
) -> None:
    anna, bob = api.user("Anna"), api.user("Bob")
    elsewhere = api.supergroup("Elsewhere", anna, bob, bot="left")
    question = bob.sends("where can my car go", chat=elsewhere)
    query = anna.mentions_guest("@advisory_test_bot", chat=elsewhere.chat, reply_to=question)
    await bot.settled()
    posted = (query.answer or {})["result"]["input_message_content"]["message_text"]
    assert "Behind the house" in posted


async def test_a_restart_does_not_make_it_repeat_itself_unasked(
    api: FakeBotApi, answerer: Answerer, tmp_path: Path
) -> None:
    anna = api.user("Anna")
    group = api.supergroup("Patients", anna, bot="administrator")
    async with polling(api, answerer, tmp_path) as bot:
        await bot.worker.store.set_chat_settings(group.id, {"mode": "helpful"})
        anna.sends("Is it illegal to take my stem cells out of the US?", chat=group)
        answer = await api.wait_sent(group, SAY("unasked-note"))
        await bot.settled()
    async with polling(api, answerer, tmp_path) as bot:
        anna.sends("Is it illegal to take my stem cells out of the US?", chat=group)
        anna.sends("Which agencies have to give permission?", chat=group)
        await bot.settled()
        assert api.sent(group) == [answer]
        # What was sent before the restart isn't remembered; the button needs no memory.
        await pressed(bot, anna, answer, SAY("remove-button"))
        assert answer.deleted
    api.assert_clean()


async def test_what_a_group_chose_is_gone_with_the_bot_from_the_database_too(bot: RunningBot) -> None:
    mara = bot.api.user("Mara")
    group = bot.api.supergroup("Patients", mara)
    message = await panel(bot, group, mara)
    await pressed(bot, mara, message, "Quiet")
    assert await bot.worker.store.chat_settings(group.id) == {"mode": "quiet"}
    group.set_bot("kicked", mara)
    await bot.settled()
    assert await bot.worker.store.chat_settings(group.id) == {}


async def test_a_press_whose_message_could_not_be_sent_is_tried_again(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Patients")
    anna.sends("/ask where can my car go", chat=group)
    answer = await bot.api.wait_sent(group, "Behind the house")
    bot.api.fail("sendMessage", 502, "Bad Gateway")
    query = await pressed(bot, anna, answer, SAY("sources-button"))
    assert len(bot.api.sent(group)) == 2
    assert "url" not in (query.answer or {})
    again = await pressed(bot, anna, answer, SAY("sources-button"))
    assert len(bot.api.sent(group)) == 2
    assert (again.answer or {})["url"] == to_entry("advisory_test_bot", "parking")
