"""A group's settings -> the message in which its admins see and change them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.callback_data import Action, pack
from bot.formatting import escape, label
from bot.groups.group_settings import GroupSettings, Mode, offered
from bot.groups.restraint import PAUSE
from bot.locales import Words, own_name
from bot.reply import Button, Reply

_CHOSEN: Final = "\N{CHECK MARK} "
"""Before what is chosen; the text above the buttons says it as well."""


def panel(
    settings: GroupSettings, languages: Sequence[str], say: Words, *, hears: bool, open_: bool = True
) -> Reply:
    """The panel.

    Args:
        settings: As they are.
        languages: Codes of the languages that there are answers in.
        say: The bot's own words.
        hears: Whether Telegram shows the bot all messages of the group.
        open_: With its buttons; without them it only shows the settings.
    """
    choices = settings.choices()
    fields = offered(languages)
    lines = [_line(field, choices[field], say) for field in fields]
    if settings.mode is Mode.HELPFUL:
        lines.insert(1, say("settings-hears" if hears else "settings-deaf"))
    elif hears:
        lines.insert(1, say("settings-shown"))
    text = [f"<b>{escape(say('settings-title'))}</b>", *map(escape, lines)]
    rows = [
        tuple(
            Button(
                label((_CHOSEN if value == choices[field] else "") + _button(field, value, say)),
                pack(Action.SETTING, f"{field}-{value}"),
            )
            for value in values
        )
        for field, values in fields.items()
    ]
    done = (Button(say("settings-done"), pack(Action.SETTING)),)
    return Reply("\n\n".join(text), (*rows, done) if open_ else ())


def _line(field: str, value: str, say: Words) -> str:
    if field == "language" and value != "auto":
        return say("settings-language-chosen", language=own_name(value))
    return say(f"settings-{field}-{value}", minutes=round(PAUSE / 60))


def _button(field: str, value: str, say: Words) -> str:
    if field == "language" and value != "auto":
        return own_name(value)
    return say(f"settings-button-{field}-{value}")
