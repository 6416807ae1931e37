"""The environment and `.env` -> frozen Settings; every fault is reported, all at once, in plain words."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar, get_type_hints
from urllib.parse import parse_qs, unquote, urlsplit

from dotenv import dotenv_values

from bot import secret_files
from bot.addresses import Address, address, public_root

TOKEN_PATTERN: Final = r"[0-9]{3,16}:[A-Za-z0-9_-]{30,}"  # noqa: S105 - a pattern

# Behind a second @ would begin a host that is the rest of the password, and is named where it can't be found.
_DATABASE: Final = r"sqlite:///[^?]*[^/?]|postgres(ql)?://(?=.)[^@]*(@[^@]*)?"

_HELP: Final = {
    "TELEGRAM_BOT_TOKEN": "the token that @BotFather gave you, such as 123456789:AAE...",
    "TELEGRAM_API_URL": "the root of a Bot API server, such as https://api.telegram.org",
    "KNOWLEDGE_DIR": "the folder or YAML file of a knowledge base",
    "OPERATOR_NAME": "a name of at most 100 characters",
    "OPERATOR_CONTACT": "an address of at most 200 characters at which people can reach you",
    "DATABASE_URL": "sqlite:///file.db, with four slashes for a path from the root, or postgresql://user:password@host/name, "
    "with %40 for an @ in the password",
    "STORE_KEY": "a key that `openssl rand -base64 32 | tr +/ -_` makes, or several of them with commas between",
    "ADMIN_IDS": "the Telegram user ids of those who may give the bot orders, with commas between, such as 123456789",
    "WEEKLY_DIGEST": "on or off",
    "WEBHOOK_URL": "the root under which Telegram reaches the bot: https, on port 443, 80, 88 or 8443, such as "
    "https://bot.example.org",
    "WEBHOOK_SECRET": "16 to 256 letters, digits, _ and -, such as `openssl rand -hex 32` makes, or several of them with "
    "commas between",
    "LISTEN": "the host and port at which to listen, such as 0.0.0.0:8080",
    "METRICS": "the host and port at which metrics are shown, such as 127.0.0.1:9090, or to: on",
    "MATCHING_PROCESSES": "how many processes match beside the bot's own, a whole number such as 1, or 0 for none",
    "MESSAGES_PER_SECOND": "how many messages Telegram lets this bot send in a second, a whole number such as 30",
    "FALSE_ANSWER_RATE": "a share from 0.001 to 0.5, such as 0.02 for two in a hundred",
    "SEMANTIC_MODEL": "the folder of a sentence-transformers model in ONNX form",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "LOG_FORMAT": "console or json",
}


IN_FILES: Final = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "STORE_KEY", "WEBHOOK_SECRET")
"""Secrets, which may stand in a file that NAME_FILE names."""
TELEGRAM: Final = "https://api.telegram.org"
_HERE: Final = Address("127.0.0.1", 8080)
_SHARED_IDS: Final = (777000, 136817688, 1087968824)
"""Under these Telegram sends for channels and for every anonymous admin of every group."""


_Number = TypeVar("_Number", int, float)


class SettingsError(Exception):
    """The environment can't be used; `faults` holds a sentence for each setting that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class Secret:
    """A text that isn't shown where what holds it is printed or logged."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self) -> str:
        """The text."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(...)"


# What makes a value of a text. Each raises ValueError where it can't.


def _like(pattern: str, given: str) -> str:
    if not re.fullmatch(pattern, given):
        raise ValueError("of another form")
    return given


def _root(given: str) -> str:
    return _like(r"https?://[^\s/].*", given).rstrip("/")


def _short(given: str, *, longest: int) -> str:
    given = given.strip()
    if len(given) > longest:
        raise ValueError("too long")
    return given


def _within(given: str, *, least: _Number, most: _Number) -> _Number:
    # Python itself would take 1_0 for ten, and digits of any script.
    number = type(least)(_like(r"[0-9.eE+-]+", given.strip()))
    if not least <= number <= most:
        raise ValueError("out of bounds")
    return number


def _one_of(given: str, *, choices: Sequence[str]) -> str:
    if given not in choices:
        raise ValueError("no choice")
    return given


def _ids(given: str) -> frozenset[int]:
    ids = re.split(r"[\s,]+", given.strip(" \t\n,"))
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", id_, re.ASCII) for id_ in ids):
        raise ValueError("no id")
    found = frozenset(map(int, ids))
    if found & {*_SHARED_IDS}:
        raise ValueError("the id of many")
    return found


def _stripped(given: str) -> Secret:
    return Secret(given.strip())


def _keys(given: str) -> Secret:
    for key in re.split(r"[\s,]+", given.strip()):
        _like(r"[A-Za-z0-9_-]{43}=", key)
    return Secret(given)


