"""What the bot says in groups: within the limits, whatever the entry and the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import MAX_BYTES
from bot.formatting import MAX_TEXT, plain
from bot.groups import group_replies
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings, Length
from bot.locales import languages
from bot.rendering import Renderer
from bot.reply import Reply
from knowledge.model import Kind
from knowledge.opening import open_answerer
from knowledge.texts import split_answer, units

if TYPE_CHECKING:
    from knowledge.model import Entry

BASE = open_answerer().base
ENTRIES = list(BASE.entries["en"].values())
FIRST = GroupSettings(length=Length.FIRST)


def replies(settings: GroupSettings = GroupSettings(), language: str = "en") -> GroupReplies:  # noqa: B008 - frozen
    return GroupReplies(Renderer.speaking(BASE, language), settings, "advisory_test_bot")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("settings", [GroupSettings(), FIRST, GroupSettings(private=False)])
def test_every_answer_keeps_within_telegrams_limits(settings: GroupSettings, language: str) -> None:
    saying = replies(settings, language)
    for entry in BASE.entries[BASE.language_for(language)].values():
        reply = saying.unasked(saying.answer(entry))
        assert units(plain(reply.html)) <= MAX_TEXT
        for row in reply.buttons:
            for button in row:
                assert bool(button.url) != bool(button.data)
                assert len(button.data.encode()) <= MAX_BYTES
                assert 0 < len(button.text) <= 64
        links = [button.url for row in reply.buttons for button in row if button.url]
        assert links == ([f"https://t.me/advisory_test_bot?start={entry.id}"] if settings.private else [])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_short_answer_is_the_first_sentence_but_for_guardrails(entry: Entry) -> None:
    _, detail = split_answer(entry.answer)
    reply = replies(FIRST).answer(entry)
    shown = plain(reply.html)
    assert shown.startswith(plain(replies().answer(entry).html.partition("</b>")[0]))
    whole = entry.kind is Kind.GUARDRAIL or not detail
    assert ("<blockquote" in reply.html) == (entry.kind is Kind.GUARDRAIL and bool(detail))
    assert whole or detail.split("\n")[0] not in shown


@given(st.text(alphabet="ab .\n", min_size=1, max_size=6000))
def test_a_note_that_does_not_fit_gives_way_to_the_answer(answer: str) -> None:
    entry = replace(ENTRIES[0], answer=f"First. {answer}")
    saying = replies()
    reply = saying.unasked(saying.answer(entry))
    assert units(plain(reply.html)) <= MAX_TEXT
    assert reply.silent


def test_a_long_message_shows_its_first_paragraph_and_folds_the_rest() -> None:
    reply = group_replies.folded(Reply("one\n\n<b>two</b>\n\nthree"))
    assert reply.html == "one\n\n<blockquote expandable><b>two</b>\n\nthree</blockquote>"
    assert group_replies.folded(Reply("one")) == Reply("one")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("hears", [True, False])
def test_the_introduction_is_short(language: str, hears: bool) -> None:
    reply = group_replies.introduction(Renderer.speaking(BASE, language), "advisory_test_bot", hears=hears)
    assert len(plain(reply.html)) <= 500
    assert "/settings" in reply.html
    assert "/ask" in reply.html
