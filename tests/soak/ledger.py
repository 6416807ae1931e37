"""What was asked and what was answered: lost, answered twice, and after how long. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Each pair of a chat and an entry is asked once, so an answer's chat and text tell which question it belongs to."""

    asked: dict[tuple[int, str], float] = field(default_factory=dict)
    """(chat, entry) -> when, in seconds."""
    answered: dict[tuple[int, str], list[float]] = field(default_factory=dict)
    """(chat, entry) -> when, each time."""
    strays: list[str] = field(default_factory=list)
    """Messages that are no answer to anything that was asked, such as a word on a delay."""

    def ask(self, chat: int, entry: str, at: float) -> None:
        """Note a question."""
        self.asked[chat, entry] = at

    def answer(self, chat: int, entry: str | None, text: str, at: float) -> None:
        """Note a message of the bot.

        Args:
            chat: Where it went.
            entry: The entry whose answer it is; None for something else.
            text: What it says.
            at: When it arrived.
        """
        if entry is None or (chat, entry) not in self.asked:
            self.strays.append(text)
        else:
            self.answered.setdefault((chat, entry), []).append(at)

    @property
    def lost(self) -> int:
        """Questions without an answer (so far)."""
        return len(self.asked.keys() - self.answered.keys())

    @property
    def duplicates(self) -> int:
        """Answers beyond the first."""
        return sum(len(times) - 1 for times in self.answered.values())

    def waits(self, after: float = 0.0) -> list[float]:
        """Seconds that each answered question waited, of those asked after a moment."""
        return [
            times[0] - self.asked[key] for key, times in self.answered.items() if self.asked[key] >= after
        ]


def quantile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values doesn't exceed; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def growth(sizes: Sequence[float]) -> float:
    """How much the last quarter of a row of sizes is above its second quarter; the first is for warming up."""
    quarter = len(sizes) // 4
    if not quarter:
        return 0.0
    return sum(sizes[-quarter:]) / quarter - sum(sizes[quarter : 2 * quarter]) / quarter
