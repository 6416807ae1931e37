"""YAML files -> a knowledge base, every value with its place; whatever is wrong is reported, all of it at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, TypeAlias

from knowledge.model import Advisory, KnowledgeBase, Passage
from knowledge.places import Location
from knowledge.problems import Problem, did_you_mean, has_errors, problem, tidy
from knowledge.reading.advisory import read_advisory, read_passages
from knowledge.reading.checklist import read_checklists
from knowledge.reading.entries import HOLDINGS, LanguageFiles, read_language, slug
from knowledge.reading.tree import ListNode, MappingNode, Node
from knowledge.yaml_reader import Document, SourceFile, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Loaded", "SourceFile", "content_hash", "load"]

_Files: TypeAlias = "Sequence[tuple[PurePosixPath, Document]]"
_LONGEST_CODE: Final = 3
_BY_CODE: Final = "name the folder by the code of its language, such as en, and list that under `languages:`"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading a knowledge base."""

    knowledge_base: KnowledgeBase | None
    """None where any problem is an error."""
    problems: list[Problem]
    draft: KnowledgeBase
    """All that could be read, in spite of errors: for finding more faults, not for answering."""
    complete: bool = True
    """False where a file couldn't be read, so that what seems missing may be in there."""


@dataclass(slots=True)
class _Parts:
    """What a knowledge base is put together from."""

    advisory: Advisory
    passages: dict[str, Passage] = field(default_factory=dict)
    languages: dict[str, LanguageFiles] = field(default_factory=dict)


def load(
    sources: Sequence[SourceFile],
    *,
    name: str = "knowledge-base",
    prefix: str = "",
    faults: Sequence[Problem] = (),
) -> Loaded:
    """Build a knowledge base from files in the bundled layout or in the shortest form (see docs/authoring.md).

    Bad content never raises: it becomes problems.

    Args:
        sources: The files, named by their path inside the knowledge base: `advisory.yaml`, `en/law.yaml`.
        name: The folder's or single file's name without ending; the default for the id and the title.
        prefix: Put before file names in locations, so that they can be opened from where the user is.
        faults: What there is to say of files that aren't among `sources`: they can't be read, or aren't meant to be.
    """
    files: _Files = [(PurePosixPath(source.name), read(source, prefix)) for source in sources]
    problems = [*faults, *(fault for _, document in files for fault in document.problems)]
    complete = not has_errors(faults) and not any(
        document.root is None and has_errors(document.problems) for _, document in files
    )
    files = _one_layout(files, problems)
    bundled = any(len(path.parts) > 1 or _is_map(path, document) for path, document in files)
    only = sources[0].name if len(sources) == 1 and not bundled else ""
    where = Location(prefix + only if only else prefix.rstrip("/") or name, 1, 1)
    parts = _bundled(files, name, where, problems) if bundled else _shortest(files, name, where, problems)
    default = parts.languages.setdefault(parts.advisory.languages[0], LanguageFiles())
    # What is of the wrong type or lacks a question may have been meant as an entry, and has been reported as such.
    if complete and not default.entries and not {p.code for p in problems} & {"wrong-type", "missing-field"}:
        message = "there is no entry" + (
            f' in the default language, "{parts.advisory.languages[0]}"' if bundled else ""
        )
        if not sources:
            message += ", for there is no file whose name ends in .yaml"
        mend = "write at least one entry with a question and an answer"
        problems.append(problem("no-entries", where, message, mend=mend))
    draft = _put_together(parts, content_hash(sources), problems)
    problems = tidy(problems)
    return Loaded(None if has_errors(problems) else draft, problems, draft, complete)


def _put_together(parts: _Parts, hash_: str, problems: list[Problem]) -> KnowledgeBase:
    languages = parts.languages
    checklists = {
        language: checklist
        for language, part in languages.items()
        if (checklist := read_checklists(language, part.checklists, problems))
    }
    return KnowledgeBase(
        parts.advisory,
        parts.passages,
        {language: part.entries for language, part in languages.items()},
        {language: part.topics for language, part in languages.items()},
        off_topic=tuple(message for part in languages.values() for message in part.off_topic),
        content_hash=hash_,
        checklists=checklists,
        word_classes=tuple(found for part in languages.values() for found in part.word_classes),
    )


