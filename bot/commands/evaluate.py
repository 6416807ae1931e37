"""`advisory-bot evaluate`: how well judged questions are answered, and why the missed ones are missed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.ask import opened
from knowledge import evaluator


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
    questions: list[evaluator.Judged] = []
    for path in paths:
        try:
            found, problems = evaluator.read_questions(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as fault:
            print(f"advisory-bot: {path} can't be read: {fault}", file=sys.stderr)
            return 1
        if problems:
            for problem in problems:
                print(f"{path}:{problem}", file=sys.stderr)
            return 1
        questions += found
    answerer, _ = opened(knowledge)
    report = evaluator.evaluate(questions, answerer)
    print(report.text(misses=misses))
    if json_to is not None:
        json_to.write_text(
            json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return 0
