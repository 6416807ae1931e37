"""A knowledge base in one language -> an immutable Index: everything that matching needs, built once.

The Index holds no knowledge that the YAML doesn't: it can be thrown away and built again, and the same files
always give the same Index. `storage` keeps it between starts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge import classifier, features, trials
from knowledge.calibration import Calibration, Targets, calibrate
from knowledge.dictionary import dictionary
from knowledge.features import FeatureSpace, Floats, Ints, Vector
from knowledge.lexicon import Stemmer, lexicon
from knowledge.model import Kind, KnowledgeBase, OffTopic
from knowledge.normalizer import tokens
from knowledge.signals import Signals, log_odds
from knowledge.spelling import MIN_LETTERS, Speller
from knowledge.trials import OFF_TOPIC_MARK, Corpus, presence

TARGETS: Final = Targets()


@dataclass(frozen=True, slots=True)
class Documents:
    """The phrasings, those of a class side by side, as an inverted file: for each column the rows that have it.

    Attributes:
        texts: As written, one a row.
        numbers: Which phrasing of its entry a row is: -1 for the question itself.
        class_starts: Class c holds the rows from `class_starts[c]` up to `class_starts[c + 1]`.
        starts: Column k is in `rows[starts[k]:starts[k + 1]]`, with `values` likewise.
    """

    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    class_starts: Ints
    starts: Ints
    rows: Ints
    values: Floats

    def similarities(self, vector: Vector) -> Floats:
        """The similarity, 0 to 1, of a vector to every row.

        Source: J. Zobel and A. Moffat, "Inverted files for text search engines", 2006 (term-at-a-time scoring).
        """
        first, last = self.starts[vector.columns], self.starts[vector.columns + 1]
        lengths = last - first
        if not lengths.any():
            return np.zeros(len(self.texts), np.float32)
        # Positions of all postings: each column's run, one after another.
        offsets = np.repeat(first - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        positions = offsets + np.arange(len(offsets))
        products = self.values[positions] * np.repeat(vector.values, lengths)
        sums = np.bincount(self.rows[positions], weights=products, minlength=len(self.texts))
        return sums.astype(np.float32)

    def of_class(self, class_: int) -> slice:
        """The rows of a class."""
        return slice(int(self.class_starts[class_]), int(self.class_starts[class_ + 1]))

    @property
    def labels(self) -> npt.NDArray[np.intp]:
        """The class of each row."""
        return np.repeat(np.arange(len(self.class_starts) - 1), np.diff(self.class_starts))


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
    presence: npt.NDArray[np.bool_]
    """Whether any phrasing of an entry has a column, shape (columns, entries)."""

    def tokens(self, text: str, mended: dict[str, tuple[str, ...]] | None = None) -> list[str]:
        """The text's words in comparison form, typos mended; `mended` as in `Speller.correct`."""
        return self.speller.correct(tokens(text, self.language), mended)

    def logits(self, vector: Vector) -> Floats:
        """The classifier's raw score of every class."""
        scores: Floats = vector.values @ self.weights[vector.columns]
        return scores

    def signals(self, class_: int, share: float, score: float, similarity: float, asked: Asked) -> Signals:
        """The signals of a question's match with an entry.

        Args:
            class_: The entry's class.
            share: What the classifier gives it, 0 to 1.
            score: Its raw score.
            similarity: To its nearest phrasing.
            asked: The question.
        """
        content = asked.vector.columns[self.space.is_content[asked.vector.columns]]
        weights = self.space.idf[content]
        total = float(weights.sum()) + asked.unknown_weight
        covered = float(weights[self.presence[content, class_]].sum())
        return Signals(
            log_odds(share),
            score,
            similarity,
            covered / total if total else 1.0,
            math.log1p(asked.n_tokens),
            similarity - asked.stray_similarity,
        )

    def asked(self, tokens: Sequence[str], vector: Vector) -> Asked:
        """What the signals need to know of a question, whichever entry it is matched with."""
        similarities = self.documents.similarities(vector)
        strays = similarities[int(self.documents.class_starts[self.n_entries]) :]
        return Asked(
            vector,
            len(tokens),
            self.space.unknown_weight(tokens),
            similarities,
            float(strays.max(initial=0.0)),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the signals see it."""

    vector: Vector
    n_tokens: int
    unknown_weight: float
    """Summed IDF of stems that no document has."""
    similarities: Floats
    """To every row of the documents, 0 to 1."""
    stray_similarity: float
    """To the nearest off-topic message, 0 to 1."""


def build(base: KnowledgeBase, language: str | None = None, *, targets: Targets = TARGETS) -> Index:
    """Train the index of one language.

    Args:
        base: The knowledge base; it must have an entry in that language.
        language: A loaded language; the default one where None.
        targets: The rates of false answers that are accepted.

    Raises:
        ValueError: No entries.
    """
    code = base.language_for(language)
    corpus = _corpus(base, code)
    if not corpus.n_entries:
        raise ValueError(f"no entries to match in language {code!r}")
    words = lexicon(code)
    stem = Stemmer(code)
    raw = [tokens(text, code) for text in corpus.texts]
    speller = _speller(raw, dictionary(code))
    documents = [speller.correct(document) for document in raw]
    space, matrix = features.fit(documents, stem, words.stop_words)
    weights = classifier.train(matrix, corpus.labels, corpus.weights, len(corpus.classes))
    inverted = matrix.tocsc()
    rows = Documents(
        corpus.texts,
        corpus.numbers,
        corpus.class_starts,
        inverted.indptr.astype(np.int32),
        inverted.indices.astype(np.int32),
        inverted.data.astype(np.float32),
    )
    held_out = trials.run(corpus, matrix, space, [len(document) for document in documents])
    return Index(
        code,
        corpus.classes,
        corpus.n_entries,
        space,
        speller,
        weights,
        rows,
        calibrate(held_out, targets),
        presence(
            matrix.indices, np.repeat(corpus.labels, np.diff(matrix.indptr)), len(space), corpus.n_entries
        ),
    )


def _corpus(base: KnowledgeBase, language: str) -> Corpus:
    classes: list[str] = []
    texts: list[str] = []
    numbers: list[int] = []
    labels: list[int] = []
    guardrails: list[bool] = []
    for entry in base.entries.get(language, {}).values():
        texts += [entry.question, *entry.phrasings]
        numbers += range(-1, len(entry.phrasings))
        labels += [len(classes)] * (1 + len(entry.phrasings))
        guardrails.append(entry.kind is Kind.GUARDRAIL)
        classes.append(entry.id)
    n_entries = len(classes)
    for kind in OffTopic:
        messages = [m.text for m in base.off_topic if m.kind is kind and m.language == language]
        if messages:
            texts += messages
            numbers += range(len(messages))
            labels += [len(classes)] * len(messages)
            classes.append(OFF_TOPIC_MARK + kind)
    return Corpus(
        tuple(classes),
        n_entries,
        tuple(guardrails),
        tuple(texts),
        tuple(numbers),
        np.asarray(labels, np.intp),
    )


def _speller(documents: Sequence[Sequence[str]], real_words: frozenset[str]) -> Speller:
    """A vocabulary of the words that can be trusted: a lone word that no dictionary has is likely a typo."""
    counts = Counter(token for document in documents for token in document)
    if real_words:
        trusted = {w: n for w, n in counts.items() if n > 1 or len(w) < MIN_LETTERS or w in real_words}
    else:
        trusted = dict(counts)
    return Speller(trusted, real_words)
