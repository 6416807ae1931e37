"""Answers in groups: as the group's admins have set it, below the question, and remembered for a while."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message

from bot import remarks, unanswered
from bot.callback_data import Action, unpack
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.groups.sent_messages import Given
from bot.handlers import elsewhere, owners, pressing
from bot.handlers.context import Bot, Desk
from bot.handlers.manners import has_room_for_danger, settings_of
from bot.questions import Asked, sender_of
from bot.remark import Remark, remarked
from bot.rendering import noted
from bot.reply import Reply, Row
from bot.review import suggesting
from bot.review.drafts import Draft
from bot.sending import Sent
from bot.transport.attempts import once
from bot.typed import chosen
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline, Match, Question, Silent
from knowledge.overhearing import plainly_asks
from knowledge.policy import SURE, is_grave
from knowledge.verdict import Verdict


async def answer_command(desk: Desk, message: Message, asked: Asked | None, bot: Bot) -> None:
    """Answer /ask; without a question, say in a line how to use it."""
    settings = await settings_of(desk, message)
    if asked is not None:
        await answer(desk, message, asked, settings, bot)
        return
    language = message.from_user.language_code if message.from_user else None
    replies = replies_in(desk, settings, language, bot, message)
    await desk.say(bot, message, replies.removable(replies.how_to_ask()))


async def answer_reply(desk: Desk, message: Message, asked: Asked, settings: GroupSettings, bot: Bot) -> None:
    """Answer a reply to the bot; to "ok", and to talk that asks nothing and needs no answer, it says nothing."""
    offered = owners.asked_back(message.reply_to_message)
    if offered and await _chosen(desk, message, asked, offered, settings, bot):
        return
    if _calmed(desk, asked):
        return
    if remarked(asked.question.text) is Remark.NOD and not desk.conversations.is_urgent(asked.conversation):
        return
    asked = replace(asked, question=_about(desk, message, asked))
    asks = bool(offered) or plainly_asks(asked.question.text)
    await _answer(desk, message, asked, settings, bot, asks=asks)


def _calmed(desk: Desk, asked: Asked) -> bool:
    """Whether somebody says that nobody is in danger, or not any more; that ends what was urgent."""
    alarmed = desk.conversations.is_alarmed(asked.conversation)
    if remarked(asked.question.text, alarmed=alarmed) is not Remark.SAFE:
        return False
    desk.conversations.none_meant(asked.conversation, safe=True)
    return True


def _about(desk: Desk, message: Message, asked: Asked) -> Question:
    """A reply's question, after the answer that it replies to, be that the last one or another's; an urgent one that stands goes first."""
    replied, talk = message.reply_to_message, desk.conversations.talk(asked.conversation)
    entry_id = desk.sent.entry_of(message.chat.id, replied.message_id) if replied else ""
    if not entry_id or entry_id == talk.entry or talk.stands or talk.alarm:
        return asked.question
    return replace(asked.question, previous=entry_id)


async def _chosen(
    desk: Desk, message: Message, asked: Asked, offered: Row, settings: GroupSettings, bot: Bot
) -> bool:
    """Do what a button does that a reply names, as those who can't press it must; False where it names none."""
    text, replies = asked.question.text, replies_in(desk, settings, asked.question.language, bot, message)
    payloads = [payload for button in offered if (payload := unpack(button.data))]
    chosen_button = chosen(text, offered)
    meant = unpack(chosen_button.data) if chosen_button else None
    if meant is None and remarked(text) is Remark.YES:
        options = [payload for payload in payloads if payload.action is Action.CHOOSE]
        if len(options) > 1:
            which = remarks.reply(Remark.YES, replies.renderer, Reply("", (offered,)))
            await desk.say(bot, message, replies.removable(which), reply_to=message.message_id)
            return True
        meant = options[0]
    if meant is None:
        return False
    reply, _ = pressing.reply_to(desk, meant, replies, asked.conversation, private=False)
    await desk.say(bot, message, replies.removable(reply), reply_to=message.message_id)
    return True


async def answer(desk: Desk, message: Message, asked: Asked, settings: GroupSettings, bot: Bot) -> None:
    """Answer what was put to the bot with a command or by its name, be it that nobody is in danger."""
    if not _calmed(desk, asked):
        await _answer(desk, message, asked, settings, bot)
        return
    replies = replies_in(desk, settings, settings.language or asked.question.language, bot, message)
    reply = replies.removable(unanswered.relieved(replies.renderer))
    await desk.say(bot, message, reply, reply_to=asked.reply_to)


