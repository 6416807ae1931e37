"""Bot API calls over aiohttp, for python-telegram-bot: the same faults and timeouts as its own request, less work a call."""

from __future__ import annotations

import asyncio
import os
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientOSError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    ServerDisconnectedError,
    SocketTimeoutError,
    TCPConnector,
)
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.steady import steady
from bot.transport.body import Body, body_of
from bot.transport.environment import Proxy, proxy_for, trusted
from bot.transport.receipts import Receipt, is_repeatable, lost, method_of, receipt
from bot.transport.telegram_time import TelegramTime
from bot.transport.timeouts import Given, Timeouts, limit
from bot.watching import metrics
from bot.watching.metrics import SendResult

_IDLE: Final = 15.0
"""Seconds for which an unused connection is kept: less than Telegram and the boxes on the way keep it."""
_PLACE: Final = ("message_id", "message_thread_id", "date", "chat")
"""What is read of a message that was sent."""
_ASKS_FOR_BOT: Final = "getMe"
_ABOUT_TOKEN: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
_NOT_SENT: Final = (ClientConnectorError, ClientHttpProxyError, InvalidURL)
"""Faults that come up before a request is written."""
_FOR_POOL: Final = (
    "Pool timeout: all connections are in use. The request was not sent to Telegram; "
    "allow more connections or a longer wait."
)


class _Answer(NamedTuple):
    """What came back, from whomever: with its header `Date`, and after how many seconds."""

    status: int
    content: bytes
    date: str | None
    took: float


class AiohttpRequest(BaseRequest):
    """Talks to the Bot API.

    Proxies come from the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), certificates from certifi and from
    the system or SSL_CERT_FILE. Addresses hold the token, so no fault repeats one.

    Args:
        connections: How many requests are under way at the same time.
        timeouts: Where a call names none.
        telegram_time: Told when Telegram's answers were made.
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
            The status, and the body of the answer; of a call only in the Bot API's form.

        Raises:
            PerhapsSentError: The request was written, sends something, and nobody says that it was sent, or that it wasn't.
            BadRequest: Telegram refuses this call as it would with a token that it doesn't know, but knows the token.
            TimedOut: A limit has passed.
            NetworkError: The request got lost, or its answer, or that isn't the Bot API's.
            RuntimeError: Not initialized.
        """
        if self._session is None:
            raise RuntimeError("This request is not initialized.")
        usual = self._timeouts
        files = request_data is not None and request_data.contains_files
        limits = Timeouts(
            read=limit(read_timeout, usual.read),
            write=limit(write_timeout, usual.upload if files else usual.write),
            connect=limit(connect_timeout, usual.connect),
        )
        await self._a_place(limit(pool_timeout, usual.pool))
        result: SendResult = "failed"
        try:
            body = await body_of(request_data)
            status, content = await self._answered(self._session, method, url, body, limits)
            result = _result(status)
            if status in _ABOUT_TOKEN and method == "POST" and method_of(url) != _ASKS_FOR_BOT:
                await self._confirm(self._session, url, content)
        except TelegramError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, for the library it is the network
            raise NetworkError(_named(error)) from None
        else:
            return status, content
        finally:
            self._free.release()
            if method == "POST":  # a call, and no file
                metrics.called(method_of(url), result)

    async def _confirm(self, session: ClientSession, url: str, content: bytes) -> None:
        """Ask whether it is the token that Telegram refuses, or only this call.

        Raises:
            BadRequest: The call alone, such as a method that this server doesn't have.
            NetworkError: There is nobody to ask.
        """
        asking = f"{url.rpartition('/')[0]}/{_ASKS_FOR_BOT}"
        status, _ = await self._answered(session, "POST", asking, Body(None, {}), self._timeouts)
        if status == HTTPStatus.OK:
            raise BadRequest(AiohttpRequest.parse_json_payload(content)["description"])
        if status not in _ABOUT_TOKEN:
            raise NetworkError(f"the token may be refused, and nobody says so ({status})")

    async def _answered(
        self, session: ClientSession, method: str, url: str, body: Body, limits: Timeouts
    ) -> tuple[int, bytes]:
        """Ask, and believe nobody but the Bot API."""
        try:
            answer = await self._exchange(session, method, url, body, limits)
        except SocketTimeoutError:
            if is_repeatable(url):
                raise TimedOut from None
            raise lost(url, "Timed out") from None
        except TimeoutError:
            raise TimedOut from None
        except ClientError as error:
            # From none, by name alone: the texts of others may hold the address, and so the token, or what was sent.
            if isinstance(error, _NOT_SENT):
                raise NetworkError(_named(error)) from None
            raise lost(url, _named(error)) from None
        status, content = answer.status, answer.content
        if method == "GET" and status == HTTPStatus.OK:
            return status, content  # a file
        made = receipt(status, content)
        if made is None:
            # Its text stays here: it may repeat what was sent, and would come into the log.
            raise lost(url, f"{status}, and not by the Bot API", status)
        self._time.note(answer.date, answer.took)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise lost(url, f"the Bot API's own {status}", status)  # its description may repeat what was sent
        return status, made

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Of a message that was sent, with its text and buttons, only where it is: the rest is known."""
        told = payload.told if isinstance(payload, Receipt) else BaseRequest.parse_json_payload(payload)
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
    ) -> _Answer:
        """Ask, and ask once more where the connection was closed, as one is that was kept too long, and that does no harm."""
        try:
            return await self._ask(session, method, url, body, limits)
        except (ClientOSError, ServerDisconnectedError) as error:
            if isinstance(error, ClientConnectorError) or not is_repeatable(url):
                raise
        return await self._ask(session, method, url, body, limits)

    async def _ask(
        self, session: ClientSession, method: str, url: str, body: Body, limits: Timeouts
    ) -> _Answer:
        proxy, asked = self._proxy(url), steady()
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
            content = await answer.read()
            return _Answer(answer.status, content, answer.headers.get("Date"), steady() - asked)

    def _proxy(self, url: str) -> Proxy:
        parts = urlsplit(url)
        place = (parts.scheme, parts.hostname or "")
        if place not in self._proxies:
            self._proxies[place] = proxy_for(*place)
        return self._proxies[place]


def _result(status: int) -> SendResult:
    if status < HTTPStatus.BAD_REQUEST:
        return "ok"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "flooded"
    return "refused" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "failed"


def _named(error: Exception) -> str:
    return f"aiohttp.{type(error).__name__}{_reason(error)}"


def _reason(error: Exception) -> str:
    """What the system says of a fault. The library's own texts may hold the address."""
    if isinstance(error, ClientConnectorError):
        return f": {error.os_error.strerror}"
    return f": {os.strerror(error.errno)}" if isinstance(error, OSError) and error.errno else ""
