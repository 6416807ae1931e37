"""The webhook's HTTP: what is taken, what is refused and how, and that nothing is acknowledged before it is stored."""

from __future__ import annotations

import asyncio
import contextlib
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.addresses import Address
from bot.store.protocol import StoreUnavailableError
from bot.store.tables import updates
from bot.transport import listening as listening_module
from bot.transport import webhook
from bot.transport.binding import CannotListenError, bound
from bot.transport.health import Health
from bot.transport.health_routes import health_routes
from bot.transport.intake import Intake
from bot.transport.listening import listening
from bot.transport.webhook import MAX_BODY, PATH, SECRET_HEADER, webhook_routes
from tests.counted import value
from tests.databases import KEY, TestDatabase, rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.store.opening import StoreInDatabase
    from bot.store.protocol import Arrival

SECRET, OLDER = "new-secret-of-sixteen", "old_secret-of-sixteen"
HEADERS = {SECRET_HEADER: SECRET, "content-type": "application/json"}
UPDATE: dict[str, Any] = {"update_id": 7, "message": {"chat": {"id": 1}, "text": "private words"}}


class Door:
    """A server with the webhook, and its store."""

    def __init__(self, store: StoreInDatabase, port: int) -> None:
        self.store = store
        self.port = port
        self.client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30)

    async def post(self, content: bytes | None = None, /, **headers: str) -> httpx.Response:
        """Post a body, an update unless said otherwise, with headers that go beyond or replace the right ones."""
        given = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
        body = json.dumps(UPDATE).encode() if content is None else content
        return await self.client.post(PATH, content=body, headers={k: v for k, v in given.items() if v})

    async def stored(self) -> list[int]:
        return [row["update_id"] for row in await rows(self.store, updates)]

    async def raw(self, request: bytes, *, patience: float = 30) -> bytes:
        """Send bytes as they are, and read until the server closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        try:
            async with asyncio.timeout(patience):
                return await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def opened(store: StoreInDatabase, intake: Intake, prefix: str = "") -> AsyncIterator[Door]:
    sock = bound(Address("127.0.0.1", 0))
    port = sock.getsockname()[1]
    routes = [*webhook_routes(intake, (SECRET, OLDER), prefix), *health_routes(Health(store))]
    async with listening(sock, routes):
        door = Door(store, port)
        async with door.client:
            yield door


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreInDatabase]:
    """What stands behind HTTP is tested elsewhere, on each kind of database."""
    async with TestDatabase(f"sqlite:///{tmp_path / 'store.sqlite3'}", KEY).opened() as opened_store:
        yield opened_store


@pytest.fixture
async def door(store: StoreInDatabase) -> AsyncIterator[Door]:
    async with opened(store, Intake(store, lambda: None)) as made:
        yield made


async def test_an_update_is_stored_and_acknowledged_with_nothing_else(door: Door) -> None:
    answer = await door.post()
    assert (answer.status_code, answer.content) == (200, b"")
    assert await door.stored() == [7]
    assert "server" not in answer.headers


async def test_an_update_that_comes_again_is_acknowledged_again_and_kept_once(door: Door) -> None:
    assert [(await door.post()).status_code for _ in range(3)] == [200] * 3
    assert await door.stored() == [7]


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
async def test_json_may_be_called_json_in_several_ways(door: Door, kind: str) -> None:
    assert (await door.post(content_type=kind)).status_code == 200


async def test_an_older_secret_is_good_while_it_is_in_the_settings(door: Door) -> None:
    assert (await door.post(**{SECRET_HEADER: OLDER})).status_code == 200


@pytest.mark.parametrize(
    "secret", ["", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), f"{SECRET},{OLDER}", f"{SECRET} {OLDER}"]
)
async def test_without_the_secret_nothing_is_read(
    door: Door, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: object) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr(webhook, "_body", never)
    answer = await door.post(**{SECRET_HEADER: secret})
    assert (answer.status_code, answer.content) == (403, b"")
    assert answer.headers["connection"] == "close"
    assert await door.stored() == []


async def test_a_secret_in_letters_beyond_ascii_is_just_wrong(door: Door) -> None:
    request = f"POST {PATH} HTTP/1.1\r\nhost: x\r\n{SECRET_HEADER}: s\xe9cret\r\ncontent-length: 0\r\n\r\n"
    assert (await door.raw(request.encode("latin-1"))).startswith(b"HTTP/1.1 403 ")


async def test_secrets_are_compared_in_constant_time_each_of_them(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = webhook.hmac.compare_digest  # type: ignore[attr-defined]  # imported there, and meant

    def noting(given: bytes, secret: bytes) -> bool:
        compared.append((given, secret))
        return bool(real(given, secret))

    monkeypatch.setattr("hmac.compare_digest", noting)
    await door.post()
    assert compared == [(SECRET.encode(), SECRET.encode()), (SECRET.encode(), OLDER.encode())]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_only_posting_is_allowed(door: Door, method: str) -> None:
    answer = await door.client.request(method, PATH, headers=HEADERS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path", ["/", "/telegram/", "/telegram/x", "/metrics", "/docs", "//telegram", "/Telegram"]
)
async def test_there_is_nothing_else(door: Door, path: str) -> None:
    answer = await door.client.post(path, content=b"{}", headers=HEADERS)
    assert answer.status_code == 404


async def test_the_path_of_the_public_root_may_be_there_or_cut_off(store: StoreInDatabase) -> None:
    async with opened(store, Intake(store, lambda: None), "/bots/advisory") as door:
        for path in ("/bots/advisory/telegram", "/telegram"):
            answer = await door.client.post(path, content=json.dumps(UPDATE), headers=HEADERS)
            assert answer.status_code == 200


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"]
)
async def test_another_content_type_is_refused(door: Door, kind: str) -> None:
    assert (await door.post(content_type=kind)).status_code == 415


async def test_packed_content_is_refused(door: Door) -> None:
    assert (await door.post(content_encoding="gzip")).status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b"[]",
        b'[{"update_id": 7}]',
        b"null",
        b"7",
        b'"update"',
        b'{"update_id": NaN}',
        b"\xff\xfe",
        b'\xef\xbb\xbf{"update_id": 7}',
        b"[" * 200_000,
        b'{"update_id": 7, "a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b"9" * 5000,
        b'{"update_id": 7} {"update_id": 8}',
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 99999999999999999999}',
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_what_is_no_update_is_refused_and_the_next_is_taken(door: Door, body: bytes) -> None:
    answer = await door.post(body)
    assert (answer.status_code, answer.content) == (400, b"")
    assert await door.stored() == []
    assert (await door.post()).status_code == 200


# A body's size


def filled(size: int) -> bytes:
    """An update of so many bytes."""
    start, end = b'{"update_id": 7, "x": "', b'"}'
    return start + b"x" * (size - len(start) - len(end)) + end


async def test_the_largest_body_is_taken_and_one_byte_more_is_not(door: Door) -> None:
    assert (await door.post(filled(MAX_BODY))).status_code == 200
    assert (await door.post(filled(MAX_BODY + 1))).status_code == 413


async def test_a_body_that_says_that_it_is_too_long_is_not_waited_for(door: Door) -> None:
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
    head += f"content-type: application/json\r\ncontent-length: {10 * MAX_BODY}\r\n\r\n"
    answer = await door.raw(head.encode())
    assert answer.startswith(b"HTTP/1.1 413 ")


async def test_a_body_without_a_length_is_read_up_to_the_limit_and_no_further(door: Door) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'{"update_id": 7, "x": "'
        while sent < 50 * MAX_BODY:
            sent += 65_536
            yield b"x" * 65_536

    try:
        answer = await door.client.post(PATH, content=endless(), headers=HEADERS)
    except httpx.TransportError:
        answer = None  # closed while we were still sending
    assert answer is None or answer.status_code == 413
    assert sent < 20 * MAX_BODY, "some is on the way in buffers"
    assert await door.stored() == []


async def test_a_body_in_pieces_within_the_limit_is_taken(door: Door) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for byte in json.dumps(UPDATE).encode():
            yield bytes([byte])

    answer = await door.client.post(PATH, content=pieces(), headers=HEADERS)
    assert answer.status_code == 200


async def test_a_body_that_never_ends_is_given_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READS_WITHIN", 0.1)
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
    head += "content-type: application/json\r\ncontent-length: 100\r\n\r\n{"
    assert (await door.raw(head.encode())).startswith(b"HTTP/1.1 408 ")


SLOW = {
    "says nothing": b"",
    "half a head": b"POST /telegram HTTP/1.1\r\nhost: x\r\n",
    "half a body that nobody wants": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{",
    "half a second request": b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGET",
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
async def test_who_takes_long_over_a_request_is_hung_up_on(
    door: Door, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening_module, "REQUEST_WITHIN", 0.2)
    with contextlib.suppress(ConnectionResetError):
        assert b"200" not in await door.raw(sent)
    assert (await door.post()).status_code == 200


async def test_a_trickle_does_not_lengthen_the_time(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening_module, "REQUEST_WITHIN", 0.3)
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)

    async def trickle() -> None:
        writer.write(b"POST /telegram HTTP/1.1\r\nx: ")
        while not writer.is_closing():
            writer.write(b"y")
            await asyncio.sleep(0.02)

    trickling = asyncio.create_task(trickle())
    with contextlib.suppress(ConnectionResetError):
        async with asyncio.timeout(30):
            assert await reader.read() == b""
    trickling.cancel()
    writer.close()


async def test_who_waits_for_an_answer_or_between_requests_is_not_hung_up_on(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening_module, "REQUEST_WITHIN", 0.1)
    slow = Slow()
    async with opened(store, Intake(slow, lambda: None)) as door:  # type: ignore[arg-type]
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        body = json.dumps(UPDATE).encode()
        head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
        head += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        for _ in range(2):
            writer.write(head.encode() + body)
            await slow.asked.wait()
            await asyncio.sleep(0.3)
            slow.let.set()
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            slow.asked.clear()
            slow.let.clear()
            await asyncio.sleep(0.3)
        writer.close()


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /telegram HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
async def test_nobody_without_the_secret_keeps_a_connection(door: Door, request_: bytes) -> None:
    answer = await door.raw(request_, patience=10)
    assert b"connection: close" in answer


@pytest.mark.parametrize("said", [b"", b"POST /tele"])
async def test_strangers_connections_shut_telegram_out_neither_before_nor_after_its_first_request(
    door: Door, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(listening_module, "_STRANGERS", 8)
    assert (await door.post()).status_code == 200
    strangers = [await asyncio.open_connection("127.0.0.1", door.port) for _ in range(40)]
    try:
        for _, writer in strangers:
            writer.write(said)
        ended = [asyncio.create_task(reader.read()) for reader, _ in strangers]
        await asyncio.wait(ended[:32], timeout=10)
        assert [task.done() for task in ended] == [True] * 32 + [False] * 8
        assert (await door.post()).status_code == 200
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{door.port}") as another:
            assert (await another.post(PATH, json=UPDATE, headers=HEADERS)).status_code == 200
    finally:
        for _, writer in strangers:
            writer.close()
        await asyncio.gather(*ended, return_exceptions=True)


async def test_a_sender_that_hangs_up_half_way_leaves_nothing_behind(door: Door) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
    head += 'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"update_id": 7'
    writer.write(head.encode())
    await writer.drain()
    writer.close()
    assert await reader.read() == b""
    assert (await door.post(json.dumps(UPDATE | {"update_id": 8}).encode())).status_code == 200
    assert await door.stored() == [8]


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"POST /telegram HTTP/1.1\r\n\r\n",
        b"POST /telegram HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
        b"POST /telegram HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    ],
    ids=lambda request: repr(request[:40]),
)
async def test_what_is_no_http_is_refused(door: Door, request_: bytes) -> None:
    assert (await door.raw(request_)).startswith(b"HTTP/1.1 400 ")
    assert (await door.post()).status_code == 200


async def test_headers_without_end_are_not_read_to_the_end(door: Door) -> None:
    head = b"POST /telegram HTTP/1.1\r\nhost: x\r\nx: " + b"y" * 4_000_000
    with contextlib.suppress(ConnectionError):  # closed while we were still sending
        assert (await door.raw(head)).startswith(b"HTTP/1.1 400 ")
    assert (await door.post()).status_code == 200


# Stored before it is acknowledged


class Slow:
    """A store that writes when it is let, and then perhaps fails."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.let = asyncio.Event()
        self.fails = False

    async def put(self, arrivals: Sequence[Arrival]) -> int:
        self.asked.set()
        await self.let.wait()
        if self.fails:
            raise StoreUnavailableError("the database is away")
        return len(arrivals)


