"""Answers in private chats: after what was said there before, and with what can be done about an answer."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update

from bot import checklists, private_replies
from bot.handlers import readers, walking
from bot.handlers.context import Bot, Desk
from bot.questions import Asked, sender_of
from bot.reply import Reply
from bot.review import feedback
from bot.review.drafts import Draft
from knowledge.outcome import Answer, Decline
from knowledge.verdict import Verdict


async def answer(desk: Desk, update: Update, message: Message, asked: Asked, bot: Bot) -> None:
    """Answer a question that was put in a private chat; groups have a way of their own (`group_answers.py`)."""
    chosen = await readers.chosen_language(desk, message.chat.id)
    language = chosen or readers.likely_language(desk, update)
    verdict = await desk.decide(replace(asked.question, language=language), asked.conversation)
    answerer = desk.conversations.answerer
    if chosen is None:
        language = answerer.reply_language(verdict, language)
    shown, key = desk.shown(asked.conversation), _remembered(desk, message, verdict)
    grave = desk.conversations.talk(asked.conversation).grave
    replies = desk.replies(desk.renderer(language or verdict.language), key, grave=grave)
    pick = private_replies.picked(asked.question.text, verdict, answerer, shown)
    if pick:
        reply: Reply | None = private_replies.reply_to_pick(pick, verdict, answerer, replies)
    else:
        reply = private_replies.reply(verdict, answerer, replies, shown)
    way = now = desk.walks.get(asked.conversation)
    renderer = desk.renderer(language)
    if way is not None and not way.left and reply is not None:
        unheard = checklists.unheard(asked.question.text, verdict, answerer.entries(verdict.language))
        reply, now = checklists.on_the_way(renderer, reply, way, shown=shown, unheard=unheard)
    if reply is not None:
        # It shows which question it is, to its asker and, when that is sent on, to whichever process gets to do that.
        declined = message.message_id if isinstance(verdict.outcome, Decline) else None
        await desk.say(bot, message, reply, reply_to=declined)
    if chosen is None:
        readers.note_language(desk, update, language)
    if pick:  # a choice, and no question
        desk.conversations.show(private_replies.chosen_entry(pick.button), asked.conversation)
    elif now is way:
        desk.settle(verdict, asked.conversation)
    else:  # it was a response, and no question
        walking.note(desk, renderer, now, asked.conversation)


def _remembered(desk: Desk, message: Message, verdict: Verdict) -> str:
    """The key to a question that may be sent on; empty for one that there is no reason to remember."""
    if isinstance(verdict.outcome, Answer):
        entry = desk.conversations.answerer.entries(verdict.language)[verdict.outcome.match.entry_id]
        if not feedback.may_be_judged(entry):
            return ""
    return desk.drafts.put(sender_of(message), Draft(verdict.text, verdict.language))
