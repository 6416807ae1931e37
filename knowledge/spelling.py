"""Typos and words run together -> words that the knowledge base knows. rapidfuzz does the comparing.

A token is left alone when the knowledge base knows it, when it is short or a number, and when it is a real word of
the language: "form" is no typo of "from". Otherwise, in this order: digits typed for letters are read as letters, a
drawn-out letter is shortened, a known word is looked for at one edit (4 to 7 letters) or two (8 and more) by the
optimal string alignment distance, and a long token is cut into known words ("canicarrymycells"). Before that, two
neighbours of which the knowledge base doesn't know one are read as the word that they make together, if it knows that
("wi fi", "time table").
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, starmap
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.dictionary import WordList
from knowledge.remembered import Remembered

MIN_LETTERS: Final = 4
TWO_EDITS_FROM: Final = 8
SPLIT_FROM: Final = 7
SHORTEST_PART: Final = 3
"""Letters of each of two words that are read as one although the first one is known."""
LONGEST_WORD: Final = 24
"""Longer tokens are no misspelt word; they may still be words run together."""
LONGEST_SPLIT: Final = 400
MAX_LOOK_UPS: Final = 12
"""Look-ups a message that find nothing: bounds the time that a page of rubbish takes."""
FOUND_AT_ONCE: Final = 8
"""How many plain typos, those at one edit with the same first letter, are looked up in the time of one that finds nothing."""
SPLIT_AT_ONCE: Final = 80
"""Letters of an endless word that are cut in the time of a look-up that finds nothing."""

COMMONER: Final = 20
"""How many times as often as its typo a word is used."""

# Digits typed for the letters that they look like ("c3lls").
_DIGITS_AS_LETTERS: Final = str.maketrans("013457", "oieast")
_DOUBLE: Final = re.compile(r"(.)\1")


def recurring_typos(counts: Mapping[str, int], strange: Collection[str]) -> set[str]:
    """Those of some words that are one edit away from a word used `COMMONER` times as often: the typos of many writers.

    Args:
        counts: Word -> how often it is used.
        strange: The words in doubt.
    """
    rarest = min((counts[word] for word in strange), default=0) * COMMONER
    common = Neighbours(word for word, n in counts.items() if n >= rarest and len(word) >= MIN_LETTERS)
    return {
        word
        for word in strange
        if any(counts[other] >= COMMONER * counts[word] for other, _ in common.within(1, word))
    }


class Neighbours:
    """Finds those of some words that are within a few edits of another one.

    An edit changes which letters a word has by two at most, one that goes and one that comes. So most words are ruled out by a
    comparison of numbers that have a bit for each letter, all at once.

    Args:
        words: Any, each once.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._words.sort(key=len)
        lengths = np.fromiter(map(len, self._words), np.intp, len(self._words))
        self._first = lengths.searchsorted(np.arange(lengths.max(initial=0) + 2))
        """Where the words of each length begin."""
        alike = (self._words[begin:end] for begin, end in pairwise(self._first) if begin < end)
        self._letters = np.concatenate([np.zeros(0, np.uint32), *map(_letters, alike)])

    def within(self, edits: int, token: str) -> Iterator[tuple[str, int]]:
        """Each word that is so near by the optimal string alignment distance, and its distance."""
        last = len(self._first) - 1
        shortest, longest = max(0, len(token) - edits), len(token) + edits + 1
        begin, end = self._first[min(shortest, last)], self._first[min(longest, last)]
        changed = np.bitwise_count(self._letters[begin:end] ^ _letters([token]))
        likely = [self._words[at] for at in (np.flatnonzero(changed <= 2 * edits) + begin).tolist()]
        found = process.extract(token, likely, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return ((word, distance) for word, distance, _ in found)


def _letters(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Which letters each of some words of one length has, as bits; some letters share one."""
    codes = np.array(words).view(np.uint32).reshape(len(words), -1)
    out: npt.NDArray[np.uint32] = np.bitwise_or.reduce(np.uint32(1) << codes % np.uint32(32), axis=1)
    return out


def _effort(token: str, found: tuple[str, ...]) -> int:
    """What looking a word up took, in look-ups of plain typos; it doesn't matter whether it was remembered."""
    plain = len(found) == 1 and found[0][0] == token[0] and OSA.distance(token, found[0], score_cutoff=1) == 1
    return 1 if plain else FOUND_AT_ONCE * (1 + min(len(token), LONGEST_SPLIT) // SPLIT_AT_ONCE)


class Speller:
    """Maps a message's unknown tokens to a vocabulary.

    Args:
        counts: Word in comparison form -> how often the knowledge base uses it.
        real_words: Words of the language that are left alone although the knowledge base lacks them.
    """

    def __init__(self, counts: Mapping[str, int], real_words: WordList | None = None) -> None:
        self.counts = dict(counts)
        self.real_words = WordList.of(()) if real_words is None else real_words
        self._neighbours = Neighbours(
            word for word in self.counts if MIN_LETTERS <= len(word) <= LONGEST_WORD and word.isalpha()
        )
        total = sum(self.counts.values()) or 1
        # A short word met once is as likely a typo or a name: it mustn't glue splits together.
        self._cost = {w: -math.log(n / total) for w, n in self.counts.items() if n > 1 or len(w) > 3}
        self._longest = max(map(len, self._cost), default=0)
        self._found = Remembered(self._look_up)

    def correct(self, tokens: Sequence[str], mended: dict[str, tuple[str, ...]] | None = None) -> list[str]:
        """The tokens with unknown ones replaced where a known word is near enough; order kept.

        Args:
            tokens: Words in comparison form.
            mended: What unknown words of the same message became so far; it is added to. Once they took the time of
                `MAX_LOOK_UPS`, further unknown words stay as they are.
        """
        if self.counts.keys() >= set(tokens):  # as a rule
            return list(tokens)
        mended = {} if mended is None else mended
        left: int | None = None
        out: list[str] = []
        for token in self._joined(tokens):
            if self._stays(token):
                out.append(token)
                continue
            if token not in mended:
                if left is None:
                    left = MAX_LOOK_UPS * FOUND_AT_ONCE - sum(_effort(*known) for known in mended.items())
                if left > 0:
                    mended[token] = self._found[token]
                    left -= _effort(token, mended[token])
            out.extend(mended.get(token, (token,)))
        return out

    def _joined(self, tokens: Sequence[str]) -> list[str]:
        """The tokens with two neighbours in one where that is a known word and they are not both known."""
        if not any(starmap(self._joins, pairwise(tokens))):  # as a rule
            return list(tokens)
        out: list[str] = []
        at = 0
        while at < len(tokens):
            pair = tokens[at : at + 2]
            joins = len(pair) == 2 and self._joins(*pair)
            out.append("".join(pair) if joins else tokens[at])
            at += 2 if joins else 1
        return out

    def _joins(self, one: str, other: str) -> bool:
        # A short first word is grammar, more often than not: "in form" is not "inform".
        apart = one not in self.counts or (
            other not in self.counts and min(len(one), len(other)) >= SHORTEST_PART
        )
        return apart and one + other in self.counts and not (one + other).isdecimal()

    def _stays(self, token: str) -> bool:
        return token in self.counts or len(token) < MIN_LETTERS or token.isdigit() or token in self.real_words

    def _look_up(self, token: str) -> tuple[str, ...]:
        spelled = token if token.isalpha() else token.translate(_DIGITS_AS_LETTERS)
        if spelled in self.counts or (spelled != token and spelled in self.real_words):
            return (spelled,)
        single = _DOUBLE.sub(r"\1", spelled)
        if single in self.counts:
            return (single,)
        near = self._nearest(spelled)
        if near is not None:
            return (near,)
        return self._split(spelled) or (token,)

    def _nearest(self, token: str) -> str | None:
        if len(token) > LONGEST_WORD:
            return None
        edits = 2 if len(token) >= TWO_EDITS_FROM else 1
        # People seldom miss a word's first letter: a hit that changes it counts as half an edit more.
        ranks = (
            (distance + 0.5 * (word[0] != token[0]), -self.counts[word], word)
            for word, distance in self._neighbours.within(edits, token)
        )
        best = min(ranks, default=None)
        return best and best[2]

    def _split(self, token: str) -> tuple[str, ...] | None:
        """The likeliest cut of a token into known words (unigram Viterbi), None where there is none."""
        if not SPLIT_FROM <= len(token) <= LONGEST_SPLIT:
            return None
        cheapest = [0.0] + [math.inf] * len(token)
        start = [0] * (len(token) + 1)
        for end in range(1, len(token) + 1):
            for begin in range(max(0, end - self._longest), end):
                cost = cheapest[begin] + self._cost.get(token[begin:end], math.inf)
                if cost < cheapest[end]:
                    cheapest[end], start[end] = cost, begin
        if math.isinf(cheapest[-1]):
            return None
        words: list[str] = []
        end = len(token)
        while end:
            words.append(token[start[end] : end])
            end = start[end]
        words.reverse()
        # Rubbish can be cut into many one-letter "words"; real text run together has longer ones.
        return tuple(words) if len(token) / len(words) >= 2.5 else None
