"""A cursor over marked-up text that reads what the server's HTML parse mode reads."""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = " \t\r\n\v"
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE: Final = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[A-Za-z]*));?")


class Scanner:
    """Positions are characters; `byte` turns them into the bytes the server's errors speak of."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def byte(self, position: int) -> int:
        """How many bytes of UTF-8 stand before a position."""
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.source[self.at : self.at + 1]

    def read_until(self, stops: str) -> str:
        """Everything up to one of the stops, or to the end."""
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[start : self.at]

    def skip_spaces(self) -> None:
        """Pass over white space."""
        while self.at < len(self.source) and self.source[self.at] in SPACE:
            self.at += 1

    def text_of_reference(self) -> str:
        """The character reference here as it is written."""
        match = _REFERENCE.match(self.source, self.at)
        return match.group() if match else "&"

    def reference(self) -> str | None:
        """The character a reference stands for; None, and no step forward, for one the server does not know."""
        match = _REFERENCE.match(self.source, self.at)
        if match is None:
            return None
        if match["name"] is not None:
            char = _NAMED.get(match["name"])
        else:
            digits = match["hex"] if match["hex"] is not None else match["dec"]
            code = int(digits or "0", 16 if match["hex"] is not None else 10)
            size = len(match.group().rstrip(";"))
            char = chr(code) if 0 < code < 0x10FFFF and size < 10 else None
        if char is not None:
            self.at = match.end()
        return char
