"""The loader and the files module: both layouts, defaults, places, the cache, and that nothing makes them raise."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import files
from knowledge.loader import Loaded, SourceFile, content_hash, load
from knowledge.model import Entry, Kind, KnowledgeBase, OffTopic, Passage, Topic, Voice
from knowledge.places import Location
from knowledge.reading.entries import MAX_ID, slug
from knowledge.validator import validate, validated

DOCS = Path(__file__).parents[1] / "docs"
ADVISORY = """
id: house-rules
title: House rules
author: The owner
publisher: The house
published: 2013-08
url: https://example.org/rules
languages: [en, es]
disclaimer: {en: Rules may change., es: Las reglas pueden cambiar.}
"""
PASSAGES = """
passages:
  - {id: A1, voice: advisory, position: 6, gist: "cars go behind the house", fingerprint: 12e45}
  - {id: C1, voice: reader, gist: asks about bicycles, translations: {es: pregunta por bicicletas}}
  - {id: C1.1, voice: author-reply, gist: says that they go into the shed, parent: C1}
"""
ENGLISH = """
title: The house
entries:
  - id: parking
    question: Where do I park?
    answer: |
      Behind the house.

      The gate is open from eight to six.
    cites: [A1]
    related: [bicycles]
    outside: The city has parking lots too.
    phrasings:
      - car park
      - no
  - id: bicycles
    kind: gap
    question: Where do bicycles go?
    answer: The rules don't say.
off-topic:
  near: [where is the river]
  chatter: [see you tomorrow]
"""
SPANISH = """
entries:
  - {id: parking, question: "¿Dónde aparco?", answer: Detrás de la casa., cites: [A1]}
