"""What the bot says to a remark that is no question, and instead of an answer that it has just given. Pure."""

from __future__ import annotations

from bot.callback_data import ELSEWHERE, Action, pack
from bot.formatting import cut, escape, label
from bot.rendering import MAX_TITLE, Renderer
from bot.reply import Button, Reply, Row
from bot.typed import Remark
from knowledge.answerer import Verdict
from knowledge.matcher import VERBATIM
from knowledge.model import Answer, Entry
from knowledge.texts import split_answer


def reply(remark: Remark, renderer: Renderer, shown: Reply) -> Reply:
    """What to say to a remark.

    Args:
        remark: As `bot.typed.heard` has understood it.
        renderer: Speaks the reader's language.
        shown: What they were shown last.
    """
    told = renderer.base.entry(shown.tells, renderer.language)
    if remark is Remark.YES:
        return renderer.which([button for row in shown.buttons for button in row if button.data])
    if remark is Remark.SIMPLER and told:
        return in_short(renderer, told)
    if remark is Remark.MORE and told:
        return no_more(renderer, told)
    return renderer.none_chosen(ELSEWHERE) if remark is Remark.SAFE else renderer.say("nod")


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
    if not isinstance(outcome, Answer) or outcome.also is not None or verdict.ranking.clause:
        return False
    same = (entry.id, language) == (shown.tells, shown.language)
    return same and not entry.urgent and outcome.match.similarity < VERBATIM


def no_more(renderer: Renderer, told: Entry) -> Reply:
    """The answer that was given is all there is; what may be meant instead."""
    text = renderer.words("no-more", question=cut(" ".join(told.question.split()), MAX_TITLE))
    return Reply(
        escape(text),
        (*_onward(renderer, told), renderer.topics_row()),
        tells=told.id,
        language=renderer.language,
    )


def in_short(renderer: Renderer, told: Entry) -> Reply:
    """The answer that was given in its one sentence that says it all."""
    first, _ = split_answer(renderer.filled(told.answer))
    text = renderer.words("in-short", sentence=cut(first, MAX_TITLE))
    return Reply(escape(text), _onward(renderer, told), tells=told.id, language=renderer.language)


def _onward(renderer: Renderer, told: Entry) -> tuple[Row, ...]:
    rows = [(Button(label(e.question), pack(Action.SHOW, e.id)),) for e in renderer.related(told.related)]
    return (*rows, *renderer.sources_row(told))
