"""What is counted for an operator, as Prometheus has it. Kinds and numbers; never texts, chats or people.

Each function counts one event, and may be called from anywhere. A new metric is a constant here with a function beside it.
"""

from __future__ import annotations

import platform
from http import HTTPStatus
from importlib.metadata import version
from typing import Final, Literal, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

# A second series for each counter, which tells nothing that the start of the process doesn't.
disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY: Final = CollectorRegistry()
"""Of this process. Not the library's own, to which anything that is imported may add."""

Outcome = Literal["answer", "clarify", "decline", "silent"]
Ending = Literal["done", "set_aside"]
SendResult = Literal["ok", "flooded", "refused", "failed"]
"""Taken; put off with 429; refused with another 4xx; failed on the way or with 5xx."""
ReloadResult = Literal["ok", "refused", "unchanged", "failed"]
"""A new knowledge base is in use; it has errors, so the old one stays; there was nothing new; it couldn't be learned."""

_NAME: Final = "advisory_bot"
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)

_received: Final = Counter(
    f"{_NAME}_updates_received", "Updates taken from Telegram and stored", registry=REGISTRY
)
_ended: Final = Counter(
    f"{_NAME}_updates_ended",
    "Updates that need no more handling, by how they ended",
    ["how"],
    registry=REGISTRY,
)
_retried: Final = Counter(
    f"{_NAME}_updates_retried", "Failed tries after which an update is tried again", registry=REGISTRY
)
_put_off: Final = Counter(
    f"{_NAME}_updates_put_off",
    "Times that an update waited in the store for the flood limits",
    registry=REGISTRY,
)
_outcomes: Final = Counter(
    f"{_NAME}_outcomes", "Questions, by the kind of what was decided", ["outcome"], registry=REGISTRY
)
_seconds: Final = Histogram(
    f"{_NAME}_handling_seconds",
    "Seconds from storing an update until it was handled and its answer sent",
    buckets=_SECONDS,
    registry=REGISTRY,
)
_calls: Final = Counter(
    f"{_NAME}_calls", "Calls of the Bot API, by method and result", ["method", "result"], registry=REGISTRY
)
_reloads: Final = Counter(
    f"{_NAME}_reloads", "Tries to load the knowledge base anew, by result", ["result"], registry=REGISTRY
)
_requests: Final = Counter(
    f"{_NAME}_webhook_requests",
    "Requests to the webhook's path, by HTTP status",
    ["status"],
    registry=REGISTRY,
)
_waiting: Final = Gauge(
    f"{_NAME}_backlog_updates", "Updates in the store that wait or are being handled", registry=REGISTRY
)
_oldest: Final = Gauge(
    f"{_NAME}_backlog_oldest_seconds", "For how long the oldest of them has waited", registry=REGISTRY
)
_store_up: Final = Gauge(
    f"{_NAME}_store_up", "1 while the store answers and takes what it is given, else 0", registry=REGISTRY
)
_last_poll: Final = Gauge(
    f"{_NAME}_last_poll_seconds", "Seconds since Telegram last answered getUpdates", registry=REGISTRY
)
_build: Final = Info(f"{_NAME}_build", "What runs", registry=REGISTRY)

_build.info(
    {
        "version": version("advisory-bot"),
        "python": platform.python_version(),
        "telegram_library": version("python-telegram-bot"),
    }
)
ProcessCollector(registry=REGISTRY)  # memory, processor time, open files, start

# From the start, so that the first event of a kind is a step from 0 and not a series out of nowhere.
for _counter, _kinds in ((_ended, Ending), (_outcomes, Outcome), (_reloads, ReloadResult)):
    for _kind in get_args(_kinds):
        _counter.labels(_kind)
for _status in (HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE):
    _requests.labels(str(_status.value))


def received(updates: int) -> None:
    """Count updates that are stored."""
    _received.inc(updates)


def ended(how: Ending, seconds: float | None = None) -> None:
    """Count an update that needs no more handling.

    Args:
        how: How it ended.
        seconds: Since it was stored, where it was handled.
    """
    _ended.labels(how).inc()
    if seconds is not None:
        _seconds.observe(max(0.0, seconds))


def retried() -> None:
    """Count a failed try after which the update is tried again."""
    _retried.inc()


def put_off() -> None:
    """Count an update that waits in the store until the flood limits let its chat be answered."""
    _put_off.inc()


def decided(outcome: Outcome) -> None:
    """Count a question by what was decided."""
    _outcomes.labels(outcome).inc()


def called(method: str, result: SendResult) -> None:
    """Count a call of the Bot API.

    Args:
        method: Its name, such as `sendMessage`; never with a token or a parameter.
        result: What came of it.
    """
    _calls.labels(method, result).inc()


def reloaded(result: ReloadResult) -> None:
    """Count an attempt to load the knowledge base again."""
    _reloads.labels(result).inc()


def requested(status: int) -> None:
    """Count a request to the webhook's path by the HTTP status of its answer."""
    _requests.labels(str(status)).inc()


def set_backlog(updates: int | None, oldest: float = 0.0, *, writable: bool = True) -> None:
    """Note what waits in the store: how many, and for how many seconds the oldest has; None where it doesn't answer.

    Args:
        updates: How many; None where the store doesn't answer.
        oldest: Seconds.
        writable: Whether it takes what it is given.
    """
    _store_up.set(1 if updates is not None and writable else 0)
    _waiting.set(float("nan") if updates is None else updates)
    _oldest.set(float("nan") if updates is None else oldest)


def set_last_poll(seconds: float | None) -> None:
    """Note how long ago Telegram last answered a poll; None by webhook."""
    _last_poll.set(float("nan") if seconds is None else seconds)


def exposed() -> bytes:
    """All of it in Prometheus' text format."""
    return generate_latest(REGISTRY)
