"""What somebody types in private instead of pressing a button that they were shown: its words, its number, "yes"."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.callback_data import Action, Payload, unpack
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.handlers import buttons, language, walking
from bot.handlers.context import Context, Desk, Handler
from bot.questions import conversation_of
from bot.reply import Reply
from bot.typed import chosen, is_yes

_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND


@dataclass(frozen=True, slots=True)
class _Choice:
    """What somebody has chosen, and where."""

    desk: Desk
    update: Update
    payload: Payload
    conversation: Hashable
    username: str
    """The bot's own."""


_Bring: TypeAlias = Callable[[_Choice], Awaitable[Reply]]


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler of typed choices; what is none of them is left to those of plain messages."""

    async def typed(update: Update, context: Context) -> None:
        message = update.effective_message
        payload = _meant(desk, message) if message else None
        if message is None or payload is None:
            return
        choice = _Choice(desk, update, payload, conversation_of(message), context.bot.username)
        await desk.say(context.bot, message, await _BRINGS[payload.action](choice))

    async def said_yes(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None:
            offered = desk.offers.get(conversation_of(message)) or ()
            await desk.say(context.bot, message, (await desk.renderer_for(update)).which(offered))

    return [
        MessageHandler(_PRIVATE & _Choosing(desk), typed),
        MessageHandler(_PRIVATE & _SayingYes(desk), said_yes),
    ]


class _Choosing(filters.MessageFilter):
    """Lets through what chooses something that was offered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def filter(self, message: Message) -> bool:
        return _meant(self._desk, message) is not None


class _SayingYes(filters.MessageFilter):
    """Lets through a mere yes to a question with several things to choose from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def filter(self, message: Message) -> bool:
        offered = self._desk.offers.get(conversation_of(message)) or ()
        first = unpack(offered[0].data) if offered else None
        return first is not None and first.action is Action.CHOOSE and is_yes(message.text or "")


def _meant(desk: Desk, message: Message) -> Payload | None:
    """What a message chooses; None where it is a question like any other."""
    offered = desk.offers.get(conversation_of(message)) or ()
    button = chosen(message.text or "", offered)
    payload = unpack(button.data) if button else None
    return payload if payload and payload.action in _BRINGS else None


async def _of_entries(choice: _Choice) -> Reply:
    renderer = await choice.desk.renderer_for(choice.update)
    replies = GroupReplies(renderer, GroupSettings(), choice.username)
    return buttons.reply_to(choice.desk, choice.payload, replies, choice.conversation, private=True)[0]


async def _of_checklist(choice: _Choice) -> Reply:
    renderer, code = await choice.desk.renderer_for(choice.update), choice.payload.id
    if code:
        return walking.go_to(choice.desk, renderer, code, choice.conversation)
    return walking.resume(choice.desk, renderer, choice.conversation)


async def _of_language(choice: _Choice) -> Reply:
    chat = choice.update.effective_chat
    return await language.choose(choice.desk, choice.update, chat.id if chat else 0, choice.payload.id)


# Feedback and questions for the maintainers are left out: what is counted or kept needs a press.
_BRINGS: Final[Mapping[Action, _Bring]] = {
    **dict.fromkeys(
        (
            Action.SHOW,
            Action.CHOOSE,
            Action.NONE_OF_THESE,
            Action.TOPICS,
            Action.TOPIC,
            Action.BROWSE,
            Action.SOURCES,
        ),
        _of_entries,
    ),
    Action.CHECKLIST: _of_checklist,
    Action.LANGUAGE: _of_language,
}
