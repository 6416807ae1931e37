"""The report on judged questions, and its printing: plain text for people, JSON for comparing runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, TypeAlias

from knowledge.explain import Drawn
from knowledge.measures import Bin, Confusion, Judgement, RiskPoint, Tally
from knowledge.texts import counted

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"

_SHOWN: Final = 220
"""Characters of a message that are shown."""
_WORDS: Final = 6
"""Words that drew a miss, and words that spoke against it, that are shown of each."""
_WEAK: Final = 0.05
"""Words that pull less than this aren't worth showing."""
_CONFUSIONS: Final = 12
_EXAMPLES: Final = 2


@dataclass(frozen=True, slots=True)
class Miss:
    """A missed question and what drew it."""

    judgement: Judgement
    drawn: tuple[Drawn, ...]
    """Each word's pull to the entry given, against the likeliest accepted one (or off-topic kind), strongest first."""


@dataclass(frozen=True, slots=True)
class Report:
    """How well judged questions were answered."""

    kinds: Mapping[str, Tally]
    """In the order in which the questions bring them."""
    first_turns: Tally
    """Of conversations."""
    later_turns: Tally
    reliability: tuple[Bin, ...]
    """Of all questions that weren't overheard."""
    calibration_error: float
    """Expected, 0 to 1, of the same."""
    reliability_in_scope: tuple[Bin, ...]
    """Of those that have an accepted entry."""
    calibration_error_in_scope: float
    risk_coverage: tuple[RiskPoint, ...]
    """Of all that weren't overheard."""
    confusions: tuple[Confusion, ...]
    """The commonest first."""
    misses: tuple[Miss, ...]
    """Wrong answers first, the most confident first."""
    unknown_ids: tuple[str, ...]
    """Accepted ids that the knowledge base lacks: a renamed entry, or a slip in the questions."""
    judgements: tuple[Judgement, ...]
    """Every question, in order."""

    @property
    def withheld(self) -> tuple[Judgement, ...]:
        """Questions whose accepted entry ranks first and was neither said nor offered; the most confident first, overheard ones last."""
        rows = (row for row in self.judgements if row.withheld)
        return tuple(sorted(rows, key=lambda row: (row.question.overheard, -row.confidence)))

    def text(self, misses: int = 20) -> str:
        """The report for people; `misses` is how many of these, and of those withheld, are shown, with all that explains them."""
        parts = [*head(self), *_kinds(self), *_calibration(self), *_risk(self), *_confusions(self)]
        return "\n".join([*parts, *_misses(self, misses), *_withheld(self, misses)])

    def to_json(self) -> dict[str, Json]:
        """The report for programs: plain values, numbers rounded to four places, every question with its outcome."""
        return {
            "kinds": {kind: asdict(counts) for kind, counts in self.kinds.items()},
            "first_turns": asdict(self.first_turns),
            "later_turns": asdict(self.later_turns),
            "calibration_error": round(self.calibration_error, 4),
            "calibration_error_in_scope": round(self.calibration_error_in_scope, 4),
            "reliability": [_rounded(asdict(bin_)) for bin_ in self.reliability],
            "reliability_in_scope": [_rounded(asdict(bin_)) for bin_ in self.reliability_in_scope],
            "risk_coverage": [_rounded(asdict(point)) for point in self.risk_coverage],
            "unknown_ids": list(self.unknown_ids),
            "questions": [_question(row) for row in self.judgements],
        }


def _rounded(values: Mapping[str, float]) -> dict[str, Json]:
    return {name: round(value, 4) for name, value in values.items()}


def _question(row: Judgement) -> dict[str, Json]:
    return {
        "q": row.question.text,
        "kind": row.question.kind,
        "chat": row.question.chat,
        "ids": list(row.question.accepted),
        "decision": row.verdict.outcome.name,
        "options": [match.entry_id for match in row.verdict.ranking.matches[:3]],
        "confidence": round(row.confidence, 4),
        "failure": row.failure,
        "withheld": row.withheld,
    }


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of aligned columns: the first one flush left, the others flush right."""
    cells = [list(header), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def percent(part: float, whole: float) -> str:
    """A share as in `78.3 %`; a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _titled(title: str, lines: Iterable[str]) -> list[str]:
    return ["", title, "-" * len(title), *lines]


