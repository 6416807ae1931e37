"""Inline mode: `@bot words` typed in any chat offers entries while somebody types, each inserting its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telegram import InlineQueryResultsButton, Update
from telegram.ext import InlineQueryHandler

from bot import deep_links
from bot.handlers.context import Context, Desk, Handler
from bot.inline import portable_replies
from bot.inline.articles import article
from bot.inline.looking_up import entries_for
from bot.locales import languages
from bot.sending import unless_past
from knowledge.model import Entry
from knowledge.outcome import Match, Question

CACHED: Final = 300
"""Seconds for which Telegram may show the same results again without asking; so long an edit may take to be seen."""


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The inline handler."""

    async def asked(update: Update, context: Context) -> None:
        query = update.inline_query
        if query is None:
            return
        renderer = desk.renderer(query.from_user.language_code)
        # All results go out at once: whoever scrolls further has seen them all.
        found = [] if query.offset else await _found(desk, query.query, query.from_user.language_code)
        answers = [portable_replies.answer(renderer, entry, context.bot.username) for entry in found]
        results = [
            article(entry.id, entry.question, reply, portable_replies.first_sentence(reply))
            for entry, reply in zip(found, answers, strict=True)
        ]
        button = InlineQueryResultsButton(
            renderer.words("inline-button" if found else "inline-nothing"),
            start_parameter=deep_links.GREETING,
        )
        with unless_past():
            await query.answer(results, cache_time=CACHED, is_personal=len(languages()) > 1, button=button)

    return [InlineQueryHandler(asked)]


async def _found(desk: Desk, typed: str, language: str | None) -> list[Entry]:
    likely: Sequence[Match] = ()
    if typed.strip():
        likely = (await desk.decide(Question(typed, language), None)).ranking.matches
    return entries_for(typed, language, desk.conversations.answerer, likely)
