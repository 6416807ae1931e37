"""A stored update's JSON into the library's Update; a private text comes through whatever else Telegram sent with it."""

from __future__ import annotations

import json
import logging
from typing import Any, Final

from telegram import Bot, MessageEntity, Update

log = logging.getLogger(__name__)

_OF_A_MESSAGE: Final = ("message_id", "date", "text")
_OF_A_CHAT: Final = ("id", "type", "first_name")
_OF_A_USER: Final = ("id", "is_bot", "first_name", "language_code")


def unpack(body: bytes, update_id: int, bot: Bot | None) -> Update | None:
    """The update, or what matters of it.

    Telegram adds to its messages several times a year, and the library refuses one whole for a single part that isn't
    as it was. Somebody who asked in private waits for an answer, which needs none of these parts.

    Returns:
        None where not even that can be read, which is logged: without the error's text, which might show the update.
    """
    try:
        return Update.de_json(json.loads(body), bot)
    except Exception as error:  # noqa: BLE001 - whatever the library stumbles over
        stumbled = type(error).__name__
    try:
        update = Update.de_json(_plain_text(json.loads(body)), bot)
    except Exception:  # noqa: BLE001 - the same
        log.error("update %s is set aside: it can't be read (%s)", update_id, stumbled)  # noqa: TRY400 - see above
        return None
    log.warning("update %s is read as plain text: the rest of it can't be read (%s)", update_id, stumbled)
    return update


def _plain_text(update: dict[str, Any]) -> dict[str, Any]:
    """A private message with who wrote it and its words alone.

    Raises:
        ValueError: If it is something else.
        KeyError, TypeError: If even these aren't as Telegram describes them.
    """
    message = update["message"]
    if message["chat"]["type"] != "private" or not isinstance(message["text"], str):
        raise ValueError
    plain = _only(message, _OF_A_MESSAGE)
    plain["chat"] = _only(message["chat"], _OF_A_CHAT)
    plain["from"] = _only(message["from"], _OF_A_USER)
    if plain["text"].startswith("/"):
        command = plain["text"].split(maxsplit=1)[0]
        plain["entities"] = [{"type": MessageEntity.BOT_COMMAND, "offset": 0, "length": len(command)}]
    return {"update_id": update["update_id"], "message": plain}


def _only(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}
