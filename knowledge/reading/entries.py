"""Files of entries -> entries, topics and off-topic messages; whatever is wrong becomes problems."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from knowledge.model import Entry, Kind, OffTopic, OffTopicMessage, Passage, Topic, WordClass
from knowledge.places import Location
from knowledge.problems import did_you_mean, has_errors, quoted
from knowledge.reading.fields import Fields, wrong_node
from knowledge.reading.tree import ListNode, MappingNode, TextNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.problems import Problem
    from knowledge.reading.tree import Node, SourceText
    from knowledge.yaml_reader import Document

MAX_ID: Final = 48
"""Characters of an id. Front ends put it into buttons and links, which have little room."""

_ID: Final = re.compile(rf"[a-z0-9-]{{1,{MAX_ID}}}")
_ENTRY_FIELDS: Final = (
    "id",
    "question",
    "answer",
    "kind",
    "urgent",
    "refuses",
    "cites",
    "related",
    "follow-ups",
    "outside",
    "phrasings",
)
HOLDINGS: Final = ("entries", "off-topic", "checklist", "word-classes")
"""What a file of a language may hold; any of them at the top makes it one."""

_Choice = TypeVar("_Choice", bound=StrEnum)
_Item = TypeVar("_Item", Entry, Passage)


@dataclass(frozen=True, slots=True)
class LanguageFiles:
    """What one language's files hold."""

    title: str = ""
    """The last title given in a file; of use where there is only one file."""
    entries: dict[str, Entry] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    off_topic: list[OffTopicMessage] = field(default_factory=list)
    word_classes: list[WordClass] = field(default_factory=list)
    checklists: list[tuple[SourceText, MappingNode]] = field(default_factory=list)
    """Each file with the mapping under its `checklist:`; see `knowledge.reading.checklist`."""


@dataclass(frozen=True, slots=True)
class _File:
    topic: str
    document: Document
    title: str = ""
    order: int = 0
    """Files are read by their order, then by their name: so do topics appear."""
    entries: Sequence[Node] = ()
    off_topic: MappingNode | None = None
    checklist: MappingNode | None = None
    word_classes: MappingNode | None = None


def read_language(
    language: str, documents: Sequence[tuple[str, Document]], problems: list[Problem]
) -> LanguageFiles:
    """Read all files of one language.

    Args:
        language: Its code.
        documents: Each file with the id of its topic, which is empty for a file without topic.
        problems: The list that faults are added to.
    """
    files = sorted(
        (_read_file(topic, document, problems) for topic, document in documents), key=lambda f: f.order
    )
    found = LanguageFiles(next((f.title for f in reversed(files) if f.title), ""))
    # Ids that curators chose come first: an id made of a question gives way to them wherever they stand.
    taken = {_written(node, "id"): 1 for f in files for node in f.entries}
    for file in files:
        if file.topic and file.entries:
            found.topics.setdefault(file.topic, _topic(file, language, problems))
        for node in file.entries:
            if not isinstance(node, MappingNode):
                problems.append(wrong_node(file.document.source, node, "an entry"))
                continue
            entry = _read_entry(file, node, language, taken, problems)
            if entry.id:
                add_once(found.entries, entry, "entry", file.document, problems)
        found.off_topic.extend(_read_off_topic(file, language, problems))
        found.word_classes.extend(_read_word_classes(file, language, problems))
        if file.checklist:
            found.checklists.append((file.document.source, file.checklist))
    return found


def add_once(
    known: dict[str, _Item], item: _Item, noun: str, document: Document, problems: list[Problem]
) -> None:
    """Add an entry or passage under its id; the second one with an id is reported and left out."""
    earlier = known.setdefault(item.id, item)
    if earlier is not item:
        message = f'the id "{item.id}" is already used by the {noun} at {earlier.location}'
        at = item.location
        mend = "give each its own id"
        problems.append(document.source.problem("duplicate-id", at.line - 1, at.column - 1, message, mend))


def choice(fields: Fields, name: str, kinds: type[_Choice], default: _Choice) -> _Choice:
    """One of an enumeration's values, written in any case; reported where it is none of them."""
    value = fields.text(name, prose=False)
    known = [member.value for member in kinds]
    if not value or value.lower() in known:
        return kinds(value.lower()) if value else default
    message = f"unknown {name} {quoted(value)}; known are {', '.join(known)}"
    fields.report_field(f"unknown-{name}", name, message, did_you_mean(value, known) or "choose one of these")
    return default


def named(node: MappingNode, *names: str) -> str:
    """What a mapping is called in messages: the first of these fields that is given, in quotes after a space."""
    return next((f" {quoted(value, 40)}" for value in (_written(node, name) for name in names) if value), "")


