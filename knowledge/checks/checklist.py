"""What can be wrong with a checklist: its questions, its advice, and its room in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.checklist import MAX_QUESTIONS
from knowledge.checks.answers import ANSWER_UNITS
from knowledge.checks.references import dangling, dangling_cites, listed
from knowledge.problems import excerpt, problem
from knowledge.texts import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.checklist import Advice, Checklist, ChecklistQuestion
    from knowledge.model import KnowledgeBase
    from knowledge.places import Location
    from knowledge.problems import Problem


def dangling_question(base: KnowledgeBase) -> Iterator[Problem]:
    """A condition names a question that there isn't, or that comes later."""
    for checklist in base.checklists.values():
        earlier: list[str] = []
        for question in checklist.questions:
            who = f'the question "{question.id}" hangs on'
            yield from dangling(
                "dangling-question", question, listed("if-yes", question.if_yes), earlier, who
            )
            earlier.append(question.id)
        for advice in checklist.advice:
            named = listed("about", advice.about)
            yield from dangling("dangling-question", advice, named, earlier, "the advice is about")


def dangling_cite(base: KnowledgeBase) -> Iterator[Problem]:
    """A question or a piece of advice cites a passage that the source map doesn't hold."""
    for checklist in base.checklists.values():
        items: list[ChecklistQuestion | Advice] = [*checklist.questions, *checklist.advice]
        for item in items:
            yield from dangling_cites(base, item, item.cites, "the checklist cites")


def dangling_related(base: KnowledgeBase) -> Iterator[Problem]:
    """A checklist names an entry that there isn't."""
    for language, checklist in base.checklists.items():
        named = (
            *listed("related", checklist.related),
            *listed("offered-under", checklist.offered_under),
        )
        known = base.entries_for(language)
        yield from dangling("dangling-related", checklist, named, known, "the checklist names")


def uncited_advice(base: KnowledgeBase) -> Iterator[Problem]:
    """A piece of advice doesn't say where it comes from."""
    if not base.passages:
        return
    for checklist in base.checklists.values():
        for advice in checklist.advice:
            if advice.text and not advice.cites:
                yield problem(
                    "uncited-advice",
                    advice.place("cites"),
                    "this advice cites no passage, so it has no source",
                    fragment=excerpt(advice.text),
                    mend="add `cites:` with the passages that say so; if none does, leave the advice out",
                )


def missing_advice(base: KnowledgeBase) -> Iterator[Problem]:
    """Some responses get no advice at all."""
    for checklist in base.checklists.values():
        if all(advice.if_any or advice.if_all for advice in checklist.advice):
            yield problem(
                "missing-advice",
                checklist.place("advice"),
                "each piece of advice in the checklist has a condition, so some people may get none"
                if checklist.advice
                else "the checklist has no advice, so that nobody gets any at its end",
                mend="write one under `advice:`, without `if-any` and `if-all`, that holds for everybody",
            )


def checklist_too_long(base: KnowledgeBase) -> Iterator[Problem]:
    """More than a person goes through, or than a message holds when everything applies."""
    for checklist in base.checklists.values():
        number, taken = len(checklist.questions), _units(checklist)
        if number > MAX_QUESTIONS:
            message = f"the checklist has {number} questions, and {MAX_QUESTIONS} are the most"
            at: Location = checklist.place("questions")
        elif taken > ANSWER_UNITS:
            message = f"the end of the checklist may take {taken:,} characters, and {ANSWER_UNITS:,} fit"
            at = checklist.location
        else:
            continue
        yield problem("checklist-too-long", at, message, mend="shorten it: people go through it on a phone")


def _units(checklist: Checklist) -> int:
    """What the last message takes where all questions are open and all advice holds, as it never quite does."""
    texts = [checklist.opening, checklist.closing]
    texts += [text for question in checklist.questions for text in (question.label, question.ask)]
    texts += [advice.text for advice in checklist.advice]
    return sum(units(text) + 4 for text in texts)


def checklist_differs(base: KnowledgeBase) -> Iterator[Problem]:
    """A checklist that isn't in every language, or not with the same questions."""
    default = base.checklists.get(base.default_language)
    for language in base.entries:
        checklist = base.checklists.get(language)
        if checklist is None and default is not None:
            yield problem(
                "checklist-differs",
                default.location,
                f'there is no checklist in the language "{language}"',
                mend=f"write a `checklist:` with the same questions in a file of {language}/",
            )
        elif checklist is not None and default is None:
            yield problem(
                "checklist-differs",
                checklist.location,
                f'there is no checklist in the default language, "{base.default_language}"',
                mend=f"write it in {base.default_language}/ too",
            )
        elif checklist is not None and default is not None and checklist.version != default.version:
            yield problem(
                "checklist-differs",
                checklist.place("questions"),
                f'the questions aren\'t those of the default language, "{base.default_language}", in the same order',
                mend="give them the same `id` and `if-yes` as there",
            )
