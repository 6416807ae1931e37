"""`advisory-bot run`: the Telegram bot, by long polling."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Final

from telegram.error import InvalidToken, NetworkError

from bot import application, logs, settings
from knowledge.calibration import Targets
from knowledge.opening import open_answerer

log = logging.getLogger(__name__)

HOW_TO_START: Final = (
    "set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you, in the environment or in .env; "
    "to try the bot without one, run: advisory-bot chat"
)
MALFORMED: Final = "TELEGRAM_BOT_TOKEN doesn't look like a token: copy all of it again from @BotFather."
UNKNOWN: Final = "Telegram doesn't know this TELEGRAM_BOT_TOKEN: copy it again from @BotFather."


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
    answerer = open_answerer(
        knowledge or loaded.knowledge_dir,
        targets=Targets(off_topic=loaded.false_answer_rate),
        model=loaded.semantic_model,
    )
    entries = sum(map(len, answerer.base.entries.values()))
    log.info("knowledge base %s: %d entries", answerer.base.advisory.id, entries)
    bot = application.build(loaded, answerer)
    log.info("starting to poll")
    try:
        bot.run_polling(
            allowed_updates=application.ALLOWED_UPDATES, drop_pending_updates=False, bootstrap_retries=5
        )
    except InvalidToken:
        print(f"advisory-bot: {UNKNOWN}", file=sys.stderr)
        return 2
    except NetworkError as error:
        reason = logs.redact(str(error))
        print(f"advisory-bot: {loaded.telegram_api_url} can't be reached: {reason}", file=sys.stderr)
        return 1
    log.info("stopped")
    return 0