async def test_nothing_is_acknowledged_before_it_is_stored(store: StoreInDatabase) -> None:
    slow, rung = Slow(), asyncio.Event()
    async with opened(store, Intake(slow, rung.set)) as door:  # type: ignore[arg-type]  # put alone is asked of it
        posting = asyncio.create_task(door.post())
        await slow.asked.wait()
        await asyncio.sleep(0.05)
        assert not posting.done()
        slow.let.set()
        assert (await posting).status_code == 200
        assert rung.is_set()


async def test_while_the_store_is_away_telegram_is_asked_to_come_again(store: StoreInDatabase) -> None:
    slow = Slow()
    slow.fails = True
    slow.let.set()
    async with opened(store, Intake(slow, lambda: None)) as door:  # type: ignore[arg-type]
        answer = await door.post()
        assert (answer.status_code, answer.headers["retry-after"]) == (503, str(webhook.RETRY_AFTER))
        slow.fails = False
        assert (await door.post()).status_code == 200


async def test_a_request_under_way_is_answered_at_the_stop(store: StoreInDatabase) -> None:
    slow = Slow()
    async with httpx.AsyncClient() as client:
        async with opened(store, Intake(slow, lambda: None)) as door:  # type: ignore[arg-type]
            address = f"http://127.0.0.1:{door.port}{PATH}"
            posting = asyncio.create_task(client.post(address, json=UPDATE, headers=HEADERS))
            await slow.asked.wait()
            asyncio.get_running_loop().call_later(0.3, slow.let.set)
        assert (await posting).status_code == 200
        with pytest.raises(httpx.ConnectError):
            await client.get(address)


