"""A question beside what came before it: what of it is compared, and what it denies or takes back. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.corrections import correction
from knowledge.lexicon import lexicon
from knowledge.model import Entry
from knowledge.normalizer import tokens
from knowledge.outcome import Question


class Turn:
    """A question beside what came before it.

    Attributes:
        question: The question.
        entries: The entries of its language.
        language: That language.
        text: What of it is compared: without the words that put something right.
        corrects: Whether it has such words.
        denies: Whether such words say that nobody is in danger, and nobody was told of one.
        urgent: The urgent entry before it; empty for none.
        wrong: The entry before it that it says isn't meant; empty for none.
    """

    def __init__(self, question: Question, entries: Mapping[str, Entry], language: str) -> None:
        before = None if question.overheard else entries.get(question.previous or "")
        self.question, self.entries, self.language = question, entries, language
        self.urgent = before.id if before and before.urgent else ""
        corrected = None if question.overheard else correction(question.text)
        said = corrected is not None and says(corrected.rest, language)
        if corrected and not (said or (before and not corrected.denies)):
            corrected = None  # "I'm not ill but he is"; "I mean it", where nothing could be put right
        self.corrects = corrected is not None
        self.text = corrected.rest if corrected else question.text
        self.denies = corrected is not None and corrected.denies and not (self.urgent and question.stands)
        # Where nobody spoke of a danger, to deny one is no word on what was said.
        rejects = corrected is not None and corrected.rejects and not self.denies
        self.wrong = before.id if before and rejects and not self.urgent else ""


def says(text: str, language: str) -> bool:
    """Whether a text has a word with matter in it."""
    return not lexicon(language).stop_words.issuperset(tokens(text, language))
