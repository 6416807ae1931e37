"""Users, chats and their members, as the Bot API shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .errors import Json
    from .messages import Message

# The accounts Telegram writes under when a chat, not a person, speaks.
ANONYMOUS_ADMIN_ID: Final = 1087968824
CHANNEL_BOT_ID: Final = 136817688
SERVICE_ID: Final = 777000

_ADMIN_RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_CHANNEL_RIGHTS: Final = ("can_post_messages", "can_edit_messages")
_GROUP_RIGHTS: Final = ("can_pin_messages", "can_manage_topics")
PERMISSIONS: Final = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(eq=False)
class User:
    """A person or a bot, and what stands between them and the bot under test."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def json(self) -> Json:
        """The Bot API's User."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                shown[name] = value
        return shown


ANONYMOUS_ADMIN: Final = User(ANONYMOUS_ADMIN_ID, "Group", username="GroupAnonymousBot", is_bot=True)
SERVICE: Final = User(SERVICE_ID, "Telegram")
CHANNEL_BOT: Final = User(CHANNEL_BOT_ID, "Channel", username="Channel_Bot", is_bot=True)


@dataclass(eq=False)
class Member:
    """Somebody's place in a chat: creator, administrator, member, restricted, left or kicked."""

    user: User
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Whether they are in the chat."""
        return self.status in ("creator", "administrator", "member", "restricted")

    @property
    def admin(self) -> bool:
        """Whether they run the chat."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether an administrator has a right; one who is not told otherwise has them all."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, True))

    def json(self, chat: Chat) -> Json:
        """The Bot API's ChatMember."""
        shown: Json = {"status": self.status, "user": self.user.json()}
        if self.status == "creator":
            shown["is_anonymous"] = False
        elif self.status == "administrator":
            names = _ADMIN_RIGHTS + (_CHANNEL_RIGHTS if chat.type == "channel" else _GROUP_RIGHTS)
            shown |= {"can_be_edited": False, "is_anonymous": False}
            shown |= {name: self.rights.get(name, True) for name in names}
        elif self.status == "restricted":
            shown |= {"is_member": True, "until_date": 0}
            shown |= {name: self.rights.get(name, False) for name in PERMISSIONS}
        elif self.status == "kicked":
            shown["until_date"] = 0
        return shown


@dataclass(eq=False)
class Topic:
    """A forum's topic; its first message says that it was created, and every message in it answers that one."""

    root: Message
    name: str
    closed: bool = False

    @property
    def id(self) -> int:
        """The topic's ``message_thread_id``."""
        return self.root.id


@dataclass(eq=False)
class Chat:
    """A private chat, a basic group, a supergroup (a forum or not) or a channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    user: User | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    migrated_to: int | None = None
    deleted: bool = False
    # Message 1 of a supergroup or channel says that it was created; it is also the number of a forum's general topic.
    next_message_id: int = 2

    @property
    def is_group(self) -> bool:
        """Whether people talk with each other here."""
        return self.type in ("group", "supergroup")

    def json(self) -> Json:
        """The Bot API's Chat."""
        shown: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            for name in ("first_name", "last_name", "username"):
                if value := getattr(self.user, name):
                    shown[name] = value
            return shown
        shown["title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        return shown

    def full_json(self) -> Json:
        """The Bot API's ChatFullInfo."""
        gifts = (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        )
        shown = self.json() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }
        if self.is_group:
            shown["permissions"] = {name: name not in self.forbidden for name in PERMISSIONS}
        return shown
