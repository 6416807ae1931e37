"""The log of the real process, with all that it can say: one JSON object a line, with updates' numbers and nobody's words."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING, Any

from tests.databases import KEY, TestDatabase
from tests.e2e.process import started
from tests.fake_bot_api import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_bot_api import FakeBotApi

WITHIN = 60.0
WORDS = "xylophonist"
"""Part of the question, of the names, and of what is made up."""


async def test_every_line_is_an_object_and_none_has_words_names_ids_or_secrets(
    api: FakeBotApi, tmp_path: Path, small_base: Path
) -> None:
    anna = api.user(f"Anna {WORDS}", username=f"anna_{WORDS}")
    group = api.supergroup(f"Group of {WORDS}s")
    database = TestDatabase(f"sqlite:///{tmp_path / 'store.sqlite3'}", KEY)
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "DEBUG",
    }
    settings |= {"DATABASE_URL": database.url, "STORE_KEY": KEY}
    api.fail("sendMessage", 400, f"Bad Request: {WORDS} is not allowed", times=3)
    api.fail("sendMessage", times=2)
    api.drop("sendMessage")
    api.fail("getUpdates", 502, body=f"<html>{WORDS}</html>")
    async with started(tmp_path, small_base, **settings) as process:
        anna.sends(f"Where do I park my car? I am a {WORDS}.")
        anna.sends(f"/ask {WORDS}", chat=group)
        api.inject({"message": {"text": WORDS, "chat": WORDS, "date": WORDS}})
        anna.sends("Where do bicycles go?")
        await api.wait_sent(anna, "Into the cellar", within=WITHIN)
        await api.wait_idle(WITHIN)
        process.stop(signal.SIGTERM)
        assert await process.exit_status(WITHIN) == 0
        lines: list[dict[str, Any]] = [json.loads(line) for line in process.written.splitlines()]
        told = process.written
    assert all({"time", "level", "logger", "event"} <= line.keys() for line in lines)
    assert any("update" in line and "failed" in line["event"] for line in lines)
    assert any("can't be read" in line["event"] for line in lines)
    # A refusal is shown in Telegram's own words; this one was made to have them in it.
    others = re.sub(rf"(?i){WORDS} is not allowed", "", told)
    assert WORDS not in others
    for secret in (TOKEN, TOKEN.partition(":")[2], KEY, str(anna.id), str(group.id)):
        assert secret not in told
