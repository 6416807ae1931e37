"""Verdict -> Reply in private: in the terminal, and on Telegram, where more is offered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot import checklists, choices, remarks, unanswered
from bot.callback_data import Action, unpack
from bot.choices import Pick
from bot.formatting import label
from bot.private_answers import Answers, offering
from bot.rendering import Renderer, leads_to, noted
from bot.reply import Button, Reply, Row
from bot.review import feedback, suggesting
from bot.review.drafts import KEY_LENGTH
from knowledge import policy
from knowledge.answerer import Answerer
from knowledge.model import Entry
from knowledge.outcome import Answer, Clarify, Decline, Match, Silent
from knowledge.overhearing import plainly_asks
from knowledge.verdict import Verdict

NOTHING: Final = Reply("")
"""What is shown at the beginning of a conversation."""


@dataclass(frozen=True, slots=True)
class PrivateReplies:
    """The replies in the terminal, which offer less than Telegram's.

    Attributes:
        renderer: Speaks the reader's language.
        grave: Whether a danger or grief was mentioned before.
    """

    renderer: Renderer
    grave: bool = False

    def answer(
        self, entry: Entry, *, clause: str = "", also: Entry | None = None, again: bool = False
    ) -> Reply:
        """An entry's answer; arguments as for `Renderer.answer`."""
        return self.renderer.answer(entry, clause=clause, also=also, again=again)

    def no_more(self, answered: Entry, others: Sequence[Entry]) -> Reply:
        """Instead of the same answer once more; arguments as for `remarks.no_more`."""
        return remarks.no_more(self.renderer, answered, others)

    def instead(self, entries: Sequence[Entry]) -> Row:
        """What else may be meant than what is answered, for who says so."""
        return unanswered.choices(self.renderer, entries)

    def clarify(self, entries: Sequence[Entry], *, again: bool = False) -> Reply:
        """Ask back which of these is meant; arguments as for `unanswered.clarify`."""
        return unanswered.clarify(self.renderer, entries, again=again)

    def decline(self, foreign: str, again: Entry | None = None, shown: Reply = NOTHING) -> Reply:
        """Nothing here answers that; arguments as for `unanswered.decline`.

        Args:
            foreign: The language of the message, where it is none that is spoken here.
            again: The urgent entry that was answered before.
            shown: What was shown last: one of the questions asked back then may be meant, or what goes on from an answer.
        """
        if foreign or again or self.grave:
            return unanswered.decline(self.renderer, foreign, grave=self.grave, again=again)
        if unread := remarks.unread(self.renderer, shown):
            return unread
        if before := remarks.told(shown, self.renderer):
            return remarks.lost(self.renderer, before)
        return unanswered.decline(self.renderer)


@dataclass(frozen=True, slots=True)
class OfferingReplies(PrivateReplies):
    """The replies in a private chat: an answer can be shared and judged, a question sent to the maintainers.

    Attributes:
        answers: Those that are kept ready.
        username: The bot's, without the `@`; empty while it isn't known.
        key: Under which the question is remembered, so that it can be sent on. It may come from a button, which
            anybody can make up: what can't be a key counts as none.
    """

    answers: Answers = field(default_factory=Answers)
    username: str = ""
    key: str = ""

    def answer(
        self, entry: Entry, *, clause: str = "", also: Entry | None = None, again: bool = False
    ) -> Reply:
        """An entry's answer, with the question under it whether it helped."""
        renderer = self.renderer
        if again and entry.urgent:
            return renderer.answer(entry, again=True)
        if not clause and also is None:
            return self._judged(self.answers.of(entry, renderer, self.username), entry)
        reply = renderer.answer(entry, clause=clause, also=also, again=again)
        return self._judged(offering(reply, entry, renderer, self.username), entry)

    def _judged(self, reply: Reply, entry: Entry) -> Reply:
        key = self.key if len(self.key) == KEY_LENGTH else ""
        version = feedback.version_of(self.renderer.base.content_hash)
        return reply.with_rows(feedback.question_row(entry, version, self.renderer.words, key))

    def no_more(self, answered: Entry, others: Sequence[Entry]) -> Reply:
        """Instead of the same answer once more; the question may have meant something else."""
        reply = remarks.no_more(self.renderer, answered, others)
        return reply.with_rows(suggesting.offer_row(self.key, self.renderer.words))

    def instead(self, entries: Sequence[Entry]) -> Row:
        """What else may be meant; if that isn't it either, the question can be sent on."""
        return unanswered.choices(self.renderer, entries, self.key)

    def clarify(self, entries: Sequence[Entry], *, again: bool = False) -> Reply:
        """Ask back which of these is meant: a number can be typed instead of pressing a button."""
        return unanswered.clarify(self.renderer, entries, self.key, numbered=True, again=again)

    def decline(self, foreign: str, again: Entry | None = None, shown: Reply = NOTHING) -> Reply:
        """Nothing here answers that; it can be sent on."""
        # Rules that take names out of a text know the names and titles of other languages too little.
        # Under a cry for help it would read as one.
        offer = () if foreign or again or self.grave else suggesting.offer_row(self.key, self.renderer.words)
        return PrivateReplies.decline(self, foreign, again, shown).with_rows(offer)


