"""Telegram can't be reached, or the bot itself trips: nothing is lost but, at worst, the one answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import InvalidToken

from bot.locales import words
from bot.store.opening import StoreInDatabase
from bot.store.protocol import HOLDING_TRIES, StoreUnavailableError
from bot.transport import token_doubt, way, worker
from bot.transport.attempts import SENT_AT_MOST, Patience
from bot.transport.timeouts import Timeouts
from tests.counted import value
from tests.databases import age
from tests.e2e.running import polling
from tests.e2e.stage import Prompted

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer
    from knowledge.outcome import Question
    from knowledge.verdict import Verdict
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi, HasId

QUESTION = "Where do I park my car?"
ANSWER = "Behind the house."
CATS = "The rules don't cover cats."
TROUBLE = words("en")("trouble")


def said(api: FakeBotApi, chat: HasId) -> list[str]:
    """The first lines of what the bot said in a chat."""
    return [message.content.partition("\n")[0] for message in api.sent(chat)]


PAGE = "<html>a proxy's page</html>"
NOT_SENT: list[tuple[int, str | None]] = [(403, PAGE), (503, None)]
"""(status, body) of faults by which an answer surely wasn't sent; None for a body in the Bot API's form. tests/test_http.py has all."""
PERHAPS_SENT: list[tuple[int, str | None] | None] = [
    None,
    (200, PAGE),
    (200, '{"ok":true,"result":null}'),
    (500, None),
    (504, PAGE),
]
"""The same where it may have been; None for a connection that is cut."""


def breaks(
    api: FakeBotApi,
    method: str,
    fault: tuple[int, str | None] | None,
    *,
    times: int | None,
    after: bool = False,
) -> None:
    """Have the next calls of a method go wrong in one of these ways, before or `after` their work is done."""
    if fault is None:
        api.drop(method, times=times, after=after)
    else:
        api.fail(method, fault[0], body=fault[1], times=times, after=after)


@pytest.fixture(autouse=True)
def looks_around_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_LOOK_AROUND", 0.05)


@pytest.mark.parametrize("fault", [*NOT_SENT, *PERHAPS_SENT], ids=str)
async def test_an_answer_that_fails_is_sent_again_and_nobody_hears_of_it(
    bot: RunningBot, fault: tuple[int, str | None] | None, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    breaks(bot.api, "sendMessage", fault, times=HOLDING_TRIES - 1)
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER]
    assert "Traceback" not in caplog.text
    assert "set aside" not in caplog.text


@pytest.mark.parametrize("fault", NOT_SENT, ids=str)
async def test_what_was_surely_not_sent_is_tried_for_as_long_as_an_outage_lasts(
    bot: RunningBot, fault: tuple[int, str | None]
) -> None:
    anna = bot.api.user("Anna")
    bot.api.fail("sendMessage", fault[0], body=fault[1], times=3 * HOLDING_TRIES)
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER]


@pytest.mark.parametrize("fault", PERHAPS_SENT, ids=str)
async def test_what_may_have_been_sent_comes_four_times_at_most(
    bot: RunningBot, fault: tuple[int, str | None] | None, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    breaks(bot.api, "sendMessage", fault, times=None, after=True)
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER] * SENT_AT_MOST
    assert "no receipt came for its answer" in caplog.text
    assert "set aside" not in caplog.text


@pytest.mark.parametrize("fault", [*NOT_SENT, *PERHAPS_SENT], ids=str)
async def test_nothing_is_sent_again_into_an_outage_and_nothing_is_lost_by_one(
    bot: RunningBot,
    fault: tuple[int, str | None] | None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(way, "_FRESH", 0.02)
    anna = bot.api.user("Anna")
    for method in ("sendMessage", "getMe"):
        breaks(bot.api, method, fault, times=None)
    anna.sends(QUESTION)
    await bot.api.wait_for(lambda: len(bot.api.calls_of("getMe")) > 4 * HOLDING_TRIES, 30)
    assert len(bot.api.calls_of("sendMessage")) == 1
    bot.api.clear_faults()
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER]
    assert caplog.text.count("Telegram doesn't answer") == 1
    assert caplog.text.count("Telegram answers again") == 1


@pytest.mark.parametrize("fault", [NOT_SENT[1], None], ids=str)
async def test_what_was_in_hand_when_the_network_went_is_answered_however_many_hours_that_lasts(
    bot: RunningBot, fault: tuple[int, str | None] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way, "_FRESH", 0.02)
    anna = bot.api.user("Anna")
    for method in ("sendMessage", "getMe"):
        breaks(bot.api, method, fault, times=None)

    def asks() -> int:
        return len(bot.api.calls_of("getMe"))

    anna.sends(QUESTION)
    await bot.api.wait_for(lambda: asks() > HOLDING_TRIES, 30)
    await age(bot.worker.store, 20 * 3600)  # type: ignore[arg-type]  # a database's, here
    before = asks()
    await bot.api.wait_for(lambda: asks() > before + 2 * HOLDING_TRIES, 30)
    bot.api.clear_faults()
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER]


@pytest.mark.parametrize("trouble", ["failed", "put off"])
@pytest.mark.parametrize("place", ["in private", "in a group"])
async def test_a_question_that_is_tried_again_is_no_follow_up_to_itself_and_counts_once(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, place: str, trouble: str
) -> None:
    core = Prompted(small_answerer)
    anna = api.user("Anna")
    group = api.supergroup("Tenants", anna) if place == "in a group" else None
    async with polling(api, core, tmp_path) as bot:
        before = value("advisory_bot_outcomes_total", outcome="answer")
        if trouble == "failed":
            api.fail("sendMessage", 503, times=2)
        else:
            parameters = {"retry_after": 3}
            api.fail("sendMessage", 429, "Too Many Requests: retry after 3", parameters=parameters)
        anna.sends(f"/ask {QUESTION}" if group else QUESTION, chat=group)
        await bot.settled()
        assert len(core.contexts) > 1
        assert set(core.contexts) == {None}
        assert value("advisory_bot_outcomes_total", outcome="answer") == before + 1
        core.contexts.clear()
        anna.sends("/ask May I?" if group else "May I?", chat=group)
        await bot.settled()
        assert core.contexts[-1:] == ["parking"]  # in a group it is looked at by itself before


async def test_tries_that_reached_nobody_do_not_count_as_copies(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    bot.api.fail("sendMessage", 503, times=HOLDING_TRIES)
    bot.api.drop("sendMessage")
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER]


async def test_a_telegram_that_fails_every_other_call_for_some_minutes_costs_nobody_the_answer(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    # Its servers fail, and the one that is asked whether Telegram answers doesn't: all these tries are made.
    tries_in_that_time = 3
    anna = api.user("Anna")
    api.fail("sendMessage", 502, body=PAGE, times=tries_in_that_time)
    async with polling(api, small_answerer, tmp_path) as bot:
        anna.sends(QUESTION)
        await bot.settled()
        assert said(api, anna) == [ANSWER]


async def test_the_next_question_waits_for_the_answer_to_the_first(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    bot.api.fail("sendMessage", 503, times=2)
    anna.sends(QUESTION)
    anna.sends("May I keep a cat?")
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER, CATS]


async def test_an_answer_that_has_failed_for_long_holds_up_neither_its_chat_nor_another(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    anna, berta = api.user("Anna"), api.user("Berta")
    api.fail("sendMessage", 503, times=HOLDING_TRIES)
    anna.sends(QUESTION)
    async with polling(api, small_answerer, tmp_path) as bot:
        # The last of these tries is followed by a pause that outlasts the test.
        await api.wait_for(lambda: len(api.calls_of("sendMessage")) == HOLDING_TRIES - 1)
        bot.worker.patience = Patience(first=3600)
        await api.wait_for(lambda: len(api.calls_of("sendMessage")) == HOLDING_TRIES)
        anna.sends("May I keep a cat?")
        berta.sends(QUESTION)
        await api.wait_sent(anna, CATS)
        await api.wait_sent(berta, ANSWER)
        assert said(api, anna) == [CATS]
        await age(bot.worker.store, 3 * 3600)  # type: ignore[arg-type]  # a database's, here
        bot.worker.ring()
        await bot.settled()
        assert said(api, anna) == [CATS, ANSWER]


async def test_an_answer_whose_receipt_is_lost_may_come_twice_but_not_never(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    bot.api.drop("sendMessage", after=True)
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER, ANSWER]


async def test_a_telegram_that_is_slow_is_not_made_to_send_ever_more_copies(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    bot.application.bot.request._timeouts = Timeouts(read=0.3)  # our own request has them
    bot.api.delay(1.0, "sendMessage", times=None, after=True)
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER] * SENT_AT_MOST
    assert "no receipt came for its answer" in caplog.text
    assert "set aside" not in caplog.text


async def test_what_can_not_be_sent_for_too_long_is_given_up(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anna = api.user("Anna")
    api.fail("sendMessage", 503, times=None)
    short = Patience(first=0.02, longest=0.02, outage=0.2)
    async with polling(api, small_answerer, tmp_path, patience=short) as bot:
        anna.sends(QUESTION)
        await bot.settled()
        assert "set aside" in caplog.text
        api.clear_faults()
        anna.sends(QUESTION)
        await bot.settled()
    assert said(api, anna) == [ANSWER]


async def test_an_answer_that_telegram_refuses_is_tried_three_times_and_then_owned_up_to(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    bot.api.fail("sendMessage", 400, "Bad Request: nobody knows why", times=3)
    anna.sends(QUESTION)
    await bot.settled()
    assert said(bot.api, anna) == [TROUBLE]
    assert caplog.text.count("failed: BadRequest") == 3
    bot.api.fail("sendMessage", 400, "Bad Request: nobody knows why", times=3)
    anna.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    assert said(bot.api, group) == []
    anna.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    assert said(bot.api, group) == [ANSWER]


async def test_logs_of_failures_hold_neither_what_was_asked_nor_who_asked(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.api.user("Annabella", username="annabella_b")
    bot.api.fail("sendMessage", 503)
    anna.sends(QUESTION)
    await bot.settled()
    assert "failed: NetworkError" in caplog.text
    assert "park" not in caplog.text
    assert "nnabella" not in caplog.text
    assert str(anna.id) not in caplog.text


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
@pytest.mark.parametrize("refusal", [(404, None), (401, None), (404, "<html>404 Not Found</html>")], ids=str)
async def test_a_single_refusal_of_the_token_ends_nothing(
    api: FakeBotApi,
    small_answerer: Answerer,
    tmp_path: Path,
    method: str,
    refusal: tuple[int, str | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(token_doubt, "ASKS_AGAIN_AFTER", (0.01,))
    async with polling(api, small_answerer, tmp_path) as bot:
        await api.wait_idle()
        status, body = refusal
        api.fail(method, status, "Nobody knows", body=body)
        anna = api.user("Anna")
        anna.sends("/help")
        anna.sends(QUESTION)
        await bot.settled()
        assert said(api, anna)[1:] == [ANSWER]
        assert bot.worker.broken
        assert not bot.worker.broken.done()


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_token_that_is_refused_again_and_again_ends_the_bot_and_costs_no_question(
    api: FakeBotApi,
    small_answerer: Answerer,
    tmp_path: Path,
    method: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(token_doubt, "ASKS_AGAIN_AFTER", (0.3, 0.3, 0.3))
    anna = api.user("Anna")
    async with polling(api, small_answerer, tmp_path) as bot:
        await api.wait_idle()
        for refused in (method, "getMe"):
            api.fail(refused, 401, "Unauthorized", times=None)
        anna.sends(QUESTION)
        assert bot.worker.broken
        with pytest.raises(InvalidToken):
            async with asyncio.timeout(30):
                await bot.worker.broken
    api.clear_faults()
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
    assert said(api, anna) == [ANSWER]
    assert caplog.text.count("asking again") == 1


@pytest.mark.parametrize("how", ["409", "502", "dropped"])
async def test_polling_goes_on_after_trouble(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    if how == "dropped":
        api.drop("getUpdates", times=2)  # what is dropped once is asked once more at once
    elif how == "409":
        api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    else:
        api.fail("getUpdates", 502, body="<html>Bad Gateway</html>")
    async with polling(api, small_answerer, tmp_path) as bot:
        anna = api.user("Anna")
        anna.sends(QUESTION)
        await bot.settled()
        assert said(api, anna) == [ANSWER]
    assert ("another process takes" if how == "409" else "no updates from Telegram") in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("bot") and record.exc_info]
    api.assert_clean()


async def test_polls_that_are_refused_are_told_from_those_that_are_answered(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.api.user("Anna").sends(QUESTION)
    await bot.settled()
    assert bot.worker.polled is not None
    caplog.clear()
    bot.api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=None)
    berta = bot.api.user("Berta")
    berta.sends(QUESTION)  # the poll under way is answered
    await bot.api.wait_sent(berta, ANSWER)
    last = bot.worker.polled
    refused = len(bot.api.calls_of("getUpdates"))
    await bot.api.wait_for(lambda: len(bot.api.calls_of("getUpdates")) > refused + 1)
    assert bot.worker.polled == last
    assert caplog.text.count("another process takes this bot's updates") == 1, (
        "with two that poll it would be one of two"
    )
    bot.api.clear_faults()


async def test_questions_asked_while_polling_fails_are_answered_once(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    anna = api.user("Anna")
    anna.sends(QUESTION)
    api.drop("getUpdates", after=True)
    async with polling(api, small_answerer, tmp_path) as bot:
        await bot.settled()
        assert said(api, anna) == [ANSWER]


class Tripping(Prompted):
    """A core with a fault in it."""

    def answer(self, question: Question) -> Verdict:
        if "trip" in question.text:
            raise RuntimeError("a fault in the core")
        return super().answer(question)


async def test_a_fault_in_the_bot_gets_a_calm_sentence_in_private_and_nothing_in_a_group(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(api, Tripping(small_answerer), tmp_path) as bot:
        anna = api.user("Anna")
        group = api.supergroup("Tenants", anna)
        anna.sends("trip")
        anna.sends("/ask trip", chat=group)
        await bot.settled()
        assert (said(api, anna), said(api, group)) == ([TROUBLE], [])
        assert "a fault in the core" in caplog.text
        anna.sends(QUESTION)
        await bot.settled()
        assert said(api, anna) == [TROUBLE, ANSWER]


MESSAGE: dict[str, Any] = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": 4711, "type": "private", "first_name": "Anna"},
    "from": {"id": 4711, "is_bot": False, "first_name": "Anna"},
    "text": QUESTION,
}
POST: dict[str, Any] = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": -1001, "type": "channel", "title": "News"},
    "text": f"/ask {QUESTION}",
    "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
}


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"edited_message": MESSAGE | {"edit_date": 2}}, id="an edit"),
        pytest.param({"channel_post": POST}, id="a channel post"),
        pytest.param({"edited_channel_post": POST | {"edit_date": 2}}, id="an edited channel post"),
        pytest.param(
            {"business_message": MESSAGE | {"business_connection_id": "b"}}, id="a business message"
        ),
        pytest.param({"guest_message": MESSAGE}, id="a guest message"),
        pytest.param({"message_of_2040": {"hologram": True}}, id="a kind of the future"),
        pytest.param({}, id="nothing at all"),
    ],
)
async def test_updates_that_were_not_asked_for_are_passed_over(
    bot: RunningBot, update: dict[str, Any]
) -> None:
    bot.api.inject(update)
    await bot.settled()
    assert bot.api.calls_of("sendMessage") == []
    assert bot.api.calls_of("answerCallbackQuery") == []


async def test_an_update_delivered_again_is_known_and_not_answered_again(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    anna.sends(QUESTION)
    update = bot.api.pending[0]
    await bot.settled()
    bot.api.repeat(update)
    anna.sends("May I keep a cat?")
    await bot.settled()
    assert said(bot.api, anna) == [ANSWER, CATS]


async def test_a_database_that_goes_away_just_after_it_was_opened_is_waited_for(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, tries = StoreInDatabase.release, 0

    async def away_at_first(store: StoreInDatabase, owner: str, *, in_order: bool = False) -> int:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StoreUnavailableError("PostgreSQL: it is being restarted")
        return await release(store, owner, in_order=in_order)

    monkeypatch.setattr(StoreInDatabase, "release", away_at_first)
    anna = api.user("Anna")
    async with polling(api, small_answerer, tmp_path) as bot:
        anna.sends("Where do I park my car?")
        await bot.settled()
    assert tries > 1
    assert [message.content.partition("\n")[0] for message in api.sent(anna)] == ["Behind the house."]
