"""What a fork makes and hands over, and what is there where it fails."""

from __future__ import annotations

import gc
import logging
import os
import signal
import time
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from bot.forking import made_apart, side_by_side
from knowledge.opening import read_base

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_what_is_made_apart_is_handed_over_and_made_by_another_process() -> None:
    assert made_apart(lambda: MappingProxyType({"a": [1, "\ud83d"]})) == {"a": [1, "\ud83d"]}
    assert made_apart(os.getpid) not in (None, os.getpid())


def test_a_knowledge_base_is_handed_over_whole() -> None:
    assert made_apart(read_base) == read_base()


def test_a_fork_that_ends_soon_looks_for_no_cycles_and_we_still_do(tmp_path: Path) -> None:
    side_by_side([lambda: (tmp_path / "found").write_text(str(gc.isenabled()), encoding="utf-8")])
    assert (tmp_path / "found").read_text(encoding="utf-8") == "False"
    assert made_apart(gc.isenabled) is False
    assert gc.isenabled()


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def not_to_be_pickled() -> object:
    return lambda: None


@pytest.mark.parametrize("fails", [lambda: 1 // 0, kill_itself, not_to_be_pickled])
def test_where_it_cant_be_made_or_handed_over_there_is_none(fails: Callable[[], object]) -> None:
    assert made_apart(fails) is None


def test_a_fork_that_fails_leaves_word_of_what_it_failed_of_and_nothing_else(tmp_path: Path) -> None:
    written = tmp_path / "log"
    handler = logging.FileHandler(written)
    handler.setLevel(logging.INFO)
    log = logging.getLogger("bot.forking")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        side_by_side([lambda: {"": 0}["somebody's words"]])
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
        handler.close()
    assert written.read_text(encoding="utf-8") == "a fork ends with KeyError\n"


def test_what_is_learned_side_by_side_ends_with_the_one_who_waits_for_it(tmp_path: Path) -> None:
    def told_to_stop(*_: object) -> None:
        raise SystemExit

    def work(name: str) -> None:
        (tmp_path / name).write_text(str(os.getpid()), encoding="utf-8")
        if name == "last":
            while not (tmp_path / "first").exists():
                time.sleep(0.01)
            time.sleep(0.2)  # the one who waits does wait by then
            os.kill(os.getppid(), signal.SIGUSR1)
        time.sleep(60)

    usual = signal.signal(signal.SIGUSR1, told_to_stop)
    try:
        with pytest.raises(SystemExit):
            side_by_side([partial(work, "first"), partial(work, "last")])
        with pytest.raises(SystemExit):
            made_apart(partial(work, "last"))
    finally:
        signal.signal(signal.SIGUSR1, usual)
    for name in ("first", "last"):
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / name).read_text(encoding="utf-8")), 0)
