"""What somebody writes at a question of the checklist -> the responses that are meant, in their own words. Pure."""

from __future__ import annotations

from typing import Final

from bot.phrases import phrases, plainly
from knowledge.checklist import Response, Walk
from knowledge.overhearing import plainly_asks

MAX_WORDS: Final = 12
"""Words of a text that may be meant as a response."""
_SHORT: Final = 5
"""Words of a reply to all questions at once, which begins as a question may."""
_FEW: Final = 3
"""Replies in a row from which on they are to as many questions: "yes no" is somebody in doubt."""
_BY_RANK: Final = (Response.WONT_SAY, Response.NOT_ASKED, Response.NO, Response.YES)


def asks(text: str) -> bool:
    """Whether a text plainly asks something, perhaps behind a response: "yes, but what are export fees"."""
    said = plainly(text).split()
    if "?" not in text and len(said) <= _SHORT and _holds(said, "checklist-all") and _to_all(said):
        return False  # "todas que no"
    _, _, rest = text.partition(" ")
    return plainly_asks(text) or plainly_asks(rest)


def response_in(text: str) -> Response | None:
    """The response that a text begins with or reports, and tells more about.

    "Yes, they gave me a paper", "I don't know what that is", "the FDA said yes supposedly", "hmm, never asked them".
    """
    said = plainly(text).split()
    if asks(text) or _holds(said, "checklist-within-unclear"):
        return None
    return _begun_with(said) or _within(said)


def _begun_with(said: list[str]) -> Response | None:
    begun = {" ".join(said[:count]) for count in range(1, len(said) + 1)}
    for response in (Response.WONT_SAY, Response.NOT_ASKED):
        if not begun.isdisjoint(phrases(f"checklist-heard-{response}")):
            return response
    # Of these the first word alone: "they do" begins "they do not" as well.
    mere = {Response.YES: phrases("typed-yes"), Response.NO: phrases("typed-none")}
    return next((response for response, listed in mere.items() if not listed.isdisjoint(said[:1])), None)


def _within(said: list[str]) -> Response | None:
    """The response that somebody reports anywhere in a text; a "yes" and a "no" in one text say neither."""
    found = [response for response in _BY_RANK if _holds(said, f"checklist-within-{response}")]
    return None if {Response.YES, Response.NO}.issubset(found) else next(iter(found), None)


def _holds(said: list[str], name: str) -> bool:
    text = f" {' '.join(said)} "
    return any(f" {phrase} " in text for phrase in phrases(name))


def given(walk: Walk, text: str) -> Walk | None:
    """A walk after what somebody writes at its question: one response, or those to several questions at once; None where it is none.

    Args:
        walk: With a question to respond to.
        text: What they wrote.
    """
    said = plainly(text).split()
    if asks(text) or len(said) > MAX_WORDS:
        return None
    row = [_in_a_row(word) for word in said if word not in phrases("typed-and") and not word.isdecimal()]
    if len(row) >= _FEW and all(row) and (len(set(row)) > 1 or len(row) == len(_left(walk))):
        for response in row:
            walk = walk.give(response) if response else walk
        return walk
    to_all = _holds(said, "checklist-all")
    response = (_to_all(said) if to_all else None) or response_in(text)
    if to_all:
        while response and walk.current:
            walk = walk.give(response)
    elif response:
        walk = walk.give(response)
    return walk if response else None


def _to_all(said: list[str]) -> Response | None:
    """The response in words that name all questions: "todas que no", "haven't asked any of them"."""
    if _holds(said, "checklist-within-unclear"):
        return None
    naming = {word for phrase in phrases("checklist-all") for word in phrase.split()} - phrases("typed-none")
    return _within(said) or next((r for word in said if word not in naming and (r := _in_a_row(word))), None)


def _left(walk: Walk) -> tuple[object, ...]:
    return walk.checklist.questions[len(walk.responses) :]


def _in_a_row(word: str) -> Response | None:
    """The response that one word is."""
    if word in phrases("typed-yes"):
        return Response.YES
    if word in phrases("typed-none") or word in phrases("checklist-heard-no"):
        return Response.NO
    return Response.NOT_ASKED if word in phrases("checklist-heard-not-asked") else None