def _webhook_secrets(given: str) -> Secret:
    for secret in given.strip().split(","):
        _like(r"[A-Za-z0-9_-]{16,256}", secret.strip())
    return Secret(given)


def _metrics(given: str) -> Address | Literal["on"] | None:
    if given == "on":
        return "on"
    return None if given == "off" else address(given)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What an operator can set; each is annotated with what makes it of a text."""

    # Copied with a blank or a line end, as happens. Its form is checked where it is used: only `run` needs it.
    telegram_bot_token: Annotated[Secret | None, _stripped] = None
    telegram_api_url: Annotated[str, _root] = TELEGRAM
    knowledge_dir: Annotated[Path | None, Path] = None
    operator_name: Annotated[str, partial(_short, longest=100)] = ""
    operator_contact: Annotated[str, partial(_short, longest=200)] = ""
    database_url: Annotated[str, partial(_like, _DATABASE)] = ""
    store_key: Annotated[Secret | None, _keys] = None
    admin_ids: Annotated[frozenset[int], _ids] = frozenset()
    # Read after telegram_api_url, on which it depends.
    webhook_url: Annotated[str, public_root] = ""
    webhook_secret: Annotated[Secret | None, _webhook_secrets] = None
    listen: Annotated[Address, address] = _HERE
    metrics: Annotated[Address | Literal["on"] | None, _metrics] = None
    messages_per_second: Annotated[int, partial(_within, least=1, most=100_000)] = 30
    matching_processes: Annotated[int | None, partial(_within, least=0, most=64)] = None
    weekly_digest: Annotated[Literal["on", "off"], partial(_one_of, choices=("on", "off"))] = "off"
    false_answer_rate: Annotated[float, partial(_within, least=0.001, most=0.5)] = 0.025
    semantic_model: Annotated[Path | None, Path] = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        partial(_one_of, choices=("DEBUG", "INFO", "WARNING", "ERROR")),
    ] = "INFO"
    log_format: Annotated[Literal["console", "json"], partial(_one_of, choices=("console", "json"))] = (
        "console"
    )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown anywhere: whole secrets, and those within addresses."""
        found: list[str] = []
        for setting in fields(self):
            if isinstance(value := getattr(self, setting.name), Secret):
                for part in re.split(r"[\s,]+", value.get_secret_value()):
                    # Of a token, the half that is none of Telegram's numbers too.
                    found += [part, part.partition(":")[2]]
        for url in (self.database_url, self.telegram_api_url, self.webhook_url):
            with contextlib.suppress(ValueError):  # no address
                parts = urlsplit(url)
                if password := parts.password:
                    found += [password, unquote(password)]
                found += parse_qs(parts.query).get("password", [])  # as psql takes it, too
        return tuple(filter(None, found))

    @property
    def operator(self) -> str:
        """The operator as a phrase for a sentence; empty where the settings don't say."""
        if self.operator_name and self.operator_contact:
            return f"{self.operator_name} ({self.operator_contact})"
        return self.operator_name or self.operator_contact


_MAKERS: Final = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Settings, include_extras=True).items()
}
NAMES: Final = tuple(map(str.upper, _MAKERS))
"""What can be set."""


def read(given: Mapping[str, str | None]) -> Settings:
    """Settings from texts under their names, of which empty ones and other names are left aside.

    Raises:
        SettingsError: One can't be used. The texts themselves aren't repeated: one may be the token.
    """
    values: dict[str, Any] = {}
    faults = []
    for name, make in _MAKERS.items():
        if not (text := given.get(name.upper())):
            continue
        more = {}
        if name == "webhook_url":
            more["by_telegram"] = values.get("telegram_api_url", TELEGRAM) == TELEGRAM
        try:
            values[name] = make(text, **more)
        except ValueError:
            faults.append(f"{name.upper()} is not usable: set it to {_HELP[name.upper()]}.")
    if faults:
        raise SettingsError(faults)
    return Settings(**values)


def load() -> Settings:
    """Read the environment, and `.env` for what the environment doesn't say.

    Raises:
        SettingsError: Something is set that can't be used, or `.env` can't be read.
    """
    if Path(".env").is_dir():
        raise SettingsError(
            [".env is a folder, as Docker makes one where the file to mount is missing: make it a file."]
        )
    try:
        places = (os.environ, dotenv_values(".env", encoding="utf-8"))
    except UnicodeDecodeError:
        raise SettingsError([".env isn't written in UTF-8: save it again in that encoding."]) from None
    except OSError as fault:
        raise SettingsError([f".env can't be read: {fault.strerror}."]) from None
    secrets, faults = secret_files.read(IN_FILES, places)
    given = {name.upper(): text for place in reversed(places) for name, text in place.items() if text}
    try:
        loaded = read(given | secrets)
    except SettingsError as error:
        raise SettingsError(faults + error.faults) from None
    if faults:
        raise SettingsError(faults)
    return loaded
