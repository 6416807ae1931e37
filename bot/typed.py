"""A typed text -> the button that it means, or what else it says that is no question. Pure.

So everything that buttons do in a private chat can be done by text alone, and "ok" isn't looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot import choices
from bot.callback_data import ELSEWHERE, Action, Payload, unpack
from bot.choices import OF_ENTRIES, chosen, is_choice, names, number
from bot.locales import languages
from bot.phrases import MAX_LENGTH, asked_for, phrases, plainly, says
from bot.remark import Remark, asks_for_sources, leaves_it, relief_in, remarked, sayable, stops
from bot.reply import Button, Reply
from knowledge.checklist import Response

_CITED: Final = re.compile(r"[^\W_]+(?:\.\d+)?")
"""Words, and the ids of passages among them."""
_TYPED: Final = frozenset(
    {*OF_ENTRIES, Action.NONE_OF_THESE, Action.TOPICS, Action.TOPIC, Action.SOURCES}
    | {Action.CHECKLIST, Action.LANGUAGE, Action.FORGET}
)
"""What typing does too. What is counted or kept, feedback and questions for the maintainers, needs a press."""


_ANYWHERE: Final = frozenset({Remark.BELIEVE, Remark.FORGET, Remark.ERRAND})
"""Remarks that mean the same whatever was shown; in an emergency they are looked up."""
_WITHOUT_ANSWER: Final = {
    Remark.NOD: Remark.NOD,
    Remark.YES: Remark.NOD,
    Remark.NONE: Remark.NOD,
    Remark.OPEN: Remark.OPEN,
    Remark.WHAT: Remark.WHAT,
    Remark.SAID: Remark.SAID,
}
"""What a remark is where no answer was given that it could be about."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Passages of the document that somebody asks to see."""

    ids: tuple[str, ...]


def heard(
    text: str,
    shown: Reply,
    *,
    urgent: bool = False,
    alarmed: bool = False,
    passages: Collection[str] = (),
    checklists: Collection[str] = (),
) -> Payload | Remark | Cited | None:
    """What a text means that was typed in private; None where it is a question like any other.

    Args:
        text: What somebody typed.
        shown: What they were shown last.
        urgent: Whether somebody's safety is being spoken of: then nothing is a mere remark.
        alarmed: Whether it was before.
        passages: The ids of the document's passages.
        checklists: The titles of its checklist in all languages; empty where it has none.

    Returns:
        What the button does that is meant; `Remark.YES` for a yes to several questions, another remark, or passages.
    """
    offered = choices.offered(shown)
    other = _other(text, shown)
    button = chosen(text, offered) if other is None else None
    payload = unpack(button.data) if button else None
    if other is not None or (payload is not None and payload.action in _TYPED):
        return other or payload
    first = unpack(offered[0].data) if offered else None
    if first and first.action is Action.CHECKLIST and first.id:
        return _responded(text, offered) or _of_walk(text, offered, checklists)
    if first and first.action is Action.SUGGEST:
        return None  # it waits for a response
    if wished := _wished(text, shown, checklists, urgent=urgent) or _ended(text, offered, urgent=urgent):
        return wished
    asked = bool(offered) and is_choice(offered)
    return (
        _calm(text, shown, asked=asked, urgent=urgent)
        or _cited(text, passages)
        or _remark(remarked(text, alarmed=urgent or alarmed), shown, asked=asked, urgent=urgent)
    )


def _calm(text: str, shown: Reply, *, asked: bool, urgent: bool) -> Payload | Remark | None:
    """What is heard while nobody's safety is spoken of, whichever of the words below it is beside: "you pick", "stop", "source?"."""
    if urgent:
        return None
    if asked and leaves_it(text):
        return Remark.ANY
    if stops(text):
        return Remark.STOP
    sources = bool(shown.entry_id) and not asked and asks_for_sources(text)
    return Payload(Action.SOURCES, shown.entry_id) if sources else None


