"""Presses of "this helped" and "this didn't help": counted for the entry, never with who pressed."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, Update

from bot.callback_data import Action, Payload, unpack
from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, on_press
from bot.locales import Words
from bot.review import feedback, suggesting
from bot.review.feedback import REASONS, Opinion
from bot.sending import acknowledge, edit_rows, send


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler of feedback."""

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        payload = unpack(query.data)
        opinion = feedback.opinion_of(payload) if payload else None
        if payload is None or opinion is None:
            await acknowledge(query)
            return
        words = (await readers.renderer_for(desk, update)).words
        await _take(desk, query, payload, opinion, words)
        if opinion is Opinion.NOT_ASKED:
            await _offer(desk, query, feedback.key_of(payload), words, context.bot)

    return [on_press(pressed, f"^{Action.FEEDBACK}:")]


async def _take(desk: Desk, query: CallbackQuery, payload: Payload, opinion: Opinion, words: Words) -> None:
    asks_why = opinion is Opinion.NOT_HELPED
    await acknowledge(query, words("feedback-why" if asks_why else "feedback-thanks"))
    if query.message is None or desk.conversations.answerer.base.entry(payload.id) is None:
        return
    # An opinion counts once for a message, and so does a reason.
    press = (query.message.chat.id, query.message.message_id, "why" if opinion in REASONS else "what")
    if press not in desk.presses:
        version = feedback.counted_version(payload, desk.version)
        await desk.store.count_feedback(payload.id, version, opinion)
        desk.presses.add(press)
    rows = feedback.reason_rows(payload, words) if asks_why else ()
    await edit_rows(query, _is_feedback, rows)


async def _offer(desk: Desk, query: CallbackQuery, key: str, words: Words, bot: Bot) -> None:
    """Offer to send the question on, while it is remembered; once for a message."""
    if query.message is None or desk.drafts.get(key, query.from_user.id) is None:
        return
    press = (query.message.chat.id, query.message.message_id, "offer")
    if press not in desk.presses:
        await send(bot, query.message.chat.id, suggesting.offer(key, words))
        desk.presses.add(press)


def _is_feedback(data: str) -> bool:
    return data.startswith(f"{Action.FEEDBACK}:")
