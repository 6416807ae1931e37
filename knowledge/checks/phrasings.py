"""Whether the phrasings can teach the matcher: enough of them, really different, none of them claimed twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.checks.references import all_entries
from knowledge.model import Kind
from knowledge.places import NOWHERE
from knowledge.problems import excerpt, problem, quoted
from knowledge.texts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.model import Entry, KnowledgeBase, Stolen
    from knowledge.problems import Problem

Normalize: TypeAlias = Callable[[str, str], str]
"""Text and language code -> comparison form."""

ENOUGH: Final = 25
"""Phrasings that an entry of the bundled layout needs: below, a lexical matcher misses too many questions."""
ENOUGH_CHITCHAT: Final = 12
"""As `ENOUGH`: people vary courtesies less."""
ALIKE: Final = 88
"""How alike (0 to 100, on comparison forms) two phrasings of an entry must be to teach next to nothing new."""
MOST_COMPARED: Final = 2000
"""Phrasings of an entry compared with each other: time and memory grow with their square."""
WORST: Final = 3
"""Pairs of alike phrasings reported for each entry."""


def few_phrasings(base: KnowledgeBase) -> Iterator[Problem]:
    """Entries with too few phrasings: each one in the bundled layout, a summary in the shortest form."""
    few = [
        (entry, enough) for entry in all_entries(base) if len(entry.phrasings) < (enough := _enough(entry))
    ]
    if not base.passages:
        yield from _in_sum(few, sum(map(len, base.entries.values())))
        return
    for entry, enough in few:
        yield problem(
            "few-phrasings",
            entry.place("phrasings"),
            f'the entry "{entry.id}" has {counted(len(entry.phrasings), "phrasing")}; it takes {enough} to be found well',
            fragment=excerpt(entry.question),
            mend=f"add {enough - len(entry.phrasings)} more, each worded differently",
        )


def _enough(entry: Entry) -> int:
    return ENOUGH_CHITCHAT if entry.kind is Kind.CHITCHAT else ENOUGH


def _in_sum(few: list[tuple[Entry, int]], total: int) -> Iterator[Problem]:
    """One problem for all entries, those with the fewest phrasings named first."""
    if few:
        fewest = sorted((entry for entry, _ in few), key=lambda entry: len(entry.phrasings))
        several = len({entry.language for entry in fewest}) > 1
        names = ", ".join(
            f"{f'{entry.language}/' if several else ''}{entry.id} {len(entry.phrasings)}"
            for entry in fewest[:5]
        )
        yield problem(
            "few-phrasings",
            fewest[0].place("phrasings"),
            f"{len(few)} of {total} entries have too few phrasings to be found well ({names}{', ...' if len(few) > 5 else ''})",
            fragment=excerpt(fewest[0].question),
            mend=f"add other ways to ask the same, up to {ENOUGH} (a courtesy: {ENOUGH_CHITCHAT}): with 5, one question in three is answered, and most others are asked back about",
        )


def duplicate_phrasing(base: KnowledgeBase, normalize: Normalize) -> Iterator[Problem]:
    """A question that another entry has, or a phrasing that is there already, in its entry or in another one."""
    for language, entries in base.entries.items():
        first: dict[str, tuple[Entry, str]] = {}
        for entry in entries.values():
            owner, _ = first.setdefault(_form(entry.question, language, normalize), (entry, "question"))
            if owner is not entry:
                yield problem(
                    "duplicate-phrasing",
                    entry.place("question"),
                    f'the question of "{entry.id}" is already that of the entry "{owner.id}", at {owner.place("question")}',
                    fragment=excerpt(entry.question),
                    mend="make one entry of the two, or ask of each what the other doesn't answer",
                )
        for entry in entries.values():
            for index, phrasing in enumerate(entry.phrasings):
                path = f"phrasings[{index}]"
                owner, earlier = first.setdefault(_form(phrasing, language, normalize), (entry, path))
                if owner is entry and earlier in (path, "question"):
                    continue
                whose = "this entry" if owner is entry else f'the entry "{owner.id}"'
                yield problem(
                    "duplicate-phrasing",
                    entry.place(path),
                    f'this phrasing of "{entry.id}" is already in {whose}, at {owner.place(earlier)}',
                    fragment=excerpt(phrasing),
                    mend="remove one of the two" if owner is entry else "keep it where its answer fits best",
                )


def duplicate_follow_up(base: KnowledgeBase, normalize: Normalize) -> Iterator[Problem]:
    """What follows an answer is there twice, for one entry or for two."""
    for entry in all_entries(base):
        first: dict[str, str] = {}
        for id_, texts in entry.follow_ups.items():
            for index, text in enumerate(texts):
                path = f"follow-ups.{id_}[{index}]"
                earlier = first.setdefault(normalize(text, entry.language) or text, path)
                if earlier != path:
                    yield problem(
                        "duplicate-follow-up",
                        entry.place(path),
                        f'this follow-up of "{entry.id}" is already there, at {entry.place(earlier)}',
                        fragment=excerpt(text),
                        mend="keep it where it is meant more often",
                    )


def alike_phrasings(base: KnowledgeBase, normalize: Normalize) -> Iterator[Problem]:
    """Phrasings of an entry that differ by hardly anything; the worst few of each entry."""
    for entry in all_entries(base):
        # Equal forms are another fault, so each form counts once.
        forms: dict[str, int] = {}
        for index, phrasing in enumerate(entry.phrasings):
            forms.setdefault(normalize(phrasing, entry.language), index)
        forms.pop("", None)
        indices = list(forms.values())
        for score, one, other in _alike_pairs(list(forms)[:MOST_COMPARED]):
            earlier, later = indices[one], indices[other]
            yield problem(
                "alike-phrasings",
                entry.place(f"phrasings[{later}]"),
                f'this phrasing of "{entry.id}" is {score} % like the one in line '
                f"{entry.place(f'phrasings[{earlier}]').line}: {quoted(entry.phrasings[earlier])}",
                fragment=excerpt(entry.phrasings[later]),
                mend="ask with other words, from another angle or at another length",
            )


def _alike_pairs(forms: list[str]) -> list[tuple[int, int, int]]:
    """The worst pairs: (score in percent, index of the one, index of the other), the most alike first."""
    if len(forms) < 2:
        return []
    scores = np.maximum(
        process.cdist(forms, forms, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=-1),
        process.cdist(
            forms, forms, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=-1
        ),
    )
    ones, others = np.nonzero(np.triu(scores, k=1))
    pairs = [(int(scores[i, j]), int(i), int(j)) for i, j in zip(ones, others, strict=True)]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))[:WORST]


def off_topic_phrasing(base: KnowledgeBase, normalize: Normalize) -> Iterator[Problem]:
    """An off-topic message that is a phrasing or the question of an entry."""
    for language, entries in base.entries.items():
        owner: dict[str, Entry] = {}
        for entry in entries.values():
            for text in (entry.question, *entry.phrasings):
                owner.setdefault(_form(text, language, normalize), entry)
        for message in base.off_topic:
            claimed = (
                owner.get(_form(message.text, language, normalize)) if message.language == language else None
            )
            if claimed:
                yield problem(
                    "off-topic-phrasing",
                    message.location,
                    f'this off-topic message is also a phrasing of the entry "{claimed.id}"',
                    fragment=excerpt(message.text),
                    mend="keep it in one of the two places",
                )


def _form(text: str, language: str, normalize: Normalize) -> str:
    """The comparison form; a text without words, such as `???`, stands for itself."""
    return normalize(text, language) or text


def stolen_phrasing(base: KnowledgeBase, stolen: Iterable[Stolen]) -> Iterator[Problem]:
    """What the trained matcher found to be drawn to a wrong entry."""
    for theft in stolen:
        entry = base.entries.get(theft.language, {}).get(theft.entry_id)
        known = entry is not None and 0 <= theft.phrasing_index < len(entry.phrasings)
        phrasing = entry.phrasings[theft.phrasing_index] if entry and known else ""
        by = f", drawn by {quoted(theft.thief_phrasing)}" if theft.thief_phrasing else ""
        what = f'this phrasing of "{theft.entry_id}"'
        drawn = f'would be answered with "{theft.thief_id}"'
        claim = (
            f"what is like {what} {drawn}"
            if theft.share is None
            else f"{what} {drawn} (share {theft.share:.2f})"
        )
        yield problem(
            "stolen-phrasing",
            entry.place(f"phrasings[{theft.phrasing_index}]") if entry else NOWHERE,
            f"{claim}{by}",
            fragment=excerpt(phrasing),
            mend="move it if it fits there better; otherwise add phrasings like it here, or reword the other one",
        )
