"""The time by Telegram's clock, and that somebody is told where this machine's is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate

import pytest

from bot.transport.telegram_time import TelegramTime

NOW = 1_800_000_000.0
AHEAD = "this machine's clock is 400 s ahead of Telegram's: have it set by NTP"


@dataclass
class Clocks:
    """Both of a machine's clocks, the first of them wrong."""

    ahead: float = 0.0
    passed: float = 0.0

    def time(self) -> float:
        return NOW + self.passed + self.ahead

    def steady(self) -> float:
        return 17.0 + self.passed

    def date(self) -> str:
        return formatdate(NOW + self.passed, usegmt=True)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def told(clocks: Clocks) -> TelegramTime:
    return TelegramTime(clocks.time, clocks.steady)


def test_until_telegram_has_said_it_is_this_machines(told: TelegramTime, clocks: Clocks) -> None:
    clocks.ahead = 400
    for date in (None, "", "yesterday", "Mon, 01 Jan 99999999999 00:00:00 GMT"):
        told.note(date)
        clocks.passed += 60
    assert told.now() == NOW + 400 + 4 * 60


@pytest.mark.parametrize("ahead", [400, -400, 0])
def test_then_it_is_telegrams(told: TelegramTime, clocks: Clocks, ahead: float) -> None:
    clocks.ahead = ahead
    told.note(clocks.date())
    clocks.passed += 5
    assert told.now() == pytest.approx(NOW + 5)
    clocks.ahead = 7_200  # a step of this machine's clock
    assert told.now() == pytest.approx(NOW + 5)


def test_an_answer_that_was_read_long_after_it_was_made_tells_nothing(
    told: TelegramTime, clocks: Clocks, caplog: pytest.LogCaptureFixture
) -> None:
    made = clocks.date()
    clocks.passed += 70  # the process was paused meanwhile
    told.note(made, 71)
    assert told.now() == clocks.time()
    assert caplog.messages == []
    told.note(clocks.date(), 1)
    assert told.now() == pytest.approx(clocks.time())


def test_it_says_whether_this_machines_clock_agrees(told: TelegramTime, clocks: Clocks) -> None:
    clocks.ahead = 400
    assert told.agrees(), "nobody says otherwise"
    told.note(clocks.date())
    assert not told.agrees()
    clocks.ahead = 0
    assert told.agrees()


def test_a_wrong_clock_is_told_of_once_and_again_when_it_was_right_meanwhile(
    told: TelegramTime, clocks: Clocks, caplog: pytest.LogCaptureFixture
) -> None:
    for ahead in (400, 400, 10, 400):
        clocks.ahead = ahead
        told.note(clocks.date())
        clocks.passed += 60
    assert caplog.messages == [AHEAD, AHEAD]
    clocks.ahead = -400
    clocks.passed += 60
    told.note(clocks.date())
    assert len(caplog.messages) == 2, "the same fault"
