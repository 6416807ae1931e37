"""The judged questions of this project, and the list of those that the bot is known to miss.

`python -m tests.questions.update` rewrites the list after the knowledge base or the matching has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from knowledge.calibration import Calibration
from knowledge.evaluator import evaluate
from knowledge.judged import Judged, read_questions
from knowledge.measures import Judgement
from knowledge.opening import open_answerer
from knowledge.policy import GUARDRAIL_RATIO

HERE: Final = Path(__file__).parent
KNOWN_FAILURES: Final = HERE / "known-failures.jsonl"
COMMAND: Final = "python -m tests.questions.update"
CLOSE: Final = 0.01
"""Another processor adds numbers in another order: a decision this close may fall either way."""

Key: TypeAlias = tuple[str, str, str]
"""Kind, conversation and message."""


def judged_questions() -> list[Judged]:
    """Every judged question, file by file in alphabetical order.

    Raises:
        ValueError: A line is wrong; the message tells all such lines.
    """
    questions: list[Judged] = []
    bad: list[str] = []
    for path in sorted(HERE.glob("*.jsonl")):
        found, problems = read_questions(path.read_text(encoding="utf-8"))
        questions += found
        bad += [f"{path.name}:{problem}" for problem in problems]
    if bad:
        raise ValueError("\n".join(bad))
    return questions


def key(question: Judged) -> Key:
    """What tells a question from all others."""
    return question.kind, question.chat, question.text


def known_failures(text: str) -> dict[Key, str]:
    """The listed failures and their reasons."""
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    return {(line["kind"], line.get("chat", ""), line["q"]): line["fails"] for line in lines}


def as_lines(judgements: Iterable[Judgement]) -> str:
    """The list of failures as JSON lines, in the order of the questions."""
    lines = []
    for row in judgements:
        if row.failure:
            chat = {"chat": row.question.chat} if row.question.chat else {}
            fields = {"q": row.question.text, "kind": row.question.kind, **chat, "fails": row.failure}
            lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines)


def is_close(row: Judgement, calibration: Calibration) -> bool:
    """Whether a question is missed, or met, by less than `CLOSE`."""
    matches = row.verdict.ranking.matches
    if not matches:
        return False
    if not row.question.accepted:
        thresholds = (calibration.answer, calibration.guardrail, calibration.overheard)
        return any(abs(row.confidence - threshold) < CLOSE for threshold in thresholds)
    right = [match.probability for match in matches if match.entry_id in row.question.accepted]
    wrong = [match.probability for match in matches if match.entry_id not in row.question.accepted]
    if not right or not wrong:
        return False
    low, high = sorted((max(right), max(wrong)))
    return low > (1 - CLOSE) * high or abs(low / high - GUARDRAIL_RATIO) < CLOSE


def differences(
    judgements: Sequence[Judgement], listed: Iterable[Key], calibration: Calibration
) -> list[str]:
    """What the list of failures and the outcomes don't agree on, a line each; close calls are let pass."""
    known = set(listed)
    keys = {key(row.question) for row in judgements}
    told = [f"listed, but no such question: {missing}" for missing in sorted(known - keys)]
    for row in judgements:
        if bool(row.failure) != (key(row.question) in known) and not is_close(row, calibration):
            said = f"fails, and isn't listed ({row.failure})" if row.failure else "listed, and doesn't fail"
            told.append(f"{said}: {key(row.question)}")
    return told


def main() -> None:
    """Rewrite the list and say how many stand in it."""
    lines = as_lines(evaluate(judged_questions(), open_answerer()).judgements)
    KNOWN_FAILURES.write_text(lines, encoding="utf-8")
    print(f"{KNOWN_FAILURES.name}: {lines.count(chr(10))} known failures")  # noqa: T201 - a script's word


if __name__ == "__main__":
    main()
