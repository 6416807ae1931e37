"""Questions about the same stand in one group, led by the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.grouping import groups

if TYPE_CHECKING:
    from knowledge.answerer import Answerer

WORDS = ["park", "my", "car", "cat", "where", "xylophone", "zebra", "the", "?"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=12)


def test_the_same_in_other_words_is_one_group(answerer: Answerer) -> None:
    texts = [
        "is it legal to take cells to mexico",
        "who won the pie contest",
        "may i legally take my cells to mexico",
        "who won the pie contest last summer",
        "zxqv",
        "zxqv!",
    ]
    assert groups(texts, answerer.index("en")) == [[0, 2], [1, 3], [4, 5]]


def test_nothing_makes_no_group(answerer: Answerer) -> None:
    assert groups([], answerer.index("en")) == []


@settings(max_examples=40)
@given(TEXTS)
def test_each_text_is_in_one_group_and_later_ones_change_no_leader(
    small_answerer: Answerer, texts: list[str]
) -> None:
    index = small_answerer.index("en")
    found = groups(texts, index)
    assert sorted(number for group in found for number in group) == list(range(len(texts)))
    assert all(group == sorted(group) for group in found)
    fewer = groups(texts[:-1], index)
    assert [group[0] for group in fewer] == [group[0] for group in found if group[0] < len(texts) - 1]
