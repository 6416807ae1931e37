"""Index + question -> ranked matches, each with a calibrated confidence and what drew it.

A long message is also read clause by clause, since people tell a story before they ask; a message that makes sense
only after an earlier one leans on the entry that was answered then; and one that asks two things is answered twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.clauses import asked_in
from knowledge.context import Context
from knowledge.denials import Denials
from knowledge.index import Compared, Index
from knowledge.model import Entry, Kind
from knowledge.outcome import Match, Ranking
from knowledge.overhearing import plainly_asks
from knowledge.parts import ASKING, VERBATIM, Message, Part, Parts
from knowledge.signals import probability
from knowledge.trials import OFF_TOPIC_MARK
from knowledge.weights import Floats

CANDIDATES: Final = 5
"""How many matches are ranked."""
NEAREST_SAYS: Final = 3.0
"""What the similarity to an entry's nearest phrasing adds to its log-probability, among the candidates."""
LONG_FROM: Final = 20
"""Messages of more words than this are also read clause by clause."""
SURE_DANGER: Final = 0.9
"""The confidence from which a clause that means a guardrail is pointed out, whatever the message asks."""
SURE_ALONE: Final = 0.95
"""The confidence from which a clause that means something urgent goes before all else in a short message."""
SURE_IN_STORY: Final = 0.99
"""The same in a long one, where it is oftener about another time or meant otherwise."""
TRACE: Final = 0.15
"""The share from which a whole story bears out that one of its sentences means something urgent. Below it, that sentence is likely
about another time, or a figure of speech."""
FAINT: Final = 0.05
"""The share of a story below which none of its sentences means any other guardrail: each long one has some on health or papers."""
UNTRACED: Final = 0.5
"""The confidence that such a sentence may have: enough to be asked about, too little to go first."""
SUSPECTED_BY_ITSELF: Final = 0.3
"""The confidence from which a short message's own words mean a guardrail beside whatever else they, or what came before, make likelier."""
LEAST_SHARE: Final = 0.02
"""The share that a guardrail must have of a message for that to be asked; hardly any reaches that confidence with less."""
SURE_BY_ITSELF: Final = 0.95
"""The confidence from which on a message needs no context to mean what it means in context too."""
AGAINST_NEXT: Final = 2.0
"""In context, the log-odds of the first match are at most this times those of its share against the next one's. Confidence is
learned from single messages, of which none is torn between what it says and what came before."""
KNOWN: Final = 0.95
"""The least confidence of a message that is a phrasing nearly word for word: of held-out messages like that, 19 in 20 belong to
the same entry."""


