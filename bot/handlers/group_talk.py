"""Talk in groups: replies to the bot, what it overhears where it may help unasked, and questions that are edited."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import questions
from bot.groups import group_settings, restraint
from bot.groups.group_settings import Mode
from bot.groups.sent_messages import Given
from bot.handlers import group_answers, group_wording
from bot.handlers.context import Bot, Context, Desk, Handler
from bot.handlers.manners import has_room, has_room_for_danger, is_own_word, may_ask, settings_of
from bot.questions import sender_of
from bot.sending import REFUSED, amend
from bot.store.protocol import Json
from bot.transport.attempts import once
from knowledge.asking_on import asks_on
from knowledge.outcome import Answer
from knowledge.verdict import Verdict

log = logging.getLogger(__name__)

_GROUP = filters.ChatType.GROUPS & (filters.TEXT | filters.CAPTION)


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handlers of new and of edited messages."""

    async def said(update: Update, context: Context) -> None:
        message = update.effective_message
        asked = questions.from_message(message) if message else None
        if message is None or asked is None or not is_own_word(message):
            return
        if questions.command_in(message):
            await _commanded(desk, message, context.bot)
        elif questions.is_reply_to(message, context.bot.id):
            shown = questions.speaks_to_others(message, context.bot.username)
            if not shown and await may_ask(desk, context.bot, message):
                settings = await settings_of(desk, message)
                await group_answers.answer_reply(desk, message, asked, settings, context.bot)
            else:
                await group_answers.answer_urgent(desk, message, asked, context.bot)
        else:
            await _overhear(desk, message, context.bot)

    async def edited(update: Update, context: Context) -> None:
        message = update.edited_message
        given = desk.sent.answer_to(message.chat.id, message.message_id) if message else None
        if message is not None and given is not None and is_own_word(message) and has_room(desk, message):
            await _answer_anew(desk, message, given, context.bot)

    return [
        MessageHandler(filters.UpdateType.MESSAGE & _GROUP & ~filters.COMMAND, said),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & _GROUP, edited),
    ]


async def _commanded(desk: Desk, message: Message, bot: Bot) -> None:
    """Answer /ask under a picture, where the library knows no commands; the others need none."""
    asked = questions.from_command(message, bot.username)
    if not questions.names_command(questions.words_of(message), "ask", bot.username):
        return
    if await may_ask(desk, bot, message, "ask"):
        await group_answers.answer_command(desk, message, asked, bot)
    else:
        await group_answers.answer_urgent(desk, message, asked, bot)


async def _overhear(desk: Desk, message: Message, bot: Bot) -> None:
    """Answer what is plainly a question to everybody, if the group wants that, now and then."""
    stored = await desk.store.chat_settings(message.chat.id)
    settings = group_settings.read(stored)
    if settings.mode is not Mode.HELPFUL:
        return
    asked = questions.mentioning(message, bot.username) or questions.calling(message)
    if asked is not None:
        if has_room(desk, message):
            await group_answers.answer(desk, message, asked, settings, bot)
        return
    asked = questions.overheard(message)
    if asked is None:
        return
    language = settings.language or asked.question.language
    # Stands alone: what this person asked the bot before is no part of what they tell the others now.
    verdict = await desk.decide(replace(asked.question, language=language), None)
    entry_id = verdict.answered
    told = isinstance(verdict.outcome, Answer) and verdict.outcome.told
    known = told and (
        desk.warned.get(asked.conversation) or desk.conversations.is_alarmed(asked.conversation)
    )
    if entry_id is None or known or not await _may_answer(desk, message, stored, verdict, entry_id):
        desk.settle(verdict, None)
        return
    if group_answers.is_urgent(desk, verdict) and desk.conversations.is_urgent(asked.conversation):
        verdict = verdict.again()
    language = desk.conversations.answerer.reply_language(verdict, language)
    replies = group_wording.replies_in(desk, settings, language, bot, message)
    reply = group_wording.reply_to(desk, verdict, replies, overheard=True)
    if reply is None:
        return
    sent = await desk.say(bot, message, replies.removable(reply), reply_to=asked.reply_to)
    desk.settle(verdict, None)
    if sent is not None:
        if told:
            desk.warned.keep(asked.conversation, True)  # noqa: FBT003 - that is all there is to keep
        desk.conversations.remember(asked.conversation, entry_id)
        given = Given(sent.number, None, overheard=True, entry_id=entry_id, person=sender_of(message))
        given = replace(given, **group_answers.noted_of(desk, message, verdict, replies))
        desk.sent.note_answer(message.chat.id, asked.reply_to, given)


async def _may_answer(
    desk: Desk, message: Message, stored: Mapping[str, Json], verdict: Verdict, entry_id: str
) -> bool:
    """Whether what nobody put to the bot is to be answered; for what is urgent there is no pause, and no answer too many."""
    if group_answers.is_urgent(desk, verdict):
        return has_room_for_danger(desk, message)
    return await once("unasked", lambda: _may_speak(desk, message, stored, entry_id))


async def _may_speak(desk: Desk, message: Message, stored: Mapping[str, Json], entry_id: str) -> bool:
    """Whether an entry may be given unasked; noted before it is: should the bot fall over, silence is better than saying it twice."""
    now = time.time()
    if not restraint.may_speak(stored, entry_id, now):
        return False
    if desk.sent.gave(message.chat.id, entry_id):  # it stands a few messages further up
        return False
    await desk.store.set_chat_settings(message.chat.id, restraint.spoke(stored, entry_id, now))
    return True


async def _answer_anew(desk: Desk, message: Message, given: Given, bot: Bot) -> None:
    """Let an answer follow its question; what nobody asks any more is taken back."""
    settings = await settings_of(desk, message)
    asked = questions.asked_anew(message)
    if asked is None:
        return
    language = settings.language or asked.question.language
    question = replace(asked.question, language=language, previous=given.previous, overheard=given.overheard)
    verdict = await desk.decide(question, None)
    language = desk.conversations.answerer.reply_language(verdict, language)
    replies = group_wording.replies_in(desk, settings, language, bot, message)
    replies = replace(replies, person=given.person)
    reply = group_wording.reply_to(desk, verdict, replies, overheard=given.overheard)
    put = given.overheard or questions.command_in(message) or asks_on(asked.question.text)
    if not put and not group_answers.is_worth_it(desk, verdict, given.previous):
        reply = None  # "never mind"
    if reply is None:
        await _take_back(desk, message.chat.id, given.message_id, bot)
    elif await amend(bot, message.chat.id, given.message_id, replies.removable(reply)):
        desk.sent.note(message.chat.id, given.message_id, reply.entry_id)
        anew = replace(given, entry_id=verdict.answered)
        anew = replace(anew, **group_answers.noted_of(desk, message, verdict, replies))
        desk.sent.note_answer(message.chat.id, message.message_id, anew)
    else:
        desk.sent.drop(message.chat.id, frozenset({given.message_id}))
    desk.settle(verdict, asked.conversation)


async def _take_back(desk: Desk, chat_id: int, message_id: int, bot: Bot) -> None:
    try:
        await bot.delete_message(chat_id, message_id)
    except REFUSED as refused:
        log.info("an answer that nobody asks for any more stays: %s", refused.message)
    desk.sent.drop(chat_id, frozenset({message_id}))
