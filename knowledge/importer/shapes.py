"""What a line's shape says about it: heading, lead-in question, caption, notice.

Plain text has lost the markup, so these rules go by what writers do: sentences end in a mark, headings do not; prose and
headings begin with a capital, alternative texts of images need not; a question that is put to be answered at once is short
and has no clauses. Every pattern is bounded, so that no line takes more than linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

HEADING_WORDS: Final = 16
QUESTION_WORDS: Final = 10
CAPTION_WORDS: Final = 15
_TITLE_WORDS: Final = 30
_NOTICE_WORDS: Final = 12
_LONGEST_LINE: Final = 300
_SENTENCE_END: Final = re.compile(r"[.!?…:;,][\"'”\u2019»)\]]*$")
_CLAUSE: Final = re.compile(r"[,;:\u2013—?!]| - |--")
# Markdown's marks of a heading and of bold, and the letter before a question in a list of questions and answers.
_HEADING_MARK: Final = re.compile(r"#{1,6} |\*\*(?=.*\*\*$)|__(?=.*__$)")
_MARKS: Final = re.compile(r"\A(?:#{1,6} |\*{1,3}|_{1,3}) ?|\*{1,3}\Z|_{1,3}\Z")
_QUESTION_LABEL: Final = re.compile(
    r"\A(?:Q|Question|P|Pregunta) ?\d{0,3} ?[:.)] ?(?=\S.*\?\Z)", re.IGNORECASE
)
_LIST_MARK: Final = re.compile(r"[-*•·‣▪]\s|\d{1,3}[.)]\s|\w\)\s")
_COUNT_WORDS: Final = {
    "no": 0,
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_ANNOUNCED: Final = re.compile(
    rf"(?P<count>\d{{1,5}}|{'|'.join(_COUNT_WORDS)}) (?:thoughts?|comments?|responses?|repl(?:y|ies))"
    r"(?: (?:on|to)\b:? ?(?P<title>.*))?[.:]?",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"(?:all )?(?:comments|commenting)(?: (?:on|for|to) (?:this|the) \w+)? (?:is|are) (?:now |currently )?closed"
    r"(?: (?:on|for|to) (?:this|the) \w+)?[.!]?",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"(?:(?:posted|published|updated|last updated|written) (?:on|by|in|at)\b|filed under\b|categor(?:y|ies)\b|tag(?:s|ged)\b|share this\b|skip to\b"
    r"|leave a (?:comment|reply)\b|(?:post|comment) navigation\b|(?:←|«) ?(?:older|previous)\b|print this\b|\d+ min(?:ute)?s? read\b)",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(
    r"(?:(?:posted|published|written)\b.{0,60}? )?by (?P<name>(?:(?:dr|prof|mr|mrs|ms)\. ?)*[^\W\d_][^|,:;.()]{1,60}?)"
    r"(?:(?: on |,? ?[|\u00b7\u2013\u2014-] ?|, ?)[^.;:]{0,30}\b(?:19|20)\d\d\b[^.;:]{0,12})?",
    re.IGNORECASE,
)
_QUOTATION_MARKS: Final = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("\u2039", "\u203a"))
_LOWER: Final = "a-zß-öø-ÿ"
_UPPER: Final = "A-ZÀ-ÖØ-Þ"
# An image's text that ran into a paragraph: its last lower-case word goes straight on in a capitalised one. Three letters
# before the capital keep names with an inner capital together, since their first part is a letter or two.
_RUN_IN: Final = re.compile(
    rf"(?P<caption>[{_LOWER}][^.!?;:{_UPPER}]{{1,150}}? [{_LOWER}]{{3,30}})(?=[{_UPPER}](?:[{_LOWER}'\u2019]|\s))"
)
_SHORT_LABEL: Final = 8
_TITLE_CASE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Announcement:
    """A line that tells how many comments there are."""

    count: int
    title: str
    """The page's title as that line gives it; empty where it does not."""


def announcement(text: str) -> Announcement | None:
    """Read a comment count such as `3 comments` or `One thought on "Title"`; None for any other line."""
    found = _ANNOUNCED.fullmatch(text) if len(text) <= _LONGEST_LINE else None
    if found is None:
        return None
    count = found["count"].lower()
    title = (found["title"] or "").strip(" \"“”„«»'\u2018\u2019")
    return Announcement(_COUNT_WORDS[count] if count in _COUNT_WORDS else int(count), title)


