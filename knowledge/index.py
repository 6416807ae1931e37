"""A knowledge base in one language -> an immutable Index: everything that matching needs, built once.

The Index holds no knowledge that the YAML doesn't: it can be thrown away and built again, and the same files
always give the same Index. `storage` keeps it between starts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from threadpoolctl import threadpool_limits

from knowledge import classifier, fitting, follow_ups, trials
from knowledge.calibration import BARE, LISTED, MANY_OFF_TOPIC, Calibration, Targets, calibrate
from knowledge.coverage import Coverage
from knowledge.dictionary import WordList, dictionary
from knowledge.documents import Documents
from knowledge.features import Embedder, FeatureSpace, Vector
from knowledge.follow_ups import FollowUps
from knowledge.lexicon import lexicon
from knowledge.model import Kind, KnowledgeBase, OffTopic
from knowledge.normalizer import tokens
from knowledge.postings import parted
from knowledge.signals import Signals
from knowledge.spelling import MIN_LETTERS, Speller, recurring_typos
from knowledge.stems import Stemmer
from knowledge.trials import OFF_TOPIC_MARK, Corpus
from knowledge.weights import Floats, Weights
from knowledge.word_classes import WordClasses
from knowledge.word_vectors import FEW_PHRASINGS, SHARE, WordVectors, word_vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_array


MOST_DOUBTED: Final = 5_000
"""Lone unknown words that are looked up; where there are more, they are names and terms rather than typos."""
TARGETS: Final = Targets()


@dataclass(frozen=True, slots=True)
class Index:
    """What the matcher reads.

    Attributes:
        language: Two-letter code.
        classes: Entry ids in file order, then the off-topic kinds, each behind `OFF_TOPIC_MARK`.
        n_entries: How many of the classes are entries.
        space: The columns.
        speller: Mends typos towards the vocabulary.
        weights: What the classifier has learned.
        documents: The phrasings.
        coverage: Tells how much of a message an entry speaks of.
        calibration: Confidence and thresholds.
        follow_ups: What messages mean that come after an answer.
    """

    language: str
    classes: tuple[str, ...]
    n_entries: int
    space: FeatureSpace
    speller: Speller
    weights: Weights
    documents: Documents
    coverage: Coverage
    calibration: Calibration
    follow_ups: FollowUps
    margin: float
    """By how much the classifier prefers an entry to all others for its own question; the median, at least 0."""

    def tokens(self, text: str, mended: dict[str, tuple[str, ...]] | None = None) -> list[str]:
        """The text's words in comparison form, typos mended; `mended` as in `Speller.correct`."""
        return self.speller.correct(tokens(text, self.language), mended)

    def logits(self, vector: Vector) -> Floats:
        """The classifier's raw score of every class."""
        return self.weights.logits(vector)

    def likeliest(self, scores: Floats) -> int:
        """The entry with the highest score; the first of equal ones.

        Args:
            scores: One a class, the off-topic kinds' passed over.
        """
        return int(scores[: self.n_entries].argmax())

    def compare(
        self,
        classes: Sequence[int],
        tokens: Sequence[str],
        vector: Vector,
        known: dict[int, Compared] | None = None,
    ) -> list[Compared]:
        """Compare a question with the phrasings of some entries.

        Args:
            classes: The entries' classes.
            tokens: Its words, or those of the part that is compared.
            vector: Their place.
            known: What was found of it so far, by class; it is added to.
        """
        known = {} if known is None else known
        new = [class_ for class_ in classes if class_ not in known]
        if new:
            stray = next((compared.stray_similarity for compared in known.values()), None)
            known.update(zip(new, self._compared(new, tokens, vector, stray), strict=True))
        return [known[class_] for class_ in classes]

    def _compared(
        self, classes: list[int], tokens: Sequence[str], vector: Vector, stray: float | None
    ) -> Iterator[Compared]:
        n, strays = len(classes), range(self.n_entries, len(self.classes))
        beside = self.documents.beside(classes if stray is not None else [*classes, *strays], vector)
        if stray is None:
            stray = float(beside.similarity[n:].max(initial=0.0))
        n_stems = len(self.space.columns.stems)
        # Only where coverage looks at them: to find them takes a while.
        entries = self.documents.columns_of(classes, n_stems)
        covered = self.coverage.of(tokens, vector.columns, beside.shared[:n], entries)
        length = math.log1p(len(tokens))
        for row, similarity, coverage in zip(
            beside.nearest[:n].tolist(), beside.similarity[:n].tolist(), covered.tolist(), strict=True
        ):
            yield Compared(self.documents.texts[row], similarity, coverage, length, stray)


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside an entry's phrasings, and beside what is off topic."""

    nearest: str
    """The phrasing most like it."""
    similarity: float
    """To that one, 0 to 1."""
    coverage: float
    """The IDF-weighted share of the question's content words that the phrasings use, 0 to 1."""
    length: float
    """log(1 + number of words)."""
    stray_similarity: float
    """To the nearest off-topic message, 0 to 1."""

    def signals(self, odds: float, score: float) -> Signals:
        """The signals of the question's match with the entry.

        Args:
            odds: The log-odds of what the classifier gives the entry.
            score: Its raw score.
        """
        return Signals(odds, score, self.similarity, self.coverage, self.length, self.stray_similarity)


