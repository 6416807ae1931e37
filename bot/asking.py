"""How many questions one person may ask: past that they are told once, and then not answered for a while. Pure, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

QUESTIONS: Final = 20
"""Questions of one person that are answered within `WITHIN`: far more than anybody reads answers to."""
WITHIN: Final = 60.0
"""Seconds; for as long nothing is answered after the last of them."""
_PEOPLE: Final = 10_000
"""How many people are counted; those who asked longest ago are forgotten first."""


@dataclass(slots=True)
class _Person:
    asked: tuple[tuple[float, Hashable], ...] = ()
    """The last `QUESTIONS`, with when they were written: most people ask one or two."""
    paused_until: float = 0.0
    told: bool = False


class Asking:
    """Counts questions by person.

    Times are those at which questions were written, in seconds since the epoch: what has gathered while the bot was away
    wasn't asked in one minute.
    """

    def __init__(self) -> None:
        self._people: OrderedDict[int, _Person] = OrderedDict()

    def may(self, person: int, question: Hashable, written: float) -> bool:
        """Count a question, and say whether it is to be answered.

        Args:
            person: Who asks.
            question: Its name: the same one, handled again, isn't counted again.
            written: When.
        """
        asker = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > _PEOPLE:
            self._people.popitem(last=False)
        if any(question == earlier for _, earlier in asker.asked):
            return True
        if written < asker.paused_until:
            return False
        if len(asker.asked) == QUESTIONS and written - asker.asked[0][0] < WITHIN:
            asker.paused_until, asker.told = written + WITHIN, False
            return False
        asker.asked = (*asker.asked, (written, question))[-QUESTIONS:]
        return True

    def is_to_be_told(self, person: int) -> bool:
        """Whether somebody who isn't answered doesn't know why yet."""
        asker = self._people.get(person)
        return asker is not None and not asker.told

    def told(self, person: int) -> None:
        """Note that somebody knows."""
        if asker := self._people.get(person):
            asker.told = True
