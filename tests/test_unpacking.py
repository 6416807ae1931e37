"""What the library can't read of a message costs nobody the answer to what they wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from bot.transport.unpacking import unpack

BOT = Bot("123456789:A-token-of-no-bot")
ANNA = {"id": 7_100_000_001, "is_bot": False, "first_name": "Anna", "language_code": "es"}
CHAT = {"id": ANNA["id"], "type": "private", "first_name": "Anna"}
MESSAGE = {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "from": ANNA, "text": "is it legal?"}
DAMAGED = {"message_id": "five", "chat": 3}

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
parts = st.sampled_from(
    [
        "reply_to_message",
        "entities",
        "photo",
        "quote",
        "via_bot",
        "sender_chat",
        "forward_origin",
        "poll",
        "new",
    ]
)


def body(message: object, update_id: object = 9) -> bytes:
    return json.dumps({"update_id": update_id, "message": message}).encode()


@given(st.dictionaries(parts, values, max_size=4))
def test_whatever_else_a_private_message_holds_its_words_come_through(others: dict[str, Any]) -> None:
    update = unpack(body({**MESSAGE, **others}), 9, BOT)
    assert update
    assert update.message
    assert update.update_id == 9
    assert (update.message.text, update.message.chat.id) == ("is it legal?", ANNA["id"])
    assert update.message.from_user
    assert update.message.from_user.language_code == "es"


def test_what_can_not_be_read_is_left_out_and_logged_without_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    damaged = {**MESSAGE, "reply_to_message": {**DAMAGED, "text": "private words"}}
    update = unpack(body(damaged), 9, BOT)
    assert update
    assert update.message
    assert update.message.reply_to_message is None
    assert "update 9 is read as plain text" in caplog.text
    assert "private words" not in caplog.text


def test_a_command_is_still_one() -> None:
    update = unpack(body({**MESSAGE, "text": "/forget now", "entities": "damaged"}), 9, BOT)
    assert update
    assert update.message
    assert update.message.parse_entities() == {update.message.entities[0]: "/forget"}
    assert update.message.entities[0].type == "bot_command"


@pytest.mark.parametrize(
    "message",
    [
        [],
        {**MESSAGE, "date": "yesterday"},
        {**MESSAGE, "from": None, "photo": "damaged"},
        {**MESSAGE, "text": 5, "photo": "damaged"},
        {key: value for key, value in MESSAGE.items() if key != "text"} | {"photo": "damaged"},
        {**MESSAGE, "chat": {**CHAT, "type": "group"}, "photo": "damaged"},
    ],
)
def test_nothing_is_made_up_where_words_or_writer_are_missing_or_it_is_a_group(
    message: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert unpack(body(message), 9, BOT) is None
    assert "update 9 is set aside: it can't be read" in caplog.text
