"""The rules by which plain text is read, each on the smallest page that shows it."""

from __future__ import annotations

import pytest

from knowledge.importer import Block, BlockKind, Finding, ImportedPage, read_page, shapes
from knowledge.importer.lines import split_lines, stacked, usual
from knowledge.model import Voice


def body(*stacks: str) -> ImportedPage:
    return read_page("\n\n".join(("The Title", *stacks)).encode(), name="page.txt")


def thread(*lines: str, author: str = "") -> ImportedPage:
    text = "The Title\n\nThe only paragraph.\n\n9 comments\n\n" + "\n".join(lines)
    return read_page(text.encode(), name="page.txt", author=author)


def kinds(page: ImportedPage) -> list[str]:
    return [block.kind.value for block in page.blocks[1:]]


def comments(page: ImportedPage) -> list[Block]:
    return [block for block in page.blocks if block.kind.in_thread]


def finding(page: ImportedPage, code: str) -> Finding:
    return next(f for f in page.findings if f.code == code)


def test_lines_know_their_place_indent_and_gap() -> None:
    lines = split_lines("a\n\n\n\tb  c\n  d")
    assert [(line.position, line.indent, line.gap, line.text) for line in lines] == [
        (1, 0, 0, "a"),
        (4, 4, 2, "b c"),
        (5, 2, 0, "d"),
    ]
    assert [stack.text for stack in stacked(lines)] == ["a", "b c\nd"]


def test_the_usual_number_is_the_most_frequent_and_the_smaller_of_equals() -> None:
    assert usual([2, 1, 2], 0) == 2
    assert usual([2, 1], 0) == 1
    assert usual([], 7) == 7


@pytest.mark.parametrize(
    "text", ["What now?", "Their answer?", "Who would carry such a thing over a river?", "É possível?"]
)
def test_short_plain_questions_lead_in(text: str) -> None:
    assert shapes.is_question_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "If it rains, what then?",
        "Also ask\u2013is it dry?",
        "Wet? Why?",
        "in lower case?",
        "Is this one much too long to be put over a paragraph as a question?",
        "No question.",
    ],
)
def test_questions_with_clauses_are_statements_of_their_own(text: str) -> None:
    assert not shapes.is_question_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "What to Do",
        "What the law says",
        "Rules for the Keeping of Bees and Wasps in the Gardens of the County",
    ],
)
def test_headings_break_off_and_long_ones_are_capitalised(text: str) -> None:
    assert shapes.is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is it.",
        "- an item",
        "1. an item",
        "lower case",
        "A line of prose that somebody forgot to end with a full stop",
    ],
)
def test_prose_lists_and_lower_case_are_no_headings(text: str) -> None:
    assert not shapes.is_heading(text)


@pytest.mark.parametrize("text", ["a bee on a rose", "a bee on a rose\nBees like roses."])
def test_captions(text: str) -> None:
    assert shapes.is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "a bee sat there.",
        "A bee",
        "- a bee",
        "a bee\nand a wasp",
        "a bee\nBees.\nWasps.",
        "Bees\nBees like roses.",
        "BEES\nThey like roses, and nothing else.",
        "This paragraph is set in lines of some length, so that its first\nLine breaks off.",
    ],
)
def test_no_captions(text: str) -> None:
    assert not shapes.is_caption(text)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("jar of honey on a tableBees make it.", "jar of honey on a table"),
        ("old wallI saw it.", "old wall"),
        ("Bees make iPods sticky.", ""),
        ("the iPhone of a beekeeper.", ""),
        ("the openSUSE user group.", ""),
        ("honeyBees make it.", ""),
        ("one sentence. another withBees.", ""),
    ],
)
def test_captions_run_into_a_paragraph_are_parted_where_the_join_shows(text: str, caption: str) -> None:
    assert shapes.split_run_in_caption(text) == (caption, text[len(caption) :])


@pytest.mark.parametrize(
    ("line", "count", "title"),
    [
        ("12 thoughts on “The Title”", 12, "The Title"),
        ('One thought on "The Title"', 1, "The Title"),
        ("3 Responses to The Title", 3, "The Title"),
        ("No comments", 0, ""),
        ("7 comments:", 7, ""),
    ],
)
def test_announcements(line: str, count: int, title: str) -> None:
    assert shapes.announcement(line) == shapes.Announcement(count, title)


@pytest.mark.parametrize(
    "line", ["12 bees on a wall", "comments", "She made 3 comments", "3 comments were made."]
)
def test_no_announcements(line: str) -> None:
    assert shapes.announcement(line) is None


