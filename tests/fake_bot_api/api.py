"""The fake server as tests use it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .cast import Cast
from .people import User
from .server import HttpServer
from .trouble import Trouble
from .world import HasId, World, id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .calls import Call
    from .errors import Json
    from .messages import Message
    from .webhook import WebhookSender

T = TypeVar("T")

TOKEN = "123456789:AAFakeTokenForTests_0123456789abcdefg"
WAIT = 60.0


class FakeBotApi(Cast, Trouble):
    """A Telegram Bot API server for one bot, with the people and groups around it.

    Use it as ``async with FakeBotApi() as api`` in a test's own event loop, or as
    ``with FakeBotApi.in_thread() as api`` for a bot that runs in a process of its own or in the test's thread.
    Everything but the `wait_` coroutines may be called from any thread.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "advisory_test_bot",
        first_name: str = "Advisory",
        privacy: bool = True,
        inline: bool = False,
        guest: bool = False,
        check_schema: bool = True,
    ) -> None:
        self.token = token
        bot = User(int(token.partition(":")[0]), first_name, username=username, is_bot=True)
        world = World(bot, privacy=privacy, inline=inline, guest=guest, check_schema=check_schema)
        Cast.__init__(self, world)
        Trouble.__init__(self, world)
        self._server = HttpServer(world, token)

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.stop()

    @classmethod
    @contextlib.contextmanager
    def in_thread(cls, **options: Any) -> Iterator[Self]:  # noqa: ANN401 - the options of the class
        """Run the server in a thread with an event loop of its own."""
        api = cls(**options)
        running, stop = threading.Event(), asyncio.Event()
        loop = asyncio.new_event_loop()

        async def serve() -> None:
            async with api:
                running.set()
                await stop.wait()

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(serve())

        thread = threading.Thread(target=run, name="fake-bot-api", daemon=True)
        thread.start()
        if not running.wait(WAIT):
            raise RuntimeError("the server did not start")
        try:
            yield api
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(WAIT)

    @property
    def url(self) -> str:
        """The server's address: append /bot for a client's base URL, /file/bot for its file URL."""
        return self._server.url

    def inject(self, update: Json, *, number: bool = True) -> Json:
        """Queue an update as it is, however malformed; without an identifier it gets one, unless `number` is off."""
        with self.world.changes.lock:
            queued = self.world.updates.add_raw(update, "injected", number=number)
            self.world.changes.notify()
            return queued

    def repeat(self, update: Json) -> None:
        """Deliver an update once more under its old identifier, though it may be confirmed."""
        with self.world.changes.lock:
            self.world.updates.repeat(update)
            self.world.changes.notify()

    @property
    def pending(self) -> list[Json]:
        """The updates that wait: not confirmed by an offset, not taken by the webhook."""
        with self.world.changes.lock:
            return [queued.update for queued in self.world.updates.queued]

    @property
    def calls(self) -> list[Call]:
        """Every call in order, getUpdates too."""
        return self._server.executor.calls

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in list(self.calls) if call.method == method]

    def sent(self, chat: int | HasId) -> list[Message]:
        """What the bot has sent to a chat (to a user: the private chat) and is still there, as it is now."""
        with self.world.changes.lock:
            found = self.world.chats.get(id_of(chat))
            return list(self.world.bot_messages(found)) if found is not None else []

    @property
    def violations(self) -> list[str]:
        """What is wrong by the schema, and what the server passed over in silence; a good bot leaves it empty."""
        return self.world.violations

    def assert_clean(self) -> None:
        """Fail the test if there are violations."""
        if self.violations:
            raise AssertionError("\n".join(["the bot and the Bot API disagree:", *self.violations]))

    @property
    def webhooks(self) -> WebhookSender:
        """Delivery to the webhook: how fast it retries, whether replies in its answers are executed."""
        return self._server.webhooks

    def _give_up(self, within: float) -> TimeoutError:
        last = [f"{call.method} {call.params!r} -> {call.response!r}" for call in self.calls[-5:]]
        return TimeoutError(f"nothing of the kind within {within} s; the last calls: {last}")

    async def wait_for(self, predicate: Callable[[], T], within: float = WAIT) -> T:
        """Wait until a predicate is true, and answer its value."""
        if value := await self.world.changes.until(predicate, within):
            return value
        raise self._give_up(within)

    def block_for(self, predicate: Callable[[], T], within: float = WAIT) -> T:
        """As `wait_for`, for a test without an event loop."""
        if value := self.world.changes.until_blocking(predicate, within):
            return value
        raise self._give_up(within)

    def _next_sent(self, chat: int | HasId, text: str, after: Message | None) -> Message | None:
        for message in self.sent(chat):
            if text in message.content and (after is None or message.touched > after.touched):
                return message
        return None

    async def wait_sent(
        self, chat: int | HasId, text: str = "", *, after: Message | None = None, within: float = WAIT
    ) -> Message:
        """Wait for a message of the bot with this text in it, sent or edited after another message."""
        found = await self.wait_for(lambda: self._next_sent(chat, text, after), within)
        return found or self.sent(chat)[-1]

    def block_sent(
        self, chat: int | HasId, text: str = "", *, after: Message | None = None, within: float = WAIT
    ) -> Message:
        """As `wait_sent`, for a test without an event loop."""
        found = self.block_for(lambda: self._next_sent(chat, text, after), within)
        return found or self.sent(chat)[-1]

    async def wait_idle(self, within: float = WAIT) -> None:
        """Wait until every update is confirmed and the bot polls again (or the webhook took all)."""
        await self.wait_for(self._idle, within)

    def block_idle(self, within: float = WAIT) -> None:
        """As `wait_idle`, for a test without an event loop."""
        self.block_for(self._idle, within)

    def _idle(self) -> bool:
        return not self.world.updates.queued and (bool(self.world.webhook.url) or self.world.poll.waiting)
