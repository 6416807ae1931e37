"""What processes that share a store tell each other."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from bot.handlers import elsewhere


async def test_an_order_that_is_not_understood_keeps_none_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orders = [{"of": "a later version"}, {"by": "another", "sender": 7}, {"by": "me", "sender": 8}]

    async def handed(_: str) -> dict[int, bytes]:
        return dict(enumerate(json.dumps(order).encode() for order in orders))

    forgotten: list[int] = []
    monkeypatch.setattr(elsewhere, "forget_here", lambda _, sender: forgotten.append(sender))
    desk: Any = SimpleNamespace(name="me", store=SimpleNamespace(handed=handed))
    await elsewhere.listening(desk)()
    assert forgotten == [7]
