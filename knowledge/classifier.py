"""Multinomial logistic regression on sparse vectors, trained by limited-memory BFGS in float32.

Every phrasing of an entry pulls together, so that no single long phrasing can win a question. Minimised:

    sum over documents of -w log softmax(x W)[y]  +  |W|^2 / (2 C)

with a weight w for each document.

Sources: J. Nocedal and S. Wright, "Numerical Optimization", 2nd ed. 2006, algorithm 7.4 (two-loop recursion) and
equation 3.6 (Armijo back-tracking); C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4.
Own code because scikit-learn's would be the heaviest dependency by far and takes six times as long here.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    weights: Floats,
    n_classes: int,
    *,
    regularisation: float = REGULARISATION,
    iterations: int = ITERATIONS,
) -> Floats:
    """Fit the weights.

    Args:
        documents: float32 matrix (documents, columns).
        classes: The class of each document, 0 <= class < n_classes.
        weights: How much each document counts, > 0.
        n_classes: How many classes there are.
        regularisation: C of the formula above, > 0.
        iterations: At most so many steps; accuracy stops moving after about 14.

    Returns:
        float32 weights (columns, n_classes); 0 where there is nothing to learn from.
    """
    if n_classes < 2 or not documents.nnz:
        return np.zeros((documents.shape[1], n_classes), np.float32)
    problem = _Problem(documents, documents.T.tocsr(), classes, n_classes, weights)
    fitted: Floats = problem.transposed @ _minimise(problem, regularisation, iterations)
    return fitted


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is minimised over: the documents, their classes and how much each counts."""

    x: csr_array
    transposed: csr_array
    y: npt.NDArray[np.intp]
    n_classes: int
    weights: Floats


@dataclass(slots=True)
class _Dual:
    """A function in the span of the documents: its coefficients, and its values at the documents.

    W = X' A throughout, so that A with shape (documents, classes) stands for W at a third of its size, the inner
    product of two functions is that of one's coefficients and the other's values, and the line search costs nothing.
    """

    coefficients: Floats
    values: Floats

    def dot(self, other: _Dual) -> float:
        return float(np.vdot(self.coefficients, other.values))

    def add(self, factor: float, other: _Dual) -> None:
        self.coefficients += np.float32(factor) * other.coefficients
        self.values += np.float32(factor) * other.values

    def minus(self, other: _Dual) -> _Dual:
        return _Dual(self.coefficients - other.coefficients, self.values - other.values)

    def times(self, factor: float) -> _Dual:
        return _Dual(np.float32(factor) * self.coefficients, np.float32(factor) * self.values)


_Pair: TypeAlias = tuple[_Dual, _Dual, float]


def _minimise(problem: _Problem, c: float, iterations: int) -> Floats:
    """The coefficients A that minimise the loss, shape (documents, classes)."""
    x, y = problem.x, problem.y
    rows = np.arange(x.shape[0])

    def evaluate(f: _Dual) -> tuple[float, Floats]:
        """The loss, and the weighted share of each class less 1 for the right one."""
        logits = f.values - f.values.max(axis=1, keepdims=True)
        picked = logits[rows, y]
        np.exp(logits, out=logits)
        sums = logits.sum(axis=1)
        loss = float(problem.weights @ (np.log(sums) - picked)) + f.dot(f) / (2 * c)
        logits /= sums[:, None]
        logits[rows, y] -= 1
        logits *= problem.weights[:, None]
        return loss, logits

    def gradient_at(f: _Dual, residual: Floats) -> _Dual:
        gradient = _Dual(residual, x @ (problem.transposed @ residual))
        gradient.add(1 / c, f)
        return gradient

    zeros = np.zeros((x.shape[0], problem.n_classes), np.float32)
    f = _Dual(zeros, zeros.copy())
    loss, residual = evaluate(f)
    gradient = gradient_at(f, residual)
    history: list[_Pair] = []
    for _ in range(iterations):
        direction = _direction(gradient, history)
        slope = gradient.dot(direction)
        if slope > -1e-6 * max(loss, 1.0):
            break
        step = 1.0
        while True:
            new = direction.times(step)
            new.add(1.0, f)
            new_loss, residual = evaluate(new)
            if new_loss <= loss + 1e-4 * step * slope or step < 1e-6:
                break
            step /= 2
        new_gradient = gradient_at(new, residual)
        s, t = new.minus(f), new_gradient.minus(gradient)
        curvature = s.dot(t)
        if curvature > 0:
            history = [*history[1 - MEMORY :], (s, t, 1 / curvature)]
        f, loss, gradient = new, new_loss, new_gradient
    return f.coefficients


def _direction(gradient: _Dual, history: list[_Pair]) -> _Dual:
    direction = gradient.times(-1.0)
    alphas = []
    for s, t, rho in reversed(history):
        alpha = rho * s.dot(direction)
        direction.add(-alpha, t)
        alphas.append(alpha)
    if history:
        _, t, rho = history[-1]
        direction = direction.times(1 / (rho * t.dot(t)))
    for (s, t, rho), alpha in zip(history, reversed(alphas), strict=True):
        direction.add(alpha - rho * t.dot(direction), s)
    return direction
