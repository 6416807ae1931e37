"""A bot in a few lines, which calls the fake Bot API server by raw HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.fake_bot_api import FakeBotApi, Message

if TYPE_CHECKING:
    from tests.fake_bot_api import HasId

KEYBOARD = {
    "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]
}


class Client:
    """Calls the server as a bot would, without any library for bots."""

    def __init__(self, session: aiohttp.ClientSession, api: FakeBotApi) -> None:
        self.session = session
        self.base = f"{api.url}/bot{api.token}"

    async def __call__(self, method: str, **params: object) -> dict[str, Any]:
        """Call with a form, JSON where a parameter is no plain value; answers the envelope."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
        async with self.session.post(f"{self.base}/{method}", data=form) as answer:
            body: dict[str, Any] = await answer.json()
        assert answer.status == (200 if body["ok"] else body["error_code"])
        return body

    async def result(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any JSON
        """The result of a call that must be granted."""
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: object) -> str:
        """What is said of a call that must be refused."""
        body = await self(method, **params)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **params: str) -> dict[str, Any]:
        """Call with a multipart form."""
        form = aiohttp.FormData(params)
        for name, (filename, content) in files.items():
            form.add_field(name, content, filename=filename, content_type="application/octet-stream")
        async with self.session.post(f"{self.base}/{method}", data=form) as answer:
            body: dict[str, Any] = await answer.json()
        return body


async def sent(api: FakeBotApi, bot: Client, chat: HasId, text: str = "Hello", **params: object) -> Message:
    await bot.result("sendMessage", chat_id=chat.id, text=text, **params)
    return api.sent(chat)[-1]
