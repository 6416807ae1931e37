"""Which messages people have said something of, so that a second press isn't counted. In memory, bounded."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, TypeAlias

MAX_PRESSES: Final = 10_000
"""The oldest are forgotten beyond this: their buttons are long gone."""
Press: TypeAlias = tuple[int, int, str]
"""A chat, a message in it, and what was asked there."""


class Presses:
    """Remembers presses."""

    def __init__(self) -> None:
        self._seen: OrderedDict[Press, None] = OrderedDict()

    def __contains__(self, press: Press) -> bool:
        return press in self._seen

    def add(self, press: Press) -> None:
        """Note one."""
        self._seen[press] = None
        while len(self._seen) > MAX_PRESSES:
            self._seen.popitem(last=False)

    def forget(self, chat_id: int) -> None:
        """Forget those in a chat."""
        for press in [press for press in self._seen if press[0] == chat_id]:
            del self._seen[press]
