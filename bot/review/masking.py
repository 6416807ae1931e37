"""Text without what identifies its writer, as far as rules can see that. Pure.

Rather too much is hidden than too little: whoever wrote the text sees the result before anybody else does, and what is
left still has to be a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.review.names import Vocabulary, hide_names

MAX_LENGTH: Final = 700
"""Characters of a masked text; the rest is cut off."""
READS: Final = 2 * MAX_LENGTH
"""Characters of a text that are looked at."""


class Hidden(StrEnum):
    """What takes the place of what was hidden."""

    MAIL = "[e-mail]"
    LINK = "[link]"
    HANDLE = "[handle]"
    ADDRESS = "[address]"
    DATE = "[date]"
    NUMBER = "[number]"
    NAME = "[name]"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it may be kept, and how many things in it were hidden."""

    text: str
    hidden: int


_DOMAINS: Final = (
    "com|org|net|edu|gov|info|io|co|me|biz|app|dev|blog|health|clinic|eu|uk|us|ca|au|nz|ie|in|mx|es|ar|cl|pe|de|at|ch|fr|it"
    "|nl|be|pt|br|pl|ru|cn|jp|kr|se|no|dk|fi|tr|za"
)
_MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    "|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_NETWORKS: Final = (
    "insta(?:gram)?|ig|telegram|tg|whats\\s?app|snap(?:chat)?|tiktok|twitter|facebook|fb|discord|skype|wechat|reddit|handle|user\\s?name"
    "|usuario"
)
_STREETS: Final = "street|str|st|avenue|ave|road|rd|boulevard|blvd|highway|hwy|parkway|pkwy|terrace|crescent"
_STREETS_TOO: Final = "Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Circle|Close|Row|Trail"
"""Street words that are ordinary words as well: recognised by their capital."""


def _rule(pattern: str, *, cased: bool = False) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE if cased else re.VERBOSE | re.IGNORECASE)


# Each is applied to the whole text, in this order: what is more telling goes first.
_RULES: Final = (
    (
        Hidden.MAIL,
        _rule(
            r"""[^\s@<>()\[\],;:"]{1,64} \s? (?:@|\(at\)|\[at\]|\sat\s) \s?
            [^\s@<>()\[\],;:"]{1,200}? (?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?|\sdot\s) [^\W\d_]{2,24}\b (?:\.[^\W\d_]{2,24}\b)*"""
        ),
    ),
    (Hidden.LINK, _rule(r"[a-z][a-z0-9+.-]{1,15}:// \S+ | \bwww\. \S+ | \bt\.me/ \S+")),
    (Hidden.LINK, _rule(rf"\b (?:[a-z0-9-]{{1,63}}\.){{1,5}} (?:{_DOMAINS}) \b (?:/\S*)? (?!\.?\w)")),
    (Hidden.HANDLE, _rule(r"(?<![\w@]) @ \w[\w.]{1,63}")),
    # Without the sign it is recognised by the network that is named before it, and by a digit or an underscore in it.
    (
        Hidden.HANDLE,
        _rule(
            rf"""\b (?:{_NETWORKS}) \b [\s:=,]{{1,3}} (?:(?:is|are|it's|i'm|as|id|at|name|user|account|es|soy|como|me|my) [\s:=]{{1,3}}){{0,3}}
            (?=[\w.-]*[a-z]) (?=[\w.-]*[\d_]) \w[\w.-]{{3,63}}"""
        ),
    ),
    (
        Hidden.ADDRESS,
        _rule(
            rf"""\b \d{{1,6}}[a-z]? ,? \s (?:[\w'.-]{{1,30}},?\s){{0,3}}? (?:[\w'-]{{1,30}}\s) (?:{_STREETS}) \b \.?
            (?:,?\s(?:apt|apartment|suite|unit|floor|\#) \.? \s? \#? \w{{1,6}})?"""
        ),
    ),
    (
        Hidden.ADDRESS,
        _rule(
            rf"\b \d{{1,6}}[A-Za-z]? \s (?:[NSEW]\.?\s)? (?:[A-Z0-9][\w'-]{{0,30}}\s){{1,3}} (?:{_STREETS_TOO}) \b \.?",
            cased=True,
        ),
    ),
    (
        Hidden.ADDRESS,
        _rule(
            r"""\b (?:calle|avenida|avda\.?|carrera|paseo|colonia|plaza|rue|via) \s (?:[\w'.-]{1,30}\s){1,4}?
            (?:no\.?\s|n[uú]m\.?\s|\#\s?)? \d{1,6}[a-z]? \b"""
        ),
    ),
    (Hidden.ADDRESS, _rule(r"\b [\w-]{2,40} (?:stra(?:ß|ss)e|str\.|weg|platz|gasse) \s \d{1,5}[a-z]? \b")),
    (Hidden.ADDRESS, _rule(r"\b p\.?\s?o\.?\s? box \s \w{1,12}")),
    (Hidden.ADDRESS, _rule(r"\b (?:apt|apartment|suite) \.? \s? \#? \s? \d\w{0,5} \b")),
    (Hidden.ADDRESS, _rule(r"\b [A-Z]{1,2}\d[A-Z\d]? \s? \d[A-Z]{2} \b", cased=True)),  # British postcodes
    (
        Hidden.DATE,
        _rule(
            rf"""\b (?:\d{{1,2}}(?:st|nd|rd|th)? \s? (?:of\s|de\s)? (?:{_MONTHS}) | (?:{_MONTHS}) \.? \s? \d{{1,2}}(?:st|nd|rd|th)? )
            \b \.? (?:,?\s?(?:de\s|del\s)? (?:\d{{4}}|'?\d{{2}}) \b)?"""
        ),
    ),
    (Hidden.DATE, _rule(r"\b \d{1,4} \s? ([./-]) \s? \d{1,2} \s? \1 \s? \d{1,4} \b")),
    (
        Hidden.DATE,
        _rule(
            rf"""\b (?:born|birth|birthday|birthdate|dob|nacid[oa]|naci|nací|nacimiento) \b [\s:.-]{{0,3}}
            (?:(?:in|on|is|was|year|the|en|el|es|del?|{_MONTHS}) [\s:,]{{1,2}}){{0,4}} (?:\d{{4}}|'\d\d) \b"""
        ),
    ),
    # Letters and digits mixed: passports, patient and account numbers, keys.
    (
        Hidden.NUMBER,
        _rule(r"(?<![a-z0-9-]) (?=(?:[a-z-]*\d){3}) (?=[\d-]*[a-z]) [a-z0-9-]{6,} (?![a-z0-9-])"),
    ),
    (
        Hidden.NUMBER,
        _rule(
            r"""\b (?:mrn|ssn|passport|pasaporte|policy|account|patient|case|member|id|dni|nif|record|file|ref) \b
            [\s:#.]{0,3} (?:(?:no|nr|number|num|n[uú]mero|is|\#) [\s:.\#]{1,3}){0,2} (?=[\w-]*\d) [\w-]{3,30}"""
        ),
    ),
)
_PLACEHOLDER: Final = re.compile("|".join(re.escape(kind) for kind in Hidden))
_DIGITS: Final = re.compile(r"(?<![^\W_]) [+(]{0,2} \d (?: [\s().\-/]{0,3} \d ){4,}", re.VERBOSE)
_ANY_DIGITS: Final = re.compile(r"\d{5,}")
_YEARS: Final = re.compile(r"(?:19|20)\d\d (?:\s?[-/]\s?|\s) (?:19|20)\d\d", re.VERBOSE)
_MONEY: Final = re.compile(r"[$€£¥]\s?$")
_CURRENCY: Final = re.compile(
    r"^\s?(?:k\b|[$€£¥]|dollars?|bucks|euros?|pounds|pesos|usd|eur|mxn|d[oó]lares)", re.IGNORECASE
)


