"""What a reply to the bot in a group says that is no question: "simpler", "in Spanish", "that isn't what I asked"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from telegram import Message

from bot import about, remarks, unanswered
from bot.callback_data import Action, Payload, unpack
from bot.groups.group_replies import GroupReplies, folded
from bot.handlers import owners, pressing
from bot.handlers.context import Desk
from bot.phrases import phrases, plainly, says
from bot.private_replies import NOTHING
from bot.questions import Asked
from bot.remark import Remark, hushes, remarked
from bot.reply import Reply, Row
from bot.typed import Cited, heard

_SAID_TO: Final = frozenset(
    {Remark.SIMPLER, Remark.MORE, Remark.SURE, Remark.WHAT, Remark.SAID, Remark.MISSED, Remark.OPEN}
)
"""Remarks that get a reply in a group; the others are said as much to the people there."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply to the bot's message, and what that message was.

    Attributes:
        asked: What was said.
        message: The message that says it.
        number: That of the bot's message.
        shown: What can be chosen under it, the entry that it is about, and its language.
    """

    asked: Asked
    message: Message
    number: int
    shown: Reply

    @property
    def offered(self) -> Row:
        """The buttons among which it lets people choose."""
        return tuple(button for row in self.shown.buttons for button in row)


def said_to(desk: Desk, message: Message, asked: Asked) -> Said:
    """What somebody says in reply to the bot."""
    replied = message.reply_to_message
    number, owner = (replied.message_id if replied else 0), owners.owner_of(replied)
    entry_id = desk.sent.entry_of(message.chat.id, number) or owners.entry_of(replied)
    shown = Reply(
        "",
        tuple((button,) for button in owners.asked_back(replied)),
        entry_id=entry_id,
        language=owner.language if owner else "",
    )
    return Said(asked, message, number, shown)


def hushes_bot(desk: Desk, asked: Asked) -> bool:
    """Whether somebody wants the bot to be quiet, by their own words; in an emergency nothing is said for that alone."""
    urgent = desk.conversations.is_urgent(asked.conversation)
    return not (urgent or asked.question.quoted) and hushes(asked.question.text)


def reply_to(desk: Desk, said: Said, replies: GroupReplies) -> Reply | None:
    """What to say to a remark; None where it is a question like any other, or says nothing to the bot.

    Args:
        desk: Answers.
        said: What was said, and to what.
        replies: In the language of who says it.
    """
    meant = _meant(desk, said)
    if meant is None:
        return None
    if _is_said_again(desk, said, meant):
        return NOTHING
    if isinstance(meant, Cited):
        return folded(about.cited(replies.renderer, meant.ids))
    if isinstance(meant, Payload):
        return _brought(desk, said, meant, replies)
    return _remarked(desk, said, meant, replies)


def _meant(desk: Desk, said: Said) -> Payload | Remark | Cited | None:
    talks, conversation, text = desk.conversations, said.asked.conversation, said.asked.question.text
    meant = heard(
        text,
        said.shown,
        urgent=talks.is_urgent(conversation),
        alarmed=talks.is_alarmed(conversation),
        passages=talks.answerer.base.passages,
    )
    if meant is None and said.shown.entry_id and says(plainly(text).split(), phrases("typed-sources")):
        return Payload(Action.SOURCES, said.shown.entry_id)
    if isinstance(meant, Payload) and meant == Payload(Action.NONE_OF_THESE) and not said.offered:
        return None  # a mere "no" is no word to the bot
    if meant is Remark.YES or (meant is None and not said.shown.entry_id):
        # Not which of the questions is meant, nor what of the answer: "I don't understand" all the same.
        meant = remarked(text)
        return (
            Remark.YES
            if said.offered and meant in _SAID_TO
            else Remark.MISSED
            if meant is Remark.MISSED
            else None
        )
    return meant if not isinstance(meant, Remark) or meant in _SAID_TO else None


def _is_said_again(desk: Desk, said: Said, meant: Payload | Remark | Cited) -> bool:
    """Whether the same was said to the same message before: its reply stands there already."""
    press = (said.message.chat.id, said.number, f"said {meant}")
    known = press in desk.presses and not desk.conversations.is_urgent(said.asked.conversation)
    desk.presses.add(press)
    return known


def _brought(desk: Desk, said: Said, meant: Payload, replies: GroupReplies) -> Reply | None:
    """What a button would bring that is named: the answer in another language or in short, the topics, a way out."""
    entry = replies.renderer.base.entry(said.shown.entry_id, replies.renderer.language)
    if meant.action is Action.LANGUAGE:
        return _in_language(desk, said, meant.id, replies)
    if meant.action is Action.SHOW and entry is not None and not entry.urgent:
        return replies.brief(remarks.in_short(replies.renderer, entry))
    reply, _ = pressing.reply_to(desk, meant, replies, said.asked.conversation, private=False)
    return reply


def _in_language(desk: Desk, said: Said, code: str, replies: GroupReplies) -> Reply | None:
    """The answer, or the question back, in a language; None where the message was neither."""
    there = replace(replies, renderer=desk.renderer(code))
    language = there.renderer.language
    if said.shown.entry_id and (entry := desk.conversations.show(said.shown.entry_id, None, language)):
        return there.answer(entry)
    payloads = [payload for button in said.offered if (payload := unpack(button.data))]
    found = [there.renderer.base.entry(p.id, language) for p in payloads if p.action is Action.CHOOSE]
    entries = [entry for entry in found if entry]
    return unanswered.clarify(there.renderer, entries) if entries else None


def _remarked(desk: Desk, said: Said, remark: Remark, replies: GroupReplies) -> Reply:
    if remark is not Remark.MISSED:
        reply = remarks.reply(remark, replies.renderer, said.shown)
        return folded(reply) if remark is Remark.SURE else replies.brief(reply)
    desk.conversations.missed(said.asked.conversation)
    instead = desk.sent.instead_of(said.message.chat.id, said.number)
    found = [replies.renderer.base.entry(id_, replies.renderer.language) for id_ in instead]
    if entries := [entry for entry in found if entry]:
        return unanswered.clarify(replies.renderer, entries, missed=True)
    return replies.missed()
