"""No log line shows a token, whichever library wrote it and however it got in."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = "123456789:AAFakeTokenForTests_0123456789abcdefg"
SECRET = TOKEN.partition(":")[2]
TOKENS = st.builds(
    "{}:{}".format, st.integers(10**6, 10**12 - 1), st.text("aZ09_-", min_size=35, max_size=35)
)
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
NOISY = ("httpx", "httpcore", "telegram", "telegram.ext", "telegram.request", "apscheduler", "aiohttp")


@given(st.text(), TOKENS, st.text())
def test_no_token_survives_whatever_stands_around_it(before: str, token: str, after: str) -> None:
    secret = token.partition(":")[2]
    assert secret not in logs.redact(before + token + after) or secret in before or secret in after


@given(st.lists(st.one_of(TOKENS, st.sampled_from(["/bot", "\n", ":", "1", "a", "<token>", " "]))))
def test_tokens_in_a_row_or_glued_together_are_all_taken_out(parts: list[str]) -> None:
    redacted = logs.redact("".join(parts))
    assert not [part for part in parts if len(part) > 35 and part in redacted]
    assert logs.redact(redacted) == redacted


@given(st.text(alphabet="abc:/ .0123456789äß🙂\n", max_size=200))
def test_text_without_a_token_stays_as_it_is(text: str) -> None:
    assert logs.redact(text) == text


def test_a_url_keeps_all_but_the_token() -> None:
    assert (
        logs.redact(f"https://api.telegram.org/bot{TOKEN}/getMe")
        == "https://api.telegram.org/bot<token>/getMe"
    )


def test_an_escaped_token_is_taken_out_too() -> None:
    assert SECRET not in logs.redact(f"https://api.telegram.org/bot{quote(TOKEN)}/getMe")


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Reads what was written to standard error; the logging set-up is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in NOISY}
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
        logging.getLogger(name).filters.clear()
    logging.captureWarnings(capture=False)


def fail() -> None:
    raise ValueError(f"bad token {TOKEN}")


def test_message_arguments_and_tracebacks_are_redacted(written: Callable[[], str]) -> None:
    logs.configure("DEBUG")
    log = logging.getLogger("anything")
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
