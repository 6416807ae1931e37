"""A step of the checklist -> Reply: a question with its buttons, or at the end what the document says. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.callback_data import Action, pack, unpack
from bot.checklist_replies import MAX_WORDS, asks, given, response_in
from bot.formatting import MAX_TEXT, cut, escape, label, plain
from bot.rendering import Renderer, leads_to
from bot.reply import Button, Reply, Row
from knowledge.checklist import Response, Walk
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline
from knowledge.texts import split_answer, units
from knowledge.verdict import Verdict

MEMORY_MINUTES: Final = 120
"""How long /checklist goes on where somebody left it; the buttons do so whenever they are pressed."""
MAX_RESPONSE: Final = 8
"""Words of a text that may be meant as a response, though it isn't understood."""
MAX_DRAFT: Final = 1500
"""UTF-16 units of the message to copy."""


@dataclass(frozen=True, slots=True)
class Way:
    """How far somebody has come.

    Attributes:
        code: Of their walk.
        left: Whether they want to go on no further: then it isn't offered under what they ask, and /checklist goes on with it.
    """

    code: str
    left: bool = False


def step(renderer: Renderer, walk: Walk, *, introduced: bool = True) -> Reply:
    """What to say at a point of a walk; not `introduced` at its beginning, with what it is for."""
    return _question(renderer, walk, introduced=introduced) if walk.current else _end(renderer, walk)


def at(renderer: Renderer, code: str = "") -> tuple[Reply, Way | None]:
    """The step with a walk's code, or with none the beginning.

    Returns:
        What to say, and how far that is: None at the end, and where there is no checklist.
    """
    checklist = renderer.checklist()
    if checklist is None:
        return none(renderer), None
    begun, walk = Walk(checklist), Walk.read(checklist, code or checklist.version)
    if walk is None:
        return again(renderer, begun, "checklist-changed"), Way(begun.code)
    return step(renderer, walk, introduced=bool(code)), Way(walk.code) if walk.current else None


def entry_after(renderer: Renderer) -> str:
    """The id of the entry that is spoken of when the end is reached: "so I can go?" leans on it. Empty for none."""
    checklist = renderer.checklist()
    return checklist.related[0] if checklist and checklist.related else ""


def no_permission(renderer: Renderer, reply: Reply, shown: Reply, meant: Sequence[Entry]) -> Reply:
    """A reply to what was typed at the end; where it may mean `entry_after`, a word on what the responses are worth stands first.

    Args:
        renderer: The reader's.
        reply: The reply.
        shown: What they were shown last.
        meant: The entry that answers, or those that are asked back about.
    """
    if not _is_end(shown) or all(entry.id != entry_after(renderer) for entry in meant):
        return reply
    return replace(reply, html=f"{escape(renderer.words('checklist-no-permission'))}\n\n{reply.html}")


def _is_end(shown: Reply) -> bool:
    payloads = [unpack(button.data) for row in shown.buttons for button in row]
    return not is_step(shown) and any(p and p.action is Action.CHECKLIST and p.id for p in payloads)


def offer(renderer: Renderer, under: Entry | None = None) -> tuple[Row, ...]:
    """The row that begins the checklist in a message of its own; none where there is nothing to offer.

    Args:
        renderer: The reader's.
        under: The entry under whose answer it would stand; None for the greeting.
    """
    checklist = renderer.checklist()
    if checklist is None or (under and under.id not in checklist.offered_under):
        return ()
    return ((Button(label(checklist.title), pack(Action.CHECKLIST)),),)


def way_back(renderer: Renderer) -> tuple[Row, ...]:
    """The row under a reply to something else, that goes on with the checklist."""
    return ((_go_on(renderer),),)


def is_step(shown: Reply) -> bool:
    """Whether a reply is one of the checklist's questions."""
    payload = unpack(shown.buttons[0][0].data) if shown.buttons and shown.buttons[0] else None
    return payload is not None and payload.action is Action.CHECKLIST and bool(payload.id)


def on_the_way(
    renderer: Renderer, reply: Reply, way: Way, *, shown: Reply, unheard: str
) -> tuple[Reply, Way | None]:
    """A reply to somebody who is going through the checklist: with the way back to it, or its next question, or the same again.

    Args:
        renderer: The reader's.
        reply: The reply.
        way: How far they have come.
        shown: What they were shown last.
        unheard: What they wrote, where a response may be meant.

    Returns:
        As `at`.
    """
    checklist = renderer.checklist()
    walk = Walk.read(checklist, way.code) if checklist else None
    if walk is None:
        return reply, way
    if not unheard or len(unheard.split()) > MAX_WORDS or not is_step(shown):
        return reply.with_rows(way_back(renderer)), way
    if now := given(walk, unheard):
        return at(renderer, now.code)
    if len(unheard.split()) > MAX_RESPONSE:
        return reply.with_rows(way_back(renderer)), way
    return again(renderer, walk, "checklist-not-understood"), way


