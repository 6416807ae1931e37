"""A knowledge base in one language -> an immutable Index: everything that matching needs, built once.

The Index holds no knowledge that the YAML doesn't: it can be thrown away and built again, and the same files
always give the same Index. `storage` keeps it between starts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from knowledge import calibration, classifier, features
from knowledge.calibration import Calibration, Trial
from knowledge.features import FeatureSpace, Floats, Ints, Vector
from knowledge.lexicon import Stemmer, dictionary, lexicon
from knowledge.model import KnowledgeBase, OffTopic
from knowledge.normalizer import tokens
from knowledge.spelling import MIN_LETTERS, Speller

if TYPE_CHECKING:
    from scipy.sparse import csr_array

OFF_TOPIC_MARK: Final = "~"
"""Begins the label of a class that is no entry; no entry id can."""
FALSE_ANSWERS: Final = 0.03
"""Default target: the share of near off-topic messages that may get an answer."""
SPOKEN_TO: Final = 0.004
"""Default target: the share of overheard chatter that may get an answer."""
FOLDS: Final = 3
FEW_OFF_TOPIC: Final = 40
"""With fewer off-topic messages than this, entries that are held out whole stand in for them."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The phrasings as sparse rows, those of a class side by side.

    Attributes:
        texts: As written, one a row.
        numbers: Which phrasing of its entry a row is: -1 for the question itself.
        starts: Row r holds `columns[starts[r]:starts[r + 1]]` and `values` likewise.
        class_starts: Class c holds the rows from `class_starts[c]` up to `class_starts[c + 1]`.
    """

    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    starts: Ints
    columns: Ints
    values: Floats
    class_starts: Ints

    def similarities(self, class_: int, vector: Vector, width: int) -> Floats:
        """The similarity, 0 to 1, of a vector to every row of a class; the space has `width` columns."""
        first, last = int(self.class_starts[class_]), int(self.class_starts[class_ + 1])
        if first == last:
            return np.zeros(0, np.float32)
        dense = np.zeros(width, np.float32)
        dense[vector.columns] = vector.values
        low, high = int(self.starts[first]), int(self.starts[last])
        products = self.values[low:high] * dense[self.columns[low:high]]
        sums = np.concatenate(([0.0], np.cumsum(products, dtype=np.float64)))
        bounds = self.starts[first : last + 1] - low
        return (sums[bounds[1:]] - sums[bounds[:-1]]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Index:
    """What the matcher reads.

    Attributes:
        language: Two-letter code.
        classes: Entry ids in file order, then the off-topic kinds, each behind `OFF_TOPIC_MARK`.
        n_entries: How many of the classes are entries.
        space: The columns.
        speller: Mends typos towards the vocabulary.
        weights: Classifier weights, shape (columns, classes).
        documents: The phrasings.
        calibration: Confidence and thresholds.
    """

    language: str
    classes: tuple[str, ...]
    n_entries: int
    space: FeatureSpace
    speller: Speller
    weights: Floats
    documents: Documents
    calibration: Calibration

    def tokens(self, text: str) -> list[str]:
        """The text's words in comparison form, typos mended."""
        return self.speller.correct(tokens(text, self.language))

    def logits(self, vector: Vector) -> Floats:
        """The classifier's raw score of every class."""
        scores: Floats = vector.values @ self.weights[vector.columns]
        return scores


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The training texts, those of a class side by side."""

    classes: tuple[str, ...]
    n_entries: int
    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    labels: npt.NDArray[np.intp]

    @property
    def class_starts(self) -> Ints:
        return np.searchsorted(self.labels, np.arange(len(self.classes) + 1)).astype(np.int32)


def build(
    base: KnowledgeBase,
    language: str | None = None,
    *,
    false_answers: float = FALSE_ANSWERS,
    spoken_to: float = SPOKEN_TO,
) -> Index:
    """Train the index of one language.

    Args:
        base: The knowledge base; it must have an entry in that language.
        language: A loaded language; the default one where None.
        false_answers: Target share of off-topic messages that get an answer, 0 to 1.
        spoken_to: Target share of overheard chatter that gets an answer, 0 to 1.

    Raises:
        ValueError: No entries.
    """
    code = base.language_for(language)
    corpus = _corpus(base, code)
    if not corpus.texts:
        raise ValueError(f"no entries to match in language {code!r}")
    words = lexicon(code)
    stem = Stemmer(code)
    raw = [tokens(text, code) for text in corpus.texts]
    speller = _speller(raw, dictionary(code))
    documents = [speller.correct(document) for document in raw]
    space, matrix = features.fit(documents, stem, words.stop_words)
    weights = classifier.train(matrix, corpus.labels, len(corpus.classes))
    rows = Documents(
        corpus.texts,
        corpus.numbers,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float32),
        corpus.class_starts,
    )
    fitted = calibration.calibrate(_trials(corpus, matrix), false_answers=false_answers, spoken_to=spoken_to)
    return Index(code, corpus.classes, corpus.n_entries, space, speller, weights, rows, fitted)


def _corpus(base: KnowledgeBase, language: str) -> _Corpus:
    classes: list[str] = []
    texts: list[str] = []
    numbers: list[int] = []
    labels: list[int] = []
    for entry in base.entries.get(language, {}).values():
        texts += [entry.question, *entry.phrasings]
        numbers += range(-1, len(entry.phrasings))
        labels += [len(classes)] * (1 + len(entry.phrasings))
        classes.append(entry.id)
    n_entries = len(classes)
    for kind in OffTopic:
        messages = [m.text for m in base.off_topic if m.kind is kind and m.language == language]
        if messages:
            texts += messages
            numbers += range(len(messages))
            labels += [len(classes)] * len(messages)
            classes.append(OFF_TOPIC_MARK + kind)
    return _Corpus(tuple(classes), n_entries, tuple(texts), tuple(numbers), np.asarray(labels, np.intp))


def _speller(documents: Sequence[Sequence[str]], real_words: frozenset[str]) -> Speller:
    """A vocabulary of the words that can be trusted: a lone word that no dictionary has is likely a typo."""
    counts = Counter(token for document in documents for token in document)
    if real_words:
        trusted = {w: n for w, n in counts.items() if n > 1 or len(w) < MIN_LETTERS or w in real_words}
    else:
        trusted = dict(counts)
    return Speller(trusted, real_words)


def _trials(corpus: _Corpus, matrix: csr_array) -> list[Trial]:
    """Judge held-out messages by classifiers that haven't seen them.

    Each class gives up a run of neighbouring rows a fold (people write alike phrasings side by side, so that a
    random draw would flatter). Where the knowledge base brings few off-topic messages, each fold also holds out
    a part of the entries whole, whose phrasings then have no right answer.
    """
    n_classes = len(corpus.classes)
    starts = corpus.class_starts
    sizes = np.diff(starts)
    rank = np.arange(len(corpus.labels)) - starts[corpus.labels]
    fold_of = rank * FOLDS // np.maximum(sizes[corpus.labels], 1)
    stand_ins = (
        len(corpus.texts) - int(starts[corpus.n_entries]) < FEW_OFF_TOPIC and corpus.n_entries >= 2 * FOLDS
    )
    out: list[Trial] = []
    for fold in range(FOLDS):
        hidden = (corpus.labels % FOLDS == fold) & (corpus.labels < corpus.n_entries) & stand_ins
        held_out = (fold_of == fold) & (sizes[corpus.labels] > 1) | hidden
        kept = np.flatnonzero(~held_out)
        tested = np.flatnonzero(held_out)
        if not len(kept) or not len(tested):
            continue
        train, test = matrix[kept], matrix[tested]
        weights = classifier.train(train, corpus.labels[kept], n_classes)
        logits = np.asarray(test @ weights)
        present = np.bincount(corpus.labels[kept], minlength=n_classes) > 0
        logits[:, ~present] = -np.inf
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        best = logits[:, : corpus.n_entries].argmax(axis=1)
        for row, (document, guess) in enumerate(zip(tested, best, strict=True)):
            label = int(corpus.labels[document])
            rivals = train[np.flatnonzero(corpus.labels[kept] == guess)]
            kind = corpus.classes[label].removeprefix(OFF_TOPIC_MARK) if label >= corpus.n_entries else ""
            out.append(
                Trial(
                    calibration.log_odds(float(odds[row, guess])),
                    float((rivals @ test[[row]].T).max()) if rivals.shape[0] else 0.0,
                    right=not hidden[document] and label == guess,
                    off_topic=bool(hidden[document]) or kind in {OffTopic.NEAR, OffTopic.FAR},
                    chatter=kind == OffTopic.CHATTER,
                )
            )
    return out
