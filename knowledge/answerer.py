"""Question -> verdict: the whole core in one call, for every front end alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from threadpoolctl import threadpool_limits

from knowledge import alarm, index, policy
from knowledge.context import FOLLOW_UP_WORDS
from knowledge.foreign import ForeignLanguages
from knowledge.index import Index
from knowledge.lexicon import lexicon
from knowledge.matcher import Matcher, is_question
from knowledge.model import Entry, Kind, KnowledgeBase
from knowledge.normalizer import tokens
from knowledge.outcome import Alert, Answer, Clarify, Decline, Match, Question, Ranking, Relief, Silent
from knowledge.overhearing import asks_everybody, has_matter, plainly_asks
from knowledge.parts import VERBATIM
from knowledge.second_look import SecondLook
from knowledge.spoken import spoken
from knowledge.turn import Turn, says
from knowledge.verdict import Verdict

_WORD: Final = re.compile(r"[^\W\d_]+")


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
        # BLAS's threads are the whole process's: the first language to be done would give them back to those that still learn,
        # whose sums would then come out otherwise, and the same files wouldn't always give the same index.
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor() as side_by_side:
            indexes = side_by_side.map(lambda language: build(base, language), base.languages)
            self._matchers = {
                language: Matcher(index, base.entries[language])
                for language, index in zip(base.languages, indexes, strict=True)
            }
        self._indexes = {language: matcher.index for language, matcher in self._matchers.items()}
        self._second = SecondLook(base, self._indexes, self._answer)
        self._words_used: dict[str, frozenset[str]] = {}
        self._foreign = ForeignLanguages(
            {
                language: [entry.question for entry in entries.values()]
                for language, entries in base.entries.items()
            }
        )

    def index(self, language: str | None = None) -> Index:
        """The index of a language."""
        return self._matchers[self.base.language_for(language)].index

    def entries(self, language: str | None = None) -> Mapping[str, Entry]:
        """The entries of a language by id, in file order."""
        return self.base.entries[self.base.language_for(language)]

    def words_used(self, language: str | None = None) -> frozenset[str]:
        """The words, in lower case, that a language's entries and the passages use. The first time that takes tenths of a second."""
        spoken_in = self.base.language_for(language)
        if spoken_in not in self._words_used:
            self._words_used[spoken_in] = self._gathered(spoken_in)
        return self._words_used[spoken_in]

    def _gathered(self, spoken_in: str) -> frozenset[str]:
        texts = [passage.gist_in(spoken_in) for passage in self.base.passages.values()]
        for entry in self.base.entries[spoken_in].values():
            texts += [entry.question, entry.answer, *entry.phrasings]
        return frozenset(_WORD.findall(" ".join(texts).lower()))

    def reply_language(self, verdict: Verdict, wanted: str | None) -> str | None:
        """The language to reply in: what the asker's app wants, or what they wrote in where that is another one."""
        return verdict.language if verdict.language != self.base.language_for(wanted) else wanted

    def spoken(self, text: str, wanted: str | None) -> str:
        """The language that a text is written in; what the asker's app wants where that isn't clear."""
        return spoken(text, self._indexes, self.base.language_for(wanted))

    def shown(self, entry_id: str, verdict: Verdict, language: str | None) -> Entry:
        """An entry that a verdict names, in a reader's language, or where it isn't translated in one that has it."""
        return self.base.entry(entry_id, language) or self.entries(verdict.language)[entry_id]

    def answer(self, question: Question) -> Verdict:
        """Decide about a question, in the language that it is written in; its `language` counts where that isn't clear.

        A short question behind messages that told something, and that nothing answered ("my clinic has them in Texas" / "is that
        ok?"), is read together with them where it isn't clear without.
        """
        verdict = replace(
            self._one(question), text="" if question.quoted else question.text, quoted=question.quoted
        )
        if not self._leans(question, verdict):
            return verdict
        together = replace(question, text=f"{question.told}\n{question.text}", told="", options=())
        if question.offered:  # that was drawn by what is read once more
            together = replace(together, previous=None, offered=False)
        whole = replace(self._one(together), text=together.text)
        if isinstance(verdict.outcome, Clarify) and has_matter(question.text):
            # Among what its own words may mean, the others choose.
            fits = whole.answered in {option.entry_id for option in verdict.outcome.matches}
        else:
            fits = not isinstance(whole.outcome, Decline)
        return (
            replace(whole, rule=f"read together with what was told before; {whole.rule}") if fits else verdict
        )

    def _leans(self, question: Question, verdict: Verdict) -> bool:
        """Whether a question may be meant as the end of what was told before it."""
        if not question.told or question.quoted or question.overheard or question.alert:
            return False
        if not plainly_asks(question.text) or question.text in question.told:
            return False
        if len(tokens(question.text, verdict.language)) > FOLLOW_UP_WORDS:
            return False
        if isinstance(verdict.outcome, Clarify):
            return True
        best = verdict.ranking.matches[0] if verdict.answered else None
        if best and self._is_courtesy(best, verdict):  # "is that ok?" is no "ok"
            entry = self.base.entries[verdict.language][best.entry_id]
            return not is_question(entry) and best.similarity < VERBATIM
        return not has_matter(question.text)

    def _one(self, question: Question) -> Verdict:
        """Decide about a message by itself, after what was answered before."""
        verdict = self._answer(question)
        return verdict if question.overheard else self._second.look(question, verdict)

    def _is_courtesy(self, match: Match, verdict: Verdict) -> bool:
        return self.base.entries[verdict.language][match.entry_id].kind is Kind.CHITCHAT

    def _answer(self, question: Question) -> Verdict:
        preferred = self.base.language_for(question.language)
        language = spoken(question.text, self._indexes, preferred)
        if foreign := self._foreign.language_of(question.text, question.language):
            ranking = self._matchers[language].rank(question.text)
            # A curator may have foreseen a cry in another language.
            if not ranking.matches or ranking.matches[0].similarity < VERBATIM:
                ranking = ranking if language == preferred else self._matchers[preferred].rank(question.text)
                declined = Silent() if question.overheard else Decline(foreign)
                return Verdict(declined, ranking, preferred, f'it is in another language ("{foreign}")')
        turn = Turn(question, self.base.entries[language], language)
        if turn.relief and question.troubled and not says(turn.text, language):
            nothing = Ranking((), {}, ())
            return Verdict(Decline(), nothing, language, "it says nothing but good news", relief=turn.relief)
        # What follows an urgent answer is judged by its own words: leaning on it, "yes" would mean whatever is near.
        ranking = self._ranked(turn)
        if turn.denies:
            ranking = self._denying(turn, ranking)
        if turn.wrong:
            ranking = ranking.without(turn.wrong)
        ranking = replace(ranking, matches=policy.order(ranking, turn.entries))
        if not question.overheard:
            ranking = self._as_mixed(turn, ranking)
        standing = self._standing(turn, ranking)
        return standing or self._alarmed(turn, self._by_itself(turn, self._decided(turn, ranking)))

    def _by_itself(self, turn: Turn, verdict: Verdict) -> Verdict:
        """The verdict on a courtesy without what came before it: what a feeling is, or thanks, doesn't depend on that."""
        if turn.question.overheard or not turn.question.previous or isinstance(verdict.outcome, Answer):
            return verdict
        if self._second.settles(verdict, turn.text):
            return verdict
        alone = self._decided(turn, self._alone(turn.text, turn.language))
        answered = isinstance(alone.outcome, Answer) and self._is_courtesy(alone.outcome.match, alone)
        return alone if answered else verdict

    def _alarmed(self, turn: Turn, verdict: Verdict) -> Verdict:
        """The verdict after an urgent answer, which may still be what is spoken of, or beside good news."""
        question, entries = turn.question, turn.entries
        if question.overheard:
            return verdict
        urgent = alarm.match_of(question.alarm, verdict.ranking) if question.alarm in entries else None
        endangered = verdict.answered is not None and entries[verdict.answered].urgent
        if endangered and (turn.relief or question.alert):
            denied = turn.relief is Relief.DENIED
            if warm := alarm.warmly(verdict.ranking, entries, denied=denied):
                ranking = replace(verdict.ranking, clause="")
                verdict = replace(verdict, outcome=Answer(warm), ranking=ranking, rule="it tells a feeling")
                endangered = False
        if turn.relief and question.troubled and not endangered:
            said = alarm.relieved(turn.text, verdict.outcome, turn.relief, urgent, entries)
            return replace(verdict, outcome=said, relief=turn.relief)
        if urgent is None:
            return verdict
        alert, spoken_of = question.alert, bool(turn.urgent)
        if alert is Alert.FADING:
            after = self._matchers[turn.language].rank(turn.text, urgent.entry_id)
            if not verdict.answered and alarm.goes_on(turn.text, after, urgent, spoken_of=spoken_of):
                return alarm.again(urgent.entry_id, after, turn.language)
            alert = alert if spoken_of else Alert.OVER
        outcome = alarm.alarmed(turn.text, verdict.outcome, urgent, entries, alert)
        rule = f"{verdict.rule}; an urgent answer was given before"
        return verdict if outcome == verdict.outcome else replace(verdict, outcome=outcome, rule=rule)

    def _ranked(self, turn: Turn) -> Ranking:
        rank, previous = self._matchers[turn.language].rank, turn.question.previous
        ranking = rank(turn.text, None if turn.urgent else previous, turn.question.options)
        if turn.question.offered and ranking.matches and ranking.matches[0].entry_id == previous:
            # Nobody has said that it is meant: a stray remark isn't answered with it.
            alone = rank(turn.text, options=turn.question.options)
            return ranking if alone.matches and alone.matches[0].entry_id == previous else alone
        return ranking

    def _alone(self, text: str, language: str) -> Ranking:
        """How the words by themselves rank the entries, in the policy's order."""
        ranking = self._matchers[language].rank(text)
        return replace(ranking, matches=policy.order(ranking, self.base.entries[language]))

    def _as_mixed(self, turn: Turn, ranking: Ranking) -> Ranking:
        """A ranking with the danger first that the words of another language tell of, where those of its own say little.

        Who is frightened mixes the languages that they know: "mi madre has chest pain".
        """
        if ranking.matches and ranking.matches[0].confidence >= policy.SURE:
            return ranking
        own = self._indexes[turn.language].space
        for other, matcher in self._matchers.items():
            knows, words, small = (
                matcher.index.space.knows,
                tokens(turn.text, other),
                lexicon(other).stop_words,
            )
            if not any(word not in small and not own.knows(word) and knows(word) for word in words):
                continue  # nothing with matter in it that is said in this language alone
            found = self._alone(" ".join(filter(knows, words)), other).matches
            if found and found[0].entry_id in turn.entries and turn.entries[found[0].entry_id].urgent:
                surest = max([policy.URGENT, *(match.confidence for match in ranking.matches[:1])])
                if found[0].confidence >= surest:
                    return replace(ranking, matches=policy.first(found[0], ranking.matches))
        return ranking

    def _denying(self, turn: Turn, ranking: Ranking) -> Ranking:
        """What a message means after it has said that nobody is in danger; the danger, where its words speak of one, stays beside."""
        whole = self._alone(turn.question.text, turn.language).matches
        best = whole[0] if whole else None
        if best and turn.entries[best.entry_id].urgent and best.confidence >= policy.SUSPECTED_URGENT:
            return replace(ranking, danger=best)
        return ranking

    def _standing(self, turn: Turn, ranking: Ranking) -> Verdict | None:
        """The verdict where an urgent answer that was given before still stands; None where it doesn't."""
        if not turn.stands or turn.relief:
            return None
        urgent, calibration = turn.urgent, self._indexes[turn.language].calibration
        standing = alarm.standing(turn.text, ranking, turn.entries, calibration, turn.language)
        if standing is alarm.Standing.BESIDE and not turn.corrects:
            rule = "it is sure, and the urgent answer before it stands"
            return Verdict(
                Answer(ranking.matches[0], alarm.match_of(urgent, ranking), again=True),
                ranking,
                turn.language,
                rule,
            )
        told = alarm.says_itself(urgent, ranking) and not alarm.warmly(ranking, turn.entries, denied=False)
        if told or (standing is alarm.Standing.STAYS and not turn.corrects):
            return alarm.again(urgent, ranking, turn.language)
        return None

    def _decided(self, turn: Turn, ranking: Ranking) -> Verdict:
        overheard, calibration = turn.question.overheard, self._indexes[turn.language].calibration
        outcome, rule = policy.rule(ranking, turn.entries, calibration, overheard=overheard)
        danger = policy.danger_overheard(turn.text, ranking, turn.entries, calibration) if overheard else None
        if danger:
            outcome, rule = danger
        elif overheard and not asks_everybody(turn.question.text):
            outcome, rule = Silent(), "it was overheard, and plainly asks nothing"
        return Verdict(outcome, ranking, turn.language, rule)
