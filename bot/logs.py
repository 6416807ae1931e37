"""Logging for an operator: what happened to which update, never what was said, by whom, or the token."""

from __future__ import annotations

import logging
import re
import sys
from typing import Final

from bot.settings import TOKEN_PATTERN

_TOKEN: Final = re.compile(TOKEN_PATTERN.replace(":", "(?::|%3[Aa])"))
_REDACTED: Final = "<token>"


def redact(text: str) -> str:
    """The text with everything that has a bot token's form taken out."""
    return _TOKEN.sub(_REDACTED, text)


class _RedactingFormatter(logging.Formatter):
    """Redacts the finished line, so that no argument, exception or library log gets around it."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True


def configure(level: str) -> None:
    """Log to standard error.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # httpx writes every URL, token and all, at INFO; the library's own DEBUG shows whole messages.
    for name in (
        "httpx",
        "httpcore",
        "telegram",
        "apscheduler",
        "aiohttp",
        "alembic",
        "aiosqlite",
        "sqlalchemy",
        "psycopg",
    ):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # It shows answers that are no JSON, and half an answer may hold somebody's words; the failed call is told of anyway.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    # It warns of every malformed request, and anybody can send one.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    # The library's retry loop, and its last request at a stop, give up with a traceback of their own; whoever started
    # them says what happened.
    for name in ("telegram.ext", "telegram.ext.Updater"):
        logging.getLogger(name).addFilter(_without_traceback)
    logging.captureWarnings(capture=True)
