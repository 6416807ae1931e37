"""What the bot says about itself: what it is for, where its answers come from, what it keeps and has deleted. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.callback_data import Action, pack
from bot.formatting import MAX_TEXT, MAX_TITLE, cut, escape, label, plain
from bot.locales import languages, words
from bot.rendering import Renderer
from bot.reply import Button, Reply, Row
from knowledge.model import Entry, Kind
from knowledge.texts import split_answer, units


def greeting(renderer: Renderer) -> Reply:
    """What the bot is for, for somebody who has just come in."""
    title, origin = cut(renderer.base.advisory.title, MAX_TITLE), renderer.document.origin()
    from_whom = renderer.words("document-from", title=title, origin=origin)
    text = renderer.words(
        "greeting",
        document=from_whom if origin else renderer.words("document-titled", title=title),
        example=_example(renderer),
        disclaimer=renderer.document.disclaimer_text(),
    )
    others = [
        words(code)("language-offer")
        for code in languages()
        if code != renderer.words.language and renderer.base.entries.get(code)
    ]
    return renderer.with_note("\n\n".join([text.strip(), *others]), renderer.topics_row())


def help_(renderer: Renderer) -> Reply:
    """What the bot does in a private chat."""
    checklist = renderer.checklist()
    more = f"\n{renderer.words('help-checklist', title=label(checklist.title))}" if checklist else ""
    text = renderer.words("help")
    return Reply(escape(text + more), short=split_answer(text)[0])


def ask_how(renderer: Renderer, *, group: bool) -> Reply:
    """How to use /ask."""
    return Reply(escape(renderer.words("ask-how-group" if group else "ask-how", example=_example(renderer))))


def _example(renderer: Renderer) -> str:
    return cut(next((e.question for e in renderer.entries() if e.kind is Kind.FAQ), ""), MAX_TITLE)


def sources(renderer: Renderer, entry: Entry | None = None) -> Reply:
    """Where an entry's answer comes from: what the passages that it cites say, in short. Without one, where everything does."""
    if not renderer.base.passages and (entry is None or entry.kind is not Kind.CHITCHAT):
        return renderer.say("sources-unnamed")
    return _document(renderer) if entry is None else _passages(renderer, entry)


def _passages(renderer: Renderer, entry: Entry) -> Reply:
    if not any(cite in renderer.base.passages for cite in entry.cites):
        if entry.kind is Kind.CHITCHAT:
            if not renderer.base.passages:
                return renderer.say("source-bot")
            document = _document(renderer)
            return replace(document, html=f"{escape(renderer.words('source-bot'))}\n\n{document.html}")
        return Reply(escape(renderer.document.unsourced()))
    return replace(cited(renderer, entry.cites), entry_id=entry.id, language=renderer.language)


def cited(renderer: Renderer, ids: Sequence[str]) -> Reply:
    """What the passages with these ids say, in short; those that there aren't are left out."""
    base, say, language = renderer.base, renderer.words, renderer.words.language
    passages = [base.passages[id_] for id_ in ids if id_ in base.passages]
    lines = [
        f"<b>{p.id}</b> ({escape(renderer.document.voice(p.voice))}): {escape(p.gist_in(language))}"
        for p in passages
    ]
    title = escape(say("sources-title", origin=renderer.document.origin()))
    if not all(language in p.translations for p in passages):
        title = "\n\n".join([title, *renderer.only_in(base.default_language)])
    text = "\n\n".join([title, *lines])
    while lines and units(plain(text)) > MAX_TEXT:
        lines.pop()
        text = "\n\n".join([title, *lines, "…"])
    return Reply(text, _page(renderer))


def _document(renderer: Renderer) -> Reply:
    text = renderer.words(
        "sources-about",
        title=cut(renderer.base.advisory.title, MAX_TITLE),
        origin=renderer.document.origin(),
        passages=len(renderer.base.passages),
        disclaimer=renderer.document.disclaimer_text(),
    )
    return Reply(escape(text.strip()), _page(renderer))


def _page(renderer: Renderer) -> tuple[Row, ...]:
    """The row with the way to the page itself; none where it has no address."""
    url = renderer.base.advisory.url
    return (
        ((Button(renderer.words("read-button", document=renderer.document.called()), url=url),),)
        if url
        else ()
    )


def privacy(renderer: Renderer, minutes: int, walk: int) -> Reply:
    """What is kept, in short and then folded away as a whole, and for how many minutes: the last answer, and how far a checklist has gone."""
    operator = renderer.operator or renderer.words("nobody-named")
    automatic = renderer.words("language-automatic")
    checklist = f" {renderer.words('privacy-checklist')}" if renderer.checklist() else ""
    text = renderer.words(
        "privacy-text",
        minutes=minutes,
        walk=walk,
        operator=operator,
        automatic=automatic,
        checklist=checklist,
    )
    short = renderer.words("privacy-short")
    folded = f"<blockquote expandable>{escape(text)}</blockquote>"
    return Reply(f"{escape(short)}\n\n{escape(renderer.words('privacy-whole'))}\n{folded}", short=short)


def forgetting(renderer: Renderer) -> Reply:
    """Offer to delete what is kept of somebody: the button does it, as /forget does."""
    button = Button(
        renderer.words("forget-button"), pack(Action.FORGET), heard=renderer.words("forget-heard")
    )
    return Reply(escape(renderer.words("forget-offer")), ((button,),))


def forgotten(renderer: Renderer, counts: Mapping[str, int], *, others: bool = False) -> Reply:
    """What was deleted, as the catalogue names each kind: `forgotten-...`.

    Args:
        renderer: For who asked.
        counts: How many of each.
        others: Whether other processes are just forgetting what they remember; how much that is isn't known.
    """
    kinds = [renderer.words(f"forgotten-{kind}", count=count) for kind, count in counts.items() if count]
    if others:
        kinds.append(renderer.words("forgotten-elsewhere"))
    if not kinds:
        return renderer.say("forgotten-nothing")
    return Reply(escape("\n".join([renderer.words("forgotten"), *(f"\N{EN DASH} {kind}" for kind in kinds)])))
