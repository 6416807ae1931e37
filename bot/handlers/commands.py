"""Commands: /start /help /ask /topics /sources /privacy /forget."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from telegram import CallbackQuery, Message, Update
from telegram.ext import filters

from bot import about, browsing, checklists, deep_links, questions
from bot.answering import MEMORY_MINUTES
from bot.callback_data import Action
from bot.groups.group_replies import GroupReplies, folded
from bot.handlers import forgetting, group_answers, private_talk, readers, walking
from bot.handlers.context import Context, Desk, Handler, on_command, on_press
from bot.handlers.manners import may_ask, settings_of
from bot.questions import is_private
from bot.rendering import Renderer
from bot.reply import Reply
from bot.sending import acknowledge, edit, send

FOR_PRIVATE = ("ask", "topics", "sources", "language", "help", "privacy", "forget")
"""The menu in private chats; `/start` works too, and shows itself."""
FOR_GROUPS = ("ask", "topics", "help", "privacy", "forget")
FOR_GROUP_ADMINS = ("settings", "clean")
"""What the menu has besides for a group's admins."""
FOR_BOT_ADMINS = ("review", "stats", "reload")
"""For those of ADMIN_IDS, in private."""
_Run: TypeAlias = Callable[[Desk, Update, Message, Context], Awaitable[None]]
_ADDRESSED = filters.UpdateType.MESSAGE
"""New messages alone: an edited command or a channel post is nobody's question."""


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command handlers."""

    def command(name: str, run: _Run) -> Handler:
        async def commanded(update: Update, message: Message, context: Context) -> None:
            if await may_ask(desk, context.bot, message, name):
                await run(desk, update, message, context)
            elif name == "ask":
                await _asked_in_vain(desk, message, context)

        return on_command(name, commanded, _ADDRESSED)

    async def forget_pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        await acknowledge(query)
        if query.message is None or query.message.chat.type != query.message.chat.PRIVATE:
            return
        renderer = await readers.renderer_for(desk, update)
        reply = await forgetting.done(desk, query.from_user.id, renderer, but=update.update_id)
        if not await edit(query, reply):
            await send(context.bot, query.message.chat.id, reply)

    commands = [command(name, run) for name, run in _COMMANDS.items()]
    return [*commands, on_press(forget_pressed, f"^{Action.FORGET}:")]


async def _asked_in_vain(desk: Desk, message: Message, context: Context) -> None:
    """Answer a question that the bot isn't to react to, because of the group's settings or of how much was asked, if it is urgent."""
    asked = questions.from_command(message, context.bot.username)
    await group_answers.answer_urgent(desk, message, asked, context.bot)


async def start(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Greet; with a deep link's payload, answer the entry that it names."""
    renderer = await readers.renderer_for(desk, update)
    if not is_private(message):
        await help_(desk, update, message, context)
        return
    payload = context.args[0] if context.args else ""
    if not payload:
        await desk.say(context.bot, message, _greeting(renderer))
        return
    if payload == deep_links.CHECKLIST and renderer.checklist():
        reply = walking.resume(desk, renderer, questions.conversation_of(message))
        await desk.say(context.bot, message, reply)
        return
    entry = desk.conversations.show(payload, questions.conversation_of(message), renderer.language)
    reply = desk.replies(renderer).answer(entry) if entry else _greeting(renderer)
    await desk.say(context.bot, message, reply)


def _greeting(renderer: Renderer) -> Reply:
    return about.greeting(renderer).with_rows(checklists.offer(renderer))


async def help_(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Say what the bot does here."""
    renderer = await readers.renderer_for(desk, update)
    if is_private(message):
        reply = about.help_(renderer)
    else:
        reply = GroupReplies(renderer, await settings_of(desk, message), context.bot.username).help()
    await desk.tell(context.bot, message, reply, renderer)


async def ask(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Answer what follows the command, or the message that it replies to."""
    asked = questions.from_command(message, context.bot.username)
    if not is_private(message):
        await group_answers.answer_command(desk, message, asked, context.bot)
    elif asked is None:
        await desk.say(
            context.bot, message, about.ask_how(await readers.renderer_for(desk, update), group=False)
        )
    else:
        await private_talk.answer(desk, update, message, asked, context.bot)


async def topics(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Show the topics."""
    renderer = await readers.renderer_for(desk, update)
    await desk.tell(context.bot, message, browsing.topics(renderer), renderer)


async def sources(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Show what the last answer rests on; before any answer, where everything comes from."""
    renderer = await readers.renderer_for(desk, update)
    last = desk.conversations.last(questions.conversation_of(message))
    entry = desk.conversations.answerer.base.entry(last, renderer.language) if last else None
    reply = about.sources(renderer, entry)
    await desk.tell(context.bot, message, reply if is_private(message) else folded(reply), renderer)


async def privacy(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Say what is kept."""
    renderer = await readers.renderer_for(desk, update)
    reply = about.privacy(renderer, MEMORY_MINUTES, checklists.MEMORY_MINUTES)
    await desk.tell(context.bot, message, reply, renderer)


async def forget(desk: Desk, update: Update, message: Message, context: Context) -> None:
    """Delete what is kept of the asker, and say what that was."""
    # In the name of a group or a channel somebody takes back what they said; what is kept of that chat is its admins'.
    counts, others = await forgetting.forget(
        desk, questions.sender_of(message), but=update.update_id, stored=message.sender_chat is None
    )
    renderer = await readers.renderer_for(desk, update)
    await desk.tell(context.bot, message, about.forgotten(renderer, counts, others=others), renderer)


_COMMANDS: dict[str, _Run] = {
    "start": start,
    "help": help_,
    "ask": ask,
    "topics": topics,
    "sources": sources,
    "privacy": privacy,
    "forget": forget,
}