def slug(text: str) -> str:
    """An id made of a text: its letters and digits in ASCII, joined by dashes, cut at a word where too long."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if len(joined) > MAX_ID:
        joined = joined[: MAX_ID + 1].rpartition("-")[0] or joined[:MAX_ID]
    # A text without such letters gets an id that stays the same when other entries come and go.
    return joined or "q-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _written(node: Node, name: str) -> str:
    pair = node.pairs.get(name) if isinstance(node, MappingNode) else None
    return pair[1].value.strip() if pair and isinstance(pair[1], TextNode) else ""


def _read_file(topic: str, document: Document, problems: list[Problem]) -> _File:
    root, source = document.root, document.source
    empty = _File(topic, document)
    if root is None:
        if not has_errors(document.problems):
            mend = "write an entry (`- question: ...`), or remove the file"
            problems.append(source.problem("empty-file", 0, 0, "there is nothing in this file", mend))
        return empty
    if isinstance(root, ListNode):
        return _File(topic, document, entries=root.items)
    if isinstance(root, TextNode):
        problems.append(wrong_node(source, root, "a list of entries"))
        return empty
    names = {name.casefold() for name in root.pairs}
    if "entries" not in names and names & {"question", "answer"}:
        message = "expected a list of entries, found a single entry"
        mend = "start the entry with `- question: ...` and indent its other lines, such as `answer: ...`, by two spaces"
        problems.append(source.problem("wrong-type", root.line, root.column, message, mend))
        return empty
    fields = Fields(source, root, "the file", ("title", "order", *HOLDINGS), problems)
    file = _File(
        topic,
        document,
        fields.text("title"),
        fields.whole_number("order") or 0,
        fields.nodes("entries"),
        fields.mapping("off-topic", [kind.value for kind in OffTopic]),
        fields.mapping("checklist"),
        fields.mapping("word-classes"),
    )
    if fields.whole and not file.entries and not any((file.off_topic, file.checklist, file.word_classes)):
        mend = "write them as a list under `entries:`"
        problems.append(
            source.problem("empty-file", root.line, root.column, "there are no entries in this file", mend)
        )
    return file


def _topic(file: _File, language: str, problems: list[Problem]) -> Topic:
    source = file.document.source
    if not _ID.fullmatch(file.topic):
        message = f"the file's name {quoted(file.topic)} can't be the id of a topic"
        problems.append(source.problem("bad-id", 0, 0, message, f"rename it to {slug(file.topic)}.yaml"))
    title = file.title or file.topic.replace("-", " ").capitalize()
    return Topic(file.topic, title, language, Location(source.file, 1, 1))


def _read_entry(
    file: _File, node: MappingNode, language: str, taken: dict[str, int], problems: list[Problem]
) -> Entry:
    what = "the entry" + named(node, "id", "question")
    fields = Fields(file.document.source, node, what, _ENTRY_FIELDS, problems)
    question = fields.required("question")
    follow_ups = _read_follow_ups(fields, what)
    return Entry(
        id=entry_id(fields) or (_unused(slug(question), taken) if question else ""),
        question=question,
        answer=fields.required("answer"),
        kind=choice(fields, "kind", Kind, Kind.FAQ),
        topic=file.topic,
        language=language,
        phrasings=fields.texts("phrasings"),
        cites=fields.texts("cites", prose=False),
        related=fields.texts("related", prose=False),
        follow_ups=follow_ups,
        outside=fields.text("outside"),
        urgent=fields.flag("urgent"),
        refuses=fields.texts("refuses", prose=False),
        location=fields.location,
        places=fields.places,
    )


def _read_follow_ups(fields: Fields, what: str) -> Mapping[str, tuple[str, ...]]:
    meant = fields.below("follow-ups", f"what follows {what}")
    found = {id_: texts for id_ in meant.node.pairs if (texts := meant.texts(id_))}
    fields.places |= {f"follow-ups.{path}": place for path, place in meant.places.items()}
    return MappingProxyType(found)


def entry_id(fields: Fields) -> str:
    """The id as written; reported where it can't be one."""
    written = fields.text("id", prose=False)
    if written and not _ID.fullmatch(written):
        message = f"{quoted(written)} can't be an id"
        mend = f"use up to {MAX_ID} small letters, digits and dashes, such as {slug(written)}"
        fields.report_field("bad-id", "id", message, mend)
    return written


def _unused(wanted: str, taken: dict[str, int]) -> str:
    """The wanted id, followed by -2, -3 ... where it is taken; it is taken from now on."""
    candidate, number = wanted, taken.get(wanted, 1)
    while candidate in taken:
        number += 1
        candidate = f"{wanted[: MAX_ID - len(str(number)) - 1].rstrip('-')}-{number}"
    # The number is kept, so that a thousand entries with one question don't each count from 2.
    taken[wanted] = number
    taken.setdefault(candidate, 1)
    return candidate


def _read_off_topic(file: _File, language: str, problems: list[Problem]) -> Iterator[OffTopicMessage]:
    if file.off_topic is None:
        return
    kinds = [kind.value for kind in OffTopic]
    fields = Fields(file.document.source, file.off_topic, '"off-topic"', kinds, problems)
    for kind in OffTopic:
        for index, text in enumerate(fields.texts(kind.value)):
            yield OffTopicMessage(text, kind, language, fields.places[f"{kind.value}[{index}]"])


def _read_word_classes(file: _File, language: str, problems: list[Problem]) -> Iterator[WordClass]:
    if file.word_classes is None:
        return
    fields = Fields(file.document.source, file.word_classes, '"word-classes"', (), problems)
    for name, (key, _) in file.word_classes.pairs.items():
        words = fields.texts(name)
        if not _ID.fullmatch(name):
            mend = f"use up to {MAX_ID} small letters, digits and dashes, such as {slug(name)}"
            fields.report("bad-id", key, f"{quoted(name)} can't be the name of a word class", mend)
            continue
        yield WordClass(
            name=name,
            language=language,
            words=words,
            location=fields.places[name],
            places=MappingProxyType(fields.places),
        )
