"""What is left of a message that begins by putting right what was just said to it ("no, I meant the fee"). Pure.

People of any language known here may be in a conversation, so that all of them are looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.normalizer import clean
from knowledge.safety import CALMED, DENIES, LEADING, is_unwell

_MEANS: Final = r"""
    what\ i\ (?:just\ |only\ )?mean(?:t)?(?:\ to\ (?:ask|say|know))?(?:\ is\b|\ was\b|\ about\b)?
    | i\ (?:just\ |only\ )?mean(?:t)?(?:\ to\ (?:ask|say|know))?(?:\ about\b)?
    | (?:i\ am\ |i'?m\ |i\ was\ )(?:just\ |only\ )?(?:asking|talking|speaking)\ (?:about|of)
    | (?<=no\ )about | (?<=no,\ )about
    | (?:i\ did\ not|i\ didn'?t|that'?s\ not\ what\ i|that\ is\ not\ what\ i)\ (?:ask|mean)(?:ed|t)?(?:\ that|\ this)?(?=[,.;!])
    | (?:i\ am|i'?m|i\ was)\ not\ (?:asking|talking|speaking)\b[^.,;:!?]{0,80}[.,;:!]\ (?:but\ )?(?:(?:i\ am|i'?m|i\ was)\ )?(?:just\ |only\ )?asking(?:\ (?:about|for|you))?
    | no\ (?:le\ |te\ )?(?:estoy\ preguntando|pregunto)\b[^.,;:!?]{0,80}[.,;:!]\ (?:sino\ )?(?:le\ |te\ )?(?:estoy\ preguntando|pregunto)(?:\ por)?
    | me\ refer(?:ia|i)\ a | me\ refiero\ a | quise\ (?:decir|preguntar) | (?:lo\ que\ )?quiero\ decir(?:\ es)?
    | (?:estoy\ hablando|hablo|hablaba)\ de | pregunto\ por | preguntaba\ por
"""
_BETWEEN: Final = r"[\s,.:;!\-]*(?:(?:and|but|so|then|please|just|y|pero|asi\ que)\b[\s,]*)*"
_MEANT: Final = re.compile(rf"(?P<led>{LEADING})(?:{_MEANS})\b{_BETWEEN}(?P<rest>.*)", re.VERBOSE | re.DOTALL)
_DENIED: Final = re.compile(
    rf"(?P<led>{LEADING})(?:(?:{DENIES})\b|{CALMED}){_BETWEEN}(?P<rest>.*)", re.VERBOSE | re.DOTALL
)
_REJECTING: Final = re.compile(r"\b(?:no+|nope|nah|wrong|not|didn'?t)\b")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message says after it has put something right."""

    rest: str
    """What is meant, in lower case and without accents; never empty."""
    rejects: bool = False
    """Whether it says that what was just said to it is wrong, rather than putting its own words better."""
    denies: bool = False
    """Whether it says that nobody is in danger."""


def correction(text: str) -> Correction | None:
    """What a message means that begins by putting something right; None for any other message."""
    said = " ".join(clean(text).split())
    for pattern, denies in ((_DENIED, True), (_MEANT, False)):
        found = pattern.fullmatch(said)
        if found and found["rest"].strip(" ?!.,") and not (denies and is_unwell(said)):
            return Correction(
                found["rest"], denies or bool(_REJECTING.search(said[: found.start("rest")])), denies
            )
    return None
