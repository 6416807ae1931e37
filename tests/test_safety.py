"""What says that nobody is in danger, or not any more, and what sounds like it."""

from __future__ import annotations

import re

import pytest

from bot.locales import languages, words
from bot.remark import Remark
from bot.reply import Reply
from bot.typed import heard
from knowledge.corrections import correction
from knowledge.safety import calms


@pytest.mark.parametrize(
    "text",
    [
        "ok its passed, im fine now",
        "he is not bleeding any more",
        "I'm better, thanks",
        "My mom is okay now, thank you",
        "it's ok now",
        "all good",
        "it was a joke",
        "just kidding",
        "I didn\u2019t mean it",
        "she is fine",
        "not me, my mother, 2 years ago",
        "it was last year",
        "nothing, sorry wrong chat",
        "The ambulance is here",
        "he's at the hospital",
        "i am not suicidal",
        "ya llegó la ambulancia",
        "la policía está aquí",
        "no, era broma",
        "mi mamá ya está bien",
        "No, estoy bien",
        "he's ok now, the fever is gone",
        "his fever went down",
        "her temperature is down again",
        "he is breathing again",
        "my wife is breathing normally now",
        "she woke up",
        "he stopped shaking",
        "my son has stopped vomiting",
        "he is fine, thank god",
        "nobody\u2019s hurt",
        "no need for an ambulance",
        "i don't need 911",
        "no im ok just tired",
        "ya respira",
        "ya está bien, gracias a dios",
        "ya le bajó la fiebre",
        "la fiebre ya se le fue",
        "ya no tiene fiebre",
        "ya despertó, gracias a dios",
        "dejó de temblar",
        "no hace falta una ambulancia",
        "no estoy en peligro",
        "Nobody is in danger anymore.",
        "no one is in danger now",
        "there's no danger any more",
        "we are not in danger any longer",
        "it's not an emergency any more, sorry",
        "the danger is over",
        "i said im fine",
        "im fine stop",
        "i am okay thank you",
        "feeling better now",
        "I'm OK. It was yesterday.",
        "im ok it was yesterday",
        "it happened last night",
        "not an emergency, just asking",
        "ya nadie está en peligro",
        "nadie está en peligro ya",
        "ya no hay peligro",
        "ya pasó el peligro",
        "nadie corre peligro",
        "ya no es una emergencia",
        "estoy bien, fue ayer",
        "solo preguntaba",
    ],
)
def test_nobody_is_in_danger_any_more(text: str) -> None:
    assert calms(text)


@pytest.mark.parametrize("language", languages())
def test_what_the_bot_asks_for_to_end_an_alarm_is_heard(language: str) -> None:
    clauses = [clause.split() for clause in re.split(r"[.,\n]", words(language)("decline-alarmed"))]
    asked_for = [clause for clause in clauses if calms(" ".join(clause[1:]))]  # without its "if"
    assert len(asked_for) == 1
    text = " ".join(asked_for[0][1:])
    assert heard(text, Reply("Call for help."), alarmed=True) is Remark.SAFE
    assert heard(text.capitalize() + ".", Reply("Call for help."), urgent=True, alarmed=True) is Remark.SAFE


@pytest.mark.parametrize("text", ["it has passed", "all good", "it was last year", "she woke up", "ya pasó"])
def test_what_may_be_about_anything_is_about_a_danger_that_was_spoken_of(text: str) -> None:
    assert calms(text)
    assert not calms(text, alarmed=False)


@pytest.mark.parametrize(
    "text", ["nobody is in danger", "I'm not ill", "we are fine", "false alarm", "no es una emergencia"]
)
def test_a_danger_is_denied_before_it_is_spoken_of(text: str) -> None:
    assert calms(text, alarmed=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i am better off dead",
        "it's ok if i die",
        "i am fine with dying",
        "i am safe nowhere",
        "it is over",
        "he is not breathing any more",
        "i cant take it any more",
        "is she fine",
        "i am not fine",
        "the ambulance is not here",
        "the ambulance is coming",
        "it is not a joke",
        "no estoy bien",
        "no me siento bien",
        "no era broma",
        "no llegó la ambulancia",
        "ya no respira",
        "she is fine, what does it cost",
        "he stopped breathing",
        "her heart stopped",
        "his pulse is gone",
        "he is not breathing again",
        "the fever is not gone",
        "she woke up screaming",
        "he stopped shaking and is cold",
        "no need to live",
        "he is sleeping now",
        "no despertó",
        "no respira",
        "ya dejó de respirar",
        "no le bajó la fiebre",
        "it's not over",
        "the danger is not over",
        "not safe",
        "we are not safe any more",
        "i am not okay any more",
        "nobody is safe",
        "nobody is here any more",
        "somebody is in danger now",
        "no ambulance is here",
        "no help arrived",
        "it was yesterday and again today",
        "i called 911",
        "ya no estoy bien",
        "ya no estoy a salvo",
        "ya nadie me ayuda",
        "no todo está bien",
        "ya hay peligro",
        "no pasó el peligro",
    ],
)
def test_somebody_may_be(text: str) -> None:
    assert not calms(text)


@pytest.mark.parametrize(
    "text", ["i am better off dead, what now", "no estoy bien, qué hago", "it's ok if i die, right"]
)
def test_words_that_only_begin_like_a_denial_put_nothing_right(text: str) -> None:
    assert correction(text) is None


def test_what_follows_a_danger_that_is_over_is_what_is_meant() -> None:
    found = correction("she is fine, what does it cost")
    assert found is not None
    assert (found.rest, found.denies) == ("what does it cost", True)
