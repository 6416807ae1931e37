"""`advisory-bot run` as operators run it: what it says when it can't start, and how it stops."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.locales import words
from bot.transport.token_doubt import ASKS_AGAIN_AFTER
from knowledge.files import bundled
from tests.databases import KEY
from tests.e2e.process import STARTS_WITHIN, BotProcess, Unreachable, started
from tests.fake_bot_api import TOKEN, FakeBotApi
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TRIES_FOR = 5.0
"""Seconds for which a server that isn't there is tried at least."""
"""Seconds; on a busy machine the imports alone take some."""
QUESTION = "Where do I park my car?"
ANSWER = "Behind the house."
UNKNOWN_TOKEN = "987654321:" + "Bc-_" * 9


@asynccontextmanager
async def polling(api: FakeBotApi, folder: Path, base: Path, **settings: str) -> AsyncIterator[BotProcess]:
    """The process, when it has begun to poll."""
    before = len(api.calls_of("getUpdates"))
    async with started(
        folder, base, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url, **settings
    ) as process:
        await api.wait_for(lambda: len(api.calls_of("getUpdates")) > before, STARTS_WITHIN)
        yield process


async def test_without_a_token_one_sentence_says_what_to_do(tmp_path: Path, small_base: Path) -> None:
    async with started(tmp_path, small_base) as process:
        assert await process.exit_status(STARTS_WITHIN) == 2
        (sentence,) = process.written.splitlines()
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert "advisory-bot chat" in sentence


@pytest.mark.parametrize(
    ("token", "level"),
    [
        pytest.param(UNKNOWN_TOKEN, "INFO", id="unknown to Telegram"),
        pytest.param(UNKNOWN_TOKEN, "DEBUG", id="unknown, with all logs"),
        pytest.param(UNKNOWN_TOKEN[:20], "DEBUG", id="cut short"),
        pytest.param("SECRET words: no token", "INFO", id="no token at all"),
    ],
)
async def test_a_wrong_token_gets_one_sentence_that_does_not_show_it(
    api: FakeBotApi, tmp_path: Path, small_base: Path, token: str, level: str
) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": api.url, "LOG_LEVEL": level}
    async with started(tmp_path, small_base, **settings) as process:
        assert await process.exit_status(STARTS_WITHIN) == 2
        (sentence,) = process.sentences
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert "@BotFather" in sentence
    for secret in (token, token.rpartition(":")[2], "SECRET"):
        assert secret not in process.written or secret == ""


