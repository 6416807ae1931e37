"""What a conversation has come to: context for what follows, and how long an urgent answer stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.model import Entry, Kind
from knowledge.outcome import (
    Alert,
    Answer,
    Clarify,
    Decline,
    Match,
    Outcome,
    Question,
    Ranking,
    Relief,
    Silent,
)
from knowledge.policy import URGENT
from knowledge.talk import MOST_TOLD, Talk
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


def alerts(*outcomes: Outcome) -> list[Alert]:
    """What is left of the alert after each of several messages."""
    return [after(SPOKEN, *outcomes[:n]).alert for n in range(1, len(outcomes) + 1)]


def test_an_urgent_answer_is_raised_given_in_short_twice_and_fades() -> None:
    assert SPOKEN.put(Question("x")) == Question(
        "x", previous="fire", alarm="fire", alert=Alert.RAISED, grave=True
    )
    assert alerts(YES, YES, YES, Decline()) == [Alert.SHORT, Alert.FADING, Alert.FADING, Alert.FADING]


def test_who_tells_of_the_danger_again_gets_it_once_more_after_that() -> None:
    told = Answer(matched("fire", URGENT), again=True)
    assert alerts(YES, told, told, YES, told) == [Alert.SHORT] * 3 + [Alert.FADING] * 2


@pytest.mark.parametrize(
    ("outcomes", "left"),
    [
        ([Answer(matched("fee"))], [Alert.FADING]),
        ([Answer(matched("fee")), Answer(matched("law"))], [Alert.FADING, Alert.OVER]),
        ([Answer(matched("fee")), Decline()], [Alert.FADING, Alert.OVER]),
        ([THANKS, Decline(), Answer(matched("fee"))], [Alert.FADING] * 3),
        ([THANKS, Answer(matched("fee")), Decline()], [Alert.FADING, Alert.FADING, Alert.OVER]),
        ([Answer(matched("fee"), matched("fire", 0), again=True)], [Alert.SHORT]),
        ([Clarify((matched("fire"), matched("fee")), again=True)], [Alert.SHORT]),
        ([Answer(matched("kept"), matched("fire", 0), again=True)], [Alert.SHORT]),
        ([Decline(again=matched("fire"))], [Alert.SHORT]),
        ([Silent()], [Alert.RAISED]),
    ],
)
def test_what_else_is_said_leaves_less_of_it(outcomes: list[Outcome], left: list[Alert]) -> None:
    assert alerts(*outcomes) == left


def test_good_news_ends_it_unless_help_is_only_coming_or_the_rest_is_unclear() -> None:
    assert SPOKEN.relieved(Relief.WELL) == SPOKEN.relieved(Relief.DENIED) == Talk(alarm="fire")
    assert SPOKEN.relieved(Relief.HELP) == Talk(alarm="fire", alert=Alert.FADING)
    assert SPOKEN.relieved(Relief.WELL, sure=False).alert is Alert.FADING
    assert Talk(grave=True).relieved(Relief.HELP) == Talk()


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (Decline(), Talk(alarm="fire")),
        (Decline(again=matched("fire")), Talk(alarm="fire", alert=Alert.FADING)),
        (Answer(matched("fee")), Talk("fee", given=True, alarm="fire")),
        (Answer(matched("fee"), matched("fire"), again=True), Talk("fee", given=True, alarm="fire")),
        (Clarify((matched("fee"), matched("law"))), Talk("fee", options=("fee", "law"), alarm="fire")),
    ],
)
def test_good_news_beside_something_else(outcome: Outcome, left: Talk) -> None:
    verdict = Verdict(outcome, Ranking((), {}, ()), "en", relief=Relief.WELL)
    assert SPOKEN.after(verdict, ENTRIES) == left


def test_who_points_at_anothers_cry_for_help_is_not_alarmed_and_can_say_that_it_is_over() -> None:
    pointed = Talk().after(Verdict(FIRE, Ranking((), {}, ()), "en", quoted=True), ENTRIES)
    assert pointed == Talk(grave=True)
    assert pointed.put(Question("x")).troubled
    assert not SPOKEN.put(Question("x", quoted=True)).troubled


def test_what_is_only_looked_at_in_a_list_tells_of_no_danger() -> None:
    assert Talk().browsed(ENTRIES["fire"]) == Talk("fire", given=True)
    assert Talk().browsed(ENTRIES["thanks"]) == Talk()
    assert SPOKEN.browsed(ENTRIES["fee"]) == Talk("fee", given=True, alarm="fire", alert=Alert.FADING)
    assert SPOKEN.moved_on() == replace(SPOKEN, alert=Alert.FADING)


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
    assert SPOKEN.none_meant() == Talk(alarm="fire", alert=Alert.FADING)
    assert SPOKEN.none_meant(safe=True) == Talk(alarm="fire")


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
