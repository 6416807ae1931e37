"""A fingerprint of a passage: equal for texts that differ only in how they are set.

Its wording is hashed:

1. Invisible format characters (soft hyphens, zero-width spaces, byte-order marks) are removed, and every mark used as an
   apostrophe becomes one, since Unicode's own folding takes some of them for accents.
2. NFKC and case folding: ligatures, full-width letters and other spellings of a letter become the same letter.
3. Whatever is not a letter, a mark, a number, a currency sign or a percent sign becomes a space, and runs of spaces become
   one. So quotation marks, kinds of dashes, punctuation and line breaks do not count, while words, their order and amounts do.
4. SHA-256 of the UTF-8 form, the first 16 hexadecimal digits: 64 bits, far more than a page's few hundred passages
   need to be told apart. It detects edits; it is no protection against somebody who wants a collision.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

LENGTH: Final = 16
"""Hexadecimal digits of a fingerprint."""

_APOSTROPHES: Final = dict.fromkeys(
    map(ord, "`\u00b4\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u2032\uff07"), "'"
)
_KEPT_MARKS: Final = "%"


def wording(text: str) -> str:
    """The form of a text that is hashed: lower-case words parted by single spaces.

    A text without a single word, such as a lone emoji, keeps its signs, or all such texts would be one.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    folded = _fold(visible.translate(_APOSTROPHES))
    words = "".join(sign if _counts(sign) else " " for sign in folded).split()
    return " ".join(words or folded.split())


def fingerprint(text: str) -> str:
    """Hash the wording of a text.

    Args:
        text: A passage as it stands on the page.

    Returns:
        16 lower-case hexadecimal digits.
    """
    form = wording(text).encode("utf-8", errors="replace")
    return hashlib.sha256(form).hexdigest()[:LENGTH]


def _fold(text: str) -> str:
    # Folding can leave a text that normalises further and the other way round: twice is what Unicode prescribes.
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", text)


def _counts(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "LMN" or category == "Sc" or sign in _KEPT_MARKS
