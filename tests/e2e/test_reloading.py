"""A knowledge base edited under a bot that answers: the real process, its files, its signals."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.locales import words
from tests.e2e.process import BotProcess, environment, run_command, started
from tests.fake_bot_api import TOKEN, FakeBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fake_bot_api import UserActor

WITHIN: Final = 240.0
"""Seconds; what learns has the lowest priority, and a busy machine may leave it little."""
QUESTION: Final = "Where do I park my car?"
OLD: Final = "Behind the house."
NEW: Final = "In front of the house."
TAKEN_OVER: Final = "read again"
KEPT: Final = "stays as it was"


def edit(base: Path, old: str, new: str) -> None:
    """Change a text in the file about parking."""
    file = base / "en" / "parking.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@asynccontextmanager
async def running(
    api: FakeBotApi, folder: Path, base: Path, admin: UserActor | None = None
) -> AsyncIterator[BotProcess]:
    """The process, when it polls."""
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
    if admin:
        settings["ADMIN_IDS"] = str(admin.id)
    async with started(folder, base, **settings) as process:
        await api.wait_for(lambda: api.calls_of("getUpdates"), WITHIN)
        yield process
    api.assert_clean()


async def written(api: FakeBotApi, process: BotProcess, text: str, times: int = 1) -> None:
    await api.wait_for(lambda: process.written.count(text) >= times, WITHIN)


async def answer(api: FakeBotApi, person: UserActor, text: str) -> str:
    """What the bot says to a message."""
    before = len(api.sent(person))
    person.sends(text)
    await api.wait_for(lambda: len(api.sent(person)) > before, WITHIN)
    return str(api.sent(person)[before].content)


def learners(process: BotProcess) -> list[int]:
    """The processes that learn for it. One that has only just been forked isn't that yet, and the bot waits until it is."""
    found = []
    told = Path(f"/proc/{process.process.pid}/task/{process.process.pid}/children")
    for number in told.read_text(encoding="ascii").split():
        with contextlib.suppress(OSError):  # it has just ended
            if b"bot.reload.learning" in Path(f"/proc/{number}/cmdline").read_bytes():
                found.append(int(number))
    return found


async def learner(process: BotProcess) -> int:
    """The process that learns, as soon as it is there."""
    async with asyncio.timeout(WITHIN):
        while not (found := learners(process)):  # noqa: ASYNC110 - the system tells nobody
            await asyncio.sleep(0.005)
    return found[0]


