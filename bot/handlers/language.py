"""/language: in which language the bot speaks with somebody in private, by button or by name."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import language_menu
from bot.callback_data import Action, unpack
from bot.handlers.context import LANGUAGE, Context, Desk, Handler
from bot.handlers.manners import may_ask
from bot.locales import language_called, languages
from bot.questions import Conversation, is_private, language_of
from bot.reply import Reply
from bot.sending import acknowledge, edit, send


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command, and the buttons that it shows."""

    async def asked(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or not await may_ask(desk, context.bot, message, "language"):
            return
        code = language_called(" ".join(context.args or ()))
        if not is_private(message):
            reply = (await desk.renderer_for(update)).say("language-group")
        elif code:
            reply = await choose(desk, update, message.chat.id, code)
        else:
            reply = language_menu.menu(await desk.renderer_for(update))
        await desk.say(context.bot, message, reply)

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        payload = unpack(query.data)
        if payload is None or query.message is None:
            return
        chat = query.message.chat
        known = payload.id in ("", *languages()) and chat.type == chat.PRIVATE
        if known:
            reply = await choose(desk, update, chat.id, payload.id)
        else:  # made up, or of a language that was taken away
            reply = (await desk.renderer_for(update)).not_there()
        if not (known and await edit(query, reply)):
            await send(context.bot, chat.id, reply)

    return [
        CommandHandler("language", asked, filters=filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=rf"^{Action.LANGUAGE}:[a-z]*$"),
    ]


async def choose(desk: Desk, update: Update, chat_id: int, code: str) -> Reply:
    """Keep a choice, or with "" drop it; say so in the language chosen."""
    settings = await desk.store.chat_settings(chat_id)
    others = {name: value for name, value in settings.items() if name != LANGUAGE}
    desk.written.drop(Conversation(chat_id))
    await desk.store.set_chat_settings(chat_id, others | {LANGUAGE: code} if code else others)
    return language_menu.chosen(desk.renderer(code or language_of(update)), automatic=not code)
