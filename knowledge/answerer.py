"""Question -> verdict: the whole core in one call, for every front end alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from knowledge import index, policy
from knowledge.index import Index
from knowledge.matcher import Matcher, Ranking
from knowledge.model import Answer, Clarify, Entry, KnowledgeBase, Match, Outcome, Question, Silent
from knowledge.overhearing import asks_everybody
from knowledge.spoken import spoken

_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about a question, and why."""

    outcome: Outcome
    ranking: Ranking
    """Guardrails already moved up; the first three matches are the likeliest entries."""
    language: str
    rule: str = ""
    """What decided, as a sentence for a curator."""

    @property
    def answered(self) -> str | None:
        """The id of the entry that answers, None for any other outcome."""
        return self.outcome.match.entry_id if isinstance(self.outcome, Answer) else None

    @property
    def likeliest(self) -> str | None:
        """The entry that the question was most likely about, answered or asked back; None for any other outcome."""
        match self.outcome:
            case Answer(best) | Clarify((best, *_)):
                return best.entry_id
        return None


class Answerer:
    """Answers questions from one knowledge base; immutable, safe to share between tasks and threads.

    Args:
        base: The knowledge base.
        build: Makes or fetches a language's index; the default trains it.
    """

    def __init__(
        self, base: KnowledgeBase, build: Callable[[KnowledgeBase, str], Index] = index.build
    ) -> None:
        self.base = base
        with ThreadPoolExecutor() as side_by_side:
            indexes = side_by_side.map(lambda language: build(base, language), base.languages)
            self._matchers = {
                language: Matcher(index, base.entries[language])
                for language, index in zip(base.languages, indexes, strict=True)
            }
        self._indexes = {language: matcher.index for language, matcher in self._matchers.items()}

    def index(self, language: str | None = None) -> Index:
        """The index of a language."""
        return self._matchers[self.base.language_for(language)].index

    def entries(self, language: str | None = None) -> Mapping[str, Entry]:
        """The entries of a language by id, in file order."""
        return self.base.entries[self.base.language_for(language)]

    def words_used(self, language: str | None = None) -> frozenset[str]:
        """The words, in lower case, that a language's entries and the passages use."""
        spoken_in = self.base.language_for(language)
        texts = [passage.gist_in(spoken_in) for passage in self.base.passages.values()]
        for entry in self.entries(language).values():
            texts += [entry.question, entry.answer, *entry.phrasings]
        return frozenset(_WORD.findall(" ".join(texts).lower()))

    def reply_language(self, verdict: Verdict, wanted: str | None) -> str | None:
        """The language to reply in: what the asker's app wants, or what they wrote in where that is another one."""
        return verdict.language if verdict.language != self.base.language_for(wanted) else wanted

    def shown(self, entry_id: str, verdict: Verdict, language: str | None) -> Entry:
        """An entry that a verdict names, in a reader's language, or where it isn't translated in one that has it."""
        return self.base.entry(entry_id, language) or self.entries(verdict.language)[entry_id]

    def answer(self, question: Question) -> Verdict:
        """Decide about a question, in the language that it is written in; its `language` counts where that isn't clear."""
        language = spoken(question.text, self._indexes, self.base.language_for(question.language))
        matcher = self._matchers[language]
        entries = self.base.entries[language]
        calibration = matcher.index.calibration
        before = entries.get(question.previous or "")
        urgent = before.id if before and before.urgent and not question.overheard else None
        # What follows an urgent answer is judged by its own words: leaning on it, "yes" would mean whatever is near.
        ranking = matcher.rank(question.text, None if urgent else question.previous)
        ranking = replace(ranking, matches=policy.order(ranking.matches, entries))
        if urgent and policy.stands(question.text, ranking, entries, calibration, language):
            return _again(urgent, ranking, language)
        outcome, rule = policy.rule(ranking, entries, calibration, overheard=question.overheard)
        if question.overheard and not asks_everybody(question.text):
            outcome, rule = Silent(), "it was overheard, and plainly asks nothing"
        return Verdict(outcome, ranking, language, rule)


def _again(urgent: str, ranking: Ranking, language: str) -> Verdict:
    """An urgent entry's answer once more, whatever the message is like."""
    ranked = (match for match in ranking.matches if match.entry_id == urgent)
    match = next(ranked, Match(urgent, 0.0, 0.0, 0.0, ""))
    ranking = replace(ranking, matches=policy.first(match, ranking.matches), clause="", also=None)
    return Verdict(Answer(match), ranking, language, "the urgent answer before it stands")
