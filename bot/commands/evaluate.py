"""`advisory-bot evaluate`: how well judged questions are answered, and why the missed ones are missed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.commands.ask import opened
from bot.commands.writing import written
from knowledge.answerer import Answerer
from knowledge.comparison import compare
from knowledge.evaluator import evaluate as measure
from knowledge.judged import Judged, read_questions
from knowledge.problems import did_you_mean, quoted
from knowledge.report import Report, head
from knowledge.report_page import page


@dataclass(frozen=True, slots=True)
class Outputs:
    """What to make of a report besides printing it."""

    json: Path | None = None
    """Where to write it for programs."""
    page: Path | None = None
    """Where to write it as a page."""
    earlier: Path | None = None
    """An earlier run's JSON to compare with."""


NONE: Final = Outputs()


def evaluate(
    paths: Sequence[Path], *, knowledge: Path | None = None, misses: int = 20, outputs: Outputs = NONE
) -> int:
    """Print a report.

    Args:
        paths: Files of judged questions, JSON lines.
        knowledge: The knowledge base; the settings' or the bundled one where None.
        misses: How many misses, and how many questions withheld, to explain.
        outputs: What else to make of it.

    Returns:
        0, or 1 where a file can't be read or written.
    """
    questions = _read(paths)
    if questions is None:
        return 1
    if not questions:
        print(f"advisory-bot: there is no question in {', '.join(map(str, paths))}", file=sys.stderr)
        return 1
    try:
        earlier: Any = json.loads(outputs.earlier.read_text(encoding="utf-8")) if outputs.earlier else None
    except OSError as fault:
        print(f"advisory-bot: {outputs.earlier} can't be read: {fault.strerror or fault}", file=sys.stderr)
        return 1
    except ValueError:
        message = "this is no report of an earlier run, as --json writes it"
        print(f"advisory-bot: {outputs.earlier}: {message}", file=sys.stderr)
        return 1
    answerer, _ = opened(knowledge)
    report = measure(questions, answerer)
    _name_unknown(report, questions, answerer)
    if outputs.earlier is not None:
        try:
            print(compare(earlier, report).text(), *head(report), sep="\n")
        except ValueError as fault:
            print(f"advisory-bot: {outputs.earlier}: {fault}", file=sys.stderr)
            return 1
    else:
        print(report.text(misses))
    done = True
    if outputs.json is not None:
        done = written(outputs.json, json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
    if outputs.page is not None:
        names = ", ".join(path.stem for path in paths)
        done &= written(outputs.page, page(report, f"{answerer.base.advisory.title}: {names}"))
    return 0 if done else 1


def _name_unknown(report: Report, questions: Sequence[Judged], answerer: Answerer) -> None:
    """Say which entries the questions name that there aren't."""
    known = answerer.base.entries[answerer.base.default_language]
    for id_ in report.unknown_ids:
        text = next(one.text for one in questions if id_ in one.accepted)
        mend = did_you_mean(id_, known) or "name one that there is"
        message = f"{quoted(text)} names an entry {quoted(id_)} that there isn't: {mend}"
        print(f"advisory-bot: {message}", file=sys.stderr)


def _read(paths: Sequence[Path]) -> list[Judged] | None:
    """The judged questions of all files; None where there is a bad line, with every one reported."""
    questions: list[Judged] = []
    faulty = False
    for path in paths:
        try:
            found, bad_lines = read_questions(path.read_text(encoding="utf-8"))
        except OSError as fault:
            print(f"advisory-bot: {path} can't be read: {fault.strerror or fault}", file=sys.stderr)
            return None
        except UnicodeDecodeError:
            print(
                f"advisory-bot: {path} isn't written in UTF-8: save it again in that encoding",
                file=sys.stderr,
            )
            return None
        for bad_line in bad_lines:
            faulty = True
            print(f"{path}: {bad_line}", file=sys.stderr)
        questions += found
    return None if faulty else questions
