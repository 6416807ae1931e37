"""Whether what one part of a knowledge base names is there: passages, entries, topics, translations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knowledge.model import Kind
from knowledge.problems import did_you_mean, excerpt, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from knowledge.model import Entry, KnowledgeBase
    from knowledge.places import Placed
    from knowledge.problems import Problem

_DANGLING: Final = {
    "dangling-cite": (
        "which is no passage of passages.yaml",
        "add the passage to passages.yaml, or remove the cite",
    ),
    "dangling-cite--no-passages": (
        "and this knowledge base has no passages.yaml",
        "remove the cite; to have passages, lay the files out as a folder with an advisory.yaml and a passages.yaml",
    ),
    "dangling-related": ("and there is no such entry", "write an entry with this id, or remove it here"),
    "dangling-follow-up": ("and there is no such entry", "write an entry with this id, or remove it here"),
    "dangling-question": (
        "and there is no question with this id before it",
        "name a question that stands further up",
    ),
}
"""Code, perhaps with a case of it behind `--`, -> what the message says after the id, and how to mend it where no id is nearly the same."""


def all_entries(base: KnowledgeBase) -> Iterator[Entry]:
    """Every entry in every language."""
    for entries in base.entries.values():
        yield from entries.values()


def dangling(
    code: str, item: Placed, named: Iterable[tuple[str, str]], known: Collection[str], who: str
) -> Iterator[Problem]:
    """Ids that something names and that there aren't.

    Args:
        code: One of those above.
        item: What names them.
        named: Each id with its field's path; see `listed`.
        known: All that there are.
        who: Begins the message, up to the id: `the checklist cites`.
    """
    why, mend = _DANGLING[code]
    for path, id_ in named:
        if id_ not in known:
            yield problem(
                code.partition("--")[0],
                item.place(path),
                f"{who} {quoted(id_)}, {why}",
                fragment=excerpt(id_),
                mend=did_you_mean(id_, known) or mend,
            )


def listed(field: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each item of a list with its path."""
    return ((f"{field}[{index}]", id_) for index, id_ in enumerate(ids))


def dangling_cite(base: KnowledgeBase) -> Iterator[Problem]:
    """An entry cites a passage that the source map doesn't hold."""
    for entry in all_entries(base):
        who = f'the entry "{entry.id}" cites'
        yield from dangling_cites(base, entry, entry.cites, who)


def dangling_cites(base: KnowledgeBase, item: Placed, cites: Iterable[str], who: str) -> Iterator[Problem]:
    """Passages that something cites and that there aren't; arguments as for `dangling`."""
    code = "dangling-cite" if base.passages else "dangling-cite--no-passages"
    yield from dangling(code, item, listed("cites", cites), base.passages, who)


def dangling_related(base: KnowledgeBase) -> Iterator[Problem]:
    """An entry is related to one that there isn't, neither in its language nor in the default one."""
    for language, entries in base.entries.items():
        known = base.entries_for(language)
        for entry in entries.values():
            who = f'the entry "{entry.id}" is related to'
            yield from dangling("dangling-related", entry, listed("related", entry.related), known, who)


def dangling_follow_up(base: KnowledgeBase) -> Iterator[Problem]:
    """What follows an answer means an entry that there isn't; as for related ones."""
    for language, entries in base.entries.items():
        known = base.entries_for(language)
        for entry in entries.values():
            named = ((f"follow-ups.{id_}", id_) for id_ in entry.follow_ups)
            yield from dangling("dangling-follow-up", entry, named, known, f'what follows "{entry.id}" means')


def related_to_itself(base: KnowledgeBase) -> Iterator[Problem]:
    """An entry offers itself as what to read next."""
    for entry in all_entries(base):
        if entry.id in entry.related:
            yield problem(
                "related-to-itself",
                entry.place(f"related[{entry.related.index(entry.id)}]"),
                f'the entry "{entry.id}" is related to itself',
                fragment=excerpt(entry.id),
                mend="name other entries only",
            )


def uncited_entry(base: KnowledgeBase) -> Iterator[Problem]:
    """An entry answers from the advisory and doesn't say from where; other kinds may do so."""
    if not base.passages:
        return
    for entry in all_entries(base):
        if entry.kind is Kind.FAQ and not entry.cites:
            yield problem(
                "uncited-entry",
                entry.place("cites"),
                f'the entry "{entry.id}" cites no passage, so its answer has no source',
                fragment=excerpt(entry.question),
                mend="add `cites:` with the passages that say so; if none does, its kind is gap",
            )


