"""When a failed update is tried again, and when it is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.store.protocol import Claim, StoreUnavailableError
from bot.transport.attempts import Attempt, Patience
from bot.transport.receipts import PerhapsSentError
from bot.transport.serving import patiently

PATIENCE = Patience(first=1.0, longest=60.0, outage=3600.0)
OUTAGES = [NetworkError("502"), TimedOut(), StoreUnavailableError("away")]
FAULTS = [RuntimeError("a fault"), BadRequest("no"), Forbidden("no")]


def claim(tries: int, since: float | None = None, *, strikes: int | None = None) -> Claim:
    return Claim(1, 1, b"{}", 0, tries, since, tries if strikes is None else strikes)


@pytest.mark.parametrize("error", FAULTS, ids=repr)
def test_a_fault_and_a_refusal_are_tried_three_times_in_all(error: Exception) -> None:
    assert [PATIENCE.before_next(claim(tries), error) for tries in range(4)] == [1.0, 2.0, None, None]


def test_what_may_have_been_sent_is_sent_four_times_in_all_at_ever_longer_intervals() -> None:
    waits = [PATIENCE.before_next(claim(tries), PerhapsSentError("reset")) for tries in range(5)]
    assert waits == [1.0, 60.0, 600.0, None, None]


@pytest.mark.parametrize("error", [*FAULTS, PerhapsSentError("reset")], ids=repr)
def test_tries_in_which_something_was_away_are_no_reason_to_give_up(error: Exception) -> None:
    assert PATIENCE.before_next(claim(9, since=60, strikes=0), error) is not None
    assert PATIENCE.before_next(claim(9, since=60, strikes=3), error) is None


def test_a_try_counts_unless_something_was_away_or_it_was_none() -> None:
    def strike(error: Exception) -> bool:
        attempt = Attempt(claim(0), PATIENCE)
        attempt.failed(error)
        return attempt.strike

    assert all(map(strike, [*FAULTS, PerhapsSentError("reset")]))
    assert not any(map(strike, [*OUTAGES, RetryAfter(timedelta(seconds=1)), InvalidToken()]))


def test_what_waits_for_the_way_looks_ever_more_seldom_and_is_tried_in_the_end() -> None:
    waits = [PATIENCE.held_up(claim(1, since=since)) for since in (0.5, 20, 1000, 3601)]
    assert waits == [1.0, pytest.approx(10, abs=0.1), 60.0, None]


@pytest.mark.parametrize("error", OUTAGES, ids=repr)
def test_an_outage_is_waited_for_ever_more_patiently_but_not_for_ever(error: Exception) -> None:
    waits = [PATIENCE.before_next(claim(tries, since=3000), error) for tries in (0, 1, 5, 6, 1000)]
    assert waits == [1.0, 2.0, 32.0, 60.0, 60.0]
    assert PATIENCE.before_next(claim(1000, since=3601), error) is None
    assert PATIENCE.before_next(claim(0), error) == 1.0


def test_telegram_is_taken_at_its_word() -> None:
    assert PATIENCE.before_next(claim(0), RetryAfter(timedelta(seconds=90))) == 90
    assert PATIENCE.before_next(claim(10), RetryAfter(timedelta(seconds=1))) == 60


def test_the_first_fault_of_an_attempt_decides() -> None:
    attempt = Attempt(claim(0), PATIENCE)
    assert attempt.failed(NetworkError("502")) == 1.0
    assert attempt.failed(RuntimeError()) == 1.0
    assert isinstance(attempt.error, NetworkError)


def test_what_may_have_been_sent_and_is_not_tried_again_counts_as_sent() -> None:
    attempt = Attempt(claim(3), PATIENCE)
    assert attempt.failed(PerhapsSentError("Timed out")) is None
    assert (attempt.error, attempt.tried) == (None, True)


def test_while_the_token_is_refused_nothing_counts_as_tried() -> None:
    attempt = Attempt(claim(2), PATIENCE)
    assert attempt.failed(InvalidToken()) is not None
    assert attempt.tried is False


async def test_at_the_start_what_is_not_there_yet_is_tried_again_and_what_is_wrong_is_not() -> None:
    faults: list[Exception] = [NetworkError("502"), StoreUnavailableError("away")]

    async def use() -> str:
        if faults:
            raise faults.pop(0)
        return "done"

    assert await patiently(use, [0, 0]) == "done"
    faults += [NetworkError("502")] * 3
    with pytest.raises(NetworkError):
        await patiently(use, [0, 0])
    assert faults == []
    faults += [BadRequest("wrong"), NetworkError("502")]
    with pytest.raises(BadRequest):
        await patiently(use, [0, 0])
