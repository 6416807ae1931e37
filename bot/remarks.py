"""What the bot says to a remark that is no question, and instead of an answer that it has just given. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot import about, choices, unanswered
from bot.callback_data import ELSEWHERE, Action, pack, unpack
from bot.formatting import MAX_TITLE, cut, escape, label
from bot.remark import Remark, relief_in
from bot.rendering import Renderer, leads_to
from bot.reply import Button, Reply, Row
from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Match
from knowledge.parts import VERBATIM
from knowledge.policy import SUSPECTED
from knowledge.texts import split_answer
from knowledge.verdict import Verdict


def reply(remark: Remark, renderer: Renderer, shown: Reply) -> Reply:
    """What to say to a remark.

    Args:
        remark: As `bot.typed.heard` has understood it.
        renderer: Speaks the reader's language.
        shown: What they were shown last.
    """
    entry = renderer.base.entry(shown.entry_id, renderer.language)
    if entry and remark in _OF_THE_ANSWER:
        return _of_the_answer(remark, renderer, entry)
    if remark in (Remark.YES, Remark.ANY, Remark.OTHER):
        offered = shown.asked if remark is Remark.OTHER else [b for row in shown.buttons for b in row]
        if likeliest := _asked_before(renderer, offered):
            short = in_short(renderer, likeliest)
            return replace(short, buttons=(*short.buttons, renderer.topics_row()))
        return _which(
            renderer,
            [button for button in offered if _offers(button) and not _chooses(button, shown.entry_id)],
            "any-of-these" if remark is Remark.ANY else "did-you-mean-which",
        )
    if relief := relief_in(remark):
        return unanswered.relieved(renderer, relief)
    others: dict[Remark, Callable[[], Reply]] = {
        Remark.MISSED: lambda: _missed(renderer, shown),
        Remark.BELIEVE: lambda: _no_opinion(renderer, entry),
        Remark.SIMPLER: lambda: Reply(escape(shown.short), short=shown.short),
        Remark.FORGET: lambda: about.forgetting(renderer),
        Remark.ERRAND: lambda: _errand(renderer),
        Remark.STOP: lambda: renderer.say("stopped"),
        Remark.WHAT: lambda: Reply(escape(renderer.words("what-about")), (renderer.topics_row(),)),
        Remark.SAD: lambda: unanswered.decline(renderer, grave=True),
        Remark.OPEN: lambda: (
            replace(  # the answer before it is still the last one: "wait, one more question", "source?"
                unanswered.none_chosen(renderer, ELSEWHERE), entry_id=shown.entry_id, language=shown.language
            )
        ),
        Remark.SAID: lambda: Reply(
            escape(f"{renderer.words('said-already')} {renderer.words('other-words')}"),
            (renderer.topics_row(),),
        ),
    }
    return others.get(remark, lambda: renderer.say("nod"))()


def _no_opinion(renderer: Renderer, entry: Entry | None) -> Reply:
    """The bot believes nothing; what the answer rests on is under it, where one was given."""
    text = renderer.words("believe", document=renderer.document.called())
    if entry is None:
        return Reply(escape(text), (renderer.topics_row(),))
    return _on(entry, text, (*renderer.sources_row(entry), renderer.topics_row()), renderer)


def _errand(renderer: Renderer) -> Reply:
    """The bot writes to nobody; the checklist ends in a message that its reader can send."""
    checklist = renderer.checklist()
    text = renderer.words("errand")
    if checklist is None:
        return Reply(escape(text), (renderer.topics_row(),))
    button = Button(label(checklist.title), pack(Action.CHECKLIST), heard=renderer.words("typed-yes"))
    return Reply(escape(f"{text} {renderer.words('errand-checklist')}"), ((button,),))


def _missed(renderer: Renderer, shown: Reply) -> Reply:
    """Offer what else may be meant, to who says that the answer isn't what they asked."""
    left = [button for button in shown.asked if not _chooses(button, shown.entry_id)] or shown.instead
    payloads = [p for button in left if (p := unpack(button.data)) and p.action is Action.CHOOSE]
    entries = [entry for p in payloads if (entry := renderer.base.entry(p.id, renderer.language))]
    if not entries:
        return unanswered.none_chosen(renderer)
    asked = unanswered.clarify(renderer, entries, payloads[0].more, numbered=True, missed=True)
    return replace(asked, entry_id=shown.entry_id, language=shown.language)


def unread(renderer: Renderer, shown: Reply) -> Reply | None:
    """The same questions once more, to a message that nothing answers; None where they were repeated already."""
    offered = choices.offered(shown)
    if not choices.is_choice(offered) or _asked_before(renderer, offered):
        return None
    return _which(renderer, list(filter(_offers, offered)), "unread")


def _offers(button: Button) -> bool:
    """Whether a button belongs to a question back: it is one of its questions, or the way out."""
    payload = unpack(button.data)
    return payload is not None and payload.action in (Action.CHOOSE, Action.NONE_OF_THESE)


