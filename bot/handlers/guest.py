"""Guest mode: mentioned in a chat that it isn't in, the bot answers once, in a message that Telegram posts for it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import questions
from bot.handlers.context import Context, Desk, Handler
from bot.inline import portable_replies
from bot.inline.articles import article
from bot.rendering import Renderer
from bot.reply import Reply
from bot.sending import unless_past
from knowledge.model import Entry
from knowledge.outcome import Answer, Clarify, Decline, Match, Silent
from knowledge.verdict import Verdict


def get_handlers(desk: Desk) -> Sequence[Handler]:
    """The handler of guest messages."""

    async def mentioned(update: Update, context: Context) -> None:
        message = update.guest_message
        if message is None or not message.guest_query_id:
            return
        if message.from_user is not None and message.from_user.is_bot:
            return  # two bots that mention each other would never come to an end
        language = message.from_user.language_code if message.from_user else None
        renderer, username = desk.renderer(language), context.bot.username
        asked = questions.mentioning(message, username)
        verdict: Verdict | None = None
        if asked is not None:
            # Stands alone: the bot hears nothing of what is said in this chat before and after.
            verdict = await desk.decide(asked.question, None)
            renderer = desk.renderer(desk.conversations.answerer.reply_language(verdict, language))
            reply = _reply(desk, renderer, verdict, username)
        else:
            reply = portable_replies.how_to_ask(renderer, username)
        with unless_past():
            await message.answer_guest_query(article("answer", renderer.words("guest-title"), reply))
        if verdict is not None:
            desk.settle(verdict, None)

    return [MessageHandler(filters.UpdateType.GUEST_MESSAGE, mentioned)]


def _reply(desk: Desk, renderer: Renderer, verdict: Verdict, username: str) -> Reply:
    """What a guest says: everything that needs a second word is led to the private chat."""

    def entry_of(found: Match) -> Entry:
        return desk.conversations.answerer.shown(found.entry_id, verdict, renderer.language)

    match verdict.outcome:
        case Answer(match, also):
            beside, clause = entry_of(also) if also else None, verdict.ranking.clause
            return portable_replies.answer(renderer, entry_of(match), username, clause=clause, also=beside)
        case Clarify(matches):
            return portable_replies.clarify(renderer, [entry_of(match) for match in matches], username)
        case Decline(foreign):
            return portable_replies.decline(renderer, username, foreign)
        case Silent():
            return portable_replies.decline(renderer, username)