def head(report: Report) -> Iterator[str]:
    """How many questions there were, and which of them can't be met: a sentence each."""
    chats = len({row.question.chat for row in report.judgements} - {""})
    n = len(report.judgements)
    in_chats = f", {counted(chats, 'conversation')} among them" if chats else ""
    withheld = f", {len(report.withheld)} withheld" if report.withheld else ""
    yield f"{counted(n, 'judged question')}{in_chats}; {len(report.misses)} missed{withheld}"
    if sentences := list(_in_short(report)):
        yield f"Of {'; of '.join(sentences)}."
    if report.unknown_ids:
        yield f"The knowledge base has no entry {', '.join(report.unknown_ids)}: such questions can't be met."


def _in_short(report: Report) -> Iterator[str]:
    """What became of those with an entry, and of those without."""
    in_scope = [row for row in report.judgements if row.question.accepted]
    if in_scope:
        reached = [row for row in in_scope if row.reached]
        right = sum(row.verdict.answered in row.question.accepted for row in reached)
        wrong = sum(row.verdict.answered is not None and not row.reached for row in in_scope)
        left = len(in_scope) - len(reached) - wrong
        yield (
            f"{counted(len(in_scope), 'question')} that an entry answers, {right} got its answer, "
            f"{len(reached) - right} a button for it, {wrong} another answer, and {left} none of these"
        )
    off_topic = [row for row in report.judgements if not row.question.accepted]
    if off_topic:
        answered = sum(row.verdict.answered is not None for row in off_topic)
        yield f"{len(off_topic)} that none answers, {answered} got an answer"


_COLUMNS: Final[Mapping[str, Callable[[Tally], str]]] = {
    "first": lambda t: percent(t.top1, t.in_scope),
    "in three": lambda t: percent(t.top3, t.in_scope),
    "answered": lambda t: percent(t.answered, t.n),
    "rightly": lambda t: percent(t.right, t.in_scope),
    "or offered": lambda t: percent(t.reached, t.in_scope),
    "wrongly": lambda t: percent(t.wrong, t.in_scope),
    "falsely": lambda t: percent(t.false, t.off_topic),
    "asked back": lambda t: percent(t.asked_back, t.n),
    "with it": lambda t: percent(t.offered, t.asked_back),
    "spoke": lambda t: percent(t.spoke, t.n),
}
LEGEND: Final = (
    "first, in three: an accepted entry is the likeliest one, or among the three likeliest, whatever was decided",
    "rightly, wrongly: answered with an accepted entry, or with another one (of the questions that have an entry)",
    "or offered: rightly, or an accepted entry was a button, beside another answer or asked back: the rest never saw it",
    "falsely: answered, although no entry answers (of the questions that have none)",
    "asked back, with it: asked which entry is meant; how often an accepted one was offered then",
    "spoke: did anything but keep quiet",
)
"""What the columns of `kinds` say."""


def kinds(report: Report) -> tuple[list[str], list[list[str]]]:
    """How each kind of question was answered: the names of the columns, and a row for each kind and for first and later turns."""
    counts = dict(report.kinds)
    if report.first_turns.n:
        counts |= {"first turns": report.first_turns, "later turns": report.later_turns}
    rows = [[kind, str(t.n), *(column(t) for column in _COLUMNS.values())] for kind, t in counts.items()]
    return ["kind", "n", *_COLUMNS], rows


def _kinds(report: Report) -> list[str]:
    return _titled("Kinds of questions", [*table(*kinds(report)), "", *LEGEND])


