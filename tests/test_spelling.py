"""Typos mended towards the knowledge base's words: the right ones, the same ones every time, at bounded cost."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.dictionary import WordList
from knowledge.spelling import LONGEST_SPLIT, LONGEST_WORD, MAX_LOOK_UPS, MIN_LETTERS, Neighbours, Speller

COUNTS = {
    "can": 20, "i": 40, "carry": 8, "my": 30, "cells": 9, "clinic": 6, "border": 7, "mexico": 5, "from": 12, "frozen": 4,
    "smuggling": 3, "permission": 5, "treatment": 4, "customs": 6, "storm": 2, "doctor": 3, "legal": 6,
}  # fmt: skip
REAL = "form dorm boarder storm carrot cello customs accustomed clinical winter sells".split()
REAL_WORDS = WordList.of(REAL)


class CountingCosts(dict[str, float]):
    """Word costs that count how often they are asked for."""

    asked = 0

    def get(self, word: str, default: float) -> float:  # type: ignore[override]
        self.asked += 1
        return super().get(word, default)


@pytest.fixture
def speller() -> Speller:
    return Speller(COUNTS, REAL_WORDS)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("cels", "cells"),
        ("cellls", "cells"),
        ("xells", "cells"),
        ("clinci", "clinic"),
        ("cinlic", "cinlic"),  # two edits are one too many for six letters
        ("smugling", "smuggling"),
        ("smuglling", "smuggling"),
        ("premision", "permission"),
        ("permisson", "permission"),
        ("prmssn", "prmssn"),
        ("treetmant", "treatment"),
        ("mexxico", "mexico"),
        ("lleegal", "legal"),
        ("c3lls", "cells"),
        ("m3x1co", "mexico"),
        ("cust0ms", "customs"),
        ("canicarrymycells", "can i carry my cells"),
        ("frommexico", "from mexico"),
        ("mycells", "my cells"),
        ("zzzzqqqq", "zzzzqqqq"),
    ],
)
def test_a_typo_becomes_the_word_it_is_near_to(speller: Speller, typed: str, mended: str) -> None:
    assert " ".join(speller.correct([typed])) == mended


@pytest.mark.parametrize(
    "word",
    [
        "form",
        "boarder",
        "carrot",
        "sells",
        "winter",
        "clinical",
        "cells",
        "can",
        "cel",
        "1234",
        "911",
        "\u0663\u0664\u0665\u0666",
    ],
)
def test_real_words_known_words_short_ones_and_numbers_are_left_alone(speller: Speller, word: str) -> None:
    assert speller.correct([word]) == [word]


@pytest.mark.parametrize("token", ["covid19", "mp3player", "2024a", "h1n1virus"])
def test_digits_stay_where_reading_them_as_letters_leads_nowhere(speller: Speller, token: str) -> None:
    assert speller.correct([token]) == [token]


def test_digits_read_as_letters_may_give_a_real_word(speller: Speller) -> None:
    assert speller.correct(["w1nter"]) == ["winter"]


def test_without_a_dictionary_a_real_word_may_be_taken_for_a_typo() -> None:
    assert Speller(COUNTS).correct(["form"]) != ["form"]


def test_the_first_letter_is_seldom_wrong() -> None:
    assert Speller({"gold": 9, "mole": 1}).correct(["mold"]) == ["mole"]
    # With the first letter wrong anyhow, the likelier word wins, then the alphabet.
    assert Speller({"bells": 9, "cells": 1}).correct(["zells"]) == ["bells"]
    assert Speller({"cells": 1, "bells": 1}).correct(["zells"]) == ["bells"]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("wi fi password", "wifi password"),
        ("time table", "timetable"),
        ("log in", "login"),
        ("what time", "what time"),
        ("in form", "in form"),
        ("check in", "check in"),
        ("1 2", "1 2"),
        ("wi fi wi fi wi", "wifi wifi wi"),
    ],
)
def test_two_words_are_read_as_the_one_that_they_make_where_one_of_them_isnt_known(
    typed: str, mended: str
) -> None:
    known = "wifi password timetable time what login in inform check checkin 12".split()
    speller = Speller(dict.fromkeys(known, 2), WordList.of(["table", "form"]))
    assert " ".join(speller.correct(typed.split())) == mended


@given(
    st.text("abcdeé", min_size=MIN_LETTERS, max_size=10),
    st.sets(st.text("abcdeé", min_size=MIN_LETTERS, max_size=10), max_size=60),
)
@settings(deadline=None)
def test_neighbours_are_all_words_within_so_many_edits(token: str, words: set[str]) -> None:
    for edits in (1, 2):
        found = dict(Neighbours(words).within(edits, token))
        assert found == {w: d for w in words if (d := OSA.distance(w, token)) <= edits}


def test_rubbish_isnt_cut_into_crumbs() -> None:
    assert Speller({"a": 9, "i": 9, "to": 9}).correct(["aiaitoaiai"]) == ["aiaitoaiai"]


def test_two_letters_swapped_are_one_edit() -> None:
    assert Speller({"clinic": 1}).correct(["clniic", "lcinic"]) == ["clinic", "clinic"]


def test_fewer_edits_win_over_a_commoner_word() -> None:
    assert Speller({"permission": 1, "permitting": 99}).correct(["permissiom"]) == ["permission"]


def test_order_and_number_of_known_words_are_kept(speller: Speller) -> None:
    assert (
        speller.correct(["can", "i", "cary", "my", "cels", "my", "cels"])
        == "can i carry my cells my cells".split()
    )


def test_an_empty_vocabulary_changes_nothing() -> None:
    assert Speller({}).correct(["cells", "canicarry"]) == ["cells", "canicarry"]


def test_look_ups_are_bounded_for_a_message_and_not_used_up_by_real_words(speller: Speller) -> None:
    rubbish = [f"zq{chr(97 + a)}{chr(97 + b)}zq" for a in range(10) for b in range(10)]
    speller.correct([*REAL * 9, *rubbish, *rubbish])
    assert list(speller._found) == rubbish[:MAX_LOOK_UPS]
    assert speller.correct([*REAL, "cels"])[-1] == "cells"


def test_plain_typos_take_little_of_the_look_ups() -> None:
    words = [f"w{chr(97 + a)}{chr(97 + b)}ters" for a in range(8) for b in range(0, 26, 4)]
    typed = [f"{word[:4]}x{word[5:]}" for word in words]
    assert len(words) > 4 * MAX_LOOK_UPS
    speller = Speller(dict.fromkeys(words, 1))
    assert speller.correct(typed) == words
    assert speller.correct(typed * 2, dict[str, tuple[str, ...]]()) == words * 2


def test_endless_words_take_the_look_ups_of_many(speller: Speller) -> None:
    mended: dict[str, tuple[str, ...]] = {}
    speller.correct([f"q{chr(97 + number)}" * (LONGEST_SPLIT // 2) for number in range(MAX_LOOK_UPS)], mended)
    assert len(mended) <= MAX_LOOK_UPS / 4


def test_clauses_of_a_message_share_its_look_ups(speller: Speller) -> None:
    mended: dict[str, tuple[str, ...]] = {}
    rubbish = [f"zq{chr(97 + number)}zqzq" for number in range(MAX_LOOK_UPS)]
    assert speller.correct(["cels", *rubbish, "clinci"], mended) == ["cells", *rubbish, "clinci"]
    assert speller.correct(["clinci", "cels"], mended) == ["clinci", "cells"]
    assert len(mended) == MAX_LOOK_UPS + 1


@given(st.lists(st.text("celsfromdk3", min_size=4, max_size=9), max_size=3 * MAX_LOOK_UPS))
@settings(deadline=None)
def test_what_was_asked_before_changes_no_message(message: list[str]) -> None:
    fresh, used = Speller(COUNTS, REAL_WORDS), Speller(COUNTS, REAL_WORDS)
    for token in message[::-1]:
        used.correct([token])
    first = fresh.correct(message)
    assert first == fresh.correct(message) == used.correct(message)


def test_the_order_of_the_vocabulary_doesnt_matter() -> None:
    backwards = Speller(dict(reversed(COUNTS.items())), REAL_WORDS)
    draw = random.Random(7)  # noqa: S311 - no secret
    tokens = ["".join(draw.choices("celsfromtui", k=draw.randint(4, 9))) for _ in range(300)]
    assert [Speller(COUNTS, REAL_WORDS).correct([t]) for t in tokens] == [
        backwards.correct([t]) for t in tokens
    ]


def test_a_word_too_long_to_be_one_is_cut_and_an_endless_one_isnt_read() -> None:
    long = "abcdefghij" * 3
    speller = Speller({long: 1, "abcde": 2, "fghij": 2})
    assert speller.correct([long[:-1] + "q"]) == [long[:-1] + "q"]
    assert speller.correct(["abcdefghij" * (LONGEST_WORD // 10)]) == ["abcde", "fghij"] * (LONGEST_WORD // 10)
    costs = speller._cost = CountingCosts(speller._cost)
    speller.correct(["q" * (LONGEST_SPLIT + 1)])
    assert costs.asked == 0


def test_cutting_costs_in_step_with_length(speller: Speller) -> None:
    costs = speller._cost = CountingCosts(speller._cost)
    asked = []
    for length in (100, 200, 400):
        costs.asked = 0
        speller.correct(["q" * length])
        asked.append(costs.asked)
    assert asked[2] < 2.2 * asked[1] < 5 * asked[0]


@given(
    st.text(st.characters(categories=["Ll", "Lo", "Nd"]), max_size=40).map(lambda word: [word]) | st.just([])
)
@example(["\ufdfa" * 7])
@settings(deadline=None)
def test_anything_becomes_itself_or_known_words(tokens: list[str]) -> None:
    mended = Speller(COUNTS, REAL_WORDS).correct(tokens)
    assert mended == tokens or all(word in COUNTS or word in REAL_WORDS for word in mended)
