"""What an admin is told of a reload: one message, whatever is wrong and however much of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formatting import MAX_TEXT
from bot.locales import words
from bot.reload import reloaded
from bot.reload.reloaded import Failed, Outcome, Refused, Reloaded, Unchanged
from knowledge.places import Location
from knowledge.problems import CODES, Problem, Severity, problem
from knowledge.texts import units
from tests.e2e.any_base import TEXTS
from tests.fake_bot_api.markup import parse_html

PLACES = st.builds(Location, TEXTS, st.integers(0, 10**6), st.integers(0, 10**6))
PROBLEMS = st.builds(
    lambda code, place, message, mend: problem(code, place, message, mend=mend),
    *(st.sampled_from(sorted(CODES)), PLACES, TEXTS, TEXTS),
)
OUTCOMES = st.one_of(
    st.builds(Reloaded, st.integers(0, 10**6)),
    st.builds(Unchanged, st.integers(0, 10**6)),
    st.builds(Failed, TEXTS),
    st.lists(PROBLEMS, max_size=40).map(reloaded.refused),
)


@given(OUTCOMES)
def test_any_outcome_is_one_message_that_telegram_takes(outcome: Outcome) -> None:
    text = parse_html(reloaded.reply(outcome, words("en")).html).text
    assert 0 < units(text) <= MAX_TEXT


def wrong(number: int) -> Problem:
    place = Location(f"en/<file {number}>.yaml", number, 7)
    return problem("bad-id", place, f"fault {number} & more", mend="mend it" if number == 1 else "")


def test_each_problem_has_its_place_and_how_to_mend_it_literally() -> None:
    text = parse_html(reloaded.reply(Refused((wrong(1), wrong(2))), words("en")).html).text
    first, second, third = text.split("\n\n")
    assert "2 things are wrong" in first
    assert second == "en/<file 1>.yaml:1:7\nfault 1 & more\nMend: mend it"
    assert third == "en/<file 2>.yaml:2:7\nfault 2 & more"


def test_what_does_not_fit_is_counted() -> None:
    text = parse_html(reloaded.reply(Refused(tuple(map(wrong, range(1, 501)))), words("en")).html).text
    shown = text.count("fault ")
    assert 50 < shown < 500
    assert f"{500 - shown} more" in text


def test_only_what_makes_it_unusable_is_told() -> None:
    warning = problem("few-phrasings", Location("a.yaml", 1, 1), "few")
    assert warning.severity is Severity.WARNING
    assert reloaded.refused([warning, wrong(1)]) == Refused((wrong(1),))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_number_of_entries_is_told(count: int) -> None:
    told = reloaded.reply(Reloaded(count), words("en")).html
    assert ("one entry" if count == 1 else f"{count} entries") in told


def test_a_problem_takes_one_line_in_the_log() -> None:
    place = Location("a\nb.yaml", 1, 2)
    assert reloaded.line(problem("bad-id", place, "some\nfault")) == "a\\nb.yaml:1:2: bad-id: some\\nfault"