def is_closing(text: str) -> bool:
    """Whether a line says that no more comments are taken."""
    return len(text) <= _LONGEST_LINE and _CLOSED.fullmatch(text) is not None


def is_notice(text: str) -> bool:
    """Whether a line is the page's furniture: a byline, a share bar, navigation."""
    count = announcement(text)
    if is_closing(text) or (count is not None and not count.title):
        return True
    return _is_label(text, _NOTICE_WORDS) and (_NOTICE.match(text) is not None or byline(text) != "")


def byline(text: str) -> str:
    """The name in a line such as `Posted on 1 May by Jane Doe`; empty for any other line."""
    found = _BYLINE.fullmatch(text) if _is_label(text, _NOTICE_WORDS) else None
    # A name is capitalised throughout, but for particles: "by the way" is none.
    return found["name"].strip() if found and found["name"][0].isupper() else ""


def is_question_heading(text: str) -> bool:
    """Whether a line is a short, plain question, of the kind that the next paragraph answers.

    Commas and dashes rule it out: a question with clauses is a statement of its own and is cited by itself.
    """
    if not text.endswith("?") or "\n" in text or len(text) > _LONGEST_LINE:
        return False
    return (
        text[:1].isupper()
        and len(text.split()) <= QUESTION_WORDS
        and not _CLAUSE.search(text[:-1])
        and "." not in text
    )


def is_heading(text: str) -> bool:
    """Whether a line is a heading or a lead-in question, given that text follows under it."""
    if is_question_heading(text):
        return True
    if not _starts_anew(text) or is_list_item(text) or not _is_label(text, HEADING_WORDS):
        return False
    # A long line that breaks off is a heading only where it is capitalised like one.
    return len(text.split()) <= _SHORT_LABEL or _is_title_case(text)


def marked_heading(text: str) -> str:
    """The words of a line that its marks make a heading (`## Fees`, `**Fees**`) or a question (`Q: May I?`); empty for any other."""
    bare = unlabelled(text)
    is_marked = _HEADING_MARK.match(text) is not None or (bare != text and bare.endswith("?"))
    return bare if is_marked and "\n" not in text and len(text) <= _LONGEST_LINE else ""


def unlabelled(text: str) -> str:
    """A heading or question without the marks around it and the label before it."""
    return _QUESTION_LABEL.sub("", _MARKS.sub("", text)) or text


def is_caption(text: str) -> bool:
    """Whether a stack of one or two lines is an image's alternative text, alone or with the caption under it.

    It shows by a lower-case start and no sentence end; a second line starts anew. A line with a capital and a sentence under
    it are a title and its section, and what is left out by mistake is worse than a caption too much.
    """
    first, _, second = text.partition("\n")
    if not first[:1].islower() or not _is_label(first, CAPTION_WORDS) or is_list_item(first):
        return False
    return not second or (
        "\n" not in second and _starts_anew(second) and len(second.split()) <= CAPTION_WORDS
    )


def is_title(text: str) -> bool:
    """Whether a line is short enough for a title; a longer one is prose whose title was not saved with it."""
    return len(text) <= _LONGEST_LINE and len(text.split()) <= _TITLE_WORDS


def is_list_item(text: str) -> bool:
    """Whether a text starts with a bullet or a number."""
    return _LIST_MARK.match(text) is not None


def split_run_in_caption(text: str) -> tuple[str, str]:
    """Part an image's text from the paragraph that it ran into: (caption, paragraph), the caption empty where there is none."""
    found = _RUN_IN.match(text)
    return (found["caption"], text[found.end() :]) if found else ("", text)


def is_in_quotes(text: str) -> bool:
    """Whether a text is one quotation from its first mark to its last; `"this" and "that"` is not."""
    bare = text.rstrip(".!?")
    for start, end in _QUOTATION_MARKS:
        if len(bare) > 2 and bare.startswith(start) and bare.endswith(end):
            return start not in bare[1:-1] and end not in bare[1:-1]
    return False


def _is_label(text: str, words: int) -> bool:
    """Whether a line is short and breaks off without a sentence end."""
    return len(text) <= _LONGEST_LINE and len(text.split()) <= words and not _SENTENCE_END.search(text)


def _starts_anew(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit()


def _is_title_case(text: str) -> bool:
    # Articles and prepositions stay small in titles, and they are short.
    long_words: list[str] = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    return capitals >= _TITLE_CASE * len(long_words)
