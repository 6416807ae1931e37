"""Messages: what the fake server takes as text and buttons, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.fake_server.client import KEYBOARD, Client, sent

if TYPE_CHECKING:
    from tests.fake_bot_api import UserActor


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (40).to_bytes(4) + (30).to_bytes(4)


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
