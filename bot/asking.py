"""How much one person may ask for: past that they get one notice, and no answer for a while. Pure, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

IN_PRIVATE: Final = 20
"""Messages and presses of one person that are answered within `WITHIN`: far more than anybody reads answers to."""
IN_A_GROUP: Final = 10
"""The same in one group, to which Telegram lets the bot send 20 messages in that time: others want to ask as well."""
WHILE_TYPING: Final = 60
"""How often one person is offered answers within `WITHIN` while they type the bot's name and a question in any chat: an app
asks again whenever they pause."""
WITHIN: Final = 60.0
"""Seconds of the window, and of the pause that begins with the first message too many."""
WARNED: Final = 2
"""How often in a pause somebody is shown what to do in an emergency."""
_PEOPLE: Final = 10_000
"""How many people are counted; those who asked longest ago are forgotten first."""


@dataclass(slots=True)
class _Person:
    asked: tuple[tuple[float, Hashable], ...] = ()
    """The last of them, with when they were written: most people ask one or two."""
    paused_until: float = 0.0
    notified: bool = False
    looked_at: int = 0
    """How many of the messages in this pause were looked at, though none is answered."""
    warned: int = 0


class Asking:
    """Counts what people ask for, by person and place.

    Times are those at which questions were written, in seconds since the epoch: what has gathered while the bot was away
    wasn't asked in one minute.
    """

    def __init__(self) -> None:
        self._people: OrderedDict[Hashable, _Person] = OrderedDict()

    def may(self, person: Hashable, question: Hashable, written: float, most: int = IN_PRIVATE) -> bool:
        """Count a question, and tell whether it is to be answered.

        Args:
            person: Who asks, and where.
            question: Its name: the same one, handled again, isn't counted again.
            written: When.
            most: How many of theirs are answered within `WITHIN`.
        """
        asker = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > _PEOPLE:
            self._people.popitem(last=False)
        if any(question == earlier for _, earlier in asker.asked):
            return True
        if written < asker.paused_until:
            return False
        if len(asker.asked) >= most and written - asker.asked[-most][0] < WITHIN:
            asker.paused_until, asker.notified = written + WITHIN, False
            asker.looked_at = asker.warned = 0
            return False
        asker.asked = (*asker.asked, (written, question))[-most:]
        return True

    def needs_notice(self, person: Hashable) -> bool:
        """Whether somebody who isn't answered doesn't know why yet."""
        asker = self._people.get(person)
        return asker is not None and not asker.notified

    def note_notice(self, person: Hashable) -> None:
        """Note that somebody knows why they aren't answered."""
        if asker := self._people.get(person):
            asker.notified = True

    def may_be_urgent(self, person: Hashable) -> bool:
        """Whether a message in a pause is looked at, as it may speak of a danger: as many as are answered otherwise."""
        asker = self._people.get(person)
        if asker is None or asker.warned >= WARNED or asker.looked_at >= IN_PRIVATE:
            return False
        asker.looked_at += 1
        return True

    def note_warning(self, person: Hashable) -> None:
        """Note that somebody was shown in a pause what to do in an emergency."""
        if asker := self._people.get(person):
            asker.warned += 1
