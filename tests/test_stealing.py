"""A phrasing that another entry would draw away is found, with the thief and what drew it; honest ones aren't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.index import build
from knowledge.learned import with_learned
from knowledge.model import Advisory, Entry, KnowledgeBase, LearnedPhrasing, OffTopic, OffTopicMessage
from knowledge.stealing import stolen_by, stolen_phrasings

PARKING = Entry(
    "parking",
    "Where do I park my car?",
    "A.",
    phrasings=(
        "is there a parking space for my car",
        "car park behind the house",
        "where can i park the car at night",
        "parking my car in the yard",
        "may i park a second car",
    ),
)
CATS = Entry(
    "cats",
    "May I keep a cat?",
    "A.",
    phrasings=(
        "are pets allowed in the flat",
        "can i get a kitten",
        "my cat stays indoors",
        "a tomcat as a pet",
    ),
)
STRAYS = (OffTopicMessage("who won the match", OffTopic.FAR),)
PLANTED = "where may i park my car in the yard"


def base(*entries: Entry, language: str = "en") -> KnowledgeBase:
    by_id = {entry.id: replace(entry, language=language) for entry in entries}
    return KnowledgeBase(Advisory("house", "House", languages=(language,)), {}, {language: by_id}, {}, STRAYS)


@pytest.mark.parametrize("rooms", [0, 8], ids=["learned by heart", "among many"])
def test_a_planted_phrasing_is_found_with_its_thief(rooms: int) -> None:
    # Half a dozen copies' worth of parking phrasings outweigh one that stands under the wrong entry.
    crowded = replace(
        PARKING, phrasings=(*PARKING.phrasings, PLANTED + " now", PLANTED + " please", "so " + PLANTED)
    )
    planted = replace(CATS, phrasings=(*CATS.phrasings[:2], PLANTED, *CATS.phrasings[2:]))
    others = [
        Entry(f"r{room}", "Q?", "A.", phrasings=tuple(f"room{room} thing{n} thing{n + 1}" for n in range(50)))
        for room in range(rooms)
    ]
    (theft,) = stolen_phrasings(build(base(crowded, planted, *others)))
    assert (theft.entry_id, theft.phrasing_index, theft.language) == ("cats", 2, "en")
    assert theft.thief_id == "parking"
    assert PLANTED in theft.thief_phrasing
    if rooms:
        assert theft.share is not None
        assert 0.5 < theft.share <= 1
    else:
        assert theft.share is None


def test_honest_phrasings_arent_reported() -> None:
    assert list(stolen_phrasings(build(base(PARKING, CATS)))) == []


def test_thefts_come_in_file_order_with_their_language() -> None:
    copies = tuple(f"{PLANTED} {word}" for word in "now please today soon again here".split())
    crowded = replace(PARKING, phrasings=(*PARKING.phrasings, *copies))
    dogs = Entry("dogs", "May I keep a dog?", "A.", phrasings=("a puppy of my own", "are dogs fine", PLANTED))
    planted = replace(CATS, phrasings=(PLANTED, *CATS.phrasings))
    # As large as the crowded one, which is then of the usual size: what an outsized entry draws by its size isn't counted.
    others = [
        Entry(
            thing, f"{thing}?", "A.", phrasings=tuple(f"{thing} {number} {thing * 2}" for number in range(12))
        )
        for thing in ("lift", "rent", "heating", "cellar")
    ]
    thefts = list(stolen_phrasings(build(base(planted, crowded, dogs, *others, language="sv"), "sv")))
    assert [(theft.entry_id, theft.phrasing_index) for theft in thefts] == [
        ("cats", 0),
        ("dogs", 2),
    ]
    assert {theft.language for theft in thefts} == {"sv"}
    # Each is the other's twin as well.
    assert {theft.thief_phrasing for theft in thefts} <= {*copies, PLANTED}


def test_off_topic_messages_and_canonical_questions_arent_phrasings() -> None:
    twin = Entry("twin", "Where do I park my car?", "A.")
    stray = OffTopicMessage("where do i park my car", OffTopic.FAR)
    index = build(replace(base(PARKING, twin), off_topic=(stray,)))
    assert list(stolen_phrasings(index)) == []


def taken_by(entry_id: str, text: str) -> list[tuple[str, str, str]]:
    """What a new phrasing of an entry would take: (whose, what, who wins it)."""
    written = base(PARKING, CATS)
    added = [LearnedPhrasing("en", entry_id, text)]
    thefts = stolen_by(build(written), build(with_learned(written, added)), added)
    return [(theft.entry_id, text, theft.thief_id) for theft, text in thefts]


def test_a_new_phrasing_that_is_like_its_own_entrys_takes_nothing() -> None:
    assert taken_by("cats", "is a kitten allowed in the flat") == []
    assert taken_by("parking", "where shall i leave my car at night") == []


def test_a_new_phrasing_that_is_nearly_anothers_takes_it_even_if_both_can_be_learned() -> None:
    assert ("parking", "may i park a second car", "cats") in taken_by("cats", "a second car may i park")


def test_a_new_phrasing_that_is_nearly_anothers_question_takes_that() -> None:
    assert ("parking", "Where do I park my car?", "cats") in taken_by("cats", "so where do I park my car")
