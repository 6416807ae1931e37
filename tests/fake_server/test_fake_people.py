"""What people do on the fake server, trouble on order, and all of it in the form of the Bot API."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.fake_bot_api import FakeBotApi
from tests.fake_server.client import Client, sent

if TYPE_CHECKING:
    from tests.fake_bot_api import UserActor


class TestWhatPeopleDo:
    async def test_entities_are_found_and_counted_in_utf16(self, api: FakeBotApi, anna: UserActor) -> None:
        bob = api.user("Bob")
        text = "🙂 /ask@advisory_test_bot @anna_b Bob https://a.org/x?y. mail me@a.org #now, a.org"
        message = anna.sends(text, mentions={"Bob": bob})
        found = {entity["type"]: message.entity_texts(entity["type"]) for entity in message.entities}
        assert found == {
            "bot_command": ["/ask@advisory_test_bot"],
            "mention": ["@anna_b"],
            "text_mention": ["Bob"],
            "url": ["https://a.org/x?y", "a.org"],
            "email": ["me@a.org"],
            "hashtag": ["#now"],
        }
        assert message.entities[0]["offset"] == 3
        assert api.pending[0]["message"]["entities"][2]["user"]["id"] == bob.id

    async def test_what_people_send_besides_text(self, api: FakeBotApi, anna: UserActor) -> None:
        for kind in ("photo", "voice", "sticker", "location", "document", "contact", "dice", "video"):
            anna.sends(None if kind == "sticker" else "see", media=kind)
            assert kind in api.pending[-1]["message"]
        assert api.pending[0]["message"]["caption"] == "see"

    async def test_edits(self, api: FakeBotApi, anna: UserActor) -> None:
        message = anna.edits(anna.sends("one"), "/two")
        update = api.pending[1]["edited_message"]
        assert (update["text"], update["entities"][0]["type"], "edit_date" in update) == (
            "/two",
            "bot_command",
            True,
        )
        assert message.earlier == ["one"]

    async def test_privacy_mode(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        group = api.supergroup("Group", anna)
        mine = await sent(api, bot, group)
        for text in (
            "chat",
            "@advisory_test_bot hello",
            "/ask@other_bot",
            "see /ask",
            "/ask",
            "/ask@Advisory_Test_Bot x",
        ):
            anna.sends(text, chat=group)
        anna.sends("an answer", chat=group, reply_to=mine)
        group.joined_by(api.user("Bob"))
        seen = [update["message"].get("text", "service") for update in api.pending]
        assert seen == ["/ask", "/ask@Advisory_Test_Bot x", "an answer", "service"]
        group.set_bot("administrator")
        anna.sends("chat", chat=group)
        assert api.pending[-1]["message"]["text"] == "chat"

    async def test_without_privacy_mode(self) -> None:
        async with FakeBotApi(privacy=False) as api:
            anna = api.user("Anna")
            group = api.group("Group", anna)
            anna.sends("chat", chat=group)
            group.set_bot("left")
            anna.sends("unseen", chat=group)
            assert [list(update)[1] for update in api.pending] == ["message", "my_chat_member"]
            api.assert_clean()

    async def test_those_who_hide_behind_chats(self, api: FakeBotApi) -> None:
        group, channel = api.supergroup("Group"), api.channel("News")
        group.anonymous_admin_sends("/ask")
        group.channel_sends(channel, "/ask")
        post = channel.posts("News!")
        api.edits(post, "Newer!")
        admin, in_group, posted, edited = (next(reversed(update.values())) for update in api.pending)
        assert (admin["from"]["id"], admin["sender_chat"]["id"]) == (1087968824, group.id)
        assert (in_group["from"]["username"], in_group["sender_chat"]["id"]) == ("Channel_Bot", channel.id)
        assert (posted["sender_chat"]["id"], "from" in posted) == (channel.id, False)
        assert edited["text"] == "Newer!"

    async def test_the_bot_is_added(self, api: FakeBotApi, anna: UserActor) -> None:
        api.group("Group", anna, bot="left").set_bot("member", by=anna)
        added, service = api.pending
        change = added["my_chat_member"]
        assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
            "left",
            "member",
        )
        assert change["from"]["id"] == anna.id
        assert service["message"]["new_chat_members"][0]["username"] == "advisory_test_bot"


class TestTrouble:
    async def test_a_chat_takes_a_burst_then_one_a_second(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        api.limits.enabled = True
        for _ in range(3):
            await sent(api, bot, anna)
        url = f"{bot.base}/sendMessage"
        async with bot.session.post(url, data={"chat_id": anna.id, "text": "x"}) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
            assert await answer.json() == {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            }
        assert await bot.result("sendChatAction", chat_id=anna.id, action="typing")
        api.advance(1)
        await sent(api, bot, anna)

    async def test_a_group_takes_twenty_a_minute(self, api: FakeBotApi, bot: Client) -> None:
        group = api.supergroup("Group")
        api.limits.enabled = True
        for _ in range(20):
            await sent(api, bot, group)
            api.advance(1)
        refusal = await bot.refusal("sendMessage", chat_id=group.id, text="x")
        assert refusal.startswith("429 Too Many Requests: retry after ")
        assert 30 < int(refusal.rpartition(" ")[2]) <= 40
        api.advance(40)
        await sent(api, bot, group)

    async def test_thirty_a_second_in_all(self, api: FakeBotApi, bot: Client) -> None:
        api.limits.enabled = True
        api.limits.overall_per_second = 5
        people = [api.user(f"User {number}", started=True) for number in range(6)]
        answers = [await bot("sendMessage", chat_id=user.id, text="x") for user in people]
        assert [answer["ok"] for answer in answers] == [True] * 5 + [False]

    async def test_planned_errors(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        api.fail("sendMessage", 429, "Too Many Requests: retry after 7", parameters={"retry_after": 7})
        api.fail(status=502, body="<html>Bad Gateway</html>")
        assert (await bot("sendMessage", chat_id=anna.id, text="x"))["parameters"] == {"retry_after": 7}
        async with bot.session.get(f"{bot.base}/getMe") as answer:
            assert (answer.status, await answer.text()) == (502, "<html>Bad Gateway</html>")
        api.fail("sendMessage", times=2, after=True)
        for _ in range(2):
            assert await bot.refusal("sendMessage", chat_id=anna.id, text="x") == "500 Internal Server Error"
        await sent(api, bot, anna)
        assert len(api.sent(anna)) == 3
        assert [call.status for call in api.calls_of("sendMessage")] == [429, 500, 500, 200]

    async def test_dropped_connections(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        api.drop("sendMessage")
        api.drop("sendMessage", after=True)
        for done in (0, 1):
            with pytest.raises(aiohttp.ClientError):
                await bot("sendMessage", chat_id=anna.id, text="x")
            assert len(api.sent(anna)) == done
        assert [call.status for call in api.calls] == [None, None]

    async def test_delays(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        api.delay(30, "sendMessage", after=True)
        slow = asyncio.create_task(bot("sendMessage", chat_id=anna.id, text="x"))
        await api.wait_sent(anna, "x")
        assert not slow.done()
        slow.cancel()
        api.set_latency(0.001)
        assert await bot.result("getMe")
        api.clear_faults()

    async def test_a_lost_answer_to_get_updates_loses_no_update(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        anna.sends("Hi")
        api.drop("getUpdates", after=True)
        with pytest.raises(aiohttp.ClientError):
            await bot("getUpdates")
        assert len(await bot.result("getUpdates")) == 1

    async def test_waiting_in_vain_tells_the_last_calls(self, api: FakeBotApi, bot: Client) -> None:
        await bot.result("getMe")
        with pytest.raises(TimeoutError, match="getMe"):
            await api.wait_for(lambda: False, within=0.01)


class TestSchema:
    @pytest.mark.parametrize(
        ("method", "params", "violation"),
        [
            ("getMe", {"verbose": 1}, "getMe: unknown parameter 'verbose'"),
            ("setMyName", {"name": "x", "from_user": 1}, "setMyName: unknown parameter 'from_user'"),
            ("getUpdates", {"limit": "many"}, "getUpdates: limit: Input should be a valid integer"),
            ("getChat", {}, "getChat: chat_id"),
            (
                "setMyCommands",
                {"commands": [{"command": "a", "description": "b", "icon": "c"}]},
                "setMyCommands.commands[0]: unknown field 'icon'",
            ),
        ],
    )
    async def test_faulty_parameters_are_violations(
        self, api: FakeBotApi, bot: Client, method: str, params: dict[str, Any], violation: str
    ) -> None:
        await bot(method, **params)
        assert any(found.startswith(violation) for found in api.violations), api.violations
        with pytest.raises(AssertionError, match=method):
            api.assert_clean()
        api.violations.clear()

    async def test_faulty_fields_inside_json_are_violations(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        button = {"text": "x", "callback_data": "y", "colour": "red"}
        await sent(api, bot, anna, reply_markup={"inline_keyboard": [[button]]})
        where = "sendMessage.reply_markup.inline_keyboard[0][0]: unknown field 'colour'"
        assert where in api.violations
        api.violations.clear()

    async def test_updates_are_checked(self, api: FakeBotApi, anna: UserActor) -> None:
        anna.sends("x", sticker="none", wrong=1)
        assert any("message.sticker" in found for found in api.violations)
        api.violations.clear()
