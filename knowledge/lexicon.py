"""What the matcher knows of a language besides the knowledge base: stop words, contractions, chat-speak, how questions begin.

English and Spanish carry small hand-made tables; any other language has none. They hold function words and typing habits
only, nothing of any advisory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


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
        denials: Words that make a statement its contrary.
    """

    language: str
    stop_words: frozenset[str] = frozenset()
    rewrites: Mapping[str, str] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)
    openers: frozenset[str] = frozenset()
    question_starts: frozenset[str] = frozenset()
    anybody: frozenset[str] = frozenset()
    hailed: frozenset[str] = frozenset()
    wishing: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    verbs_first: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()


_ENGLISH_VERBS_FIRST: Final = frozenset(
    "is are am was were do does did has have had can could may might must shall should will would".split()
)
_ENGLISH: Final = Lexicon(
    language="en",
    stop_words=frozenset(
        """
        a about all also am an and any are as at be been being but by can could did do does doing done for from get
        got had has have having he her here him his how i if in into is it its just like me my myself no not now of
        off on or our out over please she should so some that the their them then there these they this those to too
        up us very was we were what when where which while who why will with would you your yours
        """.split()
    ),
    # Contractions are spelled out so that "can't" and "can not" meet; the forms without an apostrophe are what
    # people type on a phone. Forms that are words of their own (its, were, well, ill, shell) stay as they are.
    rewrites={
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
    },
    suffixes={
        "n't": "not",
        "'ll": "will",
        "'re": "are",
        "'ve": "have",
        "'d": "would",
        "'m": "am",
        "'s": "is",
    },
    openers=frozenset(
        "and also but so ok okay oh well hi hello hey please then plus or secondly first next thanks now".split()
    ),
    question_starts=_ENGLISH_VERBS_FIRST | frozenset("who whom whose what when where why which how".split()),
    anybody=frozenset({"anyone", "anybody"}),
    hailed=frozenset("all everyone everybody group guys folks people friends".split()),
    wishing=frozenset({"could", "may", "might", "must", "should", "would"}),
    subjects=frozenset(
        """
        a all an any anybody anyone everybody everyone he her his i it its my no nobody one our people she some somebody
        someone that the their there these they this those we you your
        """.split()
    ),
    verbs_first=_ENGLISH_VERBS_FIRST,
    conjunctions=frozenset({"when"}),
    denials=frozenset("not no never nobody none nothing without".split()),
)

_SPANISH_VERBS_FIRST: Final = frozenset(
    "es son esta estan hay puedo puede pueden podria debo debe deben tengo tiene hace".split()
)
_SPANISH: Final = Lexicon(
    language="es",
    stop_words=frozenset(
        """
        a al algo ante con como cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta
        estan estar este esto estoy fue ha han hay he la las le les lo los mas me mi mis muy no nos o para pero por
        porque que quien se ser si sin sobre son su sus te tengo ti tiene tu tus un una uno unos y ya yo
        """.split()
    ),
    rewrites={
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
    },
    openers=frozenset("y e tambien pero entonces bueno hola ok por favor o ademas".split()),
    question_starts=_SPANISH_VERBS_FIRST
    | frozenset(
        "quien quienes que cual cuales cuando cuanto cuanta cuantos cuantas donde adonde como".split()
    ),
    anybody=frozenset({"alguien"}),
    hailed=frozenset("todos todas gente amigos".split()),
    verbs_first=_SPANISH_VERBS_FIRST,
    conjunctions=frozenset({"cuando"}),
    denials=frozenset("no nunca jamas nada nadie ni sin tampoco".split()),
)

_TABLES: Final = {tables.language: tables for tables in (_ENGLISH, _SPANISH)}
WITH_TABLES: Final = tuple(_TABLES)
"""The languages that have tables here."""


def lexicon(language: str) -> Lexicon:
    """The tables of a language; empty ones where it has none here."""
    return _TABLES.get(language) or Lexicon(language)