def unheard(text: str, verdict: Verdict, entries: Mapping[str, Entry]) -> str:
    """What somebody wrote, where it may be a response that wasn't understood: it asks nothing, and nothing answers it.

    "Yes, they have a permission" is answered by what is said of permissions, and is a response all the same.

    Args:
        text: What they wrote.
        verdict: What was decided on it.
        entries: The entries by id: what may be urgent is no response.
    """
    match verdict.outcome:
        case Decline():
            return text
        case Clarify(matches) if not any(entries[m.entry_id].urgent for m in matches):
            return "" if asks(text) else text
        case Answer(match, None) if entries[match.entry_id].kind in (Kind.FAQ, Kind.GAP):
            return text if response_in(text) else ""
    return ""


def left(renderer: Renderer, code: str) -> Reply:
    """Somebody goes on no further; a button goes on after all, with the code of their walk."""
    return Reply(escape(renderer.words("checklist-left")), ((_go_on(renderer, code),), renderer.topics_row()))


def _go_on(renderer: Renderer, code: str = "") -> Button:
    words = renderer.words
    return Button(
        words("checklist-go-on"), pack(Action.CHECKLIST, code), heard=words("checklist-heard-go-on")
    )


def none(renderer: Renderer) -> Reply:
    """Say that this knowledge base has no checklist."""
    return renderer.say("checklist-none")


def elsewhere(renderer: Renderer, link: str) -> Reply:
    """In a group, lead to the private chat; `link` opens it at the checklist."""
    button = Button(renderer.words("checklist-open"), url=link)
    return Reply(escape(renderer.words("checklist-private")), ((button,),))


def again(renderer: Renderer, walk: Walk, reason: str) -> Reply:
    """A step with a word before it; `reason` is a message of the catalogue."""
    reply = step(renderer, walk)
    return Reply(f"{escape(renderer.words(reason))}\n\n{reply.html}", reply.buttons)


def _question(renderer: Renderer, walk: Walk, *, introduced: bool) -> Reply:
    words, question, checklist = renderer.words, walk.current, walk.checklist
    if question is None:
        raise ValueError("the walk is at its end")
    number, total = len(walk.responses) + 1, len(checklist.questions)
    parts = [
        f"<b>{escape(question.question)}</b>",
        escape(words("checklist-progress", number=number, total=total)),
    ]
    if not introduced:
        title = f"<b>{escape(checklist.title)}</b>"
        before = [escape(text) for text in (checklist.intro, words("checklist-keep")) if text]
        parts = [title, *before, *renderer.only_in(checklist.language), *parts]
    yes, no, *others = (
        _to(walk.give(response), words(f"checklist-{response}"), words(f"checklist-heard-{response}"))
        for response in Response
    )
    rows: list[Row] = [(yes, no), *((button,) for button in others)]
    if walk.begun:
        rows.append((_to(walk.back(), words("checklist-back"), words("checklist-heard-back")),))
    return Reply("\n\n".join(parts), tuple(rows))


def _end(renderer: Renderer, walk: Walk) -> Reply:
    words, advice = renderer.words, walk.advice()
    cites = dict.fromkeys(cite for item in advice for cite in item.cites)
    order = {passage: number for number, passage in enumerate(renderer.base.passages)}
    tail = [
        *renderer.only_in(walk.checklist.language),
        renderer.document.source(tuple(sorted(cites, key=lambda cite: order.get(cite, len(order))))),
        renderer.document.disclaimer(),
        *_draft(renderer, walk),
    ]
    said = [f"{question.label}: {words(f'checklist-{response}')}" for question, response in walk.said()]
    told = escape("\n".join([words("checklist-said"), *(f"\N{EN DASH} {line}" for line in said)]))
    rest = [part for part in (told, *tail) if part]
    text = "\n\n".join(item.text for item in advice) or words(
        "checklist-no-advice", document=renderer.document.called()
    )
    first, more = split_answer(cut(text, MAX_TEXT - units(plain("\n\n".join(["", *rest])))))
    parts = [f"<b>{escape(first)}</b>", escape(more), *rest]
    return Reply("\n\n".join(part for part in parts if part), _end_rows(renderer, walk))


def _draft(renderer: Renderer, walk: Walk) -> list[str]:
    """The message to take along, with what is still open; none where nothing is."""
    asks = [f"\N{EN DASH} {question.ask}" for question in walk.open()]
    if not asks:
        return []
    checklist = walk.checklist
    paragraphs = [checklist.opening, "\n".join(asks), checklist.closing]
    text = cut("\n\n".join(part for part in paragraphs if part), MAX_DRAFT)
    return [f"{escape(renderer.words('checklist-draft'))}\n\n<pre>{escape(text)}</pre>"]


def _end_rows(renderer: Renderer, walk: Walk) -> tuple[Row, ...]:
    related = renderer.related(walk.checklist.related)
    return (
        *map(leads_to, related),
        (_to(walk.back(), renderer.words("checklist-back"), renderer.words("checklist-heard-back")),),
        (
            _to(
                Walk(walk.checklist),
                renderer.words("checklist-restart"),
                renderer.words("checklist-heard-restart"),
            ),
        ),
    )


def _to(walk: Walk, text: str, heard: str) -> Button:
    return Button(text, pack(Action.CHECKLIST, walk.code), heard=heard)
