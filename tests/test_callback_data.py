"""What a button means survives its way through Telegram; anything else means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import MAX_BYTES, Action, Payload, pack, unpack

IDS = st.from_regex(r"[a-z0-9-]{0,48}", fullmatch=True)


@given(st.sampled_from(Action), IDS)
def test_every_meaning_survives_and_fits(action: Action, id_: str) -> None:
    data = pack(action, id_)
    assert len(data.encode()) <= MAX_BYTES
    assert unpack(data) == Payload(action, id_)


def test_the_meanings_are_told_apart() -> None:
    assert len({pack(action, "same") for action in Action}) == len(Action)


@given(st.text())
def test_whatever_anybody_makes_up_means_nothing_or_exactly_what_it_says(data: str) -> None:
    payload = unpack(data)
    assert payload is None or pack(payload.action, payload.id) == data


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
