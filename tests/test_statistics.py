"""Counts as maintainers see them, in words, in a table and as a picture."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.figures.picture import WIDTH, _font, _steps, png
from bot.figures.statistics import MOST, OUTCOMES, Judged, figures, since, summary, table
from bot.locales import words
from bot.review.feedback import Opinion
from bot.store.from_people import FeedbackCount, OutcomeCount

SAY = words("en")
TODAY = 20_786  # 2026-11-29
COUNTS = st.lists(
    st.builds(
        OutcomeCount,
        st.integers(TODAY - 40, TODAY + 2),
        st.sampled_from([*OUTCOMES, "of a later version"]),
        st.sampled_from(["", *"abcdefghijkl"]),
        st.integers(1, 10**7),
    )
)
OPINIONS = st.lists(
    st.builds(
        FeedbackCount,
        st.sampled_from("abcdefghijkl"),
        st.sampled_from(["v1", "v2"]),
        st.sampled_from([*Opinion, "of a later version"]),
        st.integers(1, 10**6),
    )
)


def test_questions_are_counted_on_their_days_and_for_their_entries() -> None:
    counts = [
        OutcomeCount(TODAY, "answer", "a", 3),
        OutcomeCount(TODAY, "clarify", "b", 1),
        OutcomeCount(TODAY - 6, "decline", "", 2),
        OutcomeCount(TODAY - 7, "answer", "a", 100),
        OutcomeCount(TODAY - 1, "answer", "b", 2),
    ]
    shown = figures(counts, [], today=TODAY, days=7, waiting=4)
    assert shown.days[0] == date(2026, 11, 23)
    assert shown.days[-1] == date(2026, 11, 29)
    assert shown.by_day == {
        "answer": (0, 0, 0, 0, 0, 2, 3),
        "clarify": (0, 0, 0, 0, 0, 0, 1),
        "decline": (2, 0, 0, 0, 0, 0, 0),
    }
    assert shown.asked == (("a", 3), ("b", 3))
    assert (shown.total, shown.share("decline")) == (8, 0.25)
    assert summary(shown, SAY).startswith(
        "In 7 days: 8 questions. Answered 62%, asked back 12%, declined 25%"
    )


@pytest.mark.parametrize(
    ("language", "days", "count", "wanted"),
    [
        ("en", 1, 1, "In one day: one question. Answered 100%"),
        ("en", 2, 0, "In 2 days: 0 questions. Answered 0%"),
        ("es", 1, 1, "En un día: una pregunta. Con respuesta 100\N{NO-BREAK SPACE}%"),
        ("es", 2, 3, "En 2 días: 3 preguntas. Con respuesta 100\N{NO-BREAK SPACE}%"),
    ],
)
def test_one_is_told_as_one(language: str, days: int, count: int, wanted: str) -> None:
    counts = [OutcomeCount(TODAY, "answer", "a", count)] if count else []
    shown = figures(counts, [], today=TODAY, days=days)
    assert summary(shown, words(language)).startswith(wanted)


def test_what_didnt_help_is_summed_over_versions_the_worst_first() -> None:
    said = [
        FeedbackCount("a", "v1", Opinion.NOT_HELPED, 2),
        FeedbackCount("a", "v2", Opinion.NOT_HELPED, 1),
        FeedbackCount("a", "v2", Opinion.UNCLEAR, 1),
        FeedbackCount("a", "v2", Opinion.OUTDATED, 2),
        FeedbackCount("a", "v1", Opinion.HELPED, 9),
        FeedbackCount("b", "v1", Opinion.NOT_HELPED, 3),
        FeedbackCount("c", "v1", Opinion.HELPED, 3),
    ]
    assert figures([], said, today=TODAY).disliked == (
        Judged("b", 0, 3, ()),
        Judged("a", 9, 3, ((Opinion.OUTDATED, 2), (Opinion.UNCLEAR, 1))),
    )


@given(COUNTS, OPINIONS, st.integers(1, 60))
def test_any_counts_make_a_table_of_one_width(
    counts: list[OutcomeCount], said: list[FeedbackCount], days: int
) -> None:
    shown = figures(counts, said, today=TODAY, days=days)
    first = since(TODAY, days)
    within = [c for c in counts if first <= c.day <= TODAY]
    assert shown.total == sum(c.count for c in within if c.outcome in OUTCOMES)
    assert len(shown.asked) <= MOST
    assert all(len(of_day) == days for of_day in shown.by_day.values())
    lines = table(shown, SAY, lambda entry_id: f"{entry_id} " * 40).splitlines()
    assert all(len(line) <= 36 for line in lines)


@settings(max_examples=15)
@given(COUNTS, OPINIONS, st.integers(1, 400))
def test_any_counts_make_a_picture_that_telegram_takes(
    counts: list[OutcomeCount], said: list[FeedbackCount], days: int
) -> None:
    shown = figures(counts, said, today=TODAY, days=days)
    drawn = png(shown, SAY, "A title " * 20, lambda entry_id: f"{entry_id} " * 40)
    picture = Image.open(io.BytesIO(drawn))
    assert picture.width == WIDTH
    assert picture.width + picture.height <= 10_000
    assert picture.height < 20 * picture.width
    assert len(drawn) < 1_000_000


def test_a_days_bar_is_as_high_as_its_count() -> None:
    def coloured(count: int) -> int:
        shown = figures(
            [OutcomeCount(TODAY, "answer", "", count), OutcomeCount(TODAY - 1, "answer", "", 100)],
            [],
            today=TODAY,
            days=2,
        )
        picture = Image.open(io.BytesIO(png(shown, SAY, "", str))).convert("RGB")
        column = [picture.getpixel((900, y)) for y in range(250, 700)]
        return column.count((0x2A, 0x78, 0xB5))

    assert coloured(0) == 0
    assert abs(coloured(100) - 2 * coloured(50)) <= 2
    assert coloured(50) > 50


def test_the_font_has_the_letters_of_every_catalogue() -> None:
    missing = bytes(_font("text").getmask("\U0010ffff"))
    for language in ("en", "es"):
        text = "".join(
            words(language)(f"stats-{name}") for name in ("by-day", "asked", "disliked", "nothing")
        )
        for letter in {*text, *"áéíóúñ¿¡üÄß–…’“”"} - {" "}:  # noqa: RUF001 - those that are asked for
            assert bytes(_font("text").getmask(letter)) != missing, letter


@given(st.integers(0, 10**9))
def test_an_axis_has_few_marks_of_round_numbers(highest: int) -> None:
    step, above = _steps(highest)
    assert above >= max(1, highest)
    assert above % step == 0
    assert 1 <= above // step <= 5
    assert str(step).rstrip("0") in {"1", "2", "5"}
