"""Figures -> a picture for a phone: questions by day, what is asked most, whose answers didn't help. Pure."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.figures.statistics import OUTCOMES, Figures
from bot.locales import Words

WIDTH: Final = 1080
"""Pixels, as a phone is wide."""
_MARGIN: Final = 56
_PANEL: Final = 560
"""Height of the panel of days."""
_ROW: Final = 58
"""Height of an entry's row."""
_INK: Final = "#1c2733"
_FAINT: Final = "#6b7783"
_GRID: Final = "#e3e8ec"
_PAPER: Final = "#ffffff"
_COLOURS: Final = {"answer": "#2a78b5", "clarify": "#f0b429", "decline": "#b4452f"}
"""Told apart in any kind of colour blindness, by their lightness too."""
_GOOD: Final = "#2a78b5"
_BAD: Final = "#b4452f"
_SIZES: Final = {"title": 36, "head": 28, "text": 23, "small": 20}


@dataclass(frozen=True, slots=True)
class _Bar:
    """A row of a list: a name, and parts of a bar, each with its colour."""

    name: str
    parts: tuple[tuple[int, str], ...]
    figure: str


def png(shown: Figures, words: Words, title: str, question: Callable[[str], str]) -> bytes:
    """The picture as PNG.

    Args:
        shown: The figures.
        words: The bot's own words.
        title: What it is about.
        question: Entry id -> its question, or the id where it is no more.
    """
    asked = [
        _Bar(question(entry), ((count, _COLOURS["answer"]),), str(count)) for entry, count in shown.asked
    ]
    disliked = [
        _Bar(
            question(one.entry_id),
            ((one.not_helped, _BAD), (one.helped, _GOOD)),
            f"{one.not_helped} : {one.helped}",
        )
        for one in shown.disliked
    ]
    rows = max(1, len(asked)) + max(1, len(disliked))
    sheet = _Sheet(150 + _PANEL + 2 * 110 + rows * _ROW + _MARGIN)
    sheet.text(_MARGIN, 40, _fitted(title, "title", WIDTH - 2 * _MARGIN), "title")
    first, last = shown.days[0].isoformat(), shown.days[-1].isoformat()
    sheet.text(_MARGIN, 96, f"{first} \N{EN DASH} {last}", "text", _FAINT)
    _days(sheet, 150, shown, words)
    top = 150 + _PANEL + 30
    top = _list(sheet, top, words("stats-asked"), asked, words("stats-nothing"))
    _list(sheet, top + 30, words("stats-disliked"), disliked, words("stats-nothing"))
    return sheet.png()


class _Sheet:
    """White paper of the picture's width."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH, height), _PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: float, y: float, text: str, size: str, colour: str = _INK, anchor: str = "la") -> None:
        """Write a line; the anchor as Pillow names it."""
        self._draw.text((x, y), text, fill=colour, font=_font(size), anchor=anchor)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill a rectangle; one without width or height leaves nothing."""
        if right > left and bottom > top:
            self._draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)

    def png(self) -> bytes:
        """What was drawn."""
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=True)
        return out.getvalue()


def _days(sheet: _Sheet, top: int, shown: Figures, words: Words) -> None:
    """A bar for each day, its outcomes on top of each other; a legend above, an axis at the left."""
    sheet.text(_MARGIN, top + 6, words("stats-by-day"), "head")
    x = float(_MARGIN)
    for outcome in OUTCOMES:
        label = f"{words(f'stats-{outcome}')} {sum(shown.by_day[outcome])}"
        sheet.box(x, top + 62, x + 22, top + 84, _COLOURS[outcome])
        sheet.text(x + 32, top + 61, label, "text")
        x += 32 + _font("text").getlength(label) + 40
    highest = max(map(sum, zip(*shown.by_day.values(), strict=True)))
    step, above = _steps(highest)
    left, right, roof, floor = _MARGIN + 60, WIDTH - _MARGIN, top + 120, top + _PANEL - 50
    scale = (floor - roof) / above
    for mark in range(0, above + 1, step):
        y = floor - mark * scale
        sheet.box(left, y, right, y + 2, _GRID)
        sheet.text(left - 12, y, str(mark), "small", _FAINT, "rm")
    width = (right - left) / len(shown.days)
    gap = min(6.0, width * 0.2)
    for number, day in enumerate(shown.days):
        x, y = left + number * width, float(floor)
        for outcome in OUTCOMES:
            height = shown.by_day[outcome][number] * scale
            sheet.box(
                round(x + gap / 2), round(y - height), round(x + width - gap / 2), round(y), _COLOURS[outcome]
            )
            y -= height
        if number % max(1, len(shown.days) // 4) == 0:
            sheet.text(x + gap / 2, floor + 12, f"{day.month:02}-{day.day:02}", "small", _FAINT)


def _steps(highest: int) -> tuple[int, int]:
    """The distance of the axis's marks, and the highest mark: at most five, of round numbers."""
    step = 1
    while step * 4 < highest:
        step = step * 2 if str(step)[0] != "2" else step * 5 // 2
    return step, step * max(1, -(-highest // step))


def _list(sheet: _Sheet, top: int, title: str, bars: Sequence[_Bar], nothing: str) -> int:
    """Rows of entries, each with a bar under its name; answers where the next thing may stand."""
    sheet.text(_MARGIN, top, title, "head")
    top += 54
    if not bars:
        sheet.text(_MARGIN, top, nothing, "text", _FAINT)
        return top + _ROW
    longest = max(sum(size for size, _ in bar.parts) for bar in bars)
    room = WIDTH - 2 * _MARGIN - 130
    for bar in bars:
        sheet.text(_MARGIN, top, _fitted(bar.name, "text", room), "text")
        sheet.text(WIDTH - _MARGIN, top, bar.figure, "text", _INK, "ra")
        x = float(_MARGIN)
        for size, colour in bar.parts:
            end = x + size / longest * (WIDTH - 2 * _MARGIN)
            sheet.box(round(x), top + 34, round(end), top + 44, colour)
            x = end
        top += _ROW
    return top


def _fitted(text: str, size: str, room: float) -> str:
    """As much of a line as fits into a width in pixels."""
    font = _font(size)
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


@cache
def _font(size: str) -> ImageFont.FreeTypeFont:
    # Pillow's own font has no accented letters.
    data = resources.files("bot.figures").joinpath("fonts", "DejaVuSans-part.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), _SIZES[size])
