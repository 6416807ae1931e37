"""Whatever the bytes: no exception, and values that hold together."""

from __future__ import annotations

import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.importer import (
    ImportedPage,
    Limits,
    draft_entries,
    drafts_yaml,
    fingerprint,
    passages_yaml,
    read_page,
)
from knowledge.importer.fingerprint import wording
from knowledge.model import Passage, Voice
from knowledge.pairing import pair_up

NAMES = st.sampled_from(["page.txt", "page.html", "page.json", "page", "", "\0/..", "a.b.htm"])
WORDS = st.sampled_from(
    [
        *("One", "two", "What?", "says:", "Pingback:", "1.", "2.", "3. ", "12 comments", "> x", "- y"),
        *("soupBees", "“q”", "Hi Sam,", "my book", "\t", ":", ".", "\u2028", "\u00b4", "\x00", "\ud7ff"),
        *("Comments are closed.", "2 thoughts on “One two”", "May 4, 2020 at 3:12 pm", "Jo says:"),
        *("é", "\u202e", "ﬁ", "İ"),
    ]
)
LINES = st.builds(
    lambda indent, words: " " * indent + " ".join(words), st.integers(0, 9), st.lists(WORDS, max_size=6)
)
TEXTS = st.lists(LINES, max_size=40).map("\n".join)
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<ol class=comment-list>", "<ol class=children>", "</ol>", "<blockquote>"),
        *("<li class='comment bypostauthor'>", "</li>", "<b>", "</b>", "<h1>", "<h2>", "<img alt='a b'>"),
        *("<div class=entry-content>", "</div>", "<br>", "<!--", "-->", "<", ">", "&amp;", "&#xD800;"),
        *("<script>", "</script>", "<b class=fn>", "<a rel=author>", "<div class=comment-content>"),
        *('"', "'", "<p class=", "<table><tr><td>"),
    ]
)
MARKUP = st.lists(st.one_of(TAGS, WORDS), max_size=60).map(" ".join)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), MARKUP)
KEYS = st.sampled_from(
    [
        *("post", "comments", "title", "content", "rendered", "id", "parent", "author", "author_name"),
        *("date", "status", "type", "_embedded", "replies", "comment_count"),
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(KEYS, inner, max_size=8)),
    max_leaves=40,
)
NUMBERS = st.integers(0, 6)
THREADS = st.lists(st.fixed_dictionaries({"id": NUMBERS, "parent": NUMBERS, "content": SCALARS}), max_size=8)
JSON = st.one_of(VALUES, st.fixed_dictionaries({"post": VALUES, "comments": THREADS})).map(json.dumps)


UNHURRIED = settings(deadline=None)
"""A busy machine is no fault of the importer; tests of hostile markup measure its time."""


def hold_together(page: ImportedPage) -> None:
    ids = [block.id for block in page.passages]
    assert len(set(ids)) == len(ids)
    positions = [block.position for block in page.blocks]
    assert positions == sorted(positions)
    assert all(position >= 1 for position in [*positions, *(finding.position for finding in page.findings)])
    for block in page.blocks:
        assert bool(block.id) == block.kind.is_cited
        assert not block.parent or block.parent in ids
        assert not block.id or block.voice is not None
    assert all(finding.message and finding.mend and finding.code for finding in page.findings)
    assert page.passages or not page.is_whole
    page.as_text().encode()
    rows = yaml.safe_load(passages_yaml(page))["passages"]
    assert [row["id"] for row in rows] == ids
    passages = [
        Passage(b.id, b.voice or Voice.READER, "", b.position, b.fingerprint, b.parent) for b in page.passages
    ]
    assert all(pair.is_same_text for pair in pair_up(page.passages, passages))
    drafts = draft_entries(page)
    assert [row["question"] for row in yaml.safe_load(drafts_yaml(drafts))["entries"]] == [
        d.question for d in drafts
    ]
    assert len({draft.id for draft in drafts}) == len(drafts)


@UNHURRIED
@given(st.binary(max_size=2000), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    hold_together(read_page(data, name=name))


@UNHURRIED
@given(TEXTS, st.sampled_from(["", "Jo", "One two"]))
def test_any_text(text: str, author: str) -> None:
    hold_together(read_page(text.encode("utf-8", "replace"), name="page.txt", author=author))


@UNHURRIED
@given(MARKUP)
def test_any_markup(text: str) -> None:
    hold_together(read_page(f"<html>{text}".encode("utf-8", "replace"), name="page.html"))


@UNHURRIED
@given(JSON)
def test_any_json(text: str) -> None:
    hold_together(read_page(text.encode(), name="page.json"))


@UNHURRIED
@given(TEXTS, NAMES, st.integers(0, 3), st.integers(1, 3), st.integers(0, 200))
def test_limits_of_any_size(text: str, name: str, blocks: int, depth: int, size: int) -> None:
    page = read_page(
        text.encode("utf-8", "replace"),
        name=name,
        limits=Limits(size=size, blocks=blocks, depth=depth, tags=blocks),
    )
    assert len(page.blocks) <= blocks
    assert all(block.id.count(".") < depth for block in page.passages)


@UNHURRIED
@given(st.text())
def test_wordings_are_final(text: str) -> None:
    form = wording(text)
    assert wording(form) == form
    assert fingerprint(text) == fingerprint(form)


@UNHURRIED
@given(
    st.lists(st.text("abc", min_size=1), min_size=1),
    st.lists(st.sampled_from([" ", "\n", " \u2013 ", "... ", " “", "” ", ", "]), min_size=1),
)
def test_fingerprints_do_not_depend_on_marks_between_words(words: list[str], marks: list[str]) -> None:
    marked = "".join(word + marks[i % len(marks)] for i, word in enumerate(words))
    assert fingerprint(marked) == fingerprint(" ".join(words).upper())


@UNHURRIED
@given(TEXTS, TEXTS)
def test_pairing_any_two_pages(old: str, new: str) -> None:
    before = read_page(old.encode("utf-8", "replace"), name="page.txt")
    after = read_page(new.encode("utf-8", "replace"), name="page.txt")
    passages = [
        Passage(b.id, b.voice or Voice.READER, f"{b.id}.", b.position, b.fingerprint, b.parent)
        for b in before.passages
    ]
    pairs = pair_up(after.passages, passages)
    named = [pair.passage for pair in pairs if pair.block is None]
    assert [pair.block for pair in pairs if pair.block] == list(after.passages)
    assert len([pair for pair in pairs if pair.passage]) == len(passages)
    rows = yaml.safe_load(passages_yaml(after, passages))["passages"]
    kept = [row["gist"] for row in rows if row["gist"]]
    assert len(set(kept)) == len(kept) == len(passages) - len(named)