def misplaced_urgent(base: KnowledgeBase) -> Iterator[Problem]:
    """An entry is urgent and no guardrail, or urgent in one language and not in the default one, or the other way round."""
    for entry in all_entries(base):
        default = base.entries[base.default_language].get(entry.id, entry)
        if entry.urgent and entry.kind is not Kind.GUARDRAIL:
            what, mend = f"is urgent and of kind {entry.kind}", "add `kind: guardrail`, or remove `urgent`"
        elif entry.urgent != default.urgent:
            here, there = ("isn't", "is") if default.urgent else ("is", "isn't")
            what = f'{here} urgent in "{entry.language}" and {there} in the default language'
            mend = "write `urgent: true` in every language, or in none"
        else:
            continue
        yield problem(
            "misplaced-urgent",
            entry.place("urgent"),
            f'the entry "{entry.id}" {what}',
            # Where it isn't written, the place is the entry's.
            fragment=excerpt("urgent: true" if entry.urgent else entry.question),
            mend=mend,
        )


def idle_refusal(base: KnowledgeBase) -> Iterator[Problem]:
    """What an entry refuses changes nothing: the entry is no guardrail, or an urgent one, or it is no single word."""
    for entry in all_entries(base):
        guards = entry.kind is Kind.GUARDRAIL and not entry.urgent
        for number, act in enumerate(entry.refuses):
            if guards and len(act.split()) == 1:
                continue
            what, mend = (
                ("is no single word", "write the verb alone")
                if guards
                else ("belongs to no guardrail, or to an urgent one", "remove it, or mend `kind`")
            )
            yield problem(
                "idle-refusal",
                entry.place(f"refuses[{number}]"),
                f'{quoted(act)}, which the entry "{entry.id}" refuses, {what}',
                fragment=excerpt(act),
                mend=mend,
            )


def no_guardrail(base: KnowledgeBase) -> Iterator[Problem]:
    """No entry of a language answers people in danger."""
    for language, entries in base.entries.items():
        if any(entry.urgent for entry in entries.values()) or not (
            entries or language == base.default_language
        ):
            continue
        where = "" if language == base.default_language else f' in "{language}"'
        yield problem(
            "no-guardrail",
            base.advisory.location,
            f"no entry{where} is an urgent guardrail: whoever writes that they want to die gets some other answer, or none",
            mend="copy the entry for emergencies from docs/authoring.md and put your country's numbers in",
        )


def missing_translation(base: KnowledgeBase) -> Iterator[Problem]:
    """An entry is in one of the default language and another, and not in both."""
    defaults = base.entries[base.default_language]
    for language, entries in base.entries.items():
        for entry in defaults.values():
            if entry.id not in entries:
                yield problem(
                    "missing-translation",
                    entry.location,
                    f'the entry "{entry.id}" isn\'t in the language "{language}"',
                    fragment=excerpt(entry.question),
                    mend=f'write an entry with the id "{entry.id}" in {language}/',
                )
        for entry in entries.values():
            if entry.id not in defaults:
                yield problem(
                    "missing-translation",
                    entry.location,
                    f'the entry "{entry.id}" isn\'t in the default language, "{base.default_language}"',
                    fragment=excerpt(entry.question),
                    mend=did_you_mean(entry.id, defaults) or f"write it in {base.default_language}/ too",
                )


def unknown_topic(base: KnowledgeBase) -> Iterator[Problem]:
    """A topic that the default language doesn't have, or an entry of a topic that its language doesn't have."""
    known = base.topics.get(base.default_language, {})
    mend_with = f"name the file as in {base.default_language}/"
    for topics in base.topics.values():
        for topic in topics.values():
            if topic.id not in known:
                yield problem(
                    "unknown-topic",
                    topic.location,
                    f'the topic "{topic.id}" isn\'t in the default language, "{base.default_language}"',
                    mend=did_you_mean(topic.id, known) or mend_with,
                )
    for entry in all_entries(base):
        if entry.topic and entry.topic not in base.topics.get(entry.language, {}):
            yield problem(
                "unknown-topic",
                entry.location,
                f'the entry "{entry.id}" is of the topic {quoted(entry.topic)}, which there isn\'t',
                fragment=excerpt(entry.question),
                mend=did_you_mean(entry.topic, known) or mend_with,
            )


def dangling_parent(base: KnowledgeBase) -> Iterator[Problem]:
    """A comment replies to one that the source map doesn't hold."""
    for passage in base.passages.values():
        if passage.parent and (passage.parent not in base.passages or passage.parent == passage.id):
            others = [other for other in base.passages if other != passage.id]
            yield problem(
                "dangling-parent",
                passage.location,
                f'the passage "{passage.id}" replies to {quoted(passage.parent)}, which is no other passage',
                fragment=excerpt(passage.parent),
                mend=did_you_mean(passage.parent, others) or "name the comment that this one replies to",
            )
