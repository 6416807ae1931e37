"""/checklist: goes through a document's own questions with somebody, in private."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import checklists, deep_links, questions
from bot.callback_data import Action, unpack
from bot.handlers.context import Context, Desk, Handler
from bot.handlers.manners import may_ask
from bot.questions import is_private
from bot.rendering import Renderer
from bot.reply import Reply
from bot.sending import acknowledge, edit, send
from knowledge.checklist import Walk


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command, and the buttons of each step."""

    async def asked(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or not await may_ask(desk, context.bot, message, "checklist"):
            return
        renderer = await desk.renderer_for(update)
        if is_private(message) or renderer.checklist() is None:
            reply = _resumed(desk, renderer, questions.conversation_of(message))
        else:
            reply = checklists.elsewhere(renderer, deep_links.to_checklist(context.bot.username))
        await desk.say(context.bot, message, reply)

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        if query.message is None or query.message.chat.type != query.message.chat.PRIVATE:
            return
        renderer, payload = await desk.renderer_for(update), unpack(query.data)
        chat_id = query.message.chat.id
        if payload is None or not payload.id:
            await send(context.bot, chat_id, _resumed(desk, renderer, (chat_id, None, 0)))
            return
        reply = _stepped(desk, renderer, payload.id, (chat_id, None, 0))
        if not await edit(query, reply):
            await send(context.bot, chat_id, reply)

    return [
        CommandHandler("checklist", asked, filters=filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=f"^{Action.CHECKLIST}:"),
    ]


def _resumed(desk: Desk, renderer: Renderer, conversation: Hashable) -> Reply:
    """Where somebody left it, or the beginning."""
    checklist = renderer.checklist()
    if checklist is None:
        return checklists.none(renderer)
    left = desk.walks.get(conversation)
    walk = Walk.read(checklist, left) if left else None
    return checklists.step(renderer, walk or Walk(checklist))


def _stepped(desk: Desk, renderer: Renderer, code: str, conversation: Hashable) -> Reply:
    """The step with a code, which is remembered until the end is reached."""
    checklist = renderer.checklist()
    if checklist is None:
        return checklists.none(renderer)
    walk = Walk.read(checklist, code)
    if walk is None:
        return checklists.again(renderer, Walk(checklist), "checklist-changed")
    if walk.current and walk.begun:
        desk.walks.keep(conversation, walk.code)
    else:
        desk.walks.drop(conversation)
    return checklists.step(renderer, walk)
