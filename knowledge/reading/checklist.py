"""The `checklist:` of a file -> a Checklist; whatever is wrong becomes problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knowledge.checklist import Advice, Checklist, ChecklistQuestion, Response
from knowledge.problems import did_you_mean, quoted
from knowledge.reading.entries import entry_id
from knowledge.reading.fields import Fields
from knowledge.reading.tree import MappingNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.problems import Problem
    from knowledge.reading.tree import SourceText

_FIELDS: Final = ("title", "intro", "questions", "advice", "message", "related", "offered-under")
_QUESTION_FIELDS: Final = ("id", "question", "label", "ask", "if-yes", "cites")
_ADVICE_FIELDS: Final = ("if-any", "if-all", "about", "text", "cites")
_MESSAGE_FIELDS: Final = ("opening", "closing")


def read_checklists(
    language: str, found: Sequence[tuple[SourceText, MappingNode]], problems: list[Problem]
) -> Checklist | None:
    """Read a language's checklist: the first one; another one is reported.

    Args:
        language: Its code.
        found: Each file with the mapping under its `checklist:`.
        problems: The list that faults are added to.

    Returns:
        The checklist; None where there is none, or none with a question that could be read.
    """
    read = [_read(source, node, language, problems) for source, node in found]
    for source, node in found[1:]:
        first_source, first_node = found[0]
        message = f"there is a checklist in {first_source.file}:{first_node.line + 1} already"
        mend = "keep one of them; a language has one checklist"
        problems.append(source.problem("second-checklist", node.line, node.column, message, mend))
    return read[0] if read else None


def _read(source: SourceText, node: MappingNode, language: str, problems: list[Problem]) -> Checklist | None:
    fields = Fields(source, node, "the checklist", _FIELDS, problems)
    title = fields.required("title")
    questions: dict[str, ChecklistQuestion] = {}
    for number, inner in enumerate(fields.mappings("questions", "a question"), 1):
        of = Fields(source, inner, f"question {number} of the checklist", _QUESTION_FIELDS, problems)
        question = _question(of)
        earlier = questions.setdefault(question.id, question)
        if earlier is not question:
            message = f'the id "{question.id}" is already used by the question at {earlier.location}'
            of.report_field("duplicate-id", "id", message, "give each question its own id")
    if not questions:
        if fields.whole:
            message = "the checklist has no questions"
            fields.report_field("missing-field", "questions", message, "list them under `questions:`")
        return None
    framing = fields.below("message", "the message", _MESSAGE_FIELDS)
    advice = [
        _advice(Fields(source, inner, f"advice {number} of the checklist", _ADVICE_FIELDS, problems))
        for number, inner in enumerate(fields.mappings("advice", "a piece of advice"), 1)
    ]
    return Checklist(
        title=title,
        questions=tuple(questions.values()),
        advice=tuple(advice),
        location=fields.location,
        intro=fields.text("intro"),
        opening=framing.text("opening"),
        closing=framing.text("closing"),
        related=fields.texts("related", prose=False),
        offered_under=fields.texts("offered-under", prose=False),
        language=language,
        places=fields.places,
    )


def _question(fields: Fields) -> ChecklistQuestion:
    fields.required("id", prose=False)
    question = fields.required("question")
    return ChecklistQuestion(
        id=entry_id(fields),
        question=question,
        ask=fields.required("ask"),
        label=fields.text("label") or question,
        location=fields.location,
        cites=fields.texts("cites", prose=False),
        if_yes=fields.texts("if-yes", prose=False),
        places=fields.places,
    )


def _advice(fields: Fields) -> Advice:
    return Advice(
        text=fields.required("text"),
        location=fields.location,
        cites=fields.texts("cites", prose=False),
        if_any=_responses(fields, "if-any"),
        if_all=_responses(fields, "if-all"),
        about=fields.texts("about", prose=False),
        places=fields.places,
    )


def _responses(fields: Fields, name: str) -> tuple[Response, ...]:
    known = [response.value for response in Response]
    found = []
    for index, written in enumerate(fields.texts(name, prose=False)):
        if written.lower() in known:
            found.append(Response(written.lower()))
            continue
        message = f"unknown response {quoted(written)}; known are {', '.join(known)}"
        mend = did_you_mean(written, known) or "choose one of these"
        fields.report_item("unknown-response", name, index, message, mend)
    return tuple(found)
