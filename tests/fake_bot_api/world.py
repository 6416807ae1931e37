"""The server's state: users, chats, messages, and what the bot has set about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Protocol

from . import schema
from .faults import Faults
from .limits import FloodLimits
from .messages import Message
from .people import Chat, Member, Topic, User
from .updates import LongPoll, UpdateQueue
from .waiting import Changes, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .errors import Json


class HasId(Protocol):
    """A user, a chat, or a handle of one."""

    @property
    def id(self) -> int:
        """The identifier in the Bot API."""
        ...


def id_of(who: int | HasId) -> int:
    """The identifier of a chat or user given by identifier or handle."""
    return who if isinstance(who, int) else who.id


@dataclass(eq=False)
class Query:
    """A callback or inline query, or a guest's; `answer` holds the parameters of the bot's answer to it."""

    id: str
    kind: str
    user: User
    asked: float
    data: str
    answer: Json | None = None

    @property
    def text(self) -> str:
        """The answer's text, empty when there is none (yet)."""
        return str((self.answer or {}).get("text") or "")


@dataclass
class WebhookConfig:
    """What setWebhook set, and how delivery goes."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    certificate: bool = False
    ip_address: str = ""
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class Profile:
    """What the bot has set about itself, by language and, for commands, by scope."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


@dataclass
class StoredFile:
    """A file the bot uploaded."""

    name: str
    content: bytes
    mime_type: str


class World:
    """Everything the server knows. Whoever touches it holds `changes.lock`."""

    def __init__(self, bot: User, *, privacy: bool, inline: bool, guest: bool, check_schema: bool) -> None:
        self.bot = bot
        self.privacy = privacy
        self.inline = inline
        self.guest = guest
        self.check_schema = check_schema
        self.changes = Changes()
        self.clock = Clock()
        self.updates = UpdateQueue()
        self.poll = LongPoll(self.changes, self.updates)
        self.webhook = WebhookConfig()
        self.limits = FloodLimits()
        self.faults = Faults()
        self.profile = Profile()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, StoredFile] = {}
        self.violations: list[str] = []
        self.query_seconds = 15.0
        self.logged_out = False
        self.closing = False
        self._touches = count(1)
        self._query_ids = count(4_000_000_000_000_000_001)
        # Private chats and basic groups share one row of message numbers, supergroups and channels have their own.
        self._box_ids = count(1001)

    def touch(self, message: Message) -> None:
        """Note that a message was sent or edited just now."""
        message.touched = next(self._touches)

    def new_message_id(self, chat: Chat) -> int:
        """The next message's number in a chat."""
        if chat.type in ("private", "group"):
            return next(self._box_ids)
        number, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
        return number

    def post(self, message: Message) -> Message:
        """Put a message into its chat."""
        message.chat.messages[message.id] = message
        self.touch(message)
        self.changes.notify()
        return message

    def new_query(self, kind: str, user: User, data: str) -> Query:
        """A query that waits for the bot's answer, for a while."""
        query = Query(str(next(self._query_ids)), kind, user, self.clock.now(), data)
        self.queries[query.id] = query
        return query

    def private_chat(self, user: User) -> Chat:
        """The user's chat with the bot; it exists for a user who was never there, too."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", user=user)
        return self.chats[user.id]

    def bot_member(self, chat: Chat) -> Member:
        """The bot's own place in a chat."""
        return chat.members.get(self.bot.id, Member(self.bot, "left"))

    def add_topic(self, chat: Chat, name: str, by: User) -> Topic:
        """Open a topic in a forum; the service message that says so is its first."""
        root = Message(self.new_message_id(chat), chat, self.clock.date(), sender=by, in_topic=True)
        root.thread_id = root.id
        root.fields = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        topic = chat.topics[root.id] = Topic(root, name)
        self.post(root)
        return topic

    def emit(self, kind: str, payload: Json, lane: str) -> Json | None:
        """Queue an update for the bot; None when it did not ask for such."""
        update = self.updates.add(kind, payload, lane)
        if update is not None and self.check_schema:
            self.violations += schema.check_update(update)
        self.changes.notify()
        return update

    def deliver(self, message: Message, *, edited: bool = False) -> Json | None:
        """Queue a message's update, if the bot gets to see the message."""
        if not self._sees(message):
            return None
        kind = "channel_post" if message.chat.type == "channel" else "message"
        if edited:
            kind = f"edited_{kind}"
        return self.emit(kind, message.json(), f"{kind}:{message.chat.id}")

    def _sees(self, message: Message) -> bool:
        """Privacy mode: in groups only commands, answers to the bot and service messages reach it, unless it is admin."""
        chat = message.chat
        if chat.user is not None:
            return not chat.user.blocked
        member = self.bot_member(chat)
        if not member.present:
            return False
        if not self.privacy or member.admin or chat.type == "channel" or message.service:
            return True
        if message.reply_to is not None and message.reply_to.by_bot:
            return True
        opening = [
            entity for entity in message.entities if entity["type"] == "bot_command" and not entity["offset"]
        ]
        return bool(opening) and self._is_mine(message.entity_texts("bot_command")[0], chat)

    def _is_mine(self, command: str, chat: Chat) -> bool:
        """Whether a command is this bot's: by its name, and without one unless another bot was the last to write."""
        _, at, name = command.partition("@")
        if at:
            return name.lower() == (self.bot.username or "").lower()
        bots = (
            message
            for message in reversed(chat.messages.values())
            if message.sender and message.sender.is_bot and not (message.sender_chat or message.service)
        )
        last = next(bots, None)
        return last is None or last.by_bot

    def bot_messages(self, chat: Chat) -> Iterator[Message]:
        """What the bot has sent to a chat and is still there, oldest first."""
        return (message for message in chat.messages.values() if message.by_bot and not message.deleted)
