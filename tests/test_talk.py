"""What a conversation has come to: context for what follows, and how long an urgent answer stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.model import Entry, Kind
from knowledge.outcome import Answer, Clarify, Decline, Match, Outcome, Question, Ranking, Silent
from knowledge.policy import URGENT
from knowledge.talk import MOST_TOLD, STANDS_FOR, Talk
from knowledge.verdict import Verdict

ENTRIES = {
    entry.id: entry
    for entry in (
        Entry("fee", "What does it cost?", "A."),
        Entry("law", "Is it legal?", "A."),
        Entry("fire", "There is a fire.", "Out.", Kind.GUARDRAIL, urgent=True),
        Entry("lawyer", "What of my case?", "Ask.", Kind.GUARDRAIL, related=("fire",)),
        Entry("grief", "I am sad.", "Oh.", Kind.CHITCHAT, related=("fee", "fire")),
        Entry("kept", "Do you keep this?", "No.", Kind.CHITCHAT, related=("fee",)),
        Entry("thanks", "Thank you", "Welcome.", Kind.CHITCHAT, related=("fee",)),
    )
}


def matched(entry: str, confidence: float = 0.9) -> Match:
    return Match(entry, confidence, 0.9, 0.5, "")


def after(talk: Talk, *outcomes: Outcome) -> Talk:
    for outcome in outcomes:
        talk = talk.after(Verdict(outcome, Ranking((), {}, ()), "en"), ENTRIES)
    return talk


def told(talk: Talk, *texts: str, outcome: Outcome | None = None) -> str:
    """What is remembered after messages that all have the same outcome."""
    for text in texts:
        verdict = Verdict(outcome or Decline(), Ranking((), {}, ()), "en", text=text)
        talk = talk.after(verdict, ENTRIES)
    return talk.put(Question("x")).told


FIRE, YES = Answer(matched("fire")), Answer(matched("fire", 0.0), again=True)
THANKS = Answer(matched("thanks"), matched("fire", 0.0), again=True)
SPOKEN = after(Talk(), FIRE)


def test_an_urgent_answer_stands_for_some_messages() -> None:
    assert SPOKEN.put(Question("x")) == Question("x", previous="fire", stands=True, alarm="fire")
    lefts = [after(SPOKEN, *[YES] * n).left for n in range(STANDS_FOR + 1)]
    assert lefts == list(range(STANDS_FOR, -1, -1))
    worn_out = after(SPOKEN, *[YES] * STANDS_FOR)
    assert worn_out.put(Question("x")) == Question("x", previous="fire", alarm="fire")


def test_a_courtesy_beside_it_counts_as_one_of_them() -> None:
    assert after(SPOKEN, THANKS) == replace(SPOKEN, left=STANDS_FOR - 1)


def test_who_speaks_of_the_danger_again_has_as_many_messages_again() -> None:
    again = Answer(matched("fire", URGENT), again=True)
    assert after(SPOKEN, YES, YES, again) == SPOKEN


@pytest.mark.parametrize(
    "outcome",
    [
        Answer(matched("fee")),
        Answer(matched("fee"), matched("fire", 0.0), again=True),
        Clarify((matched("fee"), matched("law"))),
        Clarify((matched("fire"), matched("fee"))),
        Decline(),
    ],
)
def test_it_is_over_when_something_else_was_said(outcome: Outcome) -> None:
    assert not after(SPOKEN, outcome).stands


@pytest.mark.parametrize("options", ["fire fee", "fee fire", "thanks fee fire"])
def test_what_was_only_asked_back_about_never_stands(options: str) -> None:
    talk = after(Talk(), Clarify(tuple(map(matched, options.split()))))
    assert not talk.stands
    assert talk.entry in {"fee", ""}
    assert talk.grave


def test_a_refusal_that_was_only_asked_back_about_is_no_context() -> None:
    talk = after(Talk(), Clarify((matched("lawyer"), matched("fee"))))
    assert talk.put(Question("x")).previous is None


def test_what_was_asked_back_about_is_context_until_none_is_meant() -> None:
    asked = after(Talk(), Clarify((matched("fee"), matched("law"))))
    assert asked.put(Question("x")).previous == "fee"
    assert asked.none_meant() == Talk()
    answered = after(Talk(), Answer(matched("fee")))
    assert answered.none_meant() == answered
    assert SPOKEN.none_meant() == Talk(alarm="fire")


def test_what_was_asked_back_about_can_be_chosen_until_something_else_is_said() -> None:
    asked = after(Talk(), Clarify((matched("lawyer"), matched("fee"), matched("fire"))))
    assert asked.put(Question("x")).options == ("lawyer", "fee")
    assert after(asked, Silent()) == asked
    for others in (asked.none_meant(), after(asked, Answer(matched("fee"))), after(asked, Decline())):
        assert others.options == ()


def test_what_is_asked_of_the_bot_itself_is_context_and_ends_no_grief() -> None:
    assert after(Talk(), Answer(matched("kept"))).put(Question("x")).previous == "kept"
    assert after(Talk(), Clarify((matched("kept"), matched("fee")))).put(Question("x")).previous == "kept"
    assert after(Talk(), Answer(matched("thanks"))).put(Question("x")).previous is None
    assert after(Talk(), Answer(matched("grief")), Answer(matched("kept"))).grave


@pytest.mark.parametrize(
    "outcome",
    [Answer(matched("fee")), Answer(matched("thanks")), Clarify((matched("fee"), matched("law"))), Decline()],
)
def test_the_alarm_lasts_until_nobody_is_in_danger(outcome: Outcome) -> None:
    talk = after(SPOKEN, outcome, Decline(), Answer(matched("law")))
    assert talk.put(Question("x")).alarm == "fire"
    assert talk.none_meant().alarm == "fire"
    assert talk.none_meant(safe=True).alarm == ""
    assert SPOKEN.none_meant(safe=True) == Talk()


@pytest.mark.parametrize("outcome", [Decline(), Silent(), Answer(matched("thanks")), Answer(matched("gone"))])
def test_what_says_nothing_new_changes_nothing(outcome: Outcome) -> None:
    talk = after(Talk(), Answer(matched("fee")))
    assert after(talk, outcome) is talk


def test_silence_among_others_ends_nothing() -> None:
    assert after(SPOKEN, Silent()) is SPOKEN


@pytest.mark.parametrize(
    ("outcome", "grave"),
    [
        (FIRE, True),
        (Answer(matched("grief")), True),
        (Clarify((matched("fire"), matched("fee"))), True),
        (Answer(matched("lawyer")), False),
        (Answer(matched("thanks")), False),
        (Clarify((matched("lawyer"), matched("fee"))), False),
    ],
)
def test_danger_and_grief_are_told_from_the_rest(outcome: Outcome, *, grave: bool) -> None:
    talk = after(Talk(), outcome)
    assert talk.grave == grave
    assert after(talk, Clarify((matched("fee"), matched("law")))).grave == grave
    assert after(talk, Decline()).grave == (outcome is FIRE)
    assert not after(talk, Answer(matched("fee"))).grave


@pytest.mark.parametrize("outcome", [Decline(), Clarify((matched("fee"), matched("law")))])
def test_what_was_told_and_not_answered_is_remembered(outcome: Outcome) -> None:
    assert told(Talk(), "My house is old.", "It leaks", outcome=outcome) == "My house is old.\nIt leaks"
    # What two of them were read together as isn't told twice.
    talk = Talk(told="My house is old.")
    assert told(talk, "My house is old.\nIt leaks", outcome=outcome) == "My house is old.\nIt leaks"


def test_questions_and_words_without_matter_are_not_told() -> None:
    assert told(Talk(), "It leaks. Who pays?", "and so on", "can I move out") == "It leaks."


def test_only_the_end_of_a_long_tale_is_remembered() -> None:
    remembered = told(Talk(), *[f"Brick number {n} is loose" for n in range(100)])
    assert len(remembered) == MOST_TOLD
    assert remembered.endswith("99 is loose")


@pytest.mark.parametrize("outcome", [Answer(matched("fee")), Answer(matched("kept"))])
def test_what_was_told_is_forgotten_with_the_next_answer(outcome: Outcome) -> None:
    assert not after(Talk(told="It leaks"), outcome).told


def test_courtesies_answer_nothing_and_what_is_foreign_or_anothers_is_not_told() -> None:
    talk = Talk(told="It leaks")
    assert after(talk, Answer(matched("thanks"))).told == "It leaks"
    assert told(talk, "C'est la vie", outcome=Decline("fr")) == "It leaks"
    assert told(talk, "") == "It leaks"


def test_after_none_of_these_nothing_is_left_of_it() -> None:
    assert not Talk("fee", options=("fee",), told="It leaks").none_meant().told
    assert not Talk("fee", given=True, told="It leaks").none_meant().told
