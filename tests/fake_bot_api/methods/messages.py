"""sendMessage and what can be done to a message afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.fake_bot_api.access import Right, check_can_send, find_chat, find_message, find_reply, find_thread
from tests.fake_bot_api.compose import Composed, compose_text
from tests.fake_bot_api.errors import ApiError, Json, bad_request
from tests.fake_bot_api.keyboards import read_markup
from tests.fake_bot_api.messages import Message

from .registry import Result, method

if TYPE_CHECKING:
    from tests.fake_bot_api.people import Chat
    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import World

_DELETABLE_SECONDS: Final = 48 * 3600
_ACTIONS: Final = {
    "cancel",
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "record_audio",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "pick_up_location",
    "record_video_note",
    "upload_video_note",
}


def _options(params: Params) -> Json:
    options: Json = {}
    if preview := params.value("link_preview_options"):
        options["link_preview_options"] = preview
    if params.flag("protect_content"):
        options["has_protected_content"] = True
    return options


def post(world: World, params: Params, composed: Composed, what: str, fields: Json | None = None) -> Result:
    """Send something into a chat, with everything that is checked on the way there."""
    chat = find_chat(world, params, Right.WRITE)
    reply = find_reply(chat, params)
    thread = find_thread(world, chat, params)
    check_can_send(world, chat, what)
    in_topic = thread is not None
    if thread is None and reply is not None and chat.type == "supergroup":
        # An answer goes to the topic of what it answers; without topics, a chain of answers is a thread.
        thread = reply.thread_id if chat.is_forum else reply.thread_id or reply.id
        in_topic = reply.in_topic
    message = Message(
        world.new_message_id(chat),
        chat,
        world.clock.date(),
        sender=None if chat.type == "channel" else world.bot,
        sender_chat=chat if chat.type == "channel" else None,
        text=composed.text if fields is None else None,
        caption=None if fields is None else composed.text,
        entities=composed.entities,
        html=composed.html,
        fields=fields or {},
        options=_options(params),
        reply_markup=read_markup(params, chat),
        reply_to=reply,
        thread_id=thread,
        in_topic=in_topic,
        by_bot=True,
        silent=params.flag("disable_notification"),
    )
    return world.post(message).json()


@method("sendMessage")
def send_message(world: World, params: Params) -> Result:
    """A text message."""
    return post(world, params, compose_text(world, params), "text messages")


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> Result:
    """Tell that the bot is typing, or the like."""
    if params.text("action").lower() not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = find_chat(world, params, Right.WRITE)
    find_thread(world, chat, params)
    check_can_send(world, chat, "text messages")
    return True


def _to_edit(world: World, params: Params) -> Message:
    if not params.text("chat_id") and not params.integer("message_id"):
        if params.text("inline_message_id"):
            world.violations.append("messages sent by an inline query are not imitated here")
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    chat = find_chat(world, params, Right.EDIT)
    message = find_message(chat, params.integer("message_id"), "message to edit")
    inline = message.reply_markup is None or "inline_keyboard" in message.reply_markup
    if not message.by_bot or not inline:
        raise bad_request("message can't be edited")
    return message


def _changed(world: World, message: Message) -> Result:
    message.edit_date = world.clock.date()
    world.touch(message)
    return message.json()


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Result:
    """New text and keyboard; an edit that changes nothing is an error."""
    composed = compose_text(world, params)
    message = _to_edit(world, params)
    markup = read_markup(params, message.chat, inline_only=True)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    options = message.options | _options(params)
    before = (message.text, message.entities, message.reply_markup, message.options)
    if before == (composed.text, composed.entities, markup, options):
        raise _not_modified()
    message.earlier.append(message.text)
    message.text, message.entities, message.html = composed.text, composed.entities, composed.html
    message.reply_markup, message.options = markup, options
    return _changed(world, message)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Result:
    """A new keyboard, or none."""
    message = _to_edit(world, params)
    markup = read_markup(params, message.chat, inline_only=True)
    if markup == message.reply_markup:
        raise _not_modified()
    message.reply_markup = markup
    return _changed(world, message)


def _not_modified() -> ApiError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )


def _delete(world: World, chat: Chat, message: Message) -> None:
    rightful = world.bot_member(chat).may("can_delete_messages")
    if not (rightful or message.by_bot or chat.user is not None):
        raise bad_request("message can't be deleted")
    if not rightful and world.clock.now() - message.date > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True


@method("deleteMessage")
def delete_message(world: World, params: Params) -> Result:
    """Take a message back."""
    if not params.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = find_chat(world, params, Right.WRITE)
    _delete(world, chat, find_message(chat, params.integer("message_id"), "message to delete"))
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> Result:
    """Take several messages back; those that are gone already are passed over."""
    numbers = params.value("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("Message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("Too many message identifiers specified")
    chat = find_chat(world, params, Right.WRITE)
    for message in [chat.messages[number] for number in numbers if number in chat.messages]:
        if not message.deleted:
            _delete(world, chat, message)
    return True
