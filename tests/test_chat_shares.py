"""Chats are divided among the replicas that are there, each to one, and nothing has to be kept of them for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.store.protocol import ALL_CHATS, Share
from bot.transport.chat_shares import Sharing, share_of

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase

LANES = st.text("0123456789abcdef", min_size=32, max_size=32)


def holds(share: Share, lane: str) -> bool:
    return share.low <= lane < share.high


@given(LANES, st.integers(1, 50))
def test_each_chat_is_one_replicas_however_many_there_are(lane: str, number: int) -> None:
    there = [f"replica-{n:02}" for n in range(number)]
    assert sum(holds(share_of(owner, there), lane) for owner in there) == 1


def test_the_parts_are_about_equal() -> None:
    there = ["a", "b", "c"]
    bounds = [share_of(owner, there) for owner in there]
    assert bounds == [Share("", "5555"), Share("5555", "aaaa"), Share("aaaa", "g")]


def test_who_is_alone_or_not_known_to_be_there_takes_all() -> None:
    assert share_of("a", ["a"]) == share_of("a", ["b"]) == share_of("a", []) == ALL_CHATS


async def test_replicas_that_come_and_go_are_seen_by_the_others(store: StoreInDatabase) -> None:
    one, two = Sharing(store, "replica-1"), Sharing(store, "replica-2")
    await one.look()
    assert one.share == ALL_CHATS
    await two.look()
    await one.look()
    assert (one.share, two.share) == (Share("", "8000"), Share("8000", "g"))
    await two.leave()
    await two.look()
    await one.look()
    assert one.share == ALL_CHATS, "who has left doesn't come back by looking"
