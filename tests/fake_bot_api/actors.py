"""Handles with which a test lets people write, press buttons and ask, and what the bot then receives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .entities import find_entities, utf16_length
from .messages import Message
from .people import Chat, Member, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .errors import Json
    from .world import HasId, Query, World

_FILE: Final = {"file_id": "USER-FILE", "file_unique_id": "UF1", "file_size": 4096}
# What people send besides text, in its smallest form.
MEDIA: Final[dict[str, Any]] = {
    "photo": [_FILE | {"width": 90, "height": 60}, _FILE | {"width": 900, "height": 600}],
    "document": _FILE | {"file_name": "letter.pdf", "mime_type": "application/pdf"},
    "voice": _FILE | {"duration": 3, "mime_type": "audio/ogg"},
    "audio": _FILE | {"duration": 180, "title": "Song"},
    "video": _FILE | {"duration": 10, "width": 640, "height": 480},
    "video_note": _FILE | {"duration": 5, "length": 240},
    "animation": _FILE | {"duration": 2, "width": 320, "height": 240},
    "sticker": _FILE
    | {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "location": {"latitude": 51.34, "longitude": 12.37},
    "contact": {"phone_number": "+491234567", "first_name": "Anna"},
    "dice": {"emoji": "🎲", "value": 4},
}


def mention(text: str, part: str, user: User) -> Json:
    """A ``text_mention``: part of a text that leads to a user without a username."""
    start = text.index(part)
    return {
        "type": "text_mention",
        "offset": utf16_length(text[:start]),
        "length": utf16_length(part),
        "user": user.json(),
    }


def write(world: World, message: Message, thread: int | HasId | None) -> Message:
    """Put what somebody wrote into its chat, in a topic or in the thread of what it answers, and tell the bot."""
    chat = message.chat
    number = thread if thread is None or isinstance(thread, int) else thread.id
    if number is None and message.reply_to is not None and chat.type == "supergroup":
        number = message.reply_to.thread_id or (None if chat.is_forum else message.reply_to.id)
    if number is not None:
        if chat.is_forum and number not in chat.topics:
            raise LookupError(f"{chat.title} has no topic {number}")
        message.thread_id, message.in_topic = number, chat.is_forum
    world.post(message)
    world.deliver(message)
    return message


def edit(world: World, message: Message, text: str) -> Message:
    """Change what somebody wrote, and tell the bot."""
    message.earlier.append(message.content)
    if message.text is not None:
        message.text = text
    else:
        message.caption = text
    message.entities, message.html = find_entities(text), text
    message.edit_date = world.clock.date()
    world.touch(message)
    world.deliver(message, edited=True)
    return message


def member_change(chat: Chat, by: User, date: int, before: Json, after: Member) -> Json:
    """The Bot API's ChatMemberUpdated."""
    return {
        "chat": chat.json(),
        "from": by.json(),
        "date": date,
        "old_chat_member": before,
        "new_chat_member": after.json(chat),
    }


