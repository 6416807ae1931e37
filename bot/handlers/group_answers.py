"""Answers in groups: as the group's admins have set it, below the question, and remembered for a while."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Message

from bot import deep_links, questions, remarks, unanswered
from bot.callback_data import Action, unpack
from bot.choices import chosen, concluded
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.groups.sent_messages import Given
from bot.handlers import elsewhere, group_remarks, group_wording, pressing
from bot.handlers.context import Bot, Desk
from bot.handlers.manners import has_room_for_danger, settings_of
from bot.questions import Asked, conversation_of, sender_of, topic_of
from bot.remark import Remark, relief_in, remarked
from bot.reply import Reply, Row
from bot.review import suggesting
from bot.review.drafts import Draft
from bot.sending import Sent
from bot.transport.attempts import once
from knowledge import policy
from knowledge.asking_on import asks_on
from knowledge.model import Kind
from knowledge.outcome import Answer, Clarify, Decline, Match, Question, Relief, Silent
from knowledge.policy import SURE, is_grave
from knowledge.verdict import Verdict


async def answer_command(desk: Desk, message: Message, asked: Asked | None, bot: Bot) -> None:
    """Answer /ask; without a question, say in a line how to use it."""
    settings = await settings_of(desk, message)
    if asked is not None:
        await answer(desk, message, asked, settings, bot)
        return
    language = message.from_user.language_code if message.from_user else None
    replies = group_wording.replies_in(desk, settings, language, bot, message)
    shown, replied = replies.how_to_ask(), message.reply_to_message
    if replied is not None and replied.effective_attachment and not questions.words_of(replied):
        shown = replies.only_text()
    await desk.say(bot, message, replies.removable(shown), reply_to=message.message_id)


async def answer_reply(desk: Desk, message: Message, asked: Asked, settings: GroupSettings, bot: Bot) -> None:
    """Answer a reply to the bot; to "ok", and to talk that asks nothing and needs no answer, it says nothing."""
    said = group_remarks.said_to(desk, message, asked)
    if said.offered and await _chosen(desk, message, asked, said.offered, settings, bot):
        return
    if await _hushed(desk, message, asked, settings, bot) or _calmed(desk, asked):
        return
    if remarked(asked.question.text) is Remark.NOD and not desk.conversations.is_urgent(asked.conversation):
        return
    speaks = settings.language or desk.conversations.answerer.spoken(
        asked.question.text, asked.question.language
    )
    replies = group_wording.replies_in(desk, settings, speaks, bot, message)
    remark = group_remarks.reply_to(desk, said, replies)
    if remark is not None:
        if remark.html:
            if remark.language:  # it may be another one than that of who wanted it
                replies = replace(replies, renderer=desk.renderer(remark.language))
            await desk.say(bot, message, replies.removable(remark), reply_to=message.message_id)
        return
    asked = replace(asked, question=_about(desk, asked, said.shown.entry_id))
    asks = bool(said.offered) or asks_on(asked.question.text)
    await _answer(desk, message, asked, settings, bot, asks=asks)


async def _hushed(desk: Desk, message: Message, asked: Asked, settings: GroupSettings, bot: Bot) -> bool:
    """Say who can make the bot quiet to who wants it so; False where nobody does."""
    if not group_remarks.hushes_bot(desk, asked):
        return False
    replies = group_wording.replies_in(desk, settings, asked.question.language, bot, message)
    reply = replies.removable(replies.hushed(admin=await desk.group_admins.wrote(bot, message)))
    await desk.say(bot, message, reply, reply_to=message.message_id)
    return True


def _calmed(desk: Desk, asked: Asked) -> Relief:
    """What somebody says that is better about a danger, and nothing besides; that ends what was urgent."""
    alarmed = desk.conversations.is_alarmed(asked.conversation)
    remark = None if asked.question.quoted else remarked(asked.question.text, alarmed=alarmed)
    if relief := relief_in(remark):
        desk.conversations.relieved(asked.conversation, relief)
    return relief


def _about(desk: Desk, asked: Asked, entry_id: str) -> Question:
    """A reply's question, after the answer that it replies to, be that the last one or another's; an urgent one that stands goes first."""
    talk = desk.conversations.talk(asked.conversation)
    if not entry_id or entry_id == talk.entry or talk.alert:
        return asked.question
    return replace(asked.question, previous=entry_id)


async def _chosen(
    desk: Desk, message: Message, asked: Asked, offered: Row, settings: GroupSettings, bot: Bot
) -> bool:
    """Do what a button does that a reply names, as those who can't press it must; False where it names none."""
    text, replies = (
        asked.question.text,
        group_wording.replies_in(desk, settings, asked.question.language, bot, message),
    )
    payloads = [payload for button in offered if (payload := unpack(button.data))]
    chosen_button = chosen(text, offered)
    if not chosen_button and (button := concluded(text, offered)):  # unless a danger stands in front of it
        verdict = desk.conversations.answerer.answer(asked.question)
        chosen_button = None if is_urgent(desk, verdict) else button
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
    if await _hushed(desk, message, asked, settings, bot):
        return
    relief = _calmed(desk, asked)
    if not relief:
        await _answer(desk, message, asked, settings, bot)
        return
    replies = group_wording.replies_in(
        desk, settings, settings.language or asked.question.language, bot, message
    )
    reply = replies.removable(unanswered.relieved(replies.renderer, relief))
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
    language = desk.conversations.answerer.reply_language(verdict, question.language)
    replies = group_wording.replies_in(desk, settings, language, bot, message)
    above = standing(desk, message, verdict, replies)
    given = Given(0, previous, overheard=False, entry_id=verdict.answered, person=sender_of(message))
    if above is None:
        sent = await _say(desk, message, asked, verdict, replies, bot)
        given = replace(given, **noted_of(desk, message, verdict, replies))
    else:
        sent = await _point(desk, message, asked, above, replies, bot)
    desk.settle(verdict, asked.conversation)
    told_of = message.reply_to_message
    if verdict.quoted and verdict.answered and is_urgent(desk, verdict) and told_of:
        desk.conversations.remember(conversation_of(told_of), verdict.answered)  # theirs is the danger
    # Of a question that was answered already, the answer follows its edits, and not what points at it.
    if sent is not None and (above is None or above != desk.sent.answer_to(message.chat.id, asked.reply_to)):
        desk.sent.note_answer(message.chat.id, asked.reply_to, replace(given, message_id=sent.number))


