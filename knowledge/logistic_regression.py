"""Multinomial logistic regression on sparse vectors, trained by limited-memory BFGS in float32.

Every phrasing of an entry pulls together, so that no single long phrasing can win a question. Minimised:

    sum over documents of -log softmax(x W + p)[y]  +  |W|^2 / (2 C)

with a log-prior p for each class. It is left out when messages are judged: what a class owes to the number of its
documents goes into p, and not into W.

Sources: J. Nocedal and S. Wright, "Numerical Optimization", 2nd ed. 2006, algorithm 7.4 (two-loop recursion) and
equation 3.6 (Armijo back-tracking); C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4; A. Menon
et al., "Long-tail learning via logit adjustment", 2021, equation 10 (the log-prior).
Own code because scikit-learn's would be the heaviest dependency by far and takes six times as long here.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.factors import Factors
from knowledge.weights import Floats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scipy.sparse import csr_array

REGULARISATION: Final = 30.0
"""C: the larger, the closer the fit."""
ITERATIONS: Final = 24
"""Steps from nought; accuracy stops moving after about this many."""
ITERATIONS_FROM_START: Final = 20
"""Steps that come as far from what two thirds of the documents have taught."""
MEMORY: Final = 3
"""Steps remembered; more of them cost time and save no step."""
_SLICE: Final = 256
"""Documents whose sums are made at once."""
_THREADS: Final = 4
"""SciPy's sparse products let other threads work meanwhile."""


def train(
    documents: Factors,
    classes: npt.NDArray[np.intp],
    log_priors: Floats,
    *,
    start: Floats | None = None,
    regularisation: float = REGULARISATION,
    iterations: int | None = None,
) -> tuple[Floats, Floats]:
    """Fit the weights.

    Args:
        documents: float32 matrix (documents, columns), in factors.
        classes: The class of each document, 0 <= class < len(log_priors).
        log_priors: How much likelier each class is before anything is read, as logarithms up to a constant.
        start: Coefficients, as below, of a classifier that has learned from most of these documents; 0 for the others.
        regularisation: C of the formula above, > 0.
        iterations: At most so many steps; `ITERATIONS` or, with a start, `ITERATIONS_FROM_START` where None.

    Returns:
        float32 weights (columns, n_classes), 0 where there is nothing to learn from; and the coefficients (documents,
        n_classes) whose product with the documents they are.
    """
    if iterations is None:
        iterations = ITERATIONS if start is None else ITERATIONS_FROM_START
    n_documents, width = documents.rest.shape
    n_classes = len(log_priors)
    if n_classes < 2 or not documents.rest.nnz + documents.uses.nnz:
        return np.zeros((width, n_classes), np.float32), np.zeros((n_documents, n_classes), np.float32)
    with ThreadPoolExecutor(_THREADS) as threads:
        problem = _Problem(_Vectors(documents, n_classes, threads), classes, log_priors)
        coefficients = _minimise(problem, regularisation, iterations, start)
        return problem.x.transposed(coefficients), coefficients


class _Product:
    """A sparse matrix times dense ones, its rows shared out to threads."""

    def __init__(self, matrix: csr_array, n_classes: int, threads: ThreadPoolExecutor) -> None:
        # Equal shares of the values, not of the rows: columns differ in how many documents have them.
        cuts = np.searchsorted(matrix.indptr, np.linspace(0, matrix.nnz, _THREADS + 1)[1:-1])
        bounds = [0, *cuts.tolist(), matrix.shape[0]]
        self._parts = [(matrix[low:high], slice(low, high)) for low, high in pairwise(bounds) if low < high]
        self._threads = threads
        self._out = np.empty((matrix.shape[0], n_classes), np.float32)

    def __call__(self, dense: Floats) -> Floats:
        """The product, which is good until the next one: fresh memory would cost as much as the sums."""

        def multiply(part: tuple[csr_array, slice]) -> None:
            self._out[part[1]] = part[0] @ dense

        list(self._threads.map(multiply, self._parts))
        return self._out


