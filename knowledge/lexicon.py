"""What the matcher knows of a language besides the knowledge base: stop words, contractions, chat-speak, stems.

English and Spanish carry small hand-made tables; any other language gets Unicode normalisation and, where
Snowball has one, a stemmer; it gets words without accents, so that it finds only some endings of a language like
Turkish, which tells them by accents. The tables hold function words and typing habits only, nothing of any advisory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

from Stemmer import Stemmer as SnowballStemmer  # PyStemmer: in C

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

_ENGLISH_STOP_WORDS: Final = frozenset(
    """
    a about all also am an and any are as at be been being but by can could did do does doing done for from get
    got had has have having he her here him his how i if in into is it its just like me my myself no not now of
    off on or our out over please she should so some that the their them then there these they this those to too
    up us very was we were what when where which while who why will with would you your yours
    """.split()
)

# Contractions are spelled out so that "can't" and "can not" meet; the forms without an apostrophe are what
# people type on a phone. Forms that are words of their own (its, were, well, ill, shell) stay as they are.
_ENGLISH_REWRITES: Final = {
    "aint": "is not",
    "arent": "are not",
    "cannot": "can not",
    "cant": "can not",
    "couldnt": "could not",
    "couldve": "could have",
    "didnt": "did not",
    "doesnt": "does not",
    "dont": "do not",
    "hadnt": "had not",
    "hasnt": "has not",
    "havent": "have not",
    "heres": "here is",
    "hes": "he is",
    "hows": "how is",
    "im": "i am",
    "isnt": "is not",
    "ive": "i have",
    "lets": "let us",
    "mustnt": "must not",
    "shes": "she is",
    "shouldnt": "should not",
    "shouldve": "should have",
    "thats": "that is",
    "theres": "there is",
    "theyll": "they will",
    "theyre": "they are",
    "theyve": "they have",
    "wasnt": "was not",
    "werent": "were not",
    "weve": "we have",
    "whats": "what is",
    "wheres": "where is",
    "whos": "who is",
    "whys": "why is",
    "wont": "will not",
    "wouldnt": "would not",
    "wouldve": "would have",
    "youd": "you would",
    "youll": "you will",
    "youre": "you are",
    "youve": "you have",
    # chat-speak
    "2": "to",
    "2day": "today",
    "4": "for",
    "abt": "about",
    "b4": "before",
    "bc": "because",
    "bcz": "because",
    "bday": "birthday",
    "coz": "because",
    "cuz": "because",
    "da": "the",
    "dat": "that",
    "dis": "this",
    "dunno": "do not know",
    "gimme": "give me",
    "gonna": "going to",
    "gotta": "got to",
    "gov": "government",
    "govt": "government",
    "gud": "good",
    "hav": "have",
    "idk": "i do not know",
    "info": "information",
    "kinda": "kind of",
    "lemme": "let me",
    "msg": "message",
    "n": "and",
    "nd": "and",
    "outta": "out of",
    "pic": "picture",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "r": "are",
    "rly": "really",
    "rn": "right now",
    "shoulda": "should have",
    "sorta": "sort of",
    "thnx": "thanks",
    "tho": "though",
    "thru": "through",
    "thx": "thanks",
    "tmrw": "tomorrow",
    "ty": "thank you",
    "u": "you",
    "ur": "your",
    "w": "with",
    "wanna": "want to",
    "wat": "what",
    "whaddya": "what do you",
    "wht": "what",
    "wo": "without",
    "wud": "would",
    "ya": "you",
    "yall": "you all",
    "yr": "your",
    "yrs": "years",
}

_ENGLISH_SUFFIXES: Final = {
    "n't": "not",
    "'ll": "will",
    "'re": "are",
    "'ve": "have",
    "'d": "would",
    "'m": "am",
    "'s": "is",
}

_SPANISH_STOP_WORDS: Final = frozenset(
    """
    a al algo ante con como cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta
    estan estar este esto estoy fue ha han hay he la las le les lo los mas me mi mis muy no nos o para pero por
    porque que quien se ser si sin sobre son su sus te tengo ti tiene tu tus un una uno unos y ya yo
    """.split()
)

_SPANISH_REWRITES: Final = {
    "d": "de",
    "k": "que",
    "ke": "que",
    "pa": "para",
    "porfa": "por favor",
    "pq": "porque",
    "q": "que",
    "tb": "tambien",
    "tmb": "tambien",
    "x": "por",
    "xq": "porque",
}


_ENGLISH_OPENERS: Final = frozenset(
    "and also but so ok okay oh well hi hello hey please then plus or secondly first next thanks now".split()
)
_ENGLISH_VERBS_FIRST: Final = frozenset(
    "is are am was were do does did has have had can could may might must shall should will would".split()
)
_ENGLISH_QUESTION_STARTS: Final = _ENGLISH_VERBS_FIRST | frozenset(
    "who whom whose what when where why which how".split()
)
_ENGLISH_ANYBODY: Final = frozenset({"anyone", "anybody"})
_ENGLISH_HAILED: Final = frozenset("all everyone everybody group guys folks people friends".split())
_ENGLISH_WISHING: Final = frozenset({"could", "may", "might", "must", "should", "would"})
_ENGLISH_SUBJECTS: Final = frozenset(
    """
    a all an any anybody anyone everybody everyone he her his i it its my no nobody one our people she some somebody
    someone that the their there these they this those we you your
    """.split()
)
_SPANISH_OPENERS: Final = frozenset("y e tambien pero entonces bueno hola ok por favor o ademas".split())
_SPANISH_VERBS_FIRST: Final = frozenset(
    "es son esta estan hay puedo puede pueden podria debo debe deben tengo tiene hace".split()
)
_SPANISH_QUESTION_STARTS: Final = _SPANISH_VERBS_FIRST | frozenset(
    "quien quienes que cual cuales cuando cuanto cuanta cuantos cuantas donde adonde como".split()
)
_SPANISH_ANYBODY: Final = frozenset({"alguien"})
_SPANISH_HAILED: Final = frozenset("todos todas gente amigos".split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's own tables.

    Attributes:
        language: Two-letter code.
        stop_words: Words that carry grammar more than matter, in comparison form.
        rewrites: Whole token -> what it stands for, words parted by spaces.
        openers: Words that may stand before a question without being part of it.
        question_starts: Words that a question begins with.
        suffixes: Ending that starts with an apostrophe (or `n't`) -> the word that it stands for.
        anybody: Words with which people ask a whole group, often without a question mark ("anyone know if ...").
        hailed: Whom a question to a group may begin with: "ok everyone which countries are meant".
        wishing: Words of `question_starts` with which a statement may begin as well, its subject left out: "would be nice".
        subjects: What follows a verb that begins a question.
        verbs_first: The verbs of `question_starts`: a statement may go on with one as well, its subject left out.
        conjunctions: Words of `question_starts` that join a clause to a statement as well: "when he comes".
    """

    language: str
    stop_words: frozenset[str]
    rewrites: dict[str, str]
    suffixes: dict[str, str]
    openers: frozenset[str] = frozenset()
    question_starts: frozenset[str] = frozenset()
    anybody: frozenset[str] = frozenset()
    hailed: frozenset[str] = frozenset()
    wishing: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    verbs_first: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()


