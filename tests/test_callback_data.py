"""What a button means survives its way through Telegram; anything else means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import _TAKES_MORE, MAX_BYTES, Action, Payload, pack, unpack
from knowledge.reading.entries import MAX_ID

IDS = st.from_regex(rf"[a-z0-9-]{{0,{MAX_ID}}}", fullmatch=True)


@given(st.sampled_from(Action), IDS)
def test_every_meaning_survives_and_fits(action: Action, id_: str) -> None:
    data = pack(action, id_)
    assert len(data.encode()) <= MAX_BYTES
    assert unpack(data) == Payload(action, id_)


@given(st.sampled_from(sorted(_TAKES_MORE)), IDS, st.from_regex(r"[a-z0-9-]{1,13}", fullmatch=True))
def test_what_some_actions_take_besides_survives_and_fits(action: Action, id_: str, more: str) -> None:
    data = pack(action, id_, more)
    assert len(data.encode()) <= MAX_BYTES
    assert unpack(data) == Payload(action, id_, more)


def test_the_meanings_are_told_apart() -> None:
    assert len({pack(action, "same") for action in Action}) == len(Action)


@given(st.text() | st.from_regex(r"[a-z]:[a-z0-9-]*:?[a-z0-9-]*"))
def test_whatever_anybody_makes_up_means_nothing_or_exactly_what_it_says(data: str) -> None:
    payload = unpack(data)
    assert payload is None or pack(payload.action, payload.id, payload.more) == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        ":",
        "e",
        "z:parking",
        "ee:parking",
        "E:parking",
        "e:Parking",
        "e:a b",
        "e:a\n",
        "e:a:b",
        "e:a:",
        "f:a:",
        "f:a:b:c",
        "f:a:B",
        "f:a:" + "b" * 14,
        "f:" + "a" * 60 + ":bbb",
        "e:../a",
        "e:ä",
        "e:" + "a" * 61,
        " e:a",
        "e：a",  # noqa: RUF001 - a look-alike colon is the point
    ],
)
def test_a_payload_of_another_form_means_nothing(data: str | None) -> None:
    assert unpack(data) is None


@pytest.mark.parametrize("id_", ["A", "a b", "ä", "a:b", "a\n", "a" * 61, "\u0430"])
def test_an_id_that_no_button_can_hold_is_a_fault(id_: str) -> None:
    with pytest.raises(ValueError, match="no button payload"):
        pack(Action.SHOW, id_)


def test_more_is_refused_where_an_action_takes_none() -> None:
    with pytest.raises(ValueError, match="no button payload"):
        pack(Action.SHOW, "a", "b")
