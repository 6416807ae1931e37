"""Whether a reply to who has just answered goes on asking. Pure."""

from __future__ import annotations

import re
from typing import Final

from knowledge.corrections import correction
from knowledge.normalizer import clean
from knowledge.overhearing import plainly_asks

_GOES_ON: Final = re.compile(
    r"""(?:what|how)\ about\b | (?:what|and|but|so)\ if\b | (?:y|pero|entonces|que\ (?:tal|pasa|hago))\ si\ (?!,)
        | \b(?:i|we)\ (?:only\ |just\ )?(?:(?:was|am|were|are)\ )?ask(?:ed|ing)\ (?:you\b|about|if|whether|how|what|when|where|which|who|why)
        | \b(?:i|we)\ (?:only\ |just\ )?(?:want|wanted|would\ like|need)\ to\ (?:know|ask)\b | \bmy\ question\ (?:is|was)\b
        | \b(?:te|le|les)\ (?:estoy\ preguntando|estaba\ preguntando|pregunte|pregunto|preguntaba|he\ preguntado)\b | \bmi\ pregunta\ (?:es|era|fue)\b
        | \b(?:quiero|queria|quisiera|necesito)\ (?:saber|preguntar)\b
    """,
    re.VERBOSE,
)
"""How people go on asking who has just answered them, or ask the same once more."""


def asks_on(text: str) -> bool:
    """Whether a reply to who has just answered goes on asking, or puts its question right: "what about by car", "no, I mean the fee".

    Among people who talk with each other such words say less.
    """
    said = " ".join(clean(text).split())
    return plainly_asks(text) or bool(_GOES_ON.search(said) or correction(text))
