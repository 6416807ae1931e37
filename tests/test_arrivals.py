"""What is kept of an update, whatever it looks like; and the ways in, which store before they return."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.store.protocol import Arrival, StoreUnavailableError
from bot.transport.arrivals import arrival
from bot.transport.batching import Batches
from bot.transport.intake import Intake, NotStoredError
from bot.transport.queue import DurableQueue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.opening import StoreInDatabase

ANNA, GROUP = 7_100_000_001, -1_000_000_000_123
FROM_ANNA = {"id": ANNA, "is_bot": False, "first_name": "Anna"}
IN_GROUP = {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "group"}, "from": FROM_ANNA}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["update_id", "message", "chat", "from", "user", "id", "x"]), inner, max_size=4
        )
    ),
    max_leaves=30,
)


@pytest.mark.parametrize(
    ("content", "chat_id"),
    [
        pytest.param({"message": IN_GROUP}, GROUP, id="a message"),
        pytest.param({"edited_message": IN_GROUP}, GROUP, id="an edit"),
        pytest.param(
            {"callback_query": {"id": "1", "from": FROM_ANNA, "message": IN_GROUP}}, GROUP, id="a press"
        ),
        pytest.param(
            {"callback_query": {"id": "1", "from": FROM_ANNA}}, ANNA, id="a press without a message"
        ),
        pytest.param(
            {"inline_query": {"id": "1", "from": FROM_ANNA, "query": ""}}, ANNA, id="an inline query"
        ),
        pytest.param({"poll_answer": {"user": FROM_ANNA}}, ANNA, id="a vote"),
        pytest.param({"kind_of_2040": {"from": FROM_ANNA}}, ANNA, id="a kind of the future"),
        pytest.param({"poll": {"id": "1"}}, None, id="a poll, which is nobody's"),
        pytest.param({"message": {"chat": {"id": "7"}, "from": {"id": True}}}, None, id="ids that are none"),
        pytest.param({"message": [1]}, None, id="no message at all"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_the_lane_of_an_update_is_its_chat_or_else_the_person(
    content: dict[str, Any], chat_id: int | None
) -> None:
    update = {"update_id": 5, **content}
    assert arrival(update) == Arrival(5, chat_id, json.dumps(update, separators=(",", ":")).encode())


@pytest.mark.parametrize("update_id", [None, "5", 5.0, True, 2**63, -(2**70), [5]])
def test_an_update_without_a_usable_number_is_no_arrival(update_id: object) -> None:
    assert arrival({"update_id": update_id}) is None


@given(JSON)
def test_anything_can_arrive(update: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    found = arrival(update)
    assert found is None or json.loads(found.body) == update


# Batches


class Slow:
    """Writes when it is let to, and notes what it was given."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()
        self.fault: Exception | None = None

    async def write(self, items: list[int]) -> None:
        self.batches.append(items)
        await self.gate.wait()
        if self.fault:
            raise self.fault


