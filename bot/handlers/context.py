"""What every handler works with."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from telegram import CallbackQuery, Message, Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    filters,
)

from bot import checklists
from bot.answering import MEMORY_MINUTES, Conversations
from bot.asking import Asking
from bot.groups.group_replies import removable
from bot.groups.sent_messages import SentMessages
from bot.handlers.group_admins import GroupAdmins
from bot.matching.processes import Processes
from bot.memory import Memory
from bot.private_answers import Answers
from bot.private_replies import NOTHING, OfferingReplies
from bot.questions import Conversation, conversation_of, is_private, sender_of, topic_of, words_of
from bot.rendering import Renderer
from bot.reply import Reply
from bot.review import feedback
from bot.review.drafts import Drafts
from bot.review.presses import Presses
from bot.sending import Sent, amend, send
from bot.store.protocol import Store
from bot.store.tally import Tally
from bot.typed import remembered
from bot.watching import metrics
from knowledge.outcome import Question
from knowledge.talk import Talk
from knowledge.verdict import Verdict

# No per-chat or per-user data: what the bot remembers is in Conversations alone.
Bot: TypeAlias = ExtBot[Any]
Context: TypeAlias = CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
BotApplication: TypeAlias = Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]
Handler: TypeAlias = BaseHandler[Update, Context, None]
Pressed: TypeAlias = Callable[[Update, CallbackQuery, Context], Awaitable[None]]
Commanded: TypeAlias = Callable[[Update, Message, Context], Awaitable[None]]

WARNED_MINUTES: Final = 24 * 60
MAX_OFFERS: Final = 5_000
"""Conversations whose last buttons are remembered: each takes about two kilobytes."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's last message in private, and what it came after: what an edit of it goes back to.

    Attributes:
        message: Its number.
        talk: What the conversation had come to.
        shown: What they were shown.
        way: How far they had come in the checklist.
        answer: The number of the bot's message that answers it; None while there is none, and once something else was shown.
        text: A hash of the words that were answered.
    """

    message: int
    talk: Talk
    shown: Reply
    way: checklists.Way | None
    answer: int | None = None
    text: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions are answered: built once, handed to every handler."""

    conversations: Conversations
    operator: str
    store: Store
    admins: frozenset[int] = frozenset()
    username: Callable[[], str] = str
    """The bot's own name, without the `@`; empty until Telegram has been asked."""
    processes: Processes | None = None
    """Who matches; None to do it here."""
    shares: Callable[[], bool] = bool
    """Whether other processes share the store, and have chats of their own."""
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    """This process's, for the others."""
    answers: Answers = field(default_factory=Answers)
    presses: Presses = field(default_factory=Presses)
    tally: Tally = field(default_factory=Tally)
    group_admins: GroupAdmins = field(default_factory=GroupAdmins)
    sent: SentMessages = field(default_factory=SentMessages)
    drafts: Drafts = field(default_factory=Drafts)
    asking: Asking = field(default_factory=Asking)
    walks: Memory[checklists.Way] = field(default_factory=lambda: Memory(checklists.MEMORY_MINUTES))
    """How far somebody has come in the checklist."""
    written: Memory[str] = field(default_factory=lambda: Memory(checklists.MEMORY_MINUTES))
    """The language that somebody has written in last in private, where they have chosen none."""
    warned: Memory[bool] = field(default_factory=lambda: Memory(WARNED_MINUTES))
    """Who was told where to call, in a group that they had told of a danger: once is enough."""
    offers: Memory[Reply] = field(default_factory=lambda: Memory(checklists.MEMORY_MINUTES, most=MAX_OFFERS))
    """What somebody was shown last in private, without its text, so that its buttons can be chosen by typing."""
    turns: Memory[Turn] = field(default_factory=lambda: Memory(MEMORY_MINUTES, most=MAX_OFFERS))
    """Their last message there, so that the answer can follow an edit."""

    def is_admin(self, update: Update) -> bool:
        """Whether an update comes from one of those who may give the bot orders: by id, in their own name.

        What somebody wrote in the name of a chat isn't theirs, whatever user Telegram puts beside it.
        """
        user, message = update.effective_user, update.message
        if message is not None and message.sender_chat is not None:
            return False
        return user is not None and user.id in self.admins

    def renderer(self, language: str | None) -> Renderer:
        """The renderer for a language code such as `es-MX`."""
        return Renderer.speaking(self.conversations.answerer.base, language, self.operator)

    @property
    def version(self) -> str:
        """The version of the knowledge base as counts of feedback name it."""
        return feedback.version_of(self.conversations.answerer.base.content_hash)

    def replies(self, renderer: Renderer, key: str = "", *, grave: bool = False) -> OfferingReplies:
        """The replies in a private chat; arguments as for `OfferingReplies`."""
        return OfferingReplies(renderer, grave, self.answers, self.username(), key)

    async def decide(self, question: Question, conversation: Conversation | None) -> Verdict:
        """What to do about a question, after what its conversation has come to; `settle` notes it once that is done."""
        answerer = self.conversations.answerer
        question = self.conversations.in_context(question, conversation)
        if self.processes is None:
            return answerer.answer(question)
        verdict = await self.processes.answer(answerer, question)
        if self.conversations.answerer is not answerer:
            # Edited meanwhile; the answer has to be in the knowledge base that is shown.
            return self.conversations.answerer.answer(question)
        return verdict

    def settle(self, verdict: Verdict, conversation: Conversation | None) -> None:
        """Count a question and remember it, when all was said to it: a try that fails is neither counted nor leant on."""
        outcome = verdict.outcome.name
        metrics.decided(outcome)
        if outcome != "silent":
            self.tally.note(outcome, verdict.likeliest or "")
        self.conversations.note(verdict, conversation)

    def shown(self, conversation: Conversation) -> Reply:
        """What somebody was shown last in private, without its text; nothing where that is too long ago."""
        return self.offers.get(conversation) or NOTHING

    def offered(self, conversation: Conversation, reply: Reply) -> None:
        """Note what a reply shows in a private chat."""
        self._show(conversation, remembered(reply, self.shown(conversation)))
        if turn := self.turns.get(conversation):
            self.turns.change(conversation, replace(turn, answer=None))

    def _show(self, conversation: Conversation, offer: Reply) -> None:
        if any(offer.buttons) or offer.instead or offer.short:
            self.offers.keep(conversation, offer)
        else:
            self.offers.drop(conversation)

    def turn(self, conversation: Conversation, message: int) -> Turn:
        """A new message of a private conversation, by its number, after all that was before it."""
        talk, way = self.conversations.talk(conversation), self.walks.get(conversation)
        return Turn(message, talk, self.shown(conversation), way)

    def go_back(self, conversation: Conversation, turn: Turn) -> None:
        """Make a conversation what it was before its last message."""
        self.conversations.go_back(conversation, turn.talk)
        self._show(conversation, turn.shown)
        if turn.way:
            self.walks.keep(conversation, turn.way)
        else:
            self.walks.drop(conversation)

    async def say(
        self, bot: Bot, message: Message, reply: Reply, *, reply_to: int | None = None
    ) -> Sent | None:
        """As the function `say`; remembered so that a group's messages can be cleaned up, and buttons typed in private.

        There, the answer to a message that was edited takes the place of the one before.
        """
        if is_private(message):
            return await self._say_privately(bot, message, reply, reply_to)
        sent = await say(bot, message, reply, reply_to=reply_to)
        if sent is not None:
            self.sent.note(sent.chat, sent.number, reply.entry_id)
        return sent

    async def _say_privately(
        self, bot: Bot, message: Message, reply: Reply, reply_to: int | None
    ) -> Sent | None:
        conversation, edited = conversation_of(message), message.edit_date is not None
        turn = self.turns.get(conversation)
        answer, sent = turn.answer if turn and edited else None, None
        if answer is None or not await amend(bot, message.chat.id, answer, reply):
            # What answers an edited message shows which one that is.
            sent = await say(bot, message, reply, reply_to=message.message_id if edited else reply_to)
            answer = sent.number if sent else None
        self.offered(conversation, reply)
        if turn is not None and turn.message == message.message_id:
            answered = replace(turn, answer=answer, text=hash(words_of(message)))
            self.turns.change(conversation, answered)
        return sent

    async def tell(self, bot: Bot, message: Message, reply: Reply, renderer: Renderer) -> None:
        """As `say`; in a group, with the button that takes the message away again, for who wrote to the bot."""
        if not is_private(message):
            reply = removable(reply, renderer, sender_of(message))
        await self.say(bot, message, reply)


