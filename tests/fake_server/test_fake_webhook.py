"""The fake server posts to a webhook, runs in a thread, and serves a library."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from tests.fake_bot_api import FakeBotApi
from tests.fake_server.client import Client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Update
    from telegram.ext import Application, CallbackContext

    from tests.fake_bot_api import UserActor


class Receiver:
    """A bot's webhook, answering what the test says."""

    def __init__(self) -> None:
        self.requests: list[tuple[str | None, dict[str, Any]]] = []
        self.under_way = self.most_under_way = 0
        self.answer: Callable[[dict[str, Any]], Awaitable[web.Response]] = self.accept

    async def accept(self, _: dict[str, Any]) -> web.Response:
        return web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.requests.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await self.answer(update)
        finally:
            self.under_way -= 1

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.requests]


class TestWebhook:
    @pytest.fixture
    async def receiver(self) -> AsyncIterator[tuple[Receiver, str]]:
        receiver = Receiver()
        app = web.Application()
        app.router.add_post("/hook", receiver.handle)
        runner = web.AppRunner(app, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield receiver, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await runner.cleanup()

    async def test_delivery(
        self, api: FakeBotApi, bot: Client, anna: UserActor, receiver: tuple[Receiver, str]
    ) -> None:
        hook, url = receiver
        anna.sends("before")
        await bot.result("setWebhook", url=url, secret_token="s3cret-Token", max_connections=7)
        anna.sends("after")
        await api.wait_idle()
        assert [secret for secret, _ in hook.requests] == ["s3cret-Token"] * 2
        assert hook.texts == ["before", "after"]
        info = await bot.result("getWebhookInfo")
        assert (info["url"], info["max_connections"], info["pending_update_count"]) == (url, 7, 0)

    async def test_retries_keep_the_order_of_a_chat(
        self, api: FakeBotApi, bot: Client, anna: UserActor, receiver: tuple[Receiver, str]
    ) -> None:
        hook, url = receiver
        failures = iter([500, 503, 404])

        async def fail(_: dict[str, Any]) -> web.Response:
            return web.Response(status=next(failures, 200))

        hook.answer = fail
        await bot.result("setWebhook", url=url)
        anna.sends("one")
        anna.sends("two")
        await api.wait_idle()
        assert hook.texts == ["one"] * 4 + ["two"]
        info = await bot.result("getWebhookInfo")
        assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"

    async def test_connections_are_limited(
        self, api: FakeBotApi, bot: Client, receiver: tuple[Receiver, str]
    ) -> None:
        hook, url = receiver
        go_on = asyncio.Event()

        async def hold(_: dict[str, Any]) -> web.Response:
            await go_on.wait()
            return web.Response()

        hook.answer = hold
        await bot.result("setWebhook", url=url, max_connections=2)
        for number in range(4):
            api.user(f"User {number}").sends("Hi")
        await api.wait_for(lambda: hook.under_way == 2)
        go_on.set()
        await api.wait_idle()
        assert (len(hook.requests), hook.most_under_way) == (4, 2)

    @pytest.mark.parametrize("executed", [True, False])
    async def test_a_method_in_the_answer(
        self, api: FakeBotApi, bot: Client, anna: UserActor, receiver: tuple[Receiver, str], *, executed: bool
    ) -> None:
        hook, url = receiver

        async def reply(update: dict[str, Any]) -> web.Response:
            chat = update["message"]["chat"]["id"]
            return web.json_response({"method": "sendMessage", "chat_id": chat, "text": "Pong"})

        hook.answer = reply
        api.webhooks.execute_replies = executed
        await bot.result("setWebhook", url=url)
        anna.sends("Ping")
        await api.wait_idle()
        assert [message.text for message in api.sent(anna)] == (["Pong"] if executed else [])

    async def test_an_unreachable_webhook_keeps_the_updates(
        self, api: FakeBotApi, bot: Client, anna: UserActor, unused_tcp_port: int
    ) -> None:
        await bot.result("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/")
        anna.sends("Hi")
        await api.wait_for(lambda: api.world.webhook.last_error_message)
        assert (await bot.result("getWebhookInfo"))["pending_update_count"] == 1
        await bot.result("deleteWebhook")
        assert len(await bot.result("getUpdates")) == 1
        await bot.result("deleteWebhook", drop_pending_updates=True)
        assert await bot.result("getUpdates") == []

    @pytest.mark.parametrize(
        ("params", "error"),
        [
            ({"url": "nonsense"}, "invalid webhook URL specified"),
            ({"url": "http://a.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
            (
                {"url": "https://a.org:9999/"},
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
            ),
            ({"url": "https://a.org/", "secret_token": "a b"}, "secret token contains unallowed characters"),
            ({"url": "https://a.org/", "secret_token": "a" * 257}, "secret token is too long"),
        ],
    )
    async def test_webhooks_refused(self, bot: Client, params: dict[str, str], error: str) -> None:
        assert await bot.refusal("setWebhook", **params) == f"400 Bad Request: {error}"


def test_in_a_thread() -> None:
    with FakeBotApi.in_thread(username="other_bot") as api, httpx.Client(trust_env=False) as client:
        base = f"{api.url}/bot{api.token}"
        anna = api.user("Anna")
        question = anna.sends("Hi")
        updates = client.post(f"{base}/getUpdates", data={"timeout": "5"}).json()["result"]
        assert updates[0]["message"]["text"] == "Hi"
        client.post(f"{base}/sendMessage", json={"chat_id": anna.id, "text": "Hello"})
        assert api.block_sent(anna, "Hell", after=question).text == "Hello"
        with pytest.raises(TimeoutError):
            api.block_sent(anna, "Good bye", within=0.01)
        assert client.get(f"{base}/getMe").json()["result"]["username"] == "other_bot"
        api.assert_clean()


async def test_python_telegram_bot_polls_and_answers(api: FakeBotApi, anna: UserActor) -> None:
    yes = InlineKeyboardButton("Yes", callback_data="y")

    async def answer(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        del context
        assert update.effective_message is not None
        await update.effective_message.reply_html(
            f"You said <b>{update.effective_message.text}</b>",
            reply_markup=InlineKeyboardMarkup.from_button(yes),
        )

    async def pressed(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        del context
        assert update.callback_query is not None
        await update.callback_query.answer("Noted")
        await update.callback_query.edit_message_text("Good.")

    app: Application[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder()
        .token(api.token)
        .base_url(f"{api.url}/bot")
        .base_file_url(f"{api.url}/file/bot")
        .build()
    )
    app.add_handler(MessageHandler(filters.TEXT, answer))
    app.add_handler(CallbackQueryHandler(pressed))
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling(timeout=5)
        message = await api.wait_sent(anna, "You said Hi", after=anna.sends("Hi"))
        assert message.entity_texts("bold") == ["Hi"]
        press = anna.press(message, "Yes")
        await api.wait_sent(anna, "Good.")
        assert press.text == "Noted"
        await api.wait_idle()
        await app.updater.stop()
        await app.stop()
    assert {"getMe", "deleteWebhook", "getUpdates", "sendMessage"} <= {call.method for call in api.calls}
