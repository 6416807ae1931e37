"""Where the questions are in a longer message: its sentences, and those of them that ask something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile
from typing import Final

from knowledge.lexicon import lexicon
from knowledge.normalizer import MAX_CHARACTERS, RECENT, tokens, unmarked

MOST_ASKED: Final = 4
"""Messages that ask more than this aren't taken apart: they are stories or forms."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;\n…])(?<!\.[^\W\d_]\.)\s+|\n+|(?<![?!])[?!]+(?=\w)")
# A run of blanks is tried from its beginning alone: from each of them, a message of nothing else would take seconds.
_JOINT: Final = re.compile(
    r"[,;:]\s+|(?<!\s)\s+(?:[-\u2013\u2014/&+]\s+|(?=(?:and|also|plus|but|y|e|tambi[eé]n|pero)\s))",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The sentences of a text, as typed but without mark-up, in order; one where it has no marks or line breaks.

    The full stop behind initials ("the U.S. allows it") ends none.
    """
    return list(_clauses(text))


@lru_cache(maxsize=RECENT)
def _clauses(text: str) -> tuple[str, ...]:
    parts = _SENTENCE_END.split(unmarked(text[:MAX_CHARACTERS]))
    return tuple(part.strip() for part in parts if part and part.strip())


def asks(text: str, words: Sequence[str], language: str = "en") -> bool:
    """Whether a sentence of these words asks: it begins as questions do, or ends with a question mark."""
    return text.rstrip().endswith("?") or _begins_asking(_matter(words, language), language)


def asked_in(text: str, language: str = "en") -> list[str]:
    """The questions that a text asks one after another, as typed; none where it asks fewer than two.

    A sentence asks if it ends with a question mark or begins as questions do; so does what follows a comma or an
    "and" within it ("is it illegal and who wrote this"), unless a verb without a subject goes on with what is told
    ("he is old and has a cough"). A sentence that begins by telling and has no question mark asks nothing further on
    either ("my wife, who can not walk, has read it").
    """
    out: list[str] = []
    parts = [(sentence, [part for part in _JOINT.split(sentence) if part]) for sentence in clauses(text)]
    if sum(max(1, len(found)) for _, found in parts) < 2:
        return []
    for sentence, found in parts:
        if not asks(sentence, tokens(sentence, language), language):
            continue
        began = len(out)
        marked = sentence.rstrip().endswith("?")
        for number, part in enumerate(found, 1):
            matter = _matter(tokens(part, language), language)
            told = 1 < number < len(found) and len(out) == began
            if _begins_asking(matter, language) and not (told and _goes_on(matter, language)):
                out.append(part)
            elif matter and len(out) > began:
                out[-1] = f"{out[-1]} {part}"
        if len(out) == began and marked:
            out.append(sentence)
        if len(out) > MOST_ASKED:
            return []
    return out if len(out) >= 2 else []


def _matter(words: Iterable[str], language: str) -> list[str]:
    """The words of a part without those that only lead over to it."""
    return list(dropwhile(lexicon(language).openers.__contains__, words))


def _begins_asking(matter: list[str], language: str) -> bool:
    return bool(matter) and matter[0] in lexicon(language).question_starts


def _goes_on(matter: list[str], language: str) -> bool:
    """Whether a part may be more of a statement: it begins with a verb, and no subject follows, or with "when", and no verb does."""
    words = lexicon(language)
    after = matter[2:3] if matter[1:2] == ["not"] else matter[1:2]
    if matter[0] in words.conjunctions:
        return words.verbs_first.isdisjoint(after)
    return matter[0] in words.verbs_first and words.subjects.isdisjoint(after)
