"""A message that isn't surely answered, or that a courtesy would answer, looked at once more without its courtesies.

A question isn't another one for what is polite around it, and "ok" in front of a danger makes it none the less one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from knowledge import policy
from knowledge.courtesies import is_only_courtesies, without_courtesies
from knowledge.index import Index
from knowledge.model import Kind, KnowledgeBase
from knowledge.outcome import Answer, Clarify, Decline, Match, Question
from knowledge.overhearing import plainly_asks
from knowledge.parts import VERBATIM
from knowledge.signals import NEAR_ENOUGH
from knowledge.small_talk import SmallTalk, is_of_another
from knowledge.turn import says
from knowledge.verdict import Verdict

SUSPECTED: Final = 0.3
"""Confidence from which a danger that the rest of a message may mean is asked back about, where a courtesy covers all that it says."""


class SecondLook:
    """Looks at messages once more.

    Args:
        base: The knowledge base.
        indexes: Its languages' indexes.
        answer: Decides about a question at first sight.
    """

    def __init__(
        self, base: KnowledgeBase, indexes: Mapping[str, Index], answer: Callable[[Question], Verdict]
    ) -> None:
        self._base, self._indexes, self._answer = base, indexes, answer
        self._small_talk = {
            language: SmallTalk(index, base.entries[language]) for language, index in indexes.items()
        }

    def settles(self, verdict: Verdict, text: str) -> bool:
        """Whether a verdict on a text needs no second look: a sure answer, a courtesy that is just that, or a danger that is asked back about."""
        match verdict.outcome:
            case Clarify():
                return self._danger(verdict) is not None
            case Answer(best):
                just_that = best.similarity >= VERBATIM and not is_of_another(text, best)
                return (
                    just_that or self._base.entries[verdict.language][best.entry_id].kind is not Kind.CHITCHAT
                )
        return False

    def look(self, question: Question, verdict: Verdict) -> Verdict:
        """The verdict on a question that is better than the one at first sight; that one where none is.

        Args:
            question: It was addressed to the bot.
            verdict: At first sight.
        """
        if self.settles(verdict, question.text):
            return verdict
        rest = without_courtesies(question.text, nods=True)
        bare = self._without(question, verdict, rest)
        if courtesy := self._courtesy(verdict):
            return self._beyond(courtesy, verdict, bare, question.text, rest)
        if bare and not (plainly_asks(rest) or self._is_urgent(bare) or self._courtesy(bare)):
            # What only tells is no surer to be a refusal's, or a lawyer's, for the lack of a nod.
            rest = without_courtesies(question.text)
            bare = self._without(question, verdict, rest)
        return self._clearer(verdict, bare, asks=plainly_asks(rest)) if bare else verdict

    def _without(self, question: Question, verdict: Verdict, rest: str) -> Verdict | None:
        """The verdict on what is left of a question; None where that is nothing to speak of."""
        more = says(rest, verdict.language) or (question.previous and plainly_asks(rest))
        return self._answer(replace(question, text=rest)) if more else None

    def _clearer(self, verdict: Verdict, bare: Verdict, *, asks: bool) -> Verdict:
        """The verdict on a message, or on it without its courtesies, which plainly asks or doesn't."""
        entries = self._base.entries[verdict.language]
        match verdict.outcome, bare.outcome:
            case Answer(best), Answer(other) if not asks:
                return bare if other.confidence >= best.confidence else verdict
            case Answer(), _ if not asks:
                return verdict
            case _ if self._is_urgent(bare):
                return bare
            case Clarify((first, *_)), Clarify() if entries[first.entry_id].kind is not Kind.CHITCHAT:
                return verdict
        return bare

    def _beyond(
        self, courtesy: Match, verdict: Verdict, bare: Verdict | None, text: str, rest: str
    ) -> Verdict:
        """The verdict on a message that a courtesy would answer, where that may not be all that it says.

        Args:
            courtesy: The courtesy's match.
            verdict: The verdict that answers with it.
            bare: What is made of the rest; None where that says nothing, or isn't there.
            text: The message.
            rest: What it says besides courtesies.
        """
        small, of_another = self._small_talk[verdict.language], is_of_another(text, courtesy)
        if is_only_courtesies(text) and not of_another:
            return verdict
        if bare and plainly_asks(rest):
            return bare
        if not of_another and small.is_all(rest or text, courtesy.entry_id):
            return bare if bare and self._outweighs(bare, courtesy) else verdict
        if bare and (self._danger(bare) or self._is_mere_courtesy(bare, rest)):
            return bare
        left = self._without_courtesies(bare or verdict)
        stays = bare is None or isinstance(left.outcome, Decline)
        if not stays or of_another or small.assents(courtesy.entry_id):
            return left
        # "Thanks but that's wrong".
        return bare if bare and self._is_surer(bare, courtesy, rest) else verdict

    def _outweighs(self, bare: Verdict, courtesy: Match) -> bool:
        """Whether the rest of a message means something else than the courtesy whose phrasings speak of all of it ("thanks, you saved my life")."""
        if danger := self._danger(bare):
            return isinstance(bare.outcome, Answer) or danger.confidence >= SUSPECTED
        match bare.outcome:
            case Answer(best):
                return best.confidence >= courtesy.confidence
        return False

    def _courtesy(self, verdict: Verdict) -> Match | None:
        """The match of the courtesy that answers; None where something else does."""
        match verdict.outcome:
            case Answer(best, again=False) if self._small_talk[verdict.language].is_courtesy(best.entry_id):
                return best
        return None

    def _is_mere_courtesy(self, verdict: Verdict, text: str) -> bool:
        """Whether a courtesy answers a text, and is all that it says."""
        courtesy, small = self._courtesy(verdict), self._small_talk[verdict.language]
        return (
            courtesy is not None
            and small.is_all(text, courtesy.entry_id)
            and not is_of_another(text, courtesy)
        )

    def _is_surer(self, bare: Verdict, courtesy: Match, rest: str) -> bool:
        """Whether the rest of a message is a surer courtesy, which neither approves of it nor takes what is said of oneself for something else."""
        other, small = self._courtesy(bare), self._small_talk[bare.language]
        if other is None or small.assents(other.entry_id) or is_of_another(rest, other):
            return False
        return other.confidence >= courtesy.confidence

    def _without_courtesies(self, verdict: Verdict) -> Verdict:
        """A verdict in which no courtesy answers."""
        if not self._courtesy(verdict):
            return verdict
        language, small = verdict.language, self._small_talk[verdict.language]
        taken = sum(m.probability for m in verdict.ranking.matches if small.is_courtesy(m.entry_id))
        others = tuple(
            self._as_if_alone(m, taken, language)
            for m in verdict.ranking.matches
            if not small.is_courtesy(m.entry_id)
        )
        ranking, entries = replace(verdict.ranking, matches=others), self._base.entries[language]
        ranking = replace(ranking, matches=policy.order(ranking, entries))
        outcome, rule = policy.rule(ranking, entries, self._indexes[language].calibration)
        return Verdict(outcome, ranking, language, f"it says more than a courtesy; {rule}")

    def _as_if_alone(self, match: Match, taken: float, language: str) -> Match:
        """A match as if no courtesy had a share; fear, grief and danger are as sure as that share makes them, where a phrasing is near."""
        share = min(1.0, match.probability / max(1 - taken, 1e-6))
        entries = self._base.entries[language]
        grave = policy.is_grave(entries[match.entry_id], entries)
        near = min(1.0, match.similarity / NEAR_ENOUGH) if grave else 0.0
        return replace(match, probability=share, confidence=max(match.confidence, share * near))

    def _is_urgent(self, verdict: Verdict) -> bool:
        """Whether what is urgent is answered, or asked back about."""
        danger = self._danger(verdict)
        return danger is not None and self._base.entries[verdict.language][danger.entry_id].urgent

    def _danger(self, verdict: Verdict) -> Match | None:
        """What is urgent, or refused, among a verdict's answers; what is urgent among those that are asked back about."""
        entries = self._base.entries[verdict.language]
        match verdict.outcome:
            case Clarify(matches):
                return next((m for m in matches if entries[m.entry_id].urgent), None)
            case Answer(best, also):
                if entries[best.entry_id].kind is Kind.GUARDRAIL:
                    return best
                return also if also and entries[also.entry_id].urgent else None
        return None
