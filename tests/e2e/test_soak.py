"""A short soak, as `make soak` is a long one: killed, refused, cut off and without its database, no question is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.soak.ledger import Ledger, growth, quantile
from tests.soak.scenario import Scenario, soak

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer


@pytest.mark.parametrize(("postgres", "replicas"), [(False, 0), (True, 2)], ids=["polling", "webhook"])
async def test_nothing_is_lost(
    small_base: Path, small_answerer: Answerer, postgres: bool, replicas: int
) -> None:
    assert small_answerer.base.entries, "learned, so that the processes only fetch it"
    often: dict[str, Any] = {"faults": 0.7, "kills": (1.0, 3.0), "restarts": (2.0, 4.0)}
    scenario = replace(Scenario(small_base, 7, 10, 60), postgres=postgres, replicas=replicas, **often)
    result = await soak(scenario)
    assert result.asked > 50
    assert result.trouble["kills"] > 0
    assert sum(result.trouble.values()) > 5
    assert (result.lost, result.strays, result.violations) == (0, [], [])
    assert not any(result.statuses)
    assert result.duplicates <= result.bound


def test_what_is_lost_and_what_comes_twice_is_counted() -> None:
    ledger = Ledger()
    for entry, at in [("a", 1.0), ("b", 2.0), ("c", 3.0)]:
        ledger.ask(7, entry, at)
    for answered, at in [("a", 1.5), ("b", 4.0), ("b", 5.0), ("d", 6.0), (None, 7.0)]:
        ledger.answer(7, answered, f"text {answered}", at)
    ledger.answer(8, "c", "somebody else's", 8.0)
    assert (ledger.lost, ledger.duplicates) == (1, 1)
    assert ledger.strays == ["text d", "text None", "somebody else's"]
    assert ledger.waits() == [0.5, 2.0]
    assert ledger.waits(after=2.0) == [2.0]


def test_numbers() -> None:
    assert quantile([], 0.5) == 0
    assert (quantile([3, 1, 2], 0.5), quantile(range(100), 0.99), quantile([1, 2], 1.0)) == (2, 99, 2)
    assert growth([1, 2]) == 0
    assert growth([9, 9, 1, 1, 5, 5, 3, 3]) == 2
