"""A checklist: questions to go through one by one, and what to say to the responses. Pure.

A `Walk` is somebody's way through a checklist: a frozen value, from which each response makes the next one. It has a
short code, so that whoever shows it needs to remember nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from knowledge.places import Placed

MAX_QUESTIONS: Final = 20
VERSION_LENGTH: Final = 4
_SKIPPED: Final = "-"


class Response(StrEnum):
    """What can be said to a question, as knowledge bases write it."""

    YES = "yes"
    NO = "no"
    WONT_SAY = "wont-say"
    """Whoever was asked gives no clear reply."""
    NOT_ASKED = "not-asked"


_OPEN: Final = frozenset({Response.WONT_SAY, Response.NOT_ASKED})
_LETTERS: Final = {Response.YES: "y", Response.NO: "n", Response.WONT_SAY: "w", Response.NOT_ASKED: "a"}
_RESPONSES: Final = {letter: response for response, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class ChecklistQuestion(Placed):
    """One question."""

    id: str
    question: str
    """What the bot asks."""
    ask: str
    """The same as the reader would ask it, in the message to take along."""
    label: str
    """In two or three words, for the list of responses."""
    cites: tuple[str, ...] = ()
    if_yes: tuple[str, ...] = ()
    """Earlier questions of which one must have got a yes; empty where it is always asked."""


@dataclass(frozen=True, slots=True)
class Advice(Placed):
    """What the document says to certain responses. Without a condition it holds always."""

    text: str
    cites: tuple[str, ...] = ()
    if_any: tuple[Response, ...] = ()
    """Holds where one of the questions got one of these."""
    if_all: tuple[Response, ...] = ()
    """Holds where each of the questions got one of these."""
    about: tuple[str, ...] = ()
    """The questions that the conditions look at; empty for all."""


@dataclass(frozen=True, slots=True)
class Checklist(Placed):
    """A checklist in one language."""

    title: str
    questions: tuple[ChecklistQuestion, ...]
    advice: tuple[Advice, ...]
    intro: str = ""
    opening: str = ""
    """How the message to take along begins."""
    closing: str = ""
    related: tuple[str, ...] = ()
    """Entries that one would like to read afterwards."""
    offered_under: tuple[str, ...] = ()
    """Entries whose answer offers to go through it."""
    language: str = "en"

    @property
    def version(self) -> str:
        """Changes with the questions and their conditions, but not with their wording: 4 hexadecimal digits."""
        shape = ";".join(f"{q.id}:{','.join(q.if_yes)}" for q in self.questions)
        return hashlib.sha256(shape.encode()).hexdigest()[:VERSION_LENGTH]


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody's way through a checklist so far.

    Attributes:
        checklist: Of one question or more.
        responses: One for each question passed; None for one that the conditions left out.
    """

    checklist: Checklist
    responses: tuple[Response | None, ...] = ()

    @property
    def current(self) -> ChecklistQuestion | None:
        """The question to ask now; None at the end."""
        questions = self.checklist.questions
        return questions[len(self.responses)] if len(self.responses) < len(questions) else None

    @property
    def begun(self) -> bool:
        """Whether anything was responded yet."""
        return bool(self.responses)

    def give(self, response: Response) -> Walk:
        """Respond to the current question; at the end nothing changes."""
        if self.current is None:
            return self
        walk = replace(self, responses=(*self.responses, response))
        while (ahead := walk.current) is not None and not walk.is_asked(ahead):
            walk = replace(walk, responses=(*walk.responses, None))
        return walk

    def is_asked(self, question: ChecklistQuestion) -> bool:
        """Whether a question's condition holds after the responses so far."""
        said = {earlier.id: response for earlier, response in self.said()}
        return not question.if_yes or any(said.get(id_) is Response.YES for id_ in question.if_yes)

    def back(self) -> Walk:
        """Take the last response back; at the beginning nothing changes."""
        given = [number for number, response in enumerate(self.responses) if response is not None]
        return replace(self, responses=self.responses[: given[-1]] if given else ())

    def said(self) -> list[tuple[ChecklistQuestion, Response]]:
        """The questions that were responded to, in order."""
        passed = zip(self.checklist.questions, self.responses, strict=False)
        return [(question, response) for question, response in passed if response is not None]

    def advice(self) -> list[Advice]:
        """What holds for the responses so far, in the checklist's order."""
        return [advice for advice in self.checklist.advice if self._holds(advice)]

    def open(self) -> list[ChecklistQuestion]:
        """The questions that are still to be put to whom they concern.

        One that was left out because nothing got a yes is open as long as something that it hangs on is: it may get
        its yes then.
        """
        said = {question.id: response for question, response in self.said()}
        still: list[ChecklistQuestion] = []
        for question in self.checklist.questions[: len(self.responses)]:
            hangs_on = {other.id for other in still} & set(question.if_yes)
            if said.get(question.id) in _OPEN or (question.id not in said and hangs_on):
                still.append(question)
        return still

    @property
    def code(self) -> str:
        """The walk in `[a-z0-9-]`, in at most 24 characters: the checklist's version, and a letter for each response."""
        letters = (_LETTERS[response] if response else _SKIPPED for response in self.responses)
        return self.checklist.version + "".join(letters)

    @classmethod
    def read(cls, checklist: Checklist, code: str) -> Walk | None:
        """The walk with a code; None where it is made up, or of a checklist with other questions."""
        version, letters = code[:VERSION_LENGTH], code[VERSION_LENGTH:]
        walk = cls(checklist)
        for letter in letters.replace(_SKIPPED, ""):
            if letter not in _RESPONSES:
                return None
            walk = walk.give(_RESPONSES[letter])
        # What was left out must have been left out for a reason: only a walk that one can walk has a code.
        return walk if version == checklist.version and walk.code == code else None

    def _holds(self, advice: Advice) -> bool:
        looked_at = [
            response for question, response in self.said() if not advice.about or question.id in advice.about
        ]
        some = not advice.if_any or any(response in advice.if_any for response in looked_at)
        each = not advice.if_all or (
            bool(looked_at) and all(response in advice.if_all for response in looked_at)
        )
        return some and each
