"""Sending a question to the maintainers: shown as it would be kept, and kept only when its asker says so."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.ext import filters

from bot.callback_data import Action, unpack
from bot.deep_links import SUGGESTION
from bot.handlers import elsewhere, readers
from bot.handlers.context import Context, Desk, Handler, on_command, on_press, say
from bot.locales import Words
from bot.rendering import stock_reply
from bot.reply import Reply
from bot.review import suggesting
from bot.review.drafts import Draft, Drafts
from bot.review.masking import Masked, mask, without_marks
from bot.review.presses import Press
from bot.review.suggesting import KEEP, MAX_OPEN, Step
from bot.sending import acknowledge, edit, send
from knowledge.dictionary import dictionary

_LINKED = rf"^/start(@\w+)? {SUGGESTION}"


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handlers of buttons, and of the link that leads here from a group."""

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        await acknowledge(query)
        payload = unpack(query.data)
        step = suggesting.step_of(payload) if payload else None
        message = query.message
        # Nobody's question is shown or kept from a group.
        if payload is None or step is None or message is None or message.chat.id != query.from_user.id:
            return
        renderer = await readers.renderer_for(desk, update)
        reply = await _reply(desk, _Pressed(query, payload.id, renderer.language), step, renderer.words)
        if reply is not None and (step is Step.SHOW or not await edit(query, reply)):
            await send(context.bot, message.chat.id, reply)
        if step is not Step.SHOW:
            # Only now: should the message fail, the next try says the same again.
            desk.drafts.drop(payload.id, query.from_user.id)

    async def linked(update: Update, message: Message, context: Context) -> None:
        user = update.effective_user
        key = suggesting.key_in_link(context.args[0]) if context.args else None
        if user is None or key is None:
            return
        words = (await readers.renderer_for(desk, update)).words
        await say(
            context.bot,
            message,
            await _preview(desk, user, key, await elsewhere.recall(desk, user.id, key), words),
        )

    from_link = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.Regex(_LINKED)
    return [
        on_command("start", linked, from_link),
        on_press(pressed, f"^{Action.SUGGEST}:"),
    ]


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A pressed button.

    What it is about is remembered under its key, for a while and in this process alone. Where it isn't, the chat may tell:
    the message that says that nothing answers replies to the question, and the preview holds what would be kept.
    """

    query: CallbackQuery
    key: str
    language: str

    @property
    def user(self) -> User:
        """Who pressed."""
        return self.query.from_user

    @property
    def place(self) -> Press:
        """The message pressed under, for what is done once."""
        message = self.query.message
        return (message.chat.id, message.message_id, "sent") if message else (0, 0, "sent")

    def question(self, drafts: Drafts) -> Draft | None:
        """The question; None where nobody knows it any more."""
        message = self.query.message
        asked = message.reply_to_message if isinstance(message, Message) else None
        own = asked if asked and asked.from_user == self.user else None
        return drafts.get(self.key, self.user.id) or (
            Draft(own.text, self.language) if own and own.text else None
        )

    def shown(self, drafts: Drafts) -> Draft | None:
        """The question as its asker has seen it, in a message that still offers to send it."""
        draft = drafts.get(self.key, self.user.id)
        message = self.query.message
        if draft and draft.shown:
            return draft
        if not isinstance(message, Message) or message.reply_markup is None:
            return None
        offered = {button.callback_data for row in message.reply_markup.inline_keyboard for button in row}
        quoted = list(message.parse_entities([MessageEntity.BLOCKQUOTE]).values())
        if self.query.data not in offered or not quoted:
            return None
        return Draft(quoted[0], self.language, Masked(quoted[0], 0))


async def _reply(desk: Desk, pressed: _Pressed, step: Step, words: Words) -> Reply | None:
    match step:
        case Step.SHOW:
            return await _preview(desk, pressed.user, pressed.key, pressed.question(desk.drafts), words)
        case Step.DROP:
            return stock_reply("suggest-dropped", words)
        case Step.SEND:
            return await _keep(desk, pressed, words)


async def _preview(desk: Desk, user: User, key: str, draft: Draft | None, words: Words) -> Reply:
    if draft is None:
        return stock_reply("suggest-gone", words)
    names = [name for name in (user.first_name, user.last_name, user.username) if name]
    known = await asyncio.to_thread(desk.conversations.answerer.words_used, draft.language)
    masked = mask(draft.text, own_names=names, known=known, ordinary=dictionary(draft.language))
    if not without_marks(masked.text):
        return stock_reply("suggest-nothing", words)
    desk.drafts.show(key, user.id, masked)
    return suggesting.preview(masked, key, words)


async def _keep(desk: Desk, pressed: _Pressed, words: Words) -> Reply | None:
    """Keep a question once, however often its button is pressed, or its press tried; None where all is said."""
    user, draft, sent = pressed.user, pressed.shown(desk.drafts), pressed.place in desk.presses
    if draft is None or draft.shown is None:
        return None if sent else stock_reply("suggest-gone", words)
    if not sent:
        if await desk.store.open_suggestions(user.id) >= MAX_OPEN:
            return stock_reply("suggest-enough", words)
        await desk.store.add_suggestion(user.id, draft.shown.text, keep=KEEP, language=draft.language)
        desk.presses.add(pressed.place)
    return suggesting.sent(draft.shown, words)
