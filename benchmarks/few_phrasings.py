"""Small knowledge bases cut from collections of messages, and how this project's matcher and plain ones do on the rest.

    uv run --group bench python benchmarks/few_phrasings.py FOLDER
    uv run --group bench python benchmarks/few_phrasings.py FOLDER --phrasings 5 --seeds 5
    uv run --group bench python benchmarks/few_phrasings.py FOLDER --whole

The folder holds a file of JSON lines for each collection: `{"text": "...", "class": "..."}`, without a class where a
message belongs to none. Lines with `"asked": true` are by other people than the phrasings; where a file has such lines
they alone are questions, and otherwise all that isn't drawn as a phrasing. Every sixth class is left out: its messages
are off topic, as are those that belong to none and as many of the other collections.

With `--whole` nothing is cut: a collection with questions by other people and messages that belong to none is measured as it
is, all its phrasings on the one side and these on the other, as results for chatbots' logs are published.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.accuracy import FALSE_ANSWERS, answer_floor
from benchmarks.peers import PLAIN, Nearest, Ours, Peer, Ranked, Svm
from knowledge.answerer import Answerer
from knowledge.model import Advisory, Entry, KnowledgeBase
from knowledge.outcome import Answer, Question
from knowledge.report import percent, table

LEFT_OUT: Final = 6
"""One class in so many is off topic."""
THRESHOLDS: Final = 100
"""So many are tried, evenly spread over the messages' scores."""


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


def whole(messages: Sequence[Message]) -> Task:
    """All phrasings, questions and off-topic messages of a collection that tells who wrote what."""
    by_class: dict[str, list[str]] = {}
    for message in messages:
        if message.class_ is not None and not message.asked:
            by_class.setdefault(message.class_, []).append(message.text)
    entries = {
        name: Entry(name, texts[0], "An answer.", phrasings=tuple(texts[1:]))
        for name, texts in by_class.items()
    }
    asked = [message for message in messages if message.asked]
    questions = [(message.text, message.class_) for message in asked if message.class_ in entries]
    return Task(entries, questions, [message.text for message in asked if message.class_ not in entries])


def answerer(task: Task) -> Answerer:
    """This project's, with that knowledge base."""
    return Answerer(KnowledgeBase(Advisory("cut", "Cut"), {}, {"en": dict(task.entries)}, {"en": {}}))


def peers(task: Task) -> Iterator[tuple[str, Peer]]:
    """The plain matchers by name."""
    entries = list(task.entries.values())
    for name, scorer in PLAIN.items():
        yield name, Nearest(entries, scorer)
    yield "TF-IDF, linear SVM", Svm(entries)


def measure(peer: Peer, task: Task) -> list[float]:
    """Shares of the questions: the right entry first, in three, and first above a floor that few strays exceed."""
    ranked = [(peer.rank(text), name) for text, name in task.questions]
    floor = answer_floor([_score(peer.rank(text)) for text in task.strays], FALSE_ANSWERS)
    first = [bool(found) and found[0][0] == name for found, name in ranked]
    in_three = [name in [id_ for id_, _ in found[:3]] for found, name in ranked]
    rightly = [right and _score(found) > floor for right, (found, _) in zip(first, ranked, strict=True)]
    return [float(np.mean(column)) for column in (first, in_three, rightly)]


def suited(peer: Peer, task: Task) -> list[float]:
    """At the threshold that suits a matcher best: Matthews' correlation, accuracy in scope, and recall of what is off topic.

    The correlation is that of all classes and of "none", as in J. Gorodkin, "Comparing two K-category assignments by a
    K-category correlation coefficient", 2004.
    """
    from sklearn.metrics import matthews_corrcoef  # noqa: PLC0415 - the bench group's

    asked = [*task.questions, *((text, "") for text in task.strays)]
    ranked = [peer.rank(text) for text, _ in asked]
    scores = np.array([_score(found) for found in ranked])
    first = np.array([found[0][0] if found else "" for found in ranked])
    meant = np.array([name for _, name in asked])
    rows = []
    for threshold in np.quantile(scores, np.linspace(0, 1, THRESHOLDS)):
        given = np.where(scores >= threshold, first, "")
        right = given == meant
        rows.append(
            [
                float(matthews_corrcoef(meant, given)),
                float(right[meant != ""].mean()),
                float(right[meant == ""].mean()),
            ]
        )
    return max(rows)


def decided(own: Answerer, task: Task) -> list[float]:
    """By the thresholds that this project chooses itself: the share answered rightly, and that of strays answered."""
    answers = [own.answer(Question(text)).outcome for text, _ in task.questions]
    rightly = [
        isinstance(outcome, Answer) and outcome.match.entry_id == name
        for outcome, (_, name) in zip(answers, task.questions, strict=True)
    ]
    falsely = [isinstance(own.answer(Question(text)).outcome, Answer) for text in task.strays]
    return [float(np.mean(rightly)), float(np.mean(falsely))]


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
    parser.add_argument("--whole", action="store_true", help="measure collections as they are")
    given = parser.parse_args()
    collections = {path.stem: read(path) for path in sorted(given.folder.glob("*.jsonl"))}
    print("\n".join(_whole(collections) if given.whole else _cut(collections, given.phrasings, given.seeds)))


def _cut(collections: Mapping[str, Sequence[Message]], sizes: Sequence[int], seeds: int) -> list[str]:
    rows = []
    for phrasings in sizes:
        tasks = [
            cut(own, [m for name, more in collections.items() if name != this for m in more], phrasings, seed)
            for this, own in collections.items()
            for seed in range(seeds)
        ]
        measured: dict[str, list[list[float]]] = {}
        for task in tasks:
            for name, peer in (*peers(task), ("this project", Ours(answerer(task)))):
                measured.setdefault(name, []).append(measure(peer, task))
        rows += [
            [str(phrasings), name, *_percents(np.mean(found, axis=0))] for name, found in measured.items()
        ]
    return table(["phrasings", "matcher", *_MEASURES], rows)


def _whole(collections: Mapping[str, Sequence[Message]]) -> list[str]:
    rows = []
    for name, messages in collections.items():
        task = whole(messages)
        if not (task.questions and task.strays):
            continue
        own = answerer(task)
        for peer, matcher in (*peers(task), ("this project", Ours(own))):
            shares = [*measure(matcher, task), *suited(matcher, task)]
            rows.append([name, peer, *_percents(shares), "", ""])
        rows[-1][-2:] = _percents(decided(own, task))
    suits = ["best MCC", "in scope", "off topic kept out"]
    return table(["collection", "matcher", *_MEASURES, *suits, "itself: rightly", "falsely"], rows)


def _percents(shares: Iterable[float]) -> list[str]:
    return [percent(round(1000 * share), 1000) for share in shares]


_MEASURES: Final = ("first", "in three", f"rightly at {FALSE_ANSWERS:.0%} false")


if __name__ == "__main__":
    main()
