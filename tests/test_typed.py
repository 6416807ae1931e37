"""What people type instead of pressing a button: its words, its number, a usual way to say it, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales import languages, words
from bot.reply import Button
from bot.typed import MAX_LENGTH, chosen, plainly
from knowledge.checklist import Response

LAW = Button("Is it legal?", "c:law", heard="legal")
FEES = Button("What does it cost?", "c:fees")
NONE = Button("None of these", "n:", heard="none|no|neither")
OFFERED = (LAW, FEES, NONE)


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("1", LAW),
        ("#2", FEES),
        ("2.", FEES),
        ("the second", FEES),
        ("The second one, please!", FEES),
        ("2nd", FEES),
        ("number 1", LAW),
        ("option two", FEES),
        ("one", LAW),
        ("the last one", NONE),
        ("la segunda", FEES),
        ("el número dos, por favor", FEES),
        ("la última", NONE),
        ("IS IT LEGAL", LAW),
        ("legal", LAW),
        ("None.", NONE),
        ("no", NONE),
        ("none of these", NONE),
    ],
)
def test_a_choice_is_understood(text: str, button: Button) -> None:
    assert chosen(text, OFFERED) == button


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?!",
        "4",
        "0",
        "99999999999999999999",
        "the fourth",
        "1 2",
        "one or two",
        "is it legal in Mexico?",
        "yes",
        "please",
        "the one",
        "no idea what you mean",
        "1" * (MAX_LENGTH + 1),
    ],
)
def test_anything_else_is_no_choice(text: str) -> None:
    assert chosen(text, OFFERED) is None


def test_nothing_is_chosen_where_nothing_was_offered() -> None:
    assert chosen("1", ()) is None


def test_words_that_two_buttons_share_choose_neither_unless_both_mean_the_same() -> None:
    assert chosen("same", (Button("Same", "e:a"), Button("same!", "e:b"))) is None
    assert chosen("same", (Button("Same", "e:a"), Button("same!", "e:a"))) == Button("Same", "e:a")


@given(st.text())
def test_any_text_chooses_what_was_offered_or_nothing(text: str) -> None:
    assert chosen(text, OFFERED) in (*OFFERED, None)


@given(st.text(max_size=MAX_LENGTH), st.text(max_size=MAX_LENGTH))
def test_a_buttons_own_words_choose_it(first: str, second: str) -> None:
    buttons = (Button(first, "e:a"), Button(second, "e:b"))
    if plainly(first) and plainly(first) != plainly(second):
        assert chosen(first, buttons) == buttons[0]


@pytest.mark.parametrize("language", languages())
def test_what_can_be_typed_in_a_checklist_means_one_response_each(language: str) -> None:
    say = words(language)
    meant: dict[str, Response] = {}
    for response in Response:
        for name in (say(f"checklist-{response}"), *say(f"checklist-heard-{response}").split("|")):
            assert plainly(name)
            assert meant.setdefault(plainly(name), response) is response, name
    back = {plainly(name) for name in say("checklist-heard-back").split("|")}
    assert not back & meant.keys()


@pytest.mark.parametrize("language", languages())
def test_the_words_named_in_a_checklists_question_are_understood(language: str) -> None:
    say = words(language)
    told = say("checklist-progress", number=1, total=2)
    named = [part.partition("”")[0] for part in told.split("“")[1:]]
    buttons = [
        Button(say(f"checklist-{response}"), f"k:{response.value}", heard=say(f"checklist-heard-{response}"))
        for response in Response
    ]
    assert [chosen(name, buttons) for name in named] == buttons
