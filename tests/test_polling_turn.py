"""One process alone polls with a database."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.store.protocol import Arrival, StoreUnusableError
from bot.transport import polling_turn
from bot.transport.polling_turn import alone, is_dead, poller_name
from bot.transport.worker import LEASE, Worker
from tests.test_worker import Telegram

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase

FIRST, SECOND = "another-machine 1", "another-machine 2"


async def of_a_process_that_has_ended() -> str:
    """The name of a poller of this machine."""
    process = await asyncio.create_subprocess_exec("true")
    await process.wait()
    return f"{poller_name().partition(' ')[0]} {process.pid}"


async def test_it_is_known_of_this_machines_processes_alone_whether_they_have_ended() -> None:
    assert is_dead(await of_a_process_that_has_ended())
    for name in (poller_name(), f"{poller_name().partition(' ')[0]} 1", FIRST, "polling", ""):
        assert not is_dead(name)
    assert poller_name().endswith(f" {os.getpid()}")


def named_in_a_container() -> str:
    """The name of a process that counts as number 1, on a machine of this one's name and address."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here")
    script = "from bot.transport.polling_turn import poller_name; print(poller_name())"
    command = ["unshare", "--pid", "--fork", "--mount-proc", sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - this very Python
    if "Operation not permitted" in ran.stderr:
        pytest.skip("no containers here")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_of_another_container_on_this_machine_nothing_is_known_and_it_has_another_name() -> None:
    one = named_in_a_container()
    assert one.endswith(" 1")
    assert one.partition(" ")[0] != poller_name().partition(" ")[0]
    # The number of a process that has ended here says nothing of there.
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert not is_dead(f"{one.partition(' ')[0]} {process.pid}")


async def test_a_second_one_waits_and_then_gives_up_in_a_sentence(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_turn, "WAITS", 0.2)
    monkeypatch.setattr(polling_turn, "_LOOKS_EVERY", 0.05)
    async with alone(store, Worker(store, FIRST, room=2), FIRST):
        with pytest.raises(StoreUnusableError, match="another process polls with this database"):
            async with alone(store, Worker(store, SECOND, room=2), SECOND):
                raise AssertionError
    async with alone(store, Worker(store, SECOND, room=2), SECOND):
        pass


async def test_a_second_one_goes_on_when_the_first_has_ended(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_turn, "_LOOKS_EVERY", 0.05)
    ended = False

    async def second() -> None:
        async with alone(store, Worker(store, SECOND, room=2), SECOND):
            assert ended

    async with alone(store, Worker(store, FIRST, room=2), FIRST):
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        ended = True
    await asyncio.wait_for(waiting, 20)


async def test_what_a_killed_one_of_this_machine_had_is_taken_up_at_once(store: StoreInDatabase) -> None:
    killed = await of_a_process_that_has_ended()
    assert await store.take_turn("polling", killed, LEASE)
    await store.put([Arrival(1, 7, b"{}")])
    assert len(await store.claim(killed, 1, LEASE)) == 1
    async with alone(store, Worker(store, FIRST, room=2), FIRST):
        assert len(await store.claim(FIRST, 1, LEASE)) == 1


async def test_one_that_has_lost_its_turn_ends(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_turn, "_RENEWS_EVERY", 0.05)
    worker = Worker(store, FIRST, room=2)
    async with alone(store, worker, FIRST):
        await worker.start(Telegram())  # type: ignore[arg-type]  # it has nothing to answer
        try:
            assert worker.broken is not None
            await asyncio.sleep(0.2)
            assert not worker.broken.done()
            # As where it was frozen for longer than its lease.
            async with asyncio.timeout(20):
                while not await store.take_turn("polling", SECOND, LEASE):
                    await store.end_turn("polling", FIRST)  # it may just have taken it again
            with pytest.raises(StoreUnusableError):
                await asyncio.wait_for(worker.broken, 20)
        finally:
            await worker.stop()
    assert await store.turn_owner("polling") == SECOND
