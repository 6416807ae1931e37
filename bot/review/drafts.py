"""Questions that somebody may choose to send to the maintainers: in memory only, for minutes, each for its asker alone."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.memory import Memory
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
        self._kept: Memory[Draft] = Memory(MINUTES, clock, most=MAX_DRAFTS)

    def put(self, user_id: int, draft: Draft, key: str = "") -> str:
        """Remember a question; the answer is the key to it, a new one where none is given."""
        key = key or new_key()
        self._kept.keep((user_id, key), draft)
        return key

    def get(self, key: str, user_id: int) -> Draft | None:
        """The question that a key leads to, for the one who asked it; None for anybody else, and when its time is over."""
        return self._kept.get((user_id, key))

    def show(self, key: str, user_id: int, shown: Masked) -> None:
        """Note what of a question of one's own its asker has seen."""
        draft = self.get(key, user_id)
        if draft is not None:
            self._kept.change((user_id, key), replace(draft, shown=shown))

    def drop(self, key: str, user_id: int) -> None:
        """Forget a question of one's own."""
        self._kept.drop((user_id, key))

    def forget(self, user_id: int) -> int:
        """Forget all of somebody's questions; how many there were."""
        return self._kept.forget(lambda kept: isinstance(kept, tuple) and kept[0] == user_id)


def new_key() -> str:
    """A key by chance, `KEY_LENGTH` characters of `[a-z0-9]`: drawn once, since each draw is a call of the system."""
    # 32 letters: each is as likely.
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in secrets.token_bytes(KEY_LENGTH))
