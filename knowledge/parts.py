"""What the classifier makes of a message and of each of its clauses, and which clause speaks for the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from knowledge import normalizer
from knowledge.clauses import asks, clauses
from knowledge.context import log_softmax
from knowledge.features import Vector
from knowledge.index import Compared, Index
from knowledge.model import Entry, Kind
from knowledge.overhearing import has_matter
from knowledge.signals import log_odds
from knowledge.weights import Floats

CLAUSE_SHARE: Final = 0.6
"""How much the clauses, each by itself, have to say in which entry wins."""
ASKING: Final = 1.5
"""What asking adds to a clause's log-probabilities: of a story's sentences, that one most likely holds the question. As much is
added to the log-odds of an entry that is asked for by one, and told of by others."""
CLAUSE_ODDS: Final = 0.6
"""How much the clause that speaks for the whole has to say in how sure that is."""
SHORTEST_CLAUSE: Final = 3
MAX_CLAUSES: Final = 80
"""How many clauses of a message are read: of more, the first and the last ones, since people ask at the end."""
MOST_MENDED: Final = 8
"""Questions whose typos are mended before all others."""
DANGER: Final = 0.4
"""A share from which a clause that means a guardrail keeps another, known one from answering for the whole message."""
TELLING_WORDS: Final = 5
"""Words that a clause must have for its being a known phrasing to be no accident, and not all of them stop words ("what should I do now")."""
VERBATIM: Final = 0.9
"""A message this similar to a phrasing says all by itself, whatever came before."""


@dataclass(frozen=True, slots=True)
class Part:
    """A message, or the part of it that is compared with the phrasings.

    Attributes:
        scores: Log-probabilities, one a class.
        raw: The classifier's raw scores of the part.
        tokens: The words of the part.
        vector: Their place.
        clause: The part as typed; empty for the whole message.
        asks: Whether it is a part that asks something.
        own: Log-probabilities of the part by itself, where it speaks for a whole message.
        compared: What comparing it with entries has shown so far, as in `Index.compare`.
    """

    scores: Floats
    raw: Floats
    tokens: list[str]
    vector: Vector
    clause: str = ""
    asks: bool = False
    own: Floats | None = None
    compared: dict[int, Compared] = field(default_factory=dict)

    @property
    def tells(self) -> bool:
        """Whether its being a known phrasing is no accident."""
        return not self.clause or (len(self.tokens) >= TELLING_WORDS and has_matter(self.clause))

    def odds(self, class_: int) -> float:
        """The log-odds of a class."""
        whole = log_odds(math.exp(self.scores[class_]))
        if self.own is None:
            return whole
        part = log_odds(math.exp(self.own[class_]))
        return CLAUSE_ODDS * part + (1 - CLAUSE_ODDS) * whole


class Message:
    """A message while it is ranked: each text of it is read once, and what a typo became in one holds in all.

    Args:
        text: As typed.
        index: Knows the words.
    """

    def __init__(self, text: str, index: Index) -> None:
        self.text = text
        self._index = index
        self.mended: dict[str, tuple[str, ...]] = {}
        """As in `Speller.correct`."""
        self._tokens: dict[str, list[str]] = {}
        self._read: dict[str, Part] = {}

    def tokens(self, text: str) -> list[str]:
        """The words of it or of a part of it, typos mended. Those of a text that come to be unmended for lack of time stay so."""
        if text not in self._tokens:
            self._tokens[text] = self._index.tokens(text, self.mended)
        return self._tokens[text]

    def read(self, text: str) -> Part:
        """It or a part of it, by itself."""
        if text not in self._read:
            tokens = self.tokens(text)
            vector = self._index.space.vector(tokens)
            raw = self._index.logits(vector)
            self._read[text] = Part(log_softmax(raw), raw, tokens, vector)
        return self._read[text]


class Parts:
    """Takes messages apart; arguments as for `Matcher`."""

    def __init__(self, index: Index, entries: Mapping[str, Entry]) -> None:
        self._index = index
        self._entries = entries

    def of(self, text: str, message: Message) -> list[Part]:
        """The clauses of a message, or of a part of it, that have something to say; none where it is all one."""
        found = list(dict.fromkeys(clauses(text)))
        if len(found) < 2:
            return []
        found = found[: MAX_CLAUSES // 2] + found[MAX_CLAUSES // 2 :][-MAX_CLAUSES // 2 :]
        language, parts = self._index.language, []
        for clause in found:
            if len(message.tokens(clause)) >= SHORTEST_CLAUSE:
                part = message.read(clause)
                if len(part.vector.columns):
                    asking = asks(clause, normalizer.tokens(clause, language), language)
                    parts.append(replace(part, clause=clause, asks=asking))
        return parts

    def mend_questions(self, message: Message) -> None:
        """Mend what a message of several clauses asks, the last question first, and its end, before the story around them takes all look-ups."""
        found = clauses(message.text)
        if len(found) < 2:
            return
        language = self._index.language
        questions = [clause for clause in found[:-1] if asks(clause, clause.lower().split(), language)]
        for clause in (found[-1], *reversed(questions[-MOST_MENDED:])):
            message.tokens(clause)

    def mixed(self, parts: Sequence[Part], whole: Part) -> Part:
        """Mix the whole message's scores with what its clauses give each class: the sum of its shares in them.

        A clause that is, nearly word for word, a known phrasing says it all; one that only tells, where nothing is asked.
        """
        if not parts:
            return whole
        known = [part for part in parts if part.tells and self.is_known(part)]
        asking = [part for part in parts if part.asks]
        speaks = next((part for part in known if part.asks or not asking), None)
        if speaks and not any(self._comes_before(part, speaks) for part in parts):
            return speaks
        if asking and any(not self._means_danger(part) for part in known):
            parts = asking  # a known one would drown what is asked
        # What several sentences hint at counts for more than one sentence's accident.
        best = np.logaddexp.reduce([part.scores + ASKING * part.asks for part in parts])
        mixed = log_softmax((1 - CLAUSE_SHARE) * whole.scores + CLAUSE_SHARE * best)
        winner = self._index.likeliest(mixed)
        part = max(parts, key=lambda p: float(p.scores[winner]) + ASKING * p.asks)
        return replace(part, scores=mixed, own=part.scores)

    def is_known(self, part: Part) -> bool:
        """Whether a part is, nearly word for word, a phrasing of the entry that it is likeliest to mean."""
        return self._index.documents.has_alike(self._index.likeliest(part.scores), part.vector, VERBATIM)

    def most_dangerous(self, parts: Sequence[Part]) -> list[Part]:
        """Of the clauses that by themselves likely mean a guardrail, the surest to mean an urgent one, then the surest of the others."""
        dangerous = sorted(
            filter(self._means_danger, parts), key=lambda p: -float(p.scores[self._index.likeliest(p.scores)])
        )
        urgent = [part for part in dangerous if self._entry(part).urgent]
        others = [part for part in dangerous if not self._entry(part).urgent]
        return urgent[:1] + others[:1]

    def _means_danger(self, part: Part) -> bool:
        """Whether a clause by itself likely means a guardrail."""
        best = self._index.likeliest(part.scores)
        return self._entry(part).kind is Kind.GUARDRAIL and float(part.scores[best]) > math.log(DANGER)

    def _comes_before(self, part: Part, known: Part) -> bool:
        """Whether a clause means a danger that a known phrasing must not hide.

        A danger that is mentioned beside a plain question may be hidden, unless it is urgent: where it is sure, it is offered
        beside the answer.
        """
        return self._means_danger(part) and (part.asks or self._entry(part).urgent or not known.asks)

    def _entry(self, part: Part) -> Entry:
        """The entry that a part is likeliest to mean."""
        return self._entries[self._index.classes[self._index.likeliest(part.scores)]]
