"""What comes late: dropped where nobody waits any more, answered with a word on the delay where somebody does."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from telegram import CallbackQuery, Chat, InlineQuery, Message, Update, User

from bot.asking import IN_PRIVATE
from bot.handlers.late import CALLBACK_QUERY_LIVES, INLINE_QUERY_LIVES, LATE, Lateness, lateness
from bot.locales import words
from bot.transport import telegram_time
from tests.databases import age
from tests.e2e.running import polling

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi, HasId

ANNA = User(7, "Anna", is_bot=False)
NOW = 1_800_000_000.0
ANSWER = "Behind the house."
QUESTION = "Where do I park my car?"
EXCUSE = words("en")("late")


def written(chat: str, seconds_ago: float) -> Update:
    date = datetime.fromtimestamp(NOW - seconds_ago, UTC)
    return Update(1, message=Message(1, date, Chat(7, chat), from_user=ANNA, text="?"))


@pytest.mark.parametrize(
    ("chat", "seconds_ago", "expected"),
    [
        ("private", LATE, Lateness.ON_TIME),
        ("private", LATE + 1, Lateness.EXCUSED),
        ("private", 23 * 3600, Lateness.EXCUSED),
        ("group", LATE, Lateness.ON_TIME),
        ("group", LATE + 1, Lateness.TOO_LATE),
        ("supergroup", LATE + 1, Lateness.TOO_LATE),
        ("private", -3600, Lateness.ON_TIME),  # a clock that is wrong
    ],
)
def test_a_message_is_as_late_as_its_date_says(chat: str, seconds_ago: float, expected: Lateness) -> None:
    assert lateness(written(chat, seconds_ago), 0, NOW) is expected


@pytest.mark.parametrize(
    ("update", "lives"),
    [
        (Update(1, callback_query=CallbackQuery("1", ANNA, "1")), CALLBACK_QUERY_LIVES),
        (Update(1, inline_query=InlineQuery("1", ANNA, "", "")), INLINE_QUERY_LIVES),
    ],
)
def test_a_query_is_as_late_as_it_has_been_here(update: Update, lives: float) -> None:
    assert lateness(update, lives, NOW) is Lateness.ON_TIME
    assert lateness(update, lives + 1, NOW) is Lateness.TOO_LATE
    assert lateness(Update(1), 10 * lives, NOW) is Lateness.ON_TIME


@pytest.mark.parametrize("chat", ["private", "supergroup"])
def test_a_guest_is_not_excused_in_other_peoples_chats(chat: str) -> None:
    for seconds_ago, expected in ((LATE, Lateness.ON_TIME), (LATE + 1, Lateness.TOO_LATE)):
        assert lateness(Update(1, guest_message=written(chat, seconds_ago).message), 0, NOW) is expected


def said(api: FakeBotApi, chat: HasId) -> list[str]:
    return [message.content.partition("\n")[0] for message in api.sent(chat)]


def overdue(api: FakeBotApi, *texts: str) -> dict[str, int]:
    """Messages that have waited at Telegram for an hour, as after an outage; answers the ids of the chats."""
    anna = api.user("Anna", started=True)
    group = api.supergroup("Tenants", anna)
    number = 0
    for chat_id, kind, prefix in ((anna.id, "private", ""), (group.id, "supergroup", "/ask ")):
        for text in texts:
            number += 1
            chat = {"id": chat_id, "type": kind, "title" if chat_id < 0 else "first_name": "x"}
            content: dict[str, Any] = {
                "message_id": 5000 + number,
                "date": int(time.time()) - 3600,
                "chat": chat,
                "from": {"id": anna.id, "is_bot": False, "first_name": "Anna", "language_code": "en"},
                "text": prefix + text,
            }
            if prefix:
                content["entities"] = [{"type": "bot_command", "offset": 0, "length": 4}]
            api.inject({"message": content})
    return {"private": anna.id, "group": group.id}


async def test_after_an_outage_a_person_is_answered_with_one_word_on_the_delay_and_a_group_is_not(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    chats = overdue(api, QUESTION, "May I keep a cat?")
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
        assert [message.content.partition("\n")[0] for message in api.sent(chats["private"])] == [
            EXCUSE,
            ANSWER,
            "The rules don't cover cats.",
        ]
        assert api.sent(chats["group"]) == []


async def test_what_gets_no_answer_gets_no_word_on_the_delay(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    anna = api.user("Anna", started=True)
    pinned = {"message_id": 4, "date": 1, "chat": anna.chat.json(), "text": "a note"}
    anna.sends(None, pinned_message=pinned)
    anna.sends(QUESTION, via_bot=api.user("Gifs", is_bot=True, username="gifs").user.json())
    api.advance(LATE + 1)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
        assert api.sent(anna) == []


async def test_who_has_asked_for_too_much_gets_no_word_on_the_delay_besides(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_time, "_EVERY", 0.0)
    anna = api.user("Anna", started=True)
    async with polling(api, small_answerer, tmp_path) as bot:
        for _ in range(IN_PRIVATE + 2):
            anna.sends("/topics")
        await bot.settled()
        said_before = len(api.sent(anna))
        bot.worker._taking = False
        anna.sends(QUESTION)
        await api.wait_idle()
        api.advance(LATE + 1)
        await bot.application.bot.get_me()
        bot.worker._taking = True
        bot.worker.ring()
        await bot.settled()
        assert len(api.sent(anna)) == said_before


async def test_what_is_to_be_deleted_is_deleted_however_late_that_is(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    anna = api.user("Anna", started=True)
    group = api.supergroup("Tenants", anna)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.worker.store.add_suggestion(anna.id, QUESTION, keep=86_400)
    anna.sends("/forget", chat=group)
    anna.sends(f"/ask {QUESTION}", chat=group)
    api.advance(LATE + 1)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
        assert await bot.worker.store.suggestions() == []
    (only,) = api.sent(group)
    assert "the text that you sent" in only.content


async def test_a_group_that_moves_while_the_bot_is_away_keeps_its_settings_however_late_that_is(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    olga, anna = api.user("Olga"), api.user("Anna")
    group = api.group("Tenants", olga, anna)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.worker.store.set_chat_settings(group.id, {"mode": "quiet"})
    moved = group.migrates()
    api.advance(LATE + 1)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
        assert (await bot.worker.store.chat_settings(moved.id))["mode"] == "quiet"
        assert await bot.worker.store.chat_settings(group.id) == {}
        anna.sends(f"/ask {QUESTION}", chat=moved)
        await bot.settled()
        assert api.sent(moved) == []


async def test_a_word_on_the_delay_that_can_not_be_said_keeps_no_answer_back(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    chats = overdue(api, QUESTION)
    api.fail("sendMessage", 500)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
        (only,) = api.sent(chats["private"])
        assert only.content.startswith(ANSWER)


async def test_a_press_that_waited_too_long_in_the_store_is_dropped(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    anna.sends(QUESTION)
    await bot.settled()
    (answer,) = bot.api.sent(anna)
    bot.worker._taking = False
    anna.press(answer, data=answer.button(answer.buttons[-1][0])["callback_data"])
    await bot.api.wait_idle()
    await age(bot.worker.store, CALLBACK_QUERY_LIVES + 1)  # type: ignore[arg-type]  # a database's, here
    bot.worker._taking = True
    bot.worker.ring()
    await bot.settled()
    assert len(bot.api.sent(anna)) == 1
    assert bot.api.calls_of("answerCallbackQuery") == []


async def test_a_machine_whose_clock_is_ahead_keeps_nobody_waiting_and_says_so(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    api.advance(-2 * LATE)  # Telegram's clock is right, and so it is this machine's that is ahead
    anna = api.user("Anna", started=True)
    group = api.supergroup("Tenants", anna)
    async with polling(api, small_answerer, tmp_path) as bot:
        anna.sends(f"/ask {QUESTION}", chat=group)
        anna.sends(QUESTION)
        await bot.settled()
        assert said(api, group) == [ANSWER]
        assert said(api, anna) == [ANSWER]
    assert "s ahead of Telegram's: have it set by NTP" in caplog.text
