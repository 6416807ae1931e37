"""What is said where no entry answers for sure: a question back, that there is no answer, or what else to do. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.callback_data import ELSEWHERE, Action, pack
from bot.formatting import MAX_NOTE, MAX_TEXT, MAX_TITLE, cut, escape, label, plain
from bot.locales import languages, not_in
from bot.rendering import Renderer, leads_to
from bot.reply import Button, Reply, Row
from knowledge.model import Entry
from knowledge.outcome import Answer, Clarify, Decline, Relief
from knowledge.overhearing import plainly_asks
from knowledge.texts import split_answer, units
from knowledge.verdict import Verdict


def clarify(
    renderer: Renderer,
    entries: Sequence[Entry],
    key: str = "",
    *,
    numbered: bool = False,
    again: bool = False,
    missed: bool = False,
) -> Reply:
    """Ask back: each entry's question as a button, and a way out.

    Args:
        renderer: The reader's.
        entries: What to choose from.
        key: Under which the question is remembered, see `bot/review/drafts.py`; empty where it isn't.
        numbered: List them in the text too, where a number can be typed instead of pressing a button.
        again: Whether the first is an urgent one that was answered before: what to do stands above all.
        missed: Whether somebody said that the answer isn't what they asked.
    """
    rows = [(button,) for button in choices(renderer, entries, key)]
    if missed:
        text = renderer.words("missed" if len(entries) > 1 else "missed-this")
    else:
        text = renderer.words("did-you-mean" if len(entries) > 1 else "did-you-mean-this")
    if numbered:
        options = [cut(" ".join(e.question.split()), MAX_NOTE) for e in entries]
        text = by_number(renderer, text, [*options, renderer.words("none-of-these")])
    return Reply((renderer.what_to_do(entries[0]) if again else "") + escape(text), tuple(rows))


def choices(renderer: Renderer, entries: Sequence[Entry], key: str = "") -> Row:
    """A button for each entry that may be meant, and the way out; `key` as in `clarify`."""
    none = Button(
        renderer.words("none-of-these"), pack(Action.NONE_OF_THESE, key), heard=renderer.words("typed-none")
    )
    return (*(Button(label(e.question), pack(Action.CHOOSE, e.id, key)) for e in entries), none)


def by_number(renderer: Renderer, text: str, options: Sequence[str]) -> str:
    """A question back with its options by number, and that the number can be typed."""
    lines = [f"{number}. {option}" for number, option in enumerate(options, 1)]
    return "\n".join([text, "", *lines, "", renderer.words("did-you-mean-how")])


def decline(
    renderer: Renderer, foreign: str = "", *, grave: bool = False, again: Entry | None = None
) -> Reply:
    """Nothing here answers that, and what to do instead.

    Args:
        renderer: The reader's.
        foreign: The language of the message, where it is one that the knowledge base doesn't speak.
        grave: Whether the message mentions a danger or grief: then nobody is turned away with the document's title.
        again: The urgent entry that was answered before, whose first sentence tells what to do.
    """
    if foreign:
        own = (code for code in renderer.base.entries if code in languages())
        readers = tuple(dict.fromkeys((renderer.words.language, *own)))
        return Reply(escape(not_in(foreign, tuple(renderer.base.entries), readers)), (renderer.topics_row(),))
    if again:
        text = renderer.what_to_do(again) + escape(renderer.words("decline-alarmed"))
        return Reply(text, (leads_to(again), renderer.topics_row()))
    if not grave:
        title = cut(renderer.base.advisory.title, MAX_TITLE)
        return renderer.with_note(renderer.words("decline", title=title), renderer.topics_row())
    rows = _urgent_rows(renderer)
    return renderer.with_note(
        renderer.words("decline-grave" if rows else "decline-kindly"), *rows, renderer.topics_row()
    )


def relieved(renderer: Renderer, relief: Relief, again: Entry | None = None) -> Reply:
    """Nobody is in danger, or not any more, or help is there; what to do if that changes stays within reach.

    Args:
        renderer: The reader's.
        relief: What was said.
        again: The urgent entry that was answered before, where what else was said isn't clear: its first sentence follows.
    """
    rows = _urgent_rows(renderer)
    if not rows:
        return Reply(escape(renderer.words("urgent-what-else")), (renderer.topics_row(),))
    said = renderer.words(f"relieved-{relief.name.lower()}")
    if again:
        first, _ = split_answer(renderer.filled(again.answer))
        said = f"{said}\n\n{renderer.words('relieved-number', sentence=cut(first, MAX_NOTE))}"
    elif relief is not Relief.HELP:
        said = f"{said} {renderer.words('relieved-next')}"
    return Reply(escape(said), (*rows, renderer.topics_row()))


def beside_relief(renderer: Renderer, verdict: Verdict, reply: Reply, again: Entry | None = None) -> Reply:
    """A reply to what else was said beside good news about a danger, below a line about that.

    A kind word stands alone, and so does what tells what to do in an emergency once more. What asks nothing and has no answer
    is heard as the good news alone.

    Args:
        renderer: The reader's.
        verdict: What was decided.
        reply: The reply to what else was said.
        again: The urgent entry that the verdict repeats.
    """
    courteous = verdict.answered is not None and not reply.entry_id
    match verdict.outcome:
        case Decline() if verdict.relief and not plainly_asks(verdict.text):
            return relieved(renderer, verdict.relief, again)
        case Answer(_, _, False) | Clarify(_, False) | Decline("", None) if verdict.relief and not courteous:
            line = escape(renderer.words(f"relieved-{verdict.relief.name.lower()}"))
            html = f"{line}\n\n{reply.html}"
            return replace(reply, html=html) if units(plain(html)) <= MAX_TEXT else reply
    return reply


def none_chosen(renderer: Renderer, among: str = "") -> Reply:
    """None of the offered entries was meant; `among` is the id of the button that says so."""
    text = "urgent-what-else" if among == ELSEWHERE else "none-chosen"
    return Reply(escape(renderer.words(text)), (renderer.topics_row(),))


def _urgent_rows(renderer: Renderer) -> tuple[Row, ...]:
    """The button for the first urgent entry, where there is one."""
    urgent = next((entry for entry in renderer.entries() if entry.urgent), None)
    return (leads_to(urgent),) if urgent else ()
