"""A stored knowledge base is the one that was stored, but for where things are written; bytes of any other kind read as none."""

from __future__ import annotations

import pickle
import zlib

import pytest

from knowledge import files
from knowledge.base_storage import from_bytes, to_bytes
from knowledge.checklist import Advice, Checklist, ChecklistQuestion, Response
from knowledge.model import (
    Advisory,
    Entry,
    Kind,
    KnowledgeBase,
    LearnedPhrasing,
    OffTopic,
    OffTopicMessage,
    Passage,
    Topic,
    Voice,
    WordClass,
)
from knowledge.places import NOWHERE, Location

BASE = KnowledgeBase(
    Advisory(
        "a", "A \u00e9 \ud83d", languages=("en", "es"), disclaimer={"en": "Old."}, called={"es": "el aviso"}
    ),
    {"p1": Passage("p1", Voice.READER, "Gist.", 3, "f", "p0", translations={"es": "Idea."})},
    {
        "en": {
            "x": Entry(
                "x",
                "Why?",
                "So.",
                Kind.GUARDRAIL,
                "t",
                phrasings=("how come", "y"),
                cites=("p1",),
                related=("y",),
                follow_ups={"y": ("and then", "so")},
                outside="Call.",
                urgent=True,
            )
        },
        "es": {},
    },
    {"en": {"t": Topic("t", "Reasons")}},
    (OffTopicMessage("hi all", OffTopic.CHATTER), OffTopicMessage("hola", OffTopic.FAR, "es")),
    "0" * 64,
    {
        "en": Checklist(
            title="C",
            questions=(ChecklistQuestion("q", "Did they?", "Did you?", "they", ("p1",), ("r",)),),
            advice=(Advice("Ask.", ("p1",), (Response.NO,), (Response.YES,), ("q",)),),
            related=("x",),
        )
    },
    (WordClass(name="place", language="en", words=("New York", "Ohio")),),
    (LearnedPhrasing("en", "x", "y"),),
)


def test_what_comes_back_is_what_was_stored() -> None:
    back = from_bytes(to_bytes(BASE))
    assert back == BASE
    assert back is not None
    assert isinstance(back.entries["en"]["x"].kind, Kind)
    assert isinstance(back.checklists["en"].advice[0].if_any[0], Response)


def test_the_bundled_advisory_comes_back_without_places() -> None:
    loaded = files.load(files.bundled()).knowledge_base
    assert loaded is not None
    back = from_bytes(to_bytes(loaded))
    assert back is not None
    assert to_bytes(back) == to_bytes(loaded)
    assert back.content_hash == loaded.content_hash
    assert {entry.location for entry in back.entries["en"].values()} == {NOWHERE}
    assert all(
        entry.location != NOWHERE and isinstance(entry.place("answer"), Location)
        for entry in loaded.entries["en"].values()
    )


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(b"", id="empty"),
        pytest.param(to_bytes(BASE)[:-1], id="cut"),
        pytest.param(to_bytes(BASE).replace(b"Gist", b"Mist"), id="changed"),
        pytest.param(pickle.dumps(1), id="a pickle"),
        *(
            pytest.param(b"%08x" % zlib.crc32(body) + body, id=f"sealed {name}")
            for name, body in {"number": b"7", "list": b"[1,2]", "no JSON": b"{", "mapping": b"{}"}.items()
        ),
    ],
)
def test_other_bytes_are_none(damaged: bytes) -> None:
    assert from_bytes(damaged) is None
