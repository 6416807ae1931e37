"""Index + question -> ranked matches, each with a calibrated confidence and what drew it.

A long message is also read clause by clause, since people tell a story before they ask; a message that makes sense
only after an earlier one leans on the entry that was answered then; and one that asks two things is answered twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge import normalizer
from knowledge.clauses import asked_in, asks, clauses
from knowledge.context import Context, log_softmax
from knowledge.features import Floats, Vector
from knowledge.index import Compared, Index
from knowledge.model import Entry, Kind, Match
from knowledge.signals import log_odds
from knowledge.trials import OFF_TOPIC_MARK

CANDIDATES: Final = 5
"""How many matches are ranked."""
NEAREST_SAYS: Final = 3.0
"""What the similarity to an entry's nearest phrasing adds to its log-probability, among the candidates."""
LONG_FROM: Final = 20
"""Messages of more words than this are also read clause by clause."""
CLAUSE_SHARE: Final = 0.6
"""How much the clauses, each by itself, have to say in which entry wins."""
ASKING: Final = 1.5
"""What asking adds to a clause's log-probabilities: of a story's sentences, that one most likely holds the question."""
CLAUSE_ODDS: Final = 0.6
"""How much it has to say in how sure that is."""
SHORTEST_CLAUSE: Final = 3
MAX_CLAUSES: Final = 40
DANGER: Final = 0.4
"""A share from which a clause that means a guardrail keeps another, known one from answering for the whole message."""
SURE_DANGER: Final = 0.9
"""The confidence from which such a clause is told of, whatever the message asks."""
SURE_ALONE: Final = 0.95
"""The confidence from which an urgent one goes before all else in a short message."""
TELLING_WORDS: Final = 5
"""Words that a clause must have for its being a known phrasing to be no accident ("what should I do")."""
VERBATIM: Final = 0.9
"""A message this similar to a phrasing says all by itself, whatever came before."""
KNOWN: Final = 0.95
"""Its confidence, at least: of held-out messages as similar as that, 19 in 20 belong to the same entry."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the matcher makes of a question."""

    matches: tuple[Match, ...]
    """Best first, at most `CANDIDATES`; empty only where no word of the text is known."""
    off_topic: Mapping[str, float]
    """Off-topic kind -> the classifier's share, 0 to 1."""
    tokens: tuple[str, ...]
    """The words compared, typos mended."""
    clause: str = ""
    """The part of a long message that drew the best match; empty for the whole."""
    also: Match | None = None
    """What answers the second of two questions in one message."""
    danger: Match | None = None
    """The guardrail that one sentence of a long message surely means by itself."""

    def without(self, entry_id: str) -> Ranking:
        """The same without an entry that can't be meant."""
        return replace(self, matches=tuple(match for match in self.matches if match.entry_id != entry_id))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A message, or the part of it that is compared with the phrasings.

    Attributes:
        scores: Log-probabilities, one a class.
        raw: The classifier's raw scores of the part.
        tokens: The words of the part.
        vector: Their place.
        clause: The part as typed; empty for the whole message.
        asks: Whether it is a part that asks something.
        own: Log-probabilities of the part by itself.
    """

    scores: Floats
    raw: Floats
    tokens: list[str]
    vector: Vector
    clause: str = ""
    asks: bool = False
    own: Floats | None = field(default=None)

    @property
    def tells(self) -> bool:
        """Whether its being a known phrasing is no accident."""
        return not self.clause or len(self.tokens) >= TELLING_WORDS

    def odds(self, class_: int) -> float:
        """The log-odds of a class."""
        whole = log_odds(math.exp(self.scores[class_]))
        if self.own is None:
            return whole
        part = log_odds(math.exp(self.own[class_]))
        return CLAUSE_ODDS * part + (1 - CLAUSE_ODDS) * whole


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

    def rank(self, text: str, previous: str | None = None) -> Ranking:
        """Rank the entries for a text.

        Args:
            text: The message as typed.
            previous: The entry that was answered before, where the conversation is still going on.

        Returns:
            The ranking; its confidences hold for a message of any length.
        """
        mended: dict[str, tuple[str, ...]] = {}
        ranking = self._ranked(text, previous, mended)
        questions = asked_in(text, self.index.language)
        if questions and ranking.matches:
            ranking = self._one_by_one(ranking, questions, mended)
        return self._with_urgent(text, ranking, mended)

    def _ranked(self, text: str, previous: str | None, mended: dict[str, tuple[str, ...]]) -> Ranking:
        tokens = self.index.tokens(text, mended)
        vector = self.index.space.vector(tokens)
        if not len(vector.columns):
            return Ranking((), {}, tuple(tokens))
        raw = self.index.logits(vector)
        reading = _Reading(log_softmax(raw), raw, tokens, vector)
        if len(tokens) > LONG_FROM:
            parts = self._parts(text, mended)
            ranking = self._ranking(tokens, self._clause_by_clause(parts, reading))
            danger, _ = self._danger(parts)
            return replace(ranking, danger=danger)
        if (
            previous is not None
            and self._context.applies(tokens, reading.scores, previous)
            and not self._known(reading)
        ):
            reading = replace(reading, scores=self._context.shift(reading.scores, tokens, vector, previous))
        return self._ranking(tokens, reading)

    def _known(self, reading: _Reading) -> bool:
        """Whether a message is, nearly word for word, a phrasing of the entry that it is likeliest to mean."""
        return self.index.documents.says(self.index.likeliest(reading.scores), reading.vector, VERBATIM)

    def _tells_danger(self, part: _Reading) -> bool:
        """Whether a clause by itself likely means a guardrail."""
        best = self.index.likeliest(part.scores)
        guards = self._entries[self.index.classes[best]].kind is Kind.GUARDRAIL
        return guards and float(part.scores[best]) > math.log(DANGER)

    def _comes_before(self, part: _Reading, known: _Reading) -> bool:
        """Whether a clause means a danger that a known phrasing must not hide.

        What is only told beside a plain question needn't be: it is offered all the same where it is sure. But what is urgent does.
        """
        urgent = self._entries[self.index.classes[self.index.likeliest(part.scores)]].urgent
        return self._tells_danger(part) and (part.asks or urgent or not known.asks)

    def _danger(self, parts: Sequence[_Reading]) -> tuple[Match | None, str]:
        """The guardrail that a clause surely means, likeliest first, and the clause."""
        telling = filter(self._tells_danger, parts)
        part = max(telling, key=lambda p: float(p.scores[: self.index.n_entries].max()), default=None)
        if part is None:
            return None, ""
        match = self._ranking(part.tokens, part).matches[0]
        return (match, part.clause) if match.confidence >= SURE_DANGER and self._guards(match) else (None, "")

    def _with_urgent(self, text: str, ranking: Ranking, mended: dict[str, tuple[str, ...]]) -> Ranking:
        """What one sentence of a short message says of a danger to life, however sure its question is ("Is it legal? I want to die").

        In a story such a sentence is often about another time, and is told of beside the answer. With two sentences it is
        the message.
        """
        if len(ranking.tokens) > LONG_FROM or not ranking.matches:
            return ranking
        urgent, clause = self._danger(self._parts(text, mended))
        if urgent is None or not self._entries[urgent.entry_id].urgent:
            return ranking
        if urgent.confidence < SURE_ALONE or ranking.matches[0].entry_id == urgent.entry_id:
            return replace(ranking, danger=urgent)
        others = (match for match in ranking.matches if match.entry_id != urgent.entry_id)
        return replace(ranking, matches=(urgent, *others)[:CANDIDATES], clause=clause, also=None)

    def _parts(self, text: str, mended: dict[str, tuple[str, ...]]) -> list[_Reading]:
        """The clauses of a long message that have something to say; none where it is all one."""
        found = clauses(text)[:MAX_CLAUSES]
        if len(found) < 2:
            return []
        parts = []
        for clause in found:
            words = normalizer.tokens(clause, self.index.language)
            tokens = self.index.speller.correct(words, mended)
            if len(tokens) >= SHORTEST_CLAUSE:
                vector = self.index.space.vector(tokens)
                if len(vector.columns):
                    raw = self.index.logits(vector)
                    asking = asks(clause, words, self.index.language)
                    parts.append(_Reading(log_softmax(raw), raw, tokens, vector, clause, asking))
        return parts

    def _clause_by_clause(self, parts: Sequence[_Reading], whole: _Reading) -> _Reading:
        """Mix the whole message's scores with what its clauses give each class: the sum of its shares in them.

        A clause that is, nearly word for word, a known phrasing says it all.
        """
        if not parts:
            return whole
        known = next((p for p in parts if p.tells and self._known(p)), None)
        if known and not any(self._comes_before(part, known) for part in parts):
            return known
        # What several sentences hint at counts for more than one sentence's accident.
        best = np.logaddexp.reduce([part.scores + ASKING * part.asks for part in parts])
        mixed = log_softmax((1 - CLAUSE_SHARE) * whole.scores + CLAUSE_SHARE * best)
        winner = self.index.likeliest(mixed)
        part = max(parts, key=lambda p: float(p.scores[winner]) + ASKING * p.asks)
        return replace(part, scores=mixed, own=part.scores)

    def _ranking(self, tokens: list[str], reading: _Reading) -> Ranking:
        index = self.index
        best = _highest(reading.scores[: index.n_entries])
        compared = index.compare(best.tolist(), reading.tokens, reading.vector)
        shares = _dealt(np.exp(reading.scores[best]), [beside.similarity for beside in compared])
        found = map(partial(self._match, reading), best.tolist(), compared, shares)
        matches = tuple(sorted(found, key=lambda match: -match.probability))
        if matches[0].similarity >= max(VERBATIM, compared[0].stray_similarity) and reading.tells:
            first = replace(matches[0], confidence=max(matches[0].confidence, KNOWN))
            matches = (first, *matches[1:])
        off_topic = {
            index.classes[class_].removeprefix(OFF_TOPIC_MARK): math.exp(reading.scores[class_])
            for class_ in range(index.n_entries, len(index.classes))
        }
        return Ranking(matches, off_topic, tuple(tokens), reading.clause)

    def _match(self, reading: _Reading, class_: int, compared: Compared, share: float) -> Match:
        signals = compared.signals(reading.odds(class_), float(reading.raw[class_]))
        confidence = self.index.calibration.confidence(signals)
        return Match(self.index.classes[class_], confidence, share, compared.similarity, compared.nearest)

    def _one_by_one(
        self, ranking: Ranking, questions: list[str], mended: dict[str, tuple[str, ...]]
    ) -> Ranking:
        """Answer the first of several questions that are each clear by themselves, and note the second."""
        clear: dict[str, tuple[Match, str]] = {}
        for number, question in enumerate(questions):
            if len(clear) + len(questions) - number < 2:  # there can't be two any more
                return ranking
            alone = self._ranked(question, None, mended)
            if alone.matches and self._speaks(alone.matches[0]):
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

    def _speaks(self, match: Match) -> bool:
        kind = self._entries[match.entry_id].kind
        return match.confidence >= self.index.calibration.answer and kind is not Kind.CHITCHAT


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
