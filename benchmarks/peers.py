"""Plain matchers over the same phrasings, to compare with: each gives every entry a score for a question.

None of them knows the off-topic messages: a matcher that compares a question with phrasings has no use for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.answerer import Answerer
from knowledge.model import Entry
from knowledge.normalizer import tokens
from knowledge.outcome import Question
from knowledge.stems import Stemmer

if TYPE_CHECKING:
    from sklearn.pipeline import FeatureUnion

Scores: TypeAlias = npt.NDArray[np.float64]
Ranked: TypeAlias = list[tuple[str, float]]
"""Entry ids with their scores, best first."""
Scorer: TypeAlias = Callable[[Sequence[str]], Callable[[str], Scores]]
"""Phrasings -> a function that gives a text's score for each of them."""


class Peer(Protocol):
    """A matcher."""

    def rank(self, text: str) -> Ranked:
        """Rank the entries for a question; scores only compare with each other's."""


class Nearest:
    """Scores an entry by its best phrasing.

    Args:
        entries: The entries to choose from.
        scorer: Phrasings -> a function that gives a text's score for each of them.
    """

    def __init__(self, entries: Sequence[Entry], scorer: Scorer) -> None:
        phrasings = [(entry.question, *entry.phrasings) for entry in entries]
        self._ids = [entry.id for entry in entries]
        self._starts = np.cumsum([0, *map(len, phrasings[:-1])])
        self._score = scorer([text for texts in phrasings for text in texts])

    def rank(self, text: str) -> Ranked:
        """Rank the entries for a question."""
        best = np.maximum.reduceat(self._score(text), self._starts)
        return [(self._ids[i], float(best[i])) for i in np.argsort(-best, kind="stable")]


class Ours:
    """This project's matcher: its confidences, guardrails moved up as in any answer."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def rank(self, text: str) -> Ranked:
        """Rank the entries for a question."""
        matches = self._answerer.answer(Question(text)).ranking.matches
        return [(match.entry_id, match.confidence) for match in matches]


class Svm:
    """scikit-learn's linear support vector machine over the TF-IDF of `tf_idf`; scores are distances from each entry's border.

    Args:
        entries: The entries to choose from, at least three.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        from sklearn.svm import LinearSVC  # noqa: PLC0415 - as in `tf_idf`

        phrasings = [(entry.question, *entry.phrasings) for entry in entries]
        self._ids = [entry.id for entry in entries]
        self._space = _tf_idf_space()
        matrix = self._space.fit_transform([text for texts in phrasings for text in texts])
        self._svm = LinearSVC().fit(matrix, np.repeat(np.arange(len(entries)), list(map(len, phrasings))))

    def rank(self, text: str) -> Ranked:
        """Rank the entries for a question."""
        scores = self._svm.decision_function(self._space.transform([text]))[0]
        return [(self._ids[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")]


def weighted_ratio(phrasings: Sequence[str]) -> Callable[[str], Scores]:
    """What `rapidfuzz.process.extractOne` does by default (WRatio), for every phrasing."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - each peer asks only for what it needs

    return _rapidfuzz(fuzz.WRatio, phrasings)


def token_set_ratio(phrasings: Sequence[str]) -> Callable[[str], Scores]:
    """The token_set_ratio of rapidfuzz: how alike the words are, those that only one side has left out."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - as above

    return _rapidfuzz(fuzz.token_set_ratio, phrasings)


def _rapidfuzz(ratio: Callable[..., float], phrasings: Sequence[str]) -> Callable[[str], Scores]:
    from rapidfuzz import process, utils  # noqa: PLC0415 - as above

    plain = [utils.default_process(text) for text in phrasings]

    def score(text: str) -> Scores:
        table = process.cdist([utils.default_process(text)], plain, scorer=ratio, dtype=np.float64)
        scores: Scores = table[0]
        return scores

    return score


def tf_idf(phrasings: Sequence[str]) -> Callable[[str], Scores]:
    """Cosine of scikit-learn's TF-IDF over words, word pairs and characters 2 to 4 within words."""
    space = _tf_idf_space()
    matrix = space.fit_transform(phrasings)

    def score(text: str) -> Scores:
        scores: Scores = (matrix @ space.transform([text]).T).toarray().ravel() / 2
        return scores

    return score


def _tf_idf_space() -> FeatureUnion:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - each peer asks only for what it needs
    from sklearn.pipeline import make_union  # noqa: PLC0415 - as above

    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+"),  # noqa: S106 - no secret
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
    )


def bm25(phrasings: Sequence[str]) -> Callable[[str], Scores]:
    """Okapi BM25 (bm25s) over the same normal form and stems that this project uses."""
    import bm25s  # noqa: PLC0415 - as above

    stem = Stemmer("en")
    retriever = bm25s.BM25()
    retriever.index([[stem(token) for token in tokens(text)] for text in phrasings], show_progress=False)

    def score(text: str) -> Scores:
        known = [word for token in tokens(text) if (word := stem(token)) in retriever.vocab_dict]
        scores: Scores = retriever.get_scores(known) if known else np.zeros(len(phrasings))
        return scores

    return score


PLAIN: Final[dict[str, Scorer]] = {
    "rapidfuzz WRatio": weighted_ratio,
    "rapidfuzz token_set_ratio": token_set_ratio,
    "BM25, stemmed": bm25,
    "TF-IDF words + characters": tf_idf,
}
"""Name -> what makes its scorer."""
