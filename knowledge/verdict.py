"""What to do about a question, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.outcome import Answer, Clarify, Outcome, Ranking, Relief


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about a question, and why."""

    outcome: Outcome
    ranking: Ranking
    """Guardrails already moved up; the first three matches are the likeliest entries."""
    language: str
    rule: str = ""
    """What decided, as a sentence for a curator."""
    text: str = ""
    """What was read: the message, behind those before it where they were read together. Empty where somebody else than the asker
    wrote it."""

    relief: Relief = Relief.NONE
    """What the message says that is better about a danger that was spoken of; the outcome is about what else it says."""
    quoted: bool = False
    """Whether somebody else than the asker wrote it: then they are the one who may be in danger."""

    @property
    def answered(self) -> str | None:
        """The id of the entry that answers, None for any other outcome."""
        return self.outcome.match.entry_id if isinstance(self.outcome, Answer) else None

    def again(self) -> Verdict:
        """The same where its answer was given a short while ago and stands; only what is urgent is said again."""
        if not isinstance(self.outcome, Answer):
            return self
        return replace(self, outcome=replace(self.outcome, again=True))

    @property
    def likeliest(self) -> str | None:
        """The entry that the question was most likely about, answered or asked back; None for any other outcome."""
        match self.outcome:
            case Answer(best) | Clarify((best, *_)):
                return best.entry_id
        return None
