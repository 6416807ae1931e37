"""What is counted: each event once, under names and labels that hold nobody's words or numbers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from bot.watching import metrics
from tests.counted import value

if TYPE_CHECKING:
    from tests.e2e.running import RunningBot

LABELS = {"how", "outcome", "method", "result", "status", "le", "version", "python", "telegram_library"}


def counted(name: str, **labels: str) -> float:
    return value(f"advisory_bot_{name}", **labels)


@pytest.fixture
def before() -> dict[tuple[str, str], float]:
    """What stood there when the test began: the counters are the process's."""
    kinds = [("updates_received_total", "")]
    kinds += [("updates_ended_total", how) for how in get_args(metrics.Ending)]
    kinds += [("outcomes_total", outcome) for outcome in get_args(metrics.Outcome)]
    kinds += [("handling_seconds_count", ""), ("updates_retried_total", "")]
    return {(name, kind): now(name, kind) for name, kind in kinds}


def now(name: str, kind: str) -> float:
    label = {"updates_ended_total": "how", "outcomes_total": "outcome"}.get(name)
    return counted(name, **({label: kind} if label else {}))


def steps(before: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """What has been added since."""
    gone = {key: now(*key) - was for key, was in before.items()}
    return {key: step for key, step in gone.items() if step}


@pytest.mark.parametrize("status", ["200", "403", "503"])
def test_what_alarms_watch_is_there_before_it_happens(status: str) -> None:
    program = "from bot.watching import metrics; print(metrics.exposed().decode())"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout  # noqa: S603 - this very Python
    assert f'advisory_bot_webhook_requests_total{{status="{status}"}} 0.0' in shown


async def test_a_question_counts_as_received_decided_and_done(
    bot: RunningBot, before: dict[tuple[str, str], float]
) -> None:
    anna = bot.api.user("Anna")
    anna.sends("Where do I park my car?")
    bot.api.user("Berta").sends("zxcvb qwrtz")
    await bot.settled()
    assert steps(before) == {
        ("updates_received_total", ""): 2,
        ("outcomes_total", "answer"): 1,
        ("outcomes_total", "decline"): 1,
        ("updates_ended_total", "done"): 2,
        ("handling_seconds_count", ""): 2,
    }


async def test_what_comes_again_is_not_received_again(
    bot: RunningBot, before: dict[tuple[str, str], float]
) -> None:
    bot.api.user("Anna").sends("Where do I park my car?")
    update = bot.api.pending[0]
    await bot.settled()
    bot.api.repeat(update)
    await bot.settled()
    assert steps(before)[("updates_received_total", "")] == 1
    assert steps(before)[("updates_ended_total", "done")] == 1


async def test_failed_tries_and_what_is_set_aside_are_counted(
    bot: RunningBot, before: dict[tuple[str, str], float]
) -> None:
    bot.api.fail("sendMessage", 400, "Bad Request: nobody knows why", times=3)
    bot.api.user("Anna").sends("Where do I park my car?")
    bot.api.inject({"message": ["nothing that can be read"]})
    await bot.settled()
    found = steps(before)
    assert found[("updates_retried_total", "")] == 2
    assert found[("updates_ended_total", "set_aside")] == 2
    assert ("updates_ended_total", "done") not in found


def test_calls_and_reloads_are_counted_by_what_came_of_them() -> None:
    calls = counted("calls_total", method="sendPhoto", result="flooded")
    reloads = counted("reloads_total", result="refused")
    metrics.called("sendPhoto", "flooded")
    metrics.reloaded("refused")
    assert counted("calls_total", method="sendPhoto", result="flooded") == calls + 1
    assert counted("reloads_total", result="refused") == reloads + 1


def test_a_store_that_does_not_answer_has_no_backlog_to_show() -> None:
    metrics.set_backlog(3, 1.5)
    assert (counted("backlog_updates"), counted("backlog_oldest_seconds"), counted("store_up")) == (3, 1.5, 1)
    metrics.set_backlog(None)
    assert counted("backlog_updates") != counted("backlog_updates"), "not a number"
    assert counted("store_up") == 0


async def test_what_is_exposed_has_no_labels_but_kinds(bot: RunningBot) -> None:
    anna = bot.api.user("Annabella")
    anna.sends("Where do I park my car?")
    await bot.settled()
    text = metrics.exposed().decode()
    assert 'advisory_bot_outcomes_total{outcome="answer"}' in text
    assert set(re.findall(r'[{,]([a-z_]+)="', text)) <= LABELS
    for private in ("Annabella", str(anna.id), "park", bot.api.token):
        assert private not in text


def test_every_metric_is_told_to_operators() -> None:
    told = (Path(__file__).parents[1] / "docs" / "replicas.md").read_text(encoding="utf-8")
    names = {
        family.name + ("_total" if family.type == "counter" else "_info" if family.type == "info" else "")
        for family in metrics.REGISTRY.collect()
    }
    assert {name for name in names if name.startswith("advisory_bot_") and f"`{name}" not in told} == set()
