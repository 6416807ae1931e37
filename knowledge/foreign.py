"""Whether a message is plainly written in a language that a knowledge base doesn't speak, and in which one.

People write as they think, also where nobody has written answers in their language. Matched among entries in another one,
"posso levar minhas celulas para o mexico" would get whatever Spanish entry is nearest. A language is recognised by its
script, or by how much more common a message's words are in it than in any language that the knowledge base speaks.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.model import language_code
from knowledge.normalizer import NO_LANGUAGE, clean, tokens

FLOOR: Final = 3e-7
"""The share of a language's words from which on a word is counted as used in it."""
STEP: Final = 0.1
"""One level of how common a word is, as a natural logarithm."""
_MOST: Final = 6.0
"""What one word says at most, for or against a language, as a natural logarithm: e^6 times as common."""
_CLEARLY: Final = 1.5
"""From which on a word counts as one of the other language."""
# The next ones were set on all messages of the tests and all phrasings of the bundled knowledge base, misspelt ones
# among them, against some 120 short messages in five languages; docs/decisions/0033 has the results.
_ENOUGH: Final = 8.0
"""What all words of a message say together, at least, two of them being clearly of the other language."""
_ON_AVERAGE: Final = 1.0
"""What each of them says on average: a quotation makes no message foreign."""
_SHARE: Final = 0.25
"""The share of them that are clearly of the other language, at least."""
_FEW: Final = 4
"""Up to this many words less is enough, where every one is common and none speaks against it."""
_ENOUGH_OF_FEW: Final = 5.0
_AGAINST: Final = -0.7
_ENOUGH_OF_LIKELY: Final = 4.0
"""What is enough where the language is that of the writer's app."""
_FEWEST_LETTERS: Final = 5
"""Of these words that are clearly of the other language: shorter ones are abbreviations as well ("ALS", "ok ja")."""
_FOREIGN_TEXTS: Final = 0.2
"""The share of a knowledge base's texts in a language or script from which on it speaks that, whatever its folders are called."""
_OF_SCRIPT: Final = {
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}
_WITHOUT_SPACES: Final = frozenset(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI"))
"""Scripts in which two letters can be a sentence."""
_FEWEST_IN_SCRIPT: Final = 4
"""Letters of any other script: fewer are a formula or a face."""
_UKRAINIAN: Final = frozenset("іїєґ")
_URDU: Final = frozenset("ٹڈڑےں")
_PERSIAN: Final = frozenset("پچژگکی")


_MOST_WORDS: Final = 50_000
"""Words whose look-ups are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class CommonWords:
    """How common words are in some languages."""

    words: npt.NDArray[np.bytes_]
    """Sorted, in comparison form."""
    languages: tuple[str, ...]
    levels: npt.NDArray[np.uint8]
    """Shape (words, languages), in steps of `STEP` above `FLOOR`."""

    def of(self, words: Iterable[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float32]]:
        """Which of these words are known, and how common each one is: shape (words, languages), in natural logarithms."""
        # One letter more than any word has, so that longer ones are cut and still differ.
        rows = np.array([_row(self, word[: self.words.itemsize]) for word in words], np.intp)
        return rows >= 0, self.levels[rows] * np.float32(STEP)


@lru_cache(maxsize=_MOST_WORDS)
def _row(common: CommonWords, word: str) -> int:
    """Where a word is; -1 for one that isn't there."""
    sought = word.encode("ascii", "replace")
    at = bisect_left(common.words, sought)
    return at if at < len(common.words) and common.words[at] == sought else -1


@cache
def common_words() -> CommonWords:
    """Those that ship with the project; `docs/count_common_words.py` makes them."""
    source = resources.files("knowledge").joinpath("frequencies", "common.npz")
    with np.load(BytesIO(source.read_bytes())) as kept:
        listed = kept["words"].tobytes().split(b"\n")
        words = np.array(listed, f"S{max(map(len, listed)) + 1}")
        languages = tuple(kept["languages"].tobytes().decode("ascii").split("\n"))
        return CommonWords(words, languages, kept["levels"])


class ForeignLanguages:
    """Tells the languages that a knowledge base doesn't speak.

    Args:
        texts: Language code -> texts of the knowledge base in it, which show what it really speaks: somebody
            may write German entries in the shortest form, which takes everything for English.
    """

    def __init__(self, texts: Mapping[str, Collection[str]]) -> None:
        known = common_words().languages
        # A language whose words haven't been counted can't be distinguished from others.
        self._by_words = all(language in known for language in texts)
        self._scripts: frozenset[str] = frozenset()
        self._spoken = frozenset(texts)
        self.seems = {
            language: _usual(self.language_of(text) for text in of_language)
            for language, of_language in texts.items()
        }
        """For each language, the others that a good part of its texts are written in."""
        scripts = [_usual(_script(clean(text)) for text in of_language) for of_language in texts.values()]
        self._scripts = self._scripts.union(*scripts)
        self._spoken = self._spoken.union(*self.seems.values())

    def language_of(self, text: str, likely: str | None = None) -> str:
        """The code of the other language that a text is written in, `und` where only its script is known; else an empty text.

        Args:
            text: What somebody wrote.
            likely: The language of their app, such as `pt-BR`; less is enough to tell that one.
        """
        if not text.isascii():
            cleaned = clean(text)
            if script := _script(cleaned):
                return "" if script in self._scripts else _in_script(script, cleaned)
        return self._by_common_words(text, language_code(likely)) if self._by_words else ""

    def _by_common_words(self, text: str, likely: str) -> str:
        words = [word for word in dict.fromkeys(tokens(text, NO_LANGUAGE)) if not word.isdecimal()]
        if not words:
            return ""
        known, levels = common_words().of(words)
        ours = [at for at, language in enumerate(common_words().languages) if language in self._spoken]
        # People mix the languages that they know: each word counts as of the one where it is at home.
        says = (levels - levels[:, ours].max(axis=1, keepdims=True)).clip(-_MOST, _MOST)
        says[~known] = 0.0
        languages = common_words().languages
        own = languages.index(likely) if likely in languages and likely not in self._spoken else None
        if own is not None and _is_plain(says[:, own], known, words, likely=True):
            return likely
        at = int(says.sum(axis=0).argmax())
        return languages[at] if at not in ours and _is_plain(says[:, at], known, words) else ""


def _usual(found: Iterable[str]) -> set[str]:
    """What a good part of the texts are found to be."""
    counted = Counter(found)
    return {name for name, number in counted.items() if name and number > _FOREIGN_TEXTS * counted.total()}


def _is_plain(
    says: npt.NDArray[np.float32],
    known: npt.NDArray[np.bool_],
    words: Sequence[str],
    *,
    likely: bool = False,
) -> bool:
    """Whether words are plainly of a language.

    Args:
        says: What each says for it.
        known: Whether each is common anywhere.
        words: They themselves.
        likely: Whether the writer's app is in it.
    """
    theirs = [word for word, said in zip(words, says, strict=True) if said > _CLEARLY]
    total, clear = float(says.sum()), len(theirs)
    if total < _ON_AVERAGE * len(words) or clear < _SHARE * len(words):
        return False
    if likely:
        return total >= _ENOUGH_OF_LIKELY
    if total >= _ENOUGH and clear >= 2:
        return True
    few = len(words) <= _FEW and bool(known.all()) and says.min() >= _AGAINST
    return few and total >= _ENOUGH_OF_FEW and len("".join(theirs)) >= _FEWEST_LETTERS


def _script(cleaned: str) -> str:
    """The script, none of them Latin, in which most of a text's letters are; empty where there is none."""
    if cleaned.isascii():
        return ""
    letters = [character for character in cleaned if character.isalpha()]
    scripts = Counter(map(_script_of, letters))
    latin = scripts.pop("LATIN", 0)
    if scripts.keys() & {"HIRAGANA", "KATAKANA"}:
        scripts["HIRAGANA"] += scripts.pop("CJK", 0) + scripts.pop("KATAKANA", 0)
    script, number = max(scripts.items(), key=lambda counted: counted[1], default=("", 0))
    fewest = 2 if script in _WITHOUT_SPACES else _FEWEST_IN_SCRIPT
    return script if number >= fewest and number > latin else ""


@lru_cache(maxsize=2048)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "UNNAMED").partition(" ")[0]


def _in_script(script: str, cleaned: str) -> str:
    letters = frozenset(cleaned)
    if script == "CYRILLIC":
        return "uk" if letters & _UKRAINIAN else "ru"
    if script == "ARABIC":
        if letters & _URDU:
            return "ur"
        return "fa" if letters & _PERSIAN else "ar"
    return _OF_SCRIPT.get(script, NO_LANGUAGE)
