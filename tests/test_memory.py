"""What is remembered of conversations: one value each, for so long, and for no more than so many."""

from __future__ import annotations

from bot.memory import Memory


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_value_is_kept_for_its_time_and_no_longer() -> None:
    clock = Clock()
    kept: Memory[str] = Memory(2, clock)
    kept.keep("a", "x")
    clock.now = 120
    assert kept.get("a") == "x"
    clock.now = 121
    assert kept.get("a") is None
    assert kept.get("never") is None


def test_a_later_value_takes_the_place_of_the_earlier_and_its_time() -> None:
    clock = Clock()
    kept: Memory[str] = Memory(1, clock)
    kept.keep("a", "x")
    clock.now = 50
    kept.keep("a", "y")
    clock.now = 100
    assert kept.get("a") == "y"
    kept.drop("a")
    assert kept.get("a") is None


def test_what_is_too_old_goes_when_something_is_kept() -> None:
    clock = Clock()
    kept: Memory[str] = Memory(1, clock)
    kept.keep("a", "x")
    clock.now = 100
    kept.keep("b", "y")
    assert kept.forget(lambda _: True) == 1


def test_the_least_recent_goes_first_where_there_are_too_many() -> None:
    kept: Memory[int] = Memory(1, Clock(), most=10)
    for number in range(12):
        kept.keep(number, number)
    assert [kept.get(number) for number in (0, 1, 2, 11)] == [None, None, 2, 11]


def test_only_those_that_are_meant_are_forgotten() -> None:
    kept: Memory[str] = Memory(1, Clock())
    kept.keep(("a", 1), "x")
    kept.keep(("b", 2), "y")
    assert kept.forget(lambda conversation: conversation == ("a", 1)) == 1
    assert (kept.get(("a", 1)), kept.get(("b", 2))) == (None, "y")
