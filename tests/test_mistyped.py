"""A command that there isn't: which one is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import mistyped
from bot.handlers.commands import FOR_PRIVATE
from bot.rendering import Renderer

if TYPE_CHECKING:
    from knowledge.answerer import Answerer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("strat", "start"),
        ("topic", "topics"),
        ("TOPCIS", "topics"),
        ("chekclist", "checklist"),
        ("privcy", "privacy"),
        ("privaci", "privacy"),
        ("source", "sources"),
        ("langauge", "language"),
        ("lang", "language"),
        ("forgetme", "forget"),
        ("weather", ""),
        ("price", ""),
        ("newsletter", ""),
        ("menu", ""),
        ("x", ""),
    ],
)
def test_the_nearest_command_is_meant_if_any_is(typed: str, meant: str) -> None:
    assert mistyped.nearest(typed) == meant


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/ topics", "topics"),
        ("/ chekclist!", "chekclist"),
        ("\\help", "help"),
        ("/ weather", ""),
        ("and/or", ""),
    ],
)
def test_a_command_may_be_written_so_that_telegram_sees_none(text: str, command: str) -> None:
    assert mistyped.command_in(text) == command


@pytest.mark.parametrize("text", ["topics", "help me", "24/7", "/ I can't breathe", "he/she", "/"])
def test_other_texts_are_no_commands(text: str) -> None:
    assert mistyped.command_in(text) == ""


def test_every_command_of_the_menu_may_be_meant() -> None:
    assert {*FOR_PRIVATE} < {*mistyped.COMMANDS}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Did you mean /topics?"), ("es", "¿Quiso decir /topics?")]
)
def test_the_reader_is_asked_in_their_language(small_answerer: Answerer, language: str, said: str) -> None:
    renderer = Renderer.speaking(small_answerer.base, language)
    assert said in mistyped.reply(renderer, "topisc").html
    assert "/<b>" not in mistyped.reply(renderer, "<b>").html
    assert "/privacy" in mistyped.reply(renderer, "weather").html


def test_a_checklist_that_there_is_not_is_not_offered(small_answerer: Answerer) -> None:
    renderer = Renderer.speaking(small_answerer.base, "en")
    assert "/checklist?" not in mistyped.reply(renderer, "chekclist").html
