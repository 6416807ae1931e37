"""Whether this process works, for those who watch it: /healthz, /readyz and, where the operator wants it, /metrics."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.store.protocol import Backlog, PendingUpdates, StoreError
from bot.watching import metrics

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ASKS_WITHIN: Final = 2.0
"""Seconds for the store's answer; who asks for health waits no longer."""
_FRESH: Final = 1.0
"""Seconds for which that answer is good: the store isn't asked more often, however many watch."""
_NO_STORE: Final = {"cache-control": "no-store"}


@dataclass
class Health:
    """How this process is.

    Attributes:
        store: Where updates are.
        waits_for: What has yet to be done before updates can come in, such as `webhook`.
        draining: Whether it has been told to stop.
    """

    store: PendingUpdates
    waits_for: set[str] = field(default_factory=set)
    draining: bool = False
    _asked: float = 0.0
    _backlog: Backlog | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def backlog(self) -> Backlog | None:
        """What waits in the store; None where it doesn't answer."""
        async with self._asking:
            if time.monotonic() - self._asked > _FRESH or not self._asked:
                try:
                    async with asyncio.timeout(_ASKS_WITHIN):
                        self._backlog = await self.store.backlog()
                except (StoreError, TimeoutError):
                    self._backlog = None
                self._asked = time.monotonic()
            return self._backlog

    async def lacking(self) -> list[str]:
        """What keeps it from taking updates; empty when it is ready."""
        faults = sorted(self.waits_for)
        if self.draining:
            faults.append("draining")
        if await self.backlog() is None:
            faults.append("store")
        return faults


def health_routes(health: Health) -> list[BaseRoute]:
    """/healthz says that the process is alive, /readyz whether it takes updates. They tell nothing else."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    async def readyz(_: Request) -> Response:
        if lacking := await health.lacking():
            return JSONResponse({"status": "not ready", "lacking": lacking}, 503, _NO_STORE)
        return JSONResponse({"status": "ready"}, headers=_NO_STORE)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def metrics_routes(health: Health) -> list[BaseRoute]:
    """/metrics, in Prometheus' text format."""

    async def show(_: Request) -> Response:
        backlog = await health.backlog()
        if backlog is None:
            metrics.set_backlog(None)
        else:
            metrics.set_backlog(backlog.updates, backlog.oldest)
        return Response(metrics.exposed(), headers={"content-type": METRICS_TYPE} | _NO_STORE)

    return [Route("/metrics", show)]
