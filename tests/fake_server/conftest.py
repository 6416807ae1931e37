"""The fake server, with a bot that calls it and somebody who writes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.fake_bot_api import FakeBotApi
from tests.fake_server.client import Client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fake_bot_api import UserActor


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi(inline=True) as running:
        yield running
        running.assert_clean()


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, api)


@pytest.fixture
def anna(api: FakeBotApi) -> UserActor:
    return api.user("Anna", username="anna_b", started=True)
