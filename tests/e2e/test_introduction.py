"""What the bot tells Telegram about itself when it starts, and when it has changed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import application
from bot.answering import Conversations
from bot.handlers.commands import FOR_GROUP_ADMINS, FOR_GROUPS, FOR_PRIVATE
from bot.handlers.context import Desk
from bot.introduction import Introduction
from bot.locales import languages, words
from bot.reload.learning import Source
from bot.reload.reloading import Reloader
from knowledge.opening import open_answerer
from tests.e2e.running import polling
from tests.e2e.test_checklist_elsewhere import CHECKLIST

if TYPE_CHECKING:
    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi


async def test_the_menu_shows_what_can_be_done_in_each_kind_of_chat(bot: RunningBot) -> None:
    menus = {
        scope: [command["command"] for command in commands]
        for (scope, language), commands in bot.api.world.profile.commands.items()
        if not language
    }
    assert menus == {
        "default": ["ask", "topics", "sources", "language", "help", "privacy", "forget"],
        "all_private_chats": ["ask", "topics", "sources", "language", "help", "privacy", "forget"],
        "all_group_chats": ["ask", "topics", "help", "privacy", "forget"],
        "all_chat_administrators": ["ask", "topics", "help", "privacy", "forget", "settings", "clean"],
    }
    assert bot.api.world.profile.menu_buttons == {0: {"type": "commands"}}


async def test_an_admin_is_shown_more_and_one_without_a_chat_keeps_nobody_from_starting(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    olga = api.user("Olga", started=True)
    async with polling(api, small_answerer, tmp_path, admin_ids=frozenset({olga.id, 5})):
        own = {
            language: [command["command"] for command in commands]
            for (scope, language), commands in api.world.profile.commands.items()
            if scope.endswith(str(olga.id))
        }
    wanted = [*FOR_PRIVATE, "review", "stats", "reload"]
    assert own == dict.fromkeys(("", *languages()), wanted)
    api.assert_clean()


async def test_each_language_has_its_own_menu_and_description(
    bot: RunningBot, small_answerer: Answerer
) -> None:
    profile, title = bot.api.world.profile, small_answerer.base.advisory.title
    for code in languages():
        say = words(code)
        for scope, names in (
            ("default", FOR_PRIVATE),
            ("all_private_chats", FOR_PRIVATE),
            ("all_group_chats", FOR_GROUPS),
            ("all_chat_administrators", (*FOR_GROUPS, *FOR_GROUP_ADMINS)),
        ):
            wanted = [{"command": name, "description": say(f"command-{name}")} for name in names]
            assert profile.commands[scope, code] == wanted
        assert profile.texts["description", code] == say("bot-description", title=title)
        assert profile.texts["short_description", code] == say("bot-short-description")


async def test_the_profile_says_what_the_bot_is_for(bot: RunningBot, small_answerer: Answerer) -> None:
    texts = bot.api.world.profile.texts
    title = small_answerer.base.advisory.title
    assert texts["description", ""] == words("en")("bot-description", title=title)
    assert texts["short_description", ""] == words("en")("bot-short-description")


@pytest.mark.parametrize("name", sorted({*FOR_PRIVATE, *FOR_GROUPS}))
async def test_every_command_of_the_menu_is_answered_everywhere(bot: RunningBot, name: str) -> None:
    anna = bot.api.user("Anna")
    group = bot.api.supergroup("Tenants", anna)
    anna.sends(f"/{name}")
    anna.sends(f"/{name}@advisory_test_bot", chat=group)
    await bot.settled()
    assert (len(bot.api.sent(anna)), len(bot.api.sent(group))) == (1, 1)


async def test_only_what_is_handled_is_asked_for(bot: RunningBot) -> None:
    await bot.api.wait_for(lambda: bot.api.calls_of("getUpdates"))
    asked = [call.params["allowed_updates"] for call in bot.api.calls_of("getUpdates")]
    assert asked[0] == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
        "guest_message",
    ]


async def test_a_webhook_left_from_before_is_taken_down(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    api.world.webhook.url = "https://bot.example.org/hook"
    async with polling(api, small_answerer, tmp_path) as bot:
        anna = api.user("Anna")
        anna.sends("Where do I park my car?")
        await bot.settled()
        assert len(api.sent(anna)) == 1
    assert api.world.webhook.url == ""
    api.assert_clean()


METHODS = ["setMyCommands", "setMyDescription", "setChatMenuButton"]


async def still_answers(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    anna.sends("Where do I park my car?")
    await bot.settled()
    assert len(bot.api.sent(anna)) == 1
    assert bot.worker.broken
    assert not bot.worker.broken.done()


@pytest.mark.parametrize("status", [400, 401, 404, 500])
@pytest.mark.parametrize("method", METHODS)
async def test_a_refused_introduction_keeps_nobody_from_asking(
    api: FakeBotApi,
    small_answerer: Answerer,
    tmp_path: Path,
    method: str,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.fail(method, status, "Not Found: method not found", times=None)
    async with polling(api, small_answerer, tmp_path) as bot:
        await still_answers(bot)
    assert "menus and descriptions stay as they were" in caplog.text


@pytest.mark.parametrize("wait", [1, 50, 5000])
async def test_an_introduction_that_telegram_puts_off_keeps_nobody_from_asking(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, wait: int
) -> None:
    parameters = {"retry_after": wait}
    api.fail(
        "setMyCommands", 429, f"Too Many Requests: retry after {wait}", parameters=parameters, times=None
    )
    async with asyncio.timeout(20), polling(api, small_answerer, tmp_path, introduced=False) as bot:
        await still_answers(bot)
        await api.wait_for(lambda: api.calls_of("setMyCommands"))


async def test_an_introduction_that_hangs_keeps_nobody_from_asking_and_the_bot_from_no_end(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    api.delay(1000, "setMyCommands", times=None)
    async with asyncio.timeout(20), polling(api, small_answerer, tmp_path, introduced=False) as bot:
        await still_answers(bot)
        await api.wait_for(lambda: api.calls_of("setMyCommands"))


async def test_where_telegram_says_when_it_is_told_no_earlier(
    bot: RunningBot, small_answerer: Answerer
) -> None:
    olga = bot.api.user("Olga", started=True)
    ours = introduction(bot, small_answerer, frozenset({olga.id}))
    parameters = {"retry_after": 5000}
    bot.api.fail("setMyCommands", 429, "Too Many Requests", parameters=parameters)
    await ours.look()
    so_far = told(bot.api)
    await ours.look()
    assert told(bot.api) == so_far


def introduction(bot: RunningBot, answerer: Answerer, admins: frozenset[int] = frozenset()) -> Introduction:
    """Another process's part in it."""
    desk = Desk(Conversations(answerer), "", bot.worker.store, admins)
    return Introduction(desk, bot.application.bot)


