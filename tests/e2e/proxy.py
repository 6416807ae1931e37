"""A reverse proxy as operators have one before several replicas: in turn, and to the next one where one doesn't answer."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from aiohttp import ClientError, ClientSession, ClientTimeout, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

_MAX_BODY: Final = 1_048_576
_DROPPED: Final = ("host", "connection", "transfer-encoding", "content-length", "keep-alive")


@dataclass
class Proxy:
    """What stands between Telegram and the replicas.

    Attributes:
        root: Its address.
        replicas: Addresses of what stands behind it.
        statuses: What it has answered so far.
        taken: How many requests each replica has answered.
    """

    root: str
    replicas: Sequence[str]
    statuses: list[int] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    _turns: Iterator[int] = field(default_factory=count)


@asynccontextmanager
async def proxying(replicas: Sequence[str]) -> AsyncIterator[Proxy]:
    """Proxy to these addresses, whether or not anybody is there yet."""
    proxy = Proxy("", replicas)
    async with ClientSession(timeout=ClientTimeout(total=30)) as session:

        async def forward(request: web.Request) -> web.StreamResponse:
            body = await request.read()
            headers = {n: v for n, v in request.headers.items() if n.lower() not in _DROPPED}
            first = next(proxy._turns)
            for replica in [replicas[(first + n) % len(replicas)] for n in range(len(replicas))]:
                try:
                    sending = session.request(
                        request.method, replica + request.path_qs, data=body, headers=headers
                    )
                    async with sending as answer:
                        content = await answer.read()
                except (TimeoutError, ClientError, OSError):
                    continue
                proxy.taken[replica] = proxy.taken.get(replica, 0) + 1
                if answer.status != 503:
                    break
            else:
                proxy.statuses.append(502)
                return web.Response(status=502)
            proxy.statuses.append(answer.status)
            return web.Response(status=answer.status, body=content)

        app = web.Application(client_max_size=_MAX_BODY)
        app.router.add_route("*", "/{path:.*}", forward)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            proxy.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield proxy
        finally:
            await runner.cleanup()
