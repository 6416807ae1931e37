"""Judged questions + answers -> a report: how many are right, how honest the confidence is, and what drew each miss.

`read_questions` reads the questions, `judge` puts them, `evaluate` does all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from knowledge.answerer import Answerer, Verdict
from knowledge.explain import Drawn, compared, drawn_by
from knowledge.judged import Judged
from knowledge.measures import Judgement, calibration_error, confusions, reliability, risk_coverage, tally
from knowledge.model import Kind, Question
from knowledge.report import Miss, Report
from knowledge.trials import OFF_TOPIC_MARK


def judge(
    questions: Sequence[Judged],
    answer: Callable[[Question], Verdict],
    *,
    courtesies: Container[str] = frozenset(),
) -> list[Judgement]:
    """Put the questions, in order.

    In a conversation, a question is put with the entry that the last one was about; turns that were declined
    change nothing, and neither do courtesies.

    Args:
        questions: What is asked.
        answer: Who answers.
        courtesies: Ids of entries that give a conversation no context.
    """
    last: dict[str, str | None] = {}
    judgements = []
    for question in questions:
        later = question.chat in last
        previous = last.get(question.chat)
        verdict = answer(
            Question(question.text, question.language, overheard=question.overheard, previous=previous)
        )
        judgements.append(Judgement(question, verdict, later=later, previous=previous))
        if question.chat:
            likeliest = verdict.likeliest
            last[question.chat] = previous if likeliest is None or likeliest in courtesies else likeliest
    return judgements


def evaluate(questions: Sequence[Judged], answerer: Answerer) -> Report:
    """Put the questions to an answerer and report.

    Accepted ids that the knowledge base lacks are no error; the report lists them.
    """
    known = {id_: entry.kind for entries in answerer.base.entries.values() for id_, entry in entries.items()}
    courtesies = {id_ for id_, kind in known.items() if kind is Kind.CHITCHAT}
    judgements = judge(questions, answerer.answer, courtesies=courtesies)
    kinds = dict.fromkeys(question.kind for question in questions)
    addressed = [row for row in judgements if not row.question.overheard]
    in_scope = [row for row in addressed if row.question.accepted]
    dialogues = [row for row in judgements if row.question.chat]
    everything, scope = reliability(addressed), reliability(in_scope)
    return Report(
        kinds={kind: tally(row for row in judgements if row.question.kind == kind) for kind in kinds},
        first_turns=tally(row for row in dialogues if not row.later),
        later_turns=tally(row for row in dialogues if row.later),
        reliability=everything,
        calibration_error=calibration_error(everything),
        reliability_in_scope=scope,
        calibration_error_in_scope=calibration_error(scope),
        risk_coverage=risk_coverage(addressed),
        confusions=confusions(judgements),
        misses=_misses(judgements, answerer),
        unknown_ids=tuple(
            sorted({id_ for question in questions for id_ in question.accepted} - known.keys())
        ),
        judgements=tuple(judgements),
    )


def _misses(judgements: Sequence[Judgement], answerer: Answerer) -> tuple[Miss, ...]:
    """The missed questions, those that did harm (a wrong answer) first, then the most confident ones."""
    missed = [Miss(row, _drawn(row, answerer)) for row in judgements if row.failure]
    return tuple(
        sorted(missed, key=lambda m: (m.judgement.verdict.answered is None, -m.judgement.confidence))
    )


def _drawn(row: Judgement, answerer: Answerer) -> tuple[Drawn, ...]:
    """What drew a missed question to the entry given rather than to the likeliest class that would be right."""
    index = answerer.index(row.verdict.language)
    accepted = set(row.question.accepted)
    right = [
        class_
        for class_, name in enumerate(index.classes)
        if (name in accepted if accepted else name.startswith(OFF_TOPIC_MARK))
    ]
    ranking = row.verdict.ranking
    if row.best is None or not right:
        return ()
    tokens = compared(index, ranking)
    scores = index.logits(index.space.vector(tokens))
    likeliest = max(right, key=lambda class_: float(scores[class_]))
    return tuple(drawn_by(index, tokens, row.best.entry_id, index.classes[likeliest]))
