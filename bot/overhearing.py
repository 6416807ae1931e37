"""Whether a text that wasn't put to the bot is plainly a question. Pure.

How likely an entry answers it is the policy's matter; "it's illegal, so I won't" may be as near to an entry as the
question is, and asks nothing.
"""

from __future__ import annotations

from typing import Final

from knowledge.clauses import clauses
from knowledge.lexicon import lexicon
from knowledge.normalizer import tokens

LONGEST: Final = 600
"""Characters; whoever writes more tells a story to people, who will answer as people do."""
LONGEST_HAIL: Final = 3
"""Words before a comma that may hail the others: "hi all," "dear friends,"."""
_LANGUAGES: Final = ("en", "es")
_TO_EVERYBODY: Final = frozenset({"anyone", "anybody", "alguien"})
"""Words with which people ask a whole group, often without a question mark ("anyone know if ...")."""


def plainly_asks(text: str) -> bool:
    """Whether a sentence of a text ends with a question mark, or begins as questions do; in any language known here."""
    return any(
        sentence.rstrip(" \"'\u201d\u2019)").endswith("?")
        or any(_begins(sentence, code) for code in _LANGUAGES)
        for sentence in clauses(text)
    )


def _begins(sentence: str, language: str) -> bool:
    words = lexicon(language)
    hail, comma, rest = sentence.partition(",")
    if comma and len(hail.split()) <= LONGEST_HAIL and _begins(rest, language):
        return True
    for form in tokens(sentence, language):
        if form in words.question_starts or form in _TO_EVERYBODY:
            return True
        if form not in words.openers:
            return False
    return False
