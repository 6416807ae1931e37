"""How the bot talks to a PostgreSQL server that may not answer. Imported only where one is used."""

from __future__ import annotations

import asyncio
from typing import Any

from psycopg import AsyncConnection, waiting
from psycopg.abc import RV, PQGen


class GivenUpAtOnce(AsyncConnection[Any]):
    """A connection that is closed where somebody stops waiting for it.

    The library would first ask the server to end the query, and wait ten seconds for that: a server that is frozen, or that
    the network has lost, would so hold up whoever waits for two seconds at most, and a process that is to stop.
    """

    async def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:  # noqa: ASYNC109 - the library's
        """Wait for what the server says; see the library."""
        try:
            return await waiting.wait_async(gen, self.pgconn.socket, interval=interval, timeout=timeout)
        except asyncio.CancelledError:
            self.pgconn.finish()
            raise
