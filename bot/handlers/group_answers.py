"""Answers in groups: as the group's admins have set it, below the question, and remembered for a while."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message

from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.groups.sent_messages import Given
from bot.handlers import elsewhere
from bot.handlers.context import Bot, Desk
from bot.handlers.manners import settings_of
from bot.questions import Asked, sender_of
from bot.remark import Remark, remarked
from bot.reply import Reply
from bot.review import suggesting
from bot.review.drafts import Draft
from bot.transport.attempts import once
from knowledge.answerer import Verdict
from knowledge.model import Answer, Clarify, Decline, Entry, Kind, Match, Silent
from knowledge.overhearing import plainly_asks
from knowledge.policy import SURE


async def answer_command(desk: Desk, message: Message, asked: Asked | None, bot: Bot) -> None:
    """Answer /ask; without a question, say in a line how to use it."""
    settings = await settings_of(desk, message)
    if asked is not None:
        await answer(desk, message, asked, settings, bot)
        return
    language = message.from_user.language_code if message.from_user else None
    await desk.say(bot, message, replies_in(desk, settings, language, bot).how_to_ask())


async def answer_reply(desk: Desk, message: Message, asked: Asked, settings: GroupSettings, bot: Bot) -> None:
    """Answer a reply to the bot; to "ok", and to talk that asks nothing and needs no answer, it says nothing."""
    remark = remarked(asked.question.text)
    if remark is Remark.SAFE:
        desk.conversations.none_meant(asked.conversation, safe=True)
        return
    if remark is Remark.NOD and not desk.conversations.is_urgent(asked.conversation):
        return
    await answer(desk, message, asked, settings, bot, asks=plainly_asks(asked.question.text))


async def answer(
    desk: Desk, message: Message, asked: Asked, settings: GroupSettings, bot: Bot, *, asks: bool = True
) -> None:
    """Answer a question that was put to the bot.

    Args:
        desk: Answers.
        message: Whose chat and topic the answer goes to.
        asked: What was asked.
        settings: The group's.
        bot: Sends.
        asks: Whether it plainly asks; what doesn't is answered where the answer is sure and not the one just given.
    """
    question = replace(asked.question, language=settings.language or asked.question.language)
    previous = desk.conversations.last(asked.conversation)
    verdict = await desk.decide(question, asked.conversation)
    if not asks and not _is_worth_it(desk, verdict, previous):
        return
    sent = await _say(desk, message, replace(asked, question=question), verdict, settings, bot)
    desk.settle(verdict, asked.conversation)
    if sent is not None:
        given = Given(sent.message_id, previous, overheard=False, entry_id=verdict.answered)
        desk.sent.note_answer(message.chat.id, asked.reply_to, given)


async def answer_urgent(desk: Desk, message: Message, asked: Asked, bot: Bot) -> None:
    """Where the bot is to be quiet, answer a member's question only if it is urgent: then silence would be the worse."""
    settings = await settings_of(desk, message)
    question = replace(asked.question, language=settings.language or asked.question.language)
    verdict = await desk.decide(question, None)
    if _is_urgent(desk, verdict):
        await _say(desk, message, replace(asked, question=question), verdict, settings, bot)
        desk.settle(verdict, None)


def _is_worth_it(desk: Desk, verdict: Verdict, previous: str | None) -> bool:
    """Whether what somebody tells the bot, and doesn't ask, is worth an answer to a whole group."""
    outcome = verdict.outcome
    if not isinstance(outcome, Answer) or _is_urgent(desk, verdict):
        return isinstance(outcome, Answer)
    entry = desk.conversations.answerer.entries(verdict.language)[outcome.match.entry_id]
    sure = outcome.match.confidence >= SURE and entry.kind is not Kind.CHITCHAT
    return sure and entry.id != previous


def _is_urgent(desk: Desk, verdict: Verdict) -> bool:
    found = desk.conversations.answerer.entries(verdict.language).get(verdict.answered or "")
    return found is not None and found.urgent


async def _say(
    desk: Desk, message: Message, asked: Asked, verdict: Verdict, settings: GroupSettings, bot: Bot
) -> Message | None:
    language = desk.conversations.answerer.reply_language(verdict, asked.question.language)
    replies = replies_in(desk, settings, language, bot)
    reply = reply_to(desk, verdict, replies)
    if reply is None:
        return None
    # What somebody else wrote isn't the asker's to send on.
    if isinstance(verdict.outcome, Decline) and settings.private and asked.reply_to == message.message_id:
        draft = Draft(asked.question.text, verdict.language)
        key = await once("draft", lambda: elsewhere.remember(desk, sender_of(message), draft))
        reply = reply.above(suggesting.offer_link_row(key, bot.username, replies.renderer.words))
    return await desk.say(bot, message, reply, reply_to=asked.reply_to)


def reply_to(desk: Desk, verdict: Verdict, replies: GroupReplies, *, overheard: bool = False) -> Reply | None:
    """What to say to a verdict in a group; None for nothing."""

    def entry_of(found: Match) -> Entry:
        return desk.conversations.answerer.shown(found.entry_id, verdict, replies.renderer.language)

    match verdict.outcome:
        case Answer(match, also, again):
            reply = replies.answer(
                entry_of(match),
                clause=verdict.ranking.clause,
                also=entry_of(also) if also else None,
                again=again,
            )
            return replies.unasked(reply) if overheard else reply
        case Clarify(matches, again):
            return replies.renderer.clarify([entry_of(match) for match in matches], again=again)
        case Decline(foreign, urgent):
            return replies.renderer.decline(foreign, again=entry_of(urgent) if urgent else None)
        case Silent():
            return None


def replies_in(desk: Desk, settings: GroupSettings, language: str | None, bot: Bot) -> GroupReplies:
    """What the bot says in a group, to somebody whose app speaks a language."""
    return GroupReplies(desk.renderer(settings.language or language), settings, bot.username)
