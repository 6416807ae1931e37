"""Where things are written, so that whatever is wrong with one can be shown there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a source file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE: Final = Location("", 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What knows where it is written, and where each of its fields is."""

    location: Location = NOWHERE
    places: Mapping[str, Location] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )
    """Field path (`answer`, `cites[0]`, `phrasings[3]`) -> where it is written."""

    def place(self, path: str) -> Location:
        """Where a field is written; the place of the whole where the field is a default."""
        return self.places.get(path, self.location)
