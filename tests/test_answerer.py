"""The whole core in one call: languages, guardrails, group talk, and the same verdict wherever and whenever asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from knowledge.answerer import Answerer
from knowledge.index import Index
from knowledge.index import build as learned
from knowledge.model import Advisory, Entry, Kind, KnowledgeBase, OffTopic, OffTopicMessage
from knowledge.outcome import Alert, Answer, Clarify, Decline, Question, Relief, Silent
from knowledge.policy import SURE, URGENT
from knowledge.verdict import Verdict

ENGLISH = (
    Entry(
        "parking",
        "Where do I park my car?",
        "Behind.",
        phrasings=("is there a parking space", "where can my car go"),
    ),
    Entry("cats", "May I keep a cat?", "Yes.", phrasings=("are pets allowed", "can i get a kitten")),
    Entry(
        "fire",
        "What if there is a fire?",
        "Out.",
        Kind.GUARDRAIL,
        phrasings=("the kitchen is burning", "i smell smoke"),
    ),
    Entry("hello", "Hello", "Hi.", Kind.CHITCHAT, phrasings=("good morning", "hi there")),
)
SPANISH = (
    Entry(
        "cats",
        "\u00bfPuedo tener un gato?",
        "S\u00ed.",
        language="es",
        phrasings=("se permiten animales", "quiero un gatito"),
    ),
    Entry(
        "parking",
        "\u00bfD\u00f3nde aparco el coche?",
        "Atr\u00e1s.",
        language="es",
        phrasings=("hay sitio para el coche",),
    ),
)
STRAYS = (
    OffTopicMessage("who won the football match", OffTopic.FAR),
    OffTopicMessage("see you later", OffTopic.CHATTER),
)


def base(*entries: Entry, languages: tuple[str, ...] = ("en", "es")) -> KnowledgeBase:
    by_language = {code: {e.id: e for e in entries if e.language == code} for code in languages}
    return KnowledgeBase(Advisory("house", "House", languages=languages), {}, by_language, {}, STRAYS)


BASE = base(*ENGLISH, *SPANISH)
ANSWERER = Answerer(BASE)

ASKED_AGAIN = """
import hashlib, json, sys
from knowledge import files, storage
from knowledge.answerer import Answerer
from knowledge.verdict import Verdict
from knowledge.outcome import Question
from pathlib import Path
answerer = Answerer(files.load(Path(sys.argv[1])).knowledge_base)
verdicts = [str(answerer.answer(Question(text))) for text in json.loads(sys.argv[2])]
print(json.dumps([hashlib.sha256(storage.to_bytes(answerer.index())).hexdigest(), verdicts]))
"""


@pytest.mark.parametrize("entry", ENGLISH, ids=lambda entry: entry.id)
def test_a_canonical_question_is_answered(entry: Entry) -> None:
    verdict = ANSWERER.answer(Question(entry.question))
    assert verdict.answered == entry.id
    assert isinstance(verdict.outcome, Answer)
    assert verdict.outcome.match == verdict.ranking.matches[0]
    assert verdict.language == "en"


@pytest.mark.parametrize(
    ("wanted", "used"),
    [
        (None, "en"),
        ("en", "en"),
        ("es", "es"),
        ("es-MX", "es"),
        ("ES_mx", "es"),
        ("fr", "en"),
        ("", "en"),
        ("-", "en"),
    ],
)
def test_an_unknown_language_falls_back_to_the_default_one(wanted: str | None, used: str) -> None:
    verdict = ANSWERER.answer(Question("xyzzy", wanted))
    assert verdict.language == ANSWERER.index(wanted).language == used
    assert ANSWERER.entries(wanted) == BASE.entries[used]


def test_a_question_is_answered_in_its_own_language() -> None:
    assert ANSWERER.answer(Question("puedo tener un gato", "es")).answered == "cats"
    assert ANSWERER.answer(Question("donde aparco el coche?", "es-AR")).answered == "parking"


def test_a_language_without_entries_falls_back_too() -> None:
    answerer = Answerer(base(*ENGLISH))
    verdict = answerer.answer(Question("May I keep a cat?", "es"))
    assert (verdict.language, verdict.answered) == ("en", "cats")
    assert answerer.index("es").language == "en"
    assert list(answerer.entries("es")) == [entry.id for entry in ENGLISH]


def test_a_previous_entry_of_another_language_is_no_matter() -> None:
    alone = ANSWERER.answer(Question("se permiten animales", "es"))
    assert ANSWERER.answer(Question("se permiten animales", "es", previous="fire")) == alone


@pytest.mark.parametrize("text", ["can it stay there", "and at night", "for how long"])
def test_what_was_only_asked_back_about_answers_no_stray_remark(text: str) -> None:
    alone = ANSWERER.answer(Question(text))
    assert ANSWERER.answer(Question(text, previous="cats")) != alone
    assert ANSWERER.answer(Question(text, previous="cats", offered=True)) == alone


@pytest.mark.parametrize("previous", [None, "parking", "cats"])
def test_a_few_words_choose_from_what_was_asked_back_about(previous: str | None) -> None:
    asked = Question("the space thing", previous=previous, offered=previous is not None)
    assert ANSWERER.answer(asked).answered is None
    assert ANSWERER.answer(replace(asked, options=("parking", "cats"))).answered == "parking"


@pytest.mark.parametrize(
    "text", ["May I keep a cat?", "the kitchen is burning", "who won the football match"]
)
def test_who_says_something_else_than_was_asked_back_about_has_chosen_nothing(text: str) -> None:
    verdict = ANSWERER.answer(Question(text, options=("parking",)))
    assert verdict.answered == ANSWERER.answer(Question(text)).answered


class TestAfterAnUrgentAnswer:
    """The fire is urgent, and somebody has just been told to get out."""

    urgent = Answerer(base(*(replace(e, urgent=e.id == "fire") for e in ENGLISH), *SPANISH))

    def after(self, text: str, alert: Alert = Alert.RAISED) -> Verdict:
        return self.urgent.answer(Question(text, previous="fire", alarm="fire", alert=alert))

    @pytest.mark.parametrize("text", ["yes", "ok", "\U0001f62d", "please", "hurry", "no", "somewhere else"])
    def test_it_is_given_again(self, text: str) -> None:
        verdict = self.after(text)
        assert verdict.answered == verdict.ranking.matches[0].entry_id == "fire"
        assert len({match.entry_id for match in verdict.ranking.matches}) == len(verdict.ranking.matches)
        assert isinstance(verdict.outcome, Answer)
        assert verdict.outcome.again
        assert verdict.rule == "the urgent answer before it stands"

    def test_what_means_it_by_itself_gets_it_again(self) -> None:
        verdict = self.after("the house is on fire")
        assert verdict.outcome == Answer(verdict.ranking.matches[0], again=True)
        assert verdict.ranking.matches[0].confidence >= URGENT

    @pytest.mark.parametrize("text", ["good morning", "cats", "my kitten"])
    def test_what_surely_means_something_else_is_answered_too(self, text: str) -> None:
        alone = self.urgent.answer(Question(text))
        assert alone.answered not in {"fire", None}
        assert alone.ranking.matches[0].confidence >= SURE
        outcome = self.after(text).outcome
        assert isinstance(outcome, Answer)
        assert (outcome.match.entry_id, outcome.also and outcome.also.entry_id, outcome.again) == (
            alone.answered,
            "fire",
            True,
        )

    def test_another_question_is_answered_alone(self) -> None:
        outcome = self.after("May I keep a cat?").outcome
        assert isinstance(outcome, Answer)
        assert (outcome.match.entry_id, outcome.also, outcome.again) == ("cats", None, False)

    @pytest.mark.parametrize(
        "text",
        [
            "no, i meant the cat",
            "it's not an emergency, just my cat",
            "i mean my cat",
            "nobody is ill, the cat",
        ],
    )
    def test_who_puts_it_right_is_judged_by_the_rest(self, text: str) -> None:
        verdict = self.after(text)
        assert verdict.ranking.matches[0].entry_id == "cats"
        assert not (isinstance(verdict.outcome, Answer) and verdict.outcome.again)

    @pytest.mark.parametrize("text", ["i mean the fire", "nobody is ill but there is fire in the house"])
    def test_what_is_urgent_stays_so_however_it_begins(self, text: str) -> None:
        assert self.after(text).answered == "fire"

    @pytest.mark.parametrize("text", ["yes", "please", "hurry"])
    def test_what_was_only_asked_back_about_or_is_over_does_not_stand(self, text: str) -> None:
        assert self.after(text, Alert.OVER).answered is None
        assert self.urgent.answer(Question(text, previous="fire")).answered is None

    def test_it_lends_no_context_when_it_no_longer_stands(self) -> None:
        after, alone = self.after("where", Alert.OVER), self.urgent.answer(Question("where"))
        assert after.ranking == alone.ranking

    def test_good_news_alone_is_heard_and_needs_no_answer(self) -> None:
        verdict = self.after("the ambulance is on the way")
        assert (verdict.outcome, verdict.relief) == (Decline(), Relief.HELP)
        assert self.urgent.answer(Question("the ambulance is on the way")).relief is Relief.NONE

    def test_what_else_is_asked_beside_good_news_is_answered(self) -> None:
        verdict = self.after("he is fine now. May I keep a cat?")
        assert (verdict.answered, verdict.relief) == ("cats", Relief.WELL)

    def test_what_else_is_told_and_not_clear_has_the_number_with_it(self) -> None:
        verdict = self.after("he is fine now, zxcvb qwrtz")
        assert isinstance(verdict.outcome, Decline)
        assert verdict.outcome.again is not None
        assert verdict.relief is Relief.WELL

    def test_good_news_beside_the_danger_itself_is_none(self) -> None:
        verdict = self.after("he is fine now, but the house is on fire")
        assert isinstance(verdict.outcome, Answer)
        assert (verdict.answered, verdict.outcome.again, verdict.relief) == ("fire", True, Relief.NONE)

    def test_what_is_overheard_is_none_of_its_business(self) -> None:
        overheard = Question("yes", previous="fire", overheard=True, alarm="fire", alert=Alert.RAISED)
        assert self.urgent.answer(overheard).outcome == Silent()

    def test_a_guardrail_that_is_not_urgent_is_left_behind(self) -> None:
        assert ANSWERER.answer(Question("hi there", previous="fire")).answered == "hello"


def test_what_is_said_not_to_be_meant_is_not_the_answer() -> None:
    assert ANSWERER.answer(Question("the cat", previous="cats")).answered == "cats"
    for text in ("no, I meant the car", "not that, i mean the cat"):
        ranked = ANSWERER.answer(Question(text, previous="cats")).ranking
        assert "cats" not in {match.entry_id for match in ranked.matches}


def test_who_puts_it_right_is_judged_by_the_rest_though_nothing_was_answered_before() -> None:
    assert ANSWERER.answer(Question("no, I meant the cat")).ranking.tokens == ("the", "cat")
    assert ANSWERER.answer(Question("I mean it")).ranking.tokens == ("i", "mean", "it")


def test_a_guardrail_as_likely_as_an_ordinary_entry_goes_first() -> None:
    same = ("there is smoke in the kitchen", "smoke in the flat")
    twins = {
        name: Entry(name, "What of smoke in the kitchen?", "A.", phrasings=same) for name in ("one", "other")
    }
    question = Question("smoke in the kitchen")
    first, second, *_ = Answerer(base(*twins.values(), *ENGLISH[:2])).answer(question).ranking.matches
    twins[second.entry_id] = replace(twins[second.entry_id], kind=Kind.GUARDRAIL)
    verdict = Answerer(base(*twins.values(), *ENGLISH[:2])).answer(question)
    assert [match.entry_id for match in verdict.ranking.matches[:2]] == [second.entry_id, first.entry_id]
    assert verdict.answered in {second.entry_id, None}


@pytest.mark.parametrize("text", ["", "\U0001f642\U0001f642", "\u200b", "???", "\ud83d"])
def test_what_holds_no_word_is_declined_and_in_a_group_ignored(text: str) -> None:
    assert ANSWERER.answer(Question(text)).outcome == Decline()
    assert ANSWERER.answer(Question(text, overheard=True)).outcome == Silent()


def test_overheard_courtesies_get_no_answer() -> None:
    assert ANSWERER.answer(Question("good morning")).answered == "hello"
    assert ANSWERER.answer(Question("good morning", overheard=True)).outcome == Silent()


def test_off_topic_messages_get_no_answer() -> None:
    assert ANSWERER.answer(Question("who won the football match")).outcome == Decline()


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from("where my car cat kitten fire hello football. xyzzy ?".split())).map(" ".join),
    st.sampled_from([None, "en", "es", "xx"]),
    st.booleans(),
    st.sampled_from([None, "cats", "fire", "gone"]),
)
@settings(deadline=None)
def test_any_question_gets_a_fitting_verdict_twice(
    text: str, language: str | None, overheard: bool, previous: str | None
) -> None:
    question = Question(text, language, overheard, previous)
    verdict = ANSWERER.answer(question)
    assert verdict == ANSWERER.answer(question)
    assert isinstance(verdict.outcome, (Answer, Silent) if overheard else (Answer, Clarify, Decline))
    assert verdict.rule


def test_threads_get_the_verdicts_that_one_alone_gets() -> None:
    texts = [
        f"{word} {entry.question}"
        for entry in ENGLISH
        for word in "running happily responsibilities flies".split()
    ] * 5
    alone = [Answerer(BASE).answer(Question(text)) for text in texts[:16]] * 5
    shared = Answerer(BASE)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.answer, map(Question, texts))) == alone


def test_an_answerer_builds_one_index_for_each_language_with_entries() -> None:
    built = []

    def build(_: KnowledgeBase, language: str) -> object:
        built.append(language)
        return ANSWERER.index(language)

    Answerer(base(*ENGLISH, *SPANISH, languages=("en", "es", "fr")), build)  # type: ignore[arg-type]
    assert built == ["en", "es"]


def test_whichever_language_is_learned_first_gives_the_other_no_threads_of_blas() -> None:
    threads: list[int] = []
    spanish = Event()

    def build(base: KnowledgeBase, language: str) -> Index:
        if language == "en":
            assert spanish.wait(60)
            threads.extend(p["num_threads"] for p in threadpool_info() if p["user_api"] == "blas")
        index = learned(base, language)
        spanish.set()
        return index

    with threadpool_limits(2, user_api="blas"):
        Answerer(base(*ENGLISH, *SPANISH), build)
    assert set(threads) == {1}


def test_another_process_with_another_hash_seed_builds_the_same_index_and_decides_alike(
    small_base: Path,
) -> None:
    texts = [
        "Where do I park my car?",
        "wher can i leave my bycicle",
        "the house is on fire!!",
        "kitten",
        "who won",
        "hi",
    ]
    results = [
        subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-c", ASKED_AGAIN, str(small_base), json.dumps(texts)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4294967295")
    ]
    assert results[0] == results[1] == results[2]
    _, verdicts = json.loads(results[0])
    assert len(verdicts) == len(texts)


def test_the_words_used_are_gathered_once_for_a_language(answerer: Answerer) -> None:
    used = answerer.words_used("en")
    assert used is answerer.words_used("en-GB")
    assert {"celltex", "smuggling"} <= used
    assert "células" in answerer.words_used("es")
    assert "células" not in used


@pytest.mark.parametrize("app", ["en", "es"])
@pytest.mark.parametrize("text", ["mi madre has chest pain", "my wife no puede respirar"])
def test_a_danger_told_half_in_one_language_and_half_in_another_is_heard(
    text: str, app: str, answerer: Answerer
) -> None:
    assert answerer.answer(Question(text, app)).answered == "emergency"


@pytest.mark.parametrize("text", ["tell me a joke", "mi hijo is happy"])
def test_words_that_two_languages_share_are_no_danger(text: str, answerer: Answerer) -> None:
    assert answerer.answer(Question(text)).answered != "emergency"


@pytest.mark.parametrize("told", ["I want to die", "My husband is unconscious", "I can't breathe"])
@pytest.mark.parametrize("asked", ["Can FedEx take the cells?", "Is it legal to bring them to Mexico?"])
def test_a_sentence_that_surely_tells_of_a_danger_is_the_message_whatever_the_other_one_asks(
    told: str, asked: str, answerer: Answerer
) -> None:
    for text in (f"{asked} {told}", f"{told}. {asked}"):
        verdict = answerer.answer(Question(text, previous="export-fee"))
        assert verdict.answered == "emergency"
        assert told in verdict.ranking.clause


@pytest.mark.parametrize("told", ["Please help me", "My mother died last year", "I'm scared"])
def test_no_trouble_but_a_danger_hides_what_is_asked(told: str, answerer: Answerer) -> None:
    verdict = answerer.answer(Question(f"{told}. Is it legal to carry my stem cells to Mexico?"))
    assert verdict.ranking.matches[0].entry_id == "is-it-legal"


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Is it legal? Thanks.", "is-it-legal"),
        ("Good morning, is it legal? Thank you for your help.", "is-it-legal"),
        ("Hello, who wrote this? God bless you!", "advisory-author"),
        ("Sorry to bother you, I have a question: what are the fees? Many thanks, Maria", "export-fee"),
        ("Hola, \u00bfcu\u00e1nto cuesta el permiso? Muchas gracias de antemano", "export-fee"),
        ("Thank you so much for your help!", "thanks"),
        ("muchas gracias, que Dios lo bendiga", "thanks"),
        ("thanks but that's wrong", "not-helpful"),
    ],
)
def test_courtesies_beside_a_question_dont_change_its_answer(
    text: str, entry: str, answerer: Answerer
) -> None:
    assert answerer.answer(Question(text)).answered == entry


def test_gibberish_follows_nothing(answerer: Answerer) -> None:
    assert isinstance(answerer.answer(Question("zxcvb qwrtz", previous="is-it-legal")).outcome, Decline)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("What are the fees? Do you store my messages?", "export-fee", "privacy"),
        ("Do you store my messages? What are the fees?", "privacy", "export-fee"),
        ("¿Hay que pagar una tasa de exportación? ¿Guardas mis mensajes?", "export-fee", "privacy"),
    ],
)
def test_a_question_about_the_bot_is_one_of_two_like_any_other(
    text: str, first: str, second: str, answerer: Answerer
) -> None:
    outcome = answerer.answer(Question(text)).outcome
    assert isinstance(outcome, Answer)
    assert outcome.also is not None
    assert (outcome.match.entry_id, outcome.also.entry_id) == (first, second)


def test_a_courtesy_is_no_second_question(answerer: Answerer) -> None:
    for text in (
        "Do I have to pay an export fee? Can I thank you?",
        "What are the export fees, and what can I say, thank you",
    ):
        outcome = answerer.answer(Question(text)).outcome
        assert isinstance(outcome, Answer)
        assert outcome.match.entry_id == "export-fee"
        assert outcome.also is None


@pytest.mark.parametrize("n_sentences", [10, 25, 60])
def test_an_emergency_at_the_end_of_a_long_message_about_other_things_is_heard(
    answerer: Answerer, n_sentences: int
) -> None:
    things = ("the kettle", "our street", "my sister's dog", "a film", "the bus", "the garden", "a letter")
    ways = ("was slow today", "made us laugh", "smelled of rain", "came up again at lunch", "is blue")
    days = ("On Monday", "Then", "Later on", "After that", "As usual")
    talk = [f"{day} {thing} {way}." for thing in things for way in ways for day in days][:n_sentences]
    verdict = answerer.answer(Question(" ".join([*talk, "My husband is not breathing."])))
    named = [verdict.answered] if verdict.answered else [m.entry_id for m in verdict.outcome.matches]  # type: ignore[union-attr]
    assert "emergency" in named


PASSED_OUT = (
    "Is it legal to take my cells to Mexico? I ask because we are here at the border and my dad has just passed out in the car."
    " He was holding the tank on his lap. He is 80 and has a pacemaker. He is grey and doesn't wake up."
)
FACE = (
    "Please, it's about my wife. She has had lupus for twelve years. We flew to Guadalajara with her cells. She got the infusion"
    " this morning at 11. She's talking funny now and one side of her face hangs down. Is it from the anesthesia maybe?"
)
BRIDGE = (
    "My wife and I cross at Columbus to Palomas about once a month, for her teeth and my glasses, and they wave us through since"
    " the agents know our pickup. Next time we'd have a little blue cooler with six vials of her own cells along. She's a"
    " deaconess and won't tell a lie. I'm more the kind who talks about the weather and keeps rolling. If they don't ask, do we still have to speak up about it?"
)
WALKER = (
    "Honestly I am too weak to travel with luggage. I had my second transplant in 2011 and I use a walker. The clinic in Panama"
    " keeps on saying that I have to bring the cells along personally. Why can't they simply go by FedEx or DHL?"
)


@pytest.mark.parametrize("story", [PASSED_OUT, FACE])
def test_a_danger_to_life_goes_first_in_a_story_that_asks_something_else(
    answerer: Answerer, story: str
) -> None:
    assert answerer.answer(Question(story)).answered == "emergency"


NEIGHBOUR = (
    "My neighbor fell off his roof and lay there for an hour before I heard him. He's okay, plates and screws. Since then we've"
    " had this arrangement, I knock on the wall at nine and he knocks back. I will be away for two weeks for my stem cells in"
    " Panama and he worries. Is there a cheap device with a button that a man of ninety can wear, without a contract?"
)
MUSCLES = (
    "My wife collapsed in the shop two years ago and since then we've lived from one doctor to the next. It's a muscle thing, she"
    " can't lift her arms or swallow solid food. Her cells are in a freezer in Dallas and the people in Monterrey expect her to"
    " bring them. I'm a retired bus driver, never broke a rule. What would they do to her if she got caught with that at the bridge?"
)


@pytest.mark.parametrize("story", [NEIGHBOUR, MUSCLES])
def test_a_danger_that_only_one_sentence_of_a_story_means_is_offered_and_not_said(
    answerer: Answerer, story: str
) -> None:
    outcome = answerer.answer(Question(story)).outcome
    assert isinstance(outcome, Clarify)
    assert outcome.matches[0].entry_id == "emergency"


@pytest.mark.parametrize(("story", "entry"), [(BRIDGE, "declare-at-border"), (WALKER, "courier")])
def test_a_plain_question_at_the_end_of_a_story_is_answered_outright(
    answerer: Answerer, story: str, entry: str
) -> None:
    assert answerer.answer(Question(story)).answered == entry


RENO = "my uncle has ALS and his vials are in Reno\nhe means to fly them to Lima himself"


@pytest.mark.parametrize(
    ("told", "asked", "entry"),
    [
        (RENO, "is he allowed to?", "is-it-legal"),
        ("my cousin banked hers in Texas\nthey want me to take them to cancun", "is that ok", "is-it-legal"),
        ("my uncle wants to drive to Nogales with his vials", "what can I say to him", "worried-relative"),
    ],
)
def test_a_question_is_read_together_with_what_was_told_before_it(
    told: str, asked: str, entry: str, answerer: Answerer
) -> None:
    verdict = answerer.answer(Question(asked, told=told))
    assert verdict.answered == entry
    assert verdict.text == f"{told}\n{asked}"
    assert answerer.answer(Question(asked)).answered != entry


@pytest.mark.parametrize(
    "asked",
    [
        "who wrote the advisory?",
        "what's the capital of Peru?",
        "how is the food in Lima",
        "who are you?",
        "are there any comments",
        "thanks",
        "ok",
        "lol",
        "I have to think about it",
    ],
)
def test_what_is_clear_off_the_subject_or_asks_nothing_is_read_by_itself(
    asked: str, answerer: Answerer
) -> None:
    assert answerer.answer(Question(asked, told=RENO)) == answerer.answer(Question(asked))


def test_what_another_person_wrote_is_read_by_itself(answerer: Answerer) -> None:
    verdict = answerer.answer(Question("is he allowed to?", told=RENO, quoted=True))
    assert verdict.answered is None
    assert not verdict.text


def test_a_question_that_only_looks_like_a_courtesy_asks_about_what_was_told(answerer: Answerer) -> None:
    assert answerer.answer(Question("is that ok?")).answered == "acknowledged"
    told = "the vials sit in our kitchen freezer"
    assert answerer.answer(Question("is that ok?", told=told)).answered != "acknowledged"