class Matcher:
    """Ranks an index's entries for questions.

    Args:
        index: What to rank from.
        entries: The same language's entries; they give the context its neighbours.
    """

    def __init__(self, index: Index, entries: Mapping[str, Entry]) -> None:
        self.index = index
        self._entries = entries
        self._context = Context(index, entries)
        self._parts = Parts(index, entries)
        self._denials = Denials(index, entries)
        kinds = [entries[id_].kind for id_ in index.classes[: index.n_entries]]
        self._guardrails = np.array(
            [class_ for class_, kind in enumerate(kinds) if kind is Kind.GUARDRAIL], np.intp
        )

    def rank(self, text: str, previous: str | None = None, options: Sequence[str] = ()) -> Ranking:
        """Rank the entries for a text.

        Args:
            text: The message as typed.
            previous: The entry that was answered before, where the conversation is still going on.
            options: The entries that were asked back about just before.

        Returns:
            The ranking; its confidences hold for a message of any length.
        """
        message = Message(text, self.index)
        self._parts.mend_questions(message)
        ranking = self._ranked(text, previous, message, options)
        questions = asked_in(text, self.index.language)
        if questions and ranking.matches:
            ranking = self._one_by_one(ranking, questions, message)
        ranking = self._with_urgent(ranking, message)
        ranking = replace(ranking, suspected=self._suspected(message), mended=message.mended)
        rank = partial(self.rank, previous=previous, options=options)
        return self._denials.heard(ranking, text, rank)

    def _ranked(
        self, text: str, previous: str | None, message: Message, options: Sequence[str] = ()
    ) -> Ranking:
        """Rank the entries for a message, or for a part of it as if it were all."""
        whole = message.read(text)
        tokens, vector = whole.tokens, whole.vector
        if not len(vector.columns):
            return Ranking((), {}, tuple(tokens))
        if len(tokens) > LONG_FROM:
            clauses = self._parts.of(text, message)
            ranking = self._ranking(tokens, self._parts.mixed(clauses, whole))
            return self._with_traced(ranking, clauses, whole)
        scores, leans = whole.scores, self._context.applies(tokens, whole.scores, vector, previous)
        if (leans or options) and not self._parts.is_known(whole):
            if previous is not None and leans:
                scores = self._context.shift(scores, tokens, vector, previous, asks=plainly_asks(text))
            scores = self._context.chosen(scores, whole.scores, tokens, vector, options)
        ranking = self._ranking(tokens, replace(whole, scores=scores))
        return ranking if scores is whole.scores else self._in_context(ranking, whole)

    def _in_context(self, ranking: Ranking, whole: Part) -> Ranking:
        """A ranking in context that is no surer than this allows; or the one by the words alone where these are sure of the same.

        Who says nothing of their own ("but why") is meant to lean on what came before.
        """
        ranking = _capped(ranking)
        best = ranking.matches[0]
        if best.confidence >= SURE_BY_ITSELF or not self.index.space.has_content(whole.vector):
            return ranking
        if self.index.classes[self.index.likeliest(whole.scores)] != best.entry_id:
            return ranking
        alone = self._ranking(list(ranking.tokens), whole)
        first = alone.matches[0]
        return alone if first.entry_id == best.entry_id and first.confidence >= SURE_BY_ITSELF else ranking

    def _danger(self, clauses: Sequence[Part]) -> tuple[Match | None, str]:
        """The guardrail that a clause surely means, an urgent one first, and the clause."""
        for part in self._parts.most_dangerous(clauses):
            match = self._ranking(part.tokens, part).matches[0]
            if match.confidence >= SURE_DANGER and self._guards(match):
                return match, part.clause
        return None, ""

    def _with_traced(self, ranking: Ranking, clauses: Sequence[Part], whole: Part) -> Ranking:
        """Note the danger that one sentence of a story means, if the story as a whole bears it out; what is urgent in any case, but less loudly."""

        def traced(match: Match) -> Match:
            share = math.exp(whole.scores[self.index.classes.index(match.entry_id)])
            if not self._guards(match) or share >= (TRACE if self._is_urgent(match) else FAINT):
                return match
            if self._is_urgent(match):
                return replace(match, confidence=min(match.confidence, UNTRACED))
            sure, likely = min(match.confidence, share), min(match.probability, share)
            return replace(match, confidence=sure, probability=likely)

        danger, clause = self._danger(clauses)
        matches = sorted(map(traced, ranking.matches), key=lambda match: -match.probability)
        ranking = replace(ranking, matches=tuple(matches))
        if danger is None or traced(danger) is danger:
            return self._with_danger(ranking, danger, clause)
        return replace(ranking, danger=danger) if self._is_urgent(danger) else ranking

    def _with_danger(self, ranking: Ranking, danger: Match | None, clause: str) -> Ranking:
        """Note the danger that one sentence surely means; put it first where it is a danger to life.

        However sure the question beside it is ("Is it legal? I want to die"); in a story, where such a sentence is oftener about
        another time, it must be surer, unless it is the likeliest anyway: all the rest makes it no less sure.
        """
        if danger is None or not self._is_urgent(danger):
            return replace(ranking, danger=danger)
        best = ranking.matches[0]
        floor = SURE_IN_STORY if len(ranking.tokens) > LONG_FROM else SURE_ALONE
        if danger.confidence < (best.confidence if danger.entry_id == best.entry_id else floor):
            return replace(ranking, danger=danger)
        rest = (match for match in ranking.matches if match.entry_id != danger.entry_id)
        return replace(ranking, matches=(danger, *rest)[:CANDIDATES], clause=clause, danger=danger, also=None)

    def _with_urgent(self, ranking: Ranking, message: Message) -> Ranking:
        """The same for a short message, of which only what is urgent is noted."""
        if len(ranking.tokens) > LONG_FROM or not ranking.matches:
            return ranking
        urgent, clause = self._danger(self._parts.of(message.text, message))
        if urgent is None or not self._is_urgent(urgent):
            return ranking
        return self._with_danger(ranking, urgent, clause)

    def _suspected(self, message: Message) -> Match | None:
        """The guardrail that a short message may mean by its own words, an urgent one first; a story is read by the sentence."""
        whole = message.read(message.text)
        if len(whole.tokens) > LONG_FROM or not self.index.space.has_content(whole.vector):
            return None
        likely = self._guardrails[whole.scores[self._guardrails] >= math.log(LEAST_SHARE)].tolist()
        if not likely:
            return None
        compared = self.index.compare(likely, whole.tokens, whole.vector, whole.compared)
        shares = np.exp(whole.scores[likely]).tolist()
        found = map(partial(self._match, whole), likely, compared, shares)
        suspected = [match for match in found if match.confidence >= SUSPECTED_BY_ITSELF]
        return max(suspected, key=lambda m: (self._is_urgent(m), m.confidence), default=None)

    def _ranking(self, tokens: list[str], part: Part) -> Ranking:
        index = self.index
        best = _highest(part.scores[: index.n_entries])
        compared = index.compare(best.tolist(), part.tokens, part.vector, part.compared)
        shares = _dealt(np.exp(part.scores[best]), [beside.similarity for beside in compared])
        found = map(partial(self._match, part), best.tolist(), compared, shares)
        matches = tuple(sorted(found, key=lambda match: -match.probability))
        if matches[0].similarity >= max(VERBATIM, compared[0].stray_similarity) and part.tells:
            first = replace(matches[0], confidence=max(matches[0].confidence, KNOWN))
            matches = (first, *matches[1:])
        off_topic = {
            index.classes[class_].removeprefix(OFF_TOPIC_MARK): math.exp(part.scores[class_])
            for class_ in range(index.n_entries, len(index.classes))
        }
        return Ranking(matches, off_topic, tuple(tokens), part.clause)

    def _match(self, part: Part, class_: int, compared: Compared, share: float) -> Match:
        entry = self._entries[self.index.classes[class_]]
        # Dangers and feelings are told of as much as they are asked about.
        asked_for = part.own is not None and part.asks and entry.kind in {Kind.FAQ, Kind.GAP}
        signals = compared.signals(part.odds(class_) + ASKING * asked_for, float(part.raw[class_]))
        confidence = self.index.calibration.confidence(signals)
        return Match(self.index.classes[class_], confidence, share, compared.similarity, compared.nearest)

    def _one_by_one(self, ranking: Ranking, questions: list[str], message: Message) -> Ranking:
        """Of several questions that are each clear by themselves, answer the first and note the second."""
        clear: dict[str, tuple[Match, str]] = {}
        for number, question in enumerate(questions):
            if len(clear) + len(questions) - number < 2:  # there can't be two any more
                return ranking
            alone = self._ranked(question, None, message)
            if alone.matches and self._speaks(alone.matches[0], len(ranking.tokens)):
                clear.setdefault(alone.matches[0].entry_id, (alone.matches[0], question))
        best = ranking.matches[0]
        if self._guards(best) and best.entry_id not in clear:  # the worse mistake decides
            return ranking
        likely = {match.entry_id for match in ranking.matches[:3]}
        if len(clear) < 2 or not likely & set(list(clear)[:2]):
            return ranking
        # Of two questions the first comes first, unless the other one is about a danger.
        (first, clause), (second, _) = sorted(
            list(clear.values())[:2], key=lambda found: not self._guards(found[0])
        )
        rest = (match for match in ranking.matches if match.entry_id not in {first.entry_id, second.entry_id})
        return replace(ranking, matches=(first, second, *rest)[:CANDIDATES], clause=clause, also=second)

    def _guards(self, match: Match) -> bool:
        return self._entries[match.entry_id].kind is Kind.GUARDRAIL

    def _is_urgent(self, match: Match) -> bool:
        return self._entries[match.entry_id].urgent

    def _speaks(self, match: Match, words: int) -> bool:
        """Whether a match answers one of a message's questions; in a story, what is said to the bot itself is no question."""
        entry = self._entries[match.entry_id]
        asked = entry.kind is not Kind.CHITCHAT or (is_question(entry) and words <= LONG_FROM)
        return asked and match.confidence >= self.index.calibration.answer


