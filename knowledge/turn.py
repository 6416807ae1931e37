"""A question beside what came before it: what of it is compared, and what it denies or takes back. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.corrections import correction
from knowledge.lexicon import lexicon
from knowledge.model import Entry
from knowledge.normalizer import tokens
from knowledge.outcome import Alert, Question, Relief
from knowledge.safety import hear


class Turn:
    """A question beside what came before it.

    Attributes:
        question: The question.
        entries: The entries of its language.
        language: That language.
        text: What of it is compared: without the words that put something right.
        corrects: Whether it has such words.
        relief: What is better about a danger, as it says; the rest of its words is what is compared.
        denies: Whether it says so where nobody was told of a danger.
        urgent: The urgent entry before it; empty for none.
        stands: Whether that is what messages get that aren't surely about something else.
        wrong: The entry before it that it says isn't meant; empty for none.
    """

    def __init__(self, question: Question, entries: Mapping[str, Entry], language: str) -> None:
        before = None if question.overheard else entries.get(question.previous or "")
        self.question, self.entries, self.language = question, entries, language
        self.urgent = before.id if before and before.urgent else ""
        self.stands = bool(self.urgent) and question.alert >= Alert.SHORT
        self.relief, self.text = Relief.NONE, question.text
        if not (question.overheard or question.quoted):
            heard = hear(question.text, alarmed=question.troubled)
            if heard.relief and (question.troubled or says(heard.rest, language)):
                self.relief, self.text = heard.relief, heard.rest
        corrected = None if question.overheard else correction(self.text)
        if corrected and not (says(corrected.rest, language) or before):
            corrected = None  # "I mean it", where nothing could be put right
        self.text = corrected.rest if corrected else self.text
        self.corrects = corrected is not None or bool(self.relief)
        self.denies = bool(self.relief) and not question.troubled
        rejects = corrected is not None and corrected.rejects
        self.wrong = before.id if before and rejects and not self.urgent else ""


def says(text: str, language: str) -> bool:
    """Whether a text has a word with matter in it."""
    return not lexicon(language).stop_words.issuperset(tokens(text, language))
