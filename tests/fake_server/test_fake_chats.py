"""Who may do what in which chat of the fake server, queries, and what a bot tells of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.fake_server.client import KEYBOARD, Client, sent

if TYPE_CHECKING:
    from tests.fake_bot_api import HasId, UserActor


OLD_QUERY = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class TestAccess:
    async def try_to_send(self, bot: Client, chat: HasId | int | str, **params: object) -> str:
        return await bot.refusal(
            "sendMessage", chat_id=chat if isinstance(chat, int | str) else chat.id, text="x", **params
        )

    async def test_private_chats(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        assert await self.try_to_send(bot, 4711) == "400 Bad Request: chat not found"
        assert await self.try_to_send(bot, "") == "400 Bad Request: chat_id is empty"
        stranger = api.user("Bob")
        assert await self.try_to_send(bot, stranger) == "400 Bad Request: chat not found"
        api.group("Group", anna, stranger)
        no_start = "403 Forbidden: bot can't initiate conversation with a user"
        assert await self.try_to_send(bot, stranger) == no_start
        stranger.starts()
        assert await bot.result("sendMessage", chat_id=stranger.id, text="x")
        anna.blocks_bot()
        assert await self.try_to_send(bot, anna) == "403 Forbidden: bot was blocked by the user"
        assert [update["my_chat_member"]["new_chat_member"]["status"] for update in api.pending[1:]] == [
            "kicked"
        ]
        with pytest.raises(ValueError, match="blocked"):
            anna.sends("Hi")
        anna.unblocks_bot()
        anna.deactivates()
        assert await self.try_to_send(bot, anna) == "403 Forbidden: user is deactivated"

    async def test_groups(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        group, supergroup = api.group("Basic", anna), api.supergroup("Super", anna, username="super_group")
        for chat in (group, supergroup):
            chat.set_bot("left")
            kind = chat.chat.type
            not_member = f"403 Forbidden: bot is not a member of the {kind} chat"
            assert await self.try_to_send(bot, chat) == not_member
            chat.set_bot("kicked")
            assert await self.try_to_send(bot, chat) == f"403 Forbidden: bot was kicked from the {kind} chat"
        supergroup.set_bot("restricted", can_send_messages=False)
        silenced = "400 Bad Request: not enough rights to send text messages to the chat"
        assert await self.try_to_send(bot, "@Super_Group") == silenced
        supergroup.set_bot("member")
        assert await bot.result("sendMessage", chat_id="@super_group", text="x")
        supergroup.forbid("can_send_messages", "can_send_photos")
        assert await self.try_to_send(bot, supergroup) == silenced
        photo = await bot.refusal("sendPhoto", chat_id=supergroup.id, photo="https://example.org/a.png")
        assert photo == "400 Bad Request: not enough rights to send photos to the chat"
        supergroup.set_bot("administrator")
        assert await bot.result("sendMessage", chat_id=supergroup.id, text="x")

    async def test_channels(self, api: FakeBotApi, bot: Client) -> None:
        channel = api.channel("News")
        result = await bot.result("sendMessage", chat_id=channel.id, text="x")
        assert (result["sender_chat"]["id"], "from" in result) == (channel.id, False)
        channel.set_bot("administrator", can_post_messages=False)
        refused = "400 Bad Request: need administrator rights in the channel chat"
        assert await self.try_to_send(bot, channel) == refused

    async def test_migration(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        group = api.group("Group", anna)
        new = group.migrates()
        body = await bot("sendMessage", chat_id=group.id, text="x")
        assert body == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        }
        assert await bot.result("sendMessage", chat_id=new.id, text="x")
        told = [update["message"] for update in api.pending]
        assert (told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]) == (new.id, group.id)

    async def test_topics(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        forum = api.supergroup("Forum", anna, forum=True)
        topic = forum.topic("Questions")
        result = await bot.result("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic.id)
        assert (result["message_thread_id"], result["is_topic_message"]) == (topic.id, True)
        assert result["reply_to_message"]["forum_topic_created"]["name"] == "Questions"
        missing = "400 Bad Request: message thread not found"
        for number in (4711, 1):
            assert await self.try_to_send(bot, forum, message_thread_id=number) == missing
        assert await self.try_to_send(bot, anna, message_thread_id=topic.id) == missing
        question = anna.sends("/ask in topic", chat=forum, thread=topic)
        answer = await sent(api, bot, forum, reply_parameters={"message_id": question.id})
        assert (answer.thread_id, answer.in_topic) == (topic.id, True)
        forum.close_topic(topic)
        closed = "400 Bad Request: TOPIC_CLOSED"
        assert await self.try_to_send(bot, forum, message_thread_id=topic.id) == closed
        forum.delete_topic(topic)
        assert await self.try_to_send(bot, forum, message_thread_id=topic.id) == missing
        with pytest.raises(LookupError):
            anna.sends("x", chat=forum, thread=topic)

    async def test_a_chain_of_replies_without_topics(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        group = api.supergroup("Group", anna)
        question = anna.sends("/ask", chat=group)
        answer = await bot.result(
            "sendMessage", chat_id=group.id, text="x", reply_parameters={"message_id": question.id}
        )
        assert answer["message_thread_id"] == question.id
        assert "is_topic_message" not in answer

    async def test_what_a_bot_learns_of_chats(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        group = api.supergroup("Group", anna, api.user("Bob"), username="the_group")
        bob = list(group.chat.members)[1]
        assert (await bot.result("getChat", chat_id=group.id))["permissions"]["can_send_messages"]
        assert (await bot.result("getChat", chat_id=anna.id))["first_name"] == "Anna"
        status = [
            (await bot.result("getChatMember", chat_id=group.id, user_id=user))["status"]
            for user in (anna.id, bob, 123456789, api.user("Carl").id)
        ]
        assert status == ["creator", "member", "member", "left"]
        assert await bot.result("getChatMemberCount", chat_id=group.id) == 3
        admins = await bot.result("getChatAdministrators", chat_id=group.id)
        assert [admin["user"]["first_name"] for admin in admins] == ["Anna"]
        group.set_bot("administrator")
        assert len(await bot.result("getChatAdministrators", chat_id=group.id)) == 2
        assert (await bot.refusal("getChatAdministrators", chat_id=anna.id)).startswith("400")
        assert await bot.result("leaveChat", chat_id=group.id)
        assert (await self.try_to_send(bot, group)).startswith("403 Forbidden: bot is not a member")
        assert api.pending[-1]["my_chat_member"]["new_chat_member"]["status"] == "left"


class TestQueries:
    async def test_a_press_is_answered_once_and_in_time(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        message = await sent(api, bot, anna, reply_markup=KEYBOARD)
        press = anna.press(message, "Yes")
        query = (await bot.result("getUpdates"))[0]["callback_query"]
        assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("y", "Hello", anna.id)
        assert await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
        assert press.text == "Noted"
        assert await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]) == f"400 {OLD_QUERY}"
        late = anna.press(message, "No")
        api.advance(60)
        assert await bot.refusal("answerCallbackQuery", callback_query_id=late.id) == f"400 {OLD_QUERY}"
        assert late.answer is None
        assert await bot.refusal("answerCallbackQuery", callback_query_id="1") == f"400 {OLD_QUERY}"

    async def test_odd_presses(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        message = await sent(api, bot, anna, reply_markup=KEYBOARD)
        with pytest.raises(LookupError, match="Maybe"):
            anna.press(message, "Maybe")
        anna.press(message, data="made up")
        await bot.result("deleteMessage", chat_id=anna.id, message_id=message.id)
        anna.press(message, "Yes")
        made_up, gone = (update["callback_query"] for update in await bot.result("getUpdates"))
        assert made_up["data"] == "made up"
        assert gone["message"] == {"chat": gone["message"]["chat"], "message_id": message.id, "date": 0}

    async def test_inline_queries(self, bot: Client, anna: UserActor) -> None:
        ask = anna.asks_inline("diabetes")
        query = (await bot.result("getUpdates"))[0]["inline_query"]
        article = {
            "type": "article",
            "id": "1",
            "title": "T",
            "input_message_content": {"message_text": "<b>x</b>", "parse_mode": "HTML"},
        }
        twice = await bot.refusal(
            "answerInlineQuery", inline_query_id=query["id"], results=[article, article]
        )
        assert twice == "400 Bad Request: RESULT_ID_DUPLICATE"
        assert await bot.result("answerInlineQuery", inline_query_id=query["id"], results=[article])
        assert ask.answer is not None
        assert ask.answer["results"] == [article]
        again = await bot.refusal("answerInlineQuery", inline_query_id=query["id"], results=[])
        assert again == f"400 {OLD_QUERY}"


class TestProfile:
    async def test_commands_by_scope_and_language(self, bot: Client, anna: UserActor) -> None:
        start, ask = ({"command": name, "description": name.title()} for name in ("start", "ask"))
        own = {"type": "chat", "chat_id": anna.id}
        await bot.result("setMyCommands", commands=[start])
        await bot.result("setMyCommands", commands=[ask], language_code="de")
        await bot.result("setMyCommands", commands=[start, ask], scope=own)
        assert await bot.result("getMyCommands") == [start]
        assert await bot.result("getMyCommands", language_code="de") == [ask]
        assert await bot.result("getMyCommands", scope=own) == [start, ask]
        assert await bot.result("getMyCommands", scope=own, language_code="de") == []
        await bot.result("deleteMyCommands")
        assert await bot.result("getMyCommands") == []

    @pytest.mark.parametrize(
        ("command", "description", "error"),
        [
            ("Start", "x", "BOT_COMMAND_INVALID"),
            ("a-b", "x", "BOT_COMMAND_INVALID"),
            ("", "x", "command must be non-empty"),
            ("a" * 33, "x", "command length must not exceed 32"),
            ("start", " ", "command description must be non-empty"),
            ("start", "x" * 257, "command description length must not exceed 256"),
        ],
    )
    async def test_commands_refused(self, bot: Client, command: str, description: str, error: str) -> None:
        commands = [{"command": command, "description": description}]
        assert await bot.refusal("setMyCommands", commands=commands) == f"400 Bad Request: {error}"

    async def test_a_hundred_commands_at_most(self, bot: Client) -> None:
        commands = [{"command": f"c{number}", "description": "x"} for number in range(101)]
        assert (
            await bot.refusal("setMyCommands", commands=commands) == "400 Bad Request: BOT_COMMANDS_TOO_MUCH"
        )
        assert await bot.result("setMyCommands", commands=commands[:100])
        wrong = await bot.refusal("setMyCommands", commands=[], language_code="german")
        assert wrong == "400 Bad Request: invalid language code specified"

    @pytest.mark.parametrize(
        ("method", "name", "limit"),
        [
            ("MyDescription", "description", 512),
            ("MyShortDescription", "short_description", 120),
            ("MyName", "name", 64),
        ],
    )
    async def test_texts(self, bot: Client, method: str, name: str, limit: int) -> None:
        assert await bot.result(f"set{method}", **{name: "x" * limit}, language_code="de")
        assert await bot.result(f"get{method}", language_code="de") == {name: "x" * limit}
        assert await bot.result(f"get{method}") == {name: "Advisory" if name == "name" else ""}
        assert (await bot.refusal(f"set{method}", **{name: "x" * (limit + 1)})).startswith("400 Bad Request")

    async def test_menu_button(self, bot: Client, anna: UserActor) -> None:
        assert await bot.result("getChatMenuButton") == {"type": "default"}
        await bot.result("setChatMenuButton", menu_button={"type": "commands"})
        assert await bot.result("getChatMenuButton", chat_id=anna.id) == {"type": "commands"}
        await bot.result("setChatMenuButton", chat_id=anna.id, menu_button={"type": "default"})
        assert await bot.result("getChatMenuButton", chat_id=anna.id) == {"type": "default"}
