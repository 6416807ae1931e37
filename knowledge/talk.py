"""What a conversation has come to: what a follow-up leans on, and how much of an urgent answer still stands. Pure.

A `Talk` is a frozen value; each verdict makes the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knowledge.clauses import clauses
from knowledge.matcher import is_question
from knowledge.model import Entry, Kind
from knowledge.outcome import Alert, Answer, Clarify, Decline, Question, Relief, Silent
from knowledge.overhearing import has_matter, plainly_asks
from knowledge.policy import URGENT, is_grave

if TYPE_CHECKING:
    from knowledge.verdict import Verdict

MOST_TOLD: Final = 1_000
"""Characters that are remembered of what was told, the last ones."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation has come to.

    Attributes:
        entry: The id of the entry that was answered last, or asked back about; empty for none. Courtesies don't count.
        given: Whether its answer was given; else it was only asked back about.
        options: The ids of all entries that were asked back about just before, but urgent ones.
        grave: Whether a danger or grief was mentioned, or may have been: until something else was answered.
        alarm: The id of the urgent entry whose answer was given; empty for none.
        alert: How much of that answer still stands.
        told: The sentences that asked nothing since the last answer, one a line; courtesies aside.
    """

    entry: str = ""
    given: bool = False
    options: tuple[str, ...] = ()
    grave: bool = False
    alarm: str = ""
    alert: Alert = Alert.OVER
    told: str = ""

    @property
    def stands(self) -> bool:
        """Whether an urgent answer is what messages get that aren't surely about something else."""
        return self.alert >= Alert.SHORT

    def put(self, question: Question) -> Question:
        """A question with what came before it; what somebody else wrote has nothing to do with what the asker was in."""
        put = replace(
            question,
            previous=self.entry or None,
            offered=bool(self.entry) and not self.given,
            options=self.options,
            told=self.told,
        )
        if question.quoted:
            return put
        return replace(put, alarm=self.alarm or None, alert=self.alert, grave=self.grave)

    def shown(self, entry: Entry, entries: Mapping[str, Entry]) -> Talk:
        """After an entry's answer was given; a courtesy gives no context, but may be about a grief."""
        if _is_courtesy(entry):
            return replace(self, grave=True) if is_grave(entry, entries) else self
        grave = is_grave(entry, entries) or (self.grave and entry.kind is Kind.CHITCHAT)
        if entry.urgent:
            return Talk(entry.id, given=True, grave=grave, alarm=entry.id, alert=Alert.RAISED)
        return Talk(entry.id, given=True, grave=grave, alarm=self.alarm, alert=self._faded())

    def browsed(self, entry: Entry) -> Talk:
        """After an entry was only looked at, in a list of all: what is urgent there is nothing that somebody has told."""
        if _is_courtesy(entry):
            return self
        return Talk(entry.id, given=True, alarm=self.alarm, alert=self._faded())

    def moved_on(self) -> Talk:
        """After somebody has turned to something else, as to the checklist."""
        return replace(self, alert=Alert.FADING) if self.stands else self

    def relieved(self, relief: Relief, *, sure: bool = True) -> Talk:
        """After somebody has said what is better about a danger.

        Args:
            relief: What they said. Help that comes is no end of the danger yet.
            sure: Whether nothing else was said that isn't clear.
        """
        over = sure and relief is not Relief.HELP
        return Talk(
            alarm=self.alarm,
            alert=Alert.OVER if over or not self.alarm else Alert.FADING,
        )

    def after(self, verdict: Verdict, entries: Mapping[str, Entry]) -> Talk:
        """After a verdict; the very same where that changes nothing.

        Args:
            verdict: What was said to the last message.
            entries: The entries by id; what isn't among them any more changes nothing.
        """
        if verdict.relief:
            return self._relieved(verdict, entries)
        answered = entries.get(verdict.answered or "")
        if verdict.quoted and answered and answered.urgent:
            return replace(self, grave=True)  # who points at somebody's cry for help isn't in danger
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
        talk = self._less() if urgent or not self.grave else replace(self._less(), grave=False)
        foreign = isinstance(verdict.outcome, Decline) and verdict.outcome.foreign
        told = self.told if foreign else self._told(verdict.text)
        changed = talk.options or talk.told != told
        return replace(talk, options=(), told=told) if changed else talk

    def _relieved(self, verdict: Verdict, entries: Mapping[str, Entry]) -> Talk:
        unclear = isinstance(verdict.outcome, Answer | Decline) and bool(verdict.outcome.again)
        calm = self.relieved(verdict.relief, sure=not unclear)
        if isinstance(verdict.outcome, Decline):
            return calm
        return calm.after(replace(verdict, relief=Relief.NONE), entries)

    def none_meant(self, *, safe: bool = False) -> Talk:
        """After "none of these": what was only asked back about is nothing to lean on, and nothing urgent stands.

        Args:
            safe: Whether it was said that something else is meant than a danger.
        """
        alert = Alert.OVER if safe else self._faded()
        if not self.given or self.stands:
            return Talk(alarm=self.alarm, alert=alert)
        return replace(self, alert=alert, options=(), told="")

    def missed(self) -> Talk:
        """After somebody has said that the answer isn't what they asked: it stays a context, and isn't likelier to be meant."""
        return self if self.stands else replace(self, given=False)

    def _answered(
        self, entry: Entry, entries: Mapping[str, Entry], confidence: float, *, again: bool
    ) -> Talk:
        if again and entry.urgent:
            given = Talk(entry.id, given=True, grave=True, alarm=entry.id)
            again_soon = self.alert is Alert.RAISED or (self.stands and confidence >= URGENT)
            return replace(given, alert=Alert.SHORT if again_soon else Alert.FADING)
        asked_of_bot = entry.kind is Kind.CHITCHAT and not _is_courtesy(entry)  # "help" asks what it can do
        if again and (entry.kind is Kind.GUARDRAIL or asked_of_bot):
            return self._less()
        if entry.kind is Kind.CHITCHAT:
            return self.moved_on().shown(entry, entries)
        # Told, and not asked: "they don't answer" is a phrasing of something else too.
        return (
            replace(self.shown(entry, entries), alert=self._less().alert)
            if again
            else self.shown(entry, entries)
        )

    def _asked_back(self, options: list[Entry], told: str) -> Talk:
        """What may be urgent, or a refusal, lends no context: all that is near it would be wrong, where it isn't meant."""
        grave = self.grave or any(entry.urgent for entry in options)
        ids = tuple(entry.id for entry in options if not entry.urgent)
        if not options or options[0].kind is Kind.GUARDRAIL or _is_courtesy(options[0]):
            return replace(self._less(), grave=grave, options=ids, told=told)
        return Talk(
            options[0].id,
            options=ids,
            grave=grave,
            alarm=self.alarm,
            alert=self._less().alert,
            told=told,
        )

    def _told(self, text: str) -> str:
        """What was told with one more message that nothing was answered to, or several that were read together."""
        before = "" if text.startswith(self.told) else self.told
        told = (part for part in clauses(text) if has_matter(part) and not plainly_asks(part))
        return "\n".join(filter(None, (before, *told)))[-MOST_TOLD:] if text else self.told

    def _less(self) -> Talk:
        """After the urgent answer was said beside something else; one that is still spoken of never ends by that."""
        if not self.alert or (self.alert is Alert.FADING and self.entry == self.alarm):
            return self
        return replace(self, alert=Alert(self.alert - 1))

    def _faded(self) -> Alert:
        """What is left of an alert after something else was answered."""
        spoken_of = self.alert >= Alert.SHORT or (self.alert and self.entry == self.alarm)
        return Alert.FADING if spoken_of else Alert.OVER


def _is_courtesy(entry: Entry) -> bool:
    """Whether an entry is something that is said, and not asked: nothing leans on "thank you", much on "do you store this?"."""
    return entry.kind is Kind.CHITCHAT and not is_question(entry)