def is_question(entry: Entry) -> bool:
    """Whether an entry is about something that is asked, and not just said ("Thank you")."""
    return entry.question.rstrip().endswith("?")


def _capped(ranking: Ranking) -> Ranking:
    """The same with the first match as sure as its share against the next one's allows."""
    best, *others = ranking.matches
    if not others:
        return ranking
    share, next_ = (math.log(max(match.probability, 1e-12)) for match in (best, others[0]))
    against = AGAINST_NEXT * (share - next_)
    first = replace(best, confidence=min(best.confidence, probability(against)))
    return replace(ranking, matches=(first, *others))


def _dealt(shares: Floats, similarities: Sequence[float]) -> list[float]:
    """The candidates' shares given out again, as classifier and nearest phrasing agree."""
    nearness = np.exp(NEAREST_SAYS * np.array(similarities))
    weighed = shares * nearness
    dealt: list[float] = (weighed * (shares.sum() / max(float(weighed.sum()), 1e-12))).tolist()
    return dealt


def _highest(scores: Floats) -> npt.NDArray[np.intp]:
    """The candidates' classes, best first; equal ones in file order."""
    likely = np.arange(len(scores))
    if len(scores) > CANDIDATES:  # thousands needn't be sorted for a few
        likely = np.flatnonzero(scores >= np.partition(scores, -CANDIDATES)[-CANDIDATES])
    return likely[np.argsort(-scores[likely], kind="stable")][:CANDIDATES]
