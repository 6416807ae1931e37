"""`advisory-bot evaluate`: how well judged questions are answered, and why the missed ones are missed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.ask import opened
from knowledge.evaluator import evaluate as measure
from knowledge.files import write_text
from knowledge.judged import Judged, read_questions


def evaluate(
    paths: Sequence[Path], *, knowledge: Path | None = None, misses: int = 20, json_to: Path | None = None
) -> int:
    """Print a report.

    Args:
        paths: Files of judged questions, JSON lines.
        knowledge: The knowledge base; the settings' or the bundled one where None.
        misses: How many misses to explain.
        json_to: Where to write the report as JSON too.

    Returns:
        0, or 1 where a file can't be used.
    """
    questions: list[Judged] = []
    faulty = False
    for path in paths:
        try:
            found, bad_lines = read_questions(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as fault:
            print(f"advisory-bot: {path} can't be read: {fault}", file=sys.stderr)
            return 1
        for bad_line in bad_lines:
            faulty = True
            print(f"{path}: {bad_line}", file=sys.stderr)
        questions += found
    if faulty:
        return 1
    answerer, _ = opened(knowledge)
    report = measure(questions, answerer)
    print(report.text(misses))
    if json_to is not None:
        write_text(json_to, json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n")
    return 0
