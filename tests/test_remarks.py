"""What is said instead of an answer that was given already: it promises no questions where none is under it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import remarks
from bot.callback_data import Action, unpack
from bot.locales import languages, words
from bot.remark import Remark
from bot.rendering import Renderer
from bot.reply import Reply
from knowledge.model import Entry, Kind
from knowledge.opening import read_base

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.model import KnowledgeBase

SHORTEST = """
- question: Where do I park?
  answer: Behind the house.
- question: What is the wifi password?
  answer: It is on the fridge.
"""
RELATED = SHORTEST.replace("house.", "house.\n  related: [what-is-the-wifi-password]")


def base_of(folder: Path, text: str) -> KnowledgeBase:
    (folder / "k.yaml").write_text(text, encoding="utf-8")
    return read_base(folder / "k.yaml")


def said_of(base: KnowledgeBase, language: str) -> list[Reply]:
    """Each reply about an answer that was given before."""
    renderer = Renderer.speaking(base, language)
    entry = next(iter(base.entries["en"].values()))
    shown = Reply("Behind the house.", entry_id=entry.id)
    refusal: Entry = replace(entry, kind=Kind.GUARDRAIL)
    return [
        remarks.lost(renderer, entry),
        remarks.no_more(renderer, entry),
        remarks.no_more(renderer, refusal),
        remarks.reply(Remark.SAID, renderer, shown),
        remarks.reply(Remark.MORE, renderer, shown),
    ]


def questions_under(reply: Reply) -> list[str]:
    payloads = [unpack(button.data) for row in reply.buttons for button in row]
    return [payload.id for payload in payloads if payload and payload.action is Action.SHOW]


@pytest.mark.parametrize("language", languages())
def test_questions_are_announced_where_there_are_some(tmp_path: Path, language: str) -> None:
    say = words(language)
    for reply in said_of(base_of(tmp_path, RELATED), language):
        assert questions_under(reply) == ["what-is-the-wifi-password"]
        assert reply.html.endswith(say("perhaps-these"))
    for reply in said_of(base_of(tmp_path, SHORTEST), language):
        assert questions_under(reply) == []
        assert reply.html.endswith(say("other-words"))


def test_what_else_may_be_meant_is_announced_as_well(tmp_path: Path) -> None:
    base = base_of(tmp_path, SHORTEST)
    first, second = base.entries["en"].values()
    reply = remarks.no_more(Renderer.speaking(base, "en"), first, [second])
    assert questions_under(reply) == [second.id]
    assert reply.html.endswith(words("en")("perhaps-these"))


def test_where_nothing_was_answered_there_is_nothing_to_lead_on_from(tmp_path: Path) -> None:
    renderer = Renderer.speaking(base_of(tmp_path, RELATED), "en")
    reply = remarks.reply(Remark.SAID, renderer, Reply("I don't know."))
    assert reply.html.endswith(words("en")("other-words"))