async def test_answers_are_counted_by_status_alone(door: Door) -> None:
    before = {
        status: value("advisory_bot_webhook_requests_total", status=status) for status in ("200", "403")
    }
    await door.post()
    await door.post(**{SECRET_HEADER: "x"})
    await door.post()
    steps = {s: value("advisory_bot_webhook_requests_total", status=s) - n for s, n in before.items()}
    assert steps == {"200": 2, "403": 1}


def test_a_webhook_without_a_secret_is_a_mistake(store: StoreInDatabase) -> None:
    with pytest.raises(ValueError, match="without a secret"):
        webhook_routes(Intake(store, lambda: None), ())


# Where to listen


def test_an_address_that_is_taken_is_named() -> None:
    with bound(Address("127.0.0.1", 0)) as taken:
        address = Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(CannotListenError, match=f"can't listen at {address}: Address already in use"):
            bound(address)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_ours_is_named(host: str) -> None:
    with pytest.raises(CannotListenError, match=f"can't listen at {host}:0: "):
        bound(Address(host, 0))


async def test_without_a_host_every_address_is_listened_at(store: StoreInDatabase) -> None:
    sock = bound(Address("", 0))
    async with listening(sock, webhook_routes(Intake(store, lambda: None), (SECRET,))):
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"http://127.0.0.1:{sock.getsockname()[1]}{PATH}")
        assert answer.status_code == 403
