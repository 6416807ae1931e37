"""What people may say of an answer, and what is made of a press, however old it is or whoever made it up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import Action, Payload, unpack
from bot.locales import words
from bot.review import feedback
from bot.review.feedback import OTHER_VERSION, REASONS, Opinion
from bot.review.presses import MAX_PRESSES, Presses
from knowledge.model import Entry, Kind

WORDS = words("en")
LONGEST_ID = "a" * 48
HASH = "0123456789abcdef" * 4


def entry(kind: Kind = Kind.FAQ, id_: str = LONGEST_ID) -> Entry:
    return Entry(id_, "Question?", "Answer.", kind)


def said(data: str) -> tuple[str, Opinion | None, str, str]:
    payload = unpack(data)
    assert payload is not None
    return (
        payload.id,
        feedback.opinion_of(payload),
        feedback.counted_version(payload, feedback.version_of(HASH)),
        feedback.key_of(payload),
    )


@pytest.mark.parametrize("key", ["", "k9x2ab"])
def test_the_row_and_its_reasons_say_what_about_which_version(key: str) -> None:
    version = feedback.version_of(HASH)
    (row,) = feedback.question_row(entry(), version, WORDS, key)
    assert [said(button.data) for button in row] == [
        (LONGEST_ID, Opinion.HELPED, version, key),
        (LONGEST_ID, Opinion.NOT_HELPED, version, key),
    ]
    pressed = unpack(row[1].data)
    assert pressed is not None
    reasons = [button for (button,) in feedback.reason_rows(pressed, WORDS)]
    assert [said(button.data) for button in reasons] == [
        (LONGEST_ID, reason, version, key) for reason in REASONS
    ]
    assert len({button.text for button in (*row, *reasons)}) == len(Opinion)


@pytest.mark.parametrize("kind", Kind)
def test_nobody_is_asked_after_an_emergency_or_a_courtesy(kind: Kind) -> None:
    asked = feedback.question_row(entry(kind), feedback.version_of(HASH), WORDS)
    assert bool(asked) == (kind in (Kind.FAQ, Kind.GAP))


@pytest.mark.parametrize("content_hash", ["", "abc", HASH])
def test_every_knowledge_base_has_a_version_of_one_length(content_hash: str) -> None:
    assert len(feedback.version_of(content_hash)) == feedback.VERSION_LENGTH


@given(st.from_regex(r"[a-z0-9-]{0,13}", fullmatch=True))
def test_made_up_presses_reach_two_versions_and_known_opinions_at_most(more: str) -> None:
    payload = Payload(Action.FEEDBACK, "parking", more)
    assert feedback.opinion_of(payload) in {None, *Opinion}
    assert feedback.counted_version(payload, "abcdef") in {"abcdef", OTHER_VERSION}


def test_another_buttons_payload_says_nothing_of_an_answer() -> None:
    assert feedback.opinion_of(Payload(Action.SHOW, "parking")) is None
    assert feedback.opinion_of(Payload(Action.FEEDBACK, "", "yabcdef")) is None


def test_only_so_many_presses_are_remembered_the_latest() -> None:
    presses = Presses()
    for number in range(MAX_PRESSES + 5):
        presses.add((1, number, "what"))
    assert (1, 4, "what") not in presses
    assert (1, 5, "what") in presses
    assert (1, MAX_PRESSES + 4, "what") in presses
    assert (1, MAX_PRESSES + 4, "why") not in presses


def test_presses_are_forgotten_chat_by_chat() -> None:
    presses = Presses()
    presses.add((1, 7, "what"))
    presses.add((2, 7, "what"))
    presses.forget(1)
    assert (1, 7, "what") not in presses
    assert (2, 7, "what") in presses
