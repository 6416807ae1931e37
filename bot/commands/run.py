"""`advisory-bot run`: the Telegram bot, by long polling or, with WEBHOOK_URL, by webhook."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import signal
import sys
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Final, NoReturn

from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot import application, settings
from bot.commands import database
from bot.giving_back import give_back
from bot.matching.processes import Processes, usual
from bot.modes import serving
from bot.reload.learning import Source
from bot.reload.reloading import Reloader, ignore_too_early
from bot.review.accepted import Accepted
from bot.settings import Settings, SettingsError
from bot.store.protocol import StoreError
from bot.transport.binding import CannotListenError
from bot.transport.registration import WebhookRefusedError
from bot.transport.serving import patiently, until_told_to_stop
from bot.watching import logs
from bot.watching.redaction import redact
from knowledge.answerer import Answerer
from knowledge.calibration import Targets
from knowledge.opening import UnusableKnowledgeError
from knowledge.semantic import ModelError

new_event_loop: Callable[[], asyncio.AbstractEventLoop]
try:
    from uvloop import new_event_loop  # a tenth less processor time in the bot's own process
except ImportError:  # PyPy has none
    new_event_loop = asyncio.new_event_loop

log = logging.getLogger(__name__)

_COLLECTS_AFTER: Final = 10_000
"""New objects after which the garbage collector looks through them: what some hundred updates leave for a moment, nearly none of
it garbage. With Python's usual 700 that took a tenth of the processor time."""

HOW_TO_START: Final = (
    "set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you, in the environment or in .env; "
    "to try the bot without one, run: advisory-bot chat"
)
MALFORMED: Final = "TELEGRAM_BOT_TOKEN doesn't look like a token: copy all of it again from @BotFather."
UNKNOWN: Final = "Telegram doesn't know this TELEGRAM_BOT_TOKEN: copy it again from @BotFather."


def run(*, knowledge: Path | None = None) -> int:
    """Run until SIGINT or SIGTERM, then answer what has come in and stop."""
    # Until there is a loop that knows better. What is under way then ends with us: see bot/forking.py.
    signal.signal(signal.SIGTERM, _told_to_stop)
    loaded = settings.load()
    if loaded.telegram_bot_token is None:
        print(f"advisory-bot: {HOW_TO_START}", file=sys.stderr)
        return 2
    if not re.fullmatch(settings.TOKEN_PATTERN, loaded.telegram_bot_token.get_secret_value()):
        print(f"advisory-bot: {MALFORMED}", file=sys.stderr)
        return 2
    logs.configure(loaded.log_level, loaded.log_format, loaded.secrets)
    ignore_too_early()
    try:
        _run(loaded, knowledge)
    except (TelegramError, StoreError, CannotListenError, WebhookRefusedError) as error:
        status, sentence = _in_words(error, loaded)
        if _has_objects(loaded):
            log.critical("%s", sentence)
        else:
            print(f"advisory-bot: {sentence}", file=sys.stderr)
        return status
    except (SettingsError, UnusableKnowledgeError, ModelError) as error:
        if _has_objects(loaded):
            log.critical("%s", error)
        raise
    except KeyboardInterrupt:  # before there was a loop that knows better
        pass
    log.info("stopped")
    return 0


def _has_objects(loaded: Settings) -> bool:
    """Whether the log is read by a program, which would miss a plain sentence."""
    return loaded.log_format == "json"


def _run(loaded: Settings, knowledge: Path | None) -> None:
    database.check(loaded)
    source = Source(
        knowledge or loaded.knowledge_dir,
        Targets(off_topic=loaded.false_answer_rate),
        loaded.semantic_model,
    )
    known = source.state()
    answerer = source.open()
    entries = sum(map(len, answerer.base.entries.values()))
    log.info("knowledge base %s: %d entries", answerer.base.advisory.id, entries)
    # The knowledge base stays, so the garbage collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECTS_AFTER)
    give_back()
    # Forked now, while there is nothing but the knowledge base.
    number = loaded.matching_processes
    if number is None:
        number = usual(loaded.messages_per_second)
    # A semantic model uses several cores by itself, with threads that no fork would take along.
    processes = Processes(0 if loaded.semantic_model else number, answerer, source.fetch)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(loaded, source, known, answerer, processes))


def _told_to_stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def _in_words(error: Exception, loaded: Settings) -> tuple[int, str]:
    """The exit status (2 where a setting has to be mended first) and a sentence for the operator."""
    said = redact(str(error))
    match error:
        case InvalidToken():
            return 2, UNKNOWN
        case WebhookRefusedError():
            return 2, f"Telegram doesn't take WEBHOOK_URL: {said}"
        case NetworkError() if not isinstance(error, BadRequest):
            return 1, f"{loaded.telegram_api_url} can't be reached: {said}"
        case TelegramError():
            return 1, f"Telegram doesn't let the bot start: {said}"
    return 1, said


async def _serve(
    loaded: Settings, source: Source, known: Hashable, answerer: Answerer, processes: Processes
) -> None:
    async with processes.at_work():
        store = await patiently(lambda: database.opened(loaded))
        reloader = Reloader(source, Accepted(store))
        try:
            answerer = await reloader.begin(answerer)
            async with reloader.watching(known=known):
                await until_told_to_stop(
                    serving(
                        loaded,
                        store,
                        lambda worker: application.build(loaded, answerer, worker, reloader, processes),
                    )
                )
        finally:
            await store.close()
