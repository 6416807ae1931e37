"""The question that the bundled advisory is about: its answer hangs on where cells go from and to, whatever the places are called."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from knowledge.answerer import Answerer
from knowledge.outcome import Answer, Question

FRAMES = (
    "can i carry my cells from {} to {}",
    "flying {} to {} with my vials, ok?",
    "stem cells {} -> {} allowed?",
    "driving from {} to {} with stored stem cells",
)
SPEAKER_S_VERBS = (
    "can i bring my vials along from {} to {}",
    "coming from {} to {} with my frozen cells",
    "quiero traerme mis células de {} a {}",
    "me las traigo de {} a {}, se puede?",
    "mis células están en {} y las voy a traer a {}",
    "¿puedo llevarme las células desde {} a {}?",
)
"""Where the verb tells where the speaker is, and not which way the cells go."""
HOME = ("wyoming", "tucson", "the us", "key west", "new jersey", "hawaii")
ABROAD = ("thailand", "bogota", "mexico", "the bahamas", "kyiv", "costa rica")
SPANISH_TOO = {"wyoming", "tucson", "new jersey", "hawaii", "bogota", "mexico", "costa rica", "kyiv"}
"""Those of the places that are listed in both languages."""


def answered(
    answerer: Answerer, routes: list[tuple[str, str]], frames: tuple[str, ...] = FRAMES
) -> list[str]:
    """What the messages about some routes are answered with; empty where they are asked back about or declined."""
    outcomes = [
        answerer.answer(Question(frame.format(*route))).outcome for frame, route in product(frames, routes)
    ]
    return [outcome.match.entry_id if isinstance(outcome, Answer) else "" for outcome in outcomes]


ROUTES = pytest.mark.parametrize(
    ("routes", "right", "wrong"),
    [
        (list(product(HOME, ABROAD)), {"is-it-legal"}, {"other-routes", "import-to-us"}),
        (list(product(ABROAD, HOME)), {"import-to-us"}, {"other-routes", "is-it-legal"}),
        (list(permutations(HOME, 2)), {"other-routes"}, {"is-it-legal", "import-to-us"}),
        (list(permutations(ABROAD, 2)), {"other-routes"}, {"is-it-legal", "import-to-us"}),
    ],
    ids=["out of the country", "into it", "within it", "between others"],
)


@ROUTES
def test_a_route_gets_the_answer_of_its_direction_or_is_asked_back_about(
    answerer: Answerer, routes: list[tuple[str, str]], right: set[str], wrong: set[str]
) -> None:
    given = answered(answerer, routes)
    assert sum(entry in right for entry in given) > len(given) / 4
    assert sum(entry in wrong for entry in given) <= 0.05 * len(given)


@ROUTES
def test_bring_and_take_leave_the_direction_to_the_places(
    answerer: Answerer, routes: list[tuple[str, str]], right: set[str], wrong: set[str]
) -> None:
    given = answered(answerer, [route for route in routes if set(route) <= SPANISH_TOO], SPEAKER_S_VERBS)
    assert sum(entry in right for entry in given) > len(given) / 2
    assert sum(entry in wrong for entry in given) <= 0.05 * len(given)
