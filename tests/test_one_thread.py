"""One thing after the other in a thread: what nobody waits for is left out, and what hangs in there holds up nobody for long."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.store import one_thread
from bot.store.one_thread import OneThread, StuckError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = 10.0


class Hanging:
    """Something that takes until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.was_waited_for: bool | None = None

    def __call__(self, is_waited_for: Callable[[], bool]) -> str:
        self.begun.set()
        self.go.wait(LONG)
        self.was_waited_for = is_waited_for()
        return "done"


@contextmanager
def hanging() -> Iterator[Hanging]:
    one = Hanging()
    try:
        yield one
    finally:
        one.go.set()


async def test_things_are_done_in_turn_in_one_thread() -> None:
    thread = OneThread("test", LONG)
    done: list[int] = []

    def note(number: int) -> int:
        done.append(number)
        return threading.get_ident()

    idents = await asyncio.gather(*(thread.do(lambda _, n=n: note(n)) for n in range(20)))  # type: ignore[misc]
    assert done == list(range(20))
    assert len({*idents}) == 1
    assert idents[0] != threading.get_ident()
    await thread.end(lambda: done.append(20))
    assert done[-1] == 20


async def test_a_fault_is_told_to_whoever_waits_and_ends_nothing() -> None:
    thread = OneThread("test", LONG)
    with pytest.raises(ZeroDivisionError):
        await thread.do(lambda _: 1 // 0)
    assert await thread.do(lambda _: 1) == 1
    await thread.end(lambda: None)


async def test_what_nobody_waits_for_any_more_is_told_so_or_never_begun() -> None:
    thread = OneThread("test", LONG)
    begun: list[str] = []
    with hanging() as late:
        giving_up = asyncio.create_task(thread.do(late))
        behind = asyncio.create_task(thread.do(lambda _: begun.append("behind")))
        await asyncio.to_thread(late.begun.wait)
        for task in (giving_up, behind):
            task.cancel()
        await asyncio.gather(giving_up, behind, return_exceptions=True)
    assert await thread.do(lambda is_waited_for: is_waited_for())
    assert late.was_waited_for is False
    assert begun == []
    await thread.end(lambda: None)


async def test_behind_something_that_takes_too_long_nothing_piles_up() -> None:
    thread = OneThread("test", patience=0.05)
    with hanging() as stuck:
        waiting = asyncio.create_task(thread.do(stuck))
        await asyncio.to_thread(stuck.begun.wait)
        await asyncio.sleep(0.1)
        for _ in range(3):
            with pytest.raises(StuckError):
                await thread.do(lambda _: None)
        assert thread._to_do.empty()
        stuck.go.set()
        assert await waiting == "done"
    assert await thread.do(lambda _: 1) == 1, "and then it goes on"
    await thread.end(lambda: None)


async def test_what_hangs_is_not_waited_for_at_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(one_thread, "_ENDS_WITHIN", 0.1)
    thread = OneThread("test", LONG)
    with hanging() as stuck:
        waiting = asyncio.create_task(thread.do(stuck))
        await asyncio.to_thread(stuck.begun.wait)
        begun = time.monotonic()
        await thread.end(lambda: None)
        assert time.monotonic() - begun < LONG / 2
        assert "isn't closed" in caplog.text
    assert await waiting == "done"


ENDS = """
import asyncio, time
from bot.store import one_thread
one_thread._ENDS_WITHIN = 0.1

async def main():
    thread = one_thread.OneThread("test", 10.0)
    hanging = asyncio.create_task(thread.do(lambda _: time.sleep(60)))
    late = asyncio.create_task(thread.do(lambda _: None))
    await asyncio.sleep(0.1)
    await thread.end(lambda: None)

asyncio.run(main())
"""


def test_a_process_ends_though_something_hangs_in_there() -> None:
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", ENDS],
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert "Traceback" not in done.stderr
