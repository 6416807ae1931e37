"""How many questions one person may ask."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.asking import IN_A_GROUP, IN_PRIVATE, WARNED, WITHIN, Asking

ANNA, BERTA = 1, 2


def ask(asking: Asking, times: int, begin: float, apart: float = 0.1, person: int = ANNA) -> list[bool]:
    return [asking.may(person, (begin, number), begin + number * apart) for number in range(times)]


def test_twenty_questions_a_minute_are_answered_and_no_more() -> None:
    assert ask(Asking(), 30, 1000) == [True] * IN_PRIVATE + [False] * 10


def test_where_others_want_to_ask_as_well_it_is_fewer() -> None:
    asking = Asking()
    allowed = [asking.may((-1, ANNA), number, 1000 + number, IN_A_GROUP) for number in range(IN_A_GROUP + 5)]
    assert allowed == [True] * IN_A_GROUP + [False] * 5
    assert asking.may((-2, ANNA), 0, 1010, IN_A_GROUP), "in another group"


def test_after_a_pause_it_goes_on() -> None:
    asking = Asking()
    ask(asking, IN_PRIVATE + 1, 1000)
    pause_began = 1000 + IN_PRIVATE * 0.1
    assert not asking.may(ANNA, "soon", pause_began + WITHIN - 0.01)
    assert asking.may(ANNA, "later", pause_began + WITHIN)


def test_asking_on_does_not_make_the_pause_longer() -> None:
    asking = Asking()
    ask(asking, IN_PRIVATE + 500, 1000)
    assert asking.may(ANNA, "later", 1000 + IN_PRIVATE * 0.1 + WITHIN)


def test_whoever_asks_steadily_is_always_answered() -> None:
    assert all(ask(Asking(), 500, 1000, apart=WITHIN / IN_PRIVATE + 0.01))


def test_what_gathered_while_the_bot_was_away_counts_when_it_was_written() -> None:
    assert all(ask(Asking(), 100, 1000, apart=30))


def test_a_question_that_is_handled_again_is_not_counted_again() -> None:
    asking = Asking()
    assert all(asking.may(ANNA, "the same", 1000) for _ in range(100))
    assert ask(asking, IN_PRIVATE, 1000) == [True] * (IN_PRIVATE - 1) + [False]
    assert asking.may(ANNA, "the same", 1000)


def test_people_are_counted_apart() -> None:
    asking = Asking()
    ask(asking, IN_PRIVATE + 1, 1000)
    assert ask(asking, IN_PRIVATE, 1000, person=BERTA) == [True] * IN_PRIVATE


def test_somebody_is_told_once_in_each_pause() -> None:
    asking = Asking()
    assert not asking.needs_notice(ANNA)
    ask(asking, IN_PRIVATE + 1, 1000)
    assert asking.needs_notice(ANNA)
    asking.note_notice(ANNA)
    ask(asking, 5, 1010)
    assert not asking.needs_notice(ANNA)
    ask(asking, IN_PRIVATE + 1, 2000)
    assert asking.needs_notice(ANNA)


def test_a_crowd_does_not_fill_the_memory() -> None:
    asking = Asking()
    for person in range(12_000):
        asking.may(person, person, 1000)
    assert len(asking._people) == 10_000


@given(st.lists(st.floats(0, 30), max_size=120))
def test_no_minute_ever_has_more_than_twenty_answers(pauses: list[float]) -> None:
    asking, now, answered = Asking(), 0.0, []
    for number, pause in enumerate(pauses):
        now += pause
        if asking.may(ANNA, number, now):
            answered.append(now)
    for start in answered:
        assert sum(start <= time < start + WITHIN for time in answered) <= IN_PRIVATE


def test_in_a_pause_some_messages_are_looked_at_for_a_danger_until_that_was_answered() -> None:
    asking = Asking()
    assert not asking.may_be_urgent(ANNA)
    ask(asking, IN_PRIVATE + 1, 1000)
    assert [asking.may_be_urgent(ANNA) for _ in range(IN_PRIVATE + 1)] == [True] * IN_PRIVATE + [False]
    ask(asking, IN_PRIVATE + 1, 2000)
    for _ in range(WARNED):
        assert asking.may_be_urgent(ANNA)
        asking.note_warning(ANNA)
    assert not asking.may_be_urgent(ANNA)
