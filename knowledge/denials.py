"""A guardrail that a message says it isn't about ("I'm not trying to smuggle anything, where do I declare them?").

To a bag of words, who won't hide something is like who asks how to hide it. What a message denies is found by its grammar: a "not",
words of intent, then the act. Which acts are a guardrail's, its curator lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from knowledge.index import Index
from knowledge.model import Entry, Kind
from knowledge.normalizer import clean, tokens
from knowledge.outcome import Match, Ranking

STILL: Final = 0.3
"""The confidence from which a guardrail is meant by what a message says besides."""
DOUBTED: Final = 0.25
"""The confidence that a guardrail keeps which a message denies, where it says nothing else that is clear: enough to be offered."""
_BEFORE: Final = 20
"""Characters before a denial in which a word is looked for that makes a question of it."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    """A language's denials, in text as `normalizer.clean` gives it.

    Attributes:
        denied: Somebody, a "not", any words of intent, and the act.
        asked: What makes a question or a condition of that where it stands before it.
        end: Where its clause ends.
    """

    denied: re.Pattern[str]
    asked: re.Pattern[str]
    end: re.Pattern[str]

    @classmethod
    def of(cls, *, who: str, negation: str, intent: str, asking: str, joints: str) -> _Grammar:
        """Alternatives of each, in verbose notation."""
        return cls(
            re.compile(
                rf"(?<!\w)(?:{who})?(?<!\w)(?:{negation})(?:\ (?:{intent})\b)*\ (?P<act>[^\W\d_]+)",
                re.VERBOSE,
            ),
            re.compile(rf"(?<!\w)(?:{asking})(?:\W+to)?\W*$", re.VERBOSE),
            re.compile(rf"[,.;:!?]|\b(?:{joints})\b|$", re.VERBOSE),
        )


_GRAMMARS: Final = {
    "en": _Grammar.of(
        who=r"""(?:i|we|he|she|they|it)(?:'?(?:m|re|s|d|ve|ll))?\ (?:(?:am|are|is|was|were|do|did|does|would|will|have|has|had|really|just)\ )*""",
        negation=r"(?:do|did|does|would|was|were|is|are|have|had|wo)n'?t|not|never|ain'?t|no|nobody(?:'s|\ is)?",
        intent=r"""ever|really|even|here|about|want(?:ed|ing|s)?|wan+a|try(?:ing)?|tried|going|gon+a|plan(?:ning|s)?|looking|meaning|meant
            |intend(?:ing)?|intentions?|wish|think(?:ing)?|talking|asking|to|how|on|be|being|of|any|for|a|an|in|my|some|the\ (?:one|kind|type)(?:\ who)?""",
        asking=r"why|should|shall|can|could|may|might|if|unless|how|better|best|tell\ me",
        joints=r"but|just|only|so|because|cuz|cause|cos|when|then",
    ),
    "es": _Grammar.of(
        who=r"(?:yo|nosotros|el|ella|ellos)\ ",
        negation=r"no|nunca|jamas|tampoco|nadie",
        intent=r"""me|le|les|se|nos|yo|ni|quiero|quisiera|queremos|quiere|quieren|voy|vamos|van?|pienso|pensamos|piensa|pretendo|trato|tratamos
            |intento|estoy|estamos|esta|tratando|intentando|pensando|buscando|busco|pregunto|preguntando|gusta|es|soy|somos|mi|intencion|idea
            |a|de|en|como|por|ningun|una?|hablo|hablando|hacer""",
        asking=r"por\ ?que|si|como|puedo|podria|debo|deberia|mejor",
        joints=r"pero|solo|sino|asi\ que|porque|entonces|cuando",
    ),
}


class Denials:
    """Finds what messages deny.

    Args:
        index: The index of a language.
        entries: The same language's entries.
    """

    def __init__(self, index: Index, entries: Mapping[str, Entry]) -> None:
        self._index = index
        self._entries = entries
        self._grammar = _GRAMMARS.get(index.language)
        self._acts = {self._stem(act): id_ for id_, entry in entries.items() for act in entry.refuses}

    def heard(self, ranking: Ranking, text: str, rank: Callable[[str], Ranking]) -> Ranking:
        """A ranking in which guardrails that a message says it isn't about give way, unless what it says besides means one of them.

        Args:
            ranking: How the whole message ranks the entries.
            text: It, as typed.
            rank: Ranks what is left of it.
        """
        found = (*ranking.matches, ranking.suspected, ranking.danger)
        if not any(match and self._entries[match.entry_id].refuses for match in found):
            return ranking
        denied, rest = self._taken_apart(text)
        if not denied:
            return ranking
        left = rank(rest)
        besides = (*left.matches, left.suspected, left.danger)
        if any(match and match.entry_id in denied and match.confidence >= STILL for match in besides):
            return ranking
        if left.matches and self._answers(left.matches[0]):
            return replace(left, tokens=ranking.tokens, mended=ranking.mended)
        return _doubting(ranking, denied)

    def _answers(self, best: Match) -> bool:
        asked = self._entries[best.entry_id].kind in {Kind.FAQ, Kind.GAP}
        return asked and best.confidence >= self._index.calibration.answer

    def _stem(self, word: str) -> str:
        return " ".join(map(self._index.space.words.stem, tokens(word, self._index.language)))

    def _taken_apart(self, text: str) -> tuple[set[str], str]:
        """The entries whose acts a text denies, and what it says besides."""
        denied, kept, end = set[str](), list[str](), 0
        said = ". ".join(" ".join(line.split()) for line in clean(text).splitlines())
        grammar = self._grammar
        if grammar is None:
            return denied, said
        found = grammar.denied.search(said)
        while found:
            entry, on = self._acts.get(self._stem(found["act"])), found.end()
            if entry and not grammar.asked.search(said[max(0, found.start() - _BEFORE) : found.start()]):
                denied.add(entry)
                kept.append(said[end : found.start()])
                clause_end = grammar.end.search(said, on)
                end = on = clause_end.start() if clause_end else len(said)
            found = grammar.denied.search(said, on)
        return denied, " ".join([*kept, said[end:]]).strip(" ,.;:!")


def _doubting(ranking: Ranking, denied: Collection[str]) -> Ranking:
    """The same with some entries behind the likeliest other one, and hardly likely."""
    others = [match for match in ranking.matches if match.entry_id not in denied]
    likely = max((match.probability for match in others), default=0.0) / 2
    doubted = [
        replace(match, confidence=min(match.confidence, DOUBTED), probability=min(match.probability, likely))
        for match in ranking.matches
        if match.entry_id in denied
    ]
    suspected, danger = (
        None if match and match.entry_id in denied else match for match in (ranking.suspected, ranking.danger)
    )
    return replace(ranking, matches=(*others[:1], *doubted, *others[1:]), suspected=suspected, danger=danger)
