"""A report as one self-contained page: no scripts, no fonts, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from knowledge.measures import Bin, Judgement, RiskPoint
from knowledge.report import LEGEND, Miss, Report, head, kinds, percent

_SIDE: Final = 220
_MARGIN: Final = 34
_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2a33; --soft: #6b7a85; --line: #d5dde3; --good: #1f7a5c; --bad: #b3402f;
  --page: #fbfcfd; --card: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaee; --soft: #9aa8b2; --line: #34424c; --good: #5cc39d;
  --bad: #ef8873; --page: #141b20; --card: #1b242b; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 0 auto; padding: 2rem
  1rem; max-width: 64rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem }
p.lead, figcaption, .soft { color: var(--soft) } p.soft { margin: .2rem 0 }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .4rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap }
th:first-child, td:first-child, .words td, .words th { text-align: left }
.words td:last-child { white-space: normal; min-width: 18rem } svg { max-width: 100%; height: auto } tr:last-child td { border-bottom: 0 } th { font-weight: 600 }
.charts { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0; flex: 1 1 17rem; max-width: 20rem; background: var(--card); padding: 1rem;
  border: 1px solid var(--line); border-radius: 8px }
svg text { fill: var(--soft); font: 11px system-ui, sans-serif } svg .axis { stroke: var(--line) }
details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .6rem .9rem }
summary { cursor: pointer } .good { color: var(--good) } .bad { color: var(--bad) }
code { font: .92em ui-monospace, monospace } dl { margin: .5rem 0 0; display: grid; grid-template-columns: 9rem 1fr; gap: .2rem }
dt { color: var(--soft) } dd { margin: 0 }
"""


def page(report: Report, title: str, misses: int = 200) -> str:
    """The report as HTML.

    Args:
        report: What to show.
        title: What was measured.
        misses: At most so many misses, and so many withheld, are shown.
    """
    body = "\n".join(_body(report, title, misses))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _body(report: Report, title: str, misses: int) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    yield from (f'<p class="lead">{escape(line)}</p>' for line in head(report))
    yield "<h2>Kinds of questions</h2>"
    yield _table(*kinds(report))
    yield from (f'<p class="soft">{escape(line)}</p>' for line in LEGEND)
    yield '<h2>Is the confidence honest?</h2><div class="charts">'
    yield _figure(
        _reliability(report.reliability),
        f"All questions: said against right, mean gap {percent(report.calibration_error, 1)}",
    )
    yield _figure(
        _reliability(report.reliability_in_scope),
        f"Questions in scope: mean gap {percent(report.calibration_error_in_scope, 1)}",
    )
    yield _figure(_risk(report.risk_coverage), "Wrong answers if only so many, the surest, were answered")
    yield "</div>"
    if report.confusions:
        yield "<h2>What was taken for what</h2>"
        yield _table(
            ["meant", "given", "times", "for example"],
            [
                [c.accepted, c.given, str(len(c.examples)), c.examples[0][:120]]
                for c in report.confusions[:40]
            ],
            style="words",
        )
    yield f"<h2>Misses{f' (the first {misses})' if len(report.misses) > misses else ''}</h2>"
    for miss in report.misses[:misses]:
        yield _miss(miss)
    if report.withheld:
        yield f"<h2>Withheld{f' (the first {misses})' if len(report.withheld) > misses else ''}</h2>"
        yield '<p class="soft">The right entry ranked first, and wasn\'t sure enough to be said or offered.</p>'
        yield from map(_kept, report.withheld[:misses])


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], style: str = "") -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll {style}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _figure(drawing: str, caption: str) -> str:
    size = _SIDE + 2 * _MARGIN
    svg = f'<svg viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img" aria-label="{escape(caption)}">'
    return f"<figure>{svg}{drawing}</svg><figcaption>{escape(caption)}</figcaption></figure>"


def _x(value: float) -> float:
    return round(_MARGIN + _SIDE * value, 1)


def _y(value: float) -> float:
    return round(_MARGIN + _SIDE * (1 - value), 1)


def _frame(x_label: str, y_label: str, top: float = 1.0) -> str:
    lines = [
        f'<line class="axis" x1="{_x(0)}" y1="{_y(tick)}" x2="{_x(1)}" y2="{_y(tick)}"/>'
        f'<text x="{_x(0) - 4}" y="{_y(tick) + 4}" text-anchor="end">{tick * top:.0%}</text>'
        f'<text x="{_x(tick)}" y="{_y(0) + 14}" text-anchor="middle">{tick:.0%}</text>'
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    lines.append(f'<text x="{_x(0.5)}" y="{_y(0) + 28}" text-anchor="middle">{x_label}</text>')
    lines.append(f'<text x="{_x(0)}" y="{_y(1) - 12}">{y_label}</text>')
    return "".join(lines)


def _reliability(bins: Sequence[Bin]) -> str:
    most = max((b.n for b in bins), default=1) or 1
    dots = "".join(
        f'<circle cx="{_x(b.confidence)}" cy="{_y(b.right)}" r="{3 + 9 * (b.n / most) ** 0.5:.1f}" '
        f'fill="var(--good)" fill-opacity=".75"><title>{b.n} questions: said {b.confidence:.0%}, '
        f"right {b.right:.0%}</title></circle>"
        for b in bins
        if b.n
    )
    line = f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="var(--soft)" stroke-dasharray="4 4"/>'
    return _frame("confidence said", "share that was right") + line + dots


def _risk(points: Sequence[RiskPoint]) -> str:
    top = max([0.1, *(p.risk for p in points)])
    path = " ".join(f"{_x(p.coverage)},{_y(p.risk / top)}" for p in points)
    dots = "".join(
        f'<circle cx="{_x(p.coverage)}" cy="{_y(p.risk / top)}" r="3" fill="var(--bad)"><title>answering '
        f"{p.coverage:.0%}, from confidence {p.threshold:.2f}: {p.risk:.1%} wrong</title></circle>"
        for p in points
    )
    line = f'<polyline points="{path}" fill="none" stroke="var(--bad)" stroke-width="2"/>'
    return _frame("share of questions answered", "of these wrong", top) + line + dots


def _miss(miss: Miss) -> str:
    row = miss.judgement
    best = row.best
    given = f"{best.entry_id} ({best.confidence:.2f})" if best else "nothing"
    meant = " or ".join(row.question.accepted) or "no entry"
    words = ", ".join(
        f'<span class="{"bad" if d.score > 0 else "good"}">{escape(d.word)} {d.score:+.1f}</span>'
        for d in sorted(miss.drawn, key=lambda d: -abs(d.score))[:8]
    )
    facts = [
        ("meant", escape(meant)),
        ("given", f"{escape(given)}, decided: {row.verdict.outcome.name}"),
        ("nearest phrasing", escape(best.phrasing) if best else "-"),
        ("words that drew it", words or "-"),
    ]
    return _details(row, facts)


def _kept(row: Judgement) -> str:
    facts = [
        ("meant", escape(" or ".join(row.question.accepted))),
        ("decided", escape(f"{row.withheld}, because {row.verdict.rule}")),
        ("nearest phrasing", escape(row.best.phrasing) if row.best else "-"),
    ]
    return _details(row, facts)


def _details(row: Judgement, facts: Sequence[tuple[str, str]]) -> str:
    before = [("follows", escape(row.previous))] if row.previous else []
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in (*before, *facts))
    return (
        f"<details><summary>{escape(row.question.text[:160])} <code class='soft'>{escape(row.question.kind)}</code>"
        f"</summary><dl>{listed}</dl></details>"
    )
