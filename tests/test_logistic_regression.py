"""The classifier comes close to the optimum that an independent minimiser finds, and stands whatever it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import check_grad, minimize
from scipy.sparse import csr_array, random_array

from knowledge.logistic_regression import REGULARISATION, ROUNDS, train
from knowledge.weights import Floats

if TYPE_CHECKING:
    from collections.abc import Callable

Doubles = npt.NDArray[np.float64]

N_CLASSES = 4
RNG = np.random.default_rng(11)
DENSE = random_array((40, 25), density=0.3, rng=RNG, dtype=np.float32).toarray().astype(np.float32)
LABELS = np.sort(RNG.integers(0, N_CLASSES, 40)).astype(np.intp)
KEYS = RNG.random(1_000)
EVENLY = np.zeros(N_CLASSES, np.float32)
UNEVENLY = np.log(np.array([0.1, 0.2, 0.3, 0.4], np.float32))


def loss_of(
    x: Doubles, log_priors: Doubles, c: float
) -> tuple[Callable[[Doubles], float], Callable[[Doubles], Doubles]]:
    """What is minimised, and its gradient, written down anew from the formula, densely and in double precision."""
    truth = np.eye(N_CLASSES)[LABELS]

    def shares(flat: Doubles) -> Doubles:
        logits = x @ flat.reshape(-1, N_CLASSES) + log_priors
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        out: Doubles = powers / powers.sum(axis=1, keepdims=True)
        return out

    def loss(flat: Doubles) -> float:
        return float(-np.log((shares(flat) * truth).sum(axis=1)).sum() + flat @ flat / (2 * c))

    def gradient(flat: Doubles) -> Doubles:
        out: Doubles = (x.T @ (shares(flat) - truth)).ravel() + flat / c
        return out

    return loss, gradient


def fitted(log_priors: Floats = EVENLY, *, c: float = REGULARISATION, rounds: int = ROUNDS) -> Floats:
    return train(csr_array(DENSE), LABELS, log_priors, KEYS[:40], regularisation=c, rounds=rounds)


@pytest.mark.parametrize("c", [0.1, 1.0, REGULARISATION])
@pytest.mark.parametrize("log_priors", [EVENLY, UNEVENLY], ids=["even", "uneven"])
def test_with_many_rounds_the_weights_are_the_optimum_that_scipy_finds(log_priors: Floats, c: float) -> None:
    loss, gradient = loss_of(DENSE.astype(np.float64), log_priors.astype(np.float64), c)
    start = np.zeros(DENSE.shape[1] * N_CLASSES)
    assert check_grad(loss, gradient, start + 0.1) < 1e-3
    best = minimize(loss, start, jac=gradient, method="L-BFGS-B", options={"maxiter": 5000, "ftol": 1e-14})
    found = fitted(log_priors, c=c, rounds=3000)
    assert loss(found.ravel().astype(np.float64)) <= best.fun * 1.001
    np.testing.assert_allclose(found, best.x.reshape(found.shape), atol=0.05 * np.abs(best.x).max())


def test_the_loss_falls_with_more_rounds_and_the_usual_ones_come_close() -> None:
    loss, _ = loss_of(DENSE.astype(np.float64), EVENLY.astype(np.float64), REGULARISATION)
    untaught = loss(np.zeros(DENSE.shape[1] * N_CLASSES))
    usual, more = (loss(fitted(rounds=rounds).ravel().astype(np.float64)) for rounds in (ROUNDS, 3000))
    assert more < usual < untaught
    assert usual - more < 0.15 * (untaught - more)


def test_what_a_class_owes_to_its_size_stays_out_of_the_weights() -> None:
    """With the sizes as priors, nine times as many documents of a class draw no stranger to it."""
    x = csr_array(np.concatenate([DENSE, *[DENSE[LABELS == 2]] * 8]))
    labels = np.concatenate([LABELS, np.full(8 * (LABELS == 2).sum(), 2)]).astype(np.intp)
    sizes = np.log(np.bincount(labels)).astype(np.float32)
    strangers = random_array((200, 25), density=0.3, rng=RNG, dtype=np.float32).toarray()

    def drawn(log_priors: Floats) -> float:
        found = train(x, labels, log_priors, KEYS[: len(labels)], regularisation=1.0)
        return float(((strangers @ found).argmax(axis=1) == 2).mean())

    fair = float(((strangers @ fitted(c=1.0)).argmax(axis=1) == 2).mean())
    assert drawn(EVENLY) > fair + 0.2
    assert drawn(sizes) == pytest.approx(fair, abs=0.1)


def test_the_same_data_give_the_same_bits() -> None:
    assert fitted().tobytes() == fitted().tobytes()
    assert fitted().dtype == np.float32


def test_an_empty_column_learns_nothing_and_a_word_of_one_document_speaks_for_its_class() -> None:
    x = DENSE.copy()
    x[:, [3, 7]] = 0
    x[5, 7] = 1
    found = train(csr_array(x), LABELS, EVENLY, KEYS[:40])
    assert not found[3].any()
    assert found[7].argmax() == LABELS[5]
    assert found[7].max() > 0 > np.delete(found[7], LABELS[5]).max()


@pytest.mark.parametrize(
    ("x", "labels", "n_classes"),
    [
        pytest.param(DENSE[:3], [0, 0, 0], 1, id="one class"),
        pytest.param(np.zeros((3, 25)), [0, 1, 1], 2, id="empty documents"),
        pytest.param(np.zeros((2, 0)), [0, 1], 2, id="no columns"),
    ],
)
def test_where_nothing_can_be_learned_no_class_is_preferred(
    x: Doubles, labels: list[int], n_classes: int
) -> None:
    found = train(
        csr_array(x.astype(np.float32)),
        np.array(labels, np.intp),
        np.zeros(n_classes, np.float32),
        KEYS[: len(labels)],
    )
    assert found.shape == (x.shape[1], n_classes)
    assert not found.any()


def test_one_document_makes_its_class_the_likelier_one() -> None:
    found = train(csr_array(DENSE[:1]), np.zeros(1, np.intp), EVENLY[:2], KEYS[:1])
    logits = DENSE[:1] @ found
    assert logits[0, 0] > 0 > logits[0, 1]


def test_a_class_without_documents_is_possible_and_unlikely() -> None:
    found = train(csr_array(DENSE), LABELS, np.zeros(N_CLASSES + 1, np.float32), KEYS[:40])
    logits = DENSE @ found
    assert (logits.argmax(axis=1) < N_CLASSES).all()


def test_equal_documents_of_two_classes_stay_undecided() -> None:
    x = csr_array(np.repeat(DENSE[:1], 4, axis=0))
    found = train(x, np.array([0, 0, 1, 1], np.intp), EVENLY[:2], KEYS[:4])
    logits = DENSE[:1] @ found
    assert logits[0, 0] == pytest.approx(logits[0, 1], abs=1e-4)


def test_a_document_less_leaves_what_is_learned_of_the_others() -> None:
    """Which documents are learned from together is no chance that any change throws anew."""
    n, n_columns = 3_000, 200
    x = random_array((n, n_columns), density=0.05, rng=np.random.default_rng(5), dtype=np.float32)
    x = x.toarray().astype(np.float32)
    rng = np.random.default_rng(7)
    labels = np.sort(rng.integers(0, N_CLASSES, n)).astype(np.intp)
    keys = rng.random(n)
    whole = train(csr_array(x), labels, EVENLY, keys)
    others = np.delete(np.arange(n), 1_000)
    less = train(csr_array(x[others]), labels[others], EVENLY, keys[others])
    thrown_anew = train(csr_array(x[others]), labels[others], EVENLY, rng.random(n)[others])
    strangers = random_array((300, n_columns), density=0.05, rng=rng, dtype=np.float32).toarray()

    def moved(found: Floats) -> float:
        return float(np.abs(strangers @ (found - whole)).mean())

    assert moved(less) < 0.2 * moved(thrown_anew)