def test_notices_and_bylines() -> None:
    page = body("Posted on May 3, 2020 by Jane Doe", "Some prose.", "Share this")
    assert kinds(page) == ["notice", "paragraph", "notice"]
    assert page.author == "Jane Doe"
    assert shapes.byline("By Dr. Ana Bell, 3 November 2026") == "Dr. Ana Bell"
    assert shapes.byline("By Ana Bell | 2026-11-03") == "Ana Bell"
    assert not shapes.is_notice("By Ana Bell, and 3 others came")
    assert not shapes.is_notice("By the way, this is prose.")
    assert not shapes.is_notice("By then it rained")


def test_what_stands_above_the_title_is_furniture_where_the_comments_repeat_the_title() -> None:
    page = read_page(
        "Skip to content\nPlot Talk\n\nThe Title\n\nText.\n\n1 thought on “The title”\n\n1. Yes.".encode(),
        name="p.txt",
    )
    assert page.title == "The Title"
    assert [b.kind for b in page.blocks[:3]] == [BlockKind.NOTICE, BlockKind.NOTICE, BlockKind.TITLE]
    assert not page.findings


def test_a_title_that_the_comments_call_otherwise_is_reported() -> None:
    page = read_page("One Title\n\nText.\n\n1 thought on “Another Title”\n\n1. Yes.".encode(), name="p.txt")
    assert finding(page, "title-differs").position == 1


def test_a_page_that_starts_with_prose_has_no_title() -> None:
    page = read_page(b"word " * 40 + b"end.\n\nMore.", name="p.txt")
    assert page.title == ""
    assert [b.id for b in page.passages] == ["A1", "A2"]
    assert finding(page, "no-title").position == 1


def test_headings_go_with_the_paragraph_below_and_alone_are_statements() -> None:
    page = body("What to Do", "Where to start", "Begin here.", "Thanks for reading")
    assert [(b.id, b.lead) for b in page.passages] == [("A1", "What to Do\nWhere to start"), ("A2", "")]
    assert page.passages[1].text == "Thanks for reading"


def test_lists_are_one_paragraph_and_not_quoted_after_a_colon() -> None:
    page = body("Do this:", "\n- one\n- two", "Then rest.")
    assert [(b.id, b.text) for b in page.passages] == [
        ("A1", "Do this:"),
        ("A2", "- one\n- two"),
        ("A3", "Then rest."),
    ]


def test_a_quotation_set_apart_after_a_colon_is_one_paragraph_or_headed_sections() -> None:
    page = body("It says:", "\nLeave it.", "We agree.")
    assert [b.id for b in page.passages] == ["A1", "Q1", "A2"]
    assert page.passages[1].inferred
    page = body(
        "It says:",
        "\nOn Bees",
        "Keep them.",
        "On Wasps",
        "Leave them.",
        "We agree.",
        "On Ants",
        "So do they.",
    )
    assert [(b.id, b.lead) for b in page.passages] == [
        ("A1", ""),
        ("Q1", "On Bees"),
        ("Q2", "On Wasps"),
        ("A2", ""),
        ("A3", "On Ants"),
    ]


@pytest.mark.parametrize("after", ["\nOn Ants", "And what about ants?"])
def test_a_quotation_ends_at_a_new_gap_and_at_a_question_to_the_reader(after: str) -> None:
    page = body("It says:", "\nOn Bees", "Keep them.", after, "Leave them.", "More.", "More yet.")
    assert [b.id for b in page.passages] == ["A1", "Q1", "A2", "A3", "A4"]


def test_a_colon_alone_quotes_nothing() -> None:
    page = body("It says:", "On Bees", "Keep them.")
    assert [b.id for b in page.passages] == ["A1", "A2"]
    assert not page.findings


def test_marks_of_quotation_are_believed() -> None:
    page = body(
        "It says:", "“Leave it.”", "“This” and “that”", "> Quoted\n> twice", "    Set in.", "The end."
    )
    assert [b.id for b in page.passages] == ["A1", "Q1", "A2", "Q2", "Q3", "A3"]
    assert [b.text for b in page.passages if b.voice is Voice.AGENCY] == [
        "“Leave it.”",
        "Quoted\ntwice",
        "Set in.",
    ]


