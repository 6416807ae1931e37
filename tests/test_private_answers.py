"""Answers in private chats: made once for all who get the same, and never shown for another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import private_answers
from bot.locales import languages
from bot.private_answers import Answers, offering
from bot.rendering import Renderer

if TYPE_CHECKING:
    from knowledge.answerer import Answerer


@pytest.fixture
def renderer(answerer: Answerer) -> Renderer:
    return Renderer.speaking(answerer.base, "en", "Anna")


def test_what_is_kept_ready_is_what_would_be_made(answerer: Answerer) -> None:
    answers, base = Answers(), answerer.base
    readers = [Renderer.speaking(base, language, who) for language in languages() for who in ("", "Anna")]
    for _ in range(2):
        for renderer in readers:
            for entry in [entry for entries in base.entries.values() for entry in entries.values()]:
                for username in ("", "a_bot"):
                    made = offering(renderer.answer(entry), entry, renderer, username)
                    assert answers.of(entry, renderer, username) == made


def test_it_is_made_once(renderer: Renderer) -> None:
    answers, entry = Answers(), renderer.entries()[0]
    assert answers.of(entry, renderer, "a_bot") is answers.of(
        entry, Renderer.speaking(renderer.base, "en-GB", "Anna"), "a_bot"
    )


def test_nothing_is_shown_of_a_knowledge_base_that_was_replaced(renderer: Renderer) -> None:
    answers, entry = Answers(), renderer.entries()[0]
    before = answers.of(entry, renderer, "a_bot")
    edited = replace(entry, answer="Something else. It was edited.")
    now = replace(renderer, base=replace(renderer.base, content_hash="edited"))
    assert "Something else." in answers.of(edited, now, "a_bot").html
    assert answers.of(entry, renderer, "a_bot") == before


def test_only_so_many_are_kept_and_the_others_made_anew(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_answers, "MOST", 2)
    answers, (first, second, third, *_) = Answers(), renderer.entries()
    kept = answers.of(first, renderer, "")
    forgotten = answers.of(second, renderer, "")
    assert answers.of(first, renderer, "") is kept
    answers.of(third, renderer, "")
    assert answers.of(first, renderer, "") is kept
    again = answers.of(second, renderer, "")
    assert again == forgotten
    assert again is not forgotten
