"""Which replies to the bot go on asking, though nothing ends with a question mark."""

from __future__ import annotations

import pytest

from bot.deep_links import to_message
from bot.locales import joined
from bot.remark import hushes
from knowledge.asking_on import asks_on
from knowledge.overhearing import plainly_asks, pleads


@pytest.mark.parametrize(
    "text",
    [
        "ok smarty pants what about in my carry on",
        "and if i just dont say anything",
        "y si digo que es insulina",
        "no, i meant the fee",
        "i asked about the blood thing",
        "te pregunté si sirve para el autismo",
    ],
)
def test_follow_ups(text: str) -> None:
    assert asks_on(text)
    assert not plainly_asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "told you so",
        "exactly what my lawyer said",
        "y sí, así es",
        "he's fine now, wrong chat",
        "i asked my sister and she said no",
    ],
)
def test_talk(text: str) -> None:
    assert not asks_on(text)


@pytest.mark.parametrize(
    "text", ["my dad cant breathe what do i do", "mi papa no respira que hago", "help", "no sé qué hacer"]
)
def test_pleas(text: str) -> None:
    assert pleads(text)


@pytest.mark.parametrize(
    "text", ["he says that he is tired", "mi papa dice que viene", "this heat is killing me"]
)
def test_no_pleas(text: str) -> None:
    assert not pleads(text)


@pytest.mark.parametrize(
    "text", ["shut up", "bot, be quiet please", "how do we mute you", "ya cállate", "puedes callarte ya"]
)
def test_who_wants_it_quiet(text: str) -> None:
    assert hushes(text)


@pytest.mark.parametrize(
    "text",
    [
        "the clinic told me to keep quiet",
        "please",
        "can they stop me",
        "la clínica me dijo que me callara",
        "",
    ],
)
def test_who_speaks_of_other_silence(text: str) -> None:
    assert not hushes(text)


def test_a_groups_message_has_a_link_unless_the_group_is_a_basic_one() -> None:
    assert to_message(-1001234, None, 7) == "https://t.me/c/1234/7"
    assert to_message(-1001234, "patients", 7) == "https://t.me/patients/7"
    assert to_message(-1234, None, 7) == ""


def test_languages_are_counted_up_as_people_do() -> None:
    assert joined(("en", "es"), "en") == "English and Spanish"
    assert joined(("en", "es"), "es") == "inglés y español"
