"""Whether the texts that people will read can be shown as they are."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from knowledge.checks.references import all_entries
from knowledge.problems import did_you_mean, excerpt, problem, quoted
from knowledge.texts import ends_as_sentence, split_answer, units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knowledge.checklist import Checklist
    from knowledge.model import Entry, KnowledgeBase
    from knowledge.places import Location
    from knowledge.problems import Problem

ANSWER_UNITS: Final = 3300
"""UTF-16 code units that `answer` and `outside` may take together, so that one message has room for the question, the source lines and the disclaimer too."""
FIRST_SENTENCE: Final = 240
"""Characters of a first sentence: groups, inline results and previews show nothing else."""
PLACEHOLDERS: Final = ("operator", "languages")
"""What the bot fills in when it answers, written in braces."""

_PLACEHOLDER: Final = re.compile(r"\{(?P<name>[^{}\n]*)\}|[{}]")
_WITHIN_CURLY: Final = re.compile("[\u201c-\u201f][^\u201c-\u201f]*[\u201c-\u201f]")
_MARK_UP: Final = re.compile(
    r"(\*\*|__)\w[^*_\n]*\1|\[[^\]\n]+\]\(\S+?\)|^#{1,6} \S|&(?:amp|apos|gt|lt|nbsp|quot|#\d{1,6});"
    r"|</?(?:a|b|br|code|div|em|h[1-6]|i|li|ol|p|pre|s|span|strong|u|ul)(?: [^<>\n]*)?/?>",
    re.IGNORECASE | re.MULTILINE,
)
_JOINERS: Final = "\u200c\u200d"
"""Invisible, and needed: some scripts and emoji are written with them."""


def answer_too_long(base: KnowledgeBase) -> Iterator[Problem]:
    """An answer that may not fit one message."""
    for entry in all_entries(base):
        taken = units(entry.answer) + units(entry.outside)
        if taken > ANSWER_UNITS:
            yield problem(
                "answer-too-long",
                entry.place("answer"),
                f'the answer of "{entry.id}" takes {taken:,} characters with `outside`, and {ANSWER_UNITS:,} fit',
                fragment=excerpt(entry.answer),
                mend="shorten it, or make two entries of it that are related",
            )


def long_first_sentence(base: KnowledgeBase) -> Iterator[Problem]:
    """A first sentence too long for the places that show nothing else."""
    for entry in all_entries(base):
        sentence, _ = split_answer(entry.answer)
        if ends_as_sentence(sentence) and len(sentence) > FIRST_SENTENCE:
            yield problem(
                "long-first-sentence",
                entry.place("answer"),
                f'the first sentence of "{entry.id}" has {len(sentence)} characters, and {FIRST_SENTENCE} are shown',
                fragment=excerpt(sentence),
                mend="say the answer itself in one short sentence, and the detail below it",
            )


def no_first_sentence(base: KnowledgeBase) -> Iterator[Problem]:
    """An answer whose first paragraph has no sentence that can stand alone."""
    for entry in all_entries(base):
        sentence, rest = split_answer(entry.answer)
        whole = ends_as_sentence(sentence)
        if entry.answer and not whole:
            message = f'the answer of "{entry.id}" doesn\'t begin with a whole sentence'
            mend = "end the first sentence with a full stop or a question mark"
        elif whole and rest[:1].islower():
            message = (
                f'the first sentence of "{entry.id}" seems to end in an abbreviation: {quoted(sentence)}'
            )
            mend = "write the abbreviation without full stops (US, FDA), or in full; if it is none, begin the next sentence with a capital letter"
        else:
            continue
        at = len(sentence) + 1 if whole else 0
        yield problem(
            "no-first-sentence",
            entry.place("answer"),
            message,
            fragment=excerpt(entry.answer, min(at, len(entry.answer))),
            mend=mend,
        )


def unknown_placeholder(base: KnowledgeBase) -> Iterator[Problem]:
    """Braces that nothing is filled into."""
    for entry in all_entries(base):
        for place, what, text in _answer_texts(entry):
            yield from _braces(place, what, text, PLACEHOLDERS)
        yield from _braces(*_question_text(entry), ())
    for checklist in base.checklists.values():
        for place, what, text in _checklist_texts(checklist):
            yield from _braces(place, what, text, ())


def _braces(place: Location, what: str, text: str, filled: Collection[str]) -> Iterator[Problem]:
    """Problems of the braces in a text, but for the placeholders that are filled in there."""
    for found in _PLACEHOLDER.finditer(text):
        name = found["name"]
        if name in filled:
            continue
        message = f"{what} has a brace without its partner"
        if name is not None:
            message = f"nothing is filled in for {quoted(found[0])} in {what}"
        where = "in answers and `outside` the bot fills in {operator} and {languages}"
        yield problem(
            "unknown-placeholder",
            place,
            message,
            fragment=excerpt(text, found.start()),
            mend=did_you_mean(name or "", filled) or f"write it without braces; {where}",
        )


def mark_up(base: KnowledgeBase) -> Iterator[Problem]:
    """Signs that a web page or an editor would turn into bold letters or links: here, people see them as they are."""
    for place, what, text in _shown_texts(base):
        found = _MARK_UP.search(text)
        if found:
            yield problem(
                "mark-up",
                place,
                f"{what} holds mark-up, which is shown as it stands: {quoted(found[0])}",
                fragment=excerpt(text, found.start()),
                mend="write plain text, and a link as its bare address",
            )


def curly_quotes(base: KnowledgeBase) -> Iterator[Problem]:
    """Curly quotes around a whole text: YAML takes them for letters, so people see them."""
    for place, what, text in _all_texts(base):
        if _WITHIN_CURLY.fullmatch(text.strip()):
            yield problem(
                "curly-quotes",
                place,
                f"{what} begins and ends with curly quotes, which are shown: to YAML they are letters",
                fragment=excerpt(text),
                mend="delete them; where quotes are needed, use the straight ones of the keyboard",
            )


def invisible_character(base: KnowledgeBase) -> Iterator[Problem]:
    """Control and formatting characters, which people can't see and programs trip over."""
    for place, what, text in _all_texts(base):
        if text.isprintable():
            continue
        at = next((index for index, character in enumerate(text) if _is_invisible(character)), None)
        if at is not None:
            yield problem(
                "invisible-character",
                place,
                f"{what} holds the invisible character U+{ord(text[at]):04X}",
                fragment=excerpt(text, at),
                mend="delete it and type the text around it anew",
            )


