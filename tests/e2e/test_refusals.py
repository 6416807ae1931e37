"""Telegram says no: to a chat, to a message, for a while. Whoever else asks must not notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.locales import words
from bot.store.protocol import HOLDING_TRIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import ChatActor, FakeBotApi, UserActor

QUESTION = "Where do I park my car?"
ANSWER = "Behind the house."
NO_TRACEBACK = "Traceback"


def attempts(api: FakeBotApi) -> list[int | None]:
    """How each attempt to send a message went."""
    return [call.status for call in api.calls_of("sendMessage")]


async def still_answers(bot: RunningBot) -> None:
    """Somebody else asks, and gets the answer."""
    other = bot.api.user("Zoe")
    other.sends(QUESTION)
    await bot.settled()
    assert [message.content.startswith(ANSWER) for message in bot.api.sent(other)] == [True]


@pytest.mark.parametrize("leave", ["blocks_bot", "deactivates"])
async def test_who_left_gets_nothing_and_nothing_breaks(
    bot: RunningBot, leave: str, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    anna.sends(QUESTION)
    getattr(anna, leave)()
    await bot.settled()
    assert (attempts(bot.api), bot.api.sent(anna)) == ([403], [])
    assert NO_TRACEBACK not in caplog.text
    await still_answers(bot)


async def test_who_unblocks_is_answered_again(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    anna.sends(QUESTION)
    anna.blocks_bot()
    await bot.settled()
    anna.unblocks_bot()
    anna.sends(QUESTION)
    await bot.settled()
    assert len(bot.api.sent(anna)) == 1


def kicked(group: ChatActor) -> None:
    group.set_bot("kicked")


def muted(group: ChatActor) -> None:
    group.forbid("can_send_messages")


def restricted(group: ChatActor) -> None:
    group.set_bot("restricted", can_send_messages=False)


@pytest.mark.parametrize(("shut_out", "status"), [(kicked, 403), (muted, 400), (restricted, 400)])
async def test_a_group_that_shuts_the_bot_up_gets_nothing(
    bot: RunningBot, shut_out: Callable[[ChatActor], None], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    anna.sends(f"/ask {QUESTION}", chat=group)
    shut_out(group)
    await bot.settled()
    assert (attempts(bot.api), bot.api.sent(group)) == ([status], [])
    assert NO_TRACEBACK not in caplog.text
    await still_answers(bot)


async def test_a_closed_topic_gets_nothing(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    forum = bot.api.supergroup("Tenants", anna, forum=True)
    topic = forum.topic("Cars")
    anna.sends(f"/ask {QUESTION}", chat=forum, thread=topic)
    forum.close_topic(topic)
    await bot.settled()
    assert (attempts(bot.api), bot.api.sent(forum)) == ([400], [])
    await still_answers(bot)


async def test_when_the_topic_is_gone_the_answer_goes_to_the_forum(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    forum = bot.api.supergroup("Tenants", anna, forum=True)
    topic = forum.topic("Cars")
    anna.sends(f"/ask {QUESTION}", chat=forum, thread=topic)
    forum.delete_topic(topic)
    await bot.settled()
    (answer,) = bot.api.sent(forum)
    assert (answer.content.startswith(ANSWER), answer.thread_id, answer.reply_to) == (True, None, None)


async def test_when_the_question_is_gone_the_answer_comes_all_the_same(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    anna.sends(f"/ask {QUESTION}", chat=group).deleted = True
    await bot.settled()
    (answer,) = bot.api.sent(group)
    assert (answer.content.startswith(ANSWER), answer.reply_to) == (True, None)


async def test_when_a_group_moves_the_answer_goes_to_its_new_home(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    old = bot.api.group("Tenants", anna)
    anna.sends(f"/ask {QUESTION}", chat=old)
    new = old.migrates()
    await bot.settled()
    (answer,) = bot.api.sent(new)
    assert answer.content.startswith(ANSWER)
    assert bot.api.sent(old) == []
    anna.sends(f"/ask {QUESTION}", chat=new)
    await bot.settled()
    assert len(bot.api.sent(new)) == 2


async def test_a_put_off_answer_comes_later_and_once(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    bot.api.fail("sendMessage", 429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})
    anna.sends(QUESTION)
    await bot.settled()
    assert attempts(bot.api) == [429, 200]
    assert [message.content.startswith(ANSWER) for message in bot.api.sent(anna)] == [True]
    first, second = bot.api.calls_of("sendMessage")
    assert second.at - first.at >= 1


async def test_a_burst_of_questions_is_answered_in_order_though_telegram_slows_it_down(
    bot: RunningBot,
) -> None:
    bot.api.limits.enabled, bot.api.limits.chat_burst = True, 2
    anna = bot.api.user("Anna")
    for name in ("help", "privacy", "sources", "topics"):
        anna.sends(f"/{name}")
    anna.sends(QUESTION)
    await bot.settled()
    firsts = [message.content.partition("\n")[0] for message in bot.api.sent(anna)]
    assert len(firsts) == 5
    assert (firsts[0], firsts[3], firsts[4]) == (
        words("en")("help").partition("\n")[0],
        words("en")("topics-title"),
        ANSWER,
    )
    assert 429 in attempts(bot.api)


async def pressed_too_late(bot: RunningBot, anna: UserActor) -> None:
    anna.sends(QUESTION)
    await bot.settled()
    late = anna.press(bot.api.sent(anna)[-1], "Where do bicycles go?")
    bot.api.advance(600)
    await bot.settled()
    assert late.answer is None


async def test_a_press_that_waited_too_long_is_answered_all_the_same(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    await pressed_too_late(bot, anna)
    assert bot.api.sent(anna)[-1].content.startswith("Into the cellar")
    assert NO_TRACEBACK not in caplog.text


@pytest.mark.parametrize("button", ["Where do bicycles go?", "What the source says"])
async def test_a_press_in_a_group_that_waited_too_long_at_telegram_brings_nothing(
    bot: RunningBot, button: str
) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    anna.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    (answer,) = bot.api.sent(group)
    with bot.api.world.changes.lock:  # it is handed out when it is past already
        late = anna.press(answer, button)
        bot.api.advance(600)
    await bot.settled()
    assert late.answer is None
    assert bot.api.sent(group) == [answer]


async def test_a_choice_of_settings_that_waited_too_long_at_telegram_is_none(bot: RunningBot) -> None:
    olga = bot.api.user("Olga")
    group = bot.api.supergroup("Tenants", olga)
    group.add_member(olga, "administrator")
    olga.sends("/settings", chat=group)
    await bot.settled()
    (panel,) = bot.api.sent(group)
    before = panel.content
    with bot.api.world.changes.lock:
        late = olga.press(panel, words("en")("settings-button-mode-quiet"))
        bot.api.advance(600)
    await bot.settled()
    assert (late.answer, panel.content) == (None, before)
    assert await bot.worker.store.chat_settings(group.id) == {}


async def test_an_answer_stays_whose_removal_waited_too_long_at_telegram(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    anna.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    (answer,) = bot.api.sent(group)
    with bot.api.world.changes.lock:
        late = anna.press(answer, words("en")("remove-button"))
        bot.api.advance(600)
    await bot.settled()
    assert late.answer is None
    assert bot.api.sent(group) == [answer]


async def test_a_message_that_can_not_be_edited_any_more_is_followed_by_a_new_one(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    anna.sends("/topics")
    await bot.settled()
    bot.api.fail("editMessageText", 400, "Bad Request: message can't be edited")
    anna.press(bot.api.sent(anna)[-1], "The house")
    await bot.settled()
    first, second = bot.api.sent(anna)
    assert first.content == words("en")("topics-title")
    assert second.content == words("en")("topic-title", topic="The house")


async def test_who_blocks_the_bot_while_it_edits_breaks_nothing(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    anna.sends("/topics")
    await bot.settled()
    bot.api.fail("editMessageText", 403, "Forbidden: bot was blocked by the user")
    anna.press(bot.api.sent(anna)[-1], "The house")
    anna.blocks_bot()
    await bot.settled()
    await still_answers(bot)


@pytest.mark.parametrize(
    "said",
    [
        "not enough rights to send text messages to the chat",
        "need administrator rights in the channel chat",
        "CHAT_SEND_PLAIN_FORBIDDEN",
        "CHAT_RESTRICTED",
        "USER_BANNED_IN_CHANNEL",
        "CHANNEL_PRIVATE",
        "have no write access to the chat",
        "group chat was deactivated",
        "ALLOW_PAYMENT_REQUIRED_10",
    ],
)
async def test_whatever_the_words_for_it_where_the_bot_may_not_write_it_does_not_insist(
    bot: RunningBot, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    bot.api.fail("sendMessage", 400, f"Bad Request: {said}", times=None)
    anna.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    assert attempts(bot.api) == [400]
    assert " failed: " not in caplog.text


@pytest.mark.parametrize("chat", ["private", "group"])
async def test_a_press_in_a_chat_that_the_bot_has_lost_is_no_fault(
    bot: RunningBot, chat: str, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna) if chat == "group" else None
    anna.sends("/topics", chat=group)
    await bot.settled()
    anna.press(bot.api.sent(group or anna)[-1], "The house")
    if group is not None:
        kicked(group)
    else:
        anna.blocks_bot()
    await bot.settled()
    assert " failed: " not in caplog.text
    await still_answers(bot)


@pytest.mark.parametrize(
    "refusal",
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
    ids=str,
)
@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"])
async def test_whatever_is_done_in_a_chat_that_the_bot_has_lost_is_no_fault(
    bot: RunningBot, method: str, refusal: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    button = "The house" if method == "editMessageText" else words("en")("feedback-helped")
    anna.sends("/topics" if method == "editMessageText" else QUESTION)
    await bot.settled()
    bot.api.fail(method, *refusal, times=None)
    anna.press(bot.api.sent(anna)[-1], button)
    await bot.settled()
    assert [call.status for call in bot.api.calls_of(method)] == [refusal[0]]
    assert " failed: " not in caplog.text


async def test_a_button_of_a_group_that_has_moved_brings_its_message_to_the_new_home(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    old = bot.api.group("Tenants", anna)
    anna.sends("/topics", chat=old)
    await bot.settled()
    anna.press(bot.api.sent(old)[-1], "The house")
    new = old.migrates()
    moved = {"migrate_to_chat_id": new.id}
    bot.api.fail("editMessageText", 400, "Bad Request: group chat was upgraded", parameters=moved)
    await bot.settled()
    assert [message.content for message in bot.api.sent(new)] == [
        words("en")("topic-title", topic="The house")
    ]
    assert " failed: " not in caplog.text


async def test_a_group_that_is_lost_once_it_has_moved_gets_nothing(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    old = bot.api.group("Tenants", anna)
    anna.sends(f"/ask {QUESTION}", chat=old)
    kicked(old.migrates())
    await bot.settled()
    assert attempts(bot.api) == [400, 403]
    assert " failed: " not in caplog.text


async def test_a_forum_that_is_closed_to_the_bot_once_a_topic_is_gone_gets_nothing(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    forum = bot.api.supergroup("Tenants", anna, forum=True)
    topic = forum.topic("Cars")
    anna.sends(f"/ask {QUESTION}", chat=forum, thread=topic)
    bot.api.fail("sendMessage", 400, "Bad Request: message thread not found")
    bot.api.fail("sendMessage", 400, "Bad Request: not enough rights to send text messages to the chat")
    await bot.settled()
    assert attempts(bot.api) == [400, 400]
    assert " failed: " not in caplog.text


async def test_a_panel_in_a_group_that_the_bot_has_lost_is_no_fault(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    await bot.worker.store.set_chat_settings(group.id, {"mode": "helpful"})
    bot.api.fail("getChatMember", 403, "Forbidden: bot was kicked from the supergroup chat", times=None)
    anna.sends("/settings", chat=group)
    await bot.settled()
    assert " failed: " not in caplog.text


async def test_a_method_that_the_server_does_not_know_holds_up_no_chat(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    anna.sends("/topics")
    await bot.settled()
    bot.api.fail("answerCallbackQuery", 404, "Not Found: method not found", times=None)
    anna.press(bot.api.sent(anna)[-1], "The house")
    anna.sends(QUESTION)
    await bot.settled()
    assert len(bot.api.calls_of("answerCallbackQuery")) == HOLDING_TRIES
    assert bot.api.sent(anna)[-1].content.startswith(ANSWER)
    assert "refuses the token" not in caplog.text
    assert bot.worker.broken
    assert not bot.worker.broken.done()


async def test_only_a_press_that_is_too_old_needs_no_answer(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    anna.sends("/topics")
    await bot.settled()
    listed = bot.api.sent(anna)[-1]
    bot.api.fail("answerCallbackQuery", 400, "Bad Request: QUERY_ID_INVALID")
    anna.press(listed, "The house")
    await bot.settled()
    assert " failed: " not in caplog.text
    bot.api.fail("answerCallbackQuery", 400, "Bad Request: URL_INVALID", times=None)
    anna.press(listed, "Back to all topics")
    await bot.settled()
    assert "url_invalid" in caplog.text.lower()


@pytest.mark.parametrize("result", ["{}", "true"])
async def test_an_answer_that_is_ok_and_names_no_message_is_sent_once(
    bot: RunningBot, result: str, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    bot.api.fail("sendMessage", 200, body=f'{{"ok":true,"result":{result}}}', after=True)
    anna.sends(QUESTION)
    await bot.settled()
    assert len(bot.api.sent(anna)) == 1
    assert " failed: " not in caplog.text


async def test_why_an_answer_does_not_get_through_is_told(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    bot.api.fail("sendMessage", 503, "Xylophonists are not served")
    anna.sends(QUESTION)
    await bot.api.wait_sent(anna, ANSWER)
    assert "failed: NetworkError (the Bot API's own 503); next try" in caplog.text
    assert "Xylophonists" not in caplog.text
