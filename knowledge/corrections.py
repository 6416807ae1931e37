"""What is left of a message that begins by putting right what was just said to it ("no, I meant the fee"). Pure.

People of any language known here may be in a conversation, so that all of them are looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.normalizer import clean

_LEADING: Final = r"(?:(?:no+|nope|nah|wrong|not\ that|eso\ no|sorry|but|oh|ok|okay|yes|yeah|wait|actually|well|please|nothing|i\ said|perdon|pero|oiga|si|nada)\b[\s,.!]*)*"
"""What may stand before such words."""
_MEANS: Final = r"""
    what\ i\ (?:just\ |only\ )?mean(?:t)?(?:\ to\ (?:ask|say|know))?(?:\ is\b|\ was\b|\ about\b)?
    | i\ (?:just\ |only\ )?mean(?:t)?(?:\ to\ (?:ask|say|know))?(?:\ about\b)?
    | (?:i\ am\ |i'?m\ |i\ was\ )(?:just\ |only\ )?(?:asking|talking|speaking)\ (?:about|of)
    | (?<=no\ )about | (?<=no,\ )about
    | (?:i\ did\ not|i\ didn'?t|that'?s\ not\ what\ i|that\ is\ not\ what\ i)\ (?:ask|mean)(?:ed|t)?(?:\ that|\ this)?(?=[,.;!])
    | (?:i\ am|i'?m|i\ was)\ not\ (?:asking|talking|speaking)\b[^.,;:!?]{0,80}[.,;:!]\ (?:but\ )?(?:(?:i\ am|i'?m|i\ was)\ )?(?:just\ |only\ )?asking(?:\ (?:about|for|you))?
    | no\ (?:le\ |te\ )?(?:estoy\ preguntando|pregunto)\b[^.,;:!?]{0,80}[.,;:!]\ (?:sino\ )?(?:le\ |te\ )?(?:estoy\ preguntando|pregunto)(?:\ por)?
    | me\ refer(?:ia|i)\ a | me\ refiero\ a | quise\ (?:decir|preguntar) | (?:lo\ que\ )?quiero\ decir(?:\ es)?
    | (?:estoy\ hablando|hablo|hablaba)\ de | (?:yo\ )?(?:solo\ )?(?:pregunto|preguntaba)\ por
"""
_BETWEEN: Final = r"[\s,.:;!\-]*(?:(?:and|but|so|then|please|just|y|pero|asi\ que)\b[\s,]*)*"
_MEANT: Final = re.compile(
    rf"(?P<led>{_LEADING})(?:{_MEANS})\b{_BETWEEN}(?P<rest>.*)", re.VERBOSE | re.DOTALL
)
_REJECTING: Final = re.compile(r"\b(?:no+|nope|nah|wrong|not|didn'?t)\b")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message says after it has put something right."""

    rest: str
    """What is meant, in lower case and without accents; never empty."""
    rejects: bool = False
    """Whether it says that what was just said to it is wrong, rather than putting its own words better."""


def correction(text: str) -> Correction | None:
    """What a message means that begins by putting something right; None for any other message."""
    said = " ".join(clean(text).split())
    found = _MEANT.fullmatch(said)
    if found is None or not found["rest"].strip(" ?!.,"):
        return None
    return Correction(found["rest"], bool(_REJECTING.search(said[: found.start("rest")])))
