"""Confidence that means what it says, and thresholds that keep false answers at the rate asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calibration import (
    BARE,
    GUARDRAIL_FLOOR,
    OFF_TOPIC_SHARE,
    OVERHEARD_FLOOR,
    SHIPPED,
    Calibration,
    Targets,
    Trial,
    calibrate,
)
from knowledge.signals import Signals, Terms, log_odds

TRUE = Terms(
    log_odds=0.8,
    score=-0.3,
    similarity=2.5,
    coverage=1.5,
    length=0.7,
    contrast=2.0,
    covered_odds=0.5,
)
N_SIGNALS = len(Signals._fields)
LOW = np.array([-3, 0, 0, 0, 0.7, 0])
HIGH = np.array([6, 8, 0.5, 1, 3.7, 0.5])
TARGETS = Targets()


def drawn(n: int, seed: int = 3) -> list[Trial]:
    """Messages whose matches are right with the probability that `TRUE` gives; the wrong ones are off topic."""
    rng = np.random.default_rng(seed)
    signals = [Signals(*row) for row in rng.uniform(LOW, HIGH, (n, N_SIGNALS)).tolist()]
    terms = np.array([row.terms() for row in signals])
    right = rng.random(n) < 1 / (1 + np.exp(-(terms @ np.array(TRUE) - 3.5)))
    return [Trial(s, bool(r), off_topic=not r) for s, r in zip(signals, right, strict=True)]


def strays(n: int, *, guardrails: float = 0.0, chatter: bool = False, seed: int = 5) -> list[Trial]:
    """Messages that no entry answers, a share of them matched with a guardrail."""
    rng = np.random.default_rng(seed)
    drawn_signals = rng.uniform(LOW, HIGH, (n, N_SIGNALS)).tolist()
    marked = rng.random(n) < guardrails
    return [
        Trial(Signals(*s), right=False, guardrail=bool(m), off_topic=not chatter, chatter=chatter)
        for s, m in zip(drawn_signals, marked, strict=True)
    ]


def calibration_error(found: Calibration, trials: list[Trial]) -> float:
    """Mean gap between confidence and truth in ten bins; off-topic messages count as in the share assumed."""
    confidence = np.array([found.confidence(t.signals) for t in trials])
    right = np.array([t.right for t in trials])
    counts = np.where(right, (1 - OFF_TOPIC_SHARE) / right.sum(), OFF_TOPIC_SHARE / (~right).sum())
    bins = np.minimum((confidence * 10).astype(int), 9)
    return sum(abs(float((counts * (confidence - right))[bins == k].sum())) for k in range(10))


def gap(found: Calibration) -> float:
    return float(np.abs(np.array(found.weights) - np.array(SHIPPED)).max())


def test_without_messages_the_shipped_calibration_stands() -> None:
    assert calibrate([], TARGETS) == Calibration()


def test_many_messages_give_the_weights_that_they_were_drawn_with() -> None:
    found = calibrate(drawn(20_000), TARGETS)
    np.testing.assert_allclose(found.weights, TRUE, rtol=0.1, atol=0.1)


def test_few_messages_hardly_move_the_shipped_weights_and_more_move_them_further() -> None:
    gaps = [gap(calibrate(drawn(n), TARGETS)) for n in (5, 100, 3_000)]
    assert gaps[0] < 0.5
    assert gaps == sorted(gaps)
    few = calibrate(drawn(5), TARGETS)
    assert few.answer == pytest.approx(Calibration().answer, abs=0.05)
    assert few.overheard == Calibration().overheard


def test_confidence_is_honest_about_messages_that_it_wasnt_fitted_to() -> None:
    fresh = drawn(10_000, seed=99)
    fitted = calibration_error(calibrate(drawn(5_000), TARGETS), fresh)
    assert fitted < 0.03
    assert fitted < 0.7 * calibration_error(Calibration(), fresh)


@pytest.mark.parametrize("target", [0.01, 0.03, 0.1])
def test_the_accepted_share_of_off_topic_messages_is_answered(target: float) -> None:
    trials = [*drawn(2_000), *strays(12_000)]
    found = calibrate(trials, Targets(off_topic=target))
    answered = [found.confidence(t.signals) >= found.answer for t in trials if t.off_topic]
    assert np.mean(answered) == pytest.approx(target, rel=0.2)


def test_the_thinner_the_phrasings_the_less_a_threshold_hangs_on_trials() -> None:
    # By these alone, next to anything could be answered.
    known = [trial for trial in drawn(2_000) if trial.right]
    trials = [*known, *[Trial(Signals(*LOW.tolist()), right=False, off_topic=True)] * 100]
    thresholds = [calibrate(trials, TARGETS, BARE, thinness=thinness).answer for thinness in (1, 3, 10)]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] < BARE.answer - 0.2
    assert thresholds[2] == pytest.approx(BARE.answer, abs=0.08)


@pytest.mark.parametrize("target", [0.01, 0.03])
def test_the_accepted_share_of_off_topic_messages_gets_a_guardrail(target: float) -> None:
    trials = [*drawn(2_000), *strays(12_000, guardrails=0.3)]
    found = calibrate(trials, Targets(guardrail=target))
    redirected = [
        t.guardrail and found.confidence(t.signals) >= found.guardrail for t in trials if t.off_topic
    ]
    assert np.mean(redirected) == pytest.approx(target, rel=0.2)


def test_guardrails_that_nothing_comes_near_still_need_some_confidence() -> None:
    assert calibrate([*drawn(2_000), *strays(4_000)], TARGETS).guardrail == GUARDRAIL_FLOOR


def test_the_accepted_share_of_group_talk_is_answered() -> None:
    trials = [*drawn(2_000), *strays(16_000, chatter=True)]
    found = calibrate(trials, Targets(chatter=0.002))
    answered = [found.confidence(t.signals) >= found.overheard for t in trials if t.chatter]
    # So far out, the sums of evenly spread signals fall off faster than a tail does.
    assert np.mean(answered) == pytest.approx(0.002, rel=0.5)


def test_a_threshold_hangs_on_many_messages_and_not_on_the_one_that_stands_there() -> None:
    """Trials of like messages differ by chance: what is read from them may differ less than the messages do at that rank."""
    own, quantiles = [], []
    known = [trial for trial in drawn(2_000) if trial.right]
    for seed in range(30):
        trials = strays(1_600, seed=seed)
        found = calibrate([*known, *trials], TARGETS)
        confidences = [found.confidence(t.signals) for t in trials]
        own.append(log_odds(found.answer))
        quantiles.append(log_odds(float(np.quantile(confidences, 1 - TARGETS.off_topic))))
    assert np.mean(own) == pytest.approx(np.mean(quantiles), abs=0.15)
    assert np.std(own) < 0.85 * np.std(quantiles)


def test_group_talk_that_hardly_ever_comes_near_an_entry_still_needs_much_confidence() -> None:
    found = calibrate([*drawn(2_000), *strays(4_000, chatter=True)], Targets(chatter=0.9))
    assert found.overheard == OVERHEARD_FLOOR


def test_group_talk_is_no_off_topic_message_addressed_to_the_bot() -> None:
    found = calibrate(strays(500, chatter=True), TARGETS)
    assert found.answer == Calibration().answer


def test_who_accepts_more_false_answers_gets_lower_thresholds() -> None:
    trials = [*drawn(500), *strays(500, guardrails=0.5), *strays(500, chatter=True)]
    strict = calibrate(trials, Targets(0.01, 0.01, 0.001))
    lenient = calibrate(trials, Targets(0.2, 0.2, 0.2))
    assert strict.answer > lenient.answer
    assert strict.guardrail > lenient.guardrail
    assert strict.overheard > lenient.overheard >= OVERHEARD_FLOOR
    assert strict.weights == lenient.weights


@pytest.mark.parametrize("right", [True, False])
def test_messages_of_one_sort_leave_the_shipped_weights(right: bool) -> None:
    trials = [Trial(t.signals, right=right, off_topic=not right) for t in drawn(300)]
    found = calibrate(trials, TARGETS, BARE)
    assert [*found.weights, found.intercept] == pytest.approx([*BARE.weights, BARE.intercept])


def test_a_few_messages_in_scope_among_many_strays_count_for_no_more_than_they_are() -> None:
    lone = [Trial(t.signals, right=False) for t in drawn(2)]
    found = calibrate([*lone, *strays(500)], TARGETS)
    assert gap(found) < gap(calibrate([*drawn(3_000, seed=5), *strays(500)], TARGETS))


def test_the_thinner_the_entries_the_more_the_shipped_weights_count() -> None:
    gaps = [gap(calibrate(drawn(300), TARGETS, thinness=thinness)) for thinness in (1, 3, 10)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < gaps[0] / 2


def test_signals_far_out_of_the_usual_dont_break_the_fit() -> None:
    rng = np.random.default_rng(1)
    wild = [
        Trial(Signals(*(50 * rng.normal(size=N_SIGNALS)).tolist()), right=k % 3 == 0, off_topic=k % 3 == 1)
        for k in range(300)
    ]
    found = calibrate(wild, TARGETS)
    assert np.isfinite(
        [*found.weights, found.intercept, found.answer, found.guardrail, found.overheard]
    ).all()


def test_the_same_messages_give_the_same_calibration() -> None:
    assert calibrate(drawn(400), TARGETS) == calibrate(drawn(400), TARGETS)


@given(st.builds(Signals, *[st.floats(-1e6, 1e6)] * N_SIGNALS))
@settings(deadline=None)
def test_any_confidence_is_a_probability(signals: Signals) -> None:
    assert 0 <= Calibration().confidence(signals) <= 1


@given(
    st.builds(
        Signals,
        st.floats(-14, 14),
        st.floats(-5, 20),
        *[st.floats(0, 1)] * 2,
        st.floats(0, 7),
        st.floats(0, 1),
    ),
    st.floats(0.01, 1),
)
@settings(deadline=None)
def test_more_of_a_welcome_signal_never_lowers_confidence(signals: Signals, more: float) -> None:
    calibration = Calibration()
    welcome = ("log_odds", "similarity") if signals.log_odds < 0 else ("log_odds", "similarity", "coverage")
    for field in welcome:  # knowing the words makes the classifier's no a clearer one
        raised = signals._replace(**{field: getattr(signals, field) + more})
        assert calibration.confidence(raised) >= calibration.confidence(signals)
    stray = signals._replace(stray_similarity=signals.stray_similarity + more)
    assert calibration.confidence(stray) <= calibration.confidence(signals)