async def test_the_database_of_another_bot_is_left_alone_and_a_wrong_token_takes_none(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": UNKNOWN_TOKEN, "TELEGRAM_API_URL": api.url}
    async with started(tmp_path, small_base, **settings) as process:
        assert await process.exit_status(STARTS_WITHIN) == 2
    async with polling(api, tmp_path, small_base) as process:
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
    async with FakeBotApi(UNKNOWN_TOKEN, username="other_bot") as other:
        settings = {"TELEGRAM_BOT_TOKEN": UNKNOWN_TOKEN, "TELEGRAM_API_URL": other.url}
        async with started(tmp_path, small_base, **settings) as process:
            assert await process.exit_status(STARTS_WITHIN) == 1
            assert "another bot's: set DATABASE_URL" in process.sentences[-1]


async def test_a_server_s_database_without_a_key_is_a_setting_that_is_missing(
    tmp_path: Path, small_base: Path
) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/bot"}
    async with started(tmp_path, small_base, **settings) as process:
        assert await process.exit_status(STARTS_WITHIN) == 2
        assert "STORE_KEY is missing" in process.sentences[-1]


async def test_where_lines_are_objects_so_is_the_last_word(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": UNKNOWN_TOKEN, "TELEGRAM_API_URL": api.url, "LOG_FORMAT": "json"}
    async with started(tmp_path, small_base, **settings) as process:
        assert await process.exit_status(STARTS_WITHIN) == 2
        last = [json.loads(line) for line in process.written.splitlines()][-1]
    assert last["level"] == "critical"
    assert "TELEGRAM_BOT_TOKEN" in last["event"]


async def test_interrupted_while_it_waits_for_its_database_it_was_stopped_and_says_what_it_waits_for(
    tmp_path: Path, small_base: Path
) -> None:
    url = f"postgresql://bot@127.0.0.1:{free_port()}/bot"
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": url, "STORE_KEY": KEY}
    async with started(tmp_path, small_base, **settings) as process:
        await process.has_written("not yet (PostgreSQL: ")
        process.stop(signal.SIGINT)
        assert await process.exit_status() == 0
        assert process.sentences == []


async def test_every_wrong_setting_is_told_at_once(tmp_path: Path, small_base: Path) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "LOG_LEVEL": "LOUD", "FALSE_ANSWER_RATE": "many"}
    async with started(tmp_path, small_base, **settings) as process:
        assert await process.exit_status(STARTS_WITHIN) == 2
        assert sorted(line.split()[1] for line in process.sentences) == ["FALSE_ANSWER_RATE", "LOG_LEVEL"]
    assert TOKEN not in process.written


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_stopped_while_questions_wait_it_answers_them_all_and_ends(
    api: FakeBotApi, tmp_path: Path, small_base: Path, stop: signal.Signals
) -> None:
    async with polling(api, tmp_path, small_base, LOG_LEVEL="DEBUG") as process:
        people = [api.user(f"Asker-{number}") for number in range(24)]
        api.delay(0.4, "sendMessage", times=None)
        for person in people:
            person.sends(QUESTION)
        people[0].sends("/privacy")
        await api.wait_idle()
        answered = sum(call.ok for call in api.calls_of("sendMessage"))
        process.stop(stop)
        assert await process.exit_status() == 0
        assert answered < len(people)
        assert api.pending == []
        firsts = [[m.content.partition("\n")[0] for m in api.sent(person)] for person in people]
        privacy = words("en")("privacy-short")
        assert firsts == [[ANSWER, privacy], *[[ANSWER]] * (len(people) - 1)]
        assert process.sentences == []
        for secret in (TOKEN, "park", "Asker"):
            assert secret not in process.written
    api.assert_clean()


async def test_what_was_not_handed_out_before_the_stop_waits_for_the_next_start(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    anna = api.user("Anna")
    async with polling(api, tmp_path, small_base) as process:
        await api.wait_idle()
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
    anna.sends(QUESTION)
    async with polling(api, tmp_path, small_base):
        await api.wait_sent(anna, ANSWER)
        await api.wait_idle()
    assert len(api.sent(anna)) == 1


async def test_a_token_that_is_revoked_while_it_runs_ends_it_with_one_sentence(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    async with polling(api, tmp_path, small_base) as process:
        await api.wait_idle()
        api.fail(None, 401, "Unauthorized", times=None)
        api.user("Anna").sends(QUESTION)  # the request under way is answered
        assert await process.exit_status(STARTS_WITHIN + sum(ASKS_AGAIN_AFTER)) == 2
        (sentence,) = process.sentences
        assert "doesn't know this TELEGRAM_BOT_TOKEN" in sentence
        assert "Traceback" not in process.written


async def test_stopped_before_it_has_reached_anybody_it_ends_at_once(
    tmp_path: Path, small_base: Path
) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:1"}
    async with started(tmp_path, small_base, **settings) as process:
        await process.has_written("trying again")
        process.stop(signal.SIGTERM)
        assert await process.exit_status() == 0
        assert process.sentences == []
        assert "Traceback" not in process.written


SIGNALS_WHILE_IMPORTED = """
import os, signal, sys

class Telling:
    def find_spec(self, name, *_):
        if name == "bot.cli":
            for told in {told}:
                os.kill(os.getpid(), told)

sys.meta_path.insert(0, Telling())
sys.argv = ["advisory-bot", "{command}", "--help"]
from bot.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("told", "command", "status"),
    [
        ((signal.SIGHUP,), "run", 0),
        ((signal.SIGHUP, signal.SIGTERM), "run", 0),
        ((signal.SIGTERM,), "ask", -signal.SIGTERM),
    ],
    ids=str,
)
def test_a_signal_that_comes_while_it_is_imported_means_what_it_means_later(
    told: tuple[signal.Signals, ...], command: str, status: int
) -> None:
    script = SIGNALS_WHILE_IMPORTED.format(told=tuple(map(int, told)), command=command)
    ended = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", script], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert ended.returncode == status, ended.stderr
    assert bool(ended.stdout) == (signal.SIGTERM not in told)


def children(number: int) -> list[str]:
    """The numbers of a process's children."""
    return Path(f"/proc/{number}/task/{number}/children").read_text(encoding="utf-8").split()


def is_there(number: str) -> bool:
    """Whether there is a process of this number."""
    return Path(f"/proc/{number}").exists()


async def test_stopped_while_it_learns_it_ends_with_all_who_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:1"}
    async with started(tmp_path, bundled(), **settings) as process:
        number = process.process.pid
        learning: list[str] = []
        async with asyncio.timeout(STARTS_WITHIN):
            while len(learning) < 2:  # one reads, and then there is one for each language
                await asyncio.sleep(0.02)
                learning = children(number)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(10) == 0
        assert process.sentences == []
        assert "Traceback" not in process.written
        assert not any(map(is_there, learning))


async def test_a_server_that_stumbles_at_the_start_is_tried_again(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    api.fail("getMe", 502, body="<html>Bad Gateway</html>")
    anna = api.user("Anna")
    anna.sends(QUESTION)
    async with polling(api, tmp_path, small_base) as process:
        await api.wait_sent(anna, ANSWER)
        process.stop(signal.SIGINT)
        assert await process.exit_status() == 0
        assert process.sentences == []
    assert [call.status for call in api.calls_of("getMe")[:2]] == [502, 200]


async def test_a_refusal_at_the_start_is_no_server_that_cant_be_reached(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    api.fail("getMe", 400, "Bad Request: not today", times=None)
    async with started(tmp_path, small_base, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as process:
        assert await process.exit_status() == 1
        (sentence,) = process.sentences
        assert "Telegram doesn't let the bot start: Not today" in sentence


def test_a_server_that_is_not_there_is_tried_again_and_then_named_in_one_sentence(
    unreachable: Unreachable,
) -> None:
    assert unreachable.process.wait(60) == 1
    written = unreachable.output.read_text(encoding="utf-8")
    (sentence,) = (line for line in written.splitlines() if not line[0].isdigit())
    assert f"{unreachable.url} can't be reached" in sentence
    assert TOKEN not in written
    assert unreachable.output.stat().st_mtime - unreachable.begun > TRIES_FOR
