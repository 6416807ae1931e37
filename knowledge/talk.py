"""What a conversation has come to: what a follow-up leans on, and whether an urgent answer still stands. Pure.

A `Talk` is a frozen value; each verdict makes the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knowledge.clauses import clauses
from knowledge.matcher import is_question
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline, Question, Silent
from knowledge.overhearing import has_matter, plainly_asks
from knowledge.policy import URGENT, is_grave

if TYPE_CHECKING:
    from knowledge.verdict import Verdict

MOST_TOLD: Final = 1_000
"""Characters that are remembered of what was told, the last ones."""
STANDS_FOR: Final = 3
"""Messages after an urgent answer that get it again, unless they are surely about something else."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation has come to.

    Attributes:
        entry: The id of the entry that was answered last, or asked back about; empty for none. Courtesies don't count.
        given: Whether its answer was given; else it was only asked back about.
        options: The ids of all entries that were asked back about just before, but urgent ones.
        left: For how many messages more it stands, as an urgent answer; 0 for any other.
        grave: Whether a danger or grief was mentioned, or may have been: until something else was answered.
        alarm: The id of the urgent entry whose answer was given: until somebody says that nobody is in danger.
        told: The sentences that asked nothing since the last answer, one a line; courtesies aside.
    """

    entry: str = ""
    given: bool = False
    options: tuple[str, ...] = ()
    left: int = 0
    grave: bool = False
    alarm: str = ""
    told: str = ""

    @property
    def stands(self) -> bool:
        """Whether an urgent answer stands."""
        return self.left > 0

    def put(self, question: Question) -> Question:
        """A question with what came before it."""
        return replace(
            question,
            previous=self.entry or None,
            offered=bool(self.entry) and not self.given,
            options=self.options,
            stands=self.stands,
            alarm=self.alarm or None,
            told=self.told,
        )

    def shown(self, entry: Entry, entries: Mapping[str, Entry]) -> Talk:
        """After an entry's answer was given; a courtesy gives no context, but may be about a grief."""
        if _is_courtesy(entry):
            return replace(self, grave=True) if is_grave(entry, entries) else self
        left, alarm = (STANDS_FOR, entry.id) if entry.urgent else (0, self.alarm)
        grave = is_grave(entry, entries) or (self.grave and entry.kind is Kind.CHITCHAT)
        return Talk(entry.id, given=True, left=left, grave=grave, alarm=alarm)

    def after(self, verdict: Verdict, entries: Mapping[str, Entry]) -> Talk:
        """After a verdict; the very same where that changes nothing.

        Args:
            verdict: What was said to the last message.
            entries: The entries by id; what isn't among them any more changes nothing.
        """
        match verdict.outcome:
            case Answer(match, _, again) if match.entry_id in entries:
                return self._answered(entries[match.entry_id], entries, match.confidence, again=again)
            case Clarify(matches):
                options = [entries[m.entry_id] for m in matches if m.entry_id in entries]
                return self._asked_back(options, self._told(verdict.text))
            case Silent():
                return self
        # Somebody advised to call for help gets no cold word for long; after a mere suspicion, one kind word is enough.
        urgent = self.entry in entries and entries[self.entry].urgent
        talk = self._over() if urgent or not self.grave else replace(self, left=0, grave=False)
        foreign = isinstance(verdict.outcome, Decline) and verdict.outcome.foreign
        told = self.told if foreign else self._told(verdict.text)
        changed = talk.options or talk.told != told
        return replace(talk, options=(), told=told) if changed else talk

    def none_meant(self, *, safe: bool = False) -> Talk:
        """After "none of these": what was only asked back about is nothing to lean on, and nothing urgent stands.

        Args:
            safe: Whether it was said that nobody is in danger, or that something else is meant than one.
        """
        alarm = "" if safe else self.alarm
        if not self.given or self.stands:
            return Talk(alarm=alarm)
        return replace(self, alarm=alarm, options=(), told="")

    def missed(self) -> Talk:
        """After somebody has said that the answer isn't what they asked: it stays a context, and isn't likelier to be meant."""
        return self if self.stands else replace(self, given=False)

    def _answered(
        self, entry: Entry, entries: Mapping[str, Entry], confidence: float, *, again: bool
    ) -> Talk:
        if again and (entry.urgent or entry.kind in (Kind.CHITCHAT, Kind.GUARDRAIL)):
            anew = entry.urgent and confidence >= URGENT
            return replace(self, left=STANDS_FOR if anew else self.left - 1)
        talk = self._over() if entry.kind is Kind.CHITCHAT else self
        return talk.shown(entry, entries)

    def _asked_back(self, options: list[Entry], told: str) -> Talk:
        """What may be urgent, or a refusal, lends no context: all that is near it would be wrong, where it isn't meant."""
        grave = self.grave or any(entry.urgent for entry in options)
        ids = tuple(entry.id for entry in options if not entry.urgent)
        if not options or options[0].kind is Kind.GUARDRAIL or _is_courtesy(options[0]):
            return replace(self, left=0, grave=grave, options=ids, told=told)
        return Talk(options[0].id, options=ids, grave=grave, alarm=self.alarm, told=told)

    def _told(self, text: str) -> str:
        """What was told with one more message that nothing was answered to, or several that were read together."""
        before = "" if text.startswith(self.told) else self.told
        told = (part for part in clauses(text) if has_matter(part) and not plainly_asks(part))
        return "\n".join(filter(None, (before, *told)))[-MOST_TOLD:] if text else self.told

    def _over(self) -> Talk:
        return replace(self, left=0) if self.left else self


def _is_courtesy(entry: Entry) -> bool:
    """Whether an entry is something that is said, and not asked: nothing leans on "thank you", much on "do you store this?"."""
    return entry.kind is Kind.CHITCHAT and not is_question(entry)
