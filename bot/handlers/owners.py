"""What the buttons of the bot's message in a group reveal: who asked for it, and what it asks back. Pure.

So it is known after a restart as well, and in another process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message

from bot.callback_data import Action, Payload, pack, unpack
from bot.phrases import phrases
from bot.reply import Button, Row


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose doing a message of the bot is.

    Attributes:
        person: The one who asked for it, by number; that of a chat, where somebody wrote in its name.
        language: The code of the language that it is in; empty for a message of an earlier version.
    """

    person: int
    language: str = ""


def owner_of(message: object) -> Owner | None:
    """Whose a message is, None where that isn't known.

    What a press sends can be made up, so this is read off the message, which comes from Telegram.

    Args:
        message: The one under which a button was pressed; one that is too old has no buttons to read.
    """
    if not isinstance(message, Message):
        return None
    for _, payload in _buttons(message):
        if payload.action is Action.REMOVE and payload.id.removeprefix("-").isdigit():
            return Owner(int(payload.id), payload.more)
    asked = message.reply_to_message
    if asked is None or asked.sender_chat is not None or asked.from_user is None:
        return None
    return Owner(asked.from_user.id)


def asked_back(message: Message | None) -> Row:
    """The buttons among which a message of the bot lets people choose; none where it asks nothing back."""
    found = tuple(_buttons(message)) if message else ()
    if not any(payload.action is Action.CHOOSE for _, payload in found):
        return ()
    none = "|".join(phrases("typed-none"))
    return tuple(
        Button(
            text,
            pack(payload.action, payload.id, payload.more),
            heard=none if payload.action is Action.NONE_OF_THESE else "",
        )
        for text, payload in found
        if payload.action in (Action.CHOOSE, Action.NONE_OF_THESE)
    )


def entry_of(message: Message | None) -> str:
    """The id of the entry whose source a message of the bot shows the way to; empty for none."""
    payloads = (payload for _, payload in _buttons(message)) if message else iter(())
    return next((payload.id for payload in payloads if payload.action is Action.SOURCES), "")


def _buttons(message: Message) -> Iterator[tuple[str, Payload]]:
    """The buttons under a message that can be pressed, with what each does."""
    for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
        for button in row:
            data = button.callback_data
            payload = unpack(data) if isinstance(data, str) else None
            if payload is not None:
                yield button.text, payload
