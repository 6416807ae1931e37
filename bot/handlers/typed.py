"""What somebody types in private instead of pressing a button that they were shown, and remarks that ask nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import about, checklists, remarks
from bot.callback_data import Action, Payload
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.handlers import forgetting, pressing, readers, walking
from bot.handlers.context import Context, Desk, Handler, say
from bot.questions import Conversation, conversation_of
from bot.remark import OFFERS_NOTHING, Remark, relief_in
from bot.reply import Reply
from bot.typed import Cited, heard

_PRIVATE = filters.UpdateType.MESSAGES & filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND


@dataclass(frozen=True, slots=True)
class _Choice:
    """What somebody has chosen, and where."""

    desk: Desk
    update: Update
    payload: Payload
    conversation: Conversation
    username: str
    """The bot's own."""


_Bring: TypeAlias = Callable[[_Choice], Awaitable[Reply]]


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler of typed choices and of remarks; what is neither is left to those of plain messages."""

    async def typed(update: Update, context: Context) -> None:
        message = update.effective_message
        meant = _meant(desk, message) if message else None
        if message is None or meant is None:
            return
        if isinstance(meant, Payload):
            choice = _Choice(desk, update, meant, conversation_of(message), context.bot.username)
            await desk.say(context.bot, message, await _BRINGS[meant.action](choice))
        elif isinstance(meant, Cited):
            await say(context.bot, message, about.cited(await readers.renderer_for(desk, update), meant.ids))
        else:
            reply = await _remarked(desk, update, conversation_of(message), meant)
            # What was offered before a nod still is.
            await (say if meant in OFFERS_NOTHING else desk.say)(context.bot, message, reply)

    return [MessageHandler(_PRIVATE & _Meaning(desk), typed)]


class _Meaning(filters.MessageFilter):
    """Lets through what chooses something that was offered, or is merely a remark."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def filter(self, message: Message) -> bool:
        return _meant(self._desk, message) is not None


async def _remarked(desk: Desk, update: Update, conversation: Conversation, remark: Remark) -> Reply:
    renderer, shown = await readers.renderer_for(desk, update), desk.shown(conversation)
    if relief := relief_in(remark):
        desk.conversations.relieved(conversation, relief)
    elif remark is Remark.MISSED:
        desk.conversations.missed(conversation)
    if remark is not Remark.LEAVE:
        return remarks.reply(remark, renderer, shown)
    way = desk.walks.get(conversation)
    if way is not None:
        desk.walks.keep(conversation, replace(way, left=True))
    return checklists.left(renderer, way.code if way else "")


def _meant(desk: Desk, message: Message) -> Payload | Remark | Cited | None:
    """What a message chooses or remarks; None where it is a question like any other."""
    conversation = conversation_of(message)
    talks, shown = desk.conversations, desk.shown(conversation)
    return heard(
        message.text or "",
        shown,
        urgent=talks.is_urgent(conversation),
        alarmed=talks.is_alarmed(conversation),
        passages=talks.answerer.base.passages,
        checklists={checklist.title for checklist in talks.answerer.base.checklists.values()},
    )


async def _of_entries(choice: _Choice) -> Reply:
    renderer = await readers.renderer_for(choice.desk, choice.update)
    replies = GroupReplies(renderer, GroupSettings(), choice.username)
    return pressing.reply_to(choice.desk, choice.payload, replies, choice.conversation, private=True)[0]


async def _of_checklist(choice: _Choice) -> Reply:
    renderer, code = await readers.renderer_for(choice.desk, choice.update), choice.payload.id
    if code:
        return walking.go_to(choice.desk, renderer, code, choice.conversation)
    return walking.resume(choice.desk, renderer, choice.conversation)


async def _of_language(choice: _Choice) -> Reply:
    chat, entry_id = choice.update.effective_chat, choice.desk.shown(choice.conversation).entry_id
    reply = await readers.choose(choice.desk, choice.update, chat.id if chat else 0, choice.payload.id)
    if not entry_id:
        return reply
    # "In Spanish, please" after an answer asks for that answer.
    return await _of_entries(replace(choice, payload=Payload(Action.SHOW, entry_id)))


async def _of_forgetting(choice: _Choice) -> Reply:
    renderer = await readers.renderer_for(choice.desk, choice.update)
    user = choice.update.effective_user
    sender = user.id if user else 0
    return await forgetting.done(choice.desk, sender, renderer, but=choice.update.update_id)


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
    Action.FORGET: _of_forgetting,
}
