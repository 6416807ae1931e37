"""What the bot says about its language: the menu to choose from, and the confirmation. Pure."""

from __future__ import annotations

from bot.callback_data import Action, pack
from bot.formatting import escape
from bot.locales import language_name, languages, own_name
from bot.rendering import Renderer
from bot.reply import Button, Reply


def menu(renderer: Renderer) -> Reply:
    """Ask which language to speak: each by its own name, and the one of the reader's app."""
    rows = [(Button(own_name(code), pack(Action.LANGUAGE, code)),) for code in languages()]
    rows.append((Button(renderer.words("language-automatic"), pack(Action.LANGUAGE)),))
    now = language_name(renderer.words.language)
    others = (language_name(code) for code in languages() if code != renderer.words.language)
    example = next(others, now)
    return Reply(escape(renderer.words("language-menu", language=now, example=example)), tuple(rows))


def chosen(renderer: Renderer, *, automatic: bool) -> Reply:
    """Say which language is spoken from now on.

    Args:
        renderer: Speaks it already.
        automatic: Whether it is that of the reader's app, and changes with it.
    """
    name = "language-follows" if automatic else "language-set"
    return renderer.with_note(renderer.words(name, language=language_name(renderer.words.language)))