WITH_TABLES: Final = ("en", "es")
"""The languages that have tables here."""


@cache
def lexicon(language: str) -> Lexicon:
    """The tables of a language; empty ones where it has none here."""
    if language == "en":
        return Lexicon(
            "en",
            _ENGLISH_STOP_WORDS,
            dict(_ENGLISH_REWRITES),
            dict(_ENGLISH_SUFFIXES),
            _ENGLISH_OPENERS,
            _ENGLISH_QUESTION_STARTS,
            _ENGLISH_ANYBODY,
            _ENGLISH_HAILED,
            _ENGLISH_WISHING,
            _ENGLISH_SUBJECTS,
            _ENGLISH_VERBS_FIRST,
            frozenset({"when"}),
        )
    if language == "es":
        return Lexicon(
            "es",
            _SPANISH_STOP_WORDS,
            dict(_SPANISH_REWRITES),
            {},
            _SPANISH_OPENERS,
            _SPANISH_QUESTION_STARTS,
            _SPANISH_ANYBODY,
            _SPANISH_HAILED,
            verbs_first=_SPANISH_VERBS_FIRST,
            conjunctions=frozenset({"cuando"}),
        )
    return Lexicon(language, frozenset(), {}, {})


class Stemmer:
    """Snowball stems with a memory; a language that Snowball doesn't know keeps its words.

    Source: M. F. Porter, "Snowball: A language for stemming algorithms", 2001.
    """

    def __init__(self, language: str) -> None:
        name = _SNOWBALL.get(language)
        # No cache of its own: what is met again is remembered here, bounded by length as well.
        self._stem_word = SnowballStemmer(name, 0).stemWord if name else str
        self._one_at_a_time = Lock()  # Snowball's stemmers keep the word at hand in themselves
        self._memory: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """The stem of one word in comparison form."""
        stem = self._memory.get(word)
        if stem is None:
            with self._one_at_a_time:
                stem = str(self._stem_word(word))
            if len(self._memory) < 50_000 and len(word) <= 40:  # hostile input mustn't grow it without end
                self._memory[word] = stem
        return stem
