"""The HTTP side: routes, bodies and answers as the Bot API server has them."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Final

from aiohttp import web

from .calls import Executor, Reply
from .errors import ApiError, DroppedConnectionError, Json
from .webhook import WebhookSender
from .wire import read_call

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from .world import World

_MAX_BODY: Final = 50 * 1024 * 1024


class HttpServer:
    """Serves the Bot API of one bot on a free port of this machine."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        self.executor = Executor(world)
        self.webhooks = WebhookSender(world, self.executor.run)
        self.url = ""
        app = web.Application(client_max_size=_MAX_BODY, middlewares=[_too_large])
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._file)
        app.router.add_route("*", "/{path:.*}", self._nowhere)
        app.on_response_prepare.append(self._date)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)

    async def start(self) -> None:
        """Listen on a free port."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        await self.webhooks.start()

    async def stop(self) -> None:
        """Let go of everybody who waits, and close."""
        self.world.closing = self.world.poll.closing = True
        self.world.changes.notify()
        await self.webhooks.close()
        await self._runner.cleanup()

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        del request
        response.headers["Date"] = formatdate(self.world.clock.now(), usegmt=True)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _json(401, ApiError(401, "Unauthorized").envelope())
        if request.method not in ("GET", "POST"):
            return _json(405, ApiError(405, "Method Not Allowed").envelope())
        try:
            params = await read_call(request)
        except ApiError as error:
            return _json(error.code, error.envelope())
        try:
            reply = await self.executor.run(request.match_info["method"], params)
        except DroppedConnectionError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return _response(reply)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.files.get(request.match_info["path"].rpartition("/")[2])
        if request.match_info["token"] != self.token or stored is None:
            return _json(404, ApiError(404, "Not Found").envelope())
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        del request
        return _json(404, ApiError(404, "Not Found").envelope())


@web.middleware
async def _too_large(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _json(413, ApiError(413, "Request Entity Too Large").envelope())


def _json(status: int, body: Json) -> web.Response:
    headers = {}
    if retry_after := (body.get("parameters") or {}).get("retry_after"):
        headers["Retry-After"] = str(retry_after)
    return web.json_response(body, status=status, headers=headers)


def _response(reply: Reply) -> web.Response:
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, text=reply.body, content_type="text/html")
    return _json(reply.status, reply.body)
