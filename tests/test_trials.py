"""Held-out messages: judged by who hasn't seen them, whole runs at a time, with stand-ins where off-topic ones lack."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.sparse import csr_array

from knowledge import classifier, follow_ups, trials
from knowledge.calibration import Calibration, Trial
from knowledge.coverage import Coverage
from knowledge.documents import Documents
from knowledge.features import FeatureSpace
from knowledge.fitting import fit
from knowledge.index import Index
from knowledge.postings import parted
from knowledge.signals import log_odds
from knowledge.spelling import Speller
from knowledge.trials import BLOCK, FEW_OFF_TOPIC, FOLDS, OFF_TOPIC_MARK, Corpus

DRAW = random.Random(13)  # noqa: S311 - no secret
WORDS = [f"{a}{b}{a}" for a in "bdfgklmnp" for b in "aeiou"]


def salad(n: int, words: list[str] = WORDS) -> list[str]:
    """Texts of random words: nothing in them tells what they belong to."""
    return [" ".join(DRAW.sample(words, 5)) for _ in range(n)]


@dataclass(frozen=True)
class Made:
    """A corpus and where it lies."""

    corpus: Corpus
    matrix: csr_array
    space: FeatureSpace
    n_tokens: list[int]

    @property
    def placed(self) -> trials.Placed:
        return trials.Placed(self.corpus, self.matrix, self.matrix, self.space, self.coverage, self.n_tokens)

    @property
    def coverage(self) -> Coverage:
        words = Counter(word for text in self.corpus.texts for word in text.split())
        return Coverage(self.space, "en", words, self.corpus.each)

    def judged(self) -> list[Trial]:
        return trials.run(self.placed)


def made(entries: list[list[str]], strays: dict[str, list[str]] | None = None, guardrails: int = 0) -> Made:
    """A corpus of entries, the first `guardrails` of which are such, and of off-topic messages by kind."""
    groups = [*entries, *(strays or {}).values()]
    texts = [text for group in groups for text in group]
    names = [f"entry-{number}" for number in range(len(entries))]
    corpus = Corpus(
        (*names, *(OFF_TOPIC_MARK + kind for kind in strays or {})),
        len(entries),
        tuple(number < guardrails for number in range(len(entries))),
        tuple(texts),
        np.repeat(np.arange(len(groups)), [len(group) for group in groups]).astype(np.intp),
    )
    documents = [text.split() for text in texts]
    space, matrix = fit(documents, str, frozenset())
    return Made(corpus, matrix, space, [len(document) for document in documents])


def topical(n_entries: int, n: int) -> list[list[str]]:
    """Entries that each have words of their own."""
    return [salad(n, [f"{word}{chr(97 + number) * 2}" for word in WORDS[:8]]) for number in range(n_entries)]


def test_what_only_memory_could_know_isnt_known() -> None:
    base = made([salad(9) for _ in range(8)], {"far": salad(FEW_OFF_TOPIC)})
    weights = classifier.train(base.matrix, base.corpus.labels, base.corpus.log_priors, base.corpus.keys)
    remembered = weights.scores(base.matrix).argmax(axis=1) == base.corpus.labels
    assert remembered.mean() > 0.95
    in_scope = [trial for trial in base.judged() if not trial.off_topic]
    assert np.mean([trial.right for trial in in_scope]) < 0.35
    assert max(trial.signals.similarity for trial in in_scope) < 0.9


def test_what_can_be_learned_is_learned() -> None:
    in_scope = [t for t in made(topical(4, 12), {"far": salad(FEW_OFF_TOPIC)}).judged() if not t.off_topic]
    assert np.mean([trial.right for trial in in_scope]) > 0.95


@pytest.mark.parametrize("size", [2 * FOLDS, FOLDS * BLOCK])
def test_neighbours_are_held_out_together(size: int) -> None:
    run = BLOCK if size == FOLDS * BLOCK else size // FOLDS
    entries = [[text for text in salad(size // run) for _ in range(run)] for _ in range(3)]
    judged = made(entries, {"far": salad(FEW_OFF_TOPIC)}).judged()
    assert max(trial.signals.similarity for trial in judged) < 0.9


def test_every_message_is_judged_once_but_for_lone_ones() -> None:
    base = made([*topical(3, 7), ["lone phrasing"]], {"far": salad(FEW_OFF_TOPIC), "chatter": salad(5)})
    judged = base.judged()
    assert len(judged) == 3 * 7 + FEW_OFF_TOPIC + 5
    assert sum(trial.off_topic for trial in judged) == FEW_OFF_TOPIC
    assert sum(trial.chatter for trial in judged) == 5
    assert not any(trial.right for trial in judged if trial.off_topic or trial.chatter)


def test_entries_held_out_whole_stand_in_where_off_topic_messages_are_few() -> None:
    entries = topical(2 * FOLDS, 6)
    judged = made(entries, {"near": salad(FEW_OFF_TOPIC - 1)}).judged()
    hidden = [trial for trial in judged if trial.off_topic]
    assert len(hidden) == 2 * FOLDS * 6 + FEW_OFF_TOPIC - 1
    assert not any(trial.right for trial in hidden)
    # What nothing like was trained on is like nothing: the entries really were out.
    assert max(trial.signals.similarity for trial in hidden) < 0.5
    assert sum(trial.right for trial in judged) > 0


@pytest.mark.parametrize(("n_entries", "n_strays"), [(2 * FOLDS, FEW_OFF_TOPIC), (1, 0), (1, 5)])
def test_no_entry_stands_in_where_messages_are_many_or_there_is_one_entry(
    n_entries: int, n_strays: int
) -> None:
    judged = made(topical(n_entries, 6), {"far": salad(n_strays)} if n_strays else None).judged()
    assert sum(trial.off_topic for trial in judged) == n_strays


def test_a_match_with_a_guardrail_is_told() -> None:
    judged = made(topical(4, 12), {"far": salad(FEW_OFF_TOPIC)}, guardrails=2).judged()
    in_scope = [trial for trial in judged if not trial.off_topic]
    assert [trial.guardrail for trial in in_scope].count(True) == pytest.approx(len(in_scope) / 2, abs=3)


def test_judging_stops_when_there_are_enough_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    base = made(topical(3, 12), {"far": salad(FEW_OFF_TOPIC)})
    held_out = (3 * 12 + FEW_OFF_TOPIC) // FOLDS
    monkeypatch.setattr(trials, "ENOUGH_TRIALS", held_out)
    assert len(base.judged()) == held_out


def test_of_a_large_fold_no_more_than_enough_are_judged_from_all_classes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = made(topical(3, 12), {"far": salad(FEW_OFF_TOPIC)})
    monkeypatch.setattr(trials, "ENOUGH_TRIALS", 6)
    judged = base.judged()
    assert len(judged) == 6
    assert {trial.off_topic for trial in judged} == {True, False}


@pytest.mark.parametrize(
    ("entries", "expected"), [([["one"]], 0), ([["one"], ["two"]], 2), ([["one", "two"]], 2)]
)
def test_tiny_bases_give_what_trials_they_can(entries: list[list[str]], expected: int) -> None:
    assert len(made(entries).judged()) == expected


def test_a_trials_signals_are_those_that_the_index_would_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "BLOCK", FEW_OFF_TOPIC)
    base = made([*topical(2, 9), salad(9)], {"far": salad(FEW_OFF_TOPIC)})
    corpus, starts, labels = base.corpus, base.corpus.class_starts, base.corpus.labels
    first_fold = np.arange(len(labels)) - starts[labels] < np.diff(starts)[labels] / FOLDS
    kept, tested = np.flatnonzero(~first_fold), np.flatnonzero(first_fold)
    train = base.matrix[kept]
    class_starts = np.searchsorted(labels[kept], np.arange(len(corpus.classes) + 1)).astype(np.int32)
    index = Index(
        "en",
        corpus.classes,
        corpus.n_entries,
        base.space,
        Speller({}),
        classifier.train(base.matrix[kept], labels[kept], corpus.log_priors, corpus.keys[kept]),
        Documents(
            tuple(corpus.texts[row] for row in kept),
            class_starts,
            train.shape[1],
            1.0,
            *parted(train, class_starts),
        ),
        base.coverage,
        Calibration(),
        follow_ups.placed({}, corpus.classes[: corpus.n_entries], base.space.vector, len(base.space), 1.0),
        1.0,
    )
    for row, trial in zip(tested, base.judged(), strict=False):
        tokens = corpus.texts[row].split()
        vector = base.space.vector(tokens)
        scores = index.logits(vector)
        class_ = int(scores[: corpus.n_entries].argmax())
        shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
        odds = log_odds(float(shares[class_]))
        again = index.compare([class_], tokens, vector)[0].signals(odds, float(scores[class_]))
        assert trial.signals == pytest.approx(again, abs=5e-3)
        assert trial.right == (class_ == labels[row])


def test_a_text_less_leaves_what_the_others_go_by_and_which_of_them_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trials, "ENOUGH_TRIALS", 30)
    entries, strays = topical(3, 60), {"far": salad(60)}
    whole = made(entries, strays)
    less = made([*entries[:2], entries[2][:-1]], strays)
    assert set(less.corpus.keys) < set(whole.corpus.keys)
    assert 0 <= whole.corpus.keys.min() < 0.1
    assert 0.9 < whole.corpus.keys.max() < 1
    judged = [[trial.signals for trial in base.judged()] for base in (whole, less)]
    apart = np.array([[np.abs(np.subtract(a, b)).max() for b in judged[1]] for a in judged[0]])
    assert (apart.min(axis=1) < 0.3).mean() > 0.9


def test_the_size_of_an_outsized_entry_says_nothing_and_that_of_off_topic_kinds_all() -> None:
    corpus = made([salad(4), salad(8), salad(4)], {"far": salad(50)}).corpus
    assert corpus.log_priors.tolist() == pytest.approx([0, np.log(2), 0, 0])


@pytest.mark.parametrize("n_entries", [1, 2, 3])
def test_of_few_entries_none_draws_a_stranger(n_entries: int) -> None:
    base = made(topical(n_entries, 6))
    weights = classifier.train(base.matrix, base.corpus.labels, base.corpus.log_priors, base.corpus.keys)
    scores = weights.scores(base.matrix)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert shares[np.arange(len(scores)), base.corpus.labels].min() > 0.5
    stranger = np.exp(weights.scores(csr_array((1, base.matrix.shape[1]), dtype=np.float32)))
    assert (stranger / stranger.sum()).max() == pytest.approx(0.1)
