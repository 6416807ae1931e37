"""Logging for an operator: what happened to which update, never what was said, by whom, or a secret.

Whatever writes through Python's `logging` ends here, the libraries too. A line is a JSON object or text for people.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Collection
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Final, Literal

import structlog
from structlog.typing import EventDict, Processor

from bot.watching import tracebacks
from bot.watching.redaction import know, redact

log = logging.getLogger(__name__)

Format = Literal["console", "json"]
FIELDS: Final = ("update",)
"""What a line may hold besides its text, given as `extra` or by `handling`. Anything else is dropped."""
_OURS: Final = ("bot", "knowledge")
_QUIET: Final = """
    aiohttp alembic apscheduler asyncio httpcore httpx prometheus_client psycopg sqlalchemy starlette telegram
""".split()
"""Libraries that write addresses, token and all, or whole messages below WARNING."""
_ERRORS_ALONE: Final = ("uvicorn",)
"""It warns of every malformed request, and anybody can send one."""
_SILENT: Final = ("telegram.request",)
"""It shows answers that are no JSON, and half an answer may hold somebody's words; the failed call is logged anyway."""
_WITHOUT_TRACEBACK: Final = ("telegram.ext", "telegram.ext.Updater")
"""The library's retry loop, and its last request at a stop, give up with a traceback of their own; whoever started them
says what happened."""
_LAST_REQUEST: Final = "Error while calling `get_updates` one more time"
"""The beginning of its line on that, which tells programmers what to adjust: what Telegram sends again is known."""


def handling(update_id: int) -> AbstractContextManager[None]:
    """Inside the block, every line names the update, and no traceback shows what an unknown exception says.

    Libraries' lines never do: they know nothing of what is private here.
    """
    return structlog.contextvars.bound_contextvars(update=update_id)


def configure(level: str, form: Format = "console", secrets: Collection[str] = ()) -> None:
    """Log to standard error, and nowhere else.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
        form: `json` for an object a line, `console` for people.
        secrets: What no line may show.
    """
    know(secrets)
    handler = _Handler(sys.stderr)
    handler.setFormatter(_formatter(form))
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()  # what a library has set up for itself
        logging.getLogger(name).propagate = True
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in _ERRORS_ALONE:
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for name in _WITHOUT_TRACEBACK:
        logging.getLogger(name).addFilter(_without_traceback)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda fault: _uncaught(fault.exc_type, fault.exc_value, fault.exc_traceback)
    sys.unraisablehook = lambda fault: log.error(
        "a fault where nobody could be told: %s", fault.exc_type.__name__
    )


class _Handler(logging.StreamHandler[Any]):
    """Python's own would show a line that can't be made with all that was to stand in it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name
        """Say that a line is missing."""
        kind = sys.exc_info()[0]
        if kind is None or issubclass(kind, OSError):
            return  # standard error itself is gone
        spare = logging.LogRecord(
            __name__, logging.ERROR, "", 0, _MISSING, (record.name, kind.__name__), None
        )
        self.stream.write(self.format(spare) + self.terminator)


_MISSING: Final = "a line of %s is missing: it couldn't be written (%s)"


def _formatter(form: Format) -> logging.Formatter:
    stamp: Processor
    finish: list[Processor]
    if form == "json":
        stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")
        finish = [structlog.processors.JSONRenderer(sort_keys=False, serializer=json.dumps)]
    else:
        stamp = structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False, key="time")
        finish = [_console]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(FIELDS), structlog.contextvars.merge_contextvars],
        processors=[_collect, stamp, _redacted, *finish],
    )


def _collect(_: Any, __: str, event: EventDict) -> EventDict:  # noqa: ANN401 - structlog's
    """What a line holds, in its order."""
    record: logging.LogRecord = event["_record"]
    found: dict[str, Any] = {
        "time": "",
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": event["event"],
    }
    found |= {name: event[name] for name in FIELDS if name in event}
    error = event["exc_info"][1] if event.get("exc_info") else None
    if error is not None:
        ours = record.name.partition(".")[0] in _OURS and "update" not in event
        found["exception"] = (tracebacks.whole if ours else tracebacks.bare)(error)
    if "stack_info" in event:
        found["stack"] = event["stack_info"]
    return found


def _redacted(_: Any, __: str, event: EventDict) -> EventDict:  # noqa: ANN401 - structlog's
    return {name: value if isinstance(value, int) else redact(str(value)) for name, value in event.items()}


def _console(_: Any, __: str, event: EventDict) -> str:  # noqa: ANN401 - structlog's
    """One line, and below it a traceback. Line ends in a text are shown as such, so that nobody can write lines of their own."""
    said = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in event["event"]
    )
    fields = "".join(f" [{name} {event[name]}]" for name in FIELDS if name in event)
    head = f"{event['time']} {event['level'].upper()} {event['logger']}: {said}{fields}"
    return "\n".join([head, *(event[name] for name in ("exception", "stack") if name in event)])


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return not str(record.msg).startswith(_LAST_REQUEST)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """In place of what Python does with an exception that nobody has caught."""
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("ended by a fault", exc_info=(kind, error, trace) if error else None)
