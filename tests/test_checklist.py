"""A walk through a checklist: each response leads on, each code leads back to the same place, and advice fits."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checklist import MAX_QUESTIONS, Advice, Checklist, ChecklistQuestion, Response, Walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.answerer import Answerer

YES, NO, WONT_SAY, NOT_ASKED = Response


def question(id_: str, *if_yes: str) -> ChecklistQuestion:
    return ChecklistQuestion(id_, f"Is there {id_}?", f"Have you {id_}?", id_, if_yes=if_yes)


def checklist(*questions: ChecklistQuestion, advice: Iterable[Advice] = ()) -> Checklist:
    return Checklist("Questions", questions, tuple(advice))


WATER, POWER = question("water"), question("power")
BILLS = question("bills", "water", "power")
HOUSE = checklist(WATER, POWER, BILLS)


def walked(responses: Iterable[Response], through: Checklist = HOUSE) -> Walk:
    walk = Walk(through)
    for response in responses:
        walk = walk.give(response)
    return walk


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Any checklist whose conditions name earlier questions."""
    ids = [f"q{number}" for number in range(draw(st.integers(1, MAX_QUESTIONS)))]
    conditions = [
        draw(st.lists(st.sampled_from(ids[:at]), unique=True, max_size=3)) if at else []
        for at in range(len(ids))
    ]
    return checklist(*(question(id_, *if_yes) for id_, if_yes in zip(ids, conditions, strict=True)))


RESPONSES = st.lists(st.sampled_from(Response), max_size=MAX_QUESTIONS + 2)


def test_questions_come_in_order_and_end() -> None:
    walk = Walk(HOUSE)
    assert (walk.current, walk.begun) == (WATER, False)
    assert walked([YES]).current == POWER
    assert walked([YES, NO]).current == BILLS
    assert walked([YES, NO, NO]).current is None
    assert walked([YES, NO, NO, YES]) == walked([YES, NO, NO])


@pytest.mark.parametrize("other", [NO, WONT_SAY, NOT_ASKED])
def test_a_question_that_hangs_on_a_yes_is_left_out_without_one(other: Response) -> None:
    walk = walked([other, other])
    assert walk.current is None
    assert [asked.id for asked, _ in walk.said()] == ["water", "power"]


def test_going_back_passes_over_what_was_left_out() -> None:
    assert walked([NO, NO]).back() == walked([NO])
    assert walked([NO]).back() == walked([]).back() == Walk(HOUSE)


@given(checklists(), RESPONSES)
def test_every_code_leads_to_the_same_place(any_list: Checklist, responses: list[Response]) -> None:
    walk = walked(responses, any_list)
    assert Walk.read(any_list, walk.code) == walk
    assert len(walk.code) <= 24
    assert walk.code.replace("-", "").isalnum()
    assert walk.back().back() == Walk.read(any_list, walk.back().back().code)


@given(checklists(), st.text(alphabet="ynwa-x0", max_size=30))
def test_a_made_up_code_leads_nowhere_or_where_one_can_walk(any_list: Checklist, letters: str) -> None:
    walk = Walk.read(any_list, any_list.version + letters)
    assert walk is None or walk == walked([said for _, said in walk.said()], any_list)
    assert Walk.read(any_list, letters) is None or letters.startswith(any_list.version)


def test_a_code_of_other_questions_leads_nowhere() -> None:
    old = walked([YES])
    for edited in (
        checklist(WATER, POWER),
        checklist(POWER, WATER, BILLS),
        checklist(WATER, POWER, question("bills")),
    ):
        assert Walk.read(edited, old.code) is None
    reworded = checklist(ChecklistQuestion("water", "Does water run?", "a", "b"), POWER, BILLS)
    assert Walk.read(reworded, old.code) is not None


@given(checklists(), RESPONSES)
def test_only_what_got_no_clear_reply_is_still_open(any_list: Checklist, responses: list[Response]) -> None:
    walk = walked(responses, any_list)
    said = {asked.id: response for asked, response in walk.said()}
    for asked in walk.open():
        if asked.id in said:
            assert said[asked.id] in (WONT_SAY, NOT_ASKED)
        else:
            assert set(asked.if_yes) & {other.id for other in walk.open()}
    for id_, response in said.items():
        assert (id_ in {asked.id for asked in walk.open()}) == (response in (WONT_SAY, NOT_ASKED))


def test_what_hangs_on_an_open_question_is_open_as_well() -> None:
    assert [asked.id for asked in walked([NOT_ASKED, NO]).open()] == ["water", "bills"]
    assert walked([NO, NO]).open() == []


