"""Reading HTML and WordPress JSON: markup good and bad, and threads out of order."""

from __future__ import annotations

import json
import time

import pytest

from knowledge.importer import BlockKind, ImportedPage, Limits, Severity, read_page
from knowledge.importer.tags import Close, Open, tokens
from knowledge.importer.tree import parse
from knowledge.model import Voice


def html(markup: str, **limits: int) -> ImportedPage:
    return read_page(markup.encode(), name="page.html", limits=Limits(**limits))


def rest(*comments: dict[str, object], **post: object) -> ImportedPage:
    whole = {
        "post": {"title": {"rendered": "T"}, "content": {"rendered": "<p>Text.</p>"}, **post},
        "comments": list(comments),
    }
    return read_page(json.dumps(whole).encode(), name="page.json")


def comment(comment_id: int, parent: int = 0, text: str = "x", **more: object) -> dict[str, object]:
    return {"id": comment_id, "parent": parent, "content": {"rendered": f"<p>{text}</p>"}, **more}


def shown(page: ImportedPage) -> list[tuple[str, str]]:
    return [(block.id or block.kind.value, block.text) for block in page.blocks]


def test_tags_and_text_come_in_order() -> None:
    page = 'a<b class="x > y">&amp;c</b><br/><!-- <i> --><?x?><!y>< d <script>if (a<b) "</p>"</script>e'
    assert list(tokens(page)) == [
        *("a", Open("b", {"class": "x > y"}), "&c", Close("b"), Open("br", {}), "<", " d "),
        *(Open("script", {}), Close("script"), "e"),
    ]


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_page() -> None:
    assert [block.text for block in html('<p title="x>One.</p><p>Two.</p>').passages] == ["One.", "Two."]


def test_overlong_tags_lose_their_attributes_only() -> None:
    found = list(tokens(f'<p class="{"x" * 5000}">a'))
    assert found == [Open("p", {}), "a"]


def test_end_tags_may_be_left_out_or_go_astray() -> None:
    tree = parse("<ul><li><p>a<li>b</ul></i></div><p>c<p>d", 100)
    shape = [(node.name, len(node.children)) for node in tree.root.descendants()]
    assert shape == [("ul", 2), ("li", 1), ("p", 1), ("li", 1), ("p", 1), ("p", 1)]


def test_nesting_beyond_the_limit_keeps_its_text() -> None:
    page = html("<div>" * 400 + "deep" + "</div>" * 400 + "<p>after</p>")
    assert [block.text for block in page.passages] == ["deep", "after"]


def test_too_many_tags_are_an_error() -> None:
    page = html("<p>a</p>" * 10, tags=6)
    assert [f.code for f in page.findings] == ["too-many-tags"]
    assert [block.text for block in page.passages] == ["a", "a", "a"]


def test_blocks_of_a_body() -> None:
    page = html(
        """<main><h1>T</h1><p class="byline">By Jane Doe</p>loose <i>text</i><h2>On Bees</h2>
        <ul><li>one</li><li>two <b>b</b></li></ul><ol><li>first</li></ol><p>a<br>b</p>
        <table><tr><td>x</td><td>y</td></tr></table><blockquote><p>q</p><cite>who</cite></blockquote>
        <aside>ad</aside><p><strong>Bold heading</strong></p><p>Under it &#x1F41D;.</p>
        <p><img alt="bee" src=b.png></p><form><p>search</p></form><pre>c\n  d</pre><p><span><div>in</div></span></p></main>"""
    )
    assert shown(page) == [
        ("title", "T"),
        ("notice", "By Jane Doe"),
        ("A1", "loose text"),
        ("heading", "On Bees"),
        ("A2", "one\ntwo b"),
        ("A3", "1. first"),
        ("A4", "a\nb"),
        ("A5", "x y"),
        ("Q1", "q"),
        ("Q2", "who"),
        ("heading", "Bold heading"),
        ("A6", "Under it 🐝."),
        ("caption", "bee"),
        ("A7", "c d"),
        ("A8", "in"),
    ]
    assert page.author == "Jane Doe"


def test_only_the_entry_is_the_article() -> None:
    page = html(
        "<body><p>menu</p><article><p>teaser</p><div class='entry-content'><p>Text.</p></div></article></body>"
    )
    assert [block.text for block in page.passages] == ["Text."]


def test_comments_of_older_themes() -> None:
    page = html(
        """<div class=post><h2 class=entry-title>T</h2><div class=entry-content><p>Text.</div></div>
        <h3 id=comments>One Response to &#8220;T&#8221;</h3>
        <ol class=commentlist><li class="comment even" id=c1><div class=comment-body>
        <div class="comment-author vcard"><cite class=fn>Sam</cite> <span class=says>says:</span></div>
        <div class="comment-meta commentmetadata"><a href=#>May 1</a></div>
        <p>First.</p><p>Second.</p><ol><li>a list</li></ol><div class=reply><a>Reply</a></div></div>
        <ul class=children><li class="comment odd bypostauthor"><div class=comment-body><cite class=fn>Jo</cite><p>Answer.</p></div></ul>
        </ol><p class=nocomments>Comments are closed.</p>"""
    )
    assert shown(page) == [
        ("title", "T"),
        ("A1", "Text."),
        ("notice", "One Response to “T”"),
        ("C1", "First.\n\nSecond.\n\n1. a list"),
        ("C1.1", "Jo\n\nAnswer."),
        ("notice", "Comments are closed."),
    ]
    assert [(b.author, b.voice) for b in page.passages[1:]] == [
        ("Sam", Voice.READER),
        ("Jo", Voice.AUTHOR_REPLY),
    ]
    assert [f.code for f in page.findings] == ["comments-surplus"]


