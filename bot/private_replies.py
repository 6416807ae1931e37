"""Verdict -> Reply in private: in the terminal, and on Telegram, where more is offered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot import checklists, remarks, unanswered
from bot.private_answers import Answers, offering
from bot.rendering import Renderer
from bot.reply import Reply, Row
from bot.review import feedback, suggesting
from bot.review.drafts import KEY_LENGTH
from knowledge import policy
from knowledge.answerer import Answerer
from knowledge.model import Entry
from knowledge.outcome import Answer, Clarify, Decline, Match, Silent
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

    def decline(self, foreign: str, again: Entry | None = None, before: Entry | None = None) -> Reply:
        """Nothing here answers that; arguments as for `unanswered.decline`.

        Args:
            foreign: The language of the message, where it is none that is spoken here.
            again: The urgent entry that was answered before.
            before: Any other entry that was answered just before: what goes on from there may be meant.
        """
        if before and not (foreign or again or self.grave):
            return remarks.lost(self.renderer, before)
        return unanswered.decline(self.renderer, foreign, grave=self.grave, again=again)


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

    def decline(self, foreign: str, again: Entry | None = None, before: Entry | None = None) -> Reply:
        """Nothing here answers that; it can be sent on."""
        # Rules that take names out of a text know the names and titles of other languages too little.
        # Under a cry for help it would read as one.
        offer = () if foreign or again or self.grave else suggesting.offer_row(self.key, self.renderer.words)
        return PrivateReplies.decline(self, foreign, again, before).with_rows(offer)


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
            if remarks.repeats(verdict, shown, entry, language):
                said = replies.no_more(entry, [entry_of(other) for other in remarks.meant_instead(verdict)])
            else:
                said = replies.answer(
                    entry, clause=clause, also=entry_of(also) if also else None, again=again
                )
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
            before, standing = remarks.told(shown, replies.renderer), entry_of(urgent) if urgent else None
            said = replies.decline(foreign, standing, before)
            return unanswered.beside_relief(replies.renderer, verdict, said, standing)
        case Silent():
            return None