def build(
    base: KnowledgeBase,
    language: str | None = None,
    *,
    targets: Targets = TARGETS,
    embedder: Embedder | None = None,
) -> Index:
    """Train the index of one language.

    Args:
        base: The knowledge base; it must have an entry in that language.
        language: A loaded language; the default one where None.
        targets: The rates of false answers that are accepted.
        embedder: Adds meaning to the features. Without it, a base of few phrasings gets that of single words.

    Raises:
        ValueError: No entries.
    """
    code = base.language_for(language)
    texts = corpus(base, code)
    if not texts.n_entries:
        raise ValueError(f"no entries to match in language {code!r}")
    words = lexicon(code)
    stem = Stemmer(code)
    word_classes = WordClasses.of(
        [found for found in base.word_classes if found.language == code], lambda word: tokens(word, code)
    )
    raw = [tokens(text, code) for text in texts.texts]
    speller = _speller(raw, dictionary(code), word_classes.words)
    documents = [speller.correct(document) for document in raw]
    meaning = embedder or _words_meaning(texts, code)
    space, matrix = fitting.fit(documents, stem, words.stop_words, meaning, word_classes)
    near, scale = fitting.compared(space, matrix)
    place = space.vector if near.shape[1] == len(space) else space.lexical
    coverage = Coverage(space, code, speller.counts, texts.each)
    placed = trials.Placed(texts, matrix, near, space, coverage, [len(document) for document in documents])
    # The classifier learns from everything while others are tried on what they haven't seen: most of either is spent in
    # SciPy and NumPy, which let other threads work meanwhile. The small dense products are made by one thread each: those of BLAS would wait for each other by spinning, which
    # takes several times as long wherever anything else runs.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(1) as beside:
        training = beside.submit(classifier.train, matrix, texts.labels, texts.log_priors, texts.keys)
        searched = beside.submit(parted, near, texts.class_starts)
        calibration = calibrate(
            trials.run(placed),
            targets,
            LISTED if texts.n_off_topic >= MANY_OFF_TOPIC else BARE,
            classifier.thinness(len(texts.texts), len(texts.classes)),
        )
        followed = follow_ups.placed(
            base.entries[code],
            texts.classes[: texts.n_entries],
            lambda text: place(speller.correct(tokens(text, code))),
            near.shape[1],
            scale,
        )
        weights = training.result()
        rows = Documents(texts.texts, texts.class_starts, near.shape[1], scale, *searched.result())
    return Index(
        code,
        texts.classes,
        texts.n_entries,
        space,
        speller,
        weights.packed(),
        rows,
        coverage,
        calibration,
        followed,
        _margin(texts, weights, matrix),
    )


def _words_meaning(corpus: Corpus, language: str) -> WordVectors | None:
    """The word vectors, where they help. Naive Bayes can't do with them: its columns are counts."""
    if not classifier.searched(len(corpus.texts), len(corpus.classes)):
        return None
    found = word_vectors(language)
    # No number of phrasings says it all.
    return found and found.carrying(max(fitting.LEAST_SHARE, SHARE * min(1.0, FEW_PHRASINGS / corpus.each)))


def _margin(corpus: Corpus, weights: Weights, matrix: csr_array) -> float:
    questions = corpus.class_starts[: corpus.n_entries]  # an entry's question is its first row
    scores = weights.scores(matrix[questions])[:, : corpus.n_entries]
    own = scores[np.arange(len(questions)), np.arange(len(questions))].copy()
    scores[np.arange(len(questions)), np.arange(len(questions))] = -np.inf
    return max(0.0, float(np.median(own - scores.max(axis=1))))


def corpus(base: KnowledgeBase, language: str) -> Corpus:
    """What the index of a language is trained on."""
    classes: list[str] = []
    texts: list[str] = []
    labels: list[int] = []
    guardrails: list[bool] = []
    for entry in base.entries.get(language, {}).values():
        texts += [entry.question, *entry.phrasings]
        labels += [len(classes)] * (1 + len(entry.phrasings))
        guardrails.append(entry.kind is Kind.GUARDRAIL)
        classes.append(entry.id)
    n_entries = len(classes)
    for kind in OffTopic:
        messages = [m.text for m in base.off_topic if m.kind is kind and m.language == language]
        if messages:
            texts += messages
            labels += [len(classes)] * len(messages)
            classes.append(OFF_TOPIC_MARK + kind)
    return Corpus(
        tuple(classes),
        n_entries,
        tuple(guardrails),
        tuple(texts),
        np.asarray(labels, np.intp),
    )


def _speller(documents: Sequence[Sequence[str]], real_words: WordList, listed: Collection[str]) -> Speller:
    """A vocabulary of the words that can be trusted; those that a curator has listed always can be.

    A lone word that no dictionary has is likely a typo, and so is one that is all but a much commoner word.
    """
    counts = Counter(token for document in documents for token in document)
    trusted: dict[str, int] = {}
    if len(real_words):
        strange = {w: n for w, n in counts.items() if len(w) >= MIN_LETTERS and w not in real_words}
        typos = recurring_typos(counts, strange)
        trusted = {w: n for w, n in counts.items() if w not in strange or (n > 1 and w not in typos)}
    if not len(real_words) or len(counts) - len(trusted) > MOST_DOUBTED:
        trusted = dict(counts)
    for word in listed:
        trusted[word] = max(1, counts[word])
    return Speller(trusted, real_words)
