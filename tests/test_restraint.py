"""How often the bot may speak unasked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.groups.restraint import PAUSE, REPEATED_AFTER, may_speak, spoke

if TYPE_CHECKING:
    from bot.store.protocol import Json

NOW = 1_800_000_000.0


def test_at_first_it_may() -> None:
    assert may_speak({}, "law", NOW)


@pytest.mark.parametrize(("later", "may"), [(0.0, False), (PAUSE - 1, False), (PAUSE, True)])
def test_after_one_answer_it_pauses_with_every_other(later: float, may: bool) -> None:
    assert may_speak(spoke({}, "law", NOW), "fees", NOW + later) == may


@pytest.mark.parametrize(
    ("later", "may"), [(PAUSE, False), (REPEATED_AFTER - 1, False), (REPEATED_AFTER, True)]
)
def test_the_same_answer_has_to_wait_a_day(later: float, may: bool) -> None:
    assert may_speak(spoke({}, "law", NOW), "law", NOW + later) == may


def test_settings_stay_and_what_is_older_than_a_day_goes() -> None:
    stored = spoke({"mode": "helpful"}, "law", NOW)
    stored = spoke(stored, "fees", NOW + REPEATED_AFTER)
    assert stored == {"mode": "helpful", "unasked": {"fees": round(NOW + REPEATED_AFTER)}}


@pytest.mark.parametrize("broken", ["yes", 3, ["law"], {"law": "yesterday"}, {"law": None}])
def test_what_can_not_be_read_counts_as_nothing(broken: Json) -> None:
    assert may_speak({"unasked": broken}, "law", NOW)


@pytest.mark.parametrize("back", [PAUSE, 3600.0, 30 * REPEATED_AFTER])
def test_a_clock_that_was_ahead_silences_nothing_once_it_is_right(back: float) -> None:
    stored = spoke({}, "law", NOW)
    assert may_speak(stored, "fees", NOW - back)
    stored = spoke(stored, "fees", NOW - back)
    assert not may_speak(stored, "cats", NOW - back)
    assert may_speak(stored, "cats", NOW - back + PAUSE)


def test_clocks_that_differ_somewhat_do_not_make_it_speak_twice() -> None:
    stored = spoke({}, "law", NOW)
    assert not may_speak(stored, "fees", NOW - 60)
    assert not may_speak(stored, "law", NOW - 60)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.floats(0, 5000)), max_size=200))
def test_over_any_time_it_keeps_to_both_rules(talk: list[tuple[str, float]]) -> None:
    stored: dict[str, Json] = {}
    now, given_at = NOW, []
    for entry_id, pause in talk:
        now += pause
        if may_speak(stored, entry_id, now):
            stored = spoke(stored, entry_id, now)
            given_at.append((entry_id, now))
    for (_, one), (_, other) in pairwise(given_at):
        assert other - one >= PAUSE - 1  # times are stored in whole seconds
    for entry_id in "abcdef":
        times = [then for given, then in given_at if given == entry_id]
        assert all(b - a >= REPEATED_AFTER - 1 for a, b in pairwise(times))