def picked(text: str, verdict: Verdict, answerer: Answerer, shown: Reply) -> Pick | None:
    """What a message chooses beside a remark; None for one that chooses nothing, and where the remark may tell of a danger.

    Args:
        text: The message.
        verdict: What was decided on it.
        answerer: Who decided it.
        shown: What its writer was shown last.
    """
    pick = choices.picked(text, shown)
    if pick is None or answerer.base.entry(chosen_entry(pick.button)) is None:
        return None
    entries = answerer.entries(verdict.language)
    match verdict.outcome:
        case Answer(match, also) if entries[match.entry_id].urgent or (
            also and entries[also.entry_id].urgent
        ):
            return None
        case Decline(again=urgent) if urgent:
            return None
    return pick


def reply_to_pick(pick: Pick, verdict: Verdict, answerer: Answerer, replies: PrivateReplies) -> Reply:
    """The answer to what was chosen, as `picked` knows it.

    What else was chosen or asked, or may be a danger, stands with it.
    """
    language = replies.renderer.language
    entries, base = answerer.entries(verdict.language), answerer.base
    entry = base.entry(chosen_entry(pick.button), language)
    if entry is None:
        return replies.renderer.not_there()
    also: Entry | None = None
    match verdict.outcome:
        case Clarify(matches):
            also = next((entries[m.entry_id] for m in matches if entries[m.entry_id].urgent), None)
        case Answer(match) if plainly_asks(pick.rest) and match.entry_id != entry.id:
            also = answerer.shown(match.entry_id, verdict, language)
    said = replies.answer(entry, also=also)
    for button in pick.others:
        if other := base.entry(chosen_entry(button), language):
            note = replies.renderer.words("also-chosen", question=label(other.question))
            leads = tuple(replace(b, heard=replies.renderer.words("typed-yes")) for b in leads_to(other))
            said = replace(noted(said, note), buttons=(leads, *said.buttons))
    return said


def chosen_entry(button: Button) -> str:
    """The id of the entry that a button chooses; empty for the way out."""
    payload = unpack(button.data)
    return payload.id if payload and payload.action is Action.CHOOSE else ""


def reply(
    verdict: Verdict, answerer: Answerer, replies: PrivateReplies, shown: Reply = NOTHING
) -> Reply | None:
    """The reply to a verdict in private; None where the bot keeps quiet.

    Args:
        verdict: What was decided.
        answerer: Who decided it.
        replies: Words the reply.
        shown: What the reader was shown last; `NOTHING` for a question that stands alone.
    """
    language = replies.renderer.language

    def entry_of(found: Match) -> Entry:
        return answerer.shown(found.entry_id, verdict, language)

    match verdict.outcome:
        case Answer(match, also, again):
            entry, clause = entry_of(match), verdict.ranking.clause
            beside = entry_of(also) if also else None
            if remarks.repeats(verdict, shown, entry, language) and not (beside and beside.urgent):
                meant = [entry_of(other) for other in remarks.meant_instead(verdict) if other != also]
                said = replies.no_more(entry, [*([beside] if beside else []), *meant])
            else:
                said = replies.answer(entry, clause=clause, also=beside, again=again)
            others = policy.instead(verdict.ranking.matches, answerer.entries(verdict.language))
            said = checklists.no_permission(replies.renderer, said, shown, [entry])
            said = unanswered.beside_relief(replies.renderer, verdict, said)
            return replace(said, instead=replies.instead([entry_of(other) for other in others]))
        case Clarify(matches, again):
            options = [entry_of(match) for match in matches]
            said = checklists.no_permission(
                replies.renderer, replies.clarify(options, again=again), shown, options
            )
            return unanswered.beside_relief(replies.renderer, verdict, said)
        case Decline(foreign, urgent):
            standing = entry_of(urgent) if urgent else None
            said = replies.decline(foreign, standing, shown)
            return unanswered.beside_relief(replies.renderer, verdict, said, standing)
        case Silent():
            return None
