"""Somebody whose language the knowledge base doesn't have gets the bot's words in it, around answers that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.locales import words
from knowledge.opening import open_answerer
from tests.conftest import SMALL_BASE
from tests.e2e.running import polling

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi

ES = words("es")
SPANISH_HOUSE = """\
title: La casa
entries:
  - id: cats
    question: ¿Puedo tener un gato?
    kind: gap
    answer: Las reglas no hablan de gatos.
    phrasings: [se permiten gatos, quiero traer a mi gata]
"""


async def test_spanish_words_stand_around_english_answers(bot: RunningBot) -> None:
    lucia = bot.api.user("Lucía", language_code="es-MX")
    for text in ("/start", "Where do I park my car?", "/topics", "zzz qqq www"):
        lucia.sends(text)
    await bot.settled()
    greeting, answer, topics, decline = bot.api.sent(lucia)
    assert greeting.content.startswith("Hola.")
    assert "Owner, The House, mayo de 2020" in greeting.content
    note = ES("answers-only-in", language="inglés")
    assert note in greeting.content
    assert answer.entity_texts("bold") == ["Behind the house."]
    assert ES("only-in", language="inglés") in answer.content
    assert "Fuente: el documento (A1)" in answer.content
    assert answer.content.endswith("The landlady has the last word.")
    assert [ES("sources-button"), ES("share-button")] in answer.buttons
    assert topics.content == ES("topics-title")
    assert topics.buttons == [["The house"], ["Cars and bicycles"]]
    assert note in decline.content


async def test_what_is_translated_is_shown_so_and_the_rest_is_not_lost(
    api: FakeBotApi, tmp_path: Path
) -> None:
    base = tmp_path / "base"
    for name, text in {**SMALL_BASE, "es/house.yaml": SPANISH_HOUSE}.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text.replace("languages: [en]", "languages: [en, es]"), encoding="utf-8")
    async with polling(api, open_answerer(base), tmp_path) as bot:
        lucia = api.user("Lucía", language_code="es")
        for text in ("/start", "¿Puedo tener un gato?", "/topics", "/start parking"):
            lucia.sends(text)
            await bot.settled()
        greeting, cats, topics, parking = api.sent(lucia)
        assert "Por ahora" not in greeting.content + cats.content
        assert cats.content.startswith("Las reglas no hablan de gatos.")
        assert topics.buttons == [["La casa"], ["Cars and bicycles"]]
        assert ES("only-in", language="inglés") in parking.content
        lucia.press(topics, "La casa")
        await bot.settled()
        assert topics.buttons == [
            ["¿Puedo tener un gato?"],
            ["What if there is a fire?"],
            [ES("back-to-topics")],
        ]
    api.assert_clean()


async def test_a_choice_leaves_other_settings_of_the_chat_alone(bot: RunningBot) -> None:
    anna, store = bot.api.user("Anna"), bot.worker.store
    await store.set_chat_settings(anna.id, {"other": 1})
    anna.sends("/language español")
    await bot.settled()
    assert await store.chat_settings(anna.id) == {"other": 1, "language": "es"}
    anna.sends("/language")
    await bot.settled()
    anna.press(bot.api.sent(anna)[-1], ES("language-automatic"))
    await bot.settled()
    assert await store.chat_settings(anna.id) == {"other": 1}