def content_hash(sources: Iterable[SourceFile]) -> str:
    """SHA-256 over the files' names and bytes, in hexadecimal; the order of the files doesn't matter."""
    digest = hashlib.sha256()
    for source in sorted(sources, key=lambda s: s.name):
        name = source.name.encode("utf-8", "surrogateescape")
        digest.update(b"%d:%d:%b" % (len(name), len(source.data), name))
        digest.update(source.data)
    return digest.hexdigest()


def _is_map(path: PurePosixPath, document: Document) -> bool:
    """Whether this is the advisory.yaml or passages.yaml of the bundled layout, and not entries in a file so named."""
    root = document.root
    is_entries = isinstance(root, ListNode) or (isinstance(root, MappingNode) and "entries" in root.pairs)
    return path.stem in ("advisory", "passages") and not is_entries


def _one_layout(files: _Files, problems: list[Problem]) -> _Files:
    """The files without those in folders, where files of entries stand beside these and no advisory.yaml: whichever was meant, the others would not be read."""
    top = [(path, document) for path, document in files if len(path.parts) == 1]
    entries = [path.name for path, document in top if _holds_entries(document.root)]
    if not entries or len(top) == len(files) or any(_is_map(path, document) for path, document in top):
        return files
    folders: dict[str, Document] = {}
    for path, document in files:
        if len(path.parts) > 1:
            folders.setdefault(path.parts[0], document)
    for folder, document in folders.items():
        message = f'the folder "{folder}" is taken for a language, and entries stand beside it, in {entries[0]}: only one of the two can be read'
        mend = f'move "{folder}" out of the knowledge base; if it is a language, move {entries[0]} into the folder of its own one, such as en/'
        problems.append(document.source.problem("mixed-layout", 0, 0, message, mend))
    return top


def _holds_entries(root: Node | None) -> bool:
    if isinstance(root, ListNode):
        return any(isinstance(item, MappingNode) for item in root.items)
    return isinstance(root, MappingNode) and not root.pairs.keys().isdisjoint(HOLDINGS)


def _shortest(files: _Files, name: str, where: Location, problems: list[Problem]) -> _Parts:
    single = len(files) == 1
    found = read_language("en", [("" if single else slug(path.stem), d) for path, d in files], problems)
    title = found.title if single else ""
    return _Parts(Advisory(slug(name), title or name, location=where), languages={"en": found})


def _bundled(files: _Files, name: str, where: Location, problems: list[Problem]) -> _Parts:
    folders: dict[str, list[tuple[str, Document]]] = {}
    top: dict[str, Document] = {}
    for path, document in files:
        if len(path.parts) == 2:
            folders.setdefault(path.parts[0], []).append((path.stem, document))
        elif len(path.parts) == 1 and path.stem in ("advisory", "passages") and path.stem not in top:
            top[path.stem] = document
        else:
            message = "this file has no place in a knowledge base and isn't read"
            mend = "entries belong in a folder named after their language, such as en/"
            if path.stem in top:
                message = f"this file isn't read: {top[path.stem].source.file} is, which has the same name"
                mend = "keep one of the two"
            elif len(path.parts) == 1 and path.stem.lower() in ("advisory", "passages"):
                mend = f"rename it to {path.stem.lower()}.yaml, in small letters"
            problems.append(document.source.problem("unknown-file", 0, 0, message, mend))
    if "advisory" not in top:
        mend = "write one, with a `title:`"
        problems.append(problem("missing-file", where, "there is no advisory.yaml", mend=mend))
    advisory, listed = read_advisory(top.get("advisory"), name, where, folders, problems)
    for folder in folders.keys() - set(advisory.languages):
        message = f'the folder "{folder}" isn\'t read: the languages are {", ".join(advisory.languages)}'
        mend = did_you_mean(folder, advisory.languages) or (
            "list its language under `languages:` in advisory.yaml"
            if len(folder) <= _LONGEST_CODE
            else _BY_CODE
        )
        problems.append(folders[folder][0][1].source.problem("unknown-language", 0, 0, message, mend))
    for language in listed.keys() - folders.keys():
        message = f'advisory.yaml lists the language "{language}", and there is no folder with entries in it'
        mend = f"write {language}/*.yaml, or take {language} off the list"
        problems.append(problem("missing-language", listed[language], message, mend=mend))
    return _Parts(
        advisory,
        read_passages(top["passages"], advisory.languages, problems) if "passages" in top else {},
        {
            code: read_language(code, folders[code], problems)
            for code in advisory.languages
            if code in folders
        },
    )
