"""What a fork makes and hands over, and what is there where it fails."""

from __future__ import annotations

import os
import signal
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from bot.forking import made_apart
from knowledge.opening import read_base

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_is_made_apart_is_handed_over_and_made_by_another_process() -> None:
    assert made_apart(lambda: MappingProxyType({"a": [1, "\ud83d"]})) == {"a": [1, "\ud83d"]}
    assert made_apart(os.getpid) not in (None, os.getpid())


def test_a_knowledge_base_is_handed_over_whole() -> None:
    assert made_apart(read_base) == read_base()


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def not_to_be_pickled() -> object:
    return lambda: None


@pytest.mark.parametrize("fails", [lambda: 1 // 0, kill_itself, not_to_be_pickled])
def test_where_it_cant_be_made_or_handed_over_there_is_none(fails: Callable[[], object]) -> None:
    assert made_apart(fails) is None
