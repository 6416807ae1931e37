"""/settings in a group: its admins see and change how the bot behaves there."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import CallbackQuery, Message, Update
from telegram.ext import filters

from bot import questions
from bot.callback_data import Action, unpack
from bot.groups import group_settings
from bot.groups.group_settings import GroupSettings
from bot.groups.settings_panel import panel
from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, on_command, on_press
from bot.handlers.manners import is_own_word
from bot.locales import languages
from bot.reply import Reply
from bot.sending import REFUSED, acknowledge, edit
from bot.transport.attempts import once

log = logging.getLogger(__name__)


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The command, and the buttons of the panel that it shows."""

    async def asked(update: Update, message: Message, context: Context) -> None:
        if questions.is_private(message):
            await desk.say(
                context.bot, message, (await readers.renderer_for(desk, update)).say("settings-private")
            )
            return
        # To others it says nothing: who may not change anything would only make noise with it.
        if is_own_word(message) and await desk.group_admins.wrote(context.bot, message):
            settings = group_settings.read(await desk.store.chat_settings(message.chat.id))
            shown = await _shown(desk, update, context.bot, settings, message.chat.id)
            await desk.say(context.bot, message, shown, reply_to=message.message_id)

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        payload, message = unpack(query.data), query.message
        if payload is None or message is None:  # made up
            await acknowledge(query)
            return
        chat_id = message.chat.id
        if not await desk.group_admins.include(context.bot, chat_id, query.from_user.id):
            refusal = (await readers.renderer_for(desk, update)).words("settings-admins-only")
            await acknowledge(query, refusal, alert=True)
            return
        # Who pressed before an outage has seen nothing happen, and may have chosen otherwise since.
        if not await once("acknowledged", lambda: acknowledge(query)):
            return
        settings = await _chosen(desk, chat_id, payload.id)
        shown = await _shown(desk, update, context.bot, settings, chat_id, open_=bool(payload.id))
        if not await edit(query, shown) and isinstance(message, Message):
            await desk.say(context.bot, message, shown)

    return [
        on_command("settings", asked, filters.UpdateType.MESSAGE),
        on_press(pressed, f"^{Action.SETTING}:"),
    ]


async def _chosen(desk: Desk, chat_id: int, choice: str) -> GroupSettings:
    """A group's settings once a choice is made and kept; as they were where it is none."""
    stored = await desk.store.chat_settings(chat_id)
    settings = group_settings.read(stored)
    changed = group_settings.changed(settings, choice)
    if changed is None or changed == settings:
        return settings
    await desk.store.set_chat_settings(chat_id, group_settings.written(changed, stored))
    return changed


async def _shown(
    desk: Desk, update: Update, bot: Bot, settings: GroupSettings, chat_id: int, *, open_: bool = True
) -> Reply:
    renderer = await readers.renderer_for(desk, update)
    return panel(settings, languages(), renderer.words, hears=await _hears(bot, chat_id), open_=open_)


async def _hears(bot: Bot, chat_id: int) -> bool:
    """Whether Telegram shows the bot all messages of a group: its privacy mode is off, or it is admin there."""
    if (await bot.get_me()).can_read_all_group_messages:
        return True
    try:
        own = await bot.get_chat_member(chat_id, bot.id)
    except REFUSED as refused:
        log.info("a group doesn't tell what the bot is in it: %s", refused.message)
        return False
    return own.status == own.ADMINISTRATOR
