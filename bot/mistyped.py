"""A command that there isn't -> the reply to it: which one may be meant, in the reader's language. Pure."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import OSA

from bot import about
from bot.formatting import MAX_TITLE, cut, escape
from bot.phrases import MAX_LENGTH, plainly
from bot.rendering import Renderer
from bot.reply import Reply

COMMANDS: Final = ("start", "help", "ask", "topics", "checklist", "sources", "language", "privacy", "forget")
"""Those that anybody may give in private."""
_WRITTEN: Final = re.compile(r"\s*[/\\\\\u2044]\s*([^\W_]{3,})[.!]?\s*")
_NEAR: Final = 3
"""Letters of a command for each one that may be wrong."""


def command_in(text: str) -> str:
    """What is written behind the slash where Telegram takes a text for no command: "/ topics"; empty for any other text.

    Args:
        text: What somebody typed.
    """
    found = _WRITTEN.fullmatch(text) if len(text) <= MAX_LENGTH else None
    return found[1] if found and nearest(found[1]) else ""


def nearest(typed: str) -> str:
    """The command that somebody may have meant; empty for none.

    Args:
        typed: What they wrote behind the slash.
    """
    said = plainly(typed).split("@")[0]
    begun = [
        name for name in COMMANDS if len(said) >= _NEAR and (name.startswith(said) or said.startswith(name))
    ]
    if begun:
        return begun[0]
    ways = sorted((OSA.distance(said, name), name) for name in COMMANDS)
    away, name = ways[0]
    return name if away * _NEAR <= len(name) else ""


def reply(renderer: Renderer, typed: str) -> Reply:
    """What to say to a command that there isn't: which one may be meant, as a command to tap, or else all of them.

    Args:
        renderer: The reader's.
        typed: What they wrote behind the slash.
    """
    shown, name = cut(typed.split("@", maxsplit=1)[0], MAX_TITLE), nearest(typed)
    if name and (name != "checklist" or renderer.checklist()):
        return Reply(escape(renderer.words("command-meant", typed=f"/{shown}", meant=f"/{name}")))
    unknown = escape(renderer.words("command-unknown", typed=f"/{shown}"))
    return Reply(f"{unknown}\n\n{about.help_(renderer).html}")
