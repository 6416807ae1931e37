"""What an earlier answer lends to a message that makes sense only after it ("and to Korea?")."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from knowledge.features import Vector
from knowledge.index import Index
from knowledge.lexicon import lexicon
from knowledge.model import Entry, Kind, OffTopic
from knowledge.trials import OFF_TOPIC_MARK
from knowledge.weights import Floats

FOLLOW_UP_WORDS: Final = 12
"""Messages of more words than this stand by themselves, whatever came before."""
CHOOSING_WORDS: Final = 5
"""Messages of more words than this choose none of the entries that were asked back about just before."""
CLEAR_MARGIN: Final = 6.0
"""Where the classifier prefers entries for their own questions by less, the context weighs less in proportion."""
COURTESY: Final = 0.5
"""A share from which a message is "bye" or "thanks", whatever came before."""
EXPECTED: Final = 0.9
"""Similarity to a follow-up from which on a message is that, and no courtesy."""
# What the entry answered before adds to the log-probability of others: a prior, so that clear words outweigh it.
# Fitted on dialogues written for that purpose.
CONTEXT_SHARE: Final = 0.3
SAME_ENTRY: Final = 1.0
SAME_IN_OTHER_WORDS: Final = -0.5
"""As `SAME_ENTRY`, where a message brings words of its own: who was answered rarely asks for the same answer again."""
RELATED_ENTRY: Final = 1.5
RELATING_ENTRY: Final = 0.25
SAME_TOPIC: Final = 1.5
CHATTER_IN_CONTEXT: Final = -3.0
OFFERED: Final = 3.0
"""For each entry that was asked back about just before."""
CLEAR_ALONE: Final = 0.9
"""A share from which on a message is clear by itself, and chooses nothing."""
# Times the square of the similarity to a follow-up.
LISTED_FOLLOW_UP: Final = 8.0
LISTED_ELSEWHERE: Final = 5.0


class Context:
    """Shifts scores towards what may follow an entry.

    Args:
        index: Where the scores come from.
        entries: The same language's entries.
    """

    def __init__(self, index: Index, entries: Mapping[str, Entry]) -> None:
        self._index = index
        self._entries = entries
        self._classes = {entry_id: class_ for class_, entry_id in enumerate(index.classes)}
        self._sway = min(1.0, index.margin / CLEAR_MARGIN)
        self._chatter = self._classes.get(OFF_TOPIC_MARK + OffTopic.CHATTER)

    def applies(self, tokens: Sequence[str], scores: Floats, vector: Vector, previous: str | None) -> bool:
        """Whether a message may need what came before.

        Args:
            tokens: Its words.
            scores: Its log-probabilities by itself, one a class.
            vector: Their place.
            previous: The entry answered before.
        """
        if previous is None or previous not in self._entries or len(tokens) > FOLLOW_UP_WORDS:
            return False
        small = lexicon(self._index.language).stop_words
        if not any(word in small or self._index.space.knows(word) for word in tokens):
            return False  # gibberish
        best = self._index.likeliest(scores)
        courtesy = self._entries[self._index.classes[best]].kind is Kind.CHITCHAT
        if not courtesy or float(scores[best]) < math.log(COURTESY):
            return True
        # "Am I ok then?" isn't the "ok then" that it looks like, where a curator expects it.
        listed, _ = self._index.follow_ups.likeness(vector, self._classes[previous], self._index.n_entries)
        return bool(listed.max(initial=0.0) >= EXPECTED)

    def shift(
        self, scores: Floats, tokens: Sequence[str], vector: Vector, previous: str, *, asks: bool
    ) -> Floats:
        """The log-probabilities of a message after an entry.

        Args:
            scores: Its log-probabilities by itself, one a class.
            tokens: Its words.
            vector: Their place.
            previous: The entry answered before.
            asks: Whether it plainly asks something.
        """
        entry = self._entries[previous]
        listed, elsewhere = self._index.follow_ups.likeness(
            vector, self._classes[previous], self._index.n_entries
        )
        question = self._index.tokens(entry.question)
        together = log_softmax(self._index.logits(self._index.space.vector([*question, *tokens])))
        shifted = scores + self._sway * (
            CONTEXT_SHARE * (together - scores)
            + self._prior(entry, vector, scores, asks=asks)
            + np.pad(
                LISTED_FOLLOW_UP * listed**2 + LISTED_ELSEWHERE * elsewhere**2, (0, len(scores) - len(listed))
            )
        )
        # What is off the subject, or like no entry, stays so, whatever came before: only the rest is shared out again.
        strays = np.arange(len(scores)) >= self._index.n_entries
        if self._chatter is not None:
            strays[self._chatter] = False
        shifted[strays] = -np.inf
        # Unless it is what a curator expects there.
        unexpected = max(1e-3, 1 - float(listed.max(initial=0.0)) ** 2)
        off_subject = unexpected * float(np.exp(scores[strays]).sum())
        mixed = log_softmax(shifted) + np.float32(np.log1p(-min(off_subject, 0.999)))
        mixed[strays] = scores[strays] + math.log(unexpected)
        return log_softmax(mixed)

    def chosen(
        self, scores: Floats, alone: Floats, tokens: Sequence[str], vector: Vector, options: Sequence[str]
    ) -> Floats:
        """The log-probabilities of a message to somebody who was asked which entry they mean: a word may choose one of them.

        Args:
            scores: Its log-probabilities, one a class.
            alone: The same by itself.
            tokens: Its words.
            vector: Their place.
            options: The entries that were asked back about.
        """
        if len(tokens) > CHOOSING_WORDS or not self._index.space.has_content(vector):
            return scores
        if float(alone.max()) >= math.log(CLEAR_ALONE):
            return scores
        scores = scores.copy()
        scores[[self._classes[option] for option in options if option in self._classes]] += OFFERED
        return log_softmax(scores)

    def _prior(self, entry: Entry, vector: Vector, scores: Floats, *, asks: bool) -> Floats:
        prior = np.zeros_like(scores)
        for class_, entry_id in enumerate(self._index.classes[: self._index.n_entries]):
            other = self._entries[entry_id]
            if entry.topic and other.topic == entry.topic:
                prior[class_] += SAME_TOPIC
            if entry.id in other.related:
                prior[class_] += RELATING_ENTRY
        for related in entry.related:
            if related in self._classes:
                prior[self._classes[related]] += RELATED_ENTRY
        # "Why?" and "how is that" have no word that tells entries apart.
        own_words = self._index.space.has_content(vector)
        prior[self._classes[entry.id]] += SAME_IN_OTHER_WORDS if own_words else SAME_ENTRY
        # "Why not?" is small talk by itself, and a question after an answer.
        if self._chatter is not None and asks:
            prior[self._chatter] += CHATTER_IN_CONTEXT
        return prior


def log_softmax(scores: Floats) -> Floats:
    """Raw scores as log-probabilities."""
    shifted = scores - scores.max()
    normal: Floats = shifted - np.log(np.exp(shifted).sum())
    return normal
