"""/language: in which language the bot speaks with somebody in private, by button or by name."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, Message, Update
from telegram.ext import filters

from bot import language_menu
from bot.callback_data import Action, unpack
from bot.handlers import readers
from bot.handlers.context import Context, Desk, Handler, on_command, on_press
from bot.handlers.manners import may_ask
from bot.locales import language_called, languages
from bot.questions import is_private
from bot.sending import acknowledge, edit, send


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command, and the buttons that it shows."""

    async def asked(update: Update, message: Message, context: Context) -> None:
        if not await may_ask(desk, context.bot, message, "language"):
            return
        code = language_called(" ".join(context.args or ()))
        renderer = await readers.renderer_for(desk, update)
        if not is_private(message):
            reply = renderer.say("language-group")
        elif code:
            reply = await readers.choose(desk, update, message.chat.id, code)
        else:
            reply = language_menu.menu(renderer)
        await desk.tell(context.bot, message, reply, renderer)

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        await acknowledge(query)
        payload = unpack(query.data)
        if payload is None or query.message is None:
            return
        chat = query.message.chat
        known = payload.id in ("", *languages()) and chat.type == chat.PRIVATE
        if known:
            reply = await readers.choose(desk, update, chat.id, payload.id)
        else:  # made up, or of a language that was taken away
            reply = (await readers.renderer_for(desk, update)).not_there()
        if not (known and await edit(query, reply)):
            await send(context.bot, chat.id, reply)

    return [
        on_command("language", asked, filters.UpdateType.MESSAGE),
        on_press(pressed, rf"^{Action.LANGUAGE}:[a-z]*$"),
    ]
