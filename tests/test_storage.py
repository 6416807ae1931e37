"""A stored index ranks as the one that was stored; bytes of any other kind read as none, and nothing in them runs."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import storage
from knowledge.index import Index, build
from knowledge.matcher import Matcher
from knowledge.model import Advisory, Entry, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.storage import from_bytes, seal, to_bytes

ENTRIES = {
    entry.id: entry
    for entry in (
        Entry(
            "parking",
            "Where do I park my car?",
            "A.",
            follow_ups={"rent": ("for how much", "what day"), "parking": ("again",)},
            phrasings=("is there a parking space", "cars go where"),
        ),
        Entry(
            "cats", "May I keep a cat?", "A.", phrasings=("are pets allowed", "a kitten in the flat \ud83d")
        ),
        Entry(
            "rent",
            "When is the rent due?",
            "A.",
            phrasings=("what day do i pay", "caf\u00e9 rent, \u4f60\u597d"),
        ),
    )
}
STRAYS = (
    OffTopicMessage("who won the football match", OffTopic.FAR),
    OffTopicMessage("see you at the party", OffTopic.CHATTER),
)
INDEX = build(KnowledgeBase(Advisory("house", "House"), {}, {"en": ENTRIES}, {"en": {}}, STRAYS))
STORED = to_bytes(INDEX)
TEXTS = INDEX.documents.texts
HEAD = len(seal(b""))


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.trace,)


def reread() -> Index:
    found = from_bytes(STORED, TEXTS)
    assert found is not None
    return found


def header() -> tuple[dict[str, Any], bytes]:
    """What the stored index says of itself, and the arrays behind that."""
    length = int.from_bytes(STORED[HEAD : HEAD + 8], "little")
    return json.loads(STORED[HEAD + 8 : HEAD + 8 + length]), STORED[HEAD + 8 + length :].lstrip(b"\0")


def with_header(about: bytes) -> bytes:
    """Bytes with a right mark and checksum that say something else of themselves."""
    body = len(about).to_bytes(8, "little") + about + bytes(10_000)
    return seal(body) + body


def as_array(array: object, *, pickled: bool = False) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.asarray(array), allow_pickle=pickled)
    return stream.getvalue()


@given(
    st.lists(
        st.sampled_from(
            "where park my car cats kitten rnt pay partyy xyzzy football the c4ts parkingspace".split()
        ),
        max_size=30,
    ).map(" ".join)
    | st.text(max_size=40),
    st.none() | st.sampled_from(sorted(ENTRIES)),
)
@settings(deadline=None)
def test_a_stored_index_ranks_exactly_as_before(text: str, previous: str | None) -> None:
    assert Matcher(reread(), ENTRIES).rank(text, previous) == Matcher(INDEX, ENTRIES).rank(text, previous)


def test_nothing_is_lost_in_storing() -> None:
    found = reread()
    assert to_bytes(found) == STORED
    assert found.calibration == INDEX.calibration
    assert type(found.calibration.weights) is type(INDEX.calibration.weights)
    assert found.documents.texts is TEXTS
    assert found.classes == ("parking", "cats", "rent", "~far", "~chatter")


@given(st.integers(0, len(STORED) - 1), st.integers(1, 255))
@settings(deadline=None)
def test_a_single_wrong_byte_is_noticed(position: int, change: int) -> None:
    damaged = bytearray(STORED)
    damaged[position] ^= change
    assert from_bytes(bytes(damaged), TEXTS) is None


@given(st.integers(0, len(STORED) - 1))
@settings(deadline=None)
def test_a_cut_file_is_noticed(length: int) -> None:
    assert from_bytes(STORED[:length], TEXTS) is None


def test_a_longer_file_is_noticed() -> None:
    assert from_bytes(STORED + b"\0", TEXTS) is None
    assert from_bytes(STORED + STORED, TEXTS) is None


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_foreign_bytes_read_as_none_even_with_a_right_checksum(data: bytes) -> None:
    assert from_bytes(data, TEXTS) is None
    assert from_bytes(seal(data) + data, TEXTS) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06" + bytes(18),
        as_array([1, 2]),
        json.dumps({"language": "en"}).encode(),
        STORED[HEAD:],
    ],
    ids=["empty", "empty archive", "lone array", "json", "archive without a mark"],
)
def test_other_formats_read_as_none(data: bytes) -> None:
    assert from_bytes(data, TEXTS) is None
    if data != STORED[HEAD:]:
        assert from_bytes(seal(data) + data, TEXTS) is None


@pytest.mark.parametrize("name", sorted(header()[0]))
def test_an_index_that_leaves_something_unsaid_reads_as_none(name: str) -> None:
    about, _ = header()
    del about[name]
    assert from_bytes(with_header(json.dumps(about).encode()), TEXTS) is None


@pytest.mark.parametrize("name", sorted(header()[0]["arrays"]))
@pytest.mark.parametrize("place", [["<f4", [9], 10**9], ["<f4", [-3], 0], ["|O", [1], 0], ["<f4"], None])
def test_an_array_that_isnt_there_or_is_no_plain_one_reads_as_none(name: str, place: object) -> None:
    about, _ = header()
    about["arrays"][name] = place
    assert from_bytes(with_header(json.dumps(about).encode()), TEXTS) is None


@pytest.mark.parametrize("about", [b"", b"{}", b"[]", b"null", b"\xff", b'{"language": "en", "keys": 3}'])
def test_bytes_that_say_nothing_of_themselves_read_as_none(about: bytes) -> None:
    assert from_bytes(with_header(about), TEXTS) is None


def test_what_is_mapped_isnt_copied() -> None:
    found = reread()
    assert not found.documents.inverted.values.flags.owndata
    assert not found.space.idf.flags.writeable


def test_an_older_format_reads_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_MARK", b"advisory-bot index %d\n" % (storage.FORMAT - 1))
    older = to_bytes(INDEX)
    assert from_bytes(older, TEXTS) is not None
    monkeypatch.undo()
    assert from_bytes(older, TEXTS) is None


def test_texts_that_arent_its_own_read_as_none() -> None:
    assert from_bytes(STORED, TEXTS[1:]) is None


def test_the_texts_arent_kept_twice() -> None:
    assert b"kitten" in STORED  # a word of the vocabulary
    assert not any(text.encode("utf-8", "surrogatepass") in STORED for text in TEXTS)


def test_a_pickle_reads_as_none_and_isnt_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    trap = Trap(trace)
    bare = pickle.dumps(trap)
    behind = with_header(bare)
    for data in (bare, seal(bare) + bare, behind, as_array([trap], pickled=True)):
        assert from_bytes(data, TEXTS) is None
    assert not trace.exists()
    pickle.loads(bare)  # noqa: S301 - the trap does work
    assert trace.exists()