def _calibration(report: Report) -> list[str]:
    rows = [
        [f"{every.low:.1f} to {every.high:.1f}", *_bin(every), *_bin(scope)]
        for every, scope in zip(report.reliability, report.reliability_in_scope, strict=True)
    ]
    gaps = [percent(report.calibration_error, 1), percent(report.calibration_error_in_scope, 1)]
    rows.append(["mean gap", "", "", gaps[0], "", "", gaps[1]])
    header = ["confidence", "all", "said", "right", "in scope", "said", "right"]
    title = "Is the confidence honest? (nothing overheard; said should equal right)"
    return _titled(title, table(header, rows))


def _bin(bin_: Bin) -> list[str]:
    return [str(bin_.n), percent(bin_.confidence, min(bin_.n, 1)), percent(bin_.right, min(bin_.n, 1))]


def _risk(report: Report) -> list[str]:
    rows = [
        [percent(point.coverage, 1), f"{point.threshold:.3f}", percent(point.risk, 1)]
        for point in report.risk_coverage
    ]
    title = "If only the most confident questions were answered (nothing overheard)"
    return _titled(title, table(["answered", "from confidence", "of these wrong"], rows))


def _confusions(report: Report) -> list[str]:
    if not report.confusions:
        return []
    lines = []
    for confusion in report.confusions[:_CONFUSIONS]:
        lines.append(f"{len(confusion.examples)} x  {confusion.accepted} -> {confusion.given}")
        lines += [f'       "{_short(text, 90)}"' for text in confusion.examples[:_EXAMPLES]]
    return _titled("What was taken for what (meant -> given)", lines)


def _misses(report: Report, shown: int) -> list[str]:
    misses = report.misses[: max(shown, 0)]
    if not misses:
        return []
    title = f"Misses ({len(misses)} of {len(report.misses)} shown; wrong answers first)"
    return _titled(title, [line for miss in misses for line in _miss(miss)])


def _withheld(report: Report, shown: int) -> list[str]:
    rows = report.withheld[: max(shown, 0)]
    if not rows:
        return []
    title = f"Withheld ({len(rows)} of {len(report.withheld)} shown; the right entry ranked first, and was neither said nor offered)"
    return _titled(title, [line for row in rows for line in _kept(row)])


def _kept(row: Judgement) -> Iterator[str]:
    yield f'"{_short(row.question.text, _SHOWN)}"'
    yield f"    {_asked(row)}"
    yield f"    {row.withheld}, because {row.verdict.rule}"
    if row.best:
        yield f'    nearest phrasing: "{_short(row.best.phrasing, 110)}"'
    yield ""


def _asked(row: Judgement) -> str:
    after = f" after {row.previous}" if row.previous else ""
    return f"{row.question.kind}{after}; meant: {' or '.join(row.question.accepted) or 'no entry'}"


def _miss(miss: Miss) -> Iterator[str]:
    row = miss.judgement
    yield f'"{_short(row.question.text, _SHOWN)}"'
    yield f"    {_asked(row)}"
    if row.best is None:
        yield "    given: nothing, since no word of it is known"
    else:
        yield (
            f"    given: {row.best.entry_id}, confidence {row.confidence:.2f} ({row.verdict.outcome.name})"
        )
        yield f'    nearest phrasing there: "{_short(row.best.phrasing, 110)}"'
    if row.verdict.ranking.clause:
        yield f'    the part that drew it: "{_short(row.verdict.ranking.clause, 110)}"'
    towards = [part for part in miss.drawn if part.score >= _WEAK][:_WORDS]
    away = [part for part in reversed(miss.drawn) if part.score <= -_WEAK][:_WORDS]
    for label, parts in (("drawn there by", towards), ("against it", away)):
        if parts:
            yield f"    {label}: " + ", ".join(f"{part.word} {part.score:+.1f}" for part in parts)
    yield ""


def _short(text: str, width: int) -> str:
    """A text on one line, cut at `width` characters, nothing in it that a terminal would act on."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"
