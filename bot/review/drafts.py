"""Questions that somebody may choose to send to the maintainers: in memory only, for minutes, each for its asker alone."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.review.masking import Masked

MINUTES: Final = 15
MAX_DRAFTS: Final = 2_000
"""The oldest are forgotten beyond this."""
KEY_LENGTH: Final = 6
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it was asked.

    Attributes:
        text: As typed.
        language: Of the entries that it was compared with.
        shown: What would be kept of it, once its asker has seen that.
    """

    text: str
    language: str
    shown: Masked | None = None


class Drafts:
    """Remembers questions.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[int, Draft, float]] = OrderedDict()

    def put(self, user_id: int, draft: Draft) -> str:
        """Remember a question; the answer is the key to it, `KEY_LENGTH` characters of `[a-z0-9]`."""
        self._drop_old()
        key = _new_key()
        self._kept[key] = (user_id, draft, self._clock())
        self._kept.move_to_end(key)
        while len(self._kept) > MAX_DRAFTS:
            self._kept.popitem(last=False)
        return key

    def get(self, key: str, user_id: int) -> Draft | None:
        """The question behind a key, for the one who asked it; None for anybody else, and when its time is over."""
        self._drop_old()
        owner, draft, _ = self._kept.get(key, (None, None, 0.0))
        return draft if owner == user_id else None

    def show(self, key: str, user_id: int, shown: Masked) -> None:
        """Note what of a question of one's own its asker has seen."""
        draft = self.get(key, user_id)
        if draft is not None:
            self._kept[key] = (user_id, replace(draft, shown=shown), self._kept[key][2])

    def drop(self, key: str, user_id: int) -> None:
        """Forget a question of one's own."""
        if self.get(key, user_id) is not None:
            del self._kept[key]

    def forget(self, user_id: int) -> int:
        """Forget all of somebody's questions; how many there were."""
        self._drop_old()
        keys = [key for key, (owner, _, _) in self._kept.items() if owner == user_id]
        for key in keys:
            del self._kept[key]
        return len(keys)

    def _drop_old(self) -> None:
        over = self._clock() - MINUTES * 60
        while self._kept:
            key, (_, _, then) = next(iter(self._kept.items()))
            if then > over:
                break
            del self._kept[key]


def _new_key() -> str:
    """A key by chance: drawn once, since each draw is a call of the system."""
    drawn, key = secrets.randbelow(len(_LETTERS) ** KEY_LENGTH), ""
    for _ in range(KEY_LENGTH):
        drawn, letter = divmod(drawn, len(_LETTERS))
        key += _LETTERS[letter]
    return key