def mask(
    text: str,
    *,
    own_names: Collection[str] = (),
    known: Container[str] = frozenset(),
    ordinary: Container[str] = frozenset(),
) -> Masked:
    """Hide what identifies somebody.

    Args:
        text: As typed.
        own_names: The writer's own, as Telegram tells them.
        known: Words, in lower case, that the subject itself uses, such as its places and agencies: never a name.
        ordinary: Words of the language, in lower case: at the beginning of a sentence, never a name.

    Returns:
        One line of at most `MAX_LENGTH` characters. Masking it again changes nothing.
    """
    shown = _cleaned(text)
    if (
        len(shown) > READS
    ):  # what is far behind the cut needs no masking; between words, so that nothing is torn apart
        shown = shown[:READS].rsplit(" ", 1)[0]
    for kind, pattern in _RULES:
        shown = _outside(shown, pattern, kind)
    shown = _numbers(shown)
    shown = hide_names(shown, _PLACEHOLDER, Hidden.NAME, Vocabulary(own_names, known, ordinary))
    if len(shown) > MAX_LENGTH:
        shown = _cut(shown)
    return Masked(shown, len(_PLACEHOLDER.findall(shown)))


def without_marks(text: str) -> str:
    """A masked text without the marks, as a phrasing to learn from."""
    return " ".join(_PLACEHOLDER.sub(" ", text).split())


def _cleaned(text: str) -> str:
    """One line, in the usual form of each character, without invisible ones and without marks that somebody typed."""
    usual = unicodedata.normalize("NFKC", text)
    seen = "".join(
        " " if c.isspace() else c
        for c in usual
        if unicodedata.category(c) not in ("Cf", "Cc", "Cs") or c.isspace()
    )
    return without_marks(seen)


def _outside(text: str, pattern: re.Pattern[str], kind: Hidden) -> str:
    """Put a mark in the place of each find that isn't within, or reaches into, an earlier mark."""
    masked = [pattern.sub(kind, part) for part in _PLACEHOLDER.split(text)]
    marks = [*_PLACEHOLDER.findall(text), ""]
    return "".join(part + mark for part, mark in zip(masked, marks, strict=True))


def _numbers(text: str) -> str:
    def hide(found: re.Match[str]) -> str:
        run = found[0].strip()
        if _YEARS.fullmatch(run):
            return found[0]
        before, after = text[: found.start()], text[found.end() :]
        money = bool(_MONEY.search(before) or _CURRENCY.search(after))
        # A price of up to six digits is no telephone number.
        if money and run.isdigit() and len(run) <= 6:
            return found[0]
        return Hidden.NUMBER

    text = _DIGITS.sub(hide, text)
    return _ANY_DIGITS.sub(hide, text)


def _cut(text: str) -> str:
    cut = text[: MAX_LENGTH - 1]
    # Not within a mark or a word.
    whole = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return re.sub(r"\[[^\]]*$", "", whole).rstrip() + "…"
