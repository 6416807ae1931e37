"""When the next message may go: in one process's own count, and in the one that processes share."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.shared_slots import SlotsInDatabase
from bot.store.slots import LocalSlots, Pace
from bot.store.tables import slots as slots_table
from bot.transport.pacing import Pacer, Paces
from tests.databases import rows

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase
    from bot.store.slots import Slots

SLOW = Pace(every=1000.0, burst=3)
"""So slow that a test's own duration doesn't matter."""


@pytest.fixture(params=["local", "shared"])
async def slots(request: pytest.FixtureRequest, store: StoreInDatabase) -> Slots:
    return LocalSlots() if request.param == "local" else SlotsInDatabase(store._database)


async def test_a_burst_goes_at_once_and_then_one_after_the_other(slots: Slots) -> None:
    taken = [await slots.take_slot("a", SLOW, 10_000) for _ in range(5)]
    assert all(slot.taken for slot in taken)
    assert [slot.wait for slot in taken] == pytest.approx([0, 0, 0, 1000, 2000], abs=100)


async def test_what_comes_too_late_is_not_taken_and_changes_nothing(slots: Slots) -> None:
    for _ in range(3):
        await slots.take_slot("a", SLOW, 0)
    for _ in range(3):
        slot = await slots.take_slot("a", SLOW, 500)
        assert not slot.taken
        assert slot.wait == pytest.approx(1000, abs=100)
    assert (await slots.take_slot("a", SLOW, 1100)).taken


async def test_looking_takes_nothing(slots: Slots) -> None:
    for _ in range(3):
        assert await slots.next_slots({"a": SLOW, "b": SLOW}) == {"a": 0, "b": 0}
    for _ in range(3):
        assert (await slots.take_slot("a", SLOW, 0)).taken
    waits = await slots.next_slots({"a": SLOW, "b": SLOW})
    assert waits == {"a": pytest.approx(1000, abs=100), "b": 0}


async def test_a_key_can_be_held(slots: Slots) -> None:
    await slots.hold_slots("a", SLOW, 5000)
    assert (await slots.next_slots({"a": SLOW}))["a"] == pytest.approx(5000, abs=100)
    await slots.hold_slots("a", SLOW, 50)
    assert not (await slots.take_slot("a", SLOW, 4000)).taken
    first, second = [await slots.take_slot("a", SLOW, 10_000) for _ in range(2)]
    assert [first.wait, second.wait] == pytest.approx([5000, 6000], abs=100)


async def test_those_who_ask_at_the_same_time_get_different_slots(slots: Slots) -> None:
    taken = await asyncio.gather(*(slots.take_slot("a", SLOW, 100_000) for _ in range(8)))
    waits = sorted(slot.wait for slot in taken)
    assert waits == pytest.approx([0, 0, 0, 1000, 2000, 3000, 4000, 5000], abs=100)


async def test_processes_that_share_a_database_share_the_count(store: StoreInDatabase) -> None:
    one, other = SlotsInDatabase(store._database), SlotsInDatabase(store._database)
    for _ in range(3):
        assert (await one.take_slot("chat 4711", SLOW, 0)).taken
    assert not (await other.take_slot("chat 4711", SLOW, 0)).taken
    assert (await other.take_slot("chat 4712", SLOW, 0)).taken
    keys = [row["key"] for row in await rows(store, slots_table)]
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys), "hashes"


async def test_what_has_no_meaning_any_more_is_deleted(store: StoreInDatabase) -> None:
    shared = SlotsInDatabase(store._database)
    await shared.take_slot("over", Pace(every=0.001), 0)
    await shared.take_slot("not over", SLOW, 0)
    await asyncio.sleep(0.01)
    await store.expire()
    assert len(await rows(store, slots_table)) == 1


async def test_a_process_forgets_keys_that_have_no_meaning_any_more() -> None:
    now = 0.0
    local = LocalSlots(lambda: now)
    for number in range(10_000):
        await local.take_slot(f"chat {number}", Pace(every=1.0), 0)
    now = 2.0
    await local.take_slot("another", Pace(every=1.0), 0)
    assert len(local._full) == 1


@given(
    st.lists(st.floats(0, 3), max_size=60),
    st.sampled_from([Paces().chat, Paces().group, Paces().groups, Paces().overall]),
    st.floats(0.5, 60),
)
def test_in_no_time_span_more_go_than_the_pace_says(pauses: list[float], pace: Pace, span: float) -> None:
    async def play() -> list[float]:
        now, went = 0.0, []
        local = LocalSlots(lambda: now)
        for pause in pauses:
            now += pause
            slot = await local.take_slot("a", pace, 5.0)
            if slot.taken:
                went.append(now + slot.wait)
        return went

    went = asyncio.run(play())
    for start in went:
        inside = sum(start <= time < start + span - 1e-6 for time in went)
        assert inside <= pace.burst + span / pace.every


def test_the_paces_are_those_of_telegram() -> None:
    paces = Paces()
    assert paces.overall.burst + 1 / paces.overall.every <= 30
    assert paces.group.burst + 60 / paces.group.every <= 20
    for pace in (paces.chat, paces.group):
        assert 1 / pace.every <= 1
        assert pace.burst <= 3
    # What groups may have together leaves a share to private chats.
    assert paces.groups.burst + 1 / paces.groups.every <= 20


async def test_groups_that_wait_are_not_looked_through_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting(dict[int | str, float]):
        looks = 0

        def items(self) -> Any:  # noqa: ANN401 - a type that Python keeps to itself
            Counting.looks += 1
            return super().items()

    monkeypatch.setattr("bot.transport.pacing.time.monotonic", lambda: 1000.0)
    pacer = Pacer()
    pacer._put_off = Counting()
    for group in range(-100, 0):
        pacer._queue(group, 1.0)
        pacer._put_off = Counting(pacer._put_off)
    assert Counting.looks == 1
