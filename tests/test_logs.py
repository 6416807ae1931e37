"""Log lines: what is in them, in both forms, and that no secret and nobody's words are, whichever library wrote them."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import httpx
import pytest
import sqlalchemy
import structlog
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, InvalidToken

from bot.store.protocol import StoreError
from bot.watching import logs, redaction
from bot.watching.logs import Format, handling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = "123456789:AAFakeTokenForTests_0123456789abcdefg"
SECRET = TOKEN.partition(":")[2]
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
FORMATS: list[Format] = ["console", "json"]
NOISY = (*logs._QUIET, "telegram.ext", "telegram.request", "uvicorn.access", "sqlalchemy.engine.Engine")
WORDS = "somebody's words"


@pytest.fixture
def written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """Reads what was written to standard error; the logging set-up is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for owner, name in [(sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")]:
        monkeypatch.setattr(owner, name, getattr(owner, name))
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in {*NOISY, *logging.root.manager.loggerDict}:
        logger = logging.getLogger(name)
        logger.setLevel(logging.NOTSET)
        logger.filters.clear()
    logging.captureWarnings(capture=False)
    redaction.know([])
    structlog.contextvars.clear_contextvars()


def fail(words: str = f"bad token {TOKEN}") -> None:
    raise ValueError(words)


def test_message_arguments_and_tracebacks_are_redacted(written: Callable[[], str]) -> None:
    logs.configure("DEBUG")
    log = logging.getLogger("bot.anything")
    log.debug("in the text %s", TOKEN)
    log.warning("in a mapping %(token)s", {"token": TOKEN})
    log.info("in a list %r", [TOKEN])
    try:
        fail()
    except ValueError:
        log.exception("in an exception")
    text = written()
    assert SECRET not in text
    assert text.count("<token>") == 4
    assert "ValueError: bad token <token>" in text


@pytest.mark.parametrize("level", LEVELS)
def test_the_level_is_the_bots_own(written: Callable[[], str], level: str) -> None:
    logs.configure(level)
    for name in LEVELS:
        logging.getLogger("bot.anything").log(logging.getLevelName(name), "at %s", name)
    shown = [line.rpartition(" ")[2] for line in written().splitlines()]
    assert shown == LEVELS[LEVELS.index(level) :]


@pytest.mark.parametrize("name", NOISY)
def test_libraries_that_show_messages_and_addresses_are_quiet(written: Callable[[], str], name: str) -> None:
    logs.configure("DEBUG")
    for child in (name, f"{name}.anything"):
        logging.getLogger(child).info("HTTP Request: POST https://example.org somebody's words")
        logging.getLogger(child).debug("somebody's words")
    logging.getLogger("bot.anything").info("the end")
    (line,) = written().splitlines()
    assert line.endswith("INFO bot.anything: the end")


def test_half_an_answer_with_somebodys_words_is_not_shown(written: Callable[[], str]) -> None:
    logs.configure("DEBUG")
    logging.getLogger("telegram.request.BaseRequest").error(
        "Can not load invalid JSON data: somebody's words"
    )
    logging.getLogger("telegram.ext.Updater").error("the end")
    logging.getLogger("telegram.ext.Updater").error("Error while calling `get_updates` one more time to ...")
    (line,) = written().splitlines()
    assert line.endswith("the end")


def test_the_librarys_retry_loop_shows_no_traceback(written: Callable[[], str]) -> None:
    logs.configure("INFO")
    try:
        fail()
    except ValueError:
        logging.getLogger("telegram.ext").exception("Aborting retry loop.")
        logging.getLogger("telegram.ext.Application").exception("Something else.")
    loop, *rest = written().splitlines()
    assert loop.endswith("Aborting retry loop.")
    assert rest[0].endswith("Something else.")
    assert "Traceback (most recent call last):" in rest


# Both forms


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_for_people(written: Callable[[], str]) -> None:
    logs.configure("INFO")
    with handling(7):
        logging.getLogger("bot.x").warning("update %s failed", 7)
    date, time, line = written().split(" ", 2)
    assert (len(date), len(time)) == (10, 8)
    assert line == "WARNING bot.x: update 7 failed [update 7]\n"


def test_a_line_for_programs(written: Callable[[], str]) -> None:
    logs.configure("INFO", "json")
    with handling(7):
        logging.getLogger("bot.x").info("done\nwith é")
    try:
        fail("why")
    except ValueError:
        logging.getLogger("bot.x").exception("it failed", stack_info=True)
    done, failed = objects(written())
    assert list(done) == ["time", "level", "logger", "event", "update"]
    assert done["time"].endswith("Z")
    assert {**done, "time": ""} == {
        "time": "",
        "level": "info",
        "logger": "bot.x",
        "event": "done\nwith é",
        "update": 7,
    }
    assert failed["event"] == "it failed"
    assert failed["exception"].endswith("ValueError: why")
    assert failed["stack"].startswith("Stack (most recent call last):")


def test_nobody_writes_a_line_of_their_own_by_a_line_end_in_a_text(written: Callable[[], str]) -> None:
    logs.configure("INFO")
    logging.getLogger("bot.x").info("not sent: %s", "x\n2026-01-01 00:00:00 INFO bot.x: forged\x1b[2J")
    (line,) = written().splitlines()
    assert line.endswith("x\\n2026-01-01 00:00:00 INFO bot.x: forged\\x1b[2J")


def test_what_stands_beside_a_record_is_dropped_unless_it_is_known(written: Callable[[], str]) -> None:
    for form in FORMATS:
        logs.configure("INFO", form)
        logging.getLogger("bot.x").info(
            "a line", extra={"update": 7, "name_of_sender": WORDS, "token": TOKEN}
        )
        text = written()
        assert "7" in text
        assert WORDS not in text
        assert SECRET not in text


# Hostile secrets


def by_message(log: logging.Logger) -> None:
    log.error(f"token {TOKEN} and {quote(TOKEN)}")  # noqa: G004 - a careless library


def by_arguments(log: logging.Logger) -> None:
    log.error(
        "%s %r %s", TOKEN, [TOKEN.encode()], {"a": {"b": (bytearray(TOKEN.encode()), quote(quote(TOKEN)))}}
    )


def by_an_object(log: logging.Logger) -> None:
    class Told:
        def __str__(self) -> str:
            return f"https://api.telegram.org/bot{TOKEN}/getMe"

    log.error(Told())
    log.error({"token": TOKEN})


def by_an_exception(log: logging.Logger) -> None:
    try:
        try:
            fail()
        except ValueError as error:
            error.add_note(f"a note with {TOKEN}")
            raise ExceptionGroup(
                f"several {TOKEN}", [InvalidToken(f"{TOKEN} was rejected"), error]
            ) from error
    except ExceptionGroup:
        log.exception("it failed")


def by_a_line_that_can_not_be_made(log: logging.Logger) -> None:
    log.error("%d", TOKEN)
    log.error("too few %s %s", TOKEN)  # noqa: PLE1206 - that is the point


def by_an_object_that_fails(log: logging.Logger) -> None:
    class Bad:
        def __str__(self) -> str:
            raise ValueError(TOKEN)

    log.error("%s", Bad())


def by_extra_fields(log: logging.Logger) -> None:
    log.error("a line", extra={"update": f"https://x/bot{TOKEN}", "url": TOKEN, "headers": {TOKEN: TOKEN}})


def by_a_context(log: logging.Logger) -> None:
    with structlog.contextvars.bound_contextvars(update=TOKEN, url=TOKEN):
        log.error("a line")


def by_a_loggers_name(log: logging.Logger) -> None:
    log.getChild(TOKEN).error("a line")


def by_the_stack(log: logging.Logger) -> None:
    log.error("a line", stack_info=True, extra={"stack": TOKEN})


def by_a_warning(_: logging.Logger) -> None:
    warnings.warn(f"old {TOKEN}", DeprecationWarning, stacklevel=1)


def by_a_thread(_: logging.Logger) -> None:
    thread = threading.Thread(target=fail, name=TOKEN)
    thread.start()
    thread.join()


def by_nobody_catching(_: logging.Logger) -> None:
    try:
        fail()
    except ValueError:
        sys.excepthook(*sys.exc_info())


def by_a_handler_of_its_own(log: logging.Logger) -> None:
    log.error(TOKEN)


WAYS = [value for name, value in globals().items() if name.startswith("by_")]
WRITERS = [
    "bot.anything",
    "httpx",
    "aiohttp.client",
    "telegram.ext.Application",
    "sqlalchemy.engine.Engine",
    "uvicorn.error",
    "uvicorn.access",
    "asyncio",
    "urllib3",
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_into_the_log_shows_a_secret(
    written: Callable[[], str],
    capsys: pytest.CaptureFixture[str],
    way: Callable[[logging.Logger], None],
    form: Format,
) -> None:
    own = logging.getLogger(WRITERS[-1])
    own.addHandler(logging.StreamHandler(sys.stderr))
    own.propagate = False
    logs.configure("DEBUG", form, [TOKEN, SECRET])
    warnings.simplefilter("always")
    for name in WRITERS:
        way(logging.getLogger(name))
    text = written() + capsys.readouterr().out
    assert text.count("\n") >= len(WRITERS) or way in (by_a_warning, by_a_thread, by_nobody_catching)
    assert (
        "<token>" in text
        or "<secret>" in text
        or way in (by_a_line_that_can_not_be_made, by_an_object_that_fails, by_the_stack)
    )
    assert SECRET not in text
    assert "AAFake" not in text
    if form == "json":
        assert all(told["event"] for told in objects(text))


def test_a_line_that_can_not_be_made_is_told_of(written: Callable[[], str]) -> None:
    logs.configure("INFO")
    logging.getLogger("bot.x").info("%d", WORDS)
    (line,) = written().splitlines()
    assert line.endswith(
        "ERROR bot.watching.logs: a line of bot.x is missing: it couldn't be written (TypeError)"
    )


@given(st.text(), st.text(), st.sampled_from(FORMATS))
def test_every_line_is_one_object_whatever_is_in_it(before: str, after: str, form: Format) -> None:
    formatter = logs._formatter(form)
    record = logging.LogRecord("bot.x", logging.INFO, "", 0, "%s", (f"{before}{TOKEN}{after}",), None)
    line = formatter.format(record)
    assert SECRET not in line
    assert len(line.splitlines()) == 1
    if form == "json":
        assert json.loads(line)["event"] == redaction.redact(before + TOKEN + after)


@pytest.mark.parametrize("form", FORMATS)
async def test_real_libraries_with_all_their_logs_show_no_secret_and_no_words(
    written: Callable[[], str], form: Format
) -> None:
    logs.configure("DEBUG", form, ["s3cret-password"])
    url = f"http://user:s3cret-password@127.0.0.1:9/bot{TOKEN}/sendMessage?text={quote(WORDS)}"
    async with httpx.AsyncClient() as client:
        try:
            await client.get(url)
        except httpx.HTTPError as error:
            logging.getLogger("bot.x").warning("httpx: %r", error, exc_info=error)
    async with aiohttp.ClientSession() as session:
        try:
            await session.get(url)
        except aiohttp.ClientError as error:
            logging.getLogger("bot.x").warning("aiohttp: %r", error, exc_info=error)
    engine = sqlalchemy.create_engine("sqlite://", hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text("SELECT :words FROM nowhere"), {"words": WORDS})
    except sqlalchemy.exc.SQLAlchemyError as error:
        logging.getLogger("bot.x").warning("sqlalchemy", exc_info=error)
    task = asyncio.get_running_loop().create_task(asyncio.sleep(0, fail))
    await task
    asyncio.get_running_loop().call_exception_handler(
        {"message": f"lost {TOKEN}", "exception": ValueError(TOKEN)}
    )
    text = written()
    assert text.count("WARNING") + text.count('"warning"') == 3
    assert "lost <token>" in text
    for secret in (SECRET, "s3cret-password", WORDS, quote(WORDS)):
        assert secret not in text


# Nobody's words


@pytest.mark.parametrize("form", FORMATS)
def test_while_an_update_is_handled_an_unknown_exception_does_not_speak(
    written: Callable[[], str], form: Format
) -> None:
    logs.configure("INFO", form)
    with handling(7):
        try:
            try:
                try:
                    fail(WORDS)
                except ValueError as error:
                    raise ExceptionGroup(
                        WORDS, [KeyError(WORDS), FileNotFoundError(2, "No such file", WORDS)]
                    ) from error
            except ExceptionGroup as error:
                raise StoreError("the database is away") from error
        except StoreError:
            logging.getLogger("bot.x").exception("update 7 failed")
    text = written()
    assert WORDS not in text
    for kind in ("ValueError", "ExceptionGroup", "KeyError", "FileNotFoundError: No such file"):
        assert kind in text
    assert "StoreError: the database is away" in text
    assert "fail(WORDS)" in text, "the way through the code is there"


def test_telegrams_own_words_are_shown(written: Callable[[], str]) -> None:
    logs.configure("INFO")
    with handling(7):
        logging.getLogger("bot.x").error("failed", exc_info=BadRequest("Message is too long"))
    assert "telegram.error.BadRequest: Message is too long" in written()


def test_a_library_never_shows_what_an_exception_says(written: Callable[[], str]) -> None:
    logs.configure("INFO")
    try:
        fail(WORDS)
    except ValueError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
    text = written()
    assert WORDS not in text
    assert text.endswith("\nValueError\n")


def test_an_exception_that_is_its_own_cause_is_shown_once(written: Callable[[], str]) -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    logs.configure("INFO")
    with handling(7):
        logging.getLogger("bot.x").error("failed", exc_info=first)
    assert written().count("ValueError") == 2
