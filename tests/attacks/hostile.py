"""Texts that somebody with bad intentions would send, and what stands the bot in their way."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from bot import application
from bot.transport.polling import polling as receiving
from bot.transport.serving import working
from bot.transport.worker import Worker
from tests.databases import TestDatabase, rows
from tests.e2e.running import IMPATIENT, RunningBot, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.opening import StoreInDatabase
    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi

MARKUP: Final = (
    "<b>bold</b>",
    "</b></i></blockquote></a>",
    "<script>alert(1)</script>",
    '<a href="tg://user?id=1">you won</a>',
    "<tg-spoiler>x</tg-spoiler><tg-emoji emoji-id=1>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; &amp;amp; &#60;b&#62; &nbsp; &bogus;",
    "<!-- <b> --> <![CDATA[<b>]]>",
    "*bold* _italic_ [link](https://example.org) `code` ||spoiler||",
    "{operator} { $title } %s %(token)s ${HOME} {0.__class__}",
)
SQL: Final = (
    "'; DROP TABLE updates; --",
    '" OR ""="',
    "1' OR '1'='1' /*",
    "Robert'); DELETE FROM suggestions;--",
    "%' UNION SELECT value FROM secrets --",
    "\\'; SELECT pg_sleep(10); --",
    ":name %(name)s ? $1 @x",
)
SIGNS: Final = (
    "\u202e\u2066reversed\u2069",
    "a" + "\u0301" * 500,
    "\u200b\u200d\ufeff\u00ad",
    "\ud83d lone half",
    "\x01\x02\x1b[31m\x7f",
    "nul \x00 inside",
    "\ufdfa" * 200,
    "🏳️\u200d🌈" * 100,
    "\U000e0061" * 100,
    "\uffff\ufffe",
)
PATHS: Final = ("../../etc/passwd", "/dev/zero", "C:\\con", "file:///etc/passwd", "..%2f..%2f", "~root")
WITHIN: Final = 120.0
"""Seconds for everything, on a busy machine."""
TEXTS: Final = (*MARKUP, *SQL, *SIGNS, *PATHS)


@asynccontextmanager
async def standing(
    api: FakeBotApi,
    answerer: Answerer,
    database: TestDatabase,
    **settings: Any,  # noqa: ANN401 - as Settings takes them
) -> AsyncIterator[tuple[RunningBot, StoreInDatabase]]:
    """The bot, polling, with any database; and its store."""
    async with database.opened() as store:
        worker = Worker(store, "polling", room=application.HELD_UPDATES, patience=IMPATIENT)
        app = build(api, answerer, worker, **settings)
        async with working(app, worker, receiving(app, application.ALLOWED_UPDATES)):
            yield RunningBot(app, api, worker), store
    api.assert_clean()


async def set_aside(store: StoreInDatabase) -> int:
    """How many updates were given up."""
    from bot.store.tables import updates  # noqa: PLC0415 - of this question alone

    return sum(row["how"] == "set aside" for row in await rows(store, updates))


async def all_handled(bot: RunningBot) -> None:
    """Wait until everything was handled, which takes its time where hundreds press at once."""
    await bot.api.wait_idle(WITHIN)
    async with asyncio.timeout(WITHIN):
        while (await bot.worker.store.backlog()).updates:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.05)
