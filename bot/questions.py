"""Update -> Question. Pure: what is asked, how it reached the bot, and which message the answer belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.phrases import phrases, plainly
from bot.remark import Remark, hushes, remarked
from knowledge.outcome import Question
from knowledge.overhearing import LONGEST, has_matter

_COMMAND: Final = re.compile(r"^/[A-Za-z0-9_]+(?:@\w+)?\s*")
_CALLED: Final = re.compile(
    r"\W*(?P<hail>(?:hey|hi|hello|ok|okay|dear|oye|oiga|hola|querido)\W+)?(?:bot|robot)\b(?P<pause>\s*[,:;!.\-])?\s*",
    re.IGNORECASE,
)
"""How people call a bot whose name they don't look up."""
_MENTIONS: Final = frozenset({MessageEntity.MENTION, MessageEntity.TEXT_MENTION})


@dataclass(frozen=True, slots=True)
class Conversation:
    """Whose talk something is part of: a private chat's, or in groups one person's.

    Attributes:
        chat: Its number.
        topic: The topic that it goes on in; None where there are none.
        person: Who talks in a group; 0 in private.
    """

    chat: int
    topic: int | None = None
    person: int = 0

    def is_with(self, sender: int) -> bool:
        """Whether it is somebody's: their private chat, or their part in a group.

        A group itself speaks in it too, where its admins are anonymous; what others say there isn't the group's.
        """
        return sender == (self.person or self.chat)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and where its answer goes."""

    question: Question
    conversation: Conversation
    reply_to: int
    """The message that the answer replies to."""


def words_of(message: Message) -> str:
    """The text of a message, or the caption of its picture; empty for none."""
    return (message.text or message.caption or "").strip()


def from_message(message: Message) -> Asked | None:
    """The question that a message asks by its whole text; None where it has none."""
    text = words_of(message)
    return _asked(message, text, message.message_id) if text else None


def from_command(message: Message, username: str = "") -> Asked | None:
    """The question behind a command, or in the message that the command replies to; None where there is neither.

    Args:
        message: The command.
        username: The bot's own name: what it said itself is no question.
    """
    return _put(message, _COMMAND.sub("", words_of(message), count=1).strip(), username)


def names_command(text: str, command: str, username: str = "") -> bool:
    """Whether a text begins with a command, and with no other bot's."""
    name, bot = _command_and_bot(text)
    return name == command and bot in ("", username.lower())


def command_in(message: Message) -> str:
    """The command that a message begins with, without its slash and the bot's name; empty for none."""
    return _command_and_bot(words_of(message))[0]


def forgets(update: Update) -> bool:
    """Whether somebody wants deleted what is kept of them, which waits for nothing and never comes too late."""
    return update.message is not None and command_in(update.message) == "forget"


def _command_and_bot(text: str) -> tuple[str, str]:
    """The command that a text begins with and the bot that it names, in lower case; each may be empty."""
    found = _COMMAND.match(text)
    name, _, bot = found[0].strip().removeprefix("/").lower().partition("@") if found else ("", "", "")
    return name, bot


def asked_anew(message: Message) -> Asked | None:
    """The question that an edited message asks by its own text, after a command or without one."""
    asked = from_command(message) if words_of(message).startswith("/") else from_message(message)
    return asked if asked is not None and asked.reply_to == message.message_id else None


def mentioning(message: Message, username: str) -> Asked | None:
    """The question beside a mention of the bot, or in the message that such a mention replies to.

    Returns:
        None where the bot isn't mentioned, or there is nothing beside it.
    """
    text = words_of(message)
    mention = re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
    if not mention.search(text):
        return None
    text = _COMMAND.sub("", mention.sub(" ", text).strip(), count=1).strip(" ,:;-\n")
    return _put(message, text, username)


def speaks_to_others(message: Message, username: str) -> bool:
    """Whether a message names somebody else than the bot, as who shows something to them does."""
    named = {
        text.casefold() if entity.user is None else str(entity.user.username).casefold()
        for entity, text in {
            **message.parse_entities([*_MENTIONS]),
            **message.parse_caption_entities([*_MENTIONS]),
        }.items()
    }
    return bool(named - {f"@{username.casefold()}", username.casefold()})


