"""/checklist: goes through a document's own questions with somebody, in private."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, Message, Update
from telegram.ext import filters

from bot import checklists, deep_links, questions
from bot.callback_data import Action, unpack
from bot.handlers import readers, walking
from bot.handlers.context import Context, Desk, Handler, on_command, on_press
from bot.handlers.manners import may_ask
from bot.questions import is_private
from bot.sending import acknowledge, edit, send


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command, and the buttons of each step."""

    async def asked(update: Update, message: Message, context: Context) -> None:
        if not await may_ask(desk, context.bot, message, "checklist"):
            return
        renderer = await readers.renderer_for(desk, update)
        if is_private(message) or renderer.checklist() is None:
            reply = walking.resume(desk, renderer, questions.conversation_of(message))
        else:
            reply = checklists.elsewhere(renderer, deep_links.to_checklist(context.bot.username))
        await desk.tell(context.bot, message, reply, renderer)

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        await acknowledge(query)
        if query.message is None or query.message.chat.type != query.message.chat.PRIVATE:
            return
        renderer, payload = await readers.renderer_for(desk, update), unpack(query.data)
        chat_id = query.message.chat.id
        conversation = questions.Conversation(chat_id)
        if payload is None or not payload.id:
            reply = walking.resume(desk, renderer, conversation)
        else:
            reply = walking.go_to(desk, renderer, payload.id, conversation)
        desk.offered(conversation, reply)
        if payload is None or not payload.id or not await edit(query, reply):
            await send(context.bot, chat_id, reply)

    return [
        on_command("checklist", asked, filters.UpdateType.MESSAGE),
        on_press(pressed, f"^{Action.CHECKLIST}:"),
    ]
