"""Handles of groups and channels, with what happens in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .actors import member_change, write
from .entities import find_entities
from .messages import Message
from .people import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE, Chat, Member, Topic, User

if TYPE_CHECKING:
    from .actors import UserActor
    from .errors import Json
    from .world import HasId, World


class ChatActor:
    """A basic group, a supergroup (a forum or not) or a channel."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @property
    def id(self) -> int:
        """The chat's identifier."""
        return self.chat.id

    @property
    def owner(self) -> User:
        """Who made the chat."""
        return next(member.user for member in self.chat.members.values() if member.status == "creator")

    def _event(self, by: User, **fields: Any) -> Message:  # noqa: ANN401 - a service message's content
        """A service message, which the bot gets whatever its privacy mode."""
        number = self.world.new_message_id(self.chat)
        message = Message(number, self.chat, self.world.clock.date(), sender=by, fields=fields)
        self.world.post(message)
        self.world.deliver(message)
        return message

    def set_bot(self, status: str, by: UserActor | None = None, **rights: bool) -> Json | None:
        """Add, promote, restrict or remove the bot; it is told by ``my_chat_member``.

        `status` is one of administrator, member, restricted, left and kicked.
        """
        with self.world.changes.lock:
            who = by.user if by is not None else self.owner
            before = self.world.bot_member(self.chat)
            after = self.chat.members[self.world.bot.id] = Member(self.world.bot, status, dict(rights))
            change = member_change(self.chat, who, self.world.clock.date(), before.json(self.chat), after)
            update = self.world.emit("my_chat_member", change, f"member:{self.id}")
            if after.present and not before.present and self.chat.is_group:
                self._event(who, new_chat_members=[self.world.bot.json()])
            return update

    def add_member(self, user: UserActor, status: str = "member", **rights: bool) -> None:
        """Let somebody in (or change their place), without a word to the bot."""
        with self.world.changes.lock:
            self.chat.members[user.id] = Member(user.user, status, dict(rights))

    def joined_by(self, user: UserActor) -> Message:
        """Let somebody in; a service message says so."""
        self.add_member(user)
        with self.world.changes.lock:
            return self._event(user.user, new_chat_members=[user.user.json()])

    def forbid(self, *permissions: str) -> None:
        """Take permissions such as can_send_messages from everybody who is not admin."""
        with self.world.changes.lock:
            self.chat.forbidden |= set(permissions)

    def topic(self, name: str) -> Topic:
        """Open a topic of a forum; a service message says so."""
        with self.world.changes.lock:
            if not self.chat.is_forum:
                raise ValueError(f"{self.chat.title} is no forum")
            topic = self.world.add_topic(self.chat, name, self.owner)
            self.world.deliver(topic.root)
            return topic

    def close_topic(self, topic: Topic) -> None:
        """Close a topic: only admins may write there."""
        with self.world.changes.lock:
            topic.closed = True

    def delete_topic(self, topic: Topic) -> None:
        """Delete a topic with all its messages."""
        with self.world.changes.lock:
            del self.chat.topics[topic.id]
            for message in self.chat.messages.values():
                message.deleted = message.deleted or message.thread_id == topic.id

    def migrates(self) -> ChatActor:
        """Turn a basic group into a supergroup with another identifier; both chats say so."""
        with self.world.changes.lock:
            old = self.chat
            new = Chat(-1_000_000_000_000 + old.id, "supergroup", old.title, members=dict(old.members))
            new.forbidden = set(old.forbidden)
            self.world.chats[new.id] = new
            actor = ChatActor(self.world, new)
            self._event(self.owner, migrate_to_chat_id=new.id)
            old.migrated_to = new.id
            actor._event(ANONYMOUS_ADMIN, migrate_from_chat_id=old.id)
            return actor

    def _speaks(
        self,
        sender: User | None,
        speaker: Chat,
        text: str,
        reply_to: Message | None,
        thread: int | HasId | None,
    ) -> Message:
        with self.world.changes.lock:
            message = Message(
                self.world.new_message_id(self.chat),
                self.chat,
                self.world.clock.date(),
                sender=sender,
                sender_chat=speaker,
                text=text,
                entities=find_entities(text),
                html=text,
                reply_to=reply_to,
            )
            return write(self.world, message, thread)

    def anonymous_admin_sends(
        self, text: str, *, reply_to: Message | None = None, thread: int | HasId | None = None
    ) -> Message:
        """An admin who hides behind the group writes: the sender is GroupAnonymousBot, ``sender_chat`` the group."""
        return self._speaks(ANONYMOUS_ADMIN, self.chat, text, reply_to, thread)

    def channel_sends(self, channel: ChatActor, text: str, *, reply_to: Message | None = None) -> Message:
        """Somebody writes into this group in the name of a channel."""
        return self._speaks(CHANNEL_BOT, channel.chat, text, reply_to, None)

    def channel_hands_on(self, channel: ChatActor, text: str) -> Message:
        """A post of the channel whose discussion group this is comes here by itself."""
        with self.world.changes.lock:
            post = channel.posts(text)
            origin = {
                "type": "channel",
                "chat": channel.chat.json(),
                "message_id": post.id,
                "date": post.date,
            }
            message = Message(
                self.world.new_message_id(self.chat),
                self.chat,
                self.world.clock.date(),
                sender=SERVICE,
                sender_chat=channel.chat,
                text=text,
                entities=find_entities(text),
                html=text,
                fields={"is_automatic_forward": True, "forward_origin": origin},
            )
            return write(self.world, message, None)

    def posts(self, text: str, *, reply_to: Message | None = None) -> Message:
        """A post in this channel."""
        return self._speaks(None, self.chat, text, reply_to, None)
