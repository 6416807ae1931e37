"""Texts and files made to take for ever: everything that a person or a page can cause ends, within bounds of time and memory.

Each group runs in a process of its own with so much time and memory that only what has no bound runs out of it.
"""

from __future__ import annotations

import pytest

from tests.attacks import apart

ENDED = "ended\n"
ROWS = r"""
rows = [
    "a", "1", " ", "\n", ".", "?", "!", ",", "-", "_", "'", '"', "(", "@", "/", ":", "<", ">", "&", "&#", "%", "+", "\\", "aA", "a ", "a.", "a-",
    "a@", "a@a.", "http://", "www.", "1-", "1 ", "1/", "+1 (", "St. ", "Dr. ", "Mr ", "my name is ", "a, ", "? ", "?!", "what ", "is it ", "can i ",
    "\u0301", "e\u0301", "\ufdfa", "\u200d", "\u202e", "\U0001f3f3\ufe0f", "\u0130", "\u00df", "\ufb03", "\u1100", "\u3000", "\u00a0", "I", "l", "0x",
    "jan ", "12 march ", "unit 4 ", "#", "$1", "x" * 40 + " ", "Anna ", "ANNA ", "nope? ", "and ", "the the ",
]
texts = [(row * 4096)[:4096] for row in rows]
texts += [row + "a" * 4000 + other for row in rows[::3] for other in rows[::7]]
texts += ["".join(rows)[:4096] * 4]
texts += ["is it a" + (row * 4096)[:4000] + "b?" for row in rows]
"""
ANSWERING = r"""
from knowledge.opening import open_answerer
from knowledge.outcome import Question
answerer = open_answerer()
for text in texts[::4]:
    for overheard in (False, True):
        answerer.answer(Question(text, "en", overheard=overheard))
    answerer.answer(Question(text, "es", previous="about-bot"))
"""
READING = r"""
from bot import typed
from knowledge import overhearing
from bot.review import masking
from bot.formatting import cut, label, plain
from knowledge.texts import split_answer
from knowledge import clauses, normalizer
own_names, known, ordinary = ("Anna", "a", "aaaa"), frozenset(("what",)), frozenset(("what", "name"))
for text in texts:
    masking.mask(text, own_names=own_names, known=known, ordinary=ordinary)
    masking.without_marks(text)
    overhearing.plainly_asks(text)
    typed.plainly(text)
    typed.remarked(text)
    clauses.clauses(text)
    clauses.asked_in(text, "es")
    normalizer.comparison_form(text)
    label(text), plain(text), split_answer(text), cut(text, 100)
"""
GROWING = r"""
import time
from bot import typed
from bot.review import masking
from knowledge import clauses, corrections, courtesies, normalizer, overhearing, safety
readers = [
    clauses.clauses, clauses.asked_in, corrections.correction, courtesies.without_courtesies, normalizer.comparison_form,
    overhearing.plainly_asks, safety.calms, typed.plainly, typed.remarked,
    lambda text: masking.mask(text, own_names=("Anna",), known=frozenset(), ordinary=frozenset()),
]
def seconds(read, text):
    begun = time.process_time()
    read(text)
    return time.process_time() - begun
for read in readers:
    for row in rows:
        for frame in "is it a{}b?", "no{}i mean the fee", "{}", "a{}":
            short, long = (frame.format((row * size)[:size]) for size in (1_000, 4_000))
            # Four times as long takes four times as long; sixteen times, where each sign is looked at from each.
            if seconds(read, long) > 0.05:
                ratios = [seconds(read, long + " ") / max(seconds(read, short + " "), 1e-6) for _ in range(3)]
                assert min(ratios) < 10, (read, row, frame, ratios)
"""
UPDATES = r"""
import json
from bot import callback_data, questions
from bot.transport.arrivals import arrival
for text in texts:
    callback_data.unpack(text)
    arrival({"update_id": 1, "message": {"text": text, "chat": {"id": text}}})
deep = {"update_id": 1}
deep["message"] = json.loads('{"a":' * 900 + "1" + "}" * 900)
arrival(deep)
arrival({"update_id": 1, **{f"k{n}": {} for n in range(50_000)}})
"""
BOMBS = r"""
from knowledge import loader
from knowledge.yaml_reader import SourceFile, read
lol = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n-1}'] * 9)}]\n" for n in range(1, 12))
merge = "a: &a {k: v}\n" + "".join(f"b{n}: {{<<: *a}}\n" for n in range(10_000))
bombs = [
    lol, merge, "- " * 2_000_000, "[" * 1_000_000, "{a: " * 500_000, "? " * 1_000_000, "&a " * 500_000, "- &a *a\n" * 100_000,
    "a: !!python/object/apply:os.system ['touch owned']\n" * 1000, "- 0" + "1" * 3_000_000, "- !!int " + "9" * 1_000_000, "- 1:" * 500_000,
    "'" * 2_000_000, '"\\x41' * 500_000, "|\n" * 500_000, ">" + "\n " * 1_000_000, "%YAML 1.1\n" * 100_000, "---\n" * 500_000,
    "k: v\n" * 400_000, "- question: a\n  answer: b\n" * 60_000, "\ufeff" * 500_000, "#" * 4_000_000, "- " + "a " * 2_000_000,
]
for bomb in bombs:
    read(SourceFile("kb.yaml", bomb.encode()))
"""
PAGES = r"""
from knowledge.importer import read_page
bombs = [
    "<div>" * 75_000, "<p>" * 125_000, "</p>" * 100_000, "<" * 1_500_000, "<a " * 125_000, "<a href='" * 50_000, "&" * 1_500_000, "&#x" * 125_000,
    "<!--" * 100_000, "<![CDATA[" * 50_000, "<script>" * 50_000, "<ol><li>" * 50_000, "<p>a</p>" * 50_000, "<li class='comment' id='comment-1'>" * 30_000,
    "&amp;" * 75_000, "<p " + "a=b " * 75_000 + ">", "<!DOCTYPE a [<!ENTITY l 'l'>" + "<!ENTITY m '&l;&l;'>" * 50_000, "\x00" * 1_000_000,
]
for bomb in bombs:
    read_page(("<html><body>" + bomb).encode(), name="page.html")
    read_page(bomb.encode(), name="page.txt")
for bomb in ["[" * 225_000, '{"a":' * 75_000, "[" + "1," * 125_000 + "1]", '"' + "\\u0041" * 75_000 + '"', "9" * 1_900_000, '{"content":{"rendered":"' + "<div>" * 75_000 + '"}}']:
    read_page(bomb.encode(), name="page.json")
"""


@pytest.mark.parametrize(
    "code",
    [ROWS + ANSWERING, ROWS + READING, ROWS + GROWING, ROWS + UPDATES, BOMBS, PAGES],
    ids=[
        "answering",
        "reading a message",
        "no longer than its length",
        "reading an update",
        "YAML bombs",
        "pages",
    ],
)
def test_nothing_that_somebody_sends_takes_for_ever(code: str) -> None:
    assert apart.run(code + "\nprint('ended')\n") == ENDED
