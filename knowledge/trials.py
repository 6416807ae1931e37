"""Held-out messages judged by classifiers that haven't seen them: what calibration learns from.

Each class gives up a run of neighbouring rows a fold: people write alike phrasings side by side, so that a random draw
would flatter. Where a knowledge base brings few off-topic messages, each fold also holds out a part of the entries
whole, whose phrasings then have no right answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from knowledge import classifier
from knowledge.blocks import apart
from knowledge.calibration import Trial
from knowledge.columns import Ints
from knowledge.coverage import Coverage
from knowledge.features import Doubles, FeatureSpace
from knowledge.model import OffTopic
from knowledge.overhearing import asks_everybody
from knowledge.signals import Signals, log_odds
from knowledge.weights import Floats, Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_array

OFF_TOPIC_MARK: Final = "~"
"""Begins the label of a class that is no entry; no entry id can."""
BALANCE: Final = 1.0
"""How far an outsized entry's size is left out of account: 0 not at all, 1 as if it were of the usual one."""
GUARDRAIL_BALANCE: Final = 0.5
"""As BALANCE for guardrails, which may draw a little more than their own: the worse mistake decides."""
FOLDS: Final = 3
SEED: Final = 1
"""Where checksums of texts begin: one order of the documents is as good as another, and this one stays."""
ROUNDS: Final = 3
"""How often a trial's classifier goes through its messages: what it makes of others changes no more after that."""
BLOCK: Final = 10
"""Rows of a class that stand side by side and are held out together, where it has enough."""
ENOUGH_TRIALS: Final = 6_000
"""No further fold is judged once there are this many trials: a large knowledge base needn't judge them all."""
_AT_ONCE: Final = 1_000
"""Messages whose scores for all classes, or similarities to all others, are held at once."""
COMMON_FROM: Final = 0.05
"""Columns that a larger share of the documents has are multiplied as a block."""
FEW_OFF_TOPIC: Final = 40
"""With fewer off-topic messages than this, entries that are held out whole stand in for them."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The training texts, those of a class side by side."""

    classes: tuple[str, ...]
    """Entry ids, then the off-topic kinds, each after `OFF_TOPIC_MARK`."""
    n_entries: int
    guardrails: tuple[bool, ...]
    """For each entry whether it is one."""
    texts: tuple[str, ...]
    labels: npt.NDArray[np.intp]
    """The class of each text, ascending."""

    @property
    def log_priors(self) -> Floats:
        """How much likelier than a usual entry each class is before anything is read, shape (classes,).

        That of an outsized entry is what training leaves to its size, lest it draw what isn't its own. Off-topic kinds
        are as large as they are: there is more in the world that no entry answers.
        """
        sizes = np.bincount(self.labels, minlength=len(self.classes)).astype(np.float32)
        usual = np.median(sizes[: self.n_entries])
        priors: Floats = BALANCE * np.log(np.maximum(sizes / usual, 1.0))
        priors[: self.n_entries][list(self.guardrails)] *= GUARDRAIL_BALANCE
        priors[self.n_entries :] = 0.0
        return priors

    @property
    def keys(self) -> Doubles:
        """A number for each text, evenly spread, 0 <= key < 1, that hangs on nothing but the text."""
        return np.array([crc32(text.encode(errors="surrogatepass"), SEED) for text in self.texts]) / 2**32

    @property
    def each(self) -> float:
        """How many texts an entry has, on the average."""
        return float(self.class_starts[self.n_entries]) / self.n_entries

    @property
    def n_off_topic(self) -> int:
        """How many off-topic messages there are."""
        return len(self.texts) - int(self.class_starts[self.n_entries])

    @property
    def class_starts(self) -> Ints:
        """Where each class begins, and at the end how many texts there are."""
        return np.searchsorted(self.labels, np.arange(len(self.classes) + 1)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Placed:
    """A corpus in its space.

    Attributes:
        corpus: The messages.
        matrix: Their vectors, shape (messages, columns).
        compared: What of these tells how near they are (see `fitting.compared`).
        space: What the columns are.
        coverage: What tells how much of a message an entry speaks of.
        n_tokens: The number of words of each message.
    """

    corpus: Corpus
    matrix: csr_array
    compared: csr_array
    space: FeatureSpace
    coverage: Coverage
    n_tokens: list[int]


def run(placed: Placed) -> list[Trial]:
    """Judge messages of a corpus, each by a classifier that was trained without it: a trial for each one held out."""
    corpus = placed.corpus
    starts, keys = corpus.class_starts, corpus.keys
    sizes = np.diff(starts)[corpus.labels]
    rank = np.arange(len(corpus.labels)) - starts[corpus.labels]
    fold_of = np.where(sizes >= FOLDS * BLOCK, rank // BLOCK % FOLDS, rank * FOLDS // np.maximum(sizes, 1))
    stand_ins = corpus.n_off_topic < FEW_OFF_TOPIC and corpus.n_entries >= 2
    nearness = _Nearness(placed.compared)
    out: list[Trial] = []
    for fold in range(FOLDS):
        hidden = (corpus.labels % FOLDS == fold) & (corpus.labels < corpus.n_entries) & stand_ins
        held_out = ((fold_of == fold) & (sizes > 1)) | hidden
        if len(out) < ENOUGH_TRIALS and held_out.any() and not held_out.all():
            kept = np.flatnonzero(~held_out)
            trained = classifier.train(
                placed.matrix[kept], corpus.labels[kept], corpus.log_priors, keys[kept], rounds=ROUNDS
            )
            out += _judged(placed, keys, nearness, trained, held_out, hidden)
    return out


def _judged(
    placed: Placed,
    keys: Doubles,
    nearness: _Nearness,
    trained: Weights,
    held_out: npt.NDArray[np.bool_],
    hidden: npt.NDArray[np.bool_],
) -> list[Trial]:
    """Judge the messages that a classifier was trained without; `hidden` ones belong to an entry left out whole."""
    corpus = placed.corpus
    kept, tested = np.flatnonzero(~held_out), np.flatnonzero(held_out)
    if len(tested) > ENOUGH_TRIALS:
        # Thresholds hang on a few off-topic messages: up to half of all may be such. Which of the others hangs on no other text.
        is_stray = corpus.labels[tested] >= corpus.n_entries
        known, stray = tested[~is_stray], tested[is_stray]
        n_stray = min(len(stray), max(ENOUGH_TRIALS // 2, ENOUGH_TRIALS - len(known)))
        parts = (known, ENOUGH_TRIALS - n_stray), (stray, n_stray)
        tested = np.concatenate([rows[keys[rows].argsort()[:n]] for rows, n in parts])
    labels = corpus.labels[kept]
    guesses = _guesses(corpus, trained, labels, placed.matrix[tested])
    similarity, coverage = _beside_guess(placed, nearness, kept, tested, guesses.class_)
    stray_similarity = nearness.highest(tested, kept[labels >= corpus.n_entries])
    out = []
    for row, document in enumerate(tested):
        label, guess = int(corpus.labels[document]), int(guesses.class_[row])
        kind = corpus.classes[label].removeprefix(OFF_TOPIC_MARK) if label >= corpus.n_entries else ""
        signals = Signals(
            log_odds(float(guesses.share[row])),
            float(guesses.score[row]),
            float(similarity[row]),
            float(coverage[row]),
            float(np.log1p(placed.n_tokens[document])),
            float(stray_similarity[row]),
        )
        out.append(
            Trial(
                signals,
                right=not hidden[document] and label == guess,
                guardrail=corpus.guardrails[guess],
                off_topic=bool(hidden[document]) or kind in {OffTopic.NEAR, OffTopic.FAR},
                chatter=kind == OffTopic.CHATTER,
                asks=kind != OffTopic.CHATTER or asks_everybody(corpus.texts[document]),
            )
        )
    return out


@dataclass(frozen=True, slots=True)
class _Guesses:
    """The likeliest entry of each message, its raw score and its share."""

    class_: npt.NDArray[np.intp]
    score: Floats
    share: Floats


def _guesses(corpus: Corpus, trained: Weights, labels: npt.NDArray[np.intp], test: csr_array) -> _Guesses:
    unknown = np.flatnonzero(np.bincount(labels, minlength=len(corpus.classes)) == 0)
    parts = []
    for first in range(0, test.shape[0], _AT_ONCE):
        scores = trained.scores(test[first : first + _AT_ONCE])
        scores[:, unknown] = -np.inf
        best = scores[:, : corpus.n_entries].argmax(axis=1)
        highest = scores.max(axis=1)
        score = scores[np.arange(len(best)), best]
        share = np.exp(score - highest) / np.exp(scores - highest[:, None]).sum(axis=1)
        parts.append((best, score, share))
    class_, score, share = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Guesses(class_, score, share)


class _Nearness:
    """How near documents are to each other.

    Args:
        documents: What is compared of them, one a row.
    """

    def __init__(self, documents: csr_array) -> None:
        n, width = documents.shape
        self._rest, self._common = apart(
            documents, np.bincount(documents.indices, minlength=width) > COMMON_FROM * n
        )

    def highest(self, rows: npt.NDArray[np.intp], others: npt.NDArray[np.intp]) -> Floats:
        """The similarity of each of some rows to that of others which is nearest, 0 where none is above."""
        highest = np.zeros(len(rows), np.float32)
        rest, common = self._rest[others].T, self._common[others].T
        for first in range(0, len(rows), _AT_ONCE):
            part = rows[first : first + _AT_ONCE]
            similarities = (self._rest[part] @ rest).toarray()
            similarities += self._common[part] @ common
            highest[first : first + _AT_ONCE] = similarities.max(axis=1, initial=0)
        return highest


def _beside_guess(
    placed: Placed,
    nearness: _Nearness,
    kept: npt.NDArray[np.intp],
    tested: npt.NDArray[np.intp],
    guesses: npt.NDArray[np.intp],
) -> tuple[Floats, Floats]:
    """The similarity of each tested row to the nearest trained row of its guess, and how much that class covers."""
    similarity, coverage = np.zeros(len(tested), np.float32), np.ones(len(tested), np.float32)
    labels, documents = placed.corpus.labels[kept], placed.compared
    for class_ in np.unique(guesses):
        rows, own = np.flatnonzero(guesses == class_), kept[labels == class_]
        similarity[rows] = nearness.highest(tested[rows], own)
        used = np.zeros(documents.shape[1], bool)
        used[documents[own].indices] = True
        entry = [np.flatnonzero(used & placed.space.is_stem[: len(used)]).astype(np.int32)]
        for row in rows:
            columns = documents.indices[documents.indptr[tested[row]] : documents.indptr[tested[row] + 1]]
            coverage[row] = placed.coverage.of((), columns, used[columns][None], entry)[0]
    return similarity, coverage
