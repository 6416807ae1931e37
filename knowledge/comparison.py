"""Two runs of the same judged questions -> what a change to the knowledge base won and lost, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from knowledge.outcome import Answer, Clarify
from knowledge.report import Report

_SHOWN: Final = 100
"""Characters of a question that are shown."""

_Asked: TypeAlias = tuple[str, str, str]
"""Message, kind and conversation."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question that came out otherwise than before."""

    text: str
    kind: str
    before: str
    """What became of it then, such as `answer is-it-legal (0.91)`."""
    after: str
    won: bool
    """Whether it came out better than before; see `_worth`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different between two runs."""

    changes: tuple[Change, ...]
    """Losses first."""
    only_before: int
    """Questions that only the earlier run had."""
    only_now: int

    def text(self) -> str:
        """For people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        won = sum(change.won for change in self.changes)
        yield f"{won} won, {len(self.changes) - won} lost"
        for change in self.changes:
            yield ""
            yield f"{'won ' if change.won else 'LOST'}  {change.text[:_SHOWN]!r}  ({change.kind})"
            yield f"      before: {change.before}"
            yield f"      now:    {change.after}"
        if self.only_before or self.only_now:
            yield ""
            yield f"not compared: {self.only_before} questions only there before, {self.only_now} only now"


def compare(before: Mapping[str, Any], now: Report) -> Comparison:
    """Compare a run with an earlier one.

    Args:
        before: What `Report.to_json` gave then, read back.
        now: The report of this run.

    Raises:
        ValueError: `before` isn't such a report.
    """
    try:
        rows = before["questions"]
        then = dict(zip(_keys((row["q"], row["kind"], row["chat"]) for row in rows), rows, strict=True))
        worth = {
            key: _worth(
                "" if row.get("withheld") else row["decision"],
                row["options"],
                row["ids"],
                missed=bool(row["failure"]),
            )
            for key, row in then.items()
        }
        summaries = {
            key: _summary(row["decision"], row["options"], row["confidence"]) for key, row in then.items()
        }
    except (KeyError, TypeError) as fault:
        raise ValueError("this is no report of an earlier run, as --json writes it") from fault
    changes = []
    keys = _keys((row.question.text, row.question.kind, row.question.chat) for row in now.judgements)
    for key, row in zip(keys, now.judgements, strict=True):
        decided, options = (
            row.verdict.outcome.name,
            [match.entry_id for match in row.verdict.ranking.matches[:3]],
        )
        value = _worth(
            "" if row.withheld else decided, options, row.question.accepted, missed=bool(row.failure)
        )
        if key not in then or value == worth[key]:
            continue
        after = _summary(decided, options, row.confidence)
        changes.append(
            Change(row.question.text, row.question.kind, summaries[key], after, won=value > worth[key])
        )
    changes.sort(key=lambda change: change.won)
    common = len(then.keys() & set(keys))
    return Comparison(tuple(changes), len(then) - common, len(keys) - common)


def _keys(asked: Iterable[_Asked]) -> list[tuple[_Asked, int]]:
    """Each question with how often it was asked before: the same one may stand in a conversation twice."""
    counted: Counter[_Asked] = Counter()
    keys = []
    for question in asked:
        keys.append((question, counted[question]))
        counted[question] += 1
    return keys


def _worth(
    decided: str, options: Sequence[str], accepted: Sequence[str], *, missed: bool
) -> tuple[int, bool]:
    """How good what became of a question was: answered rightly, offered, neither, answered wrongly; then whether it was missed.

    What was withheld, though its entry ranks first, counts as decided in no way.
    """
    if decided == Answer.name:
        reached = 3 if options[:1] and options[0] in accepted else 0
    else:
        reached = 2 if decided == Clarify.name and not set(options).isdisjoint(accepted) else 1
    return reached, not missed


def _summary(decided: str, options: list[str], confidence: float) -> str:
    return f"{decided} {options[0] if options else '(nothing)'} ({confidence:.2f})"
