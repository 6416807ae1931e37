"""The language in which the bot answers somebody: the one chosen for the chat, the one they write, or that of their Telegram app."""

from __future__ import annotations

from telegram import Update

from bot import language_menu
from bot.groups.group_settings import LANGUAGE
from bot.handlers.context import Desk
from bot.questions import Conversation, language_of
from bot.rendering import Renderer
from bot.reply import Reply


async def renderer_for(desk: Desk, update: Update) -> Renderer:
    """The renderer for who sent an update; raises as `language_for` does."""
    return desk.renderer(await language_for(desk, update))


async def language_for(desk: Desk, update: Update) -> str | None:
    """The language to speak: the one chosen for the chat, or else `likely_language`.

    Raises:
        StoreUnavailableError: What was chosen can't be read now.
    """
    chat = update.effective_chat
    chosen = await chosen_language(desk, chat.id) if chat else None
    return chosen or likely_language(desk, update)


def likely_language(desk: Desk, update: Update) -> str | None:
    """The language that somebody has written in lately in private, or else that of their Telegram app."""
    chat = update.effective_chat
    written = desk.written.get(Conversation(chat.id)) if chat and chat.type == chat.PRIVATE else None
    return written or language_of(update)


async def chosen_language(desk: Desk, chat_id: int) -> str | None:
    """The language chosen for a chat, None where none is; raises as `language_for` does."""
    chosen = (await desk.store.chat_settings(chat_id)).get(LANGUAGE)
    return chosen if isinstance(chosen, str) else None


async def choose(desk: Desk, update: Update, chat_id: int, code: str) -> Reply:
    """Keep a choice for a private chat, or with "" drop it; say so in the language chosen. Raises as `language_for` does."""
    settings = await desk.store.chat_settings(chat_id)
    others = {name: value for name, value in settings.items() if name != LANGUAGE}
    desk.written.drop(Conversation(chat_id))
    await desk.store.set_chat_settings(chat_id, others | {LANGUAGE: code} if code else others)
    return language_menu.chosen(desk.renderer(code or language_of(update)), automatic=not code)


def note_language(desk: Desk, update: Update, language: str | None) -> None:
    """Remember the language that somebody wrote in, where it isn't that of their app."""
    chat = update.effective_chat
    if chat and language and language != language_of(update):
        desk.written.keep(Conversation(chat.id), language)
    elif chat:
        desk.written.drop(Conversation(chat.id))
