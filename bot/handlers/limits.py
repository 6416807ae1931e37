"""How much one person may ask of the bot in private, by buttons and in chats that it isn't in. Runs after `late.py`, before all others.

In groups, messages are counted where the bot is about to react to them (`manners.py`): most aren't for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from telegram import CallbackQuery, InlineQuery, InlineQueryResultsButton, Message, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot import deep_links, questions
from bot.asking import WHILE_TYPING
from bot.callback_data import Action, unpack
from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, say
from bot.handlers.manners import has_room, most_in, person_of
from bot.sending import acknowledge, unless_past
from bot.transport import attempts
from bot.transport.telegram_time import TelegramTime

_UNCOUNTED: Final = frozenset({Action.SETTING, Action.REMOVE})
"""Buttons by which a group's admins alone make the bot write, or by which a message goes."""


def get_handlers(desk: Desk, telegram_time: TelegramTime) -> Sequence[Handler]:
    """The handler that lets through what isn't too much."""

    async def handle(update: Update, context: Context) -> None:
        message, query, guest = update.message, update.callback_query, update.guest_message
        if desk.is_admin(update):
            return
        if message is not None and questions.is_private(message):
            if not await _is_heard(desk, update, message, context.bot):
                await _warn(desk, update, message, context.bot)
                raise ApplicationHandlerStop
        elif query is not None and not _may_press(desk, query, telegram_time.now() - attempts.waited()):
            await acknowledge(query, (await readers.renderer_for(desk, update)).words("too-many"), alert=True)
            raise ApplicationHandlerStop
        elif update.inline_query is not None:
            asked = telegram_time.now() - attempts.waited()
            if not _may_type(desk, update.inline_query, asked):
                await _offer_nothing(update.inline_query, desk)
                raise ApplicationHandlerStop
        elif guest is not None and not _may_mention(desk, guest):
            raise ApplicationHandlerStop  # as in groups, without a word

    return [TypeHandler(Update, handle)]


async def _is_heard(desk: Desk, update: Update, message: Message, bot: Bot) -> bool:
    """Whether a message may be handled; says so where not, once in a pause."""
    command = questions.command_in(message)
    if has_room(desk, message, command):
        return True
    person = person_of(message, command)
    if desk.asking.needs_notice(person):
        await say(bot, message, (await readers.renderer_for(desk, update)).say("too-many"))
        desk.asking.note_notice(person)
    return False


async def _warn(desk: Desk, update: Update, message: Message, bot: Bot) -> None:
    """Show what to do in an emergency, in two lines, to somebody who mentions one in a pause: frightened people write in pieces."""
    asked, person = questions.from_message(message), person_of(message)
    if asked is None or questions.command_in(message) or not desk.asking.may_be_urgent(person):
        return
    renderer, answerer = await readers.renderer_for(desk, update), desk.conversations.answerer
    verdict = await desk.decide(replace(asked.question, language=renderer.language), asked.conversation)
    entry = answerer.shown(verdict.answered, verdict, renderer.language) if verdict.answered else None
    if entry is not None and entry.urgent:
        speaking = desk.renderer(answerer.reply_language(verdict, renderer.language))
        await desk.say(bot, message, speaking.answer(entry, again=True))
        desk.asking.note_warning(person)
        desk.settle(verdict, asked.conversation)


def _may_type(desk: Desk, query: InlineQuery, asked: float) -> bool:
    return desk.asking.may(("inline", query.from_user.id), query.id, asked, WHILE_TYPING)


def _may_mention(desk: Desk, message: Message) -> bool:
    """Counted in all those chats together: the bot knows none of them, and each may be one person's own."""
    name = (message.chat.id, message.message_id)
    return desk.asking.may(("guest", questions.sender_of(message)), name, message.date.timestamp())


async def _offer_nothing(query: InlineQuery, desk: Desk) -> None:
    said = desk.renderer(query.from_user.language_code).words("inline-too-many")
    button = InlineQueryResultsButton(said, start_parameter=deep_links.GREETING)
    with unless_past():
        await query.answer([], cache_time=0, is_personal=True, button=button)


def _may_press(desk: Desk, query: CallbackQuery, pressed: float) -> bool:
    payload, message = unpack(query.data), query.message
    if message is None or (payload is not None and payload.action in _UNCOUNTED):
        return True
    person = (message.chat.id, query.from_user.id, False)
    return desk.asking.may(person, query.id, pressed, most_in(message.chat))
