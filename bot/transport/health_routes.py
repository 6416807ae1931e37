"""What those who watch this process may ask for: /healthz, /readyz and, where the operator wants it, /metrics."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.transport.health import Health
from bot.transport.listening import ONCE
from bot.watching import metrics

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_HEADERS: Final = {"cache-control": "no-store"} | ONCE


def health_routes(health: Health) -> list[BaseRoute]:
    """/healthz says that the process is alive, /readyz whether it takes updates. They tell nothing else."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_HEADERS)

    async def readyz(_: Request) -> Response:
        if lacking := await health.lacking():
            return JSONResponse({"status": "not ready", "lacking": lacking}, 503, _HEADERS)
        return JSONResponse({"status": "ready"}, headers=_HEADERS)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def metrics_routes(health: Health) -> list[BaseRoute]:
    """/metrics, in Prometheus' text format."""

    async def show(_: Request) -> Response:
        backlog = await health.backlog()
        if backlog is None:
            metrics.set_backlog(None)
        else:
            metrics.set_backlog(backlog.updates, backlog.oldest, writable=health.can_write())
        metrics.set_last_poll(health.since_poll())
        return Response(metrics.exposed(), headers={"content-type": METRICS_TYPE} | _HEADERS)

    return [Route("/metrics", show)]
