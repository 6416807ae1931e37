"""A Bot API server that costs next to nothing, in a process of its own: it hands out messages and counts answers.

    python benchmarks/light_api.py PORT

Every message comes from a chat of its own. Beside the Bot API it takes, each as JSON: `/load` with `texts`, `count` and
`latency` (seconds of every call) hands out so many messages; `/state` tells what became of them.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, Final

BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_AT_ONCE: Final = 100
_SENT: Final = {
    "message_id": 1,
    "date": 1_700_000_000,
    "chat": {"id": 1, "type": "private", "first_name": "Anna"},
    "from": BOT,
    "text": "something",
}


def _encoded(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


class Api:
    """The state: what waits, and what was answered."""

    def __init__(self) -> None:
        self.latency = 0.0
        self.updates: list[dict[str, Any]] = []
        self.number = 1000
        self.poller: Callable[[bytes], None] | None = None
        self.begun = self.ended = 0.0
        self.sent = self.confirmed = 0
        self._fixed = {
            b"getme": _encoded(BOT),
            b"sendmessage": _encoded(_SENT),
            b"getwebhookinfo": _encoded(
                {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            ),
        }
        self._true = _encoded(result=True)

    def call(self, name: bytes, body: bytes, answer: Callable[[bytes], None]) -> None:
        """Take a call; the answer comes when it is due."""
        method = name.lower()
        if method == b"getupdates":
            self._poll(body, answer)
            return
        if method == b"sendmessage":
            self.sent += 1
            self.ended = time.time()
        self._later(answer, self._fixed.get(method, self._true))

    def _later(self, answer: Callable[[bytes], None], what: bytes) -> None:
        if self.latency:
            asyncio.get_running_loop().call_later(self.latency, answer, what)
        else:
            answer(what)

    def _poll(self, body: bytes, answer: Callable[[bytes], None]) -> None:
        # As JSON or as a form, by one's own request or the library's.
        form = body.partition(b"offset")[2].lstrip(b'"=: ')
        digits = form[: next((i for i, c in enumerate(form) if not 48 <= c <= 57), len(form))]
        if digits:
            offset = int(digits)
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if self.updates:
            self._later(answer, _encoded(self.updates[:_AT_ONCE]))
        else:
            self.poller = answer

    def load(self, texts: list[str], count: int, latency: float) -> None:
        """Hand out so many messages."""
        self.latency, self.sent = latency, 0
        date = int(time.time())
        for i in range(count):
            self.number += 1
            person = {
                "id": 7_000_000_000 + self.number,
                "is_bot": False,
                "first_name": "Anna",
                "language_code": "en",
            }
            chat = {"id": person["id"], "type": "private", "first_name": "Anna"}
            message = {
                "message_id": 1,
                "date": date,
                "chat": chat,
                "from": person,
                "text": texts[i % len(texts)],
            }
            self.updates.append({"update_id": self.number, "message": message})
        self.begun = time.time()
        if self.poller is not None:
            answer, self.poller = self.poller, None
            self._later(answer, _encoded(self.updates[:_AT_ONCE]))

    def state(self) -> dict[str, float]:
        """How many answers came, over how many seconds, and this server's own processor time."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "sent": self.sent,
            "seconds": self.ended - self.begun,
            "waiting": len(self.updates),
            "processor": used.ru_utime + used.ru_stime,
        }


class Connection(asyncio.Protocol):
    """HTTP as far as bots speak it: heads with a length, bodies, connections that are kept."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.got = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Take whole requests out of what has come."""
        self.got += data
        while (end := self.got.find(b"\r\n\r\n")) >= 0:
            head = self.got[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].partition(b"\r\n")[0]) if at >= 0 else 0
            if len(self.got) < end + 4 + length:
                return
            body, self.got = self.got[end + 4 : end + 4 + length], self.got[end + 4 + length :]
            self._take(head.split(b" ", 2)[1], body)

    def _take(self, path: bytes, body: bytes) -> None:
        if path == b"/load":
            self.api.load(**json.loads(body))
            self._answer(_encoded(result=True))
        elif path == b"/state":
            self._answer(_encoded(self.api.state()))
        else:
            self.api.call(path.rpartition(b"/")[2].partition(b"?")[0], body, self._answer)

    def _answer(self, what: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(what)


async def serve(port: int) -> None:
    """Serve until killed."""
    api = Api()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(api), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
