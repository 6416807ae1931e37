"""What one person may have the bot do in a while, in private and by buttons. Runs after `late.py`, before all other handlers.

In groups, messages are counted where the bot is about to react to them (`manners.py`): most aren't for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot import questions
from bot.callback_data import Action, unpack
from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, say
from bot.handlers.manners import has_room, most_in, person_of
from bot.sending import acknowledge
from bot.transport import attempts
from bot.transport.telegram_time import TelegramTime

_UNCOUNTED: Final = frozenset({Action.SETTING, Action.REMOVE})
"""Buttons by which a group's admins alone make the bot write, or by which a message goes."""


def get_handlers(desk: Desk, telegram_time: TelegramTime) -> Sequence[Handler]:
    """The handler that lets through what isn't too much."""

    async def handle(update: Update, context: Context) -> None:
        message, query = update.message, update.callback_query
        if desk.is_admin(update):
            return
        if message is not None and questions.is_private(message):
            if not await _is_heard(desk, update, message, context.bot):
                await _warn(desk, update, message, context.bot)
                raise ApplicationHandlerStop
        elif query is not None and not _may_press(desk, query, telegram_time.now() - attempts.waited()):
            await acknowledge(query, (await readers.renderer_for(desk, update)).words("too-many"), alert=True)
            raise ApplicationHandlerStop

    return [TypeHandler(Update, handle)]


async def _is_heard(desk: Desk, update: Update, message: Message, bot: Bot) -> bool:
    """Whether a message may be handled; says so where not, once in a pause."""
    command = questions.command_in(message)
    if has_room(desk, message, command):
        return True
    person = person_of(message, command)
    if desk.asking.is_to_be_told(person):
        await say(bot, message, (await readers.renderer_for(desk, update)).say("too-many"))
        desk.asking.told(person)
    return False


async def _warn(desk: Desk, update: Update, message: Message, bot: Bot) -> None:
    """What to do in an emergency, in two lines, to who speaks of one in a pause: frightened people write in pieces."""
    asked, person = questions.from_message(message), person_of(message)
    if asked is None or questions.command_in(message) or not desk.asking.may_cry(person):
        return
    renderer, answerer = await readers.renderer_for(desk, update), desk.conversations.answerer
    verdict = await desk.decide(replace(asked.question, language=renderer.language), asked.conversation)
    entry = answerer.shown(verdict.answered, verdict, renderer.language) if verdict.answered else None
    if entry is not None and entry.urgent:
        speaking = desk.renderer(answerer.reply_language(verdict, renderer.language))
        await desk.say(bot, message, speaking.answer(entry, again=True))
        desk.asking.warned(person)
        desk.settle(verdict, asked.conversation)


def _may_press(desk: Desk, query: CallbackQuery, pressed: float) -> bool:
    payload, message = unpack(query.data), query.message
    if message is None or (payload is not None and payload.action in _UNCOUNTED):
        return True
    person = (message.chat.id, query.from_user.id, False)
    return desk.asking.may(person, query.id, pressed, most_in(message.chat))
