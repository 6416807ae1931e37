"""The validator's checks at their borders; what each reports is in tests/golden."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.checks import phrasings
from knowledge.checks.answers import ANSWER_UNITS, FIRST_SENTENCE
from knowledge.loader import SourceFile, load
from knowledge.model import (
    Advisory,
    Entry,
    Kind,
    KnowledgeBase,
    OffTopic,
    OffTopicMessage,
    Passage,
    Stolen,
    Topic,
    Voice,
)
from knowledge.normalizer import comparison_form
from knowledge.places import Location
from knowledge.problems import Problem, has_errors
from knowledge.validator import (
    ALL,
    ERRORS,
    Block,
    check_fingerprints,
    check_stolen,
    validate,
    validated,
)

ENTRY = Entry("parking", "Where do I park?", "Behind the house.")
OTHER = Entry("bicycles", "Where do bicycles go?", "Into the shed.")


def base_with(*entries: Entry, **fields: object) -> KnowledgeBase:
    """A knowledge base with these entries, by their languages."""
    found: dict[str, dict[str, Entry]] = {"en": {}}
    for entry in entries:
        found.setdefault(entry.language, {})[entry.id] = entry
    topics: dict[str, dict[str, Topic]] = {language: {} for language in found}
    base = KnowledgeBase(Advisory("house", "House rules", languages=tuple(found)), {}, found, topics)
    return replace(base, **fields)  # type: ignore[arg-type]


def reported(code: str, *entries: Entry, **fields: object) -> list[Problem]:
    return validate(base_with(*entries, **fields), codes={code})


def lower(text: str, language: str) -> str:
    assert language
    return text.casefold().rstrip("?.!")


def test_a_plain_knowledge_base_has_no_fault_but_few_phrasings_and_no_guardrail() -> None:
    assert {p.code for p in validate(base_with(ENTRY, OTHER))} == {"few-phrasings", "no-guardrail"}


def test_answer_is_measured_as_telegram_does() -> None:
    fits = replace(ENTRY, answer="\U0001f600" * (ANSWER_UNITS // 2 - 5), outside="x" * 10)
    assert reported("answer-too-long", fits) == []
    assert len(reported("answer-too-long", replace(fits, outside="x" * 11))) == 1


def test_first_sentence_at_its_limit() -> None:
    assert reported("long-first-sentence", replace(ENTRY, answer="x" * (FIRST_SENTENCE - 1) + ".")) == []
    assert len(reported("long-first-sentence", replace(ENTRY, answer="x" * FIRST_SENTENCE + "."))) == 1


@pytest.mark.parametrize("answer", ["It is the U.S. law.", "Ask e.g. a lawyer.", "No end"])
def test_first_sentence_that_does_not_stand_alone(answer: str) -> None:
    assert len(reported("no-first-sentence", replace(ENTRY, answer=answer))) == 1


@pytest.mark.parametrize(
    "text", ["{operator}", "{languages}", "{ operator }", "{}", "{", "}", "{{operator}}", "{a\nb}"]
)
def test_placeholders(text: str) -> None:
    known = text in {"{operator}", "{languages}"}
    for entry in (replace(ENTRY, answer=text), replace(ENTRY, outside=text)):
        assert bool(reported("unknown-placeholder", entry)) != known
    assert reported("unknown-placeholder", replace(ENTRY, question=text)), "nothing is filled in there"


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [
        ("a\nb", False),
        ("👩\u200d🔬", False),
        ("ی\u200cخ", False),
        ("🏴\U000e0067\U000e007f", False),
        ("a\tb", True),
        ("a\u200bb", True),
        ("a\u202eb", True),
        ("\ufeffa", True),
        ("a\x1bb", True),
        ("a\xa0b", False),
    ],
)
def test_invisible_characters(text: str, is_reported: bool) -> None:
    assert bool(reported("invisible-character", replace(ENTRY, answer=text))) == is_reported
    assert bool(reported("invisible-character", replace(ENTRY, phrasings=(text,)))) == is_reported
    message = OffTopicMessage(text, OffTopic.FAR)
    assert bool(reported("invisible-character", ENTRY, off_topic=(message,))) == is_reported


@pytest.mark.parametrize(
    ("kind", "number", "is_few"),
    [
        (Kind.FAQ, 24, True),
        (Kind.FAQ, 25, False),
        (Kind.GAP, 24, True),
        (Kind.CHITCHAT, 11, True),
        (Kind.CHITCHAT, 12, False),
    ],
)
def test_few_phrasings_in_the_bundled_layout(kind: Kind, number: int, is_few: bool) -> None:
    entry = replace(ENTRY, kind=kind, phrasings=tuple(map(str, range(number))))
    passages = {"A1": Passage("A1", Voice.ADVISORY, "gist")}
    assert bool(reported("few-phrasings", entry, passages=passages)) == is_few


def test_few_phrasings_in_the_shortest_form_are_summed_up() -> None:
    five = replace(ENTRY, id="five", phrasings=tuple("abcde"))
    few = [five, *(replace(ENTRY, id=f"e-{n}") for n in range(8))]
    enough = replace(OTHER, phrasings=tuple(f"{n}" for n in range(25)))
    courtesy = replace(OTHER, id="hi", kind=Kind.CHITCHAT, phrasings=tuple(f"{n}" for n in range(12)))
    (found,) = reported("few-phrasings", *few, enough, courtesy)
    assert "9 of 11 entries" in found.message
    assert "(e-0 0, e-1 0, e-2 0, e-3 0, e-4 0, ...)" in found.message
    assert reported("few-phrasings", enough, courtesy) == []
    assert len(reported("few-phrasings", five)) == 1


def test_related_entries_may_be_of_the_default_language() -> None:
    spanish = Entry("aparcar", "¿Dónde?", "Allí.", language="es", related=("parking",))
    assert reported("dangling-related", ENTRY, spanish) == []
    english = replace(ENTRY, related=("aparcar",))
    assert len(reported("dangling-related", english, spanish)) == 1


def test_only_an_faq_of_a_base_with_passages_needs_a_source() -> None:
    passages = {"A1": Passage("A1", Voice.ADVISORY, "gist")}
    assert reported("uncited-entry", ENTRY) == []
    assert len(reported("uncited-entry", ENTRY, passages=passages)) == 1
    for kind in (Kind.GAP, Kind.GUARDRAIL, Kind.CHITCHAT):
        assert reported("uncited-entry", replace(ENTRY, kind=kind), passages=passages) == []


def test_a_passage_is_not_its_own_parent() -> None:
    for parent, faults in (("", 0), ("C2", 0), ("C1", 1), ("C9", 1)):
        passages = {
            "C1": Passage("C1", Voice.READER, "a", parent=parent),
            "C2": Passage("C2", Voice.READER, "b"),
        }
        assert len(reported("dangling-parent", ENTRY, passages=passages)) == faults


def test_topics_are_those_of_the_default_language() -> None:
    entries = (replace(ENTRY, topic="house"), replace(ENTRY, topic="casa", language="es"))
    topics = {"en": {"house": Topic("house", "House")}, "es": {"casa": Topic("casa", "Casa", "es")}}
    assert len(reported("unknown-topic", *entries, topics=topics)) == 1
    assert len(reported("unknown-topic", *entries, topics={"en": topics["en"], "es": {}})) == 1
    assert reported("unknown-topic", ENTRY) == []


@pytest.mark.parametrize("published", ["2013", "2013-13", "2013-8", "August 2013", "2013-08-01", "٢٠١٣-٠٨"])
def test_bad_dates(published: str) -> None:
    assert len(reported("bad-date", ENTRY, advisory=Advisory("a", "a", published=published))) == 1


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://a.org", "https://", "https://a b.org", "http://[", "javascript:x"]
)
def test_bad_urls(url: str) -> None:
    assert len(reported("bad-url", ENTRY, advisory=Advisory("a", "a", url=url))) == 1


def test_good_dates_and_urls() -> None:
    advisory = Advisory("a", "a", published="2013-08", url="https://example.org/2013/08/a?b=c#d")
    assert reported("bad-url", ENTRY, advisory=advisory) == []
    assert reported("bad-date", ENTRY, advisory=advisory) == []


def test_disclaimer_is_needed_where_there_is_a_document() -> None:
    spanish = replace(ENTRY, language="es")
    assert reported("missing-disclaimer", ENTRY, spanish) == []
    advisory = Advisory("a", "a", languages=("en", "es"), disclaimer={"en": "d"})
    assert len(reported("missing-disclaimer", ENTRY, spanish, advisory=advisory)) == 1
    passages = {"A1": Passage("A1", Voice.ADVISORY, "gist")}
    assert len(reported("missing-disclaimer", ENTRY, spanish, passages=passages)) == 2


def test_duplicates_are_compared_by_their_form_within_a_language() -> None:
    one = replace(ENTRY, phrasings=("Car park", "where do I park"))
    other = replace(OTHER, phrasings=("car park!", "???", "..."))
    spanish = replace(OTHER, language="es", phrasings=("car park",))
    (found,) = validate(base_with(one, other, spanish), codes={"duplicate-phrasing"}, normalize=lower)
    assert '"bicycles" is already in the entry "parking"' in found.message


def test_alike_phrasings_are_the_worst_of_each_entry() -> None:
    many = tuple(f"where can I leave my big red car number {n}" for n in range(8))
    found = reported("alike-phrasings", replace(ENTRY, phrasings=many), replace(OTHER, phrasings=many[:2]))
    assert len(found) == phrasings.WORST + 1
    other_order = ("park my car where", "where my car park", "completely different words")
    assert len(reported("alike-phrasings", replace(ENTRY, phrasings=other_order))) == 1


def test_only_so_many_phrasings_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrasings, "MOST_COMPARED", 2)
    entry = replace(ENTRY, phrasings=("one thing", "another", "one thing!!", "one thingy"))
    assert reported("alike-phrasings", entry) == []


def test_off_topic_messages_are_compared_with_questions_too() -> None:
    messages = (OffTopicMessage("where do i PARK", OffTopic.NEAR), OffTopicMessage("hello", OffTopic.FAR))
    assert len(reported("off-topic-phrasing", ENTRY, off_topic=messages)) == 1
    spanish = (replace(messages[0], language="es"),)
    assert reported("off-topic-phrasing", ENTRY, off_topic=spanish) == []


def test_stolen_phrasings_point_at_the_phrasing() -> None:
    place = Location("kb.yaml", 7, 9)
    entry = replace(ENTRY, phrasings=("a", "b"), places={"phrasings[1]": place})
    (found,) = check_stolen(base_with(entry), [Stolen("parking", 1, "en", "bicycles", "bee", 0.7)])
    assert (found.location, found.fragment) == (place, "b")
    odd = [
        Stolen("parking", 9, "en", "x", "", 0.7),
        Stolen("gone", 0, "en", "x", "", 0.7),
        Stolen("a", 0, "xx", "x", "", 1),
    ]
    assert len(check_stolen(base_with(entry), odd)) == 3


def passage(number: int, fingerprint: str, voice: Voice = Voice.ADVISORY) -> Passage:
    return Passage(
        f"A{number}", voice, "gist", number, fingerprint, location=Location("passages.yaml", number, 1)
    )


def fingerprint_faults(passages: list[Passage], blocks: list[Block]) -> list[tuple[str, str]]:
    entry = replace(ENTRY, cites=("A2",))
    found = check_fingerprints(base_with(entry, passages={p.id: p for p in passages}), blocks)
    return [(p.code, "parking" if "parking" in p.mend else "") for p in found]


MAP = [passage(1, "aa"), passage(2, "bb"), passage(3, "cc")]


def test_a_map_that_fits_has_no_fault() -> None:
    assert fingerprint_faults(MAP, [Block(f"A{n}", n, f) for n, f in ((1, "aa"), (2, "bb"), (3, "cc"))]) == []


def test_a_text_that_moved_is_the_same_text() -> None:
    blocks = [Block("A1", 1, "new"), *(Block(f"A{n}", n, f) for n, f in ((2, "aa"), (3, "bb"), (4, "cc")))]
    assert fingerprint_faults(MAP, blocks) == [("source-block-unmapped", "")]


def test_an_edited_text_names_the_entries_to_review() -> None:
    blocks = [Block("A1", 1, "aa"), Block("A2", 2, "edited"), Block("A3", 3, "cc")]
    assert fingerprint_faults(MAP, blocks) == [("stale-fingerprint", "parking")]


def test_an_edited_text_is_known_by_its_neighbours_where_ids_differ() -> None:
    blocks = [Block("A6", 1, "aa"), Block("A7", 2, "edited"), Block("A8", 3, "cc")]
    assert fingerprint_faults(MAP, blocks) == [("stale-fingerprint", "parking")]


def test_a_text_that_is_gone_names_the_entries_to_review() -> None:
    blocks = [Block("A1", 1, "aa"), Block("A2", 3, "cc")]
    assert fingerprint_faults(MAP, blocks) == [("passage-not-in-source", "parking")]


def test_another_voice_at_the_same_place_is_another_text() -> None:
    blocks = [Block("A1", 1, "aa"), Block("C1", 2, "edited", Voice.READER), Block("A3", 3, "cc")]
    assert sorted(fingerprint_faults(MAP, blocks)) == [
        ("passage-not-in-source", "parking"),
        ("source-block-unmapped", ""),
    ]


def test_a_passage_without_fingerprint_is_taken_as_it_is() -> None:
    blocks = [Block("A1", 1, "aa"), Block("A2", 2, "whatever"), Block("A3", 3, "cc")]
    assert fingerprint_faults([MAP[0], passage(2, ""), MAP[2]], blocks) == []


def test_equal_texts_are_paired_by_nearness() -> None:
    twice = [passage(1, "same"), passage(2, "same")]
    assert fingerprint_faults(twice, [Block("A1", 1, "same"), Block("A2", 2, "same")]) == []
    assert fingerprint_faults(twice, [Block("A2", 2, "same")]) == [("passage-not-in-source", "")]


def test_errors_are_the_checks_run_before_answering() -> None:
    assert {
        "answer-too-long",
        "checklist-too-long",
        "dangling-cite",
        "dangling-follow-up",
        "dangling-question",
        "dangling-related",
        "misplaced-urgent",
    } == ERRORS
    assert ERRORS < ALL


def test_validated_withdraws_a_knowledge_base_with_errors() -> None:
    loaded = load([SourceFile("faq.yaml", b"- {question: a, answer: b., related: [c]}\n")])
    assert loaded.knowledge_base is not None
    checked = validated(loaded, codes=ERRORS)
    assert checked.knowledge_base is None
    assert checked.draft is loaded.draft
    assert has_errors(checked.problems)


def test_the_real_comparison_form_is_the_default() -> None:
    entry = replace(ENTRY, phrasings=("I can't park", "i CANNOT park!"))
    assert comparison_form(entry.phrasings[0], "en") == comparison_form(entry.phrasings[1], "en")
    assert len(reported("duplicate-phrasing", entry)) == 1


TEXTS = st.text(max_size=40)
ENTRIES = st.builds(
    Entry,
    id=st.sampled_from(["a", "b", "c"]),
    question=TEXTS,
    answer=TEXTS,
    kind=st.sampled_from(Kind),
    topic=st.sampled_from(["", "t"]),
    language=st.sampled_from(["en", "es"]),
    phrasings=st.lists(TEXTS, max_size=5).map(tuple),
    cites=st.lists(TEXTS, max_size=2).map(tuple),
    related=st.lists(TEXTS, max_size=2).map(tuple),
    follow_ups=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3).map(tuple), max_size=2),
    outside=TEXTS,
)


@settings(deadline=2000)
@given(
    st.lists(ENTRIES, max_size=5),
    TEXTS,
    TEXTS,
    st.lists(st.builds(Block, TEXTS, st.integers(), TEXTS), max_size=3),
)
def test_no_text_makes_a_check_raise(entries: list[Entry], url: str, gist: str, blocks: list[Block]) -> None:
    passages = {"A1": Passage("A1", Voice.ADVISORY, gist, parent=url)}
    messages = (OffTopicMessage(gist, OffTopic.FAR),)
    base = base_with(
        *entries, passages=passages, off_topic=messages, advisory=Advisory("a", "a", url=url, published=gist)
    )
    assert validate(base) is not None
    assert check_fingerprints(base, blocks) is not None