def told(api: FakeBotApi) -> int:
    """How often something was said of the bot."""
    return sum(call.method.startswith("set") for call in api.calls)


async def test_of_several_processes_and_starts_one_tells_it(
    bot: RunningBot, small_answerer: Answerer
) -> None:
    at_the_start = told(bot.api)
    others = [introduction(bot, small_answerer) for _ in range(4)]
    await asyncio.gather(*(other.look() for other in others))
    assert told(bot.api) == at_the_start > 0
    for other in others:  # those to whom another was telling
        await other.look()
    assert told(bot.api) == at_the_start


async def test_processes_that_start_together_tell_it_once(bot: RunningBot, small_answerer: Answerer) -> None:
    olga = bot.api.user("Olga", started=True)
    at_the_start = told(bot.api)
    bot.api.delay(0.1, "setMyDescription")
    others = [introduction(bot, small_answerer, frozenset({olga.id})) for _ in range(4)]
    for _ in range(2):
        await asyncio.gather(*(other.look() for other in others))
    assert told(bot.api) == 2 * at_the_start + len(languages()) + 1


async def test_a_checklist_that_a_reload_adds_gets_into_the_menus(
    api: FakeBotApi, own_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "CATCHES_UP_EVERY", 0.05)
    reloader = Reloader(Source(own_base))
    async with polling(api, open_answerer(own_base), tmp_path, reloader=reloader):
        (own_base / "en" / "move.yaml").write_text(CHECKLIST, encoding="utf-8")
        await reloader.reload()
        menus, wanted = api.world.profile.commands, ("checklist", "Before you move in")
        await api.wait_for(
            lambda: wanted in [tuple(one.values()) for one in menus["all_private_chats", ""]], within=10
        )
    api.assert_clean()


async def test_what_another_bot_told_with_the_same_token_is_set_right_at_the_next_start(
    bot: RunningBot, small_answerer: Answerer
) -> None:
    shown = dict(bot.api.world.profile.texts)
    await bot.application.bot.set_my_description("Another bot.")
    await introduction(bot, small_answerer).look()
    assert bot.api.world.profile.texts == shown


async def test_what_could_not_be_told_is_told_at_the_next_look(
    bot: RunningBot, small_answerer: Answerer
) -> None:
    olga = bot.api.user("Olga", started=True)
    ours = introduction(bot, small_answerer, frozenset({olga.id}))
    bot.api.fail("setMyCommands", 500)
    await ours.look()
    assert not [scope for scope, _ in bot.api.world.profile.commands if scope.endswith(str(olga.id))]
    await ours.look()
    assert [scope for scope, _ in bot.api.world.profile.commands if scope.endswith(str(olga.id))]


async def test_an_admin_without_a_chat_is_shown_their_menu_after_a_later_start(
    bot: RunningBot, small_answerer: Answerer
) -> None:
    olga = bot.api.user("Olga")
    await introduction(bot, small_answerer, frozenset({olga.id})).look()
    olga.sends("hello")
    await bot.settled()
    await introduction(bot, small_answerer, frozenset({olga.id})).look()
    assert [scope for scope, _ in bot.api.world.profile.commands if scope.endswith(str(olga.id))]
