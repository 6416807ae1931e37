"""A clinic that no phrasing names is asked about as well as one that some do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.outcome import Answer, Clarify, Question

if TYPE_CHECKING:
    from knowledge.answerer import Answerer

NAMES = [
    "Stemedica",
    "Medistem",
    "Giostar",
    "Beike",
    "StemGenex",
    "Neuralstem",
    "Johns Hopkins",
    "Cleveland Clinic",
]
FRAMES = {
    "clinic-names": [
        "is {} one of these clinics",
        "does {} make patients carry their cells",
        "is {} named in the article",
        "was it {} that he means",
    ],
    "choose-clinic": ["is {} a good clinic", "{} reviews please", "would you recommend {}"],
}


@pytest.mark.parametrize("entry", FRAMES)
def test_most_questions_about_a_listed_name_are_answered_and_none_is_missed(
    answerer: Answerer, entry: str
) -> None:
    phrasings = " ".join(answerer.entries("en")[entry].phrasings).lower()
    asked = [frame.format(name) for frame in FRAMES[entry] for name in NAMES if name.lower() not in phrasings]
    outcomes = [answerer.answer(Question(text, "en")).outcome for text in asked]
    rightly = [isinstance(found, Answer) and found.match.entry_id == entry for found in outcomes]
    offered = [
        isinstance(found, Clarify) and entry in {match.entry_id for match in found.matches}
        for found in outcomes
    ]
    assert len(asked) >= 20
    assert sum(rightly) > len(asked) / 2
    missed = [text for text, one, other in zip(asked, rightly, offered, strict=True) if not (one or other)]
    assert missed == []
