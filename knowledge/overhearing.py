"""Whether a text that wasn't put to the bot is plainly a question to everybody. Pure.

Whether an entry answers it is for the policy to decide: "it's illegal, so I won't" may be as near to an entry as the
question is, and asks nothing.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.clauses import clauses
from knowledge.lexicon import WITH_TABLES, lexicon
from knowledge.normalizer import clean, tokens

LONGEST: Final = 600
"""Characters; whoever writes more tells a story to people, who will answer as people do."""
_PLEADS: Final = re.compile(
    r"""\b(?:(?:what|how|where|who)\ (?:do|should|can|could|must|shall|to|now)\b | help\b | sos\b | what\ now\b
        | (?:que|como|donde|a\ quien)\ (?:(?:le|lo|la|les|nos|me)\ )?(?:hago|hacemos|hacer|hare|haremos|puedo|podemos|debo|debemos|tengo|tenemos|doy|ayudo|llamo|llamamos|llevo)\b
        | (?:ayuda|ayudenme|ayudame|ayudennos|ayudeme|auxilio|socorro)\b)
    """,
    re.VERBOSE,
)
"""How people ask what to do in a danger; punctuation is not on their mind then."""
_PARTS: Final = re.compile(r"[,;:]\s+|(?<!\s)\s+[-\u2013\u2014]\s+")


def asks_everybody(text: str) -> bool:
    """Whether a group's message may be a question to whoever can answer it: it asks something, in a word, and is no long story.

    "But why?" leans on what somebody else has said, whatever an entry makes of it.
    """
    return len(text) <= LONGEST and plainly_asks(text) and has_matter(text)


def pleads(text: str) -> bool:
    """Whether a text asks for help or what to do, whatever its punctuation; that it speaks of a danger is for others to say."""
    return bool(_PLEADS.search(" ".join(clean(text).split())))


def has_matter(text: str) -> bool:
    """Whether a text has a word that is no stop word, whichever of the languages known here it is in."""
    return not any(lexicon(code).stop_words.issuperset(tokens(text, code)) for code in WITH_TABLES)


def plainly_asks(text: str) -> bool:
    """Whether a text asks something, in any language that has word lists here; in another one the question mark alone tells.

    A sentence asks if it ends with a question mark, or if a part of it begins as questions do or addresses anybody.
    """
    return any(
        sentence.rstrip(" \"'\u201d\u2019)").endswith("?")
        or any(_begins(part, code) for part in _PARTS.split(sentence) for code in WITH_TABLES)
        for sentence in clauses(text)
    )


def _begins(part: str, language: str) -> bool:
    """Whether a part begins as questions do. Nobody put it to the bot, so more speaks against that than in `clauses.asks`."""
    words = lexicon(language)
    forms = tokens(part, language)
    if not words.anybody.isdisjoint(forms):
        return True
    while forms and (forms[0] in words.openers or forms[0] in words.hailed):
        forms = forms[1:]
    if forms[:2] == ["do", "not"]:  # "don't tell me": nobody is asked
        return False
    if forms and forms[0] in words.wishing:
        return not words.subjects.isdisjoint(forms[1:2] if forms[1:2] != ["not"] else forms[2:3])
    return bool(forms) and forms[0] in words.question_starts
