"""The classifier for thousands of entries: its weights are those of the book, and pruning keeps what tells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse import csr_array

from knowledge import classifier, naive_bayes
from knowledge.features import Vector
from knowledge.naive_bayes import SHARPNESS, SMOOTHING
from knowledge.weights import Dense, Floats, Sparse

DRAW = np.random.default_rng(5)
LABELS = np.repeat(np.arange(4), 5)
X = (DRAW.random((20, 12)) * (DRAW.random((20, 12)) < 0.4)).astype(np.float32)
X[LABELS == 2, 3] = 1
EVENLY = np.zeros(4, np.float32)
KEYS = DRAW.random(20)


def as_vector(row: Floats) -> Vector:
    columns = np.flatnonzero(row).astype(np.int32)
    return Vector(columns, row[columns])


def by_the_book() -> npt.NDArray[np.float64]:
    counts = np.stack([X[c == LABELS].sum(axis=0) for c in range(4)]) + SMOOTHING
    logarithms: npt.NDArray[np.float64] = SHARPNESS * np.log(counts / counts.sum(axis=1, keepdims=True))
    return logarithms


def test_scores_differ_as_the_logarithms_of_smoothed_shares_do() -> None:
    found = naive_bayes.train(csr_array(X), LABELS, 4)
    wanted = X @ by_the_book().T
    scores = found.scores(csr_array(X))
    np.testing.assert_allclose(scores - scores[:, :1], wanted - wanted[:, :1], rtol=1e-4, atol=1e-3)


def test_one_message_scores_as_many_do() -> None:
    found = naive_bayes.train(csr_array(X), LABELS, 4)
    for row, scores in zip(X, found.scores(csr_array(X)), strict=True):
        np.testing.assert_allclose(found.logits(as_vector(row)), scores, atol=1e-4)
    nothing = Vector(np.zeros(0, np.int32), np.zeros(0, np.float32))
    np.testing.assert_allclose(found.logits(nothing), 0, atol=1e-6)


def test_single_weights_sum_to_the_score() -> None:
    found = naive_bayes.train(csr_array(X), LABELS, 4)
    vector = as_vector(X[11])
    for class_ in range(4):
        total = float(vector.values @ found.of(vector.columns, class_))
        assert total == pytest.approx(float(found.logits(vector)[class_]), abs=1e-4)


def test_a_columns_strongest_classes_are_kept_and_the_others_lose_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(naive_bayes, "MOST_CLASSES", 1)
    kept = naive_bayes.train(csr_array(X), LABELS, 4)
    assert int(np.diff(kept.starts).max()) == 1
    for column in range(12):
        holders = {c for c in range(4) if X[c == LABELS, column].any()}
        if len(holders) < 2:
            continue
        at = slice(int(kept.starts[column]), int(kept.starts[column + 1]))
        counts = {c: X[c == LABELS, column].sum() for c in holders}
        assert kept.classes[at].tolist() == [max(counts, key=lambda c: counts[c])]


def test_which_classifier_is_used_hangs_on_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(classifier.train(csr_array(X), LABELS, EVENLY, KEYS), Dense)
    monkeypatch.setattr(classifier, "MOST_CELLS", 79)
    assert isinstance(classifier.train(csr_array(X), LABELS, EVENLY, KEYS), Sparse)


def test_less_precision_changes_no_winner() -> None:
    for trained in (
        naive_bayes.train(csr_array(X), LABELS, 4),
        classifier.train(csr_array(X), LABELS, EVENLY, KEYS),
    ):
        exact, packed = trained.scores(csr_array(X)), trained.packed().scores(csr_array(X))
        assert (exact.argmax(axis=1) == packed.argmax(axis=1)).all()
        np.testing.assert_allclose(exact, packed, rtol=1e-2, atol=6e-2)
