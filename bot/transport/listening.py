"""An HTTP server in this process's event loop, without the signals and exits of a server that has a process to itself."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import h11
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

_KEEP_ALIVE: Final = 75
"""Seconds that an idle connection is kept: longer than proxies keep theirs, so that none is used as it closes."""
_CONNECTIONS: Final = 512
"""At the same time; beyond that, a request gets a 503. Telegram opens a hundred at most."""
_STRANGERS: Final = 256
"""Of them, those on which nobody has shown the secret; of more the oldest is closed, so that they shut nobody out."""
_HEADERS: Final = 16_384
"""Bytes that a request's line and headers may have."""
REQUEST_WITHIN: Final = 20.0
"""Seconds for a whole request, from the connection's opening or the request's first byte to its last. Whoever takes longer
just holds a connection."""
ONCE: Final = {"connection": "close"}
"""Headers of every answer but to a granted request: a kept connection takes a place."""
_CLOSES_WITHIN: Final = 5
"""Seconds in which requests under way are answered at a stop."""


class _Config(uvicorn.Config):
    """What connections share, too.

    Attributes:
        strangers: Connections of which no request was granted yet, the oldest first.
    """

    def __init__(self, app: Starlette, **given: Any) -> None:  # noqa: ANN401 - as uvicorn takes it
        super().__init__(app, **given)
        self.strangers: dict[_Protocol, None] = {}


class _Server(uvicorn.Server):
    """Listens, and leaves signals to whoever runs the loop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.open.set()


class _Protocol(H11Protocol):
    """HTTP that waits for nobody for long, and for strangers no longer than there is room.

    uvicorn itself bounds the time between requests alone.
    """

    config: _Config

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the base
        super().connection_made(transport)
        self._begin()
        strangers = self.config.strangers
        strangers[self] = None
        if len(strangers) > _STRANGERS:
            oldest = next(iter(strangers))
            del strangers[oldest]
            oldest.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None:
            self._begin()
        super().data_received(data)
        # Nothing of a request is here, or all of it.
        if self.conn.their_state is not h11.SEND_BODY and not self.conn.trailing_data[0]:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        self.config.strangers.pop(self, None)
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing():  # as after all that isn't granted
            self.config.strangers.pop(self, None)

    def _begin(self) -> None:
        self._deadline = asyncio.get_running_loop().call_later(REQUEST_WITHIN, self.transport.abort)

    def _end(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


async def _refused(_: Request, error: Exception) -> Response:
    """Another path or method: no reason to keep the connection."""
    if not isinstance(error, HTTPException):
        raise error
    return Response(status_code=error.status_code, headers={**(error.headers or {}), **ONCE})


@asynccontextmanager
async def listening(sock: socket.socket, routes: Sequence[BaseRoute]) -> AsyncIterator[None]:
    """Serve inside the block; at its end answer what is under way, and close.

    Args:
        sock: Bound; it is closed at the end.
        routes: What there is. An answer that isn't to close the connection makes its sender known.
    """
    app = Starlette(routes=list(routes), exception_handlers={HTTPException: _refused})
    app.router.redirect_slashes = False
    config = _Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody's address is looked at
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_CLOSES_WITHIN,
        h11_max_incomplete_event_size=_HEADERS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([sock]))
    try:
        opened = asyncio.create_task(server.open.wait())
        await asyncio.wait({serving, opened}, return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        if serving.done():
            serving.result()
            raise RuntimeError("the HTTP server ended before it began")
        yield
    finally:
        server.should_exit = True
        await serving
