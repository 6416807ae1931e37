"""Settings of chats, counts of feedback, suggestions, and forgetting; in both databases."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sized
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, event

from bot.store.counts import KEEPS_DAYS
from bot.store.from_people import FeedbackCount, OutcomeCount, SuggestionState
from bot.store.protocol import Arrival, Forgotten, StoreUnusableError
from bot.store.tables import chat_settings, suggestions
from tests.databases import rows

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase
    from tests.databases import TestDatabase

ANNA, BERTA = 7_100_000_001, 7_100_000_002
NASTY = "'; DROP TABLE suggestions; -- \" \\ %s :text {x} \u202e ü 漢 🙂"
DAY = 24 * 3600.0


async def test_settings_are_kept_for_each_chat_and_replaced_whole(store: StoreInDatabase) -> None:
    assert await store.chat_settings(ANNA) == {}
    await store.set_chat_settings(ANNA, {"language": NASTY, "quiet": True, "list": [1, None, {"a": 1.5}]})
    assert await store.chat_settings(ANNA) == {
        "language": NASTY,
        "quiet": True,
        "list": [1, None, {"a": 1.5}],
    }
    assert await store.chat_settings(BERTA) == {}
    await store.set_chat_settings(ANNA, {"language": "es"})
    assert await store.chat_settings(ANNA) == {"language": "es"}
    await store.set_chat_settings(ANNA, {})
    assert await rows(store, chat_settings) == []


async def test_feedback_is_counted_for_each_entry_version_and_verdict(store: StoreInDatabase) -> None:
    for entry, version, verdict in [("b", "1", "up"), ("a", "1", "up"), ("a", "2", "up"), ("a", "1", "down")]:
        await store.count_feedback(entry, version, verdict)
    await asyncio.gather(*(store.count_feedback("a", "1", "up") for _ in range(10)))
    assert await store.feedback() == [
        FeedbackCount("a", "1", "down", 1),
        FeedbackCount("a", "1", "up", 11),
        FeedbackCount("a", "2", "up", 1),
        FeedbackCount("b", "1", "up", 1),
    ]


async def test_a_suggestion_is_listed_resolved_and_deleted(store: StoreInDatabase) -> None:
    first = await store.add_suggestion(ANNA, NASTY, keep=DAY)
    second = await store.add_suggestion(BERTA, "half a character: \ud83d", keep=DAY)
    listed = await store.suggestions()
    assert [(s.number, s.text) for s in listed] == [(first, NASTY), (second, "half a character: \ud83d")]
    assert listed[0].expires - listed[0].created == pytest.approx(DAY, abs=1)
    assert await store.resolve_suggestion(first, SuggestionState.TAKEN)
    assert [s.number for s in await store.suggestions()] == [second]
    assert [s.number for s in await store.suggestions(SuggestionState.TAKEN)] == [first]
    assert [s.number for s in await store.suggestions(None, limit=1)] == [first]
    assert [s.number for s in await store.suggestions(None, limit=None)] == [first, second]
    assert await store.delete_suggestion(second)
    assert not await store.delete_suggestion(second)
    assert not await store.resolve_suggestion(second, SuggestionState.DECLINED)
    assert [s.number for s in await store.suggestions(None)] == [first]


async def test_a_decision_on_a_suggestion_is_made_once(store: StoreInDatabase) -> None:
    number = await store.add_suggestion(ANNA, NASTY, keep=DAY, language="es")
    await store.add_suggestion(ANNA, "another", keep=DAY)
    await store.add_suggestion(ANNA, "over", keep=-1)
    assert await store.open_suggestions(ANNA) == 2
    assert await store.open_suggestions(BERTA) == 0
    assert await store.open_suggestions() == 2
    decided = await asyncio.gather(
        store.resolve_suggestion(number, SuggestionState.TAKEN, entry_id="parking", keep=400 * DAY),
        store.resolve_suggestion(number, SuggestionState.WANTED),
    )
    assert sorted(decided) == [False, True]
    assert await store.open_suggestions(ANNA) == 1


async def test_only_what_has_become_a_phrasing_is_not_its_senders_any_more(store: StoreInDatabase) -> None:
    taken = await store.add_suggestion(ANNA, NASTY, keep=DAY, language="es")
    await store.resolve_suggestion(taken, SuggestionState.TAKEN, entry_id="parking", keep=400 * DAY)
    for state in (SuggestionState.WANTED, SuggestionState.DECLINED):
        await store.resolve_suggestion(await store.add_suggestion(ANNA, "text", keep=DAY), state)
    await store.add_suggestion(ANNA, "open", keep=DAY)
    assert (await store.forget(ANNA)).suggestions == 3
    (left,) = await store.suggestions(None)
    assert (left.number, left.text, left.language) == (taken, NASTY, "es")
    assert {row["sender"] for row in await rows(store, suggestions)} == {""}


async def test_a_taken_suggestion_knows_its_entry_and_is_kept_longer_and_can_be_taken_back(
    store: StoreInDatabase,
) -> None:
    number = await store.add_suggestion(ANNA, "text", keep=DAY)
    await store.resolve_suggestion(number, SuggestionState.TAKEN, entry_id="parking", keep=400 * DAY)
    (taken,) = await store.suggestions(SuggestionState.TAKEN)
    assert taken.entry_id == "parking"
    assert taken.expires - taken.created == pytest.approx(400 * DAY, abs=5)
    assert await store.reopen_suggestion(number, keep=90 * DAY)
    assert not await store.reopen_suggestion(number, keep=90 * DAY)
    (reopened,) = await store.suggestions()
    assert reopened.entry_id == ""
    assert reopened.expires - reopened.created == pytest.approx(90 * DAY, abs=5), (
        "as if it had never been taken"
    )
    await store.resolve_suggestion(number, SuggestionState.DECLINED)
    (declined,) = await store.suggestions(SuggestionState.DECLINED)
    assert declined.expires == reopened.expires


async def test_a_decision_that_is_taken_back_never_lengthens_a_suggestions_time(
    store: StoreInDatabase,
) -> None:
    number = await store.add_suggestion(ANNA, "text", keep=DAY)
    await store.resolve_suggestion(number, SuggestionState.TAKEN)
    assert await store.reopen_suggestion(number, keep=90 * DAY)
    (reopened,) = await store.suggestions()
    assert reopened.expires - reopened.created == pytest.approx(DAY, abs=5)


async def test_questions_are_counted_by_day_outcome_and_entry(store: StoreInDatabase) -> None:
    today = int(time.time() // DAY)
    counts = [OutcomeCount(today, "answer", "b", 2), OutcomeCount(today - 1, "decline", "", 1)]
    await asyncio.gather(*(store.count_outcomes(counts) for _ in range(5)))
    await store.count_outcomes([OutcomeCount(today, "answer", "a", 1)])
    await store.count_outcomes([])
    assert await store.outcomes(today - 1) == [
        OutcomeCount(today - 1, "decline", "", 5),
        OutcomeCount(today, "answer", "a", 1),
        OutcomeCount(today, "answer", "b", 10),
    ]
    assert [count.day for count in await store.outcomes(today)] == [today, today]


async def test_old_counts_are_deleted(store: StoreInDatabase) -> None:
    today = int(time.time() // DAY)
    await store.count_outcomes([OutcomeCount(today - KEEPS_DAYS - 2, "answer", "a", 1)])
    await store.count_outcomes([OutcomeCount(today - KEEPS_DAYS + 2, "answer", "a", 1)])
    await store.expire()
    assert [count.day for count in await store.outcomes(0)] == [today - KEEPS_DAYS + 2]


async def test_a_suggestion_is_gone_when_its_time_is_over(store: StoreInDatabase) -> None:
    await store.add_suggestion(ANNA, "short", keep=-1)
    kept = await store.add_suggestion(ANNA, "long", keep=DAY)
    assert [s.number for s in await store.suggestions(None)] == [kept]
    assert len(await rows(store, suggestions)) == 2
    await store.expire()
    assert [row["number"] for row in await rows(store, suggestions)] == [kept]


async def test_forgetting_deletes_what_is_one_persons_and_nothing_else(store: StoreInDatabase) -> None:
    await store.put([Arrival(1, ANNA, b"{}"), Arrival(2, BERTA, b"{}"), Arrival(3, ANNA, b"{}")])
    await store.put([Arrival(4, ANNA, b"{}")])
    for person in (ANNA, BERTA):
        await store.set_chat_settings(person, {"quiet": True})
        await store.add_suggestion(person, "text", keep=DAY)
    await store.add_suggestion(ANNA, "another", keep=DAY)
    # Update 3 is the one that asks; 4 was written after it.
    assert await store.forget(ANNA, but=3) == Forgotten(updates=1, settings=1, suggestions=2)
    assert await store.forget(ANNA, but=3) == Forgotten(0, 0, 0)
    assert [claim.update_id for claim in await store.claim("me", 10, 30)] == [2, 3]
    assert await store.chat_settings(BERTA) == {"quiet": True}
    assert len(await store.suggestions()) == 1
    assert await store.put([Arrival(1, ANNA, b"{}")]) == 0, (
        "a forgotten update isn't handled when it comes again"
    )


async def test_forgetting_without_an_update_takes_all_that_waits(store: StoreInDatabase) -> None:
    await store.put([Arrival(1, ANNA, b"{}"), Arrival(2, ANNA, b"{}")])
    assert (await store.forget(ANNA)).updates == 2
    assert (await store.backlog()).updates == 0


async def test_forgetting_takes_however_much_waits(store: StoreInDatabase) -> None:
    given = []

    def note(*executed: object) -> None:
        _connection, _cursor, _statement, parameters, _context, _many = executed
        given.append(len(parameters) if isinstance(parameters, Sized) else 0)

    await store.put([Arrival(number, ANNA, b"{}") for number in range(2_000)])
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert (await store.forget(ANNA)).updates == 2_000
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert max(given) < 1_000, "databases take so many values in a statement, and no more"


async def test_suggestions_stored_with_another_key_say_so(database: TestDatabase) -> None:
    other = "B" * 42 + "A="
    async with database.opened() as older, database.opened(f"{other},{database.key}") as newer:
        await newer.add_suggestion(ANNA, "text", keep=DAY)
        with pytest.raises(StoreUnusableError, match="STORE_KEY"):
            await older.suggestions()
