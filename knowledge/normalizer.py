"""Text as people type it -> the form in which texts are compared.

The steps, in order: cut to a bound; mark-up, links and mentions out; compatibility forms (NFKC) folded; accents,
zero-width and control characters out; case folded; initials with full stops ("U.S."), letters typed apart, "e-mail" and "wi-fi" joined;
look-alike letters in Latin words folded; drawn-out letters shortened; contractions and chat-speak spelled out. Every step is linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import Final

from knowledge.lexicon import Lexicon, lexicon

NO_LANGUAGE: Final = "und"
"""The code of a language that isn't known, and of words taken as they are typed: chat-speak would make them a language's own."""
MAX_CHARACTERS: Final = 4096
"""What is compared of a text; the rest of a longer one is cut off."""
RECENT: Final = 16
"""Texts whose forms are kept: all that is asked of one message begins with them, in each language."""

# Letters of other scripts that look like Latin ones (after lower-casing), as typed among those to slip past filters or
# by a stray keyboard layout. Condensed from the idea of Unicode Technical Standard 39, section 4.
_LOOK_ALIKES: Final = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "һ": "h", "н": "h", "і": "i", "ї": "i",
        "ј": "j", "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t",
        "у": "y", "ѵ": "v", "ԝ": "w", "х": "x", "ү": "y", "з": "3", "п": "n", "и": "u", "й": "u",
        # Greek
        "α": "a", "β": "b", "ϲ": "c", "δ": "d", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "γ": "y", "ω": "w", "μ": "u",
    }
)  # fmt: skip
_PLAIN: Final = str.maketrans(
    {
        # Latin letters that NFKC keeps
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ɑ": "a", "ɡ": "g",
        "ɩ": "i", "ʀ": "r", "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ɢ": "g", "ʜ": "h", "ɪ": "i",
        "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u",
        "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z",
        # Apostrophes
        "\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u2032": "'",
    }
)  # fmt: skip

_TAG: Final = re.compile(r"</?([a-zA-Z!?][\w:-]{0,40})([^<>]{0,200})>")
_ATTRIBUTES: Final = re.compile(r"\s+[\w:.-]+\s*=|\s*/?\s*$")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_WITHIN_LINES: Final = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "time tt u var wbr tg-emoji tg-spoiler".split()
)
"""Elements that may stand within a word."""
_BETWEEN_LINES: Final = frozenset(
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html img input li link main meta nav ol option p pre script section select style "
    "summary table tbody td textarea tfoot th thead title tr ul video".split()
)
"""Elements that part what stands before them from what stands behind."""
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MENTION: Final = re.compile(r"(?<![\w.])@\w{3,32}")
_INITIALS: Final = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_])")
_APART: Final = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*][^\W\d_]){3,}(?![^\W_])")
_HYPHENED: Final = re.compile(r"(?<![^\W_])(?<!-)(e-(?=[^\W\d_]{3})|[^\W\d_]{2}-(?=[^\W\d_]{2}(?![^\W_]|-)))")
"""What stands before a hyphen in words that are as often written in one: "e-mail", "wi-fi"."""
_FEWEST_APART: Final = 4
"""Letters that stand apart, at least."""
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
_THREE_ALIKE: Final = re.compile(r"(.)\1\1")
"""Found in a third of the time that it takes to see that no letter is drawn out."""
_WORD: Final = re.compile(r"[^\W_]+")
_LATIN: Final = re.compile(r"[a-z]")
_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SEPARATORS: Final = re.compile(r"[ .\-_*]")


@lru_cache(maxsize=RECENT)
def clean(text: str) -> str:
    """Fold everything that differs only in looks: the text in lower case, plain letters, one line of thought.

    Args:
        text: Anything, of any length; all beyond `MAX_CHARACTERS` is ignored.

    Returns:
        Lower-case text without mark-up, accents, invisible characters, or letters of other scripts in Latin words.
    """
    text = text[:MAX_CHARACTERS]
    if "<" in text or "&" in text:
        text = html.unescape(unmarked(text))
    if "@" in text or "://" in text or "www." in text.lower():
        text = _MENTION.sub(" ", _LINK.sub(" ", text))
    # Accents that many keyboards offer for an apostrophe; NFKC would make spaces of the one.
    text = text.replace("\u00b4", "'").replace("`", "'")
    if not text.isascii():
        # One sign can become 18 letters: what comes of it is bounded as well.
        text = unicodedata.normalize("NFKC", text)[:MAX_CHARACTERS].casefold()
        # The breve of a Cyrillic й is part of the letter, and tells endings.
        text = unicodedata.normalize("NFD", text).replace("и\u0306", "й")
        text = "".join(map(_visible, text)).translate(_PLAIN)
    return _closed_up(text.lower())


def unmarked(text: str) -> str:
    """The text without tags and comments: what a browser would show, tags between lines as line breaks.

    What stands between angle brackets and is no element of HTML ("<is it legal>") was typed to be read.
    """
    if "<" not in text:
        return text
    # No comment begins behind the end of the last one: looking for its end each time would take quadratic time.
    commented = text.rfind("-->") + 3
    if commented > 2:
        text = _COMMENT.sub("", text[:commented]) + text[commented:]
    return _TAG.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    name, rest = found[1].lower(), found[2]
    if name[0] in "!?":
        return "\n"
    known = name in _WITHIN_LINES or name in _BETWEEN_LINES or ":" in name
    has_value = "=" in rest and not found[0].startswith("</")
    if not _ATTRIBUTES.match(rest) or not (known or has_value):
        return found[0]
    return "\n" if name in _BETWEEN_LINES else ""


def _closed_up(text: str) -> str:
    """Initials, letters typed apart and short parts of words joined, look-alikes folded, drawn-out letters shortened."""
    if "." in text:
        text = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    text = _APART.sub(lambda found: _SEPARATORS.sub("", found.group()), text)
    if "-" in text:
        text = _HYPHENED.sub(lambda found: found.group()[:-1], text)
    if not text.isascii():
        text = _WORD.sub(lambda found: _in_one_script(found.group()), text)
    return _DRAWN_OUT.sub(r"\1\1", text) if _THREE_ALIKE.search(text) else text


def _in_one_script(word: str) -> str:
    # A word without any Latin letter is one of another language, and has its own stem.
    return word.translate(_LOOK_ALIKES) if _LATIN.search(word) else word


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category == "Cc" else character


def tokens(text: str, language: str = "en") -> list[str]:
    """The words of a text in comparison form, contractions and chat-speak spelled out."""
    return list(_tokens(text, language))


@lru_cache(maxsize=RECENT)
def _tokens(text: str, language: str) -> tuple[str, ...]:
    words = lexicon(language)
    out = _spelled_out(_TOKEN.findall(clean(text)), words)
    if list(map(len, out)).count(1) < _FEWEST_APART:
        return tuple(out)
    # Single letters may come to stand side by side only now ("a,b,c,d"): a form must be its own form.
    joined = _closed_up(" ".join(out)).split()
    return tuple(out if joined == out else _spelled_out(joined, words))


def _spelled_out(tokens: list[str], words: Lexicon) -> list[str]:
    if "'" in " ".join(tokens) or not words.rewrites.keys().isdisjoint(tokens):
        tokens = [word for token in tokens for word in _expanded(token, words)]
    # A word said over and over says it once.
    return [word for word, before in zip(tokens, chain(("",), tokens), strict=False) if word != before]


def _expanded(token: str, words: Lexicon, endings: int = 2) -> list[str]:
    rewritten = words.rewrites.get(token)
    if rewritten is not None:
        return rewritten.split()
    if "'" not in token:
        return [token]
    bare = token.replace("'", "")
    rewritten = words.rewrites.get(bare)
    if rewritten is not None:
        return rewritten.split()
    for suffix, word in words.suffixes.items():
        if endings and token.endswith(suffix) and len(token) > len(suffix):
            return [*_expanded(token.removesuffix(suffix), words, endings - 1), word]
    return [word for part in token.split("'") if part for word in _expanded(part, words)]


def comparison_form(text: str, language: str = "en") -> str:
    """The text's words in comparison form, joined by single spaces."""
    return " ".join(tokens(text, language))
