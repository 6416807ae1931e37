"""Whether a courtesy is all that a message says, or only what stands before it ("ok, then I'll end it").

A courtesy's phrasings are a few small words each, and these alone make it sure: "ok" outweighs what follows. So it speaks
only where its phrasings speak of all that the message is about, deny as much as it does, and are said of the same person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from knowledge.index import Index
from knowledge.lexicon import lexicon
from knowledge.matcher import is_question
from knowledge.model import Entry, Kind
from knowledge.normalizer import clean, comparison_form
from knowledge.outcome import Match
from knowledge.policy import is_grave

COVERED: Final = 0.99
"""How much of what a message is about a courtesy's phrasings must speak of, 0 to 1: all of it."""
_NODS: Final = frozenset({"ok", "okay", "okey", "vale"})
"""What nods to anything; the courtesy that has one of them as a phrasing approves of what stands beside it."""
_OF_ONESELF: Final = re.compile(
    r"\b(?:i\ am|i'?m|i\ feel|soy|me\ siento|no\ sirvo|no\ valgo)\ (?!(?:fed|sick|tired|done|out|off|not|sorry|mad|angry|pissed|furious|glad|so\ glad|happy|hart[oa])\b)",
    re.VERBOSE,
)
"""What people say of themselves, and not of what they think of somebody else."""


class SmallTalk:
    """Knows a language's courtesies.

    Args:
        index: The language's.
        entries: Its entries by id.
    """

    def __init__(self, index: Index, entries: Mapping[str, Entry]) -> None:
        self._index, self._entries = index, entries
        self._denials = lexicon(index.language).denials
        self._assenting = frozenset(
            entry.id
            for entry in entries.values()
            if entry.kind is Kind.CHITCHAT
            and not _NODS.isdisjoint(comparison_form(said, index.language) for said in entry.phrasings)
        )

    def is_courtesy(self, entry_id: str) -> bool:
        """Whether an entry is a mere courtesy: something that is said to the bot, and no fear or grief."""
        entry = self._entries[entry_id]
        return entry.kind is Kind.CHITCHAT and not is_question(entry) and not is_grave(entry, self._entries)

    def assents(self, entry_id: str) -> bool:
        """Whether an entry's answer approves of what is said to it: "ok" is one of its phrasings."""
        return entry_id in self._assenting

    def is_all(self, text: str, entry_id: str) -> bool:
        """Whether a courtesy is all that a text says.

        Args:
            text: As typed; without what is polite around it, since any nod is near to the courtesy whatever follows it.
            entry_id: The courtesy.
        """
        index = self._index
        tokens = index.tokens(text)
        found = index.compare([index.classes.index(entry_id)], tokens, index.space.vector(tokens))[0]
        near = index.tokens(found.nearest)
        denies = self._denials.isdisjoint(tokens) == self._denials.isdisjoint(near)
        return denies and found.coverage >= COVERED


def is_of_another(text: str, match: Match) -> bool:
    """Whether a text says of the asker what the phrasing nearest to it says of somebody else: "I'm useless", of "useless"."""
    return bool(_OF_ONESELF.search(clean(text))) and not _OF_ONESELF.search(clean(match.phrasing))