class _Vectors:
    """The documents, to be multiplied by weights, and transposed by coefficients."""

    def __init__(self, factors: Factors, n_classes: int, threads: ThreadPoolExecutor) -> None:
        from scipy.sparse import vstack  # noqa: PLC0415 - a start from the cache needs no SciPy

        parts = factors.rest, factors.uses, factors.spelled
        self._rest, self._uses, self._spelled = (_Product(part, n_classes, threads) for part in parts)
        self._uses_t = _Product(factors.uses.T.tocsr(), n_classes, threads)
        # Side by side, they give one sum for each column: a second one of that size would cost as much as it saves.
        self._both_t = _Product(vstack([factors.rest, factors.spelled]).T.tocsr(), n_classes, threads)
        self._has_words = bool(factors.spelled.nnz)
        self._meaning = factors.meaning
        self.n_rows = int(factors.rest.shape[0])

    def __call__(self, weights: Floats) -> Floats:
        out = self._rest(weights)
        if self._has_words:
            out += self._uses(self._spelled(weights))
        if n := self._meaning.shape[1]:
            out += self._meaning @ weights[-n:]
        return out

    def transposed(self, coefficients: Floats) -> Floats:
        both = np.concatenate((coefficients, self._uses_t(coefficients))) if self._has_words else coefficients
        weights = self._both_t(both)
        if n := self._meaning.shape[1]:
            weights[-n:] = self._meaning.T @ coefficients
        return weights


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is minimised over: the documents, their classes, and what is known of those beforehand."""

    x: _Vectors
    y: npt.NDArray[np.intp]
    log_priors: Floats


class _Dual:
    """A function in the span of the documents: its coefficients, and its values at the documents.

    W = X' A throughout, so that A with shape (documents, classes) stands for W at a third of its size, the inner
    product of two functions is that of one's coefficients and the other's values, and the line search costs nothing.
    Both lie in one array that is changed in place: fresh memory costs more than the sums.
    """

    def __init__(self, both: Floats) -> None:
        self.both = both
        """Shape (2, documents, classes)."""

    @property
    def coefficients(self) -> Floats:
        part: Floats = self.both[0]
        return part

    @property
    def values(self) -> Floats:
        part: Floats = self.both[1]
        return part

    def dot(self, other: _Dual) -> float:
        return float(np.vdot(self.both[0], other.both[1]))

    def add(self, factor: float, other: _Dual) -> None:
        # In slices that stay in the processor's cache. BLAS would use threads, which costs more than it gains here.
        for low in range(0, self.both.shape[1], _SLICE):
            part = slice(low, low + _SLICE)
            self.both[:, part] += np.float32(factor) * other.both[:, part]


_Pair: TypeAlias = tuple[_Dual, _Dual, float]
"""A step, what it changed the gradient by, and one over their product."""


class _History:
    """The last few steps, oldest first."""

    def __init__(self, fresh: Callable[[], _Dual]) -> None:
        self.pairs: list[_Pair] = []
        self._spare = [(fresh(), fresh()) for _ in range(MEMORY)]

    def note(self, direction: _Dual, step: float, new_gradient: _Dual, gradient: _Dual) -> None:
        """Remember a step, unless it says nothing of the curvature."""
        if not self._spare:
            oldest, changed, _ = self.pairs.pop(0)
            self._spare.append((oldest, changed))
        s, t = self._spare.pop()
        np.multiply(direction.both, np.float32(step), out=s.both)
        np.subtract(new_gradient.both, gradient.both, out=t.both)
        curvature = s.dot(t)
        if curvature > 0 and t.dot(t) > 0:  # near the end a change may be all rounding
            self.pairs.append((s, t, 1 / curvature))
        else:
            self._spare.append((s, t))


def _minimise(problem: _Problem, c: float, iterations: int, start: Floats | None) -> Floats:
    """The coefficients A that minimise the loss, shape (documents, classes)."""
    y = problem.y
    rows = np.arange(problem.x.n_rows)
    shape = (2, problem.x.n_rows, len(problem.log_priors))

    def fresh() -> _Dual:
        return _Dual(np.zeros(shape, np.float32))

    def evaluate(f: _Dual, residual: Floats) -> float:
        """The loss; `residual` becomes the share of each class less 1 for the right one."""
        np.add(f.values, problem.log_priors, out=residual)
        residual -= residual.max(axis=1, keepdims=True)
        picked = residual[rows, y]
        np.exp(residual, out=residual)
        sums = residual.sum(axis=1)
        loss = float((np.log(sums) - picked).sum()) + f.dot(f) / (2 * c)
        residual /= sums[:, None]
        residual[rows, y] -= 1
        return loss

    def complete(gradient: _Dual, f: _Dual) -> None:
        """From the residual in `gradient.coefficients` to the gradient at f."""
        gradient.values[...] = problem.x(problem.x.transposed(gradient.coefficients))
        gradient.add(1 / c, f)

    f, new, gradient, new_gradient, direction = (fresh() for _ in range(5))
    history = _History(fresh)
    if start is not None:
        f.coefficients[...] = start
        f.values[...] = problem.x(problem.x.transposed(start))
    loss = evaluate(f, gradient.coefficients)
    complete(gradient, f)
    for _ in range(iterations):
        _point(direction, gradient, history.pairs)
        slope = gradient.dot(direction)
        if slope > -1e-6 * max(loss, 1.0):
            break
        step = 1.0
        while True:
            np.multiply(direction.both, np.float32(step), out=new.both)
            new.both += f.both
            new_loss = evaluate(new, new_gradient.coefficients)
            if new_loss <= loss + 1e-4 * step * slope or step < 1e-6:
                break
            step /= 2
        complete(new_gradient, new)
        history.note(direction, step, new_gradient, gradient)
        f, new, loss, gradient, new_gradient = new, f, new_loss, new_gradient, gradient
    return f.coefficients


def _point(direction: _Dual, gradient: _Dual, history: Sequence[_Pair]) -> None:
    """Let `direction` be the quasi-Newton direction of descent."""
    np.negative(gradient.both, out=direction.both)
    alphas = []
    for s, t, rho in reversed(history):
        alpha = rho * s.dot(direction)
        direction.add(-alpha, t)
        alphas.append(alpha)
    if history:
        _, t, rho = history[-1]
        direction.both *= np.float32(1 / (rho * t.dot(t)))
    for (s, t, rho), alpha in zip(history, reversed(alphas), strict=True):
        direction.add(alpha - rho * t.dot(direction), s)
