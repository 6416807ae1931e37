"""/checklist where there is none, where it isn't translated, and long after it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import checklists
from bot.locales import words
from knowledge.opening import open_answerer
from tests.conftest import SMALL_BASE
from tests.e2e.running import polling

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi

EN, ES = words("en"), words("es")
CHECKLIST = """\
checklist:
  title: Before you move in
  questions:
    - {id: gate, question: Do you get a key?, ask: Do I get a <key>?, cites: [A1]}
    - {id: receipt, question: Is there a receipt?, ask: May I have a receipt?, if-yes: [gate]}
  advice:
    - {if-any: [no], text: Wait outside & ring. It may rain., cites: [C1]}
"""


def base_with_checklist(folder: Path) -> Path:
    base = folder / "base"
    for name, text in {**SMALL_BASE, "en/move.yaml": CHECKLIST}.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text, encoding="utf-8")
    return base


async def test_without_a_checklist_the_command_says_so_calmly_and_is_offered_nowhere(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    for text in ("/checklist", "/help", "/start _checklist"):
        anna.sends(text)
    anna.sends("/checklist", chat=group)
    await bot.settled()
    none, help_, greeting = bot.api.sent(anna)
    assert none.content == EN("checklist-none")
    assert "/checklist" not in help_.content
    assert greeting.content.startswith("Hello.")
    assert greeting.buttons == [[EN("topics-button")]]
    assert [message.content for message in bot.api.sent(group)] == [EN("checklist-none")]
    menus = bot.api.world.profile.commands.values()
    assert all(command["command"] != "checklist" for menu in menus for command in menu)


async def test_with_one_it_is_in_the_private_menus_under_its_own_name(
    api: FakeBotApi, tmp_path: Path
) -> None:
    async with polling(api, open_answerer(base_with_checklist(tmp_path)), tmp_path) as bot:
        menus = {
            scope: {command["command"]: command["description"] for command in commands}
            for (scope, language), commands in bot.api.world.profile.commands.items()
            if language == "es"
        }
        assert menus["all_private_chats"]["checklist"] == "Before you move in"
        assert "checklist" not in menus["all_group_chats"]
        anna = api.user("Anna")
        for text in ("/help", "/stats", "/unknown"):  # what is no command for her gets the same help
            anna.sends(text)
        await bot.settled()
        for help_ in api.sent(anna):
            assert help_.content.endswith("/checklist \N{EN DASH} Before you move in")
        assert len(api.sent(anna)) == 3
    api.assert_clean()


async def test_it_is_escaped_sourced_and_says_what_language_it_is_in(api: FakeBotApi, tmp_path: Path) -> None:
    async with polling(api, open_answerer(base_with_checklist(tmp_path)), tmp_path) as bot:
        lucia = api.user("Lucía", language_code="es")
        lucia.sends("/checklist")
        await bot.settled()
        step = api.sent(lucia)[-1]
        assert ES("only-in", language="inglés") in step.content
        lucia.press(step, ES("checklist-no"))
        await bot.settled()
        assert step.content.startswith("Wait outside & ring.\n\nIt may rain.")
        assert "Do you get a key?: No" in step.content
        assert "Fuente: el comentario de un lector (sin verificar) (C1)" in step.content
        assert step.entity_texts("pre") == []
        lucia.press(step, ES("checklist-back"))
        await bot.settled()
        lucia.press(step, ES("checklist-wont-say"))
        await bot.settled()
        assert step.content.startswith(ES("checklist-no-advice", document="el documento"))
        assert step.entity_texts("pre") == [
            "\N{EN DASH} Do I get a <key>?\n\N{EN DASH} May I have a receipt?"
        ]
    api.assert_clean()


async def test_its_buttons_outlive_a_restart(api: FakeBotApi, tmp_path: Path) -> None:
    answerer = open_answerer(base_with_checklist(tmp_path))
    anna = api.user("Anna")
    async with polling(api, answerer, tmp_path) as bot:
        anna.sends("/checklist")
        await bot.settled()
        step = api.sent(anna)[-1]
        anna.press(step, EN("checklist-yes"))
        await bot.settled()
    async with polling(api, answerer, tmp_path) as bot:
        anna.press(step, EN("checklist-no"))
        await bot.settled()
        assert step.content.startswith("Wait outside")
        anna.sends("/checklist")
        await bot.settled()
        assert "Question 1 of 2." in api.sent(anna)[-1].content
    api.assert_clean()


async def test_nothing_of_it_is_in_the_store(api: FakeBotApi, tmp_path: Path) -> None:
    anna = api.user("Anna")
    async with polling(api, open_answerer(base_with_checklist(tmp_path)), tmp_path) as bot:
        anna.sends("/checklist")
        await bot.settled()
        step = api.sent(anna)[-1]
        anna.press(step, EN("checklist-yes"))
        await bot.settled()
        assert await bot.worker.store.chat_settings(anna.id) == {}
        assert await bot.worker.store.feedback() == []
        assert await bot.worker.store.suggestions(None) == []


def test_the_memory_is_no_longer_than_said() -> None:
    assert checklists.MEMORY_MINUTES == 120
