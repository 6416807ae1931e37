"""A typed text -> which of the buttons that were shown it chooses, and what else it says. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from bot.callback_data import Action, unpack
from bot.phrases import MAX_LENGTH, ordinals, phrases, plainly, says, spelt_ordinals
from bot.reply import Button, Reply
from knowledge.overhearing import plainly_asks

OF_ENTRIES: Final = frozenset({Action.SHOW, Action.CHOOSE, Action.BROWSE})
MAX_REMARK: Final = 240
"""Characters of a text that begins with a choice and goes on to something else."""
_PAUSE: Final = re.compile(r"[,.;:!?()\n\u2013\u2014]+|\s-\s")
_AND: Final = re.compile(r"\s*[&+/]\s*")
_STOP: Final = re.compile(r"[.!\n\u2013\u2014(]|\s-\s")
"""What ends a clause for good: "second. They are kind", and not "second, is it legal"."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What a text chooses that says more than that.

    Attributes:
        button: The one chosen.
        others: Those that are chosen besides.
        rest: What stands beside the choice; empty for nothing.
    """

    button: Button
    others: tuple[Button, ...] = ()
    rest: str = ""


def is_choice(shown: Sequence[Button]) -> bool:
    """Whether these buttons ask which question is meant."""
    first = unpack(shown[0].data) if shown else None
    return first is not None and first.action is Action.CHOOSE


def offered(shown: Reply) -> list[Button]:
    """The buttons of a reply that can be chosen by typing, in order."""
    return [button for row in shown.buttons for button in row if button.data]


def names(button: Button) -> set[str]:
    """What may be typed instead of pressing a button, plainly."""
    return {plainly(name) for name in (button.text, *button.heard.split("|")) if plainly(name)}


def chosen(text: str, among: Sequence[Button]) -> Button | None:
    """The button that a text means; None where it means none of them, or more than one.

    Args:
        text: What somebody typed.
        among: The buttons that they were shown last, in order.
    """
    said = plainly(text) if among and len(text) <= MAX_LENGTH else ""
    if not said:
        return None
    meant = [button for button in among if said in names(button)]
    meant = meant or [button for button in among if button.heard and says(said.split(), names(button))]
    if meant:
        return meant[0] if len({button.data for button in meant}) == 1 else None
    found = number(said.split(), among)
    return among[found - 1] if found and found <= len(among) else None


def concluded(text: str, among: Sequence[Button]) -> Button | None:
    """The one of the questions asked back that a text's last clause chooses: "they did ask me, so the first one I suppose".

    Whether what stands in front of it tells of a danger is for the matcher to say.

    Args:
        text: What somebody typed.
        among: The buttons that they were shown last, in order.
    """
    found = number(_conclusion(text), among) if is_choice(among) and len(text) <= MAX_LENGTH else None
    return among[found - 1] if found and found <= len(among) else None


def picked(text: str, shown: Reply) -> Pick | None:
    """What a text chooses among the questions that were asked back, beside a remark in front of it or behind: "the second, it's cheaper".

    It comes to light only where the text isn't a choice and nothing else, as `chosen` knows it. Whether the remark tells of
    a danger is for the matcher to say.

    Args:
        text: What somebody typed.
        shown: What they were shown last.
    """
    among = offered(shown)
    if not is_choice(among) or len(text) > MAX_REMARK:
        return None
    if pick := _led(text, among):
        return pick
    button = concluded(text, among)
    return Pick(button, rest=text) if button else None


def _led(text: str, among: Sequence[Button]) -> Pick | None:
    """What a text begins with a choice of: "the second, it's cheaper for us"."""
    text, start = _AND.sub(f" {min(phrases('typed-and'))} ", text), 0
    for end, after in [*((m.start(), m.end()) for m in _PAUSE.finditer(text)), (len(text), len(text))]:
        said = plainly(text[start:end]).split()
        if not phrases("typed-fillers").issuperset(said):
            found, more = _leading(said, among)
            rest = " ".join([*more, text[after:].strip()]).strip()
            return _pick(found, rest, among) if found and _is_meant(said, text[end:], rest) else None
        start = after
    return None


def _pick(numbers: Sequence[int], rest: str, among: Sequence[Button]) -> Pick | None:
    further, more = _leading(plainly(rest).split(), among)
    numbers, rest = ([*numbers, *further], "") if further and not more else (numbers, rest)
    buttons = [among[number - 1] for number in dict.fromkeys(numbers) if 0 < number <= len(among)]
    return Pick(buttons[0], tuple(buttons[1:]), rest) if len(buttons) == len(set(numbers)) else None


def _leading(said: Sequence[str], among: Sequence[Button]) -> tuple[list[int], list[str]]:
    """The numbers that a clause chooses, and its words behind that: "the second and fourth", "the first because ..."."""
    joins, whys = phrases("typed-and"), phrases("typed-because")
    if any(f" {times} " in f" {' '.join(said)} " for times in phrases("typed-times")):
        return [], []
    for end in range(len(said), 0, -1):
        if end < len(said) and said[end] not in whys and said[end] not in joins:
            continue
        parts: list[list[str]] = [[]]
        for word in said[:end]:
            if word in joins:
                parts.append([])
            else:
                parts[-1].append(word)
        numbers = [number(part, among) for part in parts]
        if all(numbers):
            return list(dict.fromkeys(found for found in numbers if found)), list(said[end:])
    return [], []


def _is_meant(said: Sequence[str], after: str, rest: str) -> bool:
    """Whether a leading number chooses, and doesn't count: "first, is it legal?", "1. is it legal 2. who pays", "second: my son"."""
    if not rest:
        return True
    counted = [word for word in said if word.isdecimal()]
    if counted and re.search(rf"(?:^|\s){int(counted[0]) + 1}\s*[.):]", rest):
        return False
    definite = not phrases("typed-definite").isdisjoint(said) or any(word[0].isdigit() for word in said)
    return definite or (bool(_STOP.match(after)) and not plainly_asks(rest))


def _conclusion(text: str) -> list[str]:
    """The words of a text's last clause that says more than "I think": "they did ask me, so the first one I suppose"."""
    clauses = (plainly(clause).split() for clause in reversed(_PAUSE.split(text)))
    return next((said for said in clauses if not phrases("typed-fillers").issuperset(said)), [])


def number(said: Sequence[str], among: Sequence[Button]) -> int | None:
    """The number that a few words name: "2", "the second one", "la segunda"; the last one is the last question."""
    left = [word for word in said if word not in phrases("typed-fillers")]
    if not left and len(said) > 1 and said[-1] in ordinals() and said[-2] in phrases("typed-numbered"):
        left = [said[-1]]  # "number one"
    left = left or list(said)
    if len(left) != 1:
        return None
    if left[0].isascii() and left[0].isdigit():
        return int(left[0])
    if left[0] not in phrases("typed-last"):
        return ordinals().get(left[0]) or (_mended(left[0]) if is_choice(among) else None)
    payloads = map(unpack, (button.data for button in among))
    questions = [number for number, its in enumerate(payloads, 1) if its and its.action in OF_ENTRIES]
    return max(questions, default=len(among))


def _mended(word: str) -> int | None:
    """The number that a word with one typing error names: "fist", "secnd", "thrid"."""
    near = {
        number
        for name, number in spelt_ordinals().items()
        if abs(len(name) - len(word)) <= 1 and OSA.distance(name, word, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None