class UserActor:
    """A person with a Telegram account."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user

    @property
    def id(self) -> int:
        """The user's identifier, also that of the private chat with the bot."""
        return self.user.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.world.private_chat(self.user)

    def _chat(self, chat: int | HasId | None) -> Chat:
        if chat is None:
            return self.chat
        return self.world.chats[chat if isinstance(chat, int) else chat.id]

    def starts(self, payload: str = "") -> Message:
        """Press the start button of the private chat, perhaps coming from a deep link."""
        return self.sends(f"/start {payload}".strip())

    def sends(
        self,
        text: str | None = None,
        *,
        chat: int | HasId | None = None,
        reply_to: Message | None = None,
        thread: int | HasId | None = None,
        mentions: Mapping[str, UserActor] | None = None,
        entities: list[Json] | None = None,
        media: str | None = None,
        **fields: Any,  # noqa: ANN401 - whatever the Bot API's Message may carry
    ) -> Message:
        """Write to the bot or into a chat; `media` names one of `MEDIA`, with the text as its caption.

        Commands, mentions, links and the like are marked as Telegram marks them; `mentions` marks parts of the text
        as mentions of users without usernames; `entities` and other fields are added as they are.
        """
        with self.world.changes.lock:
            place = self._chat(chat)
            if place.user is not None:
                if self.user.blocked:
                    raise ValueError(f"{self.user.first_name} blocked the bot and cannot write to it")
                self.user.started = True
            elif self.id not in place.members and place.type != "channel":
                place.members[self.id] = Member(self.user)
            given = [mention(text or "", part, who.user) for part, who in (mentions or {}).items()]
            return write(
                self.world,
                Message(
                    self.world.new_message_id(place),
                    place,
                    self.world.clock.date(),
                    sender=self.user,
                    text=text if media is None else None,
                    caption=text if media is not None else None,
                    entities=find_entities(text or "", given + (entities or [])),
                    html=text or "",
                    fields=({media: MEDIA[media]} if media is not None else {}) | fields,
                    reply_to=reply_to,
                ),
                thread,
            )

    def edits(self, message: Message, text: str) -> Message:
        """Change an own message."""
        with self.world.changes.lock:
            return edit(self.world, message, text)

    def press(self, message: Message, button: str = "", *, data: str | None = None) -> Query:
        """Press the button with this text under a message; `data` sends made-up callback data instead.

        The answer holds what the bot answers. A message deleted meanwhile is inaccessible to the bot.
        """
        with self.world.changes.lock:
            if data is None:
                pressed = message.button(button)
                if "callback_data" not in pressed:
                    raise LookupError(f"{button!r} is no callback button, but {pressed!r}")
                data = str(pressed["callback_data"])
            query = self.world.new_query("callback", self.user, data)
            update = {
                "id": query.id,
                "from": self.user.json(),
                "message": message.inaccessible_json() if message.deleted else message.json(),
                "chat_instance": str(5_000_000_000 + message.chat.id),
                "data": data,
            }
            self.world.emit("callback_query", update, f"callback:{self.id}")
            return query

    def asks_inline(self, text: str, offset: str = "") -> Query:
        """Type an inline query somewhere; the answer's ``results`` hold what the bot offers."""
        with self.world.changes.lock:
            query = self.world.new_query("inline", self.user, text)
            update = {
                "id": query.id,
                "from": self.user.json(),
                "query": text,
                "offset": offset,
                "chat_type": "sender",
            }
            self.world.emit("inline_query", update, f"inline:{self.id}")
            return query

    def mentions_guest(
        self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None
    ) -> Query:
        """Mention the bot in a chat that it isn't in, by default a private chat with somebody else.

        The answer's ``result`` holds the message that the bot has posted there.
        """
        with self.world.changes.lock:
            query = self.world.new_query("guest", self.user, text)
            place = chat or Chat(self.id + 1, "private", user=User(self.id + 1, "Somebody"))
            message = Message(
                self.world.new_message_id(place),
                place,
                self.world.clock.date(),
                sender=self.user,
                text=text,
                entities=find_entities(text),
                html=text,
                fields={"guest_query_id": query.id},
                reply_to=reply_to,
            )
            self.world.emit("guest_message", message.json(), f"guest:{place.id}")
            return query

    def _block(self, *, blocked: bool) -> None:
        with self.world.changes.lock:
            before = Member(self.world.bot, "kicked" if self.user.blocked else "member").json(self.chat)
            self.user.blocked = blocked
            after = Member(self.world.bot, "kicked" if blocked else "member")
            change = member_change(self.chat, self.user, self.world.clock.date(), before, after)
            self.world.emit("my_chat_member", change, f"member:{self.id}")

    def blocks_bot(self) -> None:
        """Block the bot: it may not write any more, and is told."""
        self._block(blocked=True)

    def unblocks_bot(self) -> None:
        """Let the bot write again."""
        self._block(blocked=False)

    def deactivates(self) -> None:
        """Delete the account; the bot is not told."""
        self.user.deactivated = True