async def _answer(
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
    previous = question.previous or desk.conversations.last(asked.conversation)
    verdict = await desk.decide(question, asked.conversation)
    if not asks and not is_worth_it(desk, verdict, previous):
        return
    sent = await _say(desk, message, replace(asked, question=question), verdict, settings, bot)
    desk.settle(verdict, asked.conversation)
    if sent is not None:
        given = Given(
            sent.number,
            previous,
            overheard=False,
            entry_id=verdict.answered,
            person=sender_of(message),
        )
        desk.sent.note_answer(message.chat.id, asked.reply_to, given)


async def answer_urgent(desk: Desk, message: Message, asked: Asked | None, bot: Bot) -> None:
    """Where the bot isn't to react to somebody, answer their question only if it is urgent: then silence would be the worse."""
    if asked is None or not has_room_for_danger(desk, message):
        return
    settings = await settings_of(desk, message)
    question = replace(asked.question, language=settings.language or asked.question.language)
    # In its conversation: what is urgent stands for some messages, in which "they don't answer the phone" is urgent as well.
    verdict = await desk.decide(question, asked.conversation)
    if is_urgent(desk, verdict):
        await _say(desk, message, replace(asked, question=question), verdict, settings, bot)
        desk.settle(verdict, asked.conversation)


def is_worth_it(desk: Desk, verdict: Verdict, previous: str | None) -> bool:
    """Whether what somebody tells the bot, and doesn't ask, is worth an answer to a whole group."""
    outcome = verdict.outcome
    if is_urgent(desk, verdict) or not isinstance(outcome, Answer):
        return is_urgent(desk, verdict)
    entries = desk.conversations.answerer.entries(verdict.language)
    entry = entries[outcome.match.entry_id]
    if entry.kind is Kind.CHITCHAT:  # fear and grief are no mere courtesies
        return is_grave(entry, entries)
    return outcome.match.confidence >= SURE and entry.id != previous


def is_urgent(desk: Desk, verdict: Verdict) -> bool:
    """Whether a verdict concerns something urgent: as its answer, beside it, or among the options."""
    spoken_of: list[Match | None]
    match verdict.outcome:
        case Answer(best, also):
            spoken_of = [best, also]
        case Clarify(matches):
            spoken_of = [*matches]
        case Decline(_, standing):
            spoken_of = [standing]
        case Silent():
            spoken_of = []
    entries = desk.conversations.answerer.entries(verdict.language)
    return any(entries[found.entry_id].urgent for found in spoken_of if found and found.entry_id in entries)


async def _say(
    desk: Desk, message: Message, asked: Asked, verdict: Verdict, settings: GroupSettings, bot: Bot
) -> Sent | None:
    language = desk.conversations.answerer.reply_language(verdict, asked.question.language)
    replies = replies_in(desk, settings, language, bot, message)
    reply = reply_to(desk, verdict, replies)
    if reply is None:
        return None
    # What somebody else wrote isn't the asker's to send on.
    if isinstance(verdict.outcome, Decline) and settings.private and asked.reply_to == message.message_id:
        draft = Draft(verdict.text, verdict.language)
        key = await once("draft", lambda: elsewhere.remember(desk, sender_of(message), draft))
        reply = reply.with_rows(suggesting.offer_link_row(key, bot.username, replies.renderer.words))
    return await desk.say(bot, message, replies.removable(reply), reply_to=asked.reply_to)


def reply_to(desk: Desk, verdict: Verdict, replies: GroupReplies, *, overheard: bool = False) -> Reply | None:
    """What to say to a verdict in a group; None for nothing."""

    def entry_of(found: Match) -> Entry:
        return desk.conversations.answerer.shown(found.entry_id, verdict, replies.renderer.language)

    match verdict.outcome:
        case Answer(match, also, again):
            entry = entry_of(match)
            reply = replies.answer(
                entry,
                clause=verdict.ranking.clause,
                also=entry_of(also) if also else None,
                again=again,
            )
            # Whoever is in danger hears it, and that nobody asked is no matter then.
            return replies.unasked(reply) if overheard and not entry.urgent else reply
        case Clarify(matches, again):
            # "Thank you" is a guess for whoever talks with the bot; to a group it reads as a joke.
            options = [entry for entry in map(entry_of, matches) if entry.kind is not Kind.CHITCHAT]
            return unanswered.clarify(
                replies.renderer, options or [entry_of(match) for match in matches], again=again
            )
        case Decline(foreign, urgent):
            declined = unanswered.decline(
                replies.renderer, foreign, again=entry_of(urgent) if urgent else None
            )
            return declined if foreign else noted(declined, replies.renderer.words("decline-group"))
        case Silent():
            return None


def replies_in(
    desk: Desk, settings: GroupSettings, language: str | None, bot: Bot, message: Message
) -> GroupReplies:
    """What the bot says in a group to who wrote a message, and whose app speaks a language."""
    renderer = desk.renderer(settings.language or language)
    return GroupReplies(renderer, settings, bot.username, sender_of(message))