def test_replies_are_told_by_indentation_and_continuations_stay() -> None:
    page = thread(
        "  1. One",
        "     goes on.",
        "",
        "     And on.",
        "    1. Reply",
        "      1. Deeper",
        "    2. Second reply",
        "  2. Two",
        "",
        "Comments are closed.",
        "Leave a Reply",
    )
    assert [(b.id, b.parent, b.kind.value) for b in comments(page)] == [
        ("C1", "", "comment"),
        ("C1.1", "C1", "reply"),
        ("C1.1.1", "C1.1", "reply"),
        ("C1.2", "C1", "reply"),
        ("C2", "", "comment"),
    ]
    assert comments(page)[0].text == "One\ngoes on.\n\nAnd on."
    assert [b.text for b in page.blocks[-2:]] == ["Comments are closed.", "Leave a Reply"]


def test_numbers_within_comments_are_part_of_them() -> None:
    page = thread("1. I was there in", "1987. It was so:", "  2. wet", "  3. cold", "2. Me too.")
    assert [b.id for b in comments(page)] == ["C1", "C2"]
    assert comments(page)[0].text == "I was there in\n1987. It was so:\n2. wet\n3. cold"
    assert "7, 8, 9" not in finding(page, "number-not-due").message
    assert "8, 9, 10" in finding(page, "number-not-due").message


def test_a_skipped_number_stays_a_gap_in_the_ids_and_is_reported() -> None:
    page = thread("1. One", "3. Three", "  2. Second reply alone", "4. Four")
    assert [b.id for b in comments(page)] == ["C1", "C3", "C4"]
    assert finding(page, "number-skipped").position == 8


def test_a_skipped_level_is_reported_with_the_likely_place() -> None:
    page = thread("1. One", "  1. Reply", "2. Two", "", "   Somebody else?", "    1. To the one not shown")
    assert [b.id for b in comments(page)] == ["C1", "C1.1", "C2", "C2.1"]
    assert finding(page, "level-skipped").position == 12
    assert "unnumbered paragraphs of C2" in finding(page, "level-skipped").message


def test_names_printed_by_a_theme_tell_comments_from_lists() -> None:
    page = thread(
        *("1. Peter says:", "May 4, 2020 at 3:12 pm", "I tried:", "1. beer", "2. salt", "Reply"),
        *("2. Jane Doe says:", "May 5, 2020 at 9:00 am", "Try a duck."),
        author="Jane Doe",
    )
    assert [(b.id, b.author, b.voice, b.text) for b in comments(page)] == [
        ("C1", "Peter", Voice.READER, "I tried:\n1. beer\n2. salt"),
        ("C2", "Jane Doe", Voice.AUTHOR_REPLY, "Try a duck."),
    ]


def test_depth_is_limited_and_reported_once() -> None:
    page = thread(*(" " * level + "1. x" for level in range(30)))
    assert max(b.id.count(".") for b in comments(page)) == 14
    assert len({b.id for b in comments(page)}) == 30
    assert [f.code for f in page.findings].count("too-deep") == 1


@pytest.mark.parametrize(
    ("reply", "voice"),
    [
        ("Hi Sam, thanks for the comment. It is so.", Voice.AUTHOR_REPLY),
        ("As I wrote in the post, it is so. My next book has more.", Voice.AUTHOR_REPLY),
        ("In my recent article I say so.", Voice.AUTHOR_REPLY),
        ("Thank you for reading, and for your kind post.", Voice.READER),
        ("Hi Sam, I agree.", Voice.READER),
        ("I agree.", Voice.READER),
        ("Lena, in my book it is so.", Voice.READER),
        ("I agree.\nLena", Voice.AUTHOR_REPLY),
    ],
)
def test_an_authors_reply_is_told_by_several_signs(reply: str, voice: Voice) -> None:
    first, *rest = reply.split("\n")
    page = thread("1. One", f"  1. {first}", *(f"    {line}" for line in rest), author="Lena Arden")
    assert comments(page)[1].voice is voice


def test_top_level_comments_are_readers_whatever_they_say() -> None:
    page = thread("1. Thanks for the comment, says my book.")
    assert comments(page)[0].voice is Voice.READER


def test_an_empty_comment_is_kept_and_reported() -> None:
    page = thread("1.", "2. Two")
    assert [(b.id, b.text) for b in comments(page)] == [("C1", ""), ("C2", "Two")]
    assert finding(page, "no-text").position == 7


def test_more_comments_than_announced_is_reported() -> None:
    page = read_page(b"T\n\nText.\n\n1 comment\n\n1. a\n2. b", name="p.txt")
    assert finding(page, "comments-surplus").message == "the page announces 1 comment and shows 2"
