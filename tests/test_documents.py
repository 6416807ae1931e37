"""A message beside documents: the sums are those of the whole matrix, whichever way is taken to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array

from knowledge.documents import Documents
from knowledge.features import Vector
from knowledge.postings import parted
from knowledge.weights import Floats

N_CLASSES = 6
WIDTH = 80
ROUNDED = 5e-3


def matrix(rng: np.random.Generator, rows: int) -> csr_array:
    """Rows of length 1; each column is rarer than the one before."""
    dense = random_array((rows, WIDTH), density=1, rng=rng, dtype=np.float32).toarray()
    dense *= rng.random(dense.shape) < np.linspace(0.6, 0.0, WIDTH) ** 2
    dense[:, 0] += 0.1
    return csr_array((dense / np.linalg.norm(dense, axis=1)[:, None]).astype(np.float32))


def made(rng: np.random.Generator) -> tuple[csr_array, Documents]:
    starts = np.array([0, 40, 41, 41, 90, 250, 400], np.int32)  # one class has a single document, one none
    whole = matrix(rng, int(starts[-1]))
    texts = tuple(map(str, range(whole.shape[0])))
    return whole, Documents(texts, starts, WIDTH, 1.0, *parted(whole, starts))


def as_vector(row: Floats) -> Vector:
    columns = np.flatnonzero(row).astype(np.int32)
    return Vector(columns, row[columns])


@pytest.fixture(params=range(5))
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    return np.random.default_rng(int(request.param))


def test_there_are_common_columns_and_others(rng: np.random.Generator) -> None:
    _, found = made(rng)
    assert 5 < len(found.common.columns) < WIDTH - 20
    assert len(found.inverted.pairs) > 50


def test_similarities_are_the_products_with_the_whole_matrix(rng: np.random.Generator) -> None:
    whole, found = made(rng)
    for row in matrix(rng, 20).toarray():
        for class_ in range(N_CLASSES):
            own = whole[found.of_class(class_)].toarray()
            np.testing.assert_allclose(found.similarities(class_, as_vector(row)), own @ row, atol=ROUNDED)


def test_columns_beyond_those_that_are_looked_at_change_nothing_but_the_length(
    rng: np.random.Generator,
) -> None:
    _, found = made(rng)
    columns, values = np.array([WIDTH, WIDTH + 1], np.int32), np.array([0.48, 0.36], np.float32)
    scaled = replace(found, scale=1 / 0.8)
    for row in matrix(rng, 20).toarray():
        vector = as_vector(row)
        longer = Vector(
            np.concatenate((vector.columns, columns)), np.concatenate((0.8 * vector.values, values))
        )
        assert np.linalg.norm(longer.values) == pytest.approx(1, abs=1e-5)
        whole, part = (docs.beside((4, 0, 5), v) for docs, v in ((found, vector), (scaled, longer)))
        np.testing.assert_allclose(part.similarity, whole.similarity, atol=1e-5)
        np.testing.assert_array_equal(part.shared, whole.shared)
        for least in (0.2, 0.5, 0.9):
            assert scaled.has_alike(1, longer, least) == found.has_alike(1, vector, least)


def test_the_nearest_of_each_class_is_that_of_all_its_documents(rng: np.random.Generator) -> None:
    whole, found = made(rng)
    rows = [*matrix(rng, 20).toarray(), whole[[300]].toarray()[0], np.eye(WIDTH, dtype=np.float32)[0]]
    for row in rows:
        classes, vector = [4, 0, 1, 5], as_vector(row)
        beside = found.beside(classes, vector)
        for class_, nearest, similarity in zip(classes, beside.nearest, beside.similarity, strict=True):
            own = found.similarities(class_, vector)
            assert similarity == pytest.approx(own.max(), abs=1e-6)
            assert own[nearest - found.of_class(class_).start] == pytest.approx(similarity, abs=1e-6)


def test_columns_are_shared_with_the_classes_that_have_them(rng: np.random.Generator) -> None:
    whole, found = made(rng)
    for row in matrix(rng, 20).toarray():
        classes = [4, 0, 3, 1]
        for class_, shared in zip(classes, found.beside(classes, as_vector(row)).shared, strict=True):
            own = whole[found.of_class(class_)].toarray()
            np.testing.assert_array_equal(shared, own.any(axis=0)[np.flatnonzero(row)])


def test_a_class_has_the_columns_of_all_its_documents(rng: np.random.Generator) -> None:
    whole, found = made(rng)
    classes, below = [4, 2, 1], WIDTH // 2
    for class_, columns in zip(classes, found.columns_of(classes, below), strict=True):
        used = whole[found.of_class(class_)].toarray().any(axis=0)
        assert sorted(columns) == np.flatnonzero(used[:below]).tolist()


def test_a_message_of_common_or_of_rare_columns_alone_is_compared_too(rng: np.random.Generator) -> None:
    whole, found = made(rng)
    common = np.zeros(WIDTH, np.float32)
    common[found.common.columns] = 0.2
    for row in (common, (0.2 - common).astype(np.float32)):
        np.testing.assert_allclose(found.similarities(4, as_vector(row)), whole[90:250] @ row, atol=ROUNDED)


def test_a_class_says_what_one_of_its_documents_is_similar_enough_to(rng: np.random.Generator) -> None:
    whole, found = made(rng)
    rows = [*matrix(rng, 20).toarray(), *whole[[3, 40, 300]].toarray()]
    for vector in map(as_vector, rows):
        for class_ in (0, 1, 5):
            highest = float(found.similarities(class_, vector).max())
            assert found.has_alike(class_, vector, highest - ROUNDED)
            assert not found.has_alike(class_, vector, highest + ROUNDED)
