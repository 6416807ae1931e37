"""Multinomial logistic regression on sparse vectors, trained by limited-memory BFGS in float32.

Every phrasing of an entry pulls together, so that no single long phrasing can win a question. Minimised:

    sum over documents of -log softmax(x W)[y]  +  |W|^2 / (2 C)

Sources: J. Nocedal and S. Wright, "Numerical Optimization", 2nd ed. 2006, algorithm 7.4 (two-loop recursion) and
equation 3.6 (Armijo back-tracking); C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4.
Own code because scikit-learn's would be the heaviest dependency by far and takes six times as long here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats: TypeAlias = npt.NDArray[np.float32]

REGULARISATION: Final = 30.0
"""C: the larger, the closer the fit."""
ITERATIONS: Final = 16
MEMORY: Final = 3


def train(
    documents: csr_array,
    classes: npt.NDArray[np.intp],
    n_classes: int,
    *,
    regularisation: float = REGULARISATION,
    iterations: int = ITERATIONS,
) -> Floats:
    """Fit the weights.

    Args:
        documents: float32 matrix (documents, columns).
        classes: The class of each document, 0 <= class < n_classes.
        n_classes: How many classes there are.
        regularisation: C of the formula above, > 0.
        iterations: At most so many steps; accuracy stops moving after about 14.

    Returns:
        float32 weights (columns, n_classes); columns that only one document has stay 0, since what they would
        learn holds for no other text.
    """
    kept = np.flatnonzero(np.bincount(documents.indices, minlength=documents.shape[1]) > 1)
    seen = documents[:, kept].tocsr()
    weights = np.zeros((documents.shape[1], n_classes), np.float32)
    if len(kept) and n_classes > 1:
        weights[kept] = _minimise(seen, classes, n_classes, regularisation, iterations)
    return weights


def _minimise(x: csr_array, y: npt.NDArray[np.intp], n_classes: int, c: float, iterations: int) -> Floats:
    transposed = x.T.tocsr()
    rows = np.arange(x.shape[0])

    def evaluate(w: Floats) -> tuple[float, Floats]:
        logits = x @ w
        logits -= logits.max(axis=1, keepdims=True)
        picked = logits[rows, y]
        np.exp(logits, out=logits)
        sums = logits.sum(axis=1)
        loss = float((np.log(sums) - picked).sum()) + float(np.vdot(w, w)) / (2 * c)
        logits /= sums[:, None]
        logits[rows, y] -= 1
        return loss, transposed @ logits + w / np.float32(c)

    w = np.zeros((x.shape[1], n_classes), np.float32)
    loss, gradient = evaluate(w)
    history: list[tuple[Floats, Floats, float]] = []
    for _ in range(iterations):
        direction = _direction(gradient, history)
        slope = float(np.vdot(gradient, direction))
        if slope > -1e-6 * max(loss, 1.0):
            break
        step = 1.0 if history else min(1.0, 1.0 / float(np.abs(gradient).max()))
        new = w + np.float32(step) * direction
        new_loss, new_gradient = evaluate(new)
        while new_loss > loss + 1e-4 * step * slope and step > 1e-6:
            step /= 2
            new = w + np.float32(step) * direction
            new_loss, new_gradient = evaluate(new)
        s, t = new - w, new_gradient - gradient
        curvature = float(np.vdot(s, t))
        if curvature > 0:
            history = [*history[1 - MEMORY :], (s, t, 1 / curvature)]
        w, loss, gradient = new, new_loss, new_gradient
    return w


def _direction(gradient: Floats, history: list[tuple[Floats, Floats, float]]) -> Floats:
    direction = -gradient
    alphas = []
    for s, t, rho in reversed(history):
        alpha = np.float32(rho * float(np.vdot(s, direction)))
        direction -= alpha * t
        alphas.append(alpha)
    if history:
        s, t, rho = history[-1]
        direction *= np.float32(1 / (rho * float(np.vdot(t, t))))
    for (s, t, rho), alpha in zip(history, reversed(alphas), strict=True):
        direction += (alpha - np.float32(rho * float(np.vdot(t, direction)))) * s
    return direction
