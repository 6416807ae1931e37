"""What says that nobody is in danger, or not any more, and what sounds like it."""

from __future__ import annotations

import re

import pytest

from bot.locales import languages, words
from bot.remark import Remark
from bot.reply import Reply
from bot.typed import heard
from knowledge.outcome import Relief
from knowledge.safety import Heard, calms, hear


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
    assert heard(text, Reply("Call for help."), alarmed=True) is Remark.DENIED
    assert heard(text.capitalize() + ".", Reply("Call for help."), urgent=True, alarmed=True) is Remark.DENIED


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
    "text", ["i am better off dead, what now", "no estoy bien, qu\u00e9 hago", "it's ok if i die, right"]
)
def test_words_that_only_begin_like_good_news_are_none(text: str) -> None:
    assert not hear(text).relief


def test_what_else_is_said_is_left() -> None:
    assert hear("she is fine, what does it cost") == Heard(Relief.WELL, "what does it cost")


@pytest.mark.parametrize(
    "text",
    [
        "ambulance is on the way",
        "I called 988, they were nice",
        "they are here now, she's breathing",
        "my doctor is seeing me at 4",
        "talked to my sister, feel calmer",
        "im not in danger just tired",
        "nunca hubo peligro",
        "ya la llevamos al hospital",
        "we're in the ER, they are looking after him",
        "paramedics are with her",
        "the nurse is with me now",
        "spoke to the crisis line, thank you",
        "on our way to the hospital",
        "my neighbor is driving me to the ER",
        "we called an ambulance",
        "help is coming",
        "cops just got here",
        "my wife is with me now",
        "zed is with me now, he is ok",
        "she opened her eyes and is talking again",
        "i wont hurt myself",
        "im not going to do anything",
        "the pain is gone",
        "she's stable",
        "ok i called them",
        "no one got hurt",
        "it's over now, i'm safe",
        "i texted 988 and someone is talking with me",
        "ya viene la ambulancia",
        "llamé al 988, fueron muy amables",
        "ya llegó el médico, está mejor",
        "mi hermano está conmigo",
        "el doctor me va a ver a las 4",
        "hablé con mi mamá, me siento más tranquila",
        "vamos camino al hospital",
        "ya está respirando bien",
        "nadie me pega, era una broma",
        "no me voy a hacer nada",
        "no pienso matarme",
        "the medics took over",
        "my brother drove me to the hospital",
        "doctors are taking care of her now",
        "its ok he's awake and talking",
        "they gave him oxygen and he's doing better",
        "I texted my therapist",
        "a nurse is on the phone with me",
        "turns out it was just a panic attack, im ok",
        "no danger here",
        "i wasn't serious",
        "that was a figure of speech",
        "i didn't mean i want to die",
        "im alive and ok",
        "relax, nobody is dying",
        "mi vecina me está llevando a urgencias",
        "ya estamos en urgencias",
        "se siente mejor, gracias",
        "la ambulancia está en camino",
        "no es para tanto, estoy bien",
        "era una forma de hablar",
        "no hablaba en serio",
        "tranquilo, nadie se está muriendo",
    ],
)
def test_help_and_relief_are_heard_in_peoples_own_words(text: str) -> None:
    assert calms(text)


@pytest.mark.parametrize(
    "text",
    [
        "no, nobody is hurting me, I'm only asking if the police look for me",
        "its not an emergency, she has cancer",
        "She's fine now, it was an allergic reaction. Is the clinic liable?",
        "She is ok thank god. who pays for the hospital",
        "I'm ok, I called my doctor, he's seeing me at 4. do i have to tell him about the cells?",
        "we are at the hospital now, can i sue the clinic",
        "no i'm not gonna do anything. just so tired. the treatment was my last hope and now you say it's illegal",
        "I SAID im not going to do anything. I'm just sad",
        "no, no es emergencia, ella tiene cancer",
        "no, nadie me esta haciendo daño, solo pregunto si la policia me busca",
        "I talked to my sister, I feel calmer now. can I ask you about my cells now",
        "ya está en el hospital, ¿la clínica paga?",
        "the ambulance has him now. what do i do with the cells in my fridge",
        "ok she's fine. back to my question, do i need a permit",
        "i'm safe, thanks. what countries are on the list",
        "im not suicidal i just want my money back",
        "ya está mejor, ¿puedo demandar a la clínica?",
        "no estoy en peligro, quiero saber si es legal",
    ],
)
def test_they_are_heard_beside_something_else(text: str) -> None:
    heard_in = hear(text)
    assert heard_in.relief
    assert heard_in.rest


@pytest.mark.parametrize(
    "text",
    [
        "I called 911 and nobody answers",
        "the ambulance isn't coming",
        "not breathing",
        "they said an hour",
        "I'm fine, I've taken them all already",
        "called 988, been on hold for 20 minutes",
        "i rang the doctor, he doesn't pick up",
        "the police were here but they left and he is back",
        "she's breathing but only barely",
        "she was fine, now she's not waking up",
        "he is calm now, very cold and pale",
        "I feel calm now, i know what i have to do",
        "I'm ok with dying",
        "he's better off without me",
        "the ambulance came and went, they wouldn't take her",
        "my sister says call an ambulance",
        "should i call the doctor",
        "nobody is coming",
        "i can't call 911",
        "no ambulance here",
        "we are in the hospital parking lot and he collapsed",
        "i am not ok",
        "it's not safe here",
        "the paramedics are here and he is not breathing",
        "i talked to my sister, she said just do it",
        "i'm not in danger, he is",
        "im home now but bleeding through the bandage",
        "llamé al 911 y nadie contesta",
        "la ambulancia no viene",
        "ya no respira",
        "dijeron que tarda una hora",
        "estoy tranquila, ya me tomé todas",
        "no estoy bien",
        "ya llamé pero no contestan",
        "no llega el doctor",
        "mi hermana no contesta",
        "estoy mejor muerta",
        "ya está fría y no despierta",
        "police said they can't come tonight",
        "the doctor told me to wait until monday but it hurts so bad",
        "my husband is here with the knife",
        "she's asleep now and i can't wake her",
        "he says he is fine but he is grey",
        "i feel better knowing it will be over soon",
        "everyone will be fine without me",
        "called the hotline, they put me on hold",
        "i called, no answer",
        "im okay with it. tell my mom i love her",
        "not fine",
        "the bleeding hasn't stopped",
        "911 hung up on me",
        "what if the ambulance doesn't come",
        "when is the ambulance coming",
        "ya vienen por mí",
        "la policia vino y se fue, y el volvio",
        "mi esposo esta aqui y tiene un cuchillo",
        "ya estoy bien cansada de vivir",
        "no quiero ayuda",
        "nadie me ayuda",
        "ya no me duele nada porque me tomé todo",
        "estoy bien muerta por dentro",
    ],
)
def test_what_is_near_to_them_and_no_good_news_leaves_the_alarm(text: str) -> None:
    assert not hear(text).relief