def calling(message: Message) -> Asked | None:
    """The question behind "bot" at the beginning of a message; None where it isn't called so, or hardly by that word."""
    found = _CALLED.match(words_of(message))
    text = words_of(message)[found.end() :].strip() if found else ""
    if not found or not text or _answers_somebody(message) or speaks_to_others(message, ""):
        return None
    # "Bot, ..." calls it; "bot is annoying" speaks of it.
    meant = found["pause"] or found["hail"] or text.rstrip().endswith("?") or hushes(text)
    return _asked(message, text, message.message_id) if meant else None


def overheard(message: Message) -> Asked | None:
    """What a group's message says to everybody, a question or a danger; None where it is a talk between some of them."""
    text = words_of(message)
    if len(text) > LONGEST or not has_matter(text) or _answers_somebody(message):
        return None
    if any(entity.type in _MENTIONS for entity in (*message.entities, *message.caption_entities)):
        return None
    asked = _asked(message, text, message.message_id)
    return replace(asked, question=replace(asked.question, overheard=True))


def conversation_of(message: Message) -> Conversation:
    """Whose talk a message is part of."""
    return Conversation(message.chat.id, topic_of(message), 0 if is_private(message) else sender_of(message))


def conversation_of_press(query: CallbackQuery) -> Conversation:
    """The conversation of the one who pressed, not of the one who wrote the message (that is the bot)."""
    message = query.message
    if not isinstance(message, Message):
        return Conversation(message.chat.id if message else 0)
    private = is_private(message)
    return Conversation(message.chat.id, topic_of(message), 0 if private else query.from_user.id)


def sender_of(message: Message) -> int:
    """Who wrote a message: a person, or the chat in whose name it was written."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0


def topic_of(message: Message) -> int | None:
    """The topic that a message is in; where there are none, a thread is no more than a chain of replies."""
    return message.message_thread_id if message.is_topic_message else None


def is_private(message: Message) -> bool:
    """Whether a message was written in a private chat with the bot."""
    return message.chat.type == ChatType.PRIVATE


def is_reply_to(message: Message, bot_id: int) -> bool:
    """Whether a message replies to one of the bot's own."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot_id


def language_of(update: Update) -> str | None:
    """The language of the sender's Telegram app, None where Telegram doesn't say."""
    return update.effective_user.language_code if update.effective_user else None


def _asked(message: Message, text: str, reply_to: int) -> Asked:
    language = message.from_user.language_code if message.from_user else None
    return Asked(Question(text, language), conversation_of(message), reply_to)


def _put(message: Message, text: str, username: str) -> Asked | None:
    """What somebody puts to the bot: in their own words, or by pointing at the message that they reply to."""
    if not text or _only_points(message, text):
        replied = _replied(message, username)
        if replied is not None or not text:
            return replied
    return _asked(message, text, message.message_id)


def _only_points(message: Message, text: str) -> bool:
    """Whether a text has no matter of its own: "please", "this", "is that true?", somebody's name."""
    if message.reply_to_message is None:
        return False
    for mentioned in message.parse_entities([*_MENTIONS]).values():
        text = text.replace(mentioned, " ")
    polite = {word for phrase in phrases("typed-polite") for word in phrase.split()}
    left = " ".join(word for word in plainly(text).split() if word not in polite)
    return not has_matter(left) or remarked(text) in (Remark.SURE, Remark.WHAT)


def _replied(message: Message, username: str) -> Asked | None:
    """The question in the message that a message replies to; None where there is none, and where the bot said it itself."""
    asked = message.reply_to_message
    if asked is None or username in (_name(asked.from_user), _name(asked.via_bot)):
        return None
    # What somebody marked as a quotation in the reply is the part that they mean.
    quoted = message.quote.text if message.quote else ""
    text = _COMMAND.sub("", (quoted or asked.text or asked.caption or "").strip(), count=1)
    if not text:
        return None
    put = _asked(message, text, asked.message_id)
    return replace(put, question=replace(put.question, quoted=sender_of(asked) != sender_of(message)))


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _answers_somebody(message: Message) -> bool:
    """Whether a message replies to somebody's; all in a forum's topic replies to its beginning, and a comment to a channel's post."""
    replied = message.reply_to_message
    if replied is None:
        return message.external_reply is not None
    if replied.is_automatic_forward:
        return False
    return not (message.is_topic_message and replied.message_id == message.message_thread_id)
