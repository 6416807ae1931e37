"""Verdict -> text that shows a curator how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.answerer import Answerer, Verdict
from knowledge.explain import compared, drawn_by
from knowledge.index import Index
from knowledge.model import Match, Question
from knowledge.normalizer import tokens
from knowledge.policy import CLARIFY
from knowledge.trials import OFF_TOPIC_MARK

_WORDS = 6
"""Words shown a candidate: the strongest ones."""


def explanation(question: Question, verdict: Verdict, answerer: Answerer) -> str:
    """What was compared, what drew each candidate, and the rule that decided."""
    return "\n".join(_lines(question, verdict, answerer))


def _lines(question: Question, verdict: Verdict, answerer: Answerer) -> Iterator[str]:
    index = answerer.index(verdict.language)
    ranking = verdict.ranking
    yield f"compared as:  {' '.join(ranking.tokens) or '(no words)'}"
    raw = tokens(question.text, verdict.language)
    mended = sorted(set(raw) - set(ranking.tokens))
    if mended:
        yield f"typos mended: {', '.join(mended)}"
    unknown = [t for t in ranking.tokens if f"w {index.space.stem(t)}" not in index.space.columns]
    if unknown:
        yield f"not known:    {', '.join(dict.fromkeys(unknown))}"
    if ranking.clause:
        yield f"best clause:  {ranking.clause}"
    if question.previous:
        yield f"follows:      {question.previous}"
        yield from _follow_ups(question.previous, ranking.tokens, index)
    if ranking.matches:
        yield ""
        yield "candidate                 share  confidence  alike  nearest phrasing"
        for match in ranking.matches:
            yield (
                f"{match.entry_id:24}  {match.probability:5.2f}  {match.confidence:10.2f}  {match.similarity:5.2f}"
                f"  {match.phrasing[:70]!r}"
            )
            yield f"{'':26}{_words(match, verdict, answerer)}"
        for kind, share in ranking.off_topic.items():
            yield f"{OFF_TOPIC_MARK + kind:24}  {share:5.2f}"
        yield ""
    fitted = index.calibration
    yield (
        f"thresholds:   answer {fitted.answer:.2f}, guardrail {fitted.guardrail:.2f}, "
        f"overheard {fitted.overheard:.2f}, ask back {CLARIFY:.2f}"
    )
    yield f"decided:      {verdict.outcome.name}, because {verdict.rule}"


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
