"""Verdict -> text that shows a curator how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.answerer import Answerer
from knowledge.explain import compared, drawn_by
from knowledge.index import Index
from knowledge.model import Entry, KnowledgeBase
from knowledge.outcome import Answer, Clarify, Match, Outcome, Question, Ranking
from knowledge.policy import CLARIFY
from knowledge.trials import OFF_TOPIC_MARK
from knowledge.verdict import Verdict

_WORDS = 6
"""Words shown a candidate: the strongest ones."""
_SHOWN = 110
"""Characters shown of a phrasing."""


def explanation(
    question: Question, verdict: Verdict, answerer: Answerer, written: KnowledgeBase | None = None
) -> str:
    """What was compared, what drew each candidate, and the rule that decided.

    Args:
        question: What was asked.
        verdict: What was decided.
        answerer: Who decided it.
        written: The same knowledge base with the places of its phrasings; without it they are shown without.
    """
    return "\n".join(_lines(question, verdict, answerer, written or answerer.base))


def _lines(question: Question, verdict: Verdict, answerer: Answerer, written: KnowledgeBase) -> Iterator[str]:
    index, ranking = answerer.index(verdict.language), verdict.ranking
    yield from _read(question, ranking, index)
    if question.previous:
        yield f"follows:      {question.previous}"
        yield from _follow_ups(question.previous, ranking.tokens, index)
    if ranking.matches:
        yield from _candidates(verdict, answerer, written)
    fitted = index.calibration
    yield (
        f"thresholds:   answer {fitted.answer:.2f}, guardrail {fitted.guardrail:.2f}, "
        f"overheard {fitted.overheard:.2f}, ask back {CLARIFY:.2f}"
    )
    yield f"decided:      {verdict.outcome.name}, because {verdict.rule}"
    if offered := ", ".join(match.entry_id for match in _offered(verdict.outcome)):
        yield f"offered:      {offered}"


def _read(question: Question, ranking: Ranking, index: Index) -> Iterator[str]:
    """What was made of the words, and which parts of them say something by themselves."""
    yield f"compared as:  {' '.join(ranking.tokens) or '(no words)'}"
    if mended := [f"{typed} -> {' '.join(w)}" for typed, w in ranking.mended.items() if w != (typed,)]:
        yield f"typos mended: {', '.join(mended)}"
    every = index.tokens(question.text, dict(ranking.mended))
    if aside := dict.fromkeys(t for t in every if t not in ranking.tokens):
        yield f"set aside:    {', '.join(aside)}"
    unknown = [t for t in ranking.tokens if f"w {index.space.words.stem(t)}" not in index.space.columns]
    if unknown:
        yield f"not known:    {', '.join(dict.fromkeys(unknown))}"
    if ranking.clause:
        yield f"best clause:  {ranking.clause}"
        yield "              (words' parts below are those of this clause; the others had a say in the shares)"
    noted = (
        ("second asked:", ranking.also),
        ("danger told: ", ranking.danger),
        ("suspected:   ", ranking.suspected),
    )
    for label, match in noted:
        if match:
            yield f"{label} {match.entry_id}, confidence {match.confidence:.2f}"


def _candidates(verdict: Verdict, answerer: Answerer, written: KnowledgeBase) -> Iterator[str]:
    yield ""
    yield "(share: what the classifier gives it of 1; confidence: how likely it is right; alike: how near its nearest phrasing comes, up to 1)"
    yield "candidate                 share  confidence  alike  nearest phrasing"
    for match in verdict.ranking.matches:
        yield (
            f"{match.entry_id:24}  {match.probability:5.2f}  {match.confidence:10.2f}  {match.similarity:5.2f}"
            f"  {match.phrasing[:_SHOWN]!r}"
        )
        yield f"{'':26}{_words(match, verdict, answerer)}"
        if place := _place(match, written.entry(match.entry_id, verdict.language)):
            yield f"{'':26}{place}"
    for kind, share in verdict.ranking.off_topic.items():
        yield f"{OFF_TOPIC_MARK + kind:24}  {share:5.2f}"
    yield ""


def _offered(outcome: Outcome) -> tuple[Match, ...]:
    """What there is a button for: beside the answer, or to choose from."""
    match outcome:
        case Answer(_, also) if also:
            return (also,)
        case Clarify(matches):
            return matches
    return ()


def _place(match: Match, entry: Entry | None) -> str:
    """Where a match's phrasing is written; empty where that isn't known."""
    if entry is None or not entry.places:
        return ""
    said = ["question", *(f"phrasings[{number}]" for number in range(len(entry.phrasings)))]
    found = zip(said, (entry.question, *entry.phrasings), strict=True)
    path = next((path for path, text in found if text == match.phrasing), "")
    return str(entry.place(path)) if path else ""


def _follow_ups(previous: str, tokens: Sequence[str], index: Index) -> Iterator[str]:
    """What a message is most like of what curators expect after an answer."""
    if previous in index.classes[: index.n_entries]:
        likeness = index.follow_ups.likeness(
            index.space.vector(tokens), index.classes.index(previous), index.n_entries
        )
        for where, similarities in zip(("there", "elsewhere"), likeness, strict=True):
            meant = int(similarities.argmax())
            if similarities[meant] > 0:
                yield f"              {similarities[meant]:.2f} like a follow-up listed {where}, which means {index.classes[meant]}"


def _words(match: Match, verdict: Verdict, answerer: Answerer) -> str:
    """The words that drew a candidate, against the first one (the first one itself: against the second)."""
    matches = verdict.ranking.matches
    rival = matches[0] if match is not matches[0] else matches[-1] if len(matches) < 2 else matches[1]
    if rival is match:
        return ""
    index = answerer.index(verdict.language)
    drawn = drawn_by(index, compared(index, verdict.ranking), match.entry_id, rival.entry_id)
    strongest = sorted(drawn, key=lambda d: -abs(d.score))[:_WORDS]
    return f"against {rival.entry_id}: " + ", ".join(f"{d.word} {d.score:+.1f}" for d in strongest)