"""


def sources(**texts: str) -> list[SourceFile]:
    """Files by name: `en_law` stands for en/law.yaml."""
    return [SourceFile(name.replace("__", "/") + ".yaml", text.encode()) for name, text in texts.items()]


def base_of(loaded: Loaded) -> KnowledgeBase:
    assert loaded.problems == []
    assert loaded.knowledge_base is not None
    return loaded.knowledge_base


def shortest(text: str, name: str = "faq") -> KnowledgeBase:
    return base_of(load([SourceFile("faq.yaml", text.encode())], name=name))


def codes(loaded: Loaded) -> list[str]:
    return [p.code for p in loaded.problems]


BUNDLED = sources(advisory=ADVISORY, passages=PASSAGES, en__house=ENGLISH, es__house=SPANISH)


def test_bundled_layout_gives_every_value() -> None:
    base = base_of(load(BUNDLED, name="rules", prefix="kb/"))
    advisory = base.advisory
    assert (advisory.id, advisory.title, advisory.author) == ("house-rules", "House rules", "The owner")
    assert (advisory.publisher, advisory.published) == ("The house", "2013-08")
    assert advisory.url == "https://example.org/rules"
    assert advisory.languages == ("en", "es")
    assert advisory.disclaimer == {"en": "Rules may change.", "es": "Las reglas pueden cambiar."}
    assert advisory.place("url") == Location("kb/advisory.yaml", 7, 1)
    assert list(base.passages) == ["A1", "C1", "C1.1"]
    assert base.passages["A1"] == Passage(
        "A1", Voice.ADVISORY, "cars go behind the house", 6, "12e45", "", Location("kb/passages.yaml", 3, 5)
    )
    assert base.passages["C1.1"].parent == "C1"
    assert base.passages["C1"].gist_in("es") == "pregunta por bicicletas"
    assert base.passages["C1.1"].gist_in("es") == "says that they go into the shed"
    assert base.topics == {
        "en": {"house": Topic("house", "The house", "en", Location("kb/en/house.yaml", 1, 1))},
        "es": {"house": Topic("house", "House", "es", Location("kb/es/house.yaml", 1, 1))},
    }
    parking = base.entries["en"]["parking"]
    assert parking.answer == "Behind the house.\n\nThe gate is open from eight to six."
    assert parking.phrasings == ("car park", "no")
    assert (parking.cites, parking.related) == (("A1",), ("bicycles",))
    assert parking.outside == "The city has parking lots too."
    assert (parking.kind, parking.topic, parking.language) == (Kind.FAQ, "house", "en")
    assert base.entries["en"]["bicycles"].kind is Kind.GAP
    assert base.entries["es"]["parking"].question == "¿Dónde aparco?"
    assert [(m.text, m.kind, m.language, m.location.line) for m in base.off_topic] == [
        ("where is the river", OffTopic.NEAR, "en", 21),
        ("see you tomorrow", OffTopic.CHATTER, "en", 22),
    ]


def test_places_lead_to_fields_and_items() -> None:
    parking = base_of(load(BUNDLED)).entries["en"]["parking"]
    assert parking.location == Location("en/house.yaml", 4, 5)
    assert parking.place("answer") == Location("en/house.yaml", 6, 5)
    assert parking.place("cites[0]") == Location("en/house.yaml", 10, 13)
    assert parking.place("phrasings") == Location("en/house.yaml", 13, 5)
    assert parking.place("phrasings[1]") == Location("en/house.yaml", 15, 9)
    assert parking.place("kind") == parking.location


def test_shortest_form_gets_the_rest_by_default() -> None:
    base = shortest("- question: Where do I park?\n  answer: Behind the house.\n")
    assert (base.advisory.id, base.advisory.title, base.advisory.languages) == ("faq", "faq", ("en",))
    assert base.passages == {}
    assert base.topics == {"en": {}}
    entry = base.entries["en"]["where-do-i-park"]
    assert entry == Entry(
        "where-do-i-park", "Where do I park?", "Behind the house.", location=Location("faq.yaml", 1, 3)
    )


def test_shortest_form_with_title_and_off_topic() -> None:
    base = shortest("title: House rules\nentries: [{question: a, answer: b}]\noff-topic: {far: [hello]}\n")
    assert base.advisory.title == "House rules"
    assert [m.text for m in base.off_topic] == ["hello"]


def test_word_classes_are_read_with_the_places_of_their_words() -> None:
    base = shortest("entries: [{question: a, answer: b}]\nword-classes:\n  abroad: [Peru,\n    Costa Rica]\n")
    (listed,) = base.word_classes
    assert (listed.name, listed.language, listed.words) == ("abroad", "en", ("Peru", "Costa Rica"))
    assert listed.location == Location("faq.yaml", 3, 3)
    assert listed.place("abroad[1]") == Location("faq.yaml", 4, 5)


def test_a_file_may_hold_nothing_but_word_classes() -> None:
    loaded = load(
        sources(house="- {question: a, answer: b}\n", words="word-classes: {abroad: [Peru]}\n"), name="x"
    )
    assert [listed.words for listed in base_of(loaded).word_classes] == [("Peru",)]
    assert list(base_of(loaded).topics["en"]) == ["house"]


def test_folder_of_shortest_files_has_topics() -> None:
    text = "- {question: a, answer: b}\n"
    base = base_of(
        load(sources(**{"My house": text, "garden": f"title: The garden\nentries:\n  {text}"}), name="rules")
    )
    assert base.advisory.title == "rules"
    assert {t.id: t.title for t in base.topics["en"].values()} == {
        "my-house": "My house",
        "garden": "The garden",
    }
    assert {e.id: e.topic for e in base.entries["en"].values()} == {"a": "my-house", "a-2": "garden"}


@pytest.mark.parametrize("word", ["Yes", "no", "2013", "1e3", "12:30"])
def test_words_that_yaml_would_turn_into_values_stay(word: str) -> None:
    entry = next(
        iter(
            shortest(f"- question: {word}\n  answer: {word}\n  phrasings: [{word}]\n").entries["en"].values()
        )
    )
    assert (entry.question, entry.answer, entry.phrasings) == (word, word, (word,))


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_field_left_empty_counts_as_not_given(nothing: str) -> None:
    text = f"- question: a\n  answer: b\n  outside: {nothing}\n  phrasings: {nothing}\n  kind: {nothing}\n"
    entry = shortest(text).entries["en"]["a"]
    assert (entry.outside, entry.phrasings, entry.kind) == ("", (), Kind.FAQ)


def test_kinds_in_any_case() -> None:
    assert shortest("- {question: a, answer: b, kind: Guardrail}\n").entries["en"]["a"].kind is Kind.GUARDRAIL


def test_ids_made_of_questions_are_unique_and_give_way_to_chosen_ones() -> None:
    text = "- {question: Hours?, answer: a}\n- {question: hours, answer: b}\n- {id: hours, question: c, answer: d}\n"
    assert {e.id: e.question for e in shortest(text).entries["en"].values()} == {
        "hours-2": "Hours?",
        "hours-3": "hours",
        "hours": "c",
    }


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What's the café's address?", "whats-the-cafes-address"),
        ("¿Dónde aparco?", "donde-aparco"),
        ("a" * 60, "a" * 48),
        ("word " * 20, "word-word-word-word-word-word-word-word-word"),
    ],
)
def test_slug(question: str, expected: str) -> None:
    assert slug(question) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_slug_is_always_an_id(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,48}", slug(text))


def test_a_thousand_equal_questions_get_short_ids() -> None:
    question = "x" * 60
    found = shortest("".join(f"- {{question: {question}, answer: b}}\n" for _ in range(1000))).entries["en"]
    assert len(found) == 1000
    assert all(len(entry_id) <= MAX_ID for entry_id in found)


def test_all_faults_of_all_files_come_at_once() -> None:
    loaded = load(
        sources(advisory="titel: a\n", passages="- a\n", en__a="- {question: a}\n", en__b="a: b: c\n")
    )
    assert loaded.knowledge_base is None
    assert sorted(codes(loaded)) == [
        "missing-field",
        "missing-field",
        "unknown-field",
        "wrong-type",
        "yaml-syntax",
    ]
    assert not loaded.complete
    assert loaded.draft.entries["en"]["a"].answer == ""


def test_what_a_broken_file_may_hold_is_not_reported_as_missing() -> None:
    broken = "entries:\n  - {id: bicycles, question: a: b}\n"
    loaded = validated(
        load(sources(advisory=ADVISORY, passages=PASSAGES, en__a=ENGLISH, en__b=broken, es__a=SPANISH))
    )
    assert "yaml-syntax" in codes(loaded)
    assert not {"dangling-related", "missing-translation", "unknown-topic"} & set(codes(loaded))


def test_warnings_leave_the_knowledge_base_usable() -> None:
    loaded = load([SourceFile("faq.yaml", b"- {question: a, answer: b, colour: red}\n")])
    assert codes(loaded) == ["unknown-field"]
    assert loaded.knowledge_base is not None


def test_languages_are_the_folders_where_none_are_listed() -> None:
    loaded = load(sources(advisory="title: a\n", es__a=SPANISH, en__a=ENGLISH, drafts__a=ENGLISH))
    assert loaded.draft.advisory.languages == ("en", "es")
    assert codes(loaded) == ["unknown-language"]


def test_entries_in_a_file_named_advisory_are_entries() -> None:
    loaded = load(sources(advisory="- {question: a, answer: b}\n"))
    assert list(base_of(loaded).entries["en"]) == ["a"]


def test_no_files_at_all() -> None:
    loaded = load([], name="kb")
    assert codes(loaded) == ["no-entries"]
    assert loaded.knowledge_base is None


def test_hash_depends_on_names_and_bytes_and_not_on_order() -> None:
    a, b = SourceFile("a", b"1"), SourceFile("b", b"2")
    assert content_hash([a, b]) == content_hash([b, a])
    assert (
        len(
            {
                content_hash(s)
                for s in ([a], [b], [a, b], [replace(a, data=b"2")], [SourceFile("a1", b"")], [])
            }
        )
        == 6
    )
    assert base_of(load(BUNDLED)).content_hash == content_hash(BUNDLED)


WORD = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"), min_size=1, max_size=30
)
TEXT = WORD.filter(str.strip).map(str.strip)
IDS = st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)
PASSAGE_IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True) | st.just("null")


def test_a_gist_is_translated_into_the_languages_that_there_are() -> None:
    wrong = PASSAGES.replace("{es: ", "{de: ")
    found = load(sources(advisory=ADVISORY, passages=wrong, en__house=ENGLISH, es__house=SPANISH))
    assert codes(found) == ["unknown-field"]


@st.composite
def knowledge_bases(draw: st.DrawFn) -> KnowledgeBase:
    """Valid knowledge bases in two languages."""
    base = base_of(load(BUNDLED))
    passages = {
        i: Passage(
            *(i, draw(st.sampled_from(Voice)), draw(TEXT), draw(st.integers(0, 99))),
            translations=draw(st.dictionaries(st.just("es"), TEXT)),
        )
        for i in draw(st.sets(PASSAGE_IDS))
    }
    entries: dict[str, dict[str, Entry]] = {"en": {}, "es": {}}
    for language, found in entries.items():
        for entry_id in draw(st.sets(IDS, min_size=1, max_size=4)):
            found[entry_id] = Entry(
                id=entry_id,
                question=draw(TEXT),
                answer=draw(TEXT),
                kind=draw(st.sampled_from(Kind)),
                topic="house",
                language=language,
                phrasings=tuple(draw(st.lists(TEXT, max_size=4))),
                cites=tuple(draw(st.lists(st.sampled_from(sorted(passages)), max_size=2)))
                if passages
                else (),
                related=tuple(draw(st.lists(IDS, max_size=2))),
                outside=draw(st.just("") | TEXT),
            )
    title = draw(TEXT)
    advisory = replace(base.advisory, title=title, disclaimer={"es": title})
    topics = {language: {"house": Topic("house", title, language)} for language in entries}
    return KnowledgeBase(advisory, passages, entries, topics)


def dump(base: KnowledgeBase, *, unicode: bool) -> list[SourceFile]:
    """The files of a knowledge base in the bundled layout."""
    advisory = base.advisory
    top = {
        name: getattr(advisory, name) for name in ("id", "title", "author", "publisher", "published", "url")
    }
    top |= {
        "languages": list(advisory.languages),
        "disclaimer": dict(advisory.disclaimer),
    }
    contents: dict[str, object] = {"advisory": top}
    for language, entries in base.entries.items():
        listed = [
            {name: getattr(e, name) for name in ("id", "question", "answer", "outside")}
            | {name: list(getattr(e, name)) for name in ("phrasings", "cites", "related")}
            | {"kind": e.kind.value}
            for e in entries.values()
        ]
        contents[f"{language}/house"] = {"title": base.topics[language]["house"].title, "entries": listed}
    found = [
        SourceFile(f"{name}.yaml", yaml.safe_dump(content, allow_unicode=unicode, sort_keys=False).encode())
        for name, content in contents.items()
    ]
    rows = [
        {
            k: v
            for k in ("id", "voice", "position", "gist", "fingerprint", "parent")
            if (v := str(getattr(p, k)))
        }
        | {"translations": dict(p.translations)}
        for p in base.passages.values()
    ]
    return [*found, SourceFile("passages.yaml", yaml.safe_dump({"passages": rows}).encode())]


def without_places(base: KnowledgeBase) -> KnowledgeBase:
    nowhere = Location("", 1, 1)
    return replace(
        base,
        advisory=replace(base.advisory, location=nowhere),
        passages={i: replace(p, location=nowhere) for i, p in base.passages.items()},
        entries={
            c: {i: replace(e, location=nowhere) for i, e in found.items()}
            for c, found in base.entries.items()
        },
        topics={
            c: {i: replace(t, location=nowhere) for i, t in found.items()} for c, found in base.topics.items()
        },
        content_hash="",
    )


@settings(deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(knowledge_bases(), st.booleans())
def test_what_is_dumped_is_loaded_again(base: KnowledgeBase, unicode: bool) -> None:
    assert without_places(base_of(load(dump(base, unicode=unicode)))) == without_places(base)


NAMES = st.sampled_from(
    [
        "id",
        "question",
        "answer",
        "kind",
        "cites",
        "related",
        "outside",
        "phrasings",
        "entries",
        "title",
        "off-topic",
        "near",
        "passages",
        "voice",
        "position",
        "gist",
        "parent",
        "languages",
        "disclaimer",
        "published",
        "url",
        "en",
    ]
)
ANYTHING = st.recursive(
    st.text(max_size=8) | st.integers() | st.none() | st.booleans() | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)
FILES = st.sampled_from(
    ["advisory.yaml", "passages.yaml", "en/a.yaml", "en/b.yml", "es/a.yaml", "x.yaml", "a/b/c.yaml", ""]
)


@settings(deadline=2000, max_examples=200)
@given(
    st.dictionaries(
        FILES, ANYTHING.map(lambda v: yaml.safe_dump(v).encode()) | st.binary(max_size=60), max_size=5
    )
)
def test_nothing_makes_loader_and_validator_raise(contents: dict[str, bytes]) -> None:
    loaded = load([SourceFile(name, data) for name, data in contents.items()])
    assert validate(loaded.draft, complete=loaded.complete) is not None
    if loaded.knowledge_base:
        assert loaded.knowledge_base.entry("x") is None


def synthetic(entries: int, phrasings: int) -> bytes:
    """A file about as large as the bundled knowledge base."""
    words = "cells border clinic permission lawyer customs carry freezer doctor officer airport paper".split()
    lines = ["entries:"]
    for e in range(entries):
        lines += [f"  - id: e-{e}", f"    question: What about {e}?", "    answer: |"]
        lines += ["      " + " ".join(words * 8) + ".", "", "    phrasings:"]
        lines += [f"      - {' '.join(words[p % 7 :] + words[: e % 5])} {p} {e}" for p in range(phrasings)]
    return "\n".join(lines).encode()


def test_eight_thousand_phrasings_load_in_time() -> None:
    source = [SourceFile("en/all.yaml", synthetic(184, 44)), SourceFile("advisory.yaml", b"title: a\n")]
    taken = []
    for _ in range(3):
        begin = time.process_time()
        base_of(load(source))
        taken.append(time.process_time() - begin)
    assert min(taken) < 0.4


# The files module


def write(folder: Path, name: str, text: str = "- {question: a, answer: b}\n") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_files_are_read_in_a_stable_order_without_hidden_and_other_ones(tmp_path: Path) -> None:
    for name in (
        "en/b.yaml",
        "en/a.YML",
        "z.yaml",
        ".hidden.yaml",
        "en/.a.yaml.swp",
        ".git/a.yaml",
        "notes.txt",
        "en/deep/a.yaml",
    ):
        write(tmp_path, name)
    write(tmp_path, "README.txt", "What is the question: nobody knows.\n")
    write(tmp_path, "drafts.txt.bak")
    found, problems = files.read(tmp_path)
    assert [s.name for s in found] == ["en/a.YML", "en/b.yaml", "z.yaml"]
    assert sorted(p.location.file.removeprefix(f"{tmp_path}/") for p in problems) == [
        ".hidden.yaml",
        "en/deep/a.yaml",
        "notes.txt",
    ]
    assert {p.code for p in problems} == {"unknown-file"}


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("faq.yaml.txt", "rename it to faq.yaml "),
        ("hours.txt", "rename it to hours.yaml "),
        (".cafe.yaml", "rename it to cafe.yaml,"),
    ],
)
def test_entries_under_a_name_that_is_not_read_are_told_of(tmp_path: Path, name: str, mend: str) -> None:
    write(tmp_path, name)
    loaded = files.load(tmp_path)
    assert codes(loaded) == ["no-entries", "unknown-file"]
    assert "no file whose name ends in .yaml" in loaded.problems[0].message + loaded.problems[1].message
    assert any(p.mend.startswith(mend) for p in loaded.problems)


@pytest.mark.parametrize("folder", ["old", "sub", "en", "backup", "2024"])
def test_a_folder_beside_files_of_entries_is_an_error_and_they_are_read(tmp_path: Path, folder: str) -> None:
    write(tmp_path, "hours.yaml", "- {question: When?, answer: At nine.}\n")
    assert files.load(tmp_path).knowledge_base is not None
    write(tmp_path, f"{folder}/fees.yaml", "- {question: How much?, answer: Nothing.}\n")
    loaded = files.check(tmp_path, codes=())
    assert codes(loaded) == ["mixed-layout"]
    assert f'the folder "{folder}" is taken for a language' in loaded.problems[0].message
    assert [entry.question for entry in loaded.draft.entries["en"].values()] == ["When?"]


@pytest.mark.parametrize("held", ["off-topic: {far: [hello]}", "word-classes: {town: [Ulm]}"])
def test_a_folder_beside_a_file_that_holds_no_entries_is_an_error_too(tmp_path: Path, held: str) -> None:
    write(tmp_path, "en/fees.yaml", "- {question: How much?, answer: Nothing.}\n")
    write(tmp_path, "more.yaml", f"{held}\n")
    assert "mixed-layout" in codes(files.load(tmp_path))


def test_what_is_no_file_of_entries_may_stand_beside_folders(tmp_path: Path) -> None:
    write(tmp_path, "en/house.yaml")
    write(tmp_path, "compose.yaml", "services: {bot: {image: a}}\n")
    assert files.load(tmp_path).knowledge_base is not None


def test_load_names_the_knowledge_base_after_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "House rules.yaml")
    base = base_of(files.load(tmp_path / "House rules.yaml"))
    assert (base.advisory.id, base.advisory.title) == ("house-rules", "House rules")
    assert base.entries["en"]["a"].location.file == str(tmp_path / "House rules.yaml")
    monkeypatch.chdir(tmp_path)
    for path in (Path(), tmp_path):
        base = base_of(files.load(path))
        assert base.advisory.title == tmp_path.name
        assert base.entries["en"]["a"].location.file == "House rules.yaml"


def test_load_checks_what_would_make_it_unusable_and_check_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "faq.yaml", "- {question: a, answer: b, related: [c]}\n")
    assert codes(files.load(tmp_path / "faq.yaml")) == ["dangling-related"]
    assert files.load(tmp_path / "faq.yaml").knowledge_base is None
    assert set(codes(files.check(tmp_path / "faq.yaml"))) == {
        "dangling-related",
        "few-phrasings",
        "no-first-sentence",
        "no-guardrail",
    }


def test_a_file_that_cannot_be_read_is_reported_with_the_other_faults(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "- {question: a, colour: red}\n")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "nowhere.yaml")
    loaded = files.load(tmp_path)
    assert sorted(codes(loaded)) == ["missing-field", "unknown-field", "unreadable-file"]
    assert not loaded.complete


def test_bundled_folder_is_found() -> None:
    assert files.bundled().is_dir()
    assert files.bundled("stem-cell-smuggling").name == "stem-cell-smuggling"
    with pytest.raises(FileNotFoundError):
        files.bundled("no-such-advisory")


def test_with_passages_alone_it_is_the_folder_that_lacks_an_advisory(tmp_path: Path) -> None:
    write(tmp_path / "base", "passages.yaml", "passages: [{id: A1, voice: advisory, gist: something}]\n")
    found = {p.code: p.location for p in files.check(tmp_path / "base").problems}
    assert found["missing-file"].file == found["missing-disclaimer"].file == str(tmp_path / "base")


def test_examples_of_the_authoring_guide_load(tmp_path: Path) -> None:
    page = (DOCS / "authoring.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^```yaml$", page, re.MULTILINE)) == len(examples)
    for name, text in examples:
        if name == "patch.yaml":  # what reviewing writes; tests/test_patch.py reads it
            continue
        if "/" in name or name in {"advisory.yaml", "passages.yaml"}:
            write(tmp_path / "full", name, text)
        else:
            write(tmp_path, name, text)
            found = {p.code for p in files.check(tmp_path / name).problems}
            assert found <= {"few-phrasings", "no-guardrail"}
            assert ("no-guardrail" in found) == (name != "emergencies.yaml")
            if name == "emergencies.yaml":  # what is shown in Spanish belongs to it
                write(tmp_path / "full", f"en/{name}", text)
    full = files.check(tmp_path / "full")
    assert {p.code for p in full.problems} <= {"few-phrasings", "no-guardrail"}
    assert full.knowledge_base is not None
