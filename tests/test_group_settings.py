"""A group's settings: what is stored, what a button changes, and what the panel tells of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import MAX_BYTES, Action, unpack
from bot.formatting import plain
from bot.groups import group_settings
from bot.groups.group_settings import GroupSettings, Length, Mode, offered
from bot.groups.settings_panel import panel
from bot.locales import languages, words

if TYPE_CHECKING:
    from bot.store.protocol import Json

SETTINGS = st.builds(
    GroupSettings,
    mode=st.sampled_from(Mode),
    language=st.sampled_from([None, "en", "es"]),
    length=st.sampled_from(Length),
    private=st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(SETTINGS)
def test_what_is_stored_reads_as_it_was_written(settings: GroupSettings) -> None:
    assert group_settings.read(group_settings.written(settings, {})) == settings


def test_of_the_default_nothing_is_stored() -> None:
    assert group_settings.written(GroupSettings(), {}) == {}


@given(SETTINGS, st.dictionaries(st.sampled_from(["unasked", "other"]), JSON))
def test_what_others_store_of_the_chat_is_left_alone(settings: GroupSettings, other: dict[str, Json]) -> None:
    stored = group_settings.written(settings, {"mode": "quiet", "length": "first", **other})
    assert {name: stored[name] for name in other} == other
    assert group_settings.read(stored) == settings


@given(st.dictionaries(st.sampled_from(["mode", "language", "length", "private"]), JSON))
def test_what_makes_no_sense_reads_as_something_that_can_be_shown(stored: dict[str, Json]) -> None:
    settings = group_settings.read(stored)
    assert panel(settings, languages(), words("en"), hears=True).html


@pytest.mark.parametrize(
    ("choice", "settings"),
    [
        ("mode-quiet", GroupSettings(mode=Mode.QUIET)),
        ("mode-helpful", GroupSettings(mode=Mode.HELPFUL)),
        ("language-es", GroupSettings(language="es")),
        ("language-auto", GroupSettings()),
        ("length-first", GroupSettings(length=Length.FIRST)),
        ("private-off", GroupSettings(private=False)),
    ],
)
def test_a_button_sets_one_thing(choice: str, settings: GroupSettings) -> None:
    assert group_settings.changed(GroupSettings(), choice) == settings


@pytest.mark.parametrize(
    "choice", ["", "mode", "mode-", "mode-loud", "language-", "language-ESP", "x-y", "private-1"]
)
def test_made_up_buttons_set_nothing(choice: str) -> None:
    assert group_settings.changed(GroupSettings(), choice) is None


@pytest.mark.parametrize("language", languages())
@given(settings=SETTINGS, hears=st.booleans())
def test_the_panel_marks_and_tells_what_is_chosen(
    language: str, settings: GroupSettings, hears: bool
) -> None:
    reply = panel(settings, languages(), words(language), hears=hears)
    *rows, done = reply.buttons
    assert [len(row) for row in rows] == [3, 1 + len(languages()), 2, 2]
    assert unpack(done[0].data) is not None
    for row, (field, chosen) in zip(rows, settings.choices().items(), strict=True):
        marked = [button for button in row if button.text.startswith("✓")]
        assert [button.data for button in marked] == [f"{Action.SETTING}:{field}-{chosen}"]
        assert all(len(button.data.encode()) <= MAX_BYTES for button in row)
    # No meaning by the mark alone: each choice is told in words of its own.
    told = {
        value: plain(panel(changed, languages(), words(language), hears=hears).html)
        for field, values in offered(languages()).items()
        for value in values
        if (changed := group_settings.changed(settings, f"{field}-{value}"))
    }
    assert len(set(told.values())) == len(told) - len(rows) + 1


def test_of_a_single_language_there_is_nothing_to_choose() -> None:
    assert "language" not in offered(["en"])
    reply = panel(GroupSettings(), ["en"], words("en"), hears=False)
    assert all("language" not in button.data for row in reply.buttons for button in row)
