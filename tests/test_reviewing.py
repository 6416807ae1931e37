"""A card shows all that a press is about, whatever people have written into their questions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from bot.callback_data import Action, Payload, unpack
from bot.locales import words
from bot.review.masking import mask
from bot.review.reviewing import MAX_NOTE, MAX_SHOWN, Decision, Waiting, card, decision_of, done, numbers_in
from bot.store.from_people import Suggestion, SuggestionState
from knowledge.model import Entry
from knowledge.texts import units
from tests.fake_bot_api.markup import parse_html

SAY = words("en")
ENTRIES = [Entry("a" * 48, "Where? " * 30, "A."), Entry("b", "Why?", "B.")]
TEXTS = st.lists(st.text(max_size=800), min_size=1, max_size=MAX_SHOWN)
ANY_SAYING = st.sampled_from(
    ["#99 yes", "\n#99 yes", "\N{EN DASH} #99 x", "<b>#7 </b>", "a\r#99 b", "\u2028#99 c"]
)


def suggestion(number: int, text: str) -> Suggestion:
    return Suggestion(number, text, 0.0, 1.0, SuggestionState.OPEN, "en")


def waiting(texts: list[str], first: int = 12) -> Waiting:
    group = tuple(suggestion(first + 3 * n, mask(text).text) for n, text in enumerate(texts))
    return Waiting(group, 20, 9)


@given(TEXTS | st.lists(ANY_SAYING, min_size=1, max_size=MAX_SHOWN), st.text(max_size=2 * MAX_NOTE))
@example(["wordy " * 120] * MAX_SHOWN, "note " * MAX_NOTE)
def test_a_card_fits_and_names_just_its_questions(texts: list[str], note: str) -> None:
    shown = replace(waiting(texts, first=100_000), groups=None)
    spanish = parse_html(card(shown, ENTRIES, words("es"), note=note.replace("\n", " ")).html)
    assert units(spanish.text) <= 4096
    reply = card(shown, ENTRIES, SAY, note=note.replace("\n", " "))
    parsed = parse_html(reply.html)
    assert parsed.oddities == []
    assert units(parsed.text) <= 4096
    assert numbers_in(parsed.text) == tuple(one.number for one in shown.group)
    pressed = [unpack(button.data) for row in reply.buttons for button in row]
    assert [(p.id, decision_of(p)) for p in pressed if p] == [
        (ENTRIES[0].id, Decision.ATTACH),
        ("b", Decision.ATTACH),
        ("", Decision.ELSEWHERE),
        ("", Decision.WANTED),
        ("", Decision.OFF_TOPIC),
        ("", Decision.DELETE),
        ("", Decision.NEXT),
    ]


@given(TEXTS)
def test_what_was_attached_can_be_taken_back(texts: list[str]) -> None:
    group = waiting(texts).group
    reply = done(Decision.ATTACH, group, ENTRIES[0], SAY)
    parsed = parse_html(reply.html)
    assert units(parsed.text) <= 4096
    assert numbers_in(parsed.text) == tuple(one.number for one in group)
    ((button,),) = reply.buttons
    payload = unpack(button.data)
    assert payload is not None
    assert (payload.id, decision_of(payload)) == (ENTRIES[0].id, Decision.UNDO)


def test_what_was_deleted_is_shown_no_more() -> None:
    reply = done(Decision.DELETE, (), None, SAY)
    assert reply.html == SAY("review-did-delete")
    assert reply.buttons == ()


def test_another_buttons_payload_decides_nothing() -> None:
    assert decision_of(Payload(Action.SHOW, "parking")) is None
    assert decision_of(Payload(Action.REVIEW, "parking", "eat")) is None
    assert decision_of(Payload(Action.REVIEW, "parking")) is None
