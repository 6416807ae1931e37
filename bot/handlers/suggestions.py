"""Sending a question to the maintainers: shown as it would be kept, and kept only when its asker says so."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update, User
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import suggesting
from bot.callback_data import Action, unpack
from bot.handlers.context import Context, Desk, Handler, say
from bot.locales import Words
from bot.masking import mask, without_marks
from bot.reply import Reply
from bot.sending import acknowledge, edit, send
from bot.suggesting import KEEP_DAYS, MAX_OPEN, Step
from knowledge.dictionary import dictionary

_PATTERN = f"^{Action.SUGGEST}:"
_DAY = 24 * 3600.0


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handlers of buttons, and of the link that leads here from a group."""

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        payload = unpack(query.data)
        step = suggesting.step_of(payload) if payload else None
        message = query.message
        # Nobody's question is shown or kept from a group.
        if payload is None or step is None or message is None or message.chat.id != query.from_user.id:
            return
        words = (await desk.renderer_for(update)).words
        reply = await _reply(desk, query.from_user, step, payload.id, words)
        if step is Step.SHOW or not await edit(query, reply):
            await send(context.bot, message.chat.id, reply)

    async def linked(update: Update, context: Context) -> None:
        message, user = update.effective_message, update.effective_user
        key = suggesting.key_in_link(context.args[0]) if context.args else None
        if message is None or user is None or key is None:
            return
        words = (await desk.renderer_for(update)).words
        await say(context.bot, message, _preview(desk, user, key, words))

    from_link = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.Regex(r"^/start(@\w+)? q_")
    return [
        CommandHandler("start", linked, filters=from_link),
        CallbackQueryHandler(pressed, pattern=_PATTERN),
    ]


async def _reply(desk: Desk, user: User, step: Step, key: str, words: Words) -> Reply:
    match step:
        case Step.SHOW:
            return _preview(desk, user, key, words)
        case Step.DROP:
            desk.drafts.drop(key, user.id)
            return suggesting.says("suggest-dropped", words)
        case Step.SEND:
            return await _keep(desk, user, key, words)


def _preview(desk: Desk, user: User, key: str, words: Words) -> Reply:
    draft = desk.drafts.get(key, user.id)
    if draft is None:
        return suggesting.says("suggest-gone", words)
    names = [name for name in (user.first_name, user.last_name, user.username) if name]
    known = desk.conversations.answerer.words_used(draft.language)
    masked = mask(draft.text, own_names=names, known=known, ordinary=dictionary(draft.language))
    if not without_marks(masked.text):
        return suggesting.says("suggest-nothing", words)
    desk.drafts.show(key, user.id, masked)
    return suggesting.preview(masked, key, words)


async def _keep(desk: Desk, user: User, key: str, words: Words) -> Reply:
    draft = desk.drafts.get(key, user.id)
    if draft is None or draft.shown is None:
        return suggesting.says("suggest-gone", words)
    if await desk.store.open_suggestions_of(user.id) >= MAX_OPEN:
        return suggesting.says("suggest-enough", words)
    await desk.store.add_suggestion(user.id, draft.shown.text, keep=KEEP_DAYS * _DAY, language=draft.language)
    desk.drafts.drop(key, user.id)
    return suggesting.sent(draft.shown, words)
