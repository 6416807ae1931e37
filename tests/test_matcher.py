"""Ranking: the entry meant comes first, inside a story and in a conversation too, and shares add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answerer import Answerer
from knowledge.clauses import clauses
from knowledge.context import COURTESY, FOLLOW_UP_WORDS
from knowledge.index import build
from knowledge.matcher import (
    AGAINST_NEXT,
    CANDIDATES,
    LONG_FROM,
    SURE_BY_ITSELF,
    SURE_DANGER,
    SUSPECTED_BY_ITSELF,
    Matcher,
)
from knowledge.model import Advisory, Entry, Kind, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.outcome import Answer, Clarify, Decline, Question, Ranking
from knowledge.parts import MAX_CLAUSES
from knowledge.remembered import Remembered
from knowledge.spelling import MAX_LOOK_UPS
from knowledge.talk import Talk
from knowledge.weights import Dense

ENTRIES = {
    entry.id: entry
    for entry in (
        Entry(
            "parking", "Where do I park my car?", "A.", topic="outside", related=("fines",),
            phrasings=("is there a parking space for my car", "car park behind the house", "can i leave a van in the yard"),
        ),
        Entry(
            "fines", "What is the fine for parking in the yard?", "A.", topic="outside",
            phrasings=("how much is the parking ticket", "i got fined for my car", "is the penalty high"),
        ),
        Entry(
            "cats", "May I keep a cat?", "A.", topic="inside",
            phrasings=("are pets allowed in the flat", "can i get a kitten", "my cat stays indoors"),
        ),
        Entry(
            "deposit", "What is the deposit for a pet?", "A.", topic="inside",
            phrasings=("how much do i pay for a cat", "is the deposit for my dog high", "pet money up front"),
        ),
    )
}  # fmt: skip
STRAYS = (
    OffTopicMessage("who won the football match last night", OffTopic.FAR),
    OffTopicMessage("see you all at the party", OffTopic.CHATTER),
)
BASE = KnowledgeBase(Advisory("house", "House"), {}, {"en": ENTRIES}, {"en": {}}, STRAYS)
MATCHER = Matcher(build(BASE), ENTRIES)
WORDLESS = (
    "|   \n|\U0001f642|\U0001f642\U0001f642 !!!|\u200b|???|\ud83d|12 345|@someone https://example.org".split(
        "|"
    )
)
STORY = (
    "I moved in last week with my sister and two old friends from school. We painted the walls and nobody slept much."
    " {} I would be glad of any help, and sorry for the long message."
)


def best(ranking: Ranking) -> str:
    return ranking.matches[0].entry_id


def share(ranking: Ranking, entry_id: str) -> float:
    return {match.entry_id: match.probability for match in ranking.matches}[entry_id]


def test_every_canonical_question_of_the_bundled_base_finds_its_entry(answerer: Answerer) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    lost = {
        e.id: found for e in answerer.entries().values() if (found := best(matcher.rank(e.question))) != e.id
    }
    assert not lost


def test_most_questions_of_the_bundled_base_are_found_inside_a_story(answerer: Answerer) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    asked = [entry for entry in answerer.entries().values() if entry.kind is not Kind.CHITCHAT]
    rankings = [matcher.rank(STORY.format(entry.question)) for entry in asked]
    found = [best(ranking) == entry.id for ranking, entry in zip(rankings, asked, strict=True)]
    read = [ranking.clause == entry.question for ranking, entry in zip(rankings, asked, strict=True)]
    assert np.mean(found) > 0.75
    assert np.mean(read) > 0.65


def _plainly_tells(phrasing: str) -> bool:
    words = phrasing.split()
    return (
        len(words) > 6
        and words[0] in {"My", "They", "We"}
        and "?" not in phrasing
        and len(clauses(phrasing)) == 1
    )


def test_a_known_sentence_that_tells_doesnt_silence_the_question_beside_it(answerer: Answerer) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    plain = [entry for entry in answerer.entries().values() if entry.kind in {Kind.FAQ, Kind.GAP}]
    told = [next(filter(_plainly_tells, entry.phrasings), "").rstrip(".") for entry in plain]
    found, alone = [], []
    for asked, telling in zip(plain, told[1:], strict=False):
        if telling:
            rankings = (
                matcher.rank(STORY.format(beside))
                for beside in (f"{telling}. {asked.question}", f"{asked.question} {telling}.")
            )
            found += [best(ranking) == asked.id for ranking in rankings]
            alone.append(matcher.rank(STORY.format(f"{telling}.")).clause == f"{telling}.")
    assert len(alone) > 20
    assert np.mean(found) > 0.9
    assert np.mean(alone) > 0.8  # where nothing is asked, it still speaks


def test_no_previous_entry_of_the_bundled_base_draws_a_clear_question_to_itself(answerer: Answerer) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    asked = [entry for entry in answerer.entries().values() if entry.kind is not Kind.CHITCHAT]
    found = [
        best(matcher.rank(entry.question, before.id)) == entry.id
        for entry, before in zip(asked, asked[7:], strict=False)
    ]
    assert np.mean(found) > 0.95


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_phrasings_and_typos_find_their_entry(entry: Entry) -> None:
    for text in (entry.question, *entry.phrasings, entry.question.replace("ar", "aar").upper()):
        ranking = MATCHER.rank(text)
        assert best(ranking) == entry.id
        assert ranking.clause == ""


def test_a_match_says_which_phrasing_drew_it() -> None:
    match = MATCHER.rank("could I get a kitten please").matches[0]
    assert (match.entry_id, match.phrasing) == ("cats", "can i get a kitten")
    assert 0.3 < match.similarity < 1


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("my car cat kitten yard football party xyzzy. ?\n pet the".split(" "))).map(
        " ".join
    ),
    st.none() | st.sampled_from(sorted(ENTRIES)),
)
@settings(deadline=None)
def test_shares_of_entries_and_off_topic_kinds_add_up_to_one_at_most(text: str, previous: str | None) -> None:
    ranking = MATCHER.rank(text, previous)
    if ranking.matches:
        assert len(ranking.matches) == len(ENTRIES) < CANDIDATES
        assert set(ranking.off_topic) == {"far", "chatter"}
        if ranking.also is None:  # each of two questions has shares of its own
            total = sum(m.probability for m in ranking.matches) + sum(ranking.off_topic.values())
            assert total <= 1 + 1e-5  # the rest is the share of what belongs to none
            shares = [match.probability for match in ranking.matches]
            assert shares == sorted(shares, reverse=True)
        assert all(0 <= m.confidence <= 1 and 0 <= m.similarity <= 1 + 1e-5 for m in ranking.matches)
    else:
        assert not ranking.off_topic


def test_a_courtesy_is_one_whatever_came_before() -> None:
    polite = Matcher(MATCHER.index, ENTRIES | {"cats": replace(ENTRIES["cats"], kind=Kind.CHITCHAT)})
    said = "and pets"
    alone = polite.rank(said).matches
    assert alone[0].probability > COURTESY
    assert polite.rank(said, "parking").matches == alone
    assert MATCHER.rank(said, "parking").matches != alone


def test_shares_add_up_in_a_conversation_however_sure_the_classifier_is() -> None:
    weights = MATCHER.index.weights
    assert isinstance(weights, Dense)
    assert weights.steps is not None
    sure = Matcher(replace(MATCHER.index, weights=replace(weights, steps=20 * weights.steps)), ENTRIES)
    ranking = sure.rank("who won the football match", "cats")
    assert ranking.off_topic["far"] > 0.99
    total = sum(m.probability for m in ranking.matches) + sum(ranking.off_topic.values())
    assert total == pytest.approx(1, abs=1e-5)


def test_off_topic_kinds_take_their_share() -> None:
    off_topic = MATCHER.rank("who won the football match").off_topic
    assert off_topic["far"] > 0.5 > off_topic["chatter"]
    assert MATCHER.rank("see you at the party").off_topic["chatter"] > 0.5


@pytest.mark.parametrize("text", WORDLESS)
@pytest.mark.parametrize("previous", [None, "cats"])
def test_a_text_without_a_known_word_has_no_matches(text: str, previous: str | None) -> None:
    ranking = MATCHER.rank(text, previous)
    assert (ranking.matches, ranking.off_topic, ranking.clause) == ((), {}, "")


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_question_inside_a_story_is_found_and_its_clause_told(entry: Entry) -> None:
    ranking = MATCHER.rank(STORY.format(entry.question))
    assert len(ranking.tokens) > LONG_FROM
    assert best(ranking) == entry.id
    assert ranking.clause == entry.question


def test_a_story_around_a_question_leaves_it_nearly_as_sure() -> None:
    for entry in ENTRIES.values():
        inside = MATCHER.rank(STORY.format(entry.question)).matches[0]
        assert inside.entry_id == entry.id
        assert inside.similarity == pytest.approx(1, abs=1e-4)
        assert inside.confidence > MATCHER.rank(entry.question).matches[0].confidence - 0.05


SURE = Matcher(
    replace(MATCHER.index, calibration=replace(MATCHER.index.calibration, answer=0.2)),
    ENTRIES | {"deposit": replace(ENTRIES["deposit"], kind=Kind.GUARDRAIL)},
)


def test_what_is_asked_in_a_story_is_surer_than_what_is_told_in_it() -> None:
    told = ENTRIES | {"parking": replace(ENTRIES["parking"], kind=Kind.GUARDRAIL)}
    for text in (
        STORY.format("Where might I park the car at night?"),
        STORY.format("Is there space for a car?"),
    ):
        asked, as_danger = MATCHER.rank(text).matches[0], Matcher(MATCHER.index, told).rank(text).matches[0]
        assert asked.entry_id == as_danger.entry_id == "parking"
        assert asked.confidence > as_danger.confidence
        plain = MATCHER.rank(
            text.replace("?", ".").replace("Where might I", "I must").replace("Is there", "There is")
        )
        assert plain.matches[0].confidence < asked.confidence


def test_of_two_questions_the_first_comes_first_and_the_second_is_noted() -> None:
    for text in ("Where do I park my car? May I keep a cat?", "where do i park my car and may i keep a cat"):
        ranking = SURE.rank(text)
        assert best(ranking) == "parking"
        assert ranking.clause.lower().startswith("where do i park my car")
        assert ranking.also is not None
        assert ranking.also.entry_id == "cats"
    other_way_round = SURE.rank("May I keep a cat? Where do I park my car?")
    assert best(other_way_round) == "cats"
    assert other_way_round.also is not None


def test_of_two_questions_the_one_about_a_danger_comes_first() -> None:
    ranking = SURE.rank("Where do I park my car? What is the deposit for a pet?")
    assert best(ranking) == "deposit"
    assert ranking.also is not None
    assert ranking.also.entry_id == "parking"


def test_a_known_question_in_a_story_doesnt_hide_a_danger_in_it() -> None:
    story = STORY.format("Where do I park my car?")
    assert SURE.rank(story).clause == "Where do I park my car?"
    shares = SURE.rank(story.replace("nobody slept much.", "what is the deposit for a pet?"))
    assert best(shares) == "deposit"


def test_a_danger_told_beside_another_question_is_noted() -> None:
    story = STORY.format("Where do I park my car? May I keep a cat?")
    assert SURE.rank(story).danger is None
    told = SURE.rank(story.replace("nobody slept much.", "we paid a deposit for the pet up front.")).danger
    assert told is not None
    assert told.entry_id == "deposit"
    assert told.confidence >= SURE_DANGER


def test_a_question_that_is_asked_twice_or_unclear_isnt_a_second_one() -> None:
    assert SURE.rank("Where do I park my car? where may i park the car?").also is None
    assert SURE.rank("Where do I park my car? who won the football match last night?").also is None
    assert SURE.rank("Where do I park my car?").also is None


def test_a_story_without_marks_is_read_as_a_whole() -> None:
    ranking = MATCHER.rank(" ".join(["we moved in and then we wanted to know where do i park my car"] * 3))
    assert ranking.clause == ""
    assert best(ranking) == "parking"


def test_clauses_too_short_to_mean_anything_arent_read() -> None:
    ranking = MATCHER.rank(
        "My car. My van. The yard. " + "So I ask you all where one may park around here please tell me. " * 2
    )
    assert ranking.clause not in {"My car.", "My van.", "The yard."}


def test_of_very_many_clauses_the_first_and_the_last_are_read() -> None:
    rubbish = [f"xyz abc qqq{number}. " for number in range(MAX_CLAUSES)]
    half = MAX_CLAUSES // 2
    for before, read in ((0, True), (half - 1, True), (half, False), (half + 1, True), (MAX_CLAUSES, True)):
        text = "".join([*rubbish[:before], "May I keep a cat? ", *rubbish[before:]])
        assert (MATCHER.rank(text).clause == "May I keep a cat?") is read, before


def test_a_sentence_said_over_and_over_counts_once() -> None:
    rubbish = "xyz abc qqq. " * (2 * MAX_CLAUSES)
    assert MATCHER.rank(rubbish + "May I keep a cat? " + rubbish).clause == "May I keep a cat?"


def test_a_message_uses_its_look_ups_once_however_many_clauses_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matcher = Matcher(build(BASE), ENTRIES)
    asked: list[str] = []
    speller = matcher.index.speller

    def noted(token: str) -> tuple[str, ...]:
        asked.append(token)
        return speller._look_up(token)

    monkeypatch.setattr(speller, "_found", Remembered(noted))
    matcher.rank("".join(f"zq{chr(97 + n % 26)}{chr(97 + n // 26)}zq my car. " for n in range(99)))
    assert len(asked) == MAX_LOOK_UPS


@pytest.mark.parametrize("question", ["Wheer doo I prak my carr?", "wheer can i prak my carr"])
def test_what_is_asked_is_mended_before_the_story_around_it(question: str) -> None:
    names = " ".join(f"zq{chr(97 + n)}zqzq" for n in range(MAX_LOOK_UPS + 8))
    story = f"We moved in with {names} and nobody slept much. {question}"
    ranking = MATCHER.rank(story)
    assert best(ranking) == "parking"
    assert "park" in ranking.tokens
    assert "park" in MATCHER.rank(f"{question}. {story.replace(question, 'The end of it.')}").tokens


def test_a_follow_up_leans_on_the_entry_before() -> None:
    for text in ("how much", "how much is that", "how much then"):
        assert best(MATCHER.rank(text, "parking")) == "fines"
        assert best(MATCHER.rank(text, "cats")) == "deposit"
    for previous in ENTRIES:
        assert best(MATCHER.rank("why", previous)) == previous


def test_a_listed_follow_up_means_what_its_curator_says_and_elsewhere_something_like_it() -> None:
    listed: dict[str, dict[str, tuple[str, ...]]] = {
        "parking": {"fines": ("or what", "what if i do it anyway"), "parking": ("once more in short",)},
        "cats": {"deposit": ("or what",)},
    }
    entries = {id_: replace(entry, follow_ups=listed.get(id_, {})) for id_, entry in ENTRIES.items()}
    matcher = Matcher(build(replace(BASE, entries={"en": entries})), entries)
    said = [(text, previous) for text in ("or what", "or else what") for previous in ("parking", "cats")]
    assert [best(matcher.rank(*asked)) for asked in said] == ["fines", "deposit"] * 2
    unlisted = MATCHER.rank("or what", "parking")
    assert share(matcher.rank("or what", "parking"), "fines") > 2 * share(unlisted, "fines")
    for previous in ("deposit", "fines"):
        assert best(matcher.rank("once more in short", previous)) == previous
    assert best(matcher.rank("is there a parking space for my car", "cats")) == "parking"
    assert matcher.rank("or what") == MATCHER.rank("or what")


def test_the_entry_before_and_its_neighbours_gain_and_others_lose() -> None:
    alone, after = MATCHER.rank("is it high"), MATCHER.rank("is it high", "parking")
    assert share(after, "parking") > share(alone, "parking")
    assert share(after, "fines") > share(alone, "fines")
    assert share(after, "cats") < share(alone, "cats")
    assert sum(after.off_topic.values()) < sum(alone.off_topic.values())


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("previous", ENTRIES)
def test_a_clear_new_question_doesnt_lean(entry: Entry, previous: str) -> None:
    assert best(MATCHER.rank(entry.question, previous)) == entry.id


@pytest.mark.parametrize(
    ("text", "previous"),
    [
        pytest.param("is it high", "no-such-entry", id="an entry that isn't there"),
        pytest.param(
            "well " * 3 + "so then is it high if one asks you kindly for it here",
            "parking",
            id="a message that stands by itself",
        ),
    ],
)
def test_what_came_before_doesnt_matter(text: str, previous: str) -> None:
    assert "no-such" in previous or len(MATCHER.rank(text).tokens) > FOLLOW_UP_WORDS
    assert MATCHER.rank(text, previous) == MATCHER.rank(text)


def test_at_most_so_many_candidates_are_ranked() -> None:
    entries = {f"e{n}": Entry(f"e{n}", f"question number {n} of many", "A.") for n in range(CANDIDATES + 4)}
    matcher = Matcher(build(KnowledgeBase(Advisory("x", "X"), {}, {"en": entries}, {})), entries)
    assert len(matcher.rank("question number 3 of many").matches) == CANDIDATES
    assert matcher.rank("question number 3 of many").off_topic == {}


def test_a_known_question_is_itself_whatever_came_before(answerer: Answerer) -> None:
    entries = answerer.entries("en")
    before = [entry.id for entry in entries.values() if entry.kind is Kind.FAQ][::9]
    for entry in entries.values():
        for previous in before:
            ranking = answerer.answer(Question(entry.question, previous=previous)).ranking
            assert ranking.matches[0].entry_id == entry.id, (entry.id, previous)


@pytest.mark.parametrize("options", [(), ("other-nationals", "other-routes", "destinations")])
@pytest.mark.parametrize(
    "text", ["cells from europe into america", "is it illegal to fly to Mexico with my cells", "who wrote it"]
)
def test_context_makes_no_question_unsure_that_is_plain_by_itself(
    answerer: Answerer, text: str, options: tuple[str, ...]
) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    alone = matcher.rank(text).matches[0]
    assert alone.confidence >= SURE_BY_ITSELF
    for previous in ("other-nationals", "other-routes", "clinic-names", "export-fee"):
        after = matcher.rank(text, previous, options).matches[0]
        assert after.entry_id == alone.entry_id
        assert after.confidence >= SURE_BY_ITSELF, previous


@pytest.mark.parametrize(
    ("text", "previous", "guardrail"),
    [
        ("I could just keep quiet about it", "declare-at-border", "evade-border"),
        ("and how would I sneak one in", "export-certificate", "evade-border"),
        ("then I have nothing left to live for", "refund", "emergency"),
    ],
)
def test_context_hides_no_guardrail_that_a_message_means_by_itself(
    answerer: Answerer, text: str, previous: str, guardrail: str
) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    alone, after = matcher.rank(text), matcher.rank(text, previous)
    assert alone.suspected is not None
    assert alone.suspected.entry_id == guardrail
    assert alone.suspected.confidence >= SUSPECTED_BY_ITSELF
    assert after.suspected == alone.suspected
    outcome = answerer.answer(Question(text, previous=previous)).outcome
    assert isinstance(outcome, Answer | Clarify)
    offered = outcome.matches if isinstance(outcome, Clarify) else (outcome.match, outcome.also)
    assert guardrail in {match.entry_id for match in offered if match}


@pytest.mark.parametrize(
    ("told", "beside"),
    [
        ("They say the place in Prague is good.", None),
        ("Is there one in Prague that you would choose for a bad knee?", "choose-clinic"),
        ("At the border we will hide the vials in a shoe so that no officer finds them.", "evade-border"),
    ],
)
def test_a_sentence_of_a_story_means_a_guardrail_only_where_the_whole_bears_it_out(
    answerer: Answerer, told: str, beside: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = (
        f"We drove down to the lake with the kids and it rained for two days. {told} The dog ate the sandwiches and my wife laughed."
        " Does FedEx take a box with frozen cells in it?"
    )

    def offered() -> set[str]:
        outcome = answerer.answer(Question(story)).outcome
        assert isinstance(outcome, Answer | Clarify)
        matches = outcome.matches if isinstance(outcome, Clarify) else (outcome.match, outcome.also)
        return {match.entry_id for match in matches if match}

    assert offered() == {"courier", beside} - {None}
    monkeypatch.setattr("knowledge.matcher.FAINT", 0.0)
    assert offered() == {"courier", beside or "choose-clinic"}


def test_what_says_nothing_of_its_own_or_tells_a_story_is_suspected_of_nothing_as_a_whole(
    answerer: Answerer,
) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    assert matcher.rank("and if I don't?", "declare-at-border").suspected is None
    told = (
        "I want to die. " + "We drove down to the coast and had a good time with the whole family there. " * 3
    )
    assert matcher.rank("I want to die.").suspected is not None
    assert matcher.rank(told).suspected is None


def test_in_context_an_entry_is_no_surer_than_its_share_against_the_next_one_allows(
    answerer: Answerer,
) -> None:
    matcher = Matcher(answerer.index(), answerer.entries())
    held_back = 0
    for previous in ("seized", "refund", "is-it-legal", "clinic-names"):
        for text in ("what if they ask her", "do they say who", "is it the same for her", "at the bank too?"):
            first, second = matcher.rank(text, previous).matches[:2]
            odds = (first.probability / second.probability) ** AGAINST_NEXT
            alone = matcher.rank(text).matches[0].confidence
            assert first.confidence <= max(odds / (1 + odds), alone) + 1e-9, (text, previous)
            held_back += first.confidence == pytest.approx(odds / (1 + odds))
    assert held_back, "none of them is torn between two entries"


@pytest.mark.parametrize("previous", ["seized", "refund", "is-it-legal", "companion-carries"])
@pytest.mark.parametrize(
    "text",
    ["same here lol", "the pizza was good last night", "good luck to all of you", "my phone is at 3 percent"],
)
def test_talk_that_asks_nothing_isnt_about_the_answer_before_it(
    answerer: Answerer, text: str, previous: str
) -> None:
    talk = Talk(previous, given=True)
    assert isinstance(answerer.answer(talk.put(Question(text))).outcome, Decline)


def test_a_question_that_is_small_talk_by_itself_is_about_the_answer_before_it(answerer: Answerer) -> None:
    talk = Talk("own-cells", given=True)
    assert answerer.answer(talk.put(Question("why not?"))).answered == "own-cells"


def test_what_is_off_the_subject_stays_so_in_a_conversation(answerer: Answerer) -> None:
    text = "who won the football game last night"
    alone = answerer.answer(Question(text)).ranking
    after = answerer.answer(Question(text, previous="what-to-do")).ranking
    assert after.off_topic["far"] == pytest.approx(alone.off_topic["far"], abs=0.01)
