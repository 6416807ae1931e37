"""Bot API calls over aiohttp, for python-telegram-bot: the same faults and timeouts as its own request, less work a call."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from aiohttp import (
    ClientConnectorError,
    ClientOSError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
    SocketTimeoutError,
    TCPConnector,
)
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.body import Body, body_of
from bot.transport.environment import Proxy, proxy_for, trusted
from bot.transport.telegram_time import TelegramTime
from bot.watching import metrics
from bot.watching.metrics import SendResult

_IDLE: Final = 15.0
"""Seconds for which an unused connection is kept: less than Telegram and the boxes on the way keep it."""
_REPEATABLE: Final = ("get", "set", "delete", "edit", "answer")
"""Beginnings of methods that have the same effect once or twice. Sending is none of them."""
_PLACE: Final = ("message_id", "message_thread_id", "date", "chat")
"""What is read of a message that was sent."""
_NO_JSON: Final = b"(not shown)"
"""In place of an answer that isn't the Bot API's, such as a proxy's page: the library would put all of it into a fault's
text, and so into the log, and it may repeat what was sent."""
_ABOUT_TOKEN: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
_FOR_POOL: Final = (
    "Pool timeout: all connections are in use. The request was not sent to Telegram; "
    "allow more connections or a longer wait."
)

Given: TypeAlias = Any
"""A timeout as the library hands it over: seconds, None for no limit, or its mark for "not given"."""


class PerhapsSentError(TimedOut):
    """What was to be sent is on its way, and no receipt came in time: Telegram has no way to ask whether it was sent."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds, each None for no limit.

    Attributes:
        read: Between two pieces of the answer, the first one counted from the end of the request.
        write: For one piece of the request.
        upload: As `write`, for a request with files.
        connect: For looking the server up, reaching it and agreeing on TLS.
        pool: For a free connection.
    """

    read: float | None = 5.0
    write: float | None = 5.0
    upload: float | None = 20.0
    connect: float | None = 5.0
    pool: float | None = 1.0


class AiohttpRequest(BaseRequest):
    """Talks to the Bot API.

    Proxies come from the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), certificates from certifi and from
    the system or SSL_CERT_FILE. Addresses hold the token, so no fault repeats one.

    Args:
        connections: How many requests are under way at the same time.
        timeouts: Where a call names none.
        telegram_time: Told when each answer was made.
    """

    def __init__(
        self,
        connections: int = 256,
        timeouts: Timeouts | None = None,
        telegram_time: TelegramTime | None = None,
    ) -> None:
        self._time = telegram_time or TelegramTime()
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._session: ClientSession | None = None
        self._free = asyncio.Semaphore(connections)
        self._proxies: dict[tuple[str, str], Proxy] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds; None for no limit."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open for requests, in the running event loop."""
        if self._session is not None:
            return
        self._free = asyncio.Semaphore(self._connections)
        self._proxies = {}
        self._session = ClientSession(
            # How many there are is limited by `_free`, which tells a full pool from a slow server.
            connector=TCPConnector(limit=0, keepalive_timeout=_IDLE, ssl=trusted()),
            headers={"User-Agent": self.USER_AGENT},
            cookie_jar=DummyCookieJar(),
        )

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - as the library calls it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Given = BaseRequest.DEFAULT_NONE,
        write_timeout: Given = BaseRequest.DEFAULT_NONE,
        connect_timeout: Given = BaseRequest.DEFAULT_NONE,
        pool_timeout: Given = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request.

        Returns:
            The status, and the body of the answer.

        Raises:
            PerhapsSentError: The request was written, sends something, and the answer took too long.
            TimedOut: Another limit has passed, or the same for what may be asked twice.
            NetworkError: The request or its answer got lost.
            RuntimeError: Not initialized.
        """
        if self._session is None:
            raise RuntimeError("This request is not initialized.")
        usual = self._timeouts
        files = request_data is not None and request_data.contains_files
        limits = Timeouts(
            read=_limit(read_timeout, usual.read),
            write=_limit(write_timeout, usual.upload if files else usual.write),
            connect=_limit(connect_timeout, usual.connect),
        )
        await self._a_place(_limit(pool_timeout, usual.pool))
        result: SendResult = "failed"
        try:
            body = await body_of(request_data)
            status, content = await self._exchange(self._session, method, url, body, limits)
            result = _result(status)
        except TimeoutError as error:
            written = isinstance(error, SocketTimeoutError)
            raise (PerhapsSentError if written and not _is_repeatable(url) else TimedOut) from None
        except TelegramError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, for the library it is the network
            # From none, by name alone: the texts of others may hold the address, and so the token, or what was sent.
            raise NetworkError(f"aiohttp.{type(error).__name__}{_reason(error)}") from None
        else:
            if status in _ABOUT_TOKEN and not _is_bot_api(content):
                # A proxy's, while it has nobody to ask: the library would take it for word on the token.
                raise NetworkError(f"{status}, and not by the Bot API")
            return status, content if status == HTTPStatus.OK or _is_json(content) else _NO_JSON
        finally:
            self._free.release()
            if method == "POST":  # a call, and no file
                metrics.called(_name(url), result)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Of a message that was sent, with its text and buttons, no more than where it stands: the rest is known."""
        told = BaseRequest.parse_json_payload(payload)
        result = told.get("result")
        if isinstance(result, dict) and isinstance(result.get("chat"), dict) and "message_id" in result:
            told["result"] = {name: result[name] for name in _PLACE if name in result}
        return told

    async def _a_place(self, limit: float | None) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(limit):
                await self._free.acquire()
        except TimeoutError:
            raise TimedOut(_FOR_POOL) from None

    async def _exchange(
        self, session: ClientSession, method: str, url: str, body: Body, limits: Timeouts
    ) -> tuple[int, bytes]:
        """Ask, and ask once more where the connection was closed, as one is that was kept too long, and that does no harm."""
        try:
            return await self._ask(session, method, url, body, limits)
        except (ClientOSError, ServerDisconnectedError) as error:
            if isinstance(error, ClientConnectorError) or not _is_repeatable(url):
                raise
        return await self._ask(session, method, url, body, limits)

    async def _ask(
        self, session: ClientSession, method: str, url: str, body: Body, limits: Timeouts
    ) -> tuple[int, bytes]:
        proxy = self._proxy(url)
        # Through a tunnel the proxy sees its own headers alone; without one it reads the request's.
        tunnel = url.startswith("https:")
        async with (
            asyncio.timeout(None) as writing,
            session.request(
                method,
                url,
                data=body.pieces(writing, limits.write),
                headers=body.headers if tunnel else {**body.headers, **proxy.headers},
                allow_redirects=False,
                timeout=ClientTimeout(total=None, connect=limits.connect, sock_read=limits.read),
                proxy=proxy.url,
                proxy_headers=proxy.headers if tunnel else None,
            ) as answer,
        ):
            self._time.note(answer.headers.get("Date"))
            return answer.status, await answer.read()

    def _proxy(self, url: str) -> Proxy:
        parts = urlsplit(url)
        place = (parts.scheme, parts.hostname or "")
        if place not in self._proxies:
            self._proxies[place] = proxy_for(*place)
        return self._proxies[place]


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _is_bot_api(content: bytes) -> bool:
    """Whether a refusal has the Bot API's form."""
    try:
        told = json.loads(content)
    except ValueError:
        return False
    return isinstance(told, dict) and "ok" in told and "error_code" in told


def _name(url: str) -> str:
    """The method that is called."""
    return url.rpartition("/")[2]


def _is_repeatable(url: str) -> bool:
    return _name(url).lower().startswith(_REPEATABLE)


def _result(status: int) -> SendResult:
    if status < HTTPStatus.BAD_REQUEST:
        return "ok"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "flooded"
    return "refused" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "failed"


def _limit(given: Given, usual: float | None) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else given


def _reason(error: Exception) -> str:
    """What the system says of a fault. The library's own texts may hold the address."""
    if isinstance(error, ClientConnectorError):
        return f": {error.os_error.strerror}"
    return f": {os.strerror(error.errno)}" if isinstance(error, OSError) and error.errno else ""
