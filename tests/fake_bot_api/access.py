"""What the server checks before a call touches a chat, in the server's order and words."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from .errors import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from .messages import Message
    from .people import Chat
    from .wire import Params
    from .world import World

GENERAL_TOPIC_ID: Final = 1


class Right(IntEnum):
    """What a call wants in a chat."""

    READ = 0
    EDIT = 1
    WRITE = 2


def _lookup(world: World, reference: str) -> Chat:
    if not reference:
        raise bad_request("chat_id is empty")
    if reference.startswith("@"):
        name = reference[1:].lower()
        for chat in world.chats.values():
            if (chat.username or "").lower() == name and chat.type in ("supergroup", "channel"):
                return chat
        raise bad_request("chat not found")
    try:
        number = int(reference)
    except ValueError:
        number = 0
    found = world.chats.get(number)
    if found is None and number in world.users and _met(world, number):
        found = world.private_chat(world.users[number])
    if found is None:
        raise bad_request("chat not found")
    return found


def _met(world: World, user_id: int) -> bool:
    """Whether the bot knows of a user it has no chat with, from a group they share."""
    return any(user_id in chat.members and world.bot_member(chat).present for chat in world.chats.values())


def find_chat(world: World, params: Params, right: Right) -> Chat:
    """The chat of a call, when the bot may do there what it asks."""
    chat = _lookup(world, params.text("chat_id"))
    if chat.user is not None:
        if chat.user.deactivated and right >= Right.EDIT:
            raise forbidden("user is deactivated")
        return chat
    member = world.bot_member(chat)
    if chat.type == "group":
        if chat.migrated_to is not None and right >= Right.WRITE:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        if chat.deleted and right >= Right.WRITE:
            raise forbidden("the group chat was deleted")
        if right == Right.READ or chat.migrated_to is not None:
            return chat
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not member.present and (right >= Right.EDIT or not chat.username):
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


_PERMISSION: Final = {
    "text messages": "can_send_messages",
    "photos": "can_send_photos",
    "documents": "can_send_documents",
}


def check_can_send(world: World, chat: Chat, what: str) -> None:
    """Refuse what a chat does not let the bot send."""
    if chat.user is not None:
        if chat.user.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.user.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.user.is_bot:
            raise forbidden("bot can't send messages to bots")
        return
    member = world.bot_member(chat)
    if chat.type == "channel":
        if not member.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    permission = _PERMISSION[what]
    silenced = member.status == "restricted" and not member.rights.get(permission, False)
    if silenced or (not member.admin and permission in chat.forbidden):
        raise bad_request(f"not enough rights to send {what} to the chat")


def find_message(chat: Chat, message_id: int, what: str) -> Message:
    """A message that is still there."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"{what} not found")
    return message


def find_reply(chat: Chat, params: Params) -> Message | None:
    """The message a call answers, by ``reply_parameters`` (or the old parameters it replaced)."""
    reply = params.value("reply_parameters")
    if reply is None:
        number = params.integer("reply_to_message_id")
        lenient = params.flag("allow_sending_without_reply")
    elif not isinstance(reply, dict):
        raise bad_request("Can't parse reply parameters JSON object")
    elif not reply:
        return None
    elif "message_id" not in reply:
        raise bad_request('Can\'t find field "message_id"')
    else:
        number, lenient = int(reply["message_id"]), bool(reply.get("allow_sending_without_reply"))
    if number <= 0:
        return None
    message = chat.messages.get(number)
    if message is not None and not message.deleted:
        return message
    if lenient:
        return None
    raise bad_request("message to be replied not found")


def find_thread(world: World, chat: Chat, params: Params) -> int | None:
    """The forum topic a call names. The general topic has no number of its own to send to."""
    number = params.integer("message_thread_id")
    if number <= 0:
        return None
    topic = chat.topics.get(number)
    if topic is None or number == GENERAL_TOPIC_ID or topic.root.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not world.bot_member(chat).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return number
