"""What one process hands to the others: encrypted, for minutes, and somebody's own to them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.tables import handed
from tests.databases import rows

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase

ANNA, BERTA = 7_100_000_001, 7_100_000_002
WORDS = b"stem cells in my cooler"


async def test_what_is_somebodys_is_taken_once_and_by_nobody_else(store: StoreInDatabase) -> None:
    await store.hand("draft-abc", WORDS, keep=60, sender_id=ANNA)
    assert await store.take("draft-abc", BERTA) is None
    assert await store.take("draft-abd", ANNA) is None
    assert await store.take("draft-abc", ANNA) == WORDS
    assert await store.take("draft-abc", ANNA) is None
    assert await rows(store, handed) == []


async def test_what_is_for_all_is_seen_by_each_under_its_number_until_its_time_is_over(
    store: StoreInDatabase,
) -> None:
    await store.hand("forget", b"1", keep=60)
    await store.hand("forget", b"2", keep=0)
    await store.hand("else", b"3", keep=60)
    found = await store.handed("forget")
    assert list(found.values()) == [b"1"]
    assert await store.handed("forget") == found
    assert len(await rows(store, handed)) == 2
    await store.hand("forget", b"4", keep=60)
    assert (await store.handed("forget")).keys() > found.keys()


async def test_what_has_lain_too_long_is_taken_by_nobody(store: StoreInDatabase) -> None:
    await store.hand("draft-abc", WORDS, keep=0, sender_id=ANNA)
    assert await store.take("draft-abc", ANNA) is None


async def test_it_is_forgotten_with_its_sender_and_unreadable_until_then(store: StoreInDatabase) -> None:
    for sender in (ANNA, ANNA, BERTA):
        await store.hand("draft-abc", WORDS, keep=60, sender_id=sender)
    await store.hand("forget", str(ANNA).encode(), keep=60)
    written = repr(await rows(store, handed))
    assert str(ANNA) not in written
    assert WORDS.decode() not in written
    assert (await store.forget(ANNA)).handed == 2
    assert len(await rows(store, handed)) == 2