def _which(renderer: Renderer, offered: Sequence[Button], name: str) -> Reply:
    """Ask which one is meant, with a text of the catalogue: the same buttons, numbered in it."""
    options = [button.text for button in offered]
    text = unanswered.by_number(renderer, renderer.words(name), options)
    return Reply(escape(text), (*((button,) for button in offered), renderer.topics_row()))


def _asked_before(renderer: Renderer, offered: Sequence[Button]) -> Entry | None:
    """The likeliest of the entries offered, where it was asked already which one is meant: a list doesn't answer "why" for ever."""
    payloads = [payload for button in offered if (payload := unpack(button.data))]
    if not any(payload.action is Action.TOPICS for payload in payloads):
        return None
    first = next((payload.id for payload in payloads if payload.action is Action.CHOOSE), "")
    return renderer.base.entry(first, renderer.language)


def _chooses(button: Button, entry_id: str) -> bool:
    payload = unpack(button.data)
    return payload is not None and payload.action is Action.CHOOSE and payload.id == entry_id


_OF_THE_ANSWER: Final = frozenset({Remark.SIMPLER, Remark.MORE, Remark.SURE, Remark.WHAT, Remark.SAID})


def _of_the_answer(remark: Remark, renderer: Renderer, entry: Entry) -> Reply:
    if remark is Remark.SIMPLER:
        return in_short(renderer, entry)
    if remark is Remark.SURE and renderer.sources_row(entry):
        shown = about.sources(renderer, entry)
        return replace(
            shown,
            buttons=(*shown.buttons, *_related(renderer, entry)),
            entry_id=entry.id,
            language=renderer.language,
        )
    if remark is Remark.SAID:
        return _leading_on(renderer, entry, renderer.words("said-already"))
    return no_more(renderer, entry)


def repeats(verdict: Verdict, shown: Reply, entry: Entry, language: str) -> bool:
    """Whether an entry's answer would be word for word what somebody was shown just before.

    In an emergency it may be, and to who asks in the entry's own words: they want to have it again.

    Args:
        verdict: What was decided.
        shown: What they were shown last.
        entry: The entry that answers.
        language: The reader's.
    """
    outcome = verdict.outcome
    if not isinstance(outcome, Answer) or verdict.ranking.clause:
        return False
    same = (entry.id, language) == (shown.entry_id, shown.language)
    return same and not entry.urgent and outcome.match.similarity < VERBATIM


def meant_instead(verdict: Verdict) -> list[Match]:
    """What else a message may mean that would get the same answer again, likeliest first."""
    return [match for match in verdict.ranking.matches[1:3] if match.confidence >= SUSPECTED]


def no_more(renderer: Renderer, entry: Entry, others: Sequence[Entry] = ()) -> Reply:
    """The answer that was given is all there is, in short; what may be meant instead.

    Args:
        renderer: Speaks the reader's language.
        entry: The entry that answered.
        others: What else the last message may mean.
    """
    first, _ = split_answer(renderer.filled(entry.answer))
    if entry.kind is Kind.GUARDRAIL:  # to say it again would accuse who protests against it
        text = renderer.words("no-more-guardrail")
    else:
        text = renderer.words("no-more", sentence=cut(first, MAX_TITLE))
    return _leading_on(renderer, entry, text, [other for other in others if other.id not in entry.related])


def told(shown: Reply, renderer: Renderer) -> Entry | None:
    """The entry that somebody was told of just before; None where the way to all topics stood under it already."""
    payloads = [unpack(button.data) for row in shown.buttons for button in row]
    if any(payload and payload.action is Action.TOPICS for payload in payloads):
        return None
    return renderer.base.entry(shown.entry_id, renderer.language)


def lost(renderer: Renderer, entry: Entry) -> Reply:
    """Nothing answers a message, which may have been about the answer just before it: where one can go on from there."""
    return _leading_on(renderer, entry, renderer.words("decline-after"))


def in_short(renderer: Renderer, entry: Entry) -> Reply:
    """The answer that was given in its one sentence that says it all."""
    first, _ = split_answer(renderer.filled(entry.answer))
    text = renderer.words("in-short", sentence=cut(first, MAX_TITLE))
    return _on(entry, text, (*_related(renderer, entry), *renderer.sources_row(entry)), renderer)


def _leading_on(renderer: Renderer, entry: Entry, text: str, others: Sequence[Entry] = ()) -> Reply:
    """A reply about an answer that was given, with the questions that lead on from there, if there are any, and the topics."""
    questions = (*map(leads_to, others), *_related(renderer, entry))
    said = f"{text} {renderer.words('perhaps-these' if questions else 'other-words')}"
    return _on(entry, said, (*questions, *renderer.sources_row(entry), renderer.topics_row()), renderer)


def _on(entry: Entry, text: str, rows: Sequence[Row], renderer: Renderer) -> Reply:
    """A reply about an answer that was given, which a follow-up may then be about."""
    return Reply(escape(text), tuple(rows), entry_id=entry.id, language=renderer.language)


def _related(renderer: Renderer, entry: Entry) -> tuple[Row, ...]:
    return tuple(map(leads_to, renderer.related(entry.related)))
