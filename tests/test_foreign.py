"""A message in a language that nobody has written answers in is told as such; one that is only misspelt never is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.foreign import ForeignLanguages, common_words
from knowledge.outcome import Decline, Question, Silent

if TYPE_CHECKING:
    from knowledge.answerer import Answerer

QUESTIONS = Path(__file__).parent / "questions"
MESSAGES = {
    "de": [
        "mein Vater ist bewusstlos, was soll ich machen?",
        "Ist es erlaubt Stammzellen im Koffer mitzunehmen",
        "wie viel kostet die Genehmigung",
        "das habe ich nicht gefragt",
        "vielen dank für die auskunft",
        "gibt es das auch auf deutsch",
        "ich kann nicht mehr",
        "soll ich zum zoll gehen",
    ],
    "fr": [
        "ma mère ne se réveille pas, que dois-je faire",
        "j'ai déjà passé la frontière avec mes cellules",
        "est-ce que la clinique est obligée de me répondre ?",
        "il me faut un avocat ?",
        "ca va me couter combien",
        "c pas ce que j'ai demandé",
        "merci pour votre aide",
        "je n'en peux plus",
    ],
    "it": [
        "mia madre non si sveglia, cosa faccio",
        "ho già passato il confine con le cellule",
        "devo chiamare un avvocato?",
        "quanto mi costerebbe il permesso",
        "la clinica non mi risponde più",
        "non era questa la mia domanda",
        "non ce la faccio più",
    ],
    "pt": [
        "minha mãe não acorda, o que eu faço",
        "ja passei a fronteira com as celulas",
        "preciso de um advogado?",
        "quanto custa a permissão",
        "a clínica não quer me responder",
        "não foi isso que eu perguntei",
        "não aguento mais",
        "vocês falam português?",
    ],
    "nl": [
        "mijn moeder wordt niet wakker, wat moet ik doen",
        "ik ben al de grens over met mijn cellen",
        "heb ik een advocaat nodig",
        "de kliniek geeft geen antwoord meer",
        "dat was mijn vraag niet",
        "ik kan het niet meer aan",
    ],
    "pl": ["czy to jest legalne?", "nie mogę oddychać", "moja mama nie oddycha", "ile to kosztuje"],
    "tr": ["bu yasal m\u0131?", "nefes alam\u0131yorum", "hücrelerimi meksikaya götürebilir miyim"],
    "vi": ["tôi không thở được", "việc này có hợp pháp không"],
    "fil": ["hindi ako makahinga", "pwede ba akong makulong dahil dito"],
    "ru": ["мне нужен адвокат?", "мама не просыпается", "это дорого"],
    "uk": ["чи потрібен мені дозвіл?", "мені дуже погано, допоможіть"],
    "ar": ["هل أحتاج إلى محام؟"],
    "fa": ["آیا این کار قانونی است؟"],
    "el": ["χρειάζομαι δικηγόρο;"],
    "he": ["האם זה מותר?"],
    "hi": ["मुझे साँस नहीं आ रही"],
    "ja": ["息ができません", "これは合法ですか?"],
    "ko": ["숨을 못 쉬겠어요"],
    "zh": ["救命", "我需要律师吗"],
}
OURS = [
    "is it legl to cary my stm cels",
    "wat do i do nw",
    "help i cant brethe",
    "i dnt want 2 liv",
    "es legal yevar mis selulas",
    "q ago si no rresponden",
    "hola buenas tardes una pregunta, se puede en avion o en carro",
    "quiero morirme",
    "can I bring my celulas madre to Tijuana por favor",
    "Lupus erythematosus",
    "myasthenia gravis, amyotrophic lateral sclerosis",
    "Regenexx",
    "Klaus Müller",
    "Dr. Schneider in Berlin wants to see me",
    "my husband Giovanni has Parkinson's",
    "my doctor says c'est la vie, what now",
    "ALS",
    "ok ja",
    "lol",
    "\u03b1",
    "¯\\_(ツ)_/¯",
    "?",
    "",
    "1234",
]


def of(*languages: str) -> ForeignLanguages:
    return ForeignLanguages(dict.fromkeys(languages, ()))


def test_messages_in_other_languages_are_told() -> None:
    # Nothing was set on these.
    told = {
        text: (language, of("en", "es").language_of(text))
        for language, texts in MESSAGES.items()
        for text in texts
    }
    missed = {text for text, (language, found) in told.items() if found != language}
    assert len(missed) <= len(told) / 20, missed
    assert all(found in ("", language) for language, found in told.values())


@pytest.mark.parametrize("text", OURS)
def test_what_is_misspelt_mixed_or_a_name_is_not_foreign(text: str) -> None:
    assert of("en", "es").language_of(text) == ""


def test_hardly_an_english_or_spanish_message_of_the_tests_is_taken_for_foreign() -> None:
    told = [
        json.loads(line)
        for file in QUESTIONS.glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
        if file.stem != "known-failures"
    ]
    assert len(told) > 6000
    foreign = {one["q"]: one["ids"] for one in told if of("en", "es").language_of(one["q"])}
    assert len([text for text, ids in foreign.items() if ids]) <= 1, foreign  # "fda telefon nr pls"
    assert len(foreign) <= 21, foreign  # all of them are


@pytest.mark.parametrize("app", ["de", "fr-CA", "it", "pt-BR", "nl", "pl", "id"])
def test_an_app_in_another_language_makes_hardly_any_of_them_foreign(app: str) -> None:
    texts = {
        str(told["q"])
        for file in ("dangers", "in-scope", "spanish")
        for told in map(json.loads, (QUESTIONS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())
        if told["ids"]
    }
    assert len({text for text in texts if of("en", "es").language_of(text, app)}) <= 2


@pytest.mark.parametrize(
    ("text", "app"), [("en français svp", "fr"), ("non respiro", "it"), ("aidez moi", "fr-CA")]
)
def test_less_is_enough_where_the_app_is_in_that_language(text: str, app: str) -> None:
    assert of("en", "es").language_of(text) == ""
    assert of("en", "es").language_of(text, app) == app[:2]


def test_what_is_foreign_hangs_on_the_languages_that_are_spoken() -> None:
    assert of("en").language_of("¿puedo llevar mis células a México?") == "es"
    assert of("de").language_of("can I take my cells to Mexico?") == "en"
    assert of("de").language_of("darf ich meine Zellen nach Mexiko mitnehmen?") == ""
    assert of("ru", "en").language_of("это законно?") == "ru"  # it has no Russian texts


def test_a_language_without_counted_words_makes_only_other_scripts_foreign() -> None:
    assert of("eu").language_of("darf ich meine Zellen nach Mexiko mitnehmen?") == ""
    assert of("eu").language_of("これは合法ですか?") == "ja"


def test_a_knowledge_base_speaks_what_its_texts_are_written_in() -> None:
    german = ForeignLanguages({"en": ["Wann öffnet die Bücherei?", "Was kostet ein Ausweis?", "Wo ist das?"]})
    assert german.language_of("ich möchte ein Buch ausleihen") == ""
    assert german.language_of("je voudrais emprunter un livre") == "fr"
    russian = ForeignLanguages({"en": ["What is it?"] * 9, "ru": ["Где библиотека?", "Сколько это стоит?"]})
    assert russian.language_of("это законно?") == ""
    assert russian.language_of("הספרייה פתוחה?") == "he"


@given(st.text())
def test_any_text_is_foreign_or_is_not(text: str) -> None:
    assert of("en", "es").language_of(text).isalpha() or not of("en", "es").language_of(text)


def test_the_words_are_there_in_order() -> None:
    words = common_words()
    assert list(words.words) == sorted(set(words.words))
    assert words.levels.shape == (len(words.words), len(words.languages))
    assert words.levels.nbytes + words.words.nbytes < 2_000_000


def test_the_core_declines_in_that_language_and_says_why(answerer: Answerer) -> None:
    for text, language in (
        ("posso levar minhas celulas para o mexico", "pt"),
        ("ich bekomme keine Luft", "de"),
    ):
        verdict = answerer.answer(Question(text, "en"))
        assert verdict.outcome == Decline(language)
        assert verdict.rule == f'it is in another language ("{language}")'
        assert answerer.reply_language(verdict, "en") == "en"


def test_a_cry_in_another_language_that_is_a_phrasing_is_answered(answerer: Answerer) -> None:
    assert answerer.answer(Question("je veux mourir", "en")).answered == "emergency"


def test_talk_in_another_language_is_left_alone(answerer: Answerer) -> None:
    question = Question("weiß jemand, ob das legal ist?", "en", overheard=True)
    assert answerer.answer(question).outcome == Silent()