class _Admins(filters.UpdateFilter):
    """Lets through what an admin sends. It is asked with each update: nobody stays an admin by having been one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def filter(self, update: Update) -> bool:
        """Whether it is an admin's."""
        return self._desk.is_admin(update)


def on_press(pressed: Pressed, pattern: str | None = None) -> Handler:
    """The handler of pressed buttons whose data begins as a pattern says; of all that are left without one."""

    async def handle(update: Update, context: Context) -> None:
        if update.callback_query is not None:
            await pressed(update, update.callback_query, context)

    return CallbackQueryHandler(handle, pattern=pattern)


def on_command(name: str, commanded: Commanded, allowed: filters.BaseFilter) -> Handler:
    """The handler of a command, among the messages that a filter lets through."""

    async def handle(update: Update, context: Context) -> None:
        if update.effective_message is not None:
            await commanded(update, update.effective_message, context)

    return CommandHandler(name, handle, filters=allowed)


def from_admins(desk: Desk) -> filters.BaseFilter:
    """What the bot's admins write in private. For everybody else, their commands are unknown ones."""
    return filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & _Admins(desk)


async def say(bot: Bot, message: Message, reply: Reply, *, reply_to: int | None = None) -> Sent | None:
    """Send a reply to where a message came from: its chat, and its topic in a forum."""
    return await send(bot, message.chat.id, reply, reply_to=reply_to, thread=topic_of(message))