async def answer_urgent(desk: Desk, message: Message, asked: Asked | None, bot: Bot) -> None:
    """Where the bot isn't to react to somebody, answer their question only if it is urgent: then silence would be the worse."""
    if asked is None or not has_room_for_danger(desk, message):
        return
    settings = await settings_of(desk, message)
    question = replace(asked.question, language=settings.language or asked.question.language)
    # In its conversation: what is urgent stands for some messages, in which "they don't answer the phone" is urgent as well.
    verdict = await desk.decide(question, asked.conversation)
    if is_urgent(desk, verdict):
        language = desk.conversations.answerer.reply_language(verdict, question.language)
        replies = group_wording.replies_in(desk, settings, language, bot, message)
        await _say(desk, message, asked, verdict, replies, bot)
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


def standing(desk: Desk, message: Message, verdict: Verdict, replies: GroupReplies) -> Given | None:
    """The whole answer that a verdict would give once more, where it stands further up; what is urgent, or comforts, is said to each person."""
    outcome = verdict.outcome
    if not isinstance(outcome, Answer) or outcome.also or outcome.again:
        return None
    entry = desk.conversations.answerer.shown(outcome.match.entry_id, verdict, replies.renderer.language)
    if entry.urgent or entry.kind is Kind.CHITCHAT:
        return None
    return desk.sent.stands(message.chat.id, entry.id, replies.renderer.language, topic_of(message))


def noted_of(desk: Desk, message: Message, verdict: Verdict, replies: GroupReplies) -> dict[str, Any]:
    """What to note of an answer that is given whole, as `Given` names it."""
    entries = desk.conversations.answerer.entries(verdict.language)
    others = policy.instead(verdict.ranking.matches, entries)
    return {
        "instead": tuple(match.entry_id for match in others) if verdict.answered else (),
        "language": replies.renderer.language,
        "topic": topic_of(message),
    }


async def _point(
    desk: Desk, message: Message, asked: Asked, above: Given, replies: GroupReplies, bot: Bot
) -> Sent | None:
    """Point at an answer that stands further up: with a link where messages have one, or else in reply to it."""
    entry = replies.renderer.base.entry(above.entry_id or "", replies.renderer.language)
    if entry is None:
        return None
    link = deep_links.to_message(message.chat.id, message.chat.username, above.message_id)
    there = message.reply_to_message is not None and message.reply_to_message.message_id == above.message_id
    reply = replies.no_more(entry) if there else replies.above(entry, link)
    reply_to = asked.reply_to if there or link else above.message_id
    return await desk.say(bot, message, replies.removable(reply), reply_to=reply_to)


async def _say(
    desk: Desk, message: Message, asked: Asked, verdict: Verdict, replies: GroupReplies, bot: Bot
) -> Sent | None:
    reply = group_wording.reply_to(desk, verdict, replies)
    if reply is None:
        return None
    # What somebody else wrote isn't the asker's to send on.
    private, own = replies.settings.private, asked.reply_to == message.message_id
    cry = is_urgent(desk, verdict) or bool(verdict.relief)
    if isinstance(verdict.outcome, Decline) and private and own and not cry:
        draft = Draft(verdict.text, verdict.language)
        key = await once("draft", lambda: elsewhere.remember(desk, sender_of(message), draft))
        reply = reply.with_rows(suggesting.offer_link_row(key, bot.username, replies.renderer.words))
    return await desk.say(bot, message, replies.removable(reply), reply_to=asked.reply_to)
