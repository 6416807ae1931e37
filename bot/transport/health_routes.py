"""What those who watch this process may ask for: /healthz, /readyz and, where the operator wants it, /metrics."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.transport.health import Health
from bot.watching import metrics

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_NO_STORE: Final = {"cache-control": "no-store"}


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
            metrics.set_backlog(backlog.updates, backlog.oldest, writable=health.can_write())
        metrics.set_last_poll(health.since_poll())
        return Response(metrics.exposed(), headers={"content-type": METRICS_TYPE} | _NO_STORE)

    return [Route("/metrics", show)]