def _ended(text: str, offered: Sequence[Button], *, urgent: bool) -> Remark | None:
    """Whether a text ends the checklist that was stepped aside from; in an emergency none does."""
    return (
        Remark.LEAVE
        if not urgent and any(map(_goes_on, offered)) and remarked(text) is Remark.LEAVE
        else None
    )


def _responded(text: str, offered: Sequence[Button]) -> Payload | None:
    """The response that a text is made of; a "yes" or "no" beside one of the others says nothing: "no, not yet"."""
    buttons = dict(zip(Response, offered, strict=False))
    if len(text) > MAX_LENGTH or len(buttons) < len(Response):
        return None
    said, hedged = plainly(text).split(), phrases("checklist-heard-beside")
    mere = names(buttons[Response.YES]) | names(buttons[Response.NO]) | hedged
    for response, beside in (
        (Response.WONT_SAY, mere),
        (Response.NOT_ASKED, mere),
        (Response.YES, hedged),
        (Response.NO, hedged),
    ):
        if says(said, names(buttons[response]), beside):
            return unpack(buttons[response].data)
    return None


def _of_walk(text: str, offered: Sequence[Button], checklists: Collection[str]) -> Payload | Remark | None:
    """At a question of the checklist: to leave it, or to have it once more."""
    remark = remarked(text)
    if remark is Remark.LEAVE:
        return remark
    if _names_checklist(text, checklists):
        return Payload(Action.CHECKLIST)
    left = len(_payloads(offered, Action.CHECKLIST)) == 1  # somebody has just left it
    wanted = remark in (Remark.AGAIN, Remark.WHAT, Remark.SURE, Remark.SIMPLER, Remark.MORE)
    return Payload(Action.CHECKLIST) if wanted and not left else None


def _goes_on(button: Button) -> bool:
    """Whether a button goes on with the checklist that somebody has begun."""
    return bool(button.heard) and bool(_payloads([button], Action.CHECKLIST))


def _payloads(buttons: Sequence[Button], action: Action) -> list[Payload]:
    payloads = (unpack(button.data) for button in buttons)
    return [payload for payload in payloads if payload and payload.action is action]


def _remark(remark: Remark | None, shown: Reply, *, asked: bool, urgent: bool) -> Payload | Remark | None:
    if relief_in(remark) or (remark is Remark.SAD and not urgent):
        return remark
    if remark in _ANYWHERE and not urgent:
        return remark
    if remark is Remark.MISSED and not urgent:
        return _of_missed(shown)
    if remark in (Remark.ELSE, Remark.MISSED) or (urgent and remark is Remark.LEAVE):
        return Payload(Action.NONE_OF_THESE, ELSEWHERE) if urgent or asked else Remark.OPEN
    if asked:
        return Remark.YES if remark not in (None, Remark.NONE, Remark.LEAVE) else None
    return _of_urgent(remark, shown) if urgent else _of_answer(remark, shown)


def _of_missed(shown: Reply) -> Payload | Remark | None:
    """Somebody says that they were given or offered the wrong thing: all that was offered is off, or what else there is may be meant."""
    ways_out = _payloads([button for row in shown.buttons for button in row], Action.NONE_OF_THESE)
    if not ways_out and not _payloads([*shown.asked, *shown.instead], Action.CHOOSE):
        ways_out = _payloads(shown.instead, Action.NONE_OF_THESE)
    if ways_out:
        return ways_out[0]
    return Remark.MISSED if shown.entry_id or shown.instead else None


def _of_urgent(remark: Remark | None, shown: Reply) -> Payload | None:
    """In an emergency, whoever wants an answer in other words gets the whole of it again."""
    wanted = remark in (Remark.AGAIN, Remark.SIMPLER, Remark.MORE)
    return Payload(Action.SHOW, shown.entry_id) if wanted and shown.entry_id else None