class TestAdvice:
    """Which advice holds."""

    def holds(self, advice: Advice, *responses: Response) -> bool:
        return bool(walked(responses, checklist(WATER, POWER, advice=[advice])).advice())

    def test_without_condition_always(self) -> None:
        for responses in product(Response, repeat=2):
            assert self.holds(Advice("a"), *responses)

    def test_if_any(self) -> None:
        advice = Advice("a", if_any=(NO, WONT_SAY))
        assert self.holds(advice, YES, WONT_SAY)
        assert not self.holds(advice, YES, NOT_ASKED)

    def test_if_all(self) -> None:
        advice = Advice("a", if_all=(YES, NO))
        assert self.holds(advice, YES, NO)
        assert not self.holds(advice, YES, WONT_SAY)
        assert not self.holds(advice)

    def test_both_conditions_together(self) -> None:
        advice = Advice("a", if_any=(NO,), if_all=(YES, NO))
        assert self.holds(advice, YES, NO)
        assert not self.holds(advice, YES, YES)
        assert not self.holds(advice, NOT_ASKED, NO)

    def test_about_some_questions_alone(self) -> None:
        advice = Advice("a", if_any=(NO,), about=("power",))
        assert self.holds(advice, YES, NO)
        assert not self.holds(advice, NO, YES)

    def test_about_a_question_that_was_left_out(self) -> None:
        advice = Advice("a", if_all=(YES,), about=("bills",))
        through = checklist(WATER, POWER, BILLS, advice=[advice])
        assert walked([NO, NO], through).advice() == []
        assert walked([YES, NO, YES], through).advice() == [advice]

    def test_it_comes_in_the_order_of_the_checklist(self) -> None:
        first, second = Advice("a", if_any=(NO,)), Advice("b")
        assert walked([NO, NO], checklist(WATER, POWER, advice=[second, first])).advice() == [second, first]


class TestBundled:
    """The bundled advisory's checklist, over all that can be said to it."""

    @pytest.fixture(params=["en", "es"])
    def language(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    def all_walks(self, answerer: Answerer, language: str) -> list[Walk]:
        found = answerer.base.checklists[language]
        return list(
            dict.fromkeys(walked(said, found) for said in product(Response, repeat=len(found.questions)))
        )

    def cites(self, walk: Walk) -> set[str]:
        return {cite for advice in walk.advice() for cite in advice.cites}

    def test_the_questions_are_those_of_the_advisory(self, answerer: Answerer, language: str) -> None:
        found = answerer.base.checklists[language]
        assert [(asked.id, asked.cites) for asked in found.questions] == [
            ("fda", ("A17",)),
            ("cdc", ("A17",)),
            ("customs", ("A17",)),
            ("fees", ("A18",)),
            ("papers", ("A19",)),
        ]

    def test_every_end_names_a_lawyer_and_a_doctor(self, answerer: Answerer, language: str) -> None:
        walks = self.all_walks(answerer, language)
        assert len(walks) > 500
        for walk in walks:
            assert walk.current is None
            assert {"A22", "A23"} <= self.cites(walk)

    def test_whoever_gets_no_clear_reply_no_permission_or_every_yes_is_told_not_to_go_ahead(
        self, answerer: Answerer, language: str
    ) -> None:
        for walk in self.all_walks(answerer, language):
            said = {asked.id: response for asked, response in walk.said()}
            evaded = WONT_SAY in said.values() or said.get("papers") is NO
            assert ("A21" in self.cites(walk)) == evaded
            refused = NO in (said["fda"], said["cdc"], said["customs"])
            agreed = all(response is YES for response in said.values())
            assert ("A30" in self.cites(walk)) == (refused or agreed)

    def test_only_where_every_reply_is_yes_the_author_would_like_to_hear_of_a_company(
        self, answerer: Answerer, language: str
    ) -> None:
        for walk in self.all_walks(answerer, language):
            assert ("A20" in self.cites(walk)) == all(response is YES for _, response in walk.said())

    def test_a_message_to_the_clinic_asks_just_what_is_open(self, answerer: Answerer, language: str) -> None:
        for walk in self.all_walks(answerer, language):
            clear = {asked.id for asked, response in walk.said() if response in (YES, NO)}
            still = {asked.id for asked in walk.open()}
            assert not still & clear
            assert bool(still) == any(response in (WONT_SAY, NOT_ASKED) for _, response in walk.said())