async def test_what_comes_while_one_batch_is_written_makes_the_next() -> None:
    slow = Slow()
    batches = Batches(slow.write)
    adding = [asyncio.create_task(batches.add([number])) for number in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [asyncio.create_task(batches.add([number, -number])) for number in (5, 6)]
    await asyncio.sleep(0)
    assert slow.batches == [[0, 1, 2, 3, 4]]
    assert not any(task.done() for task in adding)
    slow.gate.set()
    await asyncio.gather(*adding, *later)
    assert slow.batches == [[0, 1, 2, 3, 4], [5, -5, 6, -6]]


async def test_a_batch_can_wait_for_more() -> None:
    slow = Slow()
    slow.gate.set()
    batches = Batches(slow.write, gather=0.05)
    first = asyncio.create_task(batches.add([1]))
    await asyncio.sleep(0.01)
    assert slow.batches == []
    await asyncio.gather(first, batches.add([2]))
    assert slow.batches == [[1, 2]]


async def test_a_fault_reaches_everybody_of_the_batch_and_nobody_after_it() -> None:
    slow = Slow()
    slow.fault = StoreUnavailableError("away")
    slow.gate.set()
    batches = Batches(slow.write)
    told = await asyncio.gather(batches.add([1]), batches.add([2]), return_exceptions=True)
    assert list(told) == [slow.fault, slow.fault]
    slow.fault = None
    await batches.add([3])


async def test_one_who_is_cancelled_leaves_the_others_their_batch() -> None:
    slow = Slow()
    batches = Batches(slow.write)
    first, second = asyncio.create_task(batches.add([1])), asyncio.create_task(batches.add([2]))
    await asyncio.sleep(0)
    first.cancel()
    slow.gate.set()
    await second
    assert slow.batches == [[1, 2]]


# The ways in


class Away:
    """A store that can't be reached."""

    async def put(self, arrivals: Sequence[Arrival]) -> int:
        del arrivals
        raise StoreUnavailableError("the database doesn't answer")


async def test_what_is_put_is_stored_when_the_call_returns(store: StoreInDatabase) -> None:
    rung: list[bool] = []
    intake = Intake(store, lambda: rung.append(True))
    assert await intake.put([{"update_id": 1}, {"update_id": 2}]) == [1, 2]
    assert (await store.backlog()).updates == 2
    assert rung == [True]
    await DurableQueue(intake).put(Update(3, poll=None))
    await DurableQueue(intake).put(Update.de_json({"update_id": 4, "message": IN_GROUP}, None))
    claims = await store.claim("me", 10, 30)
    assert [claim.update_id for claim in claims] == [1, 2, 4], "an update with nothing in it needs no keeping"
    assert json.loads(claims[-1].body)["message"]["chat"]["id"] == GROUP


async def test_updates_without_numbers_are_passed_over_with_a_line_in_the_log(
    store: StoreInDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    intake = Intake(store, lambda: None)
    assert await intake.put([{"message": "private"}, {"update_id": 1}, "private"]) == [1]
    assert "2 updates without a usable number" in caplog.text
    assert "private" not in caplog.text


async def test_what_can_not_be_stored_is_a_network_error_to_the_library() -> None:
    intake = Intake(Away(), lambda: None)  # type: ignore[arg-type]  # all that it uses
    with pytest.raises(NotStoredError, match="the database doesn't answer"):
        await intake.put([{"update_id": 1}])
    with pytest.raises(NotStoredError):
        await DurableQueue(intake).put(Update.de_json({"update_id": 4, "message": IN_GROUP}, None))


async def test_what_is_no_update_goes_straight_through() -> None:
    queue = DurableQueue(Intake(Away(), lambda: None))  # type: ignore[arg-type]  # as above
    stop = object()
    await queue.put(stop)
    assert await queue.get() is stop


PRIVATE = {"message_id": 1, "date": 1, "chat": {"id": ANNA, "type": "private"}, "from": FROM_ANNA}


@pytest.mark.parametrize(
    ("content", "forgets"),
    [
        ({"message": PRIVATE | {"text": "/forget"}}, True),
        ({"message": PRIVATE | {"text": "/Forget all of it"}}, True),
        ({"message": PRIVATE | {"text": "/forgetful"}}, False),
        ({"message": PRIVATE | {"text": "/forget@other_bot"}}, False),
        ({"message": PRIVATE | {"text": ["/forget"]}}, False),
        ({"message": PRIVATE | {"text": "how do I /forget"}}, False),
        ({"edited_message": PRIVATE | {"text": "/forget"}}, False),
        ({"message": IN_GROUP | {"text": "/forget"}}, False),
        ({"message": {"text": "/forget", "chat": 7}}, False),
        ({"message": "/forget"}, False),
    ],
    ids=str,
)
def test_it_is_known_at_once_who_asks_to_be_forgotten(content: dict[str, Any], forgets: bool) -> None:
    found = arrival({"update_id": 7, **content})
    assert found is not None
    assert found.forgets is forgets
