"""Vectors: the same for a text however it comes in, blocks of equal share, and less alike the more is foreign."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.features import PAIR_WEIGHT, STOP_WEIGHT, WORDS_SHARE, FeatureSpace, Vector, grams
from knowledge.fitting import LONE_FEATURES, fit
from knowledge.lexicon import lexicon
from knowledge.stems import Stemmer
from knowledge.weights import Floats

STEM = Stemmer("en")
STOP_WORDS = lexicon("en").stop_words
DOCUMENTS = [
    text.split()
    for text in (
        "may i carry my cells over the border",
        "can i carry frozen cells in a cooler",
        "who runs the clinic in mexico",
        "the clinic the clinic the clinic",
        "is the border open at night",
        "carrying cells",
        "may i carry my cells over the border",
        "cooler",
    )
]
SPACE, MATRIX = fit(DOCUMENTS, STEM, STOP_WORDS)
MANY, MANY_MATRIX = fit([*DOCUMENTS, *[["cooler"]] * LONE_FEATURES], STEM, STOP_WORDS)
WORDS = st.sampled_from(
    sorted({word for document in DOCUMENTS for word in document} | {"parrot", "xyzzy", "cellular"})
)
TEXTS = st.lists(WORDS | st.text("abcdelrst", min_size=1, max_size=12), max_size=20)


def dense(vector: Vector, space: FeatureSpace = SPACE) -> Floats:
    out = np.zeros(len(space), np.float32)
    out[vector.columns] = vector.values
    return out


def likeness(one: str, other: str) -> float:
    return float(dense(SPACE.vector(one.split())) @ dense(SPACE.vector(other.split())))


def block(vector: Vector, first: str) -> float:
    """The squared norm of the block whose keys begin with one of these letters."""
    keys = list(SPACE.columns)
    return sum(
        float(v) ** 2 for c, v in zip(vector.columns, vector.values, strict=True) if keys[c][0] in first
    )


@pytest.mark.parametrize("row", range(len(DOCUMENTS)))
def test_a_documents_row_is_the_vector_of_its_tokens(row: int) -> None:
    np.testing.assert_allclose(dense(SPACE.vector(DOCUMENTS[row])), MATRIX[[row]].toarray()[0], atol=1e-6)


def test_the_space_spans_the_matrix_words_first() -> None:
    assert MATRIX.shape == (len(DOCUMENTS), len(SPACE))
    assert MATRIX.dtype == SPACE.idf.dtype == np.float32
    assert list(SPACE.columns.values()) == list(range(len(SPACE)))
    kinds = [key[0] for key in SPACE.columns]
    assert "c" not in kinds[: kinds.index("c")]
    assert set(kinds[kinds.index("c") :]) == {"c"}


def test_among_many_a_pair_or_n_gram_of_one_document_alone_has_no_column_and_a_lone_word_has() -> None:
    held_by = np.bincount(MANY_MATRIX.indices, minlength=len(MANY))
    for key, column in MANY.columns.items():
        assert held_by[column] > 1 or key[0] == "w"
    assert "w night" in MANY.columns
    assert "p at night" not in MANY.columns


def test_among_few_documents_every_pair_and_n_gram_has_a_column() -> None:
    assert {"w night", "p at night", "cnig"} <= SPACE.columns.keys()


def test_rare_columns_weigh_more() -> None:
    idf = {key: float(SPACE.idf[column]) for key, column in SPACE.columns.items()}
    assert idf["w night"] == pytest.approx(math.log(9 / 2) + 1)
    assert SPACE.unknown_idf > idf["w night"] > idf["w cell"] > 1


@given(TEXTS)
@settings(deadline=None)
def test_columns_ascend_without_repeats_and_no_vector_is_longer_than_one(tokens: list[str]) -> None:
    vector = SPACE.vector(tokens)
    assert vector.columns.dtype == np.int32
    assert vector.values.dtype == np.float32
    assert len(vector.columns) == len(vector.values)
    assert (np.diff(vector.columns) > 0).all()
    assert (vector.values > 0).all()
    assert float(vector.values @ vector.values) <= 1 + 1e-5


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_a_likeness_is_between_nothing_and_one(one: list[str], other: list[str]) -> None:
    product = float(dense(SPACE.vector(one)) @ dense(SPACE.vector(other)))
    assert 0 <= product <= 1 + 1e-5


def test_each_block_has_its_share() -> None:
    vector = SPACE.vector("may i carry my cells".split())
    assert block(vector, "wp") == pytest.approx(WORDS_SHARE, abs=1e-5)
    assert block(vector, "c") == pytest.approx(1 - WORDS_SHARE, abs=1e-5)


def test_an_unknown_word_shortens_the_words_and_leaves_the_letters() -> None:
    vector = SPACE.vector("may i carry my xyzzy cells".split())
    assert block(vector, "wp") < 0.8 * WORDS_SHARE
    assert block(vector, "c") == pytest.approx(1 - WORDS_SHARE, abs=1e-5)


def test_nothing_in_common_gives_nothing() -> None:
    assert len(SPACE.vector(["xyzzy", "qqqq"]).columns) == 0
    assert len(SPACE.vector([]).columns) == 0


def test_unknown_words_lower_every_likeness() -> None:
    same = "may i carry my cells over the border"
    assert likeness(same, same) == pytest.approx(1, abs=1e-5)
    once = likeness(same, same + " xyzzy")
    assert likeness(same, same + " xyzzy qqqq") < once < 0.95


def test_inflections_meet_in_their_stem() -> None:
    assert likeness("carrying cells", "carried cell") > likeness("carrying cells", "ferried bell") + 0.3


def test_word_order_counts() -> None:
    straight = likeness("may i carry my cells over the border", "carry my cells over the border")
    assert straight > likeness("may i carry my cells over the border", "border the over cells my carry")


def test_stop_words_count_less_and_neighbours_by_half() -> None:
    vector = SPACE.vector(["the", "clinic"])
    keys = list(SPACE.columns)
    weights = {
        keys[column]: value / SPACE.idf[column]
        for column, value in zip(vector.columns.tolist(), vector.values, strict=True)
        if keys[column][0] in "wp"
    }
    whole = weights["w clinic"]
    assert {key: weight / whole for key, weight in weights.items()} == pytest.approx(
        {
            "w the": STOP_WEIGHT,
            "w clinic": 1.0,
            "p the clinic": PAIR_WEIGHT,
            "p clinic $": PAIR_WEIGHT,
            "p ^ the": PAIR_WEIGHT,
        }
    )
    columns = list(SPACE.columns)
    content = {columns[column] for column in np.flatnonzero(SPACE.is_content)}
    assert {"w clinic", "w cell"} <= content
    assert all(key[0] == "w" and key[2:] not in SPACE.words.stop_stems for key in content)
    assert "w the" in SPACE.columns


def test_a_words_n_grams_know_where_it_begins_and_ends() -> None:
    assert grams("cell") == ["c ce", "ccel", "cell", "cll ", "c cel", "ccell", "cell "]
    assert grams("a") == ["c a "]


def test_a_space_over_documents_without_words_is_empty() -> None:
    space, matrix = fit([[], []], STEM, STOP_WORDS)
    assert matrix.shape[0] == 2
    assert len(space.vector(["cells"]).columns) == 0