async def test_a_signal_takes_over_what_was_edited_and_no_question_waits_for_it(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    anna = api.user("Anna")
    async with running(api, tmp_path, own_base) as process:
        assert (await answer(api, anna, QUESTION)).startswith(OLD)
        edit(own_base, OLD, NEW)
        process.stop(signal.SIGHUP)
        learning = await learner(process)
        os.kill(learning, signal.SIGSTOP)
        assert (await answer(api, anna, QUESTION)).startswith(OLD)
        os.kill(learning, signal.SIGCONT)
        await written(api, process, TAKEN_OVER)
        assert (await answer(api, anna, QUESTION)).startswith(NEW)
        process.stop(signal.SIGHUP)
        await written(api, process, "nothing has changed")
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        assert process.sentences == []
        assert gone(learning)


def gone(number: int) -> bool:
    """Whether a process is gone."""
    return not Path(f"/proc/{number}").exists()


async def test_an_edit_is_seen_without_a_signal_and_a_bad_one_is_told_to_the_admins(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    anna, olga = api.user("Anna"), api.user("Olga", started=True)
    async with running(api, tmp_path, own_base, olga) as process:
        edit(own_base, "id: bicycles", "id: parking")
        await written(api, process, KEPT)
        await api.wait_for(lambda: api.sent(olga), WITHIN)
        (told,) = api.sent(olga)
        assert "en/parking.yaml:12:" in told.content
        assert "so I go on with the one I have" in told.content
        assert "en/parking.yaml:12:" in process.written
        assert (await answer(api, anna, QUESTION)).startswith(OLD)
        edit(
            own_base,
            "  - id: parking\n    question: Where do bicycles go?",
            "  - id: bikes\n    question: Where do bicycles go?",
        )
        edit(own_base, "related: [bicycles]", "related: [bikes]")
        edit(own_base, OLD, NEW)
        await written(api, process, TAKEN_OVER)
        assert (await answer(api, anna, QUESTION)).startswith(NEW)
        assert len(api.sent(olga)) == 1


async def test_an_edit_saved_while_the_bot_starts_is_seen(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    anna, file = api.user("Anna"), tmp_path / "store.db"
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "DATABASE_URL": f"sqlite:///{file}"}
    with contextlib.closing(sqlite3.connect(file)) as held:
        held.execute("BEGIN EXCLUSIVE")
        async with started(tmp_path, own_base, **settings) as process:
            await written(api, process, "entries")
            edit(own_base, OLD, NEW)
            held.rollback()
            await written(api, process, TAKEN_OVER)
            assert (await answer(api, anna, QUESTION)).startswith(NEW)
    api.assert_clean()


async def test_buttons_of_entries_that_are_gone_get_a_calm_sentence(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    anna = api.user("Anna")
    async with running(api, tmp_path, own_base) as process:
        await answer(api, anna, QUESTION)
        edit(own_base, "id: bicycles", "id: bikes")
        edit(own_base, "related: [bicycles]", "related: [bikes]")
        process.stop(signal.SIGHUP)
        await written(api, process, TAKEN_OVER)
        (shown,) = api.sent(anna)
        anna.press(shown, "Where do bicycles go?")
        await api.wait_sent(anna, words("en")("not-there"), within=WITHIN)
        anna.press(shown, words("en")("sources-button"))
        await api.wait_sent(anna, "What the source says", within=WITHIN)
        assert "Traceback" not in process.written


async def test_an_admin_reloads_by_a_command_that_nobody_else_has(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    anna, olga, group = api.user("Anna"), api.user("Olga"), api.supergroup("Tenants", bot="administrator")
    async with running(api, tmp_path, own_base, olga):
        unknown = await answer(api, anna, "/unheard_of")
        assert (await answer(api, anna, "/reload")).replace("/reload", "/unheard_of") == unknown

        olga.sends("/reload")
        await api.wait_sent(olga, "Nothing has changed", within=WITHIN)
        (own_base / "en" / "house.yaml").write_text("entries: [", encoding="utf-8")
        olga.sends("/reload")
        await api.wait_sent(olga, "en/house.yaml:1:", within=WITHIN)
        (own_base / "en" / "house.yaml").unlink()
        olga.sends("/reload")
        await api.wait_sent(olga, "2 entries", within=WITHIN)
        begun = [text for text in (m.content for m in api.sent(olga)) if text == words("en")("reload-begun")]
        assert len(begun) == 3

        # What is wrong with a file is nothing for a group; there it is one more command of some other bot.
        olga.sends("/reload", chat=group)
        await answer(api, olga, "/help")
        assert api.sent(group) == []


async def test_where_learning_is_killed_the_old_one_stays_and_the_next_try_works(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    olga = api.user("Olga", started=True)
    async with running(api, tmp_path, own_base, olga) as process:
        edit(own_base, OLD, NEW)
        process.stop(signal.SIGHUP)
        os.kill(await learner(process), signal.SIGKILL)
        await api.wait_sent(olga, "be learned, so I go on with the one I have", within=WITHIN)
        assert (await answer(api, olga, QUESTION)).startswith(OLD)
        process.stop(signal.SIGHUP)
        await written(api, process, TAKEN_OVER)
        assert (await answer(api, olga, QUESTION)).startswith(NEW)


async def test_a_bot_that_stops_while_it_learns_leaves_no_process_behind(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    async with running(api, tmp_path, own_base) as process:
        edit(own_base, OLD, NEW)
        process.stop(signal.SIGHUP)
        learning = await learner(process)
        os.kill(learning, signal.SIGSTOP)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        assert process.sentences == []
        assert gone(learning)


async def test_a_closed_terminal_stops_the_bot(api: FakeBotApi, tmp_path: Path, own_base: Path) -> None:
    ours, theirs = os.openpty()
    with (tmp_path / "output.txt").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *run_command(own_base),
            stdin=theirs,
            stdout=output,
            stderr=output,
            cwd=tmp_path,
            env=environment(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url),
        )
    os.close(theirs)
    bot = BotProcess(process, tmp_path / "output.txt")
    try:
        await api.wait_for(lambda: api.calls_of("getUpdates"), WITHIN)
        bot.stop(signal.SIGHUP)  # the terminal is there: somebody asks for a reload
        await written(api, bot, "nothing has changed")
        os.close(ours)
        bot.stop(signal.SIGHUP)
        assert await bot.exit_status(WITHIN) == 0
    finally:
        if process.returncode is None:
            process.kill()
