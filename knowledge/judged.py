"""Judged questions: what people asked, and which entries would have been right. Read from JSON lines.

A line is an object such as `{"q": "is it legal", "ids": ["is-it-legal"], "kind": "in-scope"}`:

* `q`: the message.
* `ids`: the entries that answer it, the best first; empty where none does.
* `kind`: what sort of message it is; a report counts each kind apart. `chatter` and `overheard` are put as messages
  that people in a group write to each other. Default: `in-scope`, or `off-topic` where `ids` is empty.
* `chat`: lines with the same one are a conversation, in this order.
* `lang`: the asker's language code.

A line with `fails` lists a known failure (see `tests/questions`), is no question and is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.problems import did_you_mean

GROUP_KINDS: Final = frozenset({"chatter", "overheard"})
"""Kinds that are put as overheard in a group."""
FIELDS: Final = ("q", "ids", "kind", "chat", "lang")


@dataclass(frozen=True, slots=True)
class Judged:
    """A message and the entries that answer it."""

    text: str
    accepted: tuple[str, ...]
    """Entry ids, the best first; empty where no entry answers."""
    kind: str
    chat: str = ""
    """Names the conversation; empty for a message that stands alone."""
    language: str | None = None

    @property
    def overheard(self) -> bool:
        """Whether it's put as group talk that isn't addressed to the bot."""
        return self.kind in GROUP_KINDS


@dataclass(frozen=True, slots=True)
class BadLine:
    """What is wrong with a line."""

    line: int
    """Counts from 1."""
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.line}: {self.message}; {self.mend}"


_CURLY: Final = re.compile("[\u201c-\u201f]")
_NOTHING_BEHIND: Final = re.compile(r",\s*[\]}]")


def read_questions(text: str) -> tuple[list[Judged], list[BadLine]]:
    """Read JSON lines; empty ones are passed over.

    Returns:
        The questions of the good lines, and everything that is wrong with the others, both in the order of the text.
    """
    questions: list[Judged] = []
    problems: list[BadLine] = []
    # Not splitlines(): a JSON string may hold other line separators as they are.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as fault:
            mend = 'write one object a line: {"q": "...", "ids": ["..."]}'
            if _CURLY.search(line):
                mend = 'put straight quotes (") instead of the curly ones'
            elif _NOTHING_BEHIND.search(line):
                mend = "take the comma before the closing bracket away"
            problems.append(BadLine(number, f"this is no JSON ({fault})", mend))
            continue
        if not isinstance(fields, dict):
            message = "this is no object"
            problems.append(BadLine(number, message, 'write it as {"q": "...", "ids": ["..."]}'))
        elif "fails" not in fields:
            faults = [BadLine(number, message, mend) for message, mend in _faults(fields)]
            problems += faults
            if not faults:
                questions.append(_judged(fields))
    return questions, problems


def _judged(fields: Mapping[str, object]) -> Judged:
    ids = fields["ids"]
    accepted = tuple(map(str, ids)) if isinstance(ids, list) else ()
    return Judged(
        str(fields["q"]),
        accepted,
        str(fields.get("kind") or ("in-scope" if accepted else "off-topic")),
        str(fields.get("chat") or ""),
        str(fields["lang"]) if fields.get("lang") else None,
    )


def _faults(fields: Mapping[str, object]) -> list[tuple[str, str]]:
    """What is wrong with the fields of a line, and how to mend it."""
    faults: list[tuple[str, str]] = []
    text = fields.get("q")
    if not isinstance(text, str) or not text.strip():
        faults.append(('"q" is missing, empty or no text', "write the message there"))
    ids = fields.get("ids")
    if isinstance(ids, str):
        faults.append(('"ids" is a single text', f"put it in brackets: [{json.dumps(ids)}]"))
    elif not isinstance(ids, list) or not all(isinstance(id_, str) and id_ for id_ in ids):
        faults.append(
            ('"ids" is missing or no list of texts', 'write entry ids: ["..."], or [] where none answers')
        )
    elif len(set(ids)) < len(ids):
        faults.append(('"ids" names an entry twice', "take one of them out"))
    faults += [
        (f'"{name}" is no text', "put it in double quotes")
        for name in ("kind", "chat", "lang")
        if not isinstance(fields.get(name, ""), str)
    ]
    faults += [
        (f'there is no field "{name}"', did_you_mean(name, FIELDS) or f"the fields are {', '.join(FIELDS)}")
        for name in fields
        if name not in FIELDS
    ]
    if fields.get("kind") == "chatter" and ids:
        faults.append(('"chatter" has no right answer', 'empty "ids", or make it "overheard"'))
    return faults
