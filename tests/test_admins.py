"""Who may give the bot orders: known by id alone, and looked at with each update anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update

from bot.answering import Conversations
from bot.handlers.context import Desk

if TYPE_CHECKING:
    from bot.store.opening import StoreInDatabase
    from knowledge.answerer import Answerer

ADMIN = {"id": 5, "is_bot": False, "first_name": "Olga", "username": "olga"}
IMPOSTOR = {"id": 6, "is_bot": False, "first_name": "Olga", "username": "olga"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Group"}
PRIVATE = {"id": 5, "type": "private"}


def update(**content: Any) -> Update:  # noqa: ANN401 - as JSON has it
    return Update.de_json({"update_id": 1, **content}, None)


def message(chat: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    return {"message_id": 1, "date": 1, "chat": chat, "text": "/reload", **more}


@pytest.mark.parametrize(
    ("content", "is_admin"),
    [
        ({"message": message(PRIVATE, **{"from": ADMIN})}, True),
        ({"message": message(GROUP, **{"from": ADMIN})}, True),
        ({"callback_query": {"id": "1", "chat_instance": "1", "from": ADMIN}}, True),
        ({"message": message(PRIVATE, **{"from": IMPOSTOR})}, False),
        ({"message": message(GROUP, **{"from": ANONYMOUS, "sender_chat": GROUP})}, False),
        ({"message": message(GROUP, **{"from": ADMIN, "sender_chat": GROUP})}, False),
        ({"channel_post": message(GROUP)}, False),
        ({}, False),
    ],
)
def test_an_admin_is_one_by_id_in_their_own_name(
    content: dict[str, Any], is_admin: bool, small_answerer: Answerer, store: StoreInDatabase
) -> None:
    desk = Desk(Conversations(small_answerer), "", store, frozenset({5}))
    assert desk.is_admin(update(**content)) is is_admin
    nobody = Desk(Conversations(small_answerer), "", store)
    assert not nobody.is_admin(update(**content))
