"""The fake server takes calls as Telegram does, and hands out updates."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.fake_bot_api import FakeBotApi
from tests.fake_server.client import KEYBOARD, Client

if TYPE_CHECKING:
    from tests.fake_bot_api import UserActor


class TestHttp:
    async def test_a_wrong_token_is_unauthorized(self, api: FakeBotApi, bot: Client) -> None:
        async with bot.session.get(f"{api.url}/bot1:wrong/getMe") as answer:
            assert answer.status == 401
            assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}

    async def test_an_unknown_path_is_not_found(self, api: FakeBotApi, bot: Client) -> None:
        async with bot.session.get(f"{api.url}/elsewhere") as answer:
            assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}

    async def test_a_method_the_api_lacks_is_not_found_and_a_violation(
        self, api: FakeBotApi, bot: Client
    ) -> None:
        assert await bot.refusal("sendNothing") == "404 Not Found: method not found"
        assert api.violations == ["sendNothing: the Bot API has no such method"]
        api.violations.clear()

    async def test_a_method_not_imitated_is_not_found_and_a_violation(
        self, api: FakeBotApi, bot: Client
    ) -> None:
        assert (await bot.refusal("sendDice", chat_id=1)).startswith("404 Not Found")
        assert api.violations == ["sendDice: the Bot API has this method, but it is not imitated here"]
        api.violations.clear()

    @pytest.mark.parametrize("form", ["query", "urlencoded", "multipart", "json"])
    async def test_parameters_come_in_every_form(
        self, api: FakeBotApi, bot: Client, anna: UserActor, form: str
    ) -> None:
        plain = {"chat_id": str(anna.id), "text": "Grüße 🙂 & more", "reply_markup": json.dumps(KEYBOARD)}
        multipart = aiohttp.MultipartWriter("form-data")
        for name, value in plain.items():
            multipart.append(value).set_content_disposition("form-data", name=name)
        bodies: dict[str, dict[str, Any]] = {
            "query": {"params": plain},
            "urlencoded": {"data": plain},
            "multipart": {"data": multipart},
            "json": {"json": plain | {"chat_id": anna.id, "reply_markup": KEYBOARD}},
        }
        verb = "GET" if form == "query" else "POST"
        async with bot.session.request(verb, f"{bot.base}/SENDmessage", **bodies[form]) as answer:
            result = (await answer.json())["result"]
        assert (result["text"], result["reply_markup"]) == ("Grüße 🙂 & more", KEYBOARD)
        assert result["from"]["username"] == "advisory_test_bot"
        assert [call.method for call in api.calls] == ["sendMessage"]
        assert api.calls[0].params["reply_markup"] == KEYBOARD
        assert api.calls[0].ok

    async def test_a_json_body_that_is_none_is_refused(self, bot: Client) -> None:
        for body in ("{", "[]"):
            async with bot.session.post(
                f"{bot.base}/getMe", data=body, headers={"Content-Type": "application/json"}
            ) as answer:
                assert answer.status == 400

    async def test_get_me(self, bot: Client) -> None:
        me = await bot.result("getMe")
        assert (me["id"], me["is_bot"], me["can_read_all_group_messages"]) == (123456789, True, False)

    async def test_after_log_out_nothing_is_answered(self, bot: Client) -> None:
        assert await bot.result("close")
        assert await bot.result("logOut")
        assert await bot.refusal("getMe") == "400 Bad Request: logged out"


class TestPolling:
    async def test_a_waiting_poll_wakes_up(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        poll = asyncio.create_task(bot.result("getUpdates", timeout=30))
        await api.wait_for(lambda: api.world.poll.waiting)
        message = anna.sends("Hi")
        async with asyncio.timeout(2):
            updates = await poll
        assert [update["message"]["message_id"] for update in updates] == [message.id]

    async def test_a_poll_ends_when_time_is_up(self, api: FakeBotApi) -> None:
        assert await api.world.poll.get(0, 100, 0.01) == []

    async def test_updates_stay_until_confirmed(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        for number in range(4):
            anna.sends(f"Message {number}")
        first = await bot.result("getUpdates", limit=2)
        assert await bot.result("getUpdates", limit=2) == first
        identifiers = [update["update_id"] for update in first]
        assert identifiers[1] == identifiers[0] + 1
        rest = await bot.result("getUpdates", offset=identifiers[1] + 1)
        assert [update["message"]["text"] for update in rest] == ["Message 2", "Message 3"]
        # An offset from the future is not believed.
        assert await bot.result("getUpdates", offset=identifiers[1] + 1000) == rest
        assert await bot.result("getUpdates", offset=-1) == rest[1:]
        assert api.pending == rest[1:]
        assert await bot.result("getUpdates", offset=rest[1]["update_id"] + 1) == []

    async def test_a_second_poller_ends_the_first(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        first = asyncio.create_task(bot.refusal("getUpdates", timeout=30))
        await api.wait_for(lambda: api.world.poll.waiting)
        second = asyncio.create_task(bot.result("getUpdates", timeout=30))
        assert (
            await first == "409 Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        anna.sends("Hi")
        assert len(await second) == 1

    async def test_a_webhook_and_polling_exclude_each_other(self, api: FakeBotApi, bot: Client) -> None:
        poll = asyncio.create_task(bot.refusal("getUpdates", timeout=30))
        await api.wait_for(lambda: api.world.poll.waiting)
        await bot.result("setWebhook", url="https://bot.example.org/hook")
        assert await poll == "409 Conflict: terminated by setWebhook request"
        assert (await bot.refusal("getUpdates")).startswith(
            "409 Conflict: can't use getUpdates method while webhook"
        )
        await bot.result("deleteWebhook")
        assert await bot.result("getUpdates") == []

    async def test_allowed_updates_are_remembered(self, bot: Client, anna: UserActor) -> None:
        await bot.result("getUpdates", allowed_updates=["inline_query"])
        anna.sends("lost")
        anna.asks_inline("found")
        assert [list(update)[1] for update in await bot.result("getUpdates")] == ["inline_query"]
        await bot.result("getUpdates", offset=-1, allowed_updates=[])
        anna.sends("found, too")
        assert [list(update)[1] for update in await bot.result("getUpdates")] == ["inline_query", "message"]

    async def test_odd_and_repeated_updates(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        anna.sends("Hi")
        first = (await bot.result("getUpdates"))[0]
        api.inject({"message": "no message at all"})
        api.inject({"nothing": 1}, number=False)
        updates = await bot.result("getUpdates", offset=first["update_id"] + 1)
        assert updates == [{"update_id": first["update_id"] + 1, "message": "no message at all"}]
        api.repeat(first)
        assert await bot.result("getUpdates", offset=first["update_id"] + 2) == [first]
        assert await bot.result("getUpdates", offset=first["update_id"] + 2) == []
