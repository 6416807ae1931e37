"""What is done to the bot while it answers: killed, and Telegram and the database taken away; always the same for a seed."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.databases import Postgres
    from tests.fake_bot_api import FakeBotApi
    from tests.soak.bots import Bots

_AWAY: Final = (0.5, 2.0)
"""Seconds for which the database is gone."""


class Trouble:
    """Counts what it does.

    Args:
        seed: Of chance.
    """

    def __init__(self, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self._chance = random.Random(seed)  # noqa: S311 - the same each time

    async def _pause(self, low: float, high: float) -> None:
        await asyncio.sleep(self._chance.uniform(low, high))

    async def telegram(self, api: FakeBotApi, every: float) -> None:
        """Refuse, break and delay calls, one in so many seconds, until cancelled."""
        calls = ("sendMessage", "sendMessage", "sendMessage", "getUpdates")
        while True:
            await self._pause(0.1, 2 * every)
            method = self._chance.choice(calls)
            kind = self._chance.choice(("429", "500", "502", "dropped", "receipt lost", "slow"))
            if kind == "receipt lost" and method == "getUpdates":
                continue
            self.counts[kind] += 1
            match kind:
                case "429":
                    wait = {"retry_after": 1}
                    api.fail(method, 429, "Too Many Requests: retry after 1", parameters=wait)
                case "500":
                    api.fail(method, times=self._chance.choice((1, 3)))
                case "502":
                    api.fail(method, 502, body="<html>Bad Gateway</html>")
                case "dropped":
                    api.drop(method)
                case "receipt lost":
                    api.drop(method, after=True)
                case _:
                    api.delay(1.0, method)

    async def kills(self, bots: Bots, low: float, high: float) -> None:
        """Kill a process without a warning, and start another, until cancelled."""
        while True:
            await self._pause(low, high)
            self.counts["kills"] += 1
            await bots.replace(self._chance.randrange(len(bots.alive)), signal.SIGKILL)

    async def database(self, postgres: Postgres, low: float, high: float) -> None:
        """Stop the database server and start it again, until cancelled."""
        while True:
            await self._pause(low, high)
            self.counts["database restarts"] += 1
            # To its end even when cancelled, or the next ones would find no server.
            await asyncio.shield(asyncio.ensure_future(self._restart(postgres)))

    async def _restart(self, postgres: Postgres) -> None:
        await asyncio.to_thread(postgres.stop)
        await self._pause(*_AWAY)
        await asyncio.to_thread(postgres.start)


async def ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancel tasks and wait for their end; one that had failed raises."""
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError):
            raise result
