"""What the bot says, before it is sent: text in Telegram's HTML and rows of buttons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: it either presses (`data`) or opens a page (`url`).

    Attributes:
        text: What stands on it.
        data: What pressing it means, see `bot/callback_data.py`.
        url: The page that it opens.
        heard: What somebody may type instead of pressing it, besides its text, with `|` between.
    """

    text: str
    data: str = ""
    url: str = ""
    heard: str = ""


Row: TypeAlias = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A message.

    Attributes:
        html: Its text in Telegram's HTML, at most 4,096 characters after parsing.
        buttons: Its rows of buttons.
        silent: Whether it arrives without a sound.
        entry_id: The entry whose answer it is about; empty for none.
        language: That of its reader, where it is about an answer.
        asked: The questions that were asked back, where it answers the one chosen; remembered, and not shown.
        instead: Those that may be meant where it doesn't answer what was asked; likewise.
        short: What to say to who wants it shorter, where it is about no answer; likewise.
    """

    html: str
    buttons: tuple[Row, ...] = ()
    silent: bool = False
    entry_id: str = ""
    language: str = ""
    asked: Row = ()
    instead: Row = ()
    short: str = ""

    def with_rows(self, rows: tuple[Row, ...]) -> Reply:
        """The same with more rows of buttons under it."""
        return replace(self, buttons=(*self.buttons, *rows))

    def to_choose_from(self) -> Reply:
        """What of it can be chosen by typing: the same without its text, and of its buttons those that the bot hears of."""
        heard = tuple(tuple(button for button in row if button.data) for row in self.buttons)
        return replace(self, html="", buttons=heard)
