"""What a verdict is said as in a group, with the settings and for the language of who reads it."""

from __future__ import annotations

from telegram import Message

from bot import unanswered
from bot.groups.group_replies import GroupReplies
from bot.groups.group_settings import GroupSettings
from bot.handlers.context import Bot, Desk
from bot.questions import sender_of
from bot.reply import Reply
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline, Match, Silent
from knowledge.verdict import Verdict


def reply_to(desk: Desk, verdict: Verdict, replies: GroupReplies, *, overheard: bool = False) -> Reply | None:
    """What to say to a verdict in a group; None for nothing."""

    def entry_of(found: Match) -> Entry:
        return desk.conversations.answerer.shown(found.entry_id, verdict, replies.renderer.language)

    match verdict.outcome:
        case Answer(match, also, again):
            entry = entry_of(match)
            if verdict.outcome.told:
                return replies.told(entry)
            reply = replies.answer(
                entry,
                clause=verdict.ranking.clause,
                also=entry_of(also) if also else None,
                again=again,
            )
            reply = unanswered.beside_relief(replies.renderer, verdict, reply)
            # Whoever is in danger hears it, and that nobody asked is no matter then.
            return replies.unasked(reply) if overheard and not entry.urgent else reply
        case Clarify(matches, again):
            # "Thank you" is a guess for whoever talks with the bot; to a group it reads as a joke.
            options = [entry for entry in map(entry_of, matches) if entry.kind is not Kind.CHITCHAT]
            options = options or [entry_of(match) for match in matches]
            asked = unanswered.clarify(replies.renderer, options, again=again)
            return unanswered.beside_relief(replies.renderer, verdict, asked)
        case Decline(foreign, urgent):
            standing = entry_of(urgent) if urgent else None
            declined = unanswered.decline(replies.renderer, foreign, again=standing)
            said = unanswered.beside_relief(replies.renderer, verdict, declined, standing)
            return said if foreign or said is not declined else replies.declined(said)
        case Silent():
            return None


def replies_in(
    desk: Desk, settings: GroupSettings, language: str | None, bot: Bot, message: Message
) -> GroupReplies:
    """What the bot says in a group to who wrote a message, and whose app speaks a language."""
    renderer = desk.renderer(settings.language or language)
    return GroupReplies(renderer, settings, bot.username, sender_of(message))
