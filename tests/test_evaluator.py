"""The evaluator: putting judged questions, explaining what was missed, and printing; on a small knowledge base."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.answerer import Answerer
from knowledge.evaluator import evaluate, judge
from knowledge.explain import drawn_by
from knowledge.features import grams
from knowledge.index import Index
from knowledge.judged import Judged, read_questions
from knowledge.model import Advisory, Entry, Kind, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.outcome import Answer, Decline, Match, Question, Ranking
from knowledge.report import Report, table
from knowledge.verdict import Verdict
from knowledge.word_vectors import WordVectors

ANSWERED = {id_: Entry(id_, "?", "A.") for id_ in ("first", "second")} | {
    "greeting": Entry("greeting", "Hello", "Hello.", kind=Kind.CHITCHAT)
}


def scripted(outcomes: dict[str, str], asked: list[Question]) -> Callable[[Question], Verdict]:
    """Answers with the entry scripted for a text, declines where there is none, and notes what was asked."""

    def answer(question: Question) -> Verdict:
        asked.append(question)
        match = Match(outcomes.get(question.text, "other"), 0.5, 0.5, 0.5, "")
        outcome = Answer(match) if question.text in outcomes else Decline()
        return Verdict(outcome, Ranking((match,), {}, ()), "en")

    return answer


def test_a_turn_is_put_with_the_entry_answered_last_and_declines_keep_it() -> None:
    asked: list[Question] = []
    turns = [Judged(text, (), "dialogue", "c1") for text in ("hm", "one", "what", "two", "three")]
    rows = judge(turns, scripted({"one": "first", "two": "second"}, asked), ANSWERED)
    assert [question.previous for question in asked] == [None, None, "first", "first", "second"]
    assert [row.later for row in rows] == [False, True, True, True, True]
    assert [row.previous for row in rows] == [None, None, "first", "first", "second"]


def test_a_courtesy_gives_no_context() -> None:
    asked: list[Question] = []
    turns = [Judged(text, (), "dialogue", "c1") for text in ("one", "hello", "two")]
    judge(turns, scripted({"one": "first", "hello": "greeting"}, asked), ANSWERED)
    assert [question.previous for question in asked] == [None, "first", "first"]


def test_conversations_dont_mix_and_lone_questions_have_no_past() -> None:
    asked: list[Question] = []
    turns = [
        Judged("one", (), "dialogue", "c1"),
        Judged("two", (), "dialogue", "c2"),
        Judged("one", (), "in-scope"),
        Judged("again", (), "in-scope"),
        Judged("again", (), "dialogue", "c1"),
        Judged("again", (), "dialogue", "c2"),
    ]
    rows = judge(turns, scripted({"one": "first", "two": "second"}, asked), ANSWERED)
    assert [question.previous for question in asked] == [None, None, None, None, "first", "second"]
    assert [row.later for row in rows] == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    ("kind", "overheard"), [("chatter", True), ("overheard", True), ("in-scope", False), ("oos-near", False)]
)
def test_group_talk_is_put_as_overheard(kind: str, overheard: bool) -> None:
    asked: list[Question] = []
    judge([Judged("hi", (), kind, language="es")], scripted({}, asked))
    assert asked == [Question("hi", "es", overheard=overheard)]


ENTRIES = {
    "opening": ["when do you open", "opening hours", "are you open on sunday", "what time do you close"],
    "parking": ["where can i park", "is there parking", "car park nearby", "can i leave my car there"],
    "dogs": ["can i bring my dog", "are dogs allowed", "is a puppy welcome inside", "pets inside"],
    "tickets": [
        "how much is a ticket",
        "price of admission",
        "what does it cost",
        "ticket prices for children",
    ],
}
STRAY = ["who won the football", "will it rain tomorrow", "write me a poem", "what is the capital of peru"]
QUESTIONS = """
{"q": "what are the opening hours", "ids": ["opening"]}
{"q": "may my puppy come inside", "ids": ["dogs"]}
{"q": "parking price", "ids": ["parking"]}
{"q": "a ticket please", "ids": ["opening"]}
{"q": "is there parking for dogs", "ids": ["shop"]}
{"q": "poem about rain", "ids": [], "kind": "oos-far"}
{"q": "xyzzy", "ids": ["dogs"]}
{"q": "are dogs allowed", "ids": ["dogs"], "kind": "dialogue", "chat": "c1"}
{"q": "and parking", "ids": ["parking"], "kind": "dialogue", "chat": "c1"}
{"q": "lovely puppy", "ids": [], "kind": "chatter"}
"""


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    entries = {
        id_: Entry(id_, said[0], "It is so.", phrasings=tuple(said[1:])) for id_, said in ENTRIES.items()
    }
    stray = tuple(OffTopicMessage(text, OffTopic.FAR) for text in STRAY)
    return Answerer(KnowledgeBase(Advisory("museum", "Museum"), {}, {"en": entries}, {"en": {}}, stray))


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> Report:
    questions, problems = read_questions(QUESTIONS)
    assert problems == []
    return evaluate(questions, answerer)


def logit(index: Index, tokens: list[str], class_: str) -> float:
    return float(index.logits(index.space.vector(tokens))[index.classes.index(class_)])


@pytest.mark.parametrize(
    "text",
    [
        "can i bring my dog",
        "dogs dogs dogs and my dog",
        "where do I leave my parked car, is there parking on sunday?",
        "parking unheard of",
        "price",
        "pets inside",
    ],
)
def test_the_words_parts_sum_to_the_difference_of_the_scores(answerer: Answerer, text: str) -> None:
    index = answerer.index()
    tokens = index.tokens(text)
    parts = drawn_by(index, tokens, "dogs", "parking")
    assert sum(part.score for part in parts) == pytest.approx(
        logit(index, tokens, "dogs") - logit(index, tokens, "parking"), abs=1e-4
    )
    assert sorted(part.word for part in parts) == sorted(set(tokens))
    assert [part.score for part in parts] == sorted((part.score for part in parts), reverse=True)


def test_the_word_that_draws_comes_first_and_the_one_against_it_last(answerer: Answerer) -> None:
    index = answerer.index()
    parts = drawn_by(index, index.tokens("parking for my dog"), "dogs", "parking")
    assert parts[0].word == "dog"
    assert parts[0].score > 0
    assert parts[-1].word == "parking"
    assert parts[-1].score < 0


def test_a_pair_is_shared_by_its_words_and_an_end_belongs_to_one(answerer: Answerer) -> None:
    index = answerer.index()
    tokens = ["can", "i"]
    vector = index.space.vector(tokens)
    every = np.arange(len(index.space), dtype=np.int32)
    dogs, parking = (index.weights.of(every, index.classes.index(id_)) for id_ in ("dogs", "parking"))
    leaning = dogs - parking
    values = dict(zip(vector.columns.tolist(), vector.values.tolist(), strict=True))

    def pull(key: str) -> float:
        column = index.space.columns.get(key)
        return values[column] * float(leaning[column]) if column is not None else 0.0

    embedder = index.space.embedder
    assert isinstance(embedder, WordVectors)
    meanings = math.sqrt(embedder.share) * embedder.shares(tokens) @ leaning[-embedder.dimensions :]
    shared, first = pull("p can i"), pull("p ^ can")
    assert shared != 0
    assert first != 0
    letters = sum(pull(gram) for gram in grams("can"))
    parts = {part.word: part.score for part in drawn_by(index, tokens, "dogs", "parking")}
    assert parts["can"] == pytest.approx(pull("w can") + letters + first + shared / 2 + meanings[0], abs=1e-5)


def test_swapping_the_classes_turns_the_signs(answerer: Answerer) -> None:
    index = answerer.index()
    tokens = index.tokens("is there parking for my dog")
    there = {part.word: part.score for part in drawn_by(index, tokens, "dogs", "parking")}
    back = {part.word: part.score for part in drawn_by(index, tokens, "parking", "dogs")}
    assert there == pytest.approx({word: -score for word, score in back.items()})


def test_no_word_draws_nothing_and_an_unknown_class_is_refused(answerer: Answerer) -> None:
    index = answerer.index()
    assert drawn_by(index, [], "dogs", "parking") == []
    with pytest.raises(ValueError, match="not in tuple"):
        drawn_by(index, ["dog"], "shop", "parking")


def test_the_report_counts_kinds_and_turns_apart(report: Report) -> None:
    assert {kind: counts.n for kind, counts in report.kinds.items()} == {
        "in-scope": 6,
        "oos-far": 1,
        "dialogue": 2,
        "chatter": 1,
    }
    assert (report.first_turns.n, report.later_turns.n) == (1, 1)
    assert report.kinds["in-scope"].top1 == sum(
        row.first_right for row in report.judgements if row.question.kind == "in-scope"
    )
    assert report.kinds["in-scope"].top1 >= 2
    assert sum(bin_.n for bin_ in report.reliability) == 9, "all but chatter"
    assert sum(bin_.n for bin_ in report.reliability_in_scope) == 8


def test_a_miss_is_explained_by_its_words(report: Report) -> None:
    miss = next(miss for miss in report.misses if miss.judgement.question.text == "a ticket please")
    assert miss.judgement.best is not None
    assert miss.judgement.best.entry_id == "tickets"
    assert miss.drawn[0].word == "ticket"


def test_a_miss_is_explained_against_the_likeliest_of_several_accepted_entries(answerer: Answerer) -> None:
    question = Judged("a ticket for my dog on sunday", ("opening", "parking", "dogs"), "in-scope")
    index = answerer.index()
    tokens = index.tokens(question.text)
    scores = {id_: logit(index, tokens, id_) for id_ in ENTRIES}
    wrong = replace(
        question, accepted=tuple(id_ for id_ in ENTRIES if id_ != max(scores, key=scores.__getitem__))
    )
    (miss,) = evaluate([wrong], answerer).misses
    expected = max(scores.values()) - max(scores[id_] for id_ in wrong.accepted)
    assert sum(part.score for part in miss.drawn) == pytest.approx(expected, abs=1e-4)


def test_a_long_miss_is_explained_by_the_part_that_drew_it(answerer: Answerer) -> None:
    story = (
        "We set out early and the weather was fine and my aunt sang all the way to the river and back again. "
    )
    (miss,) = evaluate([Judged(story + "Are dogs allowed?", ("tickets",), "in-scope")], answerer).misses
    assert miss.judgement.verdict.ranking.clause == "Are dogs allowed?"
    assert {part.word for part in miss.drawn} == {"are", "dogs", "allowed"}
    assert (
        'the part that drew it: "Are dogs allowed?"' in evaluate([miss.judgement.question], answerer).text()
    )


def test_misses_with_a_wrong_answer_come_first_then_the_more_confident(report: Report) -> None:
    order = [(miss.judgement.verdict.answered is None, -miss.judgement.confidence) for miss in report.misses]
    assert order == sorted(order)
    assert {miss.judgement.question.text for miss in report.misses} >= {"a ticket please", "xyzzy"}


def test_an_unknown_accepted_id_is_told_and_hurts_nothing(report: Report) -> None:
    assert report.unknown_ids == ("shop",)
    assert "has no entry shop" in report.text()


def test_the_text_shows_what_a_curator_needs(report: Report) -> None:
    text = report.text()
    assert text.startswith("10 judged questions, 1 conversation among them")
    for part in ('"a ticket please"', "meant: opening", "given: tickets", "drawn there by: ticket +"):
        assert part in text
    assert "nothing, since no word of it is known" in text
    assert "opening -> tickets" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_as_many_misses_are_shown_as_asked_for(report: Report) -> None:
    assert report.text(misses=1).count("meant: ") == 1
    assert "meant: " not in report.text(misses=0)
    assert report.text(misses=999).count("meant: ") == len(report.misses) > 1


def test_an_empty_report_prints() -> None:
    entries = {"a": Entry("a", "a question", "An answer.")}
    small = Answerer(KnowledgeBase(Advisory("a", "A"), {}, {"en": entries}, {"en": {}}))
    report = evaluate([], small)
    assert report.text().startswith("0 judged questions; 0 missed")
    assert report.to_json()["questions"] == []


def test_a_hostile_message_cant_steer_the_terminal(answerer: Answerer) -> None:
    hostile = Judged("ticket \x1b[2J\n\r price \u202e", ("dogs",), "in-scope")
    text = evaluate([hostile], answerer).text()
    assert '"ticket [2J price"' in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_json_holds_every_question_and_only_plain_values(report: Report) -> None:
    told = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert [question["q"] for question in told["questions"]] == [
        row.question.text for row in report.judgements
    ]
    ticket = next(question for question in told["questions"] if question["q"] == "a ticket please")
    assert ticket["options"][0] == "tickets"
    assert ticket["failure"] == "tickets ranked first"
    assert ticket["decision"] in {"answer", "clarify", "decline"}
    assert 0 <= ticket["confidence"] <= 1
    assert told["kinds"]["in-scope"]["n"] == 6
    assert told["unknown_ids"] == ["shop"]


def test_tables_align() -> None:
    lines = table(["kind", "n"], [["in-scope", "7"], ["x", "1234"]])
    assert lines == ["kind         n", "in-scope     7", "x         1234"]


def test_the_evaluator_touches_no_disk(
    report: Report, monkeypatch: pytest.MonkeyPatch, answerer: Answerer
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the disk was touched")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    again = evaluate([row.question for row in report.judgements], answerer)
    assert again.text() == report.text()
