"""Knowledge bases of every form that curators may give them, for tests of properties."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import strategies as st

from knowledge.model import Advisory, Entry, Kind, KnowledgeBase, Passage, Topic, Voice

PIECES = st.sampled_from(
    [
        *("yes", "no.", "Why?", "U.S.", "…", "x" * 70, "don't", '"So."', "(so)", "1:2", "{operator}", "{x}"),
        *(
            "<b>",
            "</b>",
            "<",
            ">",
            "&",
            "&amp;",
            "&nbsp;",
            "&#39;",
            '<a href="x">',
            "</blockquote>",
            "`",
            "%s",
        ),
        *("🙂", "👩‍👩‍👧‍👦", "🇲🇽", "é", "ﷺ", "שלום.", "مرحبا؟", "\u202e", "漢字", "\u200d"),
        *(" ", "\n", "\n\n", "\t", "\u2003"),
    ]
)
SHORT = st.lists(PIECES, max_size=12).map(" ".join)
LONG = st.builds(lambda text, times: (text * times)[:4000], SHORT, st.integers(1, 600))
TEXTS = st.one_of(SHORT, LONG, st.text(max_size=50))
SAID = TEXTS.map(str.strip).filter(bool)
IDS = st.from_regex(r"[a-z0-9-]{1,48}", fullmatch=True)
PASSAGE_IDS = [f"A{number}" for number in range(1, 13)]


@st.composite
def bases(draw: st.DrawFn) -> KnowledgeBase:
    """A knowledge base with one entry of any form, and others around it."""
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    topics = {id_: Topic(id_, draw(SAID)) for id_ in draw(st.lists(IDS, max_size=2, unique=True))}
    entries = {}
    for id_ in ids:
        entries[id_] = Entry(
            id_,
            draw(SAID),
            draw(SAID),
            draw(st.sampled_from(Kind)),
            draw(st.sampled_from(["", *topics])),
            cites=tuple(draw(st.lists(st.sampled_from(PASSAGE_IDS), unique=True))),
            related=tuple(draw(st.lists(st.sampled_from(ids), unique=True))),
            outside=draw(TEXTS).strip(),
        )
    passages = {id_: Passage(id_, draw(st.sampled_from(Voice)), draw(SAID)) for id_ in PASSAGE_IDS[:8]}
    about = Advisory(
        "a",
        draw(TEXTS),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.sampled_from(["", "2013-08", "1999", "2013-13"])),
        draw(st.sampled_from(["", "https://example.org/?a=1&b=<2>"])),
        disclaimer=MappingProxyType({"en": draw(TEXTS)}),
    )
    return KnowledgeBase(about, passages, {"en": entries}, {"en": topics})
