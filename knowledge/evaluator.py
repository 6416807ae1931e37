"""Judged questions + answers -> a report: how many are right, how honest the confidence is, and what drew each miss.

`judge` puts the questions, `evaluate` puts them and makes the report. `knowledge.judged` reads them from a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from knowledge.answerer import Answerer
from knowledge.explain import Drawn, compared, drawn_by
from knowledge.judged import Judged
from knowledge.measures import Judgement, calibration_error, confusions, reliability, risk_coverage, tally
from knowledge.model import Entry
from knowledge.outcome import Question
from knowledge.report import Miss, Report
from knowledge.talk import Talk
from knowledge.trials import OFF_TOPIC_MARK
from knowledge.verdict import Verdict


def judge(
    questions: Sequence[Judged],
    answer: Callable[[Question], Verdict],
    entries: Mapping[str, Entry] = MappingProxyType({}),
) -> list[Judgement]:
    """Put the questions, in order.

    In a conversation, a question is put after what the ones before it have come to (`talk.Talk`).

    Args:
        questions: What is asked.
        answer: Who answers.
        entries: The entries by id, of every language; without them, conversations have no context.
    """
    talks: dict[str, Talk] = {}
    judgements = []
    for question in questions:
        talk = talks.get(question.chat, Talk())
        put = talk.put(Question(question.text, question.language, overheard=question.overheard))
        verdict = answer(put)
        judgements.append(Judgement(question, verdict, later=question.chat in talks, previous=put.previous))
        if question.chat:
            talks[question.chat] = talk.after(verdict, entries)
    return judgements


def evaluate(questions: Sequence[Judged], answerer: Answerer) -> Report:
    """Put the questions to an answerer and report.

    Accepted ids that the knowledge base lacks are no error; the report lists them.
    """
    known = {id_: entry for entries in answerer.base.entries.values() for id_, entry in entries.items()}
    judgements = judge(questions, answerer.answer, known)
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
