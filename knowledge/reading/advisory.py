"""advisory.yaml and passages.yaml -> the advisory and its source map; whatever is wrong becomes problems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knowledge.model import Advisory, Passage, Voice
from knowledge.problems import quoted
from knowledge.reading.entries import MAX_ID, add_once, choice, entry_id, named, slug
from knowledge.reading.fields import Fields, wrong_node
from knowledge.reading.tree import MappingNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from knowledge.places import Location
    from knowledge.problems import Problem
    from knowledge.yaml_reader import Document

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_PASSAGE_ID: Final = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{MAX_ID - 1}}}")
_PASSAGE_FIELDS: Final = ("id", "voice", "position", "gist", "translations", "fingerprint", "parent")
_ADVISORY_FIELDS: Final = (
    "id",
    "title",
    "author",
    "publisher",
    "published",
    "url",
    "languages",
    "disclaimer",
    "called",
)


def read_advisory(
    document: Document | None, name: str, where: Location, folders: Iterable[str], problems: list[Problem]
) -> tuple[Advisory, dict[str, Location]]:
    """Read advisory.yaml.

    Args:
        document: The file; None where there is none.
        name: The knowledge base's name, the default for id and title.
        where: The knowledge base's folder, the advisory's place where there is no file.
        folders: The folders of entries, which are the languages where none are listed.
        problems: The list that faults are added to.

    Returns:
        The advisory, and where in the file each of its languages is listed.
    """
    found = sorted((f for f in folders if _LANGUAGE.fullmatch(f)), key=lambda f: (f != "en", f)) or ["en"]
    root = document.root if document else None
    if document is None or not isinstance(root, MappingNode):
        if document and root:
            problems.append(wrong_node(document.source, root, "a mapping"))
        return Advisory(slug(name), name, languages=tuple(found), location=where), {}
    fields = Fields(document.source, root, "the advisory", _ADVISORY_FIELDS, problems)
    listed = _read_languages(fields)
    languages = tuple(listed) or tuple(found)
    lines = fields.below("disclaimer", "the disclaimer", languages)
    names = fields.below("called", "what the document is called", languages)
    advisory = Advisory(
        id=entry_id(fields) or slug(name),
        title=fields.required("title") or name,
        author=fields.text("author"),
        publisher=fields.text("publisher"),
        published=fields.text("published", prose=False),
        url=fields.text("url", prose=False),
        languages=languages,
        disclaimer={code: line for code in languages if (line := lines.text(code))},
        called={code: name for code in languages if (name := names.text(code))},
        location=fields.location,
        places=fields.places,
    )
    return advisory, listed


def _read_languages(fields: Fields) -> dict[str, Location]:
    listed: dict[str, Location] = {}
    for index, code in enumerate(fields.texts("languages", prose=False)):
        if _LANGUAGE.fullmatch(code):
            listed.setdefault(code, fields.places[f"languages[{index}]"])
        else:
            message = f"{quoted(code)} is no language code"
            mend = "write a code in small letters, such as en or es"
            fields.report_item("unknown-language", "languages", index, message, mend)
    return listed


def read_passages(
    document: Document, languages: Collection[str], problems: list[Problem]
) -> dict[str, Passage]:
    """Read passages.yaml: passage id -> passage, in file order; gists may be translated into `languages`."""
    passages: dict[str, Passage] = {}
    if not isinstance(document.root, MappingNode):
        if document.root:
            problems.append(wrong_node(document.source, document.root, "a mapping"))
        return passages
    top = Fields(document.source, document.root, "the file", ("passages",), problems)
    for node in top.mappings("passages", "a mapping"):
        what = "the passage" + named(node, "id")
        fields = Fields(document.source, node, what, _PASSAGE_FIELDS, problems)
        passage = _read_passage(
            fields, fields.below("translations", f"the translations of {what}", languages)
        )
        if passage.id:
            add_once(passages, passage, "passage", document, problems)
    return passages


def _read_passage(fields: Fields, translated: Fields) -> Passage:
    passage_id = fields.required("id", prose=False)
    if passage_id and not _PASSAGE_ID.fullmatch(passage_id):
        message = f"{quoted(passage_id)} can't be the id of a passage"
        fields.report_field("bad-id", "id", message, "use letters, digits, dots and dashes, such as C1.2")
    fields.required("voice", prose=False)
    return Passage(
        id=passage_id,
        voice=choice(fields, "voice", Voice, Voice.ADVISORY),
        gist=fields.required("gist"),
        position=fields.whole_number("position") or 0,
        fingerprint=fields.text("fingerprint", prose=False),
        parent=fields.text("parent", prose=False),
        location=fields.location,
        translations={code: text for code in translated.node.pairs if (text := translated.text(code))},
    )
