"""The comparison form: what differs only in looks or typing habits falls together, whatever the text, at bounded cost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.clauses import clauses
from knowledge.lexicon import lexicon
from knowledge.normalizer import MAX_CHARACTERS, clean, comparison_form, tokens

ANY_CHARACTER = st.characters() | st.characters(categories=["Cs", "Cn", "Co", "Cc", "Cf", "Mn"])
HABITS = st.sampled_from(
    ["im", "idk", "n't", "'s", "'d", "ive", "a", "u", "2", "'", ",", ".", " ", "-", "<", "&"]
)
ANY_TEXT = st.text(ANY_CHARACTER, max_size=60) | st.lists(HABITS | ANY_CHARACTER, max_size=30).map("".join)
LONG_TEXT = st.builds(
    lambda piece, length: (piece * length)[:length],
    st.text(ANY_CHARACTER, min_size=1, max_size=8) | st.lists(HABITS, min_size=1, max_size=4).map("".join),
    st.integers(MAX_CHARACTERS, 20_000),
)
LONGEST_FORM = 8 * MAX_CHARACTERS
"""NFKC may double a text, and no rewrite is four times as long as what it stands for."""


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("May I Carry CELLS", "may i carry cells"),
        ("clínica São Ångström", "clinica sao angstrom"),
        ("cli\u0301nica", "clinica"),
        ("stra\u00dfe", "strasse"),
        ("\u0441\u0435ll\u0455", "cells"),
        ("\u03bfr\u03bfn", "oron"),
        ("c\u0131n\u0142\u00f8\u00e6", "cinloae"),
        ("\u1d04\u1d07\u029f\u029f", "cell"),
        ("ce\u200bl\u200dl\u2060s\ufeff", "cells"),
        ("ce\u00adlls", "cells"),
        ("ce\x00lls\x07now", "ce lls now"),
        ("\uff23\uff25\uff2c\uff2c", "cell"),
        ("\U0001d41c\U0001d41e\U0001d425\U0001d425", "cell"),
        ("\u24d2\u24d4\u24db\u24db", "cell"),
        ("\ufb01lm", "film"),
    ],
)
def test_what_looks_the_same_is_the_same(typed: str, form: str) -> None:
    assert comparison_form(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("\u0412\u043e\u043f\u0440\u043e\u0441\u044b", "\u0432\u043e\u043f\u0440\u043e\u0441\u044b"),
        ("\u0435\u0449\u0451", "\u0435\u0449\u0435"),
        ("\u043d\u043e\u0432\u044b\u0439", "\u043d\u043e\u0432\u044b\u0439"),
        ("\u043d\u043e\u0432\u044b\u0438\u0306", "\u043d\u043e\u0432\u044b\u0439"),
        ("\u03bd\u03cc\u03bc\u03bf\u03c2", "\u03bd\u03bf\u03bc\u03bf\u03c3"),
        ("\u0441 \u0435 l l \u0455", "cells"),
    ],
)
def test_words_of_another_script_stay_in_it(typed: str, form: str) -> None:
    assert comparison_form(typed, "ru") == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("<b>cells</b><br/>now", "cells now"),
        ('<a href="https://example.org/?q=clinic">cells</a>', "cells"),
        ("the bor<b>der</b> and the air<span class='x'>port</span>", "the border and the airport"),
        ("<p>cells</p><P>now<BR>here", "cells now here"),
        ("hi<!-- <b>secret --> -->de", "hi de"),
        ("hi<!--\nsecret\n-->de<!---->n", "hiden"),
        ("<!-- not closed", "not closed"),
        ("<!doctype html><?xml?>cells<o:p></o:p>", "cells"),
        ("<is it legal to carry cells>", "is it legal to carry cells"),
        ("<i want to carry cells>", "i want to carry cells"),
        ("<cells> or <my cells>", "cells or my cells"),
        ("me <ada@example.org>, <https://example.org/?a=b>", "me ada example org"),
        ("5 < 7 > 3", "5 7 3"),
        ("salt &amp; ice &#39;n&#39; more", "salt ice and more"),
        ("caf&eacute; &#x63;ells &#99999999999; &bogus;", "cafe cells bogus"),
        ("see https://example.org/a?b=c and www.example.org now", "see and now"),
        ("@some_bot is it legal", "is it legal"),
        ("write to me@example.org", "write to me example org"),
    ],
)
def test_markup_links_and_mentions_dont_count(typed: str, form: str) -> None:
    assert comparison_form(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("l e g a l", "legal"),
        ("l.e.g.a.l ok", "legal ok"),
        ("l-e-g-a-l", "legal"),
        ("l_e_g_a_l", "legal"),
        ("l*e*g*a*l", "legal"),
        ("plan a or b", "plan a or b"),
        ("vitamins b c d", "vitamins b c d"),
        ("leeegal", "leegal"),
        ("soooooo", "soo"),
        ("pleeeease!!!!!", "pleease"),
        ("call 911 or 10000", "call 911 or 10000"),
        ("legal legal legal", "legal"),
        ("had had it", "had it"),
    ],
)
def test_letters_typed_apart_are_joined_and_drawn_out_ones_shortened(typed: str, form: str) -> None:
    assert comparison_form(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("my E-mail", "my email"),
        ("e-mails, e-books and an e-scooter", "emails ebooks and an escooter"),
        ("is there Wi-Fi?", "is there wifi"),
        ("e-", "e"),
        ("plan e-b", "plan e b"),
        ("sign-in and check-in", "sign in and check in"),
        ("the re-entry", "the re entry"),
        ("me-mail", "me mail"),
        ("so-so-so", "so"),
        ("wi-fi-x", "wi fi x"),
    ],
)
def test_short_parts_of_words_are_joined_over_their_hyphen(typed: str, form: str) -> None:
    assert comparison_form(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("does the U.S. allow it", "does the us allow it"),
        ("the u.s law", "the us law"),
        ("in the U.S.?", "in the us"),
        ("the U.S.'s law", "the us is law"),
        ("F.D.A. rules, e.g. at 5 p.m.", "fda rules eg at 5 pm"),
        ("the U.S.law", "the us law"),
        ("U.S. a m", "us a m"),
        ("U\uff0eS\uff0e", "us"),
        ("plan b. i think", "plan b i think"),
        ("3.5 a.5", "3 5 a 5"),
        ("end.a new one", "end a new one"),
    ],
)
def test_initials_are_one_word(typed: str, form: str) -> None:
    assert comparison_form(typed) == form


@pytest.mark.parametrize(
    "apostrophe", ["'", "\u2019", "\u2018", "\u02bc", "\u2032", "\uff07", "`", "\u00b4", ""]
)
@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("can{}t", "can not"),
        ("don{}t", "do not"),
        ("won{}t", "will not"),
        ("i{}ve", "i have"),
        ("y{}all", "you all"),
    ],
)
def test_contractions_are_spelled_out_with_any_apostrophe_and_without(
    apostrophe: str, typed: str, form: str
) -> None:
    assert comparison_form(typed.format(apostrophe)) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("the clinic's", "the clinic is"),
        ("she'd've gone", "she would have gone"),
        ("shouldn't've", "should not have"),
        ("u're", "you are"),
        ("rock'n'roll", "rock and roll"),
        ("o'brien", "o brien"),
        ("its were well ill", "its were well ill"),
        ("y'all'd've", "you all would have"),
    ],
)
def test_contractions_of_several_parts_leave_nothing_out(typed: str, form: str) -> None:
    assert comparison_form(typed) == form


def test_chat_speak_is_spelled_out_in_its_own_language() -> None:
    assert comparison_form("r u gonna b there 4 me pls idk") == (
        "are you going to b there for me please i do not know"
    )
    assert comparison_form("xq no m dicen q pasa", "es") == "porque no m dicen que pasa"
    assert comparison_form("u q", "de") == "u q"


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_tables_write_needs_no_rewriting(language: str) -> None:
    tables = lexicon(language)
    written = {word for spelled in tables.rewrites.values() for word in spelled.split()}
    written.update(tables.suffixes.values())
    assert {word: comparison_form(word, language) for word in written} == {word: word for word in written}


@given(ANY_TEXT, st.sampled_from(["en", "es", "ru"]))
@example("a,b,c,d", "en")
@example("x y z im", "en")
@example("u're r's 2'b", "en")
@example("\u0149 \u0345 \u01c6", "en")
@example("can't not", "en")
@settings(deadline=None)
def test_a_comparison_form_is_its_own_comparison_form(text: str, language: str) -> None:
    form = comparison_form(text, language)
    assert comparison_form(form, language) == form


@pytest.mark.parametrize("plane", range(17))
def test_every_character_there_is_has_a_stable_form(plane: int) -> None:
    for start in range(plane << 16, (plane + 1) << 16, 2048):
        form = comparison_form("7".join(map(chr, range(start, start + 2048))))
        assert len(form) >= MAX_CHARACTERS or comparison_form(form) == form


@given(ANY_TEXT | LONG_TEXT)
@example("a'" + "d'd" * 2000)
@example("&#" + "9" * 5000 + ";")
@example("\ufdfa" * 5000)
@settings(deadline=None)
def test_any_text_gives_words_of_letters_and_digits_within_bounds(text: str) -> None:
    words = tokens(text)
    assert all(word.isalnum() and word == word.lower() for word in words)
    assert sum(map(len, words)) + len(words) <= LONGEST_FORM
    assert len(clean(text)) <= LONGEST_FORM
    assert sum(map(len, clauses(text))) <= MAX_CHARACTERS


@given(LONG_TEXT)
@settings(deadline=None)
def test_what_is_beyond_the_bound_doesnt_matter(text: str) -> None:
    assert comparison_form(text) == comparison_form(text[:MAX_CHARACTERS])


@pytest.mark.parametrize("function", [comparison_form, clauses])
@pytest.mark.parametrize(
    "piece",
    [
        "!?",
        "? ",
        "a ",
        "a-",
        "a . ",
        "a.",
        "a.b.cd.",
        "a'd",
        "'",
        "<a",
        "</",
        "<!--",
        "<!-->",
        "<a b",
        "<a b=",
        "&#",
        "&lt",
        "@a",
        "www.",
        "aaa",
        ".\n ",
        "\ufdfa",
        "\u0344",
        "\u0430a",
        "\u0438\u0306 ",
    ],
)
def test_time_grows_in_step_with_length(function: Callable[[str], object], piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(4):
            start = time.process_time()
            function(text)
            best = min(best, time.process_time() - start)
        return best

    function(piece * 64)
    # Work that grows with the square takes sixteen times as long; a millisecond makes up for a coarse clock.
    assert seconds(MAX_CHARACTERS) < 8 * seconds(MAX_CHARACTERS // 4) + 0.001


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("My cells are frozen. Is that legal?", ["My cells are frozen.", "Is that legal?"]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("really?yes!no", ["really", "yes", "no"]),
        ("about 3.5 litres at example.org", ["about 3.5 litres at example.org"]),
        ("no marks at all", ["no marks at all"]),
        ("Does the U.S. allow it? No.", ["Does the U.S. allow it?", "No."]),
        ("wait\u2026 what", ["wait\u2026", "what"]),
        (" ?! \n . ", ["?!", "."]),
        ("", []),
    ],
)
def test_clauses_are_the_sentences_as_typed(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts
