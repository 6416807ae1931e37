"""Handing an answer on: a link to Telegram's own dialog, with the answer in short and a link to the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings

from bot import share_button
from bot.locales import languages
from bot.rendering import Renderer
from knowledge.model import Kind
from knowledge.texts import split_answer
from tests.e2e.any_base import bases

if TYPE_CHECKING:
    from bot.reply import Button
    from knowledge.answerer import Answerer
    from knowledge.model import KnowledgeBase
    from tests.e2e.running import RunningBot


def handed_on(button: Button | None) -> tuple[str, str]:
    """The link and the text that Telegram's dialog is opened with."""
    assert button is not None
    parts = urlsplit(button.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "t.me", "/share/url")
    given_ = parse_qs(parts.query, strict_parsing=True)
    assert given_.keys() == {"url", "text"}
    return given_["url"][0], given_["text"][0]


@pytest.mark.parametrize("language", languages())
def test_every_bundled_answer_is_handed_on_with_its_first_sentence_and_its_source(
    answerer: Answerer, language: str
) -> None:
    renderer = Renderer.speaking(answerer.base, language)
    for entry in answerer.base.entries[language].values():
        if entry.kind in (Kind.CHITCHAT, Kind.GUARDRAIL):
            assert share_button.button(renderer, entry, "a_bot") is None
            continue
        link, text = handed_on(share_button.button(renderer, entry, "a_bot"))
        assert link == f"https://t.me/a_bot?start={entry.id}"
        assert entry.question in text
        assert split_answer(entry.answer)[0] in text
        assert renderer.document.origin() in text


@settings(max_examples=30)
@given(bases())
def test_whatever_curators_write_the_link_is_short_enough_and_can_be_opened(base: KnowledgeBase) -> None:
    renderer = Renderer.speaking(base, "en")
    for entry in base.entries["en"].values():
        button = share_button.button(renderer, entry, "a_bot")
        if button is not None:
            assert len(button.url) <= share_button.MAX_URL
            assert button.url.isascii()
            handed_on(button)


async def test_it_is_offered_in_private_and_not_in_groups(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    anna.sends("Where do I park my car?")
    anna.sends("/ask Where do I park my car?", chat=group)
    await bot.settled()
    shown = [label for row in bot.api.sent(anna)[-1].buttons for label in row]
    assert "Share" in shown
    link, text = handed_on_in(bot, anna.id)
    assert link == "https://t.me/advisory_test_bot?start=parking"
    assert text.startswith("Where do I park my car?\n\nBehind the house.")
    assert "Share" not in [label for row in bot.api.sent(group)[-1].buttons for label in row]


def handed_on_in(bot: RunningBot, chat: int) -> tuple[str, str]:
    button = bot.api.sent(chat)[-1].button("Share")
    query = parse_qs(urlsplit(button["url"]).query)
    return query["url"][0], query["text"][0]
