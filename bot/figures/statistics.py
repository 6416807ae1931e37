"""Counts -> what maintainers want to see of them: by day, most asked, most disliked. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.locales import Words, percent
from bot.review.feedback import REASONS, Opinion
from bot.store.from_people import FeedbackCount, OutcomeCount

OUTCOMES: Final = ("answer", "clarify", "decline")
"""In the order in which they are shown."""
DAYS: Final = 28
"""Days that are shown by default."""
MOST: Final = 8
"""Entries in each list."""
_EPOCH: Final = date(1970, 1, 1)
_WIDTH: Final = 34
"""Characters of a line of the table that a phone shows without wrapping."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What people said of an entry's answer."""

    entry_id: str
    helped: int
    not_helped: int
    reasons: tuple[tuple[Opinion, int], ...]
    """Why not, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown.

    Attributes:
        days: Each day, the oldest first.
        by_day: Outcome -> how many questions on each of the days.
        asked: Entries that were answered or asked back about, with how often, the most frequent first.
        disliked: Entries whose answers didn't help somebody, the most such first. Over all time.
        waiting: Questions that people sent and nobody has decided on.
    """

    days: tuple[date, ...]
    by_day: dict[str, tuple[int, ...]]
    asked: tuple[tuple[str, int], ...]
    disliked: tuple[Judged, ...]
    waiting: int = 0

    @property
    def total(self) -> int:
        """All questions."""
        return sum(map(sum, self.by_day.values()))

    def share(self, outcome: str) -> float:
        """Of all questions, 0 to 1; 0 where there was none."""
        return sum(self.by_day[outcome]) / self.total if self.total else 0.0


def since(today: int, days: int) -> int:
    """The first of a number of days that end today, in days since the epoch."""
    return today - days + 1


def figures(
    outcomes: Sequence[OutcomeCount],
    opinions: Sequence[FeedbackCount],
    *,
    today: int,
    days: int = DAYS,
    waiting: int = 0,
) -> Figures:
    """Put counts together.

    Args:
        outcomes: Counts of questions.
        opinions: Counts of feedback.
        today: The last day shown; days since the epoch.
        days: How many are shown, at least 1.
        waiting: Questions that people sent and nobody has decided on.
    """
    first = since(today, days)
    shown = [one for one in outcomes if first <= one.day <= today]
    by_day = {outcome: [0] * days for outcome in OUTCOMES}
    asked: Counter[str] = Counter()
    for one in shown:
        if one.outcome in by_day:
            by_day[one.outcome][one.day - first] += one.count
        if one.entry_id:
            asked[one.entry_id] += one.count
    return Figures(
        tuple(_EPOCH + timedelta(days=day) for day in range(first, today + 1)),
        {outcome: tuple(counts) for outcome, counts in by_day.items()},
        tuple(_most(asked)),
        _disliked(opinions),
        waiting,
    )


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]


def _disliked(opinions: Sequence[FeedbackCount]) -> tuple[Judged, ...]:
    said: dict[str, Counter[str]] = {}
    for one in opinions:
        said.setdefault(one.entry_id, Counter())[one.verdict] += one.count
    judged = [
        Judged(
            entry_id,
            counts[Opinion.HELPED],
            counts[Opinion.NOT_HELPED],
            tuple(
                sorted(((r, counts[r]) for r in REASONS if counts[r]), key=lambda pair: (-pair[1], pair[0]))
            ),
        )
        for entry_id, counts in said.items()
        if counts[Opinion.NOT_HELPED]
    ]
    return tuple(sorted(judged, key=lambda one: (-one.not_helped, one.helped, one.entry_id))[:MOST])


def summary(shown: Figures, words: Words) -> str:
    """The figures in a sentence or two."""
    shares = {outcome: percent(shown.share(outcome), words.language) for outcome in OUTCOMES}
    return words("stats-summary", days=len(shown.days), total=shown.total, waiting=shown.waiting, **shares)


def table(shown: Figures, words: Words, question: Callable[[str], str], width: int = _WIDTH) -> str:
    """The figures as lines of text of one width each: by week, most asked, most disliked.

    Args:
        shown: The figures.
        words: The bot's own words.
        question: Entry id -> its question, or the id where it is no more.
        width: Characters of a line.
    """
    heads = [words(f"stats-short-{outcome}") for outcome in OUTCOMES]
    lines = [words("stats-by-week"), f"{'':10}" + "".join(f"{head[:7]:>8}" for head in heads)]
    for week in range(0, len(shown.days), 7):
        counts = (sum(shown.by_day[outcome][week : week + 7]) for outcome in OUTCOMES)
        lines.append(f"{shown.days[week].isoformat()}" + "".join(f"{count:>8}" for count in counts))
    lines += ["", words("stats-asked")]
    lines += [_line(question(entry_id), str(count), width) for entry_id, count in shown.asked] or [
        words("stats-nothing")
    ]
    lines += ["", words("stats-disliked")]
    for one in shown.disliked:
        lines.append(_line(question(one.entry_id), f"{one.not_helped}:{one.helped}", width))
        if one.reasons:
            reason, count = one.reasons[0]
            lines.append(_line(f"  {words(f'feedback-{reason}')}", str(count), width))
    if not shown.disliked:
        lines.append(words("stats-nothing"))
    return "\n".join(lines)


def _line(text: str, figure: str, width: int) -> str:
    room = width - len(figure) - 1
    short = text if len(text) <= room else text[: room - 1].rstrip() + "…"
    return f"{short:<{room}} {figure}"
