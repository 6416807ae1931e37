"""A short text -> what it says that is neither a question nor a choice: "ok", "simpler", "nobody is ill", a thumb. Pure."""

from __future__ import annotations

from enum import StrEnum, unique
from functools import cache
from typing import Final

from bot.locales import languages
from bot.phrases import MAX_LENGTH, asked_for, phrases, plainly, says
from knowledge.outcome import Relief
from knowledge.safety import hear

_NODS: Final = frozenset("👍👌🙏🙂😊☺😀😃😄😁😆😅😂🤣😉😌😮🤔👏🙌💪🤝🫡✅✔❤💯")
"""Pictures that only acknowledge; tears are not among them."""
_TEARS: Final = frozenset("😭😢😿😥😞😔😟🥺😩😫😰😱😨💔")
_DOTS: Final = frozenset("?!.\u2026\u00bf\u00a1,;:-")
_SHADES: Final = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
"""How a picture is drawn: in colour, with which skin."""


@unique
class Remark(StrEnum):
    """What a short text says that is neither a question nor a choice, as `typed-...` in the catalogues (but those about a danger)."""

    NONE = "none"
    YES = "yes"
    NOD = "nod"
    """It acknowledges the answer, and asks nothing."""
    SAD = "sad"
    """Tears, or as good as tears."""
    OPEN = "open"
    """A question is announced and not asked."""
    LEAVE = "leave"
    """To go on no further with the checklist."""
    ANY = "any"
    """It leaves it to the bot which of the questions that were asked back is meant."""
    OTHER = "other"
    """Another one of the questions that were asked back, than the one chosen."""
    DENIED = "denied"
    """Nobody is in danger, whatever was taken for it; this and the next two as `knowledge.safety` knows them."""
    SAFE = "safe"
    """A danger is over, or things are better."""
    HELPED = "helped"
    """Help has come, or is on the way."""
    MISSED = "missed"
    """The answer isn't what was asked."""
    ELSE = "else"
    """Something else is meant than what was said to it."""
    AGAIN = "again"
    SIMPLER = "simpler"
    MORE = "more"
    SURE = "sure"
    """It doubts the answer, or asks what it rests on."""
    WHAT = "what"
    """It reacts to the answer with no word of its own: "why", "how", "what do you mean", "?"."""
    BELIEVE = "believe"
    """It asks what the bot itself thinks."""
    FORGET = "forget"
    """Its writer wants to be forgotten."""
    ERRAND = "errand"
    """The bot is to write to somebody, or to call them."""
    STOP = "stop"
    """To go on no further with whatever it is; where a checklist is gone through, that is `LEAVE`."""
    SAID = "said"
    """That the answer was given already."""


RELIEVED: Final = {
    Relief.DENIED: Remark.DENIED,
    Relief.WELL: Remark.SAFE,
    Relief.HELP: Remark.HELPED,
}
"""The remark that consists of nothing but good news."""
OFFERS_NOTHING: Final = frozenset({Remark.NOD, Remark.STOP})
"""Those whose reply leaves standing what was offered before."""
_MERE: Final = frozenset({Remark.NONE, Remark.YES, Remark.NOD, Remark.SAD, Remark.LEAVE, Remark.OTHER})
"""What other words beside it would make more of: "I want to leave"."""
_LISTED: Final = tuple(
    remark for remark in Remark if remark not in (*RELIEVED.values(), Remark.ANY, Remark.STOP)
)
"""Those that the catalogues list, and that may be said whatever was shown."""


def remarked(text: str, *, alarmed: bool = False) -> Remark | None:
    """What a text says that asks nothing and is nothing but that: "ok", "I see, thanks", a thumb.

    Args:
        text: What somebody wrote.
        alarmed: Whether a danger was spoken of before.
    """
    if len(text) > MAX_LENGTH:
        return None
    said_of_danger = hear(text, alarmed=alarmed)
    if said_of_danger.relief and not said_of_danger.rest:
        return RELIEVED[said_of_danger.relief]
    said, asking = plainly(text).split(), "?" in text
    if not said:
        return _pictured({character for character in text if not character.isspace()} - _SHADES)
    if not sayable().issuperset(said):  # nearly every question has a word that no phrase has
        return None
    unmeant = {Remark.NOD, Remark.MISSED} if asking else set()
    remarks = (remark for remark in _LISTED if remark not in unmeant)
    return next(
        (remark for remark in remarks if says(said, phrases(f"typed-{remark}"), _beside(remark))), None
    )


def stops(text: str) -> bool:
    """Whether a text wants the bot to stop, wherever it is: not "I don't want to go on", which may mean much more than that."""
    return says(_words(text), phrases("typed-stop"), phrases("typed-asides"))


def asks_for_sources(text: str) -> bool:
    """Whether a text asks what the last answer rests on: "source?", "the source for what you just told me about my cells"."""
    said = _words(text)
    while said and said[0] in phrases("typed-asides") | phrases("typed-none"):
        said = said[1:]
    begun = {" ".join(said[:count]) for count in range(1, len(said) + 1)}
    return says(said, phrases("typed-sources"), phrases("typed-asides")) or not begun.isdisjoint(
        phrases("typed-sources-of")
    )


def leaves_it(text: str) -> bool:
    """Whether a text leaves it to the bot which of several is meant: "either is fine", "you pick"."""
    return says(_words(text), phrases("typed-any"), phrases("typed-asides"))


def hushes(text: str) -> bool:
    """Whether a text wants the bot to be quiet, or asks how to make it so, and says nothing else."""
    return says(_words(text), phrases("typed-hush"), phrases("typed-hush-beside"))


def _words(text: str) -> list[str]:
    """The words of a text that may be a remark; none of a longer one."""
    return plainly(text).split() if len(text) <= MAX_LENGTH else []


def _pictured(signs: set[str]) -> Remark | None:
    """What signs alone say: a thumb, tears, "?", "..."."""
    if not signs:
        return None
    if signs <= _NODS:
        return Remark.NOD
    if signs <= _TEARS:
        return Remark.SAD
    return Remark.WHAT if signs <= _DOTS else None


def _beside(remark: Remark) -> frozenset[str]:
    """What may stand beside a remark, besides what is merely polite: "no, that's not it, ok"."""
    if remark in _MERE:
        return frozenset()
    if remark is Remark.BELIEVE:
        return phrases("typed-asides") | phrases(f"typed-{Remark.MISSED}")
    if remark is not Remark.MISSED:
        return phrases("typed-asides")
    return phrases(f"typed-{Remark.NONE}") | phrases(f"typed-{Remark.NOD}")


def relief_in(remark: Remark | None) -> Relief:
    """What a remark says that is better about a danger."""
    return next((relief for relief, its in RELIEVED.items() if its is remark), Relief.NONE)


@cache
def sayable() -> frozenset[str]:
    """Every word of all phrases that a text may be made of."""
    listed = {*phrases("typed-polite"), *phrases("typed-asides"), *phrases("typed-topics")}
    listed |= {*phrases("typed-translate"), *phrases("typed-language-beside")}
    listed.update(*(phrases(f"typed-{remark}") for remark in _LISTED), *map(asked_for, languages()))
    return frozenset(word for phrase in listed for word in phrase.split())
