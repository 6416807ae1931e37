"""Judgements -> numbers: counts, calibration, risk against coverage, confusions. Nothing here asks or prints.

Sources: M. Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", 2015 (expected calibration
error); R. El-Yaniv and Y. Wiener, "On the foundations of noise-free selective classification", 2010 (risk against
coverage).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.judged import Judged
from knowledge.outcome import Answer, Clarify, Match, Silent
from knowledge.verdict import Verdict

BINS: Final = 10
NOTHING: Final = "(no entry)"
"""Stands in a confusion for the accepted id of a question that no entry answers."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judged question and what became of it."""

    question: Judged
    verdict: Verdict
    later: bool = False
    """Whether it's a later turn of its conversation."""
    previous: str | None = None
    """The entry answered before in its conversation, None where none was."""

    @property
    def best(self) -> Match | None:
        """The match ranked first; None where no word was known."""
        matches = self.verdict.ranking.matches
        return matches[0] if matches else None

    @property
    def confidence(self) -> float:
        """Of the first match, 0 to 1; 0 where there is none."""
        return self.best.confidence if self.best else 0.0

    @property
    def first_right(self) -> bool:
        """Whether an accepted entry is ranked first, whatever was decided."""
        return self.best is not None and self.best.entry_id in self.question.accepted

    @property
    def failure(self) -> str:
        """Why this counts as missed, in a few words; empty where it doesn't.

        A question with accepted entries is missed where none of them is ranked first; another one where an entry is
        answered.
        """
        if self.question.accepted:
            if self.first_right:
                return ""
            return f"{self.best.entry_id} ranked first" if self.best else "nothing ranked"
        answered = self.verdict.answered
        return f"answered {answered}" if answered else ""

    @property
    def reached(self) -> bool:
        """Whether an accepted entry was answered, or was a button: beside another answer, or asked back."""
        match self.verdict.outcome:
            case Answer(best, also):
                return _holds([best, also] if also else [best], self.question)
            case Clarify(options):
                return _holds(options, self.question)
        return False

    @property
    def withheld(self) -> str:
        """What was decided, where an accepted entry is ranked first and yet wasn't said or offered; else empty."""
        return self.verdict.outcome.name if self.first_right and not self.reached else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over one sort of questions; shares are theirs by `n`, `in_scope` or `off_topic`."""

    n: int
    in_scope: int
    """Questions with accepted entries."""
    off_topic: int
    """Questions that no entry answers."""
    top1: int
    """In-scope questions with an accepted entry ranked first, whatever was decided."""
    top3: int
    """Likewise among the first three."""
    answered: int
    right: int
    """Answered with an accepted entry."""
    wrong: int
    """In scope and answered with another entry."""
    false: int
    """Off topic and answered."""
    asked_back: int
    offered: int
    """In scope and asked back, an accepted entry among the options."""
    reached: int
    """In scope and answered with an accepted entry, or one is a button: beside another answer, or asked back."""
    spoke: int
    """Not silent."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies in a tenth of the scale: `low` <= confidence < `high`, the last one closed."""

    low: float
    high: float
    n: int
    confidence: float
    """Mean; 0 where there are none."""
    right: float
    """Share with an accepted entry ranked first; 0 where there are none."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What answering only the most confident questions would have meant."""

    coverage: float
    """Share of the questions answered, 0 to 1."""
    threshold: float
    """The lowest confidence among them."""
    risk: float
    """Share of the answers that would have been wrong."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """An entry given where another one was meant."""

    accepted: str
    """`NOTHING` where no entry answers."""
    given: str
    examples: tuple[str, ...]
    """Every message so confused."""


def tally(judgements: Iterable[Judgement]) -> Tally:
    """Count."""
    rows = list(judgements)
    scope = [row for row in rows if row.question.accepted]
    answered = [row for row in rows if row.verdict.answered is not None]
    asked_back = [
        (row, row.verdict.outcome.matches) for row in rows if isinstance(row.verdict.outcome, Clarify)
    ]
    right = sum(row.verdict.answered in row.question.accepted for row in answered)
    false = sum(not row.question.accepted for row in answered)
    return Tally(
        n=len(rows),
        in_scope=len(scope),
        off_topic=len(rows) - len(scope),
        top1=sum(row.first_right for row in scope),
        top3=sum(_holds(row.verdict.ranking.matches[:3], row.question) for row in scope),
        answered=len(answered),
        right=right,
        wrong=len(answered) - right - false,
        false=false,
        asked_back=len(asked_back),
        offered=sum(_holds(options, row.question) for row, options in asked_back),
        reached=sum(row.reached for row in scope),
        spoke=sum(not isinstance(row.verdict.outcome, Silent) for row in rows),
    )


def _holds(matches: Sequence[Match], question: Judged) -> bool:
    return any(match.entry_id in question.accepted for match in matches)


def reliability(judgements: Sequence[Judgement]) -> tuple[Bin, ...]:
    """Compare confidence with what came true, in `BINS` bins of equal width, the lowest first."""
    bins: list[list[Judgement]] = [[] for _ in range(BINS)]
    for row in judgements:
        bins[min(int(row.confidence * BINS), BINS - 1)].append(row)
    return tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(rows),
            sum(row.confidence for row in rows) / max(len(rows), 1),
            sum(row.first_right for row in rows) / max(len(rows), 1),
        )
        for number, rows in enumerate(bins)
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, 0 (honest) to 1: the mean gap of the bins, weighted by their sizes."""
    n = sum(bin_.n for bin_ in bins)
    return sum(bin_.n * abs(bin_.confidence - bin_.right) for bin_ in bins) / max(n, 1)


def risk_coverage(judgements: Sequence[Judgement], steps: int = 10) -> tuple[RiskPoint, ...]:
    """The risk of answering the most confident tenth of the questions, two tenths, and so on to all of them."""
    rows = sorted(judgements, key=lambda row: -row.confidence)
    points = []
    for step in range(1, steps + 1):
        top = rows[: round(len(rows) * step / steps)]
        if top:
            wrong = sum(not row.first_right for row in top)
            points.append(RiskPoint(len(top) / len(rows), top[-1].confidence, wrong / len(top)))
    return tuple(points)


def confusions(judgements: Iterable[Judgement]) -> tuple[Confusion, ...]:
    """What was taken for what among the missed, the commonest confusion first."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in judgements:
        if row.failure and row.best is not None:
            accepted = row.question.accepted[0] if row.question.accepted else NOTHING
            found.setdefault((accepted, row.best.entry_id), []).append(row.question.text)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Confusion(accepted, given, tuple(texts)) for (accepted, given), texts in ranked)