def test_names_settle_voices_where_no_mark_does() -> None:
    page = html(
        """<meta name=author content="Jo Ray"><article><p>Text.</p></article><ol class=comment-list>
        <li class=comment><b class=fn>Sam</b><div class=comment-content>Hi</div>
        <ol class=children><li class=comment><b class=fn>jo ray</b><div class=comment-content>Yes</div></ol></ol>"""
    )
    assert [(b.id, b.voice) for b in page.passages] == [
        ("A1", "advisory"),
        ("C1", "reader"),
        ("C1.1", "author-reply"),
    ]
    assert [f.code for f in page.findings] == ["author-inferred"]


def test_several_lists_of_comments_are_one_thread() -> None:
    one = "<ol class=comment-list><li class=comment><div class=comment-content>x</div></ol>"
    page = html(f"<article><p>Text.</p></article>{one}{one}")
    assert [b.id for b in page.passages] == ["A1", "C1", "C2"]


def test_json_comments_are_put_in_order() -> None:
    page = rest(
        comment(5, 4, "deep", date="2020-01-05"),
        comment(4, 1, "reply", date="2020-01-04"),
        comment(3, 0, "Pingback: elsewhere", date="2020-01-03"),
        comment(2, 1, "early reply", date="2020-01-02"),
        comment(1, 0, "first", date="2020-01-01"),
    )
    assert [(b.id, b.kind.value, b.text) for b in page.passages[1:]] == [
        ("C1", "comment", "first"),
        ("C1.1", "reply", "early reply"),
        ("C1.2", "reply", "reply"),
        ("C1.2.1", "reply", "deep"),
        ("C2", "pingback", "Pingback: elsewhere"),
    ]


def test_json_accounts_tell_the_author() -> None:
    page = rest(comment(1, 0, author=0), comment(2, 1, author=7), comment(3, 1, author=8), author=7)
    assert [b.voice for b in page.passages[1:]] == [Voice.READER, Voice.AUTHOR_REPLY, Voice.READER]
    assert not page.findings


def test_json_comments_that_fit_nowhere_are_reported() -> None:
    page = rest(comment(1, 9), comment(2, 3), comment(3, 2), comment(4, 0, status="spam"), comment(1, 0))
    assert {f.code for f in page.findings} == {
        "parent-missing",
        "comments-in-circle",
        "comments-left-out",
    } - {"parent-missing"}
    assert [b.id for b in page.passages] == ["A1", "C1"]
    page = rest(comment(1, 9), comment(2, 8))
    assert "2 comments" in next(f.message for f in page.findings if f.code == "parent-missing")


def test_other_shapes_of_json() -> None:
    post = {"title": "T", "content": "<p>Text.</p>", "comment_count": 3, "comment_status": "closed"}
    listed = read_page(json.dumps([post, [comment(1)]]).encode(), name="x.json")
    embedded = read_page(
        json.dumps({**post, "_embedded": {"replies": [[comment(1)]], "author": [{"name": "Jo"}]}}).encode(),
        name="x.json",
    )
    for page in (listed, embedded):
        assert [b.id for b in page.passages] == ["A1", "C1"]
        assert page.announced == 3
        assert page.blocks[-1].kind is BlockKind.NOTICE
    assert embedded.author == "Jo"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"post": {"content": {"rendered": "\\ud800 <p>x"}}}',
        b'{"post": {"content": 1, "title": [], "author": {}}, "comments": [null, 1, {"id": {}, "parent": []}]}',
        b'{"post": [], "comments": {"a": 1}}',
        b'{"comment_count": 1e999, "content": "x"}',
        b'{"comment_count": ' + b"9" * 5000 + b', "content": "x"}',
        b'{"comment_count": true, "content": "x", "_embedded": {"author": [1], "replies": [1]}}',
    ],
)
def test_malformed_json_never_raises(data: bytes) -> None:
    page = read_page(data, name="page.json")
    page.as_text().encode()
    assert page.passages or any(f.severity is Severity.ERROR for f in page.findings)


HOSTILE = [
    *("<!--", "<!", "<a", "<a ='", "<p a", "</", "<?", "<a '>' ", "<p>a", "<div>", "<ol><li>", "<script>"),
    *("< ", "&#", "&a", "<b><p>", "<p><b>", "<li class=comment>x", "<table><tr><td>", "</p>", "<blockquote>"),
    "<ol class=comment-list><li class=comment>",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_markup_takes_no_more_than_linear_time(unit: str) -> None:
    # The standard parser alone takes minutes for some of these.
    data = ("<html>" + unit * (120_000 // len(unit))).encode()
    start = time.process_time()
    read_page(data, name="page.html")
    assert time.process_time() - start < 15
