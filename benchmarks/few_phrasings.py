"""Small knowledge bases cut from collections of messages, and how this project's matcher and plain ones do on the rest.

    uv run --group bench python benchmarks/few_phrasings.py FOLDER
    uv run --group bench python benchmarks/few_phrasings.py FOLDER --phrasings 5 --seeds 5

The folder holds a file of JSON lines for each collection: `{"text": "...", "class": "..."}`, without a class where a
message belongs to none. Lines with `"asked": true` are by other people than the phrasings; where a file has such lines
they alone are questions, and otherwise all that isn't drawn as a phrasing. Every sixth class is left out: its messages
are off topic, as are those that belong to none and as many of the other collections.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.accuracy import FALSE_ANSWERS, answer_floor
from benchmarks.peers import PLAIN, Nearest, Ours, Peer, Ranked
from knowledge.answerer import Answerer
from knowledge.model import Advisory, Entry, KnowledgeBase
from knowledge.report import percent, table

LEFT_OUT: Final = 6
"""One class in so many is off topic."""


@dataclass(frozen=True, slots=True)
class Message:
    """A line of a collection."""

    text: str
    class_: str | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A knowledge base, questions with the entries that answer them, and off-topic messages."""

    entries: Mapping[str, Entry]
    questions: Sequence[tuple[str, str]]
    strays: Sequence[str]


def read(path: Path) -> list[Message]:
    """The messages of a collection."""
    lines = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").splitlines()))
    return [Message(line["text"], line.get("class"), bool(line.get("asked"))) for line in lines]


def cut(messages: Sequence[Message], others: Sequence[Message], phrasings: int, seed: int) -> Task:
    """So many phrasings a class, drawn by chance; classes that have fewer are passed over."""
    rng = np.random.default_rng(seed)
    apart = any(message.asked for message in messages)
    by_class: dict[str, list[str]] = {}
    for message in messages:
        if message.class_ is not None and not message.asked:
            by_class.setdefault(message.class_, []).append(message.text)
    large = sorted(name for name, texts in by_class.items() if len(texts) >= phrasings + (not apart))
    left_out = {large[at] for at in rng.permutation(len(large))[: max(1, len(large) // LEFT_OUT)]}
    entries, questions = {}, []
    strays = [message.text for message in messages if message.class_ is None]
    for name in large:
        texts = [by_class[name][at] for at in rng.permutation(len(by_class[name]))]
        asked = [m.text for m in messages if m.asked and m.class_ == name] if apart else texts[phrasings:]
        if name in left_out:
            strays += asked if apart else texts
            continue
        entries[name] = Entry(name, texts[0], "An answer.", phrasings=tuple(texts[1:phrasings]))
        questions += [(text, name) for text in asked]
    strays += [others[at].text for at in rng.permutation(len(others))[: len(strays)]]
    return Task(entries, questions, strays)


def ours(task: Task) -> Ours:
    """This project's matcher."""
    return Ours(Answerer(KnowledgeBase(Advisory("cut", "Cut"), {}, {"en": dict(task.entries)}, {"en": {}})))


def measure(peer: Peer, task: Task) -> list[float]:
    """Shares of the questions: the right entry first, in three, and first above a floor that few strays exceed."""
    ranked = [(peer.rank(text), name) for text, name in task.questions]
    floor = answer_floor([_score(peer.rank(text)) for text in task.strays], FALSE_ANSWERS)
    first = [bool(found) and found[0][0] == name for found, name in ranked]
    in_three = [name in [id_ for id_, _ in found[:3]] for found, name in ranked]
    rightly = [right and _score(found) > floor for right, (found, _) in zip(first, ranked, strict=True)]
    return [float(np.mean(column)) for column in (first, in_three, rightly)]


def _score(ranked: Ranked) -> float:
    return ranked[0][1] if ranked else 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--phrasings", type=int, nargs="+", default=[3, 5, 10])
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    collections = {path.stem: read(path) for path in sorted(given.folder.glob("*.jsonl"))}
    rows = []
    for phrasings in given.phrasings:
        tasks = [
            cut(own, [m for name, more in collections.items() if name != this for m in more], phrasings, seed)
            for this, own in collections.items()
            for seed in range(given.seeds)
        ]
        for name, scorer in PLAIN.items():
            plain = [measure(Nearest(list(task.entries.values()), scorer), task) for task in tasks]
            rows.append([str(phrasings), name, *_means(plain)])
        rows.append([str(phrasings), "this project", *_means([measure(ours(task), task) for task in tasks])])
    head = ["phrasings", "matcher", "first", "in three", f"rightly at {FALSE_ANSWERS:.0%} false"]
    print("\n".join(table(head, rows)))


def _means(measured: Sequence[Sequence[float]]) -> list[str]:
    return [percent(round(1000 * mean), 1000) for mean in np.mean(measured, axis=0)]


if __name__ == "__main__":
    main()
