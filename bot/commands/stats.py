"""`advisory-bot stats`: how many questions there were and what became of them, as a table and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot import settings
from bot.commands.database import tell
from bot.commands.writing import written
from bot.figures.gathering import gather, question_in
from bot.figures.picture import png
from bot.figures.statistics import DAYS, Figures, summary, table
from bot.locales import words
from knowledge.opening import read_base

_WIDTH: Final = 78


def stats(*, knowledge: Path | None = None, days: int = DAYS, picture: Path | None = None) -> int:
    """Print the figures.

    Args:
        knowledge: The knowledge base, for the entries' questions.
        days: How many days up to today are counted.
        picture: Where to write the picture as PNG; None for nowhere.

    Returns:
        0, or 1 where the database can't be used or the picture can't be written.
    """
    base = read_base(knowledge or settings.load().knowledge_dir)
    question, say = question_in(base, base.default_language), words(base.default_language)

    def show(shown: Figures) -> bool:
        print(summary(shown, say), end="\n\n")
        print(table(shown, say, question, _WIDTH))
        return picture is None or written(picture, png(shown, say, base.advisory.title, question))

    return tell(lambda store: gather(store, days=days), show)
