"""The users, groups and channels around the bot."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from .actors import UserActor, edit
from .groups import ChatActor
from .people import Chat, Member, User

if TYPE_CHECKING:
    from .messages import Message
    from .world import World


class Cast:
    """Makes users and chats, and lets nobody in particular change a message."""

    def __init__(self, world: World) -> None:
        self.world = world
        # Users' identifiers need more than 32 bits.
        self._user_ids = count(7_100_000_001)
        self._chat_ids = count(4_000_001)

    def user(
        self,
        first_name: str = "Anna",
        *,
        username: str | None = None,
        language_code: str | None = "en",
        last_name: str | None = None,
        started: bool = False,
        is_bot: bool = False,
    ) -> UserActor:
        """A new user; `started` spares the first message that lets the bot write to them."""
        with self.world.changes.lock:
            user = User(next(self._user_ids), first_name, last_name, username, language_code, is_bot, started)
            self.world.users[user.id] = user
            actor = UserActor(self.world, user)
            if started:
                self.world.private_chat(user)
            return actor

    def _chat(self, chat: Chat, members: tuple[UserActor, ...], bot: str) -> ChatActor:
        with self.world.changes.lock:
            self.world.chats[chat.id] = chat
            owner = members[0] if members else self.user("Olga")
            chat.members = {member.id: Member(member.user) for member in members}
            chat.members[owner.id] = Member(owner.user, "creator")
            chat.members[self.world.bot.id] = Member(self.world.bot, bot)
            return ChatActor(self.world, chat)

    def group(self, title: str = "Group", *members: UserActor, bot: str = "member") -> ChatActor:
        """A basic group, made by the first member; `bot` is the bot's place there."""
        return self._chat(Chat(-next(self._chat_ids), "group", title), members, bot)

    def supergroup(
        self,
        title: str = "Supergroup",
        *members: UserActor,
        bot: str = "member",
        forum: bool = False,
        username: str | None = None,
    ) -> ChatActor:
        """A supergroup, as a forum with topics if wished."""
        number = -1_000_000_000_000 - next(self._chat_ids)
        return self._chat(Chat(number, "supergroup", title, username, is_forum=forum), members, bot)

    def channel(
        self,
        title: str = "Channel",
        *members: UserActor,
        bot: str = "administrator",
        username: str | None = None,
    ) -> ChatActor:
        """A channel; bots are there as admins only."""
        number = -1_000_000_000_000 - next(self._chat_ids)
        return self._chat(Chat(number, "channel", title, username), members, bot)

    def edits(self, message: Message, text: str) -> Message:
        """Change a message nobody signed: a channel post, an anonymous admin's."""
        with self.world.changes.lock:
            return edit(self.world, message, text)
