"""What tells who somebody is doesn't stay in a text that they send, and a question stays a question."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.masking import MAX_LENGTH, Hidden, Masked, mask, without_marks
from knowledge.answerer import Answerer
from knowledge.dictionary import dictionary

ORDINARY = dictionary("en")
QUESTIONS = Path(__file__).parent / "questions"
TALK = st.text("abc .,!?\n\"'()-@/:0éß漢🙂\u200b\u202e", max_size=40)
DIGITS = st.characters(whitelist_categories=["Nd"])


def masked(text: str, *own_names: str, known: frozenset[str] = frozenset()) -> str:
    return mask(text, own_names=own_names, known=known, ordinary=ORDINARY).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to anna.k+x@mail.example.co.uk please", "write to [e-mail] please"),
        ("anna at gmail dot com, anna (at) gmail (dot) com", "[e-mail], [e-mail]"),
        ("call +1 (555) 123-4567 or 555.123.4567", "call [number] or [number]"),
        ("tel 0049 30/1234567", "tel [number]"),
        ("ask @anna_k, not me", "ask [handle], not me"),
        ("see https://x.example/u?anna=1 and www.anna.example and t.me/anna", "see [link] and [link] and [link]"),
        ("it was on anna-smith.blog/cells", "it was on [link]"),
        ("i live at 12 main st apt 4 in town", "i live at [address] in town"),
        ("bring it to 4711 Old Mill Lane.", "bring it to [address]"),
        ("vivo en calle 5 de mayo 123", "vivo en [address]"),
        ("my house is in Hauptstraße 12, SW1A 1AA", "my house is in [address], [address]"),
        ("send it to p.o. box 99", "send it to [address]"),
        ("on 12 May 2014, or May 3rd, or 2014-05-12, or 5/12/14", "on [date], or [date], or [date], or [date]"),
        ("i was born in 1962", "i was [date]"),
        ("dob: 1962", "[date]"),
        ("passport C01X00T47 and mrn 8812", "passport [number] and [number]"),
        ("number ٠١٢٣٤٥٦٧", "number [number]"),
        ("$5551234567 or $555 123 4567 or 5551234567 dollars", "$[number] or $[number] or [number] dollars"),
        ("my name is anna kowalski", "my name is [name]"),
        ("Dr. Kumar told my daughter Zsofia Toth", "Dr. [name] told my daughter [name]"),
        ("maria says so, and Anna's clinic too", "[name] says so, and [name] clinic too"),
        ("me llamo José", "me llamo [name]"),
        ("i paid 1500 dollars, call $5551234567", "i paid 1500 dollars, call $[number]"),
        ("my wife katarzyna kowalska asks", "my wife [name] asks"),
        ("my insta is annaschmidt92, ok", "my [handle], ok"),
        ("my telegram is anna_92 or whatsapp: kurt.b7", "my [handle] or [handle]"),
        ("mi usuario es lupita_22", "mi [handle]"),
        ("write to anna@локал.рф now", "write to [e-mail] now"),
    ],
)  # fmt: skip
def test_what_tells_who_somebody_is_is_hidden(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Can I bring my own stem cells from Mexico to Texas?",
        "Will I need a permit in 2013-2014, and does it cost $10000 or 25000 dollars?",
        "It was 3 weeks ago. I am 63 years old, with MS and ALS.",
        "WHEN MAY I TAKE THEM HOME FROM THE CLINIC",
        "What does 21 CFR 1271 say about 1,000,000 cells?",
        "may i mark the box and will they rob me of hope",
        "Why? Who says so? Is the FDA right",
    ],
)
def test_a_question_stays_as_it_is(text: str) -> None:
    assert masked(text) == text


def test_the_writers_own_names_are_hidden_wherever_they_stand() -> None:
    assert (
        masked("will Will zbigniew be there, ZBIGNIEW?", "Will", "Zbigniew")
        == "will [name] be there, [name]?"
    )
    assert masked("can Can come", "Can") == "can [name] come"


def test_what_the_subject_speaks_of_is_nobodys_name() -> None:
    assert masked("did Celltex ask Maria") == "did [name] ask [name]"
    assert masked("did Celltex ask Maria", known=frozenset({"celltex"})) == "did Celltex ask [name]"


def test_invisible_and_look_alike_characters_hide_nothing() -> None:
    assert masked("an\u200bna@ex\u00adample.org and \uff10\uff11\uff12\uff13\uff14\uff15") == "[e-mail] and [number]"  # fmt: skip


def test_marks_that_somebody_types_are_no_marks() -> None:
    assert mask("a [name] b [e-mail] c") == Masked("a b c", 0)


def test_a_long_text_is_cut_between_words_and_marks() -> None:
    text = mask("word anna@example.org " * 100).text
    assert len(text) <= MAX_LENGTH
    assert text.endswith(("word…", "]…"))
    assert len(mask("x" * 5000).text) <= MAX_LENGTH
    assert mask("1" * 5000).text == Hidden.NUMBER
    assert mask("0341 555 777 " * 400).text == Hidden.NUMBER


@given(TALK, st.from_regex(r"[a-z]{1,10}\.[a-z]{1,10}@[a-z]{1,10}\.(com|org|de)", fullmatch=True), TALK)
def test_no_mail_address_is_left(before: str, address: str, after: str) -> None:
    assert address not in masked(f"{before} {address} {after}")


@given(TALK, st.from_regex(r"(https?|ftp)://[a-z0-9./?=&-]{4,30}", fullmatch=True), TALK)
def test_no_link_is_left(before: str, link: str, after: str) -> None:
    assert link not in masked(f"{before} {link} {after}")


@given(TALK, st.from_regex(r"@[a-z][a-z0-9_]{4,20}", fullmatch=True), TALK)
def test_no_handle_is_left(before: str, handle: str, after: str) -> None:
    assert handle not in masked(f"{before} {handle} {after}")


@given(TALK, st.lists(st.tuples(DIGITS, st.sampled_from(["", " ", "-", ".", ") "])), min_size=7, max_size=15))
def test_no_telephone_number_is_left(before: str, number: list[tuple[str, str]]) -> None:
    shown = masked(f"{before} {''.join(map(''.join, number))} {before}")
    assert not re.search(r"\d(?:[ .\-]?\d){6}", shown)


@given(st.text(max_size=300))
def test_any_text_becomes_one_line_of_bounded_length(text: str) -> None:
    result = mask(text, ordinary=ORDINARY, own_names=[text[:20]])
    assert len(result.text) <= MAX_LENGTH
    assert result.text == " ".join(result.text.split())
    assert result.hidden == sum(result.text.count(kind) for kind in Hidden)
    assert not re.search(r"\d{7}", result.text)
    assert not any(kind in without_marks(result.text) for kind in Hidden)


def test_few_of_the_questions_that_people_ask_lose_a_word(answerer: Answerer) -> None:
    lines = (QUESTIONS / "in-scope.jsonl").read_text(encoding="utf-8").splitlines()
    known = answerer.words_used("en")
    hidden = [mask(json.loads(line)["q"], known=known, ordinary=ORDINARY).hidden for line in lines]
    assert sum(map(bool, hidden)) < 0.06 * len(hidden)