def _of_answer(remark: Remark | None, shown: Reply) -> Payload | Remark | None:
    if not shown.entry_id and shown.short and remark is Remark.SIMPLER:
        return remark
    if not shown.entry_id:
        return _WITHOUT_ANSWER.get(remark) if remark else None
    if remark is Remark.AGAIN:
        return Payload(Action.SHOW, shown.entry_id)
    if remark is Remark.NONE:
        return Payload(Action.NONE_OF_THESE)
    unmeant = {Remark.YES: Remark.NOD, Remark.LEAVE: None, Remark.OTHER: Remark.OPEN}
    return unmeant.get(remark, remark) if remark else None


def _other(text: str, shown: Reply) -> Payload | Remark | None:
    """Which of the questions that were asked back is meant instead of the one chosen: "no, the other one"."""
    said = plainly(text).split() if shown.asked and len(text) <= MAX_LENGTH else []
    if not said:
        return None
    left = [button for button in shown.asked if button.data and not _shows(button, shown.entry_id)]
    if says(said, phrases("typed-other"), phrases("typed-wrong")):
        return unpack(left[0].data) if len(left) == 1 else Remark.OTHER
    matter = [word for word in said if word not in phrases("typed-wrong")]
    found = number(matter, shown.asked) if len(matter) < len(said) else None
    return unpack(shown.asked[found - 1].data) if found and found <= len(shown.asked) else None


def _shows(button: Button, entry_id: str) -> bool:
    payload = unpack(button.data)
    return payload is not None and payload.id == entry_id


def remembered(reply: Reply, before: Reply) -> Reply:
    """What of a reply can be chosen by typing; with the questions that it answers the choice among.

    Args:
        reply: What is shown now.
        before: What was shown before it, as remembered.
    """
    if is_choice(choices.offered(before)) and not (choices.offered(reply) or reply.entry_id):
        return before  # a courtesy, say: it is still open which question is meant
    same = bool(reply.entry_id) and reply.entry_id == before.entry_id
    options = tuple(
        button
        for row in before.buttons
        for button in row
        if (payload := unpack(button.data)) and payload.action is Action.CHOOSE
    )
    asked = options or before.asked
    chosen_among = any(_shows(button, reply.entry_id) for button in asked) if reply.entry_id else False
    return replace(
        reply.to_choose_from(),
        asked=asked if chosen_among else (),
        instead=reply.instead or (before.instead if same else ()),
    )


def _cited(text: str, passages: Collection[str]) -> Cited | None:
    """The passages that a text names and asks nothing else about: "A15", "what does (A3, C7.1) mean"."""
    if len(text) > MAX_LENGTH or not any(character.isdigit() for character in text):
        return None
    by_name = {passage.casefold(): passage for passage in passages}
    said = _CITED.findall(text.casefold())
    named = [by_name[word] for word in said if word in by_name]
    others = (plainly(word) for word in said if word not in by_name)
    return Cited(tuple(dict.fromkeys(named))) if named and phrases("typed-cited").issuperset(others) else None


def _wished(text: str, shown: Reply, checklists: Collection[str], *, urgent: bool) -> Payload | None:
    """The language or the list that somebody asks for; None where they ask no such thing."""
    said = plainly(text).split() if len(text) <= MAX_LENGTH else []
    if not urgent and _names_checklist(text, checklists):
        return Payload(Action.CHECKLIST)
    if not sayable().issuperset(said):  # nearly every question has a word that no phrase has
        return None
    beside = phrases("typed-again") | phrases("typed-language-beside")
    wanted = (code for code in languages() if says(said, asked_for(code), beside))
    if language := next(wanted, _translated(said, shown)):
        return Payload(Action.LANGUAGE, language)
    return Payload(Action.TOPICS) if says(said, phrases("typed-topics")) and not urgent else None


def _translated(said: Sequence[str], shown: Reply) -> str | None:
    """The language that an answer is wanted in by who asks for a translation and names none: another one than it is in."""
    if not shown.language or not says(said, phrases("typed-translate")):
        return None
    return next((code for code in languages() if code != shown.language), None)


def _names_checklist(text: str, titles: Collection[str]) -> bool:
    said = plainly(text).split() if titles and len(text) <= MAX_LENGTH else []
    return says(said, phrases("typed-checklist") | set(map(plainly, titles)))
