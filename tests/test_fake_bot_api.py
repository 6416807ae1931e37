"""Tests of the fake Bot API server itself, by raw HTTP calls and once by python-telegram-bot."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from tests.fake_bot_api import FakeBotApi, Message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Update
    from telegram.ext import Application, CallbackContext

    from tests.fake_bot_api import HasId, UserActor

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (40).to_bytes(4) + (30).to_bytes(4)
KEYBOARD = {
    "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]
}
OLD_QUERY = "Bad Request: query is too old and response timeout expired or query ID is invalid"


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


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi(inline=True) as running:
        yield running
        running.assert_clean()


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, api)


@pytest.fixture
def anna(api: FakeBotApi) -> UserActor:
    return api.user("Anna", username="anna_b", started=True)


async def sent(api: FakeBotApi, bot: Client, chat: HasId, text: str = "Hello", **params: object) -> Message:
    await bot.result("sendMessage", chat_id=chat.id, text=text, **params)
    return api.sent(chat)[-1]


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


class TestText:
    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("", "400 Bad Request: message text is empty"),
            (" \n ", "400 Bad Request: text must be non-empty"),
            ("x" * 4097, "400 Bad Request: message is too long"),
            # Characters beyond the first 65 536 count twice.
            ("🙂" * 2048 + "x", "400 Bad Request: message is too long"),
        ],
    )
    async def test_texts_refused(self, bot: Client, anna: UserActor, text: str, refusal: str) -> None:
        assert await bot.refusal("sendMessage", chat_id=anna.id, text=text) == refusal

    async def test_length_is_counted_after_parsing(self, bot: Client, anna: UserActor) -> None:
        text = "<b>" + "🙂" * 2047 + "</b>&lt;&gt;"
        assert await bot.result("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")

    async def test_html_becomes_plain_text_with_entities(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        html = (
            '🙂 <b>bold <i>both</i></b> <a href="https://Example.org?a=1&amp;b=2">link</a> &lt;x&gt; '
            '<span class="tg-spoiler">s</span> <pre><code class="language-python">a&amp;b</code></pre>'
            f'<blockquote expandable>q</blockquote> <a href="tg://user?id={anna.id}">you</a>'
        )
        message = await sent(api, bot, anna, html, parse_mode="HTML")
        assert message.text == "🙂 bold both link <x> s a&bq you"
        assert message.html == html
        assert [(entity["type"], entity["offset"], entity["length"]) for entity in message.entities] == [
            ("bold", 3, 9),
            ("italic", 8, 4),
            ("text_link", 13, 4),
            ("spoiler", 22, 1),
            ("pre", 24, 3),
            ("expandable_blockquote", 27, 1),
            ("text_mention", 29, 3),
        ]
        assert message.entities[2]["url"] == "https://example.org/?a=1&b=2"
        assert message.entities[4]["language"] == "python"
        assert message.entity_texts("bold") == ["bold both"]

    @pytest.mark.parametrize(
        ("html", "error"),
        [
            ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
            ("🙂<b>x</i>", 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
            ("x</b>", "Unexpected end tag at byte offset 1"),
            ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
            ("a < b", 'Unsupported start tag "" at byte offset 2'),
            ("<b", "Unclosed start tag at byte offset 0"),
            ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
            ("<a href= ", 'Unclosed start tag "a" at byte offset 0'),
            ("<b>x</b", "Unclosed end tag at byte offset 4"),
            ("<i =a>x</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
            ("<i a=b_c>x</i>", "Unexpected end of name token at byte offset 5"),
            ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
            ("<tg-emoji>👍</tg-emoji>", "Invalid custom emoji identifier specified"),
            (
                "&#xD800;",
                (
                    "Text contains invalid Unicode characters after decoding HTML entities, "
                    "check for unmatched surrogate code units"
                ),
            ),
        ],
    )
    async def test_html_errors(self, bot: Client, anna: UserActor, html: str, error: str) -> None:
        refusal = await bot.refusal("sendMessage", chat_id=anna.id, text=html, parse_mode="HTML")
        assert refusal == f"400 Bad Request: can't parse entities: {error}"

    async def test_what_html_keeps_in_silence_is_a_violation(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        message = await sent(api, bot, anna, 'Q&A&nbsp;&#0; <a href="nowhere">x</a>', parse_mode="HTML")
        assert (message.text, message.entities) == ("Q&A&nbsp;&#0; x", [])
        assert [violation.split(" ")[1] for violation in api.violations] == [
            "'&A'",
            "'&nbsp;'",
            "'&#0;'",
            "the",
        ]
        api.violations.clear()

    async def test_other_parse_modes(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        refused = await bot.refusal("sendMessage", chat_id=anna.id, text="x", parse_mode="RTF")
        assert refused == "400 Bad Request: unsupported parse_mode"
        await bot.refusal("sendMessage", chat_id=anna.id, text="*x*", parse_mode="MarkdownV2")
        assert api.violations == ["parse mode MarkdownV2 is not imitated here"]
        api.violations.clear()

    async def test_white_space_is_trimmed_and_given_entities_follow(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        bold = {"type": "bold", "offset": 4, "length": 9}
        message = await sent(api, bot, anna, "\n  now bold \n", entities=[bold])
        assert (message.text, message.entities) == ("now bold", [bold | {"offset": 1, "length": 7}])


class TestKeyboards:
    @pytest.mark.parametrize(
        ("button", "error"),
        [
            ({"text": "x" * 10, "callback_data": "y" * 65}, "BUTTON_DATA_INVALID"),
            ({"text": "x", "callback_data": "ü" * 33}, "BUTTON_DATA_INVALID"),
            ({"text": "", "callback_data": "y"}, "inline keyboard button text must be non-empty"),
            ({"callback_data": "y"}, "can't parse inline keyboard button: Can't find field \"text\""),
            (
                {"text": "x"},
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            ),
            (
                {"text": "x", "url": "localhost"},
                "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
            ),
            (
                {"text": "x", "url": "ftp://a.org"},
                "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol",
            ),
        ],
    )
    async def test_buttons_refused(
        self, api: FakeBotApi, bot: Client, anna: UserActor, button: dict[str, str], error: str
    ) -> None:
        markup = {"inline_keyboard": [[button]]}
        refusal = await bot.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
        assert refusal == f"400 Bad Request: {error}"
        api.violations.clear()

    async def test_buttons_granted(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        row = [
            {"text": "data", "callback_data": "ü" * 32},
            {"text": "link", "url": "https://example.org"},
            {"text": "bare", "url": "example.org:8080/x"},
            {"text": "app", "url": "tg://resolve?domain=x"},
        ]
        message = await sent(api, bot, anna, reply_markup={"inline_keyboard": [row, []]})
        assert message.buttons == [["data", "link", "bare", "app"]]

    async def test_too_many_buttons(self, bot: Client, anna: UserActor) -> None:
        button = {"text": "x", "callback_data": "y"}
        for rows, granted in ((100, True), (101, False)):
            markup = {"inline_keyboard": [[button]] * rows}
            assert (await bot("sendMessage", chat_id=anna.id, text="x", reply_markup=markup))["ok"] is granted

    async def test_markup_that_is_no_json(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        refusal = await bot.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup="{")
        assert refusal == "400 Bad Request: can't parse reply keyboard markup JSON object"
        assert api.violations
        api.violations.clear()

    async def test_a_reply_keyboard_is_shown_to_people_only(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        markup = {"keyboard": [[{"text": "A"}, {"text": "B"}]], "resize_keyboard": True}
        result = await bot.result("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
        assert "reply_markup" not in result
        assert api.sent(anna)[-1].buttons == [["A", "B"]]
        edit = {"chat_id": anna.id, "message_id": result["message_id"], "text": "y"}
        assert await bot.refusal("editMessageText", **edit) == "400 Bad Request: message can't be edited"


class TestMessages:
    async def test_an_edit_replaces_text_and_keyboard(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        message = await sent(api, bot, anna, "one", reply_markup=KEYBOARD)
        where = {"chat_id": anna.id, "message_id": message.id}
        same = await bot.refusal(
            "editMessageText", **where, text="<b></b>one", parse_mode="HTML", reply_markup=KEYBOARD
        )
        assert same.startswith(
            "400 Bad Request: message is not modified: specified new message content and reply"
        )
        result = await bot.result("editMessageText", **where, text="two")
        assert result["text"] == "two"
        assert "edit_date" in result
        assert "reply_markup" not in result
        assert (message.text, message.earlier, message.buttons) == ("two", ["one"], [])
        await bot.result("editMessageReplyMarkup", **where, reply_markup=KEYBOARD)
        assert message.buttons == [["Yes", "No"]]
        again = await bot.refusal("editMessageReplyMarkup", **where, reply_markup=KEYBOARD)
        assert again.startswith("400 Bad Request: message is not modified")

    async def test_what_cannot_be_edited(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        missing = await bot.refusal("editMessageText", chat_id=anna.id, message_id=999, text="x")
        assert missing == "400 Bad Request: message to edit not found"
        hers = anna.sends("Hi")
        theirs = await bot.refusal("editMessageText", chat_id=anna.id, message_id=hers.id, text="x")
        assert theirs == "400 Bad Request: message can't be edited"
        unnamed = await bot.refusal("editMessageText", text="x")
        assert unnamed == "400 Bad Request: message identifier is not specified"
        photo = (await bot.upload("sendPhoto", {"photo": ("a.png", PNG)}, chat_id=str(anna.id)))["result"]
        textless = await bot.refusal(
            "editMessageText", chat_id=anna.id, message_id=photo["message_id"], text="x"
        )
        assert textless == "400 Bad Request: there is no text in the message to edit"
        assert len(api.sent(anna)) == 1

    async def test_deleting(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        message = await sent(api, bot, anna)
        await bot.result("deleteMessage", chat_id=anna.id, message_id=message.id)
        assert api.sent(anna) == []
        gone = await bot.refusal("deleteMessage", chat_id=anna.id, message_id=message.id)
        assert gone == "400 Bad Request: message to delete not found"
        old = await sent(api, bot, anna)
        api.advance(48 * 3600 + 1)
        late = await bot.refusal("deleteMessage", chat_id=anna.id, message_id=old.id)
        assert late == "400 Bad Request: message can't be deleted for everyone"
        new = [await sent(api, bot, anna, str(number)) for number in range(2)]
        await bot.result("deleteMessages", chat_id=anna.id, message_ids=[new[0].id, 12345, new[1].id])
        assert api.sent(anna) == [old]

    async def test_deleting_in_a_group_needs_the_right(
        self, api: FakeBotApi, bot: Client, anna: UserActor
    ) -> None:
        group = api.supergroup("Group", anna)
        hers = anna.sends("spam", chat=group)
        where = {"chat_id": group.id, "message_id": hers.id}
        assert await bot.refusal("deleteMessage", **where) == "400 Bad Request: message can't be deleted"
        group.set_bot("administrator", can_delete_messages=False)
        assert await bot.refusal("deleteMessage", **where) == "400 Bad Request: message can't be deleted"
        group.set_bot("administrator", can_delete_messages=True)
        api.advance(72 * 3600)
        assert await bot.result("deleteMessage", **where)

    async def test_replies(self, bot: Client, anna: UserActor) -> None:
        question = anna.sends("Why?")
        result = await bot.result(
            "sendMessage", chat_id=anna.id, text="So.", reply_parameters={"message_id": question.id}
        )
        assert result["reply_to_message"]["text"] == "Why?"
        gone = {"message_id": 4711}
        refusal = await bot.refusal("sendMessage", chat_id=anna.id, text="So.", reply_parameters=gone)
        assert refusal == "400 Bad Request: message to be replied not found"
        lenient = gone | {"allow_sending_without_reply": True}
        result = await bot.result("sendMessage", chat_id=anna.id, text="So.", reply_parameters=lenient)
        assert "reply_to_message" not in result

    async def test_message_numbers(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        groups = api.supergroup("One"), api.supergroup("Two")
        numbers = [(await sent(api, bot, group)).id for group in groups]
        assert numbers == [2, 2]
        assert (await sent(api, bot, api.group("Basic"))).id == (await sent(api, bot, anna)).id - 1

    async def test_uploads(self, api: FakeBotApi, bot: Client, anna: UserActor) -> None:
        chat = str(anna.id)
        photo = await bot.upload(
            "sendPhoto", {"photo": ("a.png", PNG)}, chat_id=chat, caption="<b>See</b>", parse_mode="HTML"
        )
        assert (photo["result"]["photo"][0]["width"], photo["result"]["caption"]) == (40, "See")
        document = await bot.upload(
            "sendDocument", {"letter": ("l.txt", b"Dear")}, chat_id=chat, document="attach://letter"
        )
        shown = document["result"]["document"]
        assert (shown["file_name"], shown["file_size"]) == ("l.txt", 4)
        path = (await bot.result("getFile", file_id=shown["file_id"]))["file_path"]
        async with bot.session.get(f"{api.url}/file/bot{api.token}/{path}") as answer:
            assert await answer.read() == b"Dear"
        again = await bot.result("sendDocument", chat_id=chat, document=shown["file_id"])
        assert again["document"] == shown
        assert (await bot.upload("sendPhoto", {"photo": ("a.png", b"text")}, chat_id=chat))[
            "description"
        ] == ("Bad Request: IMAGE_PROCESS_FAILED")
        unknown = await bot.refusal("sendDocument", chat_id=chat, document="nonsense")
        assert unknown == "400 Bad Request: wrong file identifier/HTTP URL specified"
        assert await bot.result("sendPhoto", chat_id=chat, photo="https://example.org/a.png")
        long = await bot.refusal(
            "sendPhoto", chat_id=chat, photo="https://example.org/a.png", caption="x" * 1025
        )
        assert long == "400 Bad Request: message caption is too long"

    async def test_chat_actions(self, bot: Client, anna: UserActor) -> None:
        assert await bot.result("sendChatAction", chat_id=anna.id, action="typing")
        wrong = await bot.refusal("sendChatAction", chat_id=anna.id, action="dancing")
        assert wrong == "400 Bad Request: wrong parameter action in request"


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
