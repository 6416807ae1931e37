"""Which files of a folder are read, and what to say of those that look as if they were. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from knowledge.places import Location
from knowledge.problems import problem

if TYPE_CHECKING:
    from knowledge.problems import Problem

LOOKED_AT: Final = 65_536
"""Bytes of a file that are enough to tell whether it holds entries."""
_SUFFIXES: Final = frozenset((".yaml", ".yml"))
_ENTRY: Final = re.compile(rb"^[ \t]*(?:- +)?(?:\{ *)?question:", re.MULTILINE | re.IGNORECASE)


def is_read(name: str) -> bool:
    """Whether a file of this name is read: YAML that isn't hidden."""
    return not name.startswith(".") and PurePosixPath(name).suffix.lower() in _SUFFIXES


def may_be_meant(name: str) -> bool:
    """Whether a file of this name isn't read, and a curator may think that it is: `.house.yaml`, `house.yaml.txt`."""
    suffix = PurePosixPath(name).suffix.lower()
    return not is_read(name) and (suffix in _SUFFIXES or suffix == ".txt")


def holds_entries(start: bytes) -> bool:
    """Whether a file that begins like this holds entries."""
    return _ENTRY.search(start) is not None


def left_out(name: str) -> Problem:
    """The problem of such a file, or of one that lies too deep; its name as in a location."""
    path = PurePosixPath(name)
    if is_read(path.name):
        message = "this file isn't read, for it lies in a folder inside a folder"
        mend = f"move it up, beside the folder {path.parent.name}, or out of the knowledge base"
    elif path.name.startswith("."):
        message = "this file isn't read, for its name begins with a full stop"
        mend = f"rename it to {path.name.lstrip('.')}, or move it out of the knowledge base"
    else:
        message = "this file holds entries and isn't read, for its name doesn't end in .yaml"
        stem = path.stem if is_read(path.stem) else f"{path.stem}.yaml"
        mend = f"rename it to {stem} (where endings are hidden, have them shown first)"
    return problem("unknown-file", Location(name, 1, 1), message, mend=mend)
