"""Bot API calls over aiohttp: what they send and which faults they raise, beside the library's own request."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import ssl
import traceback
from base64 import b64encode
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args

import pytest
from aiohttp import BodyPartReader, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, ReplyParameters
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.transport import environment
from bot.transport.http import AiohttpRequest
from bot.transport.receipts import PerhapsSentError
from bot.transport.telegram_time import TelegramTime
from bot.transport.timeouts import Timeouts
from bot.watching import metrics
from tests.counted import value
from tests.fake_bot_api import TOKEN, FakeBotApi
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

SOON: Final = 0.1
"""Seconds for a limit that a test waits for."""
OK: Final = b'{"ok":true,"result":[]}'
BOTH: Final = (AiohttpRequest, HTTPXRequest)


def answered(body: bytes = OK, status: str = "200 OK", *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more, "", ""]
    return "\r\n".join(lines).encode() + body


class Server:
    """A server that does as a test says, connection by connection.

    Attributes:
        requests: The heads of all requests so far.
    """

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self.requests: list[str] = []
        self.url = ""
        self._connections: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}

    async def next_request(self, reader: asyncio.StreamReader) -> str:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.requests.append(head)
        for line in head.lower().splitlines():
            if line.startswith("content-length:"):
                await reader.readexactly(int(line.partition(":")[2]))
        return head

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections[writer] = asyncio.current_task()
        with contextlib.suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            await self._behaviour(self, reader, writer)
        writer.close()

    async def let_go(self) -> None:
        for writer, task in self._connections.items():
            if task is not None:
                task.cancel()
            writer.transport.abort()
        await asyncio.gather(*filter(None, self._connections.values()), return_exceptions=True)

    @property
    def firsts(self) -> list[str]:
        """The first line of each request, the token left out."""
        return [head.partition("\r\n")[0].replace(TOKEN, "TOKEN") for head in self.requests]


Behaviour: TypeAlias = "Callable[[Server, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]"


@asynccontextmanager
async def serving(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(behaviour)
    listening = await asyncio.start_server(server.connected, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    server.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    try:
        yield server
    finally:
        listening.close()
        await server.let_go()


async def answers(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        await server.next_request(reader)
        writer.write(answered())


async def keeps_silent(server: Server, reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await server.next_request(reader)
    await reader.read()


async def hangs_up(server: Server, reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await server.next_request(reader)


async def breaks_off(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await server.next_request(reader)
    writer.write(answered()[:-3])


async def stops_in_between(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await server.next_request(reader)
    writer.write(answered()[:-3])
    await reader.read()


async def talks_nonsense(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await server.next_request(reader)
    writer.write(b"\x16\x03\x01 what?\r\n\r\n")


async def never_reads(_: Server, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.pause_reading()  # type: ignore[attr-defined]  # a socket's transport can
    await asyncio.Event().wait()


async def answers_once_on_each_connection(
    server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await server.next_request(reader)
    writer.write(answered())
    await server.next_request(reader)


def request(kind: type[BaseRequest], *, pool: int = 8, read: float = 5.0) -> BaseRequest:
    if kind is AiohttpRequest:
        return AiohttpRequest(pool, Timeouts(read=read, pool=SOON))
    return HTTPXRequest(pool, read_timeout=read, pool_timeout=SOON)


async def call(asking: BaseRequest, url: str, method: str = "getMe", **given: Any) -> Any:  # noqa: ANN401 - any JSON
    return await asking.post(f"{url}/bot{TOKEN}/{method}", **given)


async def fault_of(attempt: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await attempt
    return raised.value


def free_address() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(params=BOTH, ids=["ours", "the library's"])
def kind(request: pytest.FixtureRequest) -> type[BaseRequest]:
    found: type[BaseRequest] = request.param
    return found


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


FAULTS: Final = [
    pytest.param(keeps_silent, TimedOut, id="keeps silent"),
    pytest.param(stops_in_between, TimedOut, id="stops in between"),
    pytest.param(hangs_up, NetworkError, id="hangs up"),
    pytest.param(breaks_off, NetworkError, id="breaks off"),
    pytest.param(talks_nonsense, NetworkError, id="talks nonsense"),
    pytest.param(None, NetworkError, id="isn't there"),
]


@pytest.mark.parametrize(("behaviour", "expected"), FAULTS)
async def test_a_server_in_trouble_raises_the_same_fault_in_the_library_s_request_and_in_ours(
    kind: type[BaseRequest], behaviour: Behaviour | None, expected: type[TelegramError]
) -> None:
    async with serving(behaviour or answers) as server, request(kind, read=SOON) as asking:
        fault = await fault_of(call(asking, server.url if behaviour else free_address()))
    assert type(fault) is expected


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"ok": false, "error_code": 404, "description": "Not Found"}', InvalidToken),
        (b"<html>404 Not Found</html>", NetworkError),
        (b'{"error": "no upstream"}', NetworkError),
        (b"", NetworkError),
    ],
)
async def test_the_bot_api_alone_has_word_on_the_token(
    status: int, body: bytes, expected: type[TelegramError]
) -> None:
    async def refuses(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await server.next_request(reader)
        writer.write(b"HTTP/1.1 %d No\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))

    async with serving(refuses) as server, request(AiohttpRequest) as asking:
        assert type(await fault_of(call(asking, server.url))) is expected


def refusing(status: int, body: bytes, *but: str) -> Behaviour:
    """Answers everything so, but for these methods."""

    async def behaviour(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await server.next_request(reader)
            spared = head.partition(" HTTP")[0].endswith(but) if but else False
            writer.write(answered() if spared else answered(body, f"{status} Something"))

    return behaviour


@pytest.mark.parametrize("status", [401, 404])
async def test_a_call_that_is_refused_as_with_a_wrong_token_says_nothing_of_one_that_is_good(
    status: int,
) -> None:
    body = b'{"ok": false, "error_code": 404, "description": "Not Found: method not found"}'
    async with serving(refusing(status, body, "/getMe")) as server, request(AiohttpRequest) as asking:
        fault = await fault_of(call(asking, server.url, "setMyDescription"))
        assert type(fault) is BadRequest
        assert fault.message == "Not Found: method not found"
    async with serving(refusing(status, body)) as server, request(AiohttpRequest) as asking:
        assert type(await fault_of(call(asking, server.url, "setMyDescription"))) is InvalidToken


@pytest.mark.parametrize("behaviour", [keeps_silent, stops_in_between, hangs_up, breaks_off, talks_nonsense])
async def test_a_message_whose_receipt_does_not_come_may_have_been_sent(behaviour: Behaviour) -> None:
    async with serving(behaviour) as server, request(AiohttpRequest, read=SOON) as asking:
        assert type(await fault_of(call(asking, server.url, "sendMessage"))) is PerhapsSentError
        assert type(await fault_of(call(asking, server.url, "editMessageText"))) in (TimedOut, NetworkError)


PAGE: Final = b"<html>a page</html>"


@pytest.mark.parametrize(
    ("status", "body", "sending"),
    [
        (200, PAGE, PerhapsSentError),
        (200, b"", PerhapsSentError),
        (200, b"[]", PerhapsSentError),
        (200, b'{"ok":true}', PerhapsSentError),
        (200, b'{"ok":true,"result":null}', PerhapsSentError),
        (200, b'{"ok":false,"description":"no"}', PerhapsSentError),
        (200, b"[" * 100_000, PerhapsSentError),
        (302, b"", NetworkError),
        (400, PAGE, NetworkError),
        (400, b'{"error":"bad"}', NetworkError),
        (400, b'{"ok":false}', NetworkError),
        (400, b'{"ok":false,"error_code":400,"description":"no","parameters":7}', NetworkError),
        (429, b'{"ok":false,"description":"later","parameters":{"retry_after":"5"}}', NetworkError),
        (403, PAGE, NetworkError),
        (413, PAGE, NetworkError),
        (429, PAGE, NetworkError),
        (500, PAGE, PerhapsSentError),
        (500, b'{"ok":false,"error_code":500,"description":"Internal Server Error"}', PerhapsSentError),
        (502, PAGE, PerhapsSentError),
        (503, PAGE, NetworkError),
        (503, b'{"ok":false,"error_code":503,"description":"later"}', NetworkError),
        (504, PAGE, PerhapsSentError),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_is_not_the_bot_api_s_form_is_an_outage(
    status: int, body: bytes, sending: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(refusing(status, body)) as server, request(AiohttpRequest) as asking:
        fault = await fault_of(call(asking, server.url, "sendMessage"))
        assert type(fault) is sending
        assert "page" not in fault.message
        assert type(await fault_of(call(asking, server.url, "editMessageText"))) is NetworkError
    assert "page" not in caplog.text


async def test_only_the_bot_api_tells_the_time() -> None:
    bodies = [PAGE, OK]

    async def with_a_date(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while bodies:
            await server.next_request(reader)
            writer.write(answered(bodies.pop(0), "200 OK", "Date: Fri, 15 Jan 2027 08:00:00 GMT"))

    told = TelegramTime(clock=lambda: 0.0)
    async with serving(with_a_date) as server, AiohttpRequest(telegram_time=told) as asking:
        await fault_of(call(asking, server.url))
        assert told.now() == 0.0
        await call(asking, server.url)
        assert told.now() == pytest.approx(1_800_000_000, abs=5)


@pytest.mark.parametrize(("status", "expected"), [(400, BadRequest), (403, Forbidden), (409, Conflict)])
async def test_the_bot_api_s_word_is_taken(status: int, expected: type[TelegramError]) -> None:
    body = json.dumps({"ok": False, "error_code": status, "description": "no"}).encode()
    async with serving(refusing(status, body)) as server, request(AiohttpRequest) as asking:
        assert type(await fault_of(call(asking, server.url, "sendMessage"))) is expected


async def test_where_nobody_can_be_reached_nothing_was_sent() -> None:
    async with request(AiohttpRequest) as asking:
        assert type(await fault_of(call(asking, free_address(), "sendMessage"))) is NetworkError


@pytest.mark.parametrize(("behaviour", "expected"), FAULTS)
async def test_no_fault_and_no_log_shows_the_token(
    behaviour: Behaviour | None, expected: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(behaviour or answers) as server, request(AiohttpRequest, read=SOON) as asking:
        url = server.url if behaviour else free_address()
        fault = await fault_of(call(asking, url))
        assert isinstance(fault, expected)
        assert TOKEN not in "".join(traceback.format_exception(fault))
        assert TOKEN not in repr(fault)
        assert TOKEN not in caplog.text


async def test_an_address_that_is_none_is_a_fault_of_the_network_without_the_token() -> None:
    async with request(AiohttpRequest) as asking:
        fault = await fault_of(call(asking, "http://[broken"))
    assert type(fault) is NetworkError
    assert TOKEN not in "".join(traceback.format_exception(fault))


async def test_why_a_server_can_not_be_reached_is_told() -> None:
    async with request(AiohttpRequest) as asking:
        fault = await fault_of(call(asking, free_address()))
    assert "refused" in fault.message.lower() or "connect call failed" in fault.message.lower()


async def test_a_connection_that_is_not_agreed_on_in_time_is_a_timeout(kind: type[BaseRequest]) -> None:
    async with serving(never_reads) as server, request(kind) as asking:
        address = server.url.replace("http:", "https:")
        fault = await fault_of(call(asking, address, connect_timeout=SOON))
    assert type(fault) is TimedOut


async def test_an_upload_that_the_server_does_not_take_is_a_timeout(kind: type[BaseRequest]) -> None:
    async with serving(never_reads) as server, request(kind) as asking:
        bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=asking)
        fault = await fault_of(bot.send_document(1, b"x" * 20_000_000, write_timeout=SOON))
    assert type(fault) is TimedOut


async def test_a_limit_named_in_a_call_wins_over_the_usual_one(kind: type[BaseRequest]) -> None:
    async with serving(keeps_silent) as server, request(kind, read=60) as asking:
        assert asking.read_timeout == 60
        assert type(await fault_of(call(asking, server.url, read_timeout=SOON))) is TimedOut


async def test_no_limit_means_none(kind: type[BaseRequest]) -> None:
    async def answers_late(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await server.next_request(reader)
        await asyncio.sleep(3 * SOON)
        writer.write(answered())

    async with serving(answers_late) as server, request(kind, read=SOON) as asking:
        assert await call(asking, server.url, read_timeout=None) == []


async def test_where_all_connections_are_in_use_a_call_is_not_sent(kind: type[BaseRequest]) -> None:
    async with serving(keeps_silent) as server, request(kind, pool=1) as asking:
        first = asyncio.create_task(fault_of(call(asking, server.url, read_timeout=5 * SOON)))
        async with asyncio.timeout(10):
            while not server.requests:  # noqa: ASYNC110 - the other side's state
                await asyncio.sleep(0.01)
        fault = await fault_of(call(asking, server.url, "sendMessage"))
        assert type(fault) is TimedOut
        assert fault.message.startswith("Pool timeout")
        await first
        assert server.firsts == ["POST /botTOKEN/getMe HTTP/1.1"]


async def test_after_trouble_the_places_are_free_again() -> None:
    async with serving(hangs_up) as server, request(AiohttpRequest, pool=1) as asking:
        for _ in range(3):
            fault = await fault_of(call(asking, server.url))
            assert not fault.message.startswith("Pool timeout")


async def test_refusals_are_read_as_the_library_does(kind: type[BaseRequest]) -> None:
    async def refuses(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await server.next_request(reader)
        body = {"ok": False, "error_code": 429, "description": "d", "parameters": {"retry_after": 7}}
        writer.write(answered(json.dumps(body).encode(), "429 Too Many Requests"))

    async with serving(refuses) as server, request(kind) as asking:
        fault = await fault_of(call(asking, server.url))
    assert isinstance(fault, RetryAfter)


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("200 OK", "ok"),
        ("429 Too Many Requests", "flooded"),
        ("403 Forbidden", "refused"),
        ("502 Bad Gateway", "failed"),
        ("", "failed"),
    ],
)
async def test_calls_are_counted_by_what_came_of_them(status: str, result: str) -> None:
    async def does(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await server.next_request(reader)
        if status:
            refusal = b'{"ok":false,"error_code":1,"description":"no"}'
            writer.write(answered(OK if status.startswith("200") else refusal, status))

    def counted() -> dict[str, float]:
        return {
            kind: value("advisory_bot_calls_total", method="sendMessage", result=kind)
            for kind in get_args(metrics.SendResult)
        }

    before = counted()
    async with serving(does) as server, request(AiohttpRequest) as asking:
        with contextlib.suppress(TelegramError, KeyError):
            await call(asking, server.url, "sendMessage")
        with contextlib.suppress(TelegramError):
            await asking.retrieve(f"{server.url}/file/bot{TOKEN}/sendMessage")
    assert counted() == before | {result: before[result] + 1}


async def test_a_redirect_is_not_followed(kind: type[BaseRequest]) -> None:
    async def redirects(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await server.next_request(reader)
        writer.write(answered(b"", "302 Found", f"Location: {server.url}/elsewhere"))

    async with serving(redirects) as server, request(kind) as asking:
        assert type(await fault_of(call(asking, server.url))) is NetworkError
        assert len(server.requests) == 1


async def test_connections_are_used_again() -> None:
    places: set[object] = set()

    async def notes(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        places.add(writer.get_extra_info("peername"))
        await answers(server, reader, writer)

    async with serving(notes) as server, request(AiohttpRequest) as asking:
        for _ in range(5):
            await call(asking, server.url)
    assert len(places) == 1


@pytest.mark.parametrize(
    "method", ["getUpdates", "getMe", "editMessageText", "answerCallbackQuery", "deleteWebhook"]
)
async def test_a_kept_connection_that_was_closed_does_not_matter_where_asking_twice_does_no_harm(
    method: str,
) -> None:
    async with serving(answers_once_on_each_connection) as server, request(AiohttpRequest) as asking:
        assert await call(asking, server.url) == []
        assert await call(asking, server.url, method) == []
        assert len(server.requests) == 3


async def test_a_message_is_never_sent_twice_by_itself() -> None:
    async with serving(answers_once_on_each_connection) as server, request(AiohttpRequest) as asking:
        assert await call(asking, server.url) == []
        assert type(await fault_of(call(asking, server.url, "sendMessage"))) is PerhapsSentError
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("method", "asked", "expected"), [("getMe", 2, NetworkError), ("sendMessage", 1, PerhapsSentError)]
)
async def test_a_server_that_always_hangs_up_is_a_fault(
    method: str, asked: int, expected: type[TelegramError]
) -> None:
    async with serving(hangs_up) as server, request(AiohttpRequest) as asking:
        assert type(await fault_of(call(asking, server.url, method))) is expected
        assert len(server.requests) == asked


async def test_of_a_sent_message_only_its_place_is_read() -> None:
    place = {"message_id": 5, "date": 1, "chat": {"id": -7, "type": "supergroup"}, "message_thread_id": 3}
    sent = json.dumps(
        {"ok": True, "result": {**place, "text": "long", "reply_markup": {"inline_keyboard": []}}}
    )

    async def takes(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await server.next_request(reader)
        writer.write(answered(sent.encode()))
        await writer.drain()

    async with serving(takes) as server, request(AiohttpRequest) as asking:
        assert await call(asking, server.url, "sendMessage") == place


async def test_it_wants_to_be_initialized_and_can_be_again() -> None:
    async with serving(answers) as server:
        asking = AiohttpRequest()
        with pytest.raises(NetworkError, match="not initialized"):
            await call(asking, server.url)
        await asking.shutdown()
        for _ in range(2):
            async with asking:
                await asking.initialize()
                assert await call(asking, server.url) == []
            await asking.shutdown()
        with pytest.raises(NetworkError, match="not initialized"):
            await call(asking, server.url)


async def test_a_shutdown_closes_the_kept_connections() -> None:
    closed = asyncio.Event()

    async def notes_the_end(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            await answers(server, reader, writer)
        finally:
            closed.set()

    async with serving(notes_the_end) as server:
        async with request(AiohttpRequest) as asking:
            await call(asking, server.url)
            assert not closed.is_set()
        async with asyncio.timeout(10):
            await closed.wait()


async def test_calls_arrive_as_the_library_s_own_request_sends_them(
    kind: type[BaseRequest], api: FakeBotApi
) -> None:
    anna = api.user("Anna")
    anna.starts()
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Sí & no", callback_data="a:b")]])
    async with request(kind) as asking:
        bot = Bot(api.token, base_url=f"{api.url}/bot", request=asking)
        await bot.send_message(
            anna.id,
            "<b>¿Qué?</b> 1 + 1 = 2; 100 % &amp; \U0001f600",
            parse_mode="HTML",
            reply_markup=buttons,
            reply_parameters=ReplyParameters(1, allow_sending_without_reply=True),
            disable_notification=True,
        )
    (sent,) = api.calls_of("sendMessage")
    assert sent.params == {
        "chat_id": sent.params["chat_id"],
        "text": "<b>¿Qué?</b> 1 + 1 = 2; 100 % &amp; \U0001f600",
        "parse_mode": "HTML",
        "disable_notification": sent.params["disable_notification"],
        "reply_markup": {"inline_keyboard": [[{"text": "Sí & no", "callback_data": "a:b"}]]},
        "reply_parameters": {"message_id": 1, "allow_sending_without_reply": True},
    }
    assert str(sent.params["chat_id"]) == str(anna.id)
    assert str(sent.params["disable_notification"]).lower() == "true"
    assert [message.content for message in api.sent(anna)] == ["¿Qué? 1 + 1 = 2; 100 % & \U0001f600"]
    api.assert_clean()


async def test_files_arrive_as_the_library_s_own_request_sends_them() -> None:
    seen: list[list[tuple[str, Any, Any, bytes]]] = []

    async def take(taken: web.Request) -> web.Response:
        parts = []
        async for part in await taken.multipart():
            assert isinstance(part, BodyPartReader)
            kind = part.headers.get("Content-Type") if part.filename else None
            parts.append((str(part.name), part.filename, kind, bytes(await part.read())))
        seen.append(parts)
        return web.json_response({"ok": True, "result": []})

    app = web.Application(client_max_size=10_000_000)
    app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        for kind in BOTH:
            async with request(kind) as asking:
                bot = Bot(TOKEN, base_url=f"{url}/bot", request=asking)
                with contextlib.suppress(Exception):  # the answer is no message
                    await bot.send_document(1, b"x" * 300_000, caption="¿?", filename="la lista ñ.pdf")
                with contextlib.suppress(Exception):
                    media = [
                        InputMediaDocument(b"first", filename="a.txt"),
                        InputMediaDocument(io.BytesIO(b"second")),
                    ]
                    await bot.send_media_group(1, media)
    finally:
        await runner.cleanup()
    ours, theirs = seen[:2], seen[2:]
    assert len(theirs) == 2
    assert ours[0] == theirs[0]
    # The names of the parts are made up anew each time.
    assert [part[1:] for part in ours[1] if part[1]] == [part[1:] for part in theirs[1] if part[1]]
    assert ours[0][-1][3] == b"x" * 300_000


async def test_proxies_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    login = b64encode(b"anna:p@ss").decode()

    async def refuses_tunnels(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await server.next_request(reader)
        writer.write(answered(b"", "403 Forbidden") if head.startswith("CONNECT") else answered())

    async with serving(refuses_tunnels) as proxy:
        with_login = proxy.url.replace("//", "//anna:p%40ss@")
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            with monkeypatch.context() as patched:
                patched.setenv(name.lower(), with_login)
                async with request(AiohttpRequest) as asking:
                    assert await call(asking, "http://telegram.example") == []
            head = proxy.requests.pop()
            assert head.startswith(f"POST http://telegram.example/bot{TOKEN}/getMe HTTP/1.1")
            assert f"Proxy-Authorization: Basic {login}" in head
        monkeypatch.setenv("https_proxy", with_login)
        async with request(AiohttpRequest) as asking:
            fault = await fault_of(call(asking, "https://telegram.example"))
        assert type(fault) is NetworkError
        head = proxy.requests.pop()
        assert head.startswith("CONNECT telegram.example:443 HTTP/1.1")
        assert f"Proxy-Authorization: Basic {login}" in head
        assert TOKEN not in head
        assert "p@ss" not in "".join(traceback.format_exception(fault))


async def test_no_proxy_is_used_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", free_address())
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with serving(answers) as server, request(AiohttpRequest) as asking:
        assert await call(asking, server.url) == []


async def test_a_proxy_of_another_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://anna:secret@127.0.0.1:1080")
    async with request(AiohttpRequest) as asking:
        fault = await fault_of(call(asking, "http://telegram.example"))
    assert "socks5" in fault.message
    assert "secret" not in fault.message


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a key and a certificate for 127.0.0.1 that nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


async def test_a_server_is_believed_by_its_certificate_alone(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests' own shortcut, which reads certificates once, is out of the way here.
    monkeypatch.setattr(ssl, "create_default_context", getattr(ssl.create_default_context, "__wrapped__"))  # noqa: B009 - mypy knows of no such attribute
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    environment.trusted.cache_clear()
    try:
        async with serving(answers, tls) as server:
            async with request(AiohttpRequest) as asking:
                fault = await fault_of(call(asking, server.url))
                assert type(fault) is NetworkError
                assert TOKEN not in "".join(traceback.format_exception(fault))
            environment.trusted.cache_clear()
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            async with request(AiohttpRequest) as asking:
                assert await call(asking, server.url) == []
    finally:
        environment.trusted.cache_clear()