def _is_invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character not in "\n" + _JOINERS
    ) and not "\U000e0020" <= character <= "\U000e007f"  # parts of flags


def _question_text(entry: Entry) -> tuple[Location, str, str]:
    """Where, what and the text itself, as for all below."""
    return entry.place("question"), f'the question of "{entry.id}"', entry.question


def _answer_texts(entry: Entry) -> Iterator[tuple[Location, str, str]]:
    for name, text in (("answer", entry.answer), ("outside", entry.outside)):
        yield entry.place(name), f'the {name} of "{entry.id}"', text


def _shown_texts(base: KnowledgeBase) -> Iterator[tuple[Location, str, str]]:
    """Where, what and the text itself, of all that people are shown at length."""
    for entry in all_entries(base):
        yield _question_text(entry)
        yield from _answer_texts(entry)
    for checklist in base.checklists.values():
        yield from _checklist_texts(checklist)


def _checklist_texts(checklist: Checklist) -> Iterator[tuple[Location, str, str]]:
    for name in ("title", "intro", "opening", "closing"):
        yield checklist.place(name), f"the {name} of the checklist", getattr(checklist, name)
    for question in checklist.questions:
        # Without a label of its own it is the question.
        for name in ("question", "ask", *(["label"] if "label" in question.places else [])):
            yield question.place(name), f'the {name} of "{question.id}"', getattr(question, name)
    for advice in checklist.advice:
        yield advice.place("text"), "a piece of advice of the checklist", advice.text


def _all_texts(base: KnowledgeBase) -> Iterator[tuple[Location, str, str]]:
    yield from _shown_texts(base)
    for entry in all_entries(base):
        for index, text in enumerate(entry.phrasings):
            yield entry.place(f"phrasings[{index}]"), f'a phrasing of "{entry.id}"', text
    for topics in base.topics.values():
        for topic in topics.values():
            yield topic.location, f'the title of the topic "{topic.id}"', topic.title
    for passage in base.passages.values():
        for text in (passage.gist, *passage.translations.values()):
            yield passage.location, f'the gist of "{passage.id}"', text
    for message in base.off_topic:
        yield message.location, "an off-topic message", message.text
