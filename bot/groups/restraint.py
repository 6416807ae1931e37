"""Whether the bot may speak in a group without being asked. Pure: from what is stored of the group, and the time.

It is stored, not just remembered, so that a restart or another replica doesn't make the bot repeat itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.store.protocol import Json

PAUSE: Final = 600.0
"""Seconds between two unasked answers in one group."""
REPEATED_AFTER: Final = 86_400.0
"""Seconds in which no entry is given unasked a second time."""
_UNASKED: Final = "unasked"


def may_speak(stored: Mapping[str, Json], entry_id: str, now: float) -> bool:
    """Whether an entry may be given unasked.

    Args:
        stored: What is stored of the group.
        entry_id: The entry.
        now: Seconds since the epoch.
    """
    given = _given(stored, now)
    return entry_id not in given and all(now - then >= PAUSE for then in given.values())


def spoke(stored: Mapping[str, Json], entry_id: str, now: float) -> dict[str, Json]:
    """What to store of a group now that an entry was given unasked; what is older than a day is dropped."""
    return {**stored, _UNASKED: {**_given(stored, now), entry_id: round(now)}}


def _given(stored: Mapping[str, Json], now: float) -> dict[str, float]:
    """Entry -> when it was given unasked, in the last day. What seems to come yet was noted by a clock that was ahead."""
    given = stored.get(_UNASKED)
    if not isinstance(given, Mapping):
        return {}
    return {
        entry_id: float(then)
        for entry_id, then in given.items()
        # Clocks of several processes differ somewhat; one that was set back by more mustn't silence the bot until then.
        if isinstance(then, int | float) and -PAUSE < now - then < REPEATED_AFTER
    }
