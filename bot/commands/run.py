"""`advisory-bot run`: the Telegram bot, by long polling."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from pathlib import Path
from typing import Final

from telegram.error import InvalidToken, NetworkError

from bot import application, logs, settings
from bot.learning import Source
from bot.reloading import Reloader, ignore_too_early
from bot.settings import Settings, SettingsError
from bot.store.opening import open_store
from bot.store.protocol import Store, StoreError
from bot.transport.polling import polling
from bot.transport.serving import patiently, until_told_to_stop, working
from bot.transport.worker import Worker
from knowledge.answerer import Answerer
from knowledge.calibration import Targets

log = logging.getLogger(__name__)

HOW_TO_START: Final = (
    "set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you, in the environment or in .env; "
    "to try the bot without one, run: advisory-bot chat"
)
MALFORMED: Final = "TELEGRAM_BOT_TOKEN doesn't look like a token: copy all of it again from @BotFather."
UNKNOWN: Final = "Telegram doesn't know this TELEGRAM_BOT_TOKEN: copy it again from @BotFather."
# There is one that polls. After a restart it takes up its own updates at once, instead of waiting for leases to run out.
_POLLER: Final = "polling"


def run(*, knowledge: Path | None = None) -> int:
    """Run until SIGINT or SIGTERM, then answer what has come in and stop."""
    loaded = settings.load()
    if loaded.telegram_bot_token is None:
        print(f"advisory-bot: {HOW_TO_START}", file=sys.stderr)
        return 2
    if not re.fullmatch(settings.TOKEN_PATTERN, loaded.telegram_bot_token.get_secret_value()):
        print(f"advisory-bot: {MALFORMED}", file=sys.stderr)
        return 2
    logs.configure(loaded.log_level)
    ignore_too_early()
    source = Source(
        knowledge or loaded.knowledge_dir,
        Targets(off_topic=loaded.false_answer_rate),
        loaded.semantic_model,
    )
    answerer = source.open()
    entries = sum(map(len, answerer.base.entries.values()))
    log.info("knowledge base %s: %d entries", answerer.base.advisory.id, entries)
    try:
        asyncio.run(_serve(loaded, source, answerer))
    except InvalidToken:
        print(f"advisory-bot: {UNKNOWN}", file=sys.stderr)
        return 2
    except NetworkError as error:
        reason = logs.redact(str(error))
        print(f"advisory-bot: {loaded.telegram_api_url} can't be reached: {reason}", file=sys.stderr)
        return 1
    except StoreError as error:
        print(f"advisory-bot: {error}", file=sys.stderr)
        return 1
    log.info("stopped")
    return 0


async def _serve(loaded: Settings, source: Source, answerer: Answerer) -> None:
    store = await patiently(lambda: _opened(loaded))
    try:
        worker = Worker(store, _POLLER, room=application.HELD_UPDATES)
        reloader = Reloader(source)
        bot = application.build(loaded, answerer, worker, reloader)
        log.info("starting to poll")
        async with reloader.watching():
            await until_told_to_stop(working(bot, worker, polling(bot, application.ALLOWED_UPDATES)))
    finally:
        await store.close()


async def _opened(loaded: Settings) -> Store:
    key = loaded.store_key.get_secret_value() if loaded.store_key else ""
    try:
        return await open_store(loaded.database_url, key)
    except ValueError:
        raise SettingsError(
            ["DATABASE_URL is not usable: set it to sqlite:///file.db or postgresql://..."]
        ) from None
