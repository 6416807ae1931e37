"""Words -> their stems, by Snowball.

Its stemmers get words without accents, so that they find only some endings of a language like Turkish, which tells them by
accents. A language that Snowball doesn't know keeps its words.

Source: M. F. Porter, "Snowball: A language for stemming algorithms", 2001.
"""

from __future__ import annotations

from threading import Lock
from typing import Final

from Stemmer import Stemmer as SnowballStemmer  # PyStemmer: in C

from knowledge.remembered import Remembered

_SNOWBALL: Final = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


class Stemmer:
    """The stems of a language's words."""

    def __init__(self, language: str) -> None:
        name = _SNOWBALL.get(language)
        # No cache of its own: what is met again is remembered here.
        self._stem_word = SnowballStemmer(name, 0).stemWord if name else str
        self._one_at_a_time = Lock()  # Snowball's stemmers keep the word at hand in themselves
        self._stems = Remembered(self._found)

    def __call__(self, word: str) -> str:
        """The stem of one word in comparison form."""
        return self._stems[word]

    def _found(self, word: str) -> str:
        with self._one_at_a_time:
            return str(self._stem_word(word))
