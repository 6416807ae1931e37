"""Index + question -> ranked matches, each with a calibrated confidence and what drew it.

A long message is also read clause by clause, since people tell a story before they ask; a message that makes sense
only after an earlier one leans on the entry that was answered then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.features import Floats, Vector
from knowledge.index import Asked, Index
from knowledge.model import Entry, Match, OffTopic
from knowledge.normalizer import clauses
from knowledge.trials import OFF_TOPIC_MARK

CANDIDATES: Final = 5
"""How many matches are ranked."""
LONG_FROM: Final = 20
"""Messages of more words than this are also read clause by clause."""
CLAUSE_SHARE: Final = 0.35
SHORTEST_CLAUSE: Final = 3
MAX_CLAUSES: Final = 40
FOLLOW_UP_WORDS: Final = 12
"""Messages of more words than this stand by themselves, whatever came before."""
CLEAR_MARGIN: Final = 6.0
"""Where the classifier prefers entries for their own questions by less, the context weighs less in proportion."""
VERBATIM: Final = 0.9
"""A message this similar to a phrasing says all by itself, whatever came before."""
# What the entry answered before adds to the log-probability of others: a prior, so that clear words outweigh it.
# Fitted on dialogues written for that purpose.
CONTEXT_SHARE: Final = 0.4
SAME_ENTRY: Final = 1.0
RELATED_ENTRY: Final = 1.0
RELATING_ENTRY: Final = 0.5
SAME_TOPIC: Final = 1.0
CHATTER_IN_CONTEXT: Final = -1.0


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


class Matcher:
    """Ranks an index's entries for questions.

    Args:
        index: What to rank from.
        entries: The same language's entries; they give the context its neighbours.
    """

    def __init__(self, index: Index, entries: Mapping[str, Entry]) -> None:
        self.index = index
        self._entries = entries
        self._classes = {entry_id: class_ for class_, entry_id in enumerate(index.classes)}
        self._sway = min(1.0, self._margin() / CLEAR_MARGIN)
        self._chatter = self._classes.get(OFF_TOPIC_MARK + OffTopic.CHATTER)
        self._strays = [
            class_ for class_ in range(index.n_entries, len(index.classes)) if class_ != self._chatter
        ]

    def rank(self, text: str, previous: str | None = None) -> Ranking:
        """Rank the entries for a text.

        Args:
            text: The message as typed.
            previous: The entry that was answered before, where the conversation is still going on.

        Returns:
            The ranking; its confidences hold for a message of any length.
        """
        mended: dict[str, tuple[str, ...]] = {}
        tokens = self.index.tokens(text, mended)
        vector = self.index.space.vector(tokens)
        if not len(vector.columns):
            return Ranking((), {}, tuple(tokens))
        scores = _log_softmax(self.index.logits(vector))
        clause = ""
        if len(tokens) > LONG_FROM:
            scores, vector, clause = self._read_clauses(text, mended, scores, vector)
        elif previous is not None and previous in self._entries and self._is_follow_up(tokens, vector):
            scores = self._in_context(scores, tokens, previous)
        return self._ranking(tokens, vector, scores, clause)

    def _margin(self) -> float:
        """By how much the classifier prefers an entry to all others for its own question; the median.

        Few phrasings give small scores, and a prior that was fitted on large ones would drown them.
        """
        index = self.index
        margins = []
        for entry_id, entry in self._entries.items():
            own = self._classes[entry_id]
            scores = index.logits(index.space.vector(index.tokens(entry.question)))[: index.n_entries]
            margins.append(float(scores[own] - np.delete(scores, own).max(initial=-np.inf)))
        return max(0.0, float(np.median(margins)))

    def _is_follow_up(self, tokens: Sequence[str], vector: Vector) -> bool:
        """Whether a message may need what came before: neither long nor, word for word, a known question."""
        if len(tokens) > FOLLOW_UP_WORDS:
            return False
        documents = self.index.documents
        own = documents.similarities(vector)[: int(documents.class_starts[self.index.n_entries])]
        return float(own.max(initial=0.0)) < VERBATIM

    def _read_clauses(
        self, text: str, mended: dict[str, tuple[str, ...]], scores: Floats, whole: Vector
    ) -> tuple[Floats, Vector, str]:
        """Mix the whole message's scores with the best that any one clause gives each class."""
        found = clauses(text)[:MAX_CLAUSES]
        if len(found) < 2:
            return scores, whole, ""
        parts = []
        for part in found:
            tokens = self.index.tokens(part, mended)
            if len(tokens) >= SHORTEST_CLAUSE:
                vector = self.index.space.vector(tokens)
                if len(vector.columns):
                    parts.append((part, vector, _log_softmax(self.index.logits(vector))))
        if not parts:
            return scores, whole, ""
        best_clause = np.max([part_scores for _, _, part_scores in parts], axis=0)
        mixed = _log_softmax((1 - CLAUSE_SHARE) * scores + CLAUSE_SHARE * best_clause)
        winner = int(mixed[: self.index.n_entries].argmax())
        part, vector, _ = max(parts, key=lambda p: float(p[2][winner]))
        return mixed, vector, part

    def _in_context(self, scores: Floats, tokens: Sequence[str], previous: str) -> Floats:
        """Shift the scores towards what may follow the entry answered before."""
        entry = self._entries[previous]
        question = self.index.tokens(entry.question)
        together = _log_softmax(self.index.logits(self.index.space.vector([*question, *tokens])))
        prior = np.zeros_like(scores)
        for class_, entry_id in enumerate(self.index.classes[: self.index.n_entries]):
            other = self._entries[entry_id]
            if entry.topic and other.topic == entry.topic:
                prior[class_] += SAME_TOPIC
            if previous in other.related:
                prior[class_] += RELATING_ENTRY
        for related in entry.related:
            if related in self._classes:
                prior[self._classes[related]] += RELATED_ENTRY
        prior[self._classes[previous]] += SAME_ENTRY
        if self._chatter is not None:  # "why not?" is small talk by itself, and a question after an answer
            prior[self._chatter] += CHATTER_IN_CONTEXT
        shifted = scores + self._sway * (CONTEXT_SHARE * (together - scores) + prior)
        # What is off the subject stays so, whatever came before: only the rest is dealt out anew.
        shifted[self._strays] = -np.inf
        off_subject = float(np.exp(scores[self._strays]).sum())
        mixed = _log_softmax(shifted) + np.float32(np.log1p(-min(off_subject, 0.999)))
        mixed[self._strays] = scores[self._strays]
        return _log_softmax(mixed)

    def _ranking(self, tokens: Sequence[str], vector: Vector, scores: Floats, clause: str) -> Ranking:
        index = self.index
        shares = np.exp(scores)
        raw = index.logits(vector)
        asked = index.asked(tokens, vector)
        best = np.argsort(-scores[: index.n_entries], kind="stable")[:CANDIDATES]
        matches = tuple(
            self._match(int(class_), float(shares[class_]), float(raw[class_]), asked) for class_ in best
        )
        off_topic = {
            index.classes[class_].removeprefix(OFF_TOPIC_MARK): float(shares[class_])
            for class_ in range(index.n_entries, len(index.classes))
        }
        return Ranking(matches, off_topic, tuple(tokens), clause)

    def _match(self, class_: int, share: float, score: float, asked: Asked) -> Match:
        index = self.index
        rows = index.documents.of_class(class_)
        nearest = rows.start + int(asked.similarities[rows].argmax())
        similarity = float(asked.similarities[nearest])
        return Match(
            index.classes[class_],
            index.calibration.confidence(index.signals(class_, share, score, similarity, asked)),
            share,
            similarity,
            index.documents.texts[nearest],
        )


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max()
    normal: Floats = shifted - np.log(np.exp(shifted).sum())
    return normal
