"""The environment and `.env` -> frozen Settings; every fault is reported, all at once, in plain words."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import unquote, urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import secret_files
from bot.addresses import Address, address, public_root

TOKEN_PATTERN: Final = r"[0-9]{3,16}:[A-Za-z0-9_-]{30,}"  # noqa: S105 - a pattern

_HELP: Final = {
    "TELEGRAM_BOT_TOKEN": "the token that @BotFather gave you, such as 123456789:AAE...",
    "TELEGRAM_API_URL": "the root of a Bot API server, such as https://api.telegram.org",
    "KNOWLEDGE_DIR": "the folder or YAML file of a knowledge base",
    "OPERATOR_NAME": "a name of at most 100 characters",
    "OPERATOR_CONTACT": "an address of at most 200 characters at which people can reach you",
    "DATABASE_URL": "sqlite:///file.db, with four slashes for a path from the root, or postgresql://...",
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
_SHARED_IDS: Final = (777000, 136817688, 1087968824)
"""Under these Telegram sends for channels and for every anonymous admin of every group."""


def _ids(given: object) -> object:
    """Ids with commas between them, as a set.

    Raises:
        ValueError: One of them isn't the id of a single person.
    """
    if not isinstance(given, str):
        return given
    ids = re.split(r"[\s,]+", given.strip(" \t\n,"))
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", id_, re.ASCII) for id_ in ids):
        raise ValueError("no id")
    found = frozenset(map(int, ids))
    if found & {*_SHARED_IDS}:
        raise ValueError("the id of many")
    return found


def _usable_keys(given: SecretStr | None) -> SecretStr | None:
    keys = re.split(r"[\s,]+", given.get_secret_value().strip()) if given else []
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
        raise ValueError("no key")
    return given


def _usable_secrets(given: SecretStr | None) -> SecretStr | None:
    secrets = given.get_secret_value().strip().split(",") if given else []
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.strip(), re.ASCII) for secret in secrets):
        raise ValueError("no secret")
    return given


class SettingsError(Exception):
    """The environment can't be used; `faults` holds a sentence for each setting that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """What an operator can set."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    # Copied with a blank or a line end, as happens. Its form is checked where it is used: only `run` needs it.
    telegram_bot_token: Annotated[
        SecretStr | None, BeforeValidator(lambda given: given.strip() if isinstance(given, str) else given)
    ] = None
    telegram_api_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+")] = TELEGRAM
    knowledge_dir: Path | None = None
    operator_name: Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)] = ""
    operator_contact: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    database_url: (
        Annotated[str, StringConstraints(pattern=r"^(sqlite:///[^?]*[^/?]|postgres(ql)?://.+)$")]
        | Literal[""]
    ) = ""
    store_key: Annotated[SecretStr | None, AfterValidator(_usable_keys)] = None
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    webhook_url: str = ""
    webhook_secret: Annotated[SecretStr | None, AfterValidator(_usable_secrets)] = None
    listen: Annotated[Address, NoDecode, BeforeValidator(address)] = Address("127.0.0.1", 8080)
    metrics: Annotated[
        Address | Literal["on"] | None,
        NoDecode,
        BeforeValidator(
            lambda given: {"on": "on", "off": None}[given] if given in ("on", "off") else address(given)
        ),
    ] = None
    messages_per_second: Annotated[int, Field(ge=1, le=100_000)] = 30
    matching_processes: Annotated[int, Field(ge=0, le=64)] | None = None
    weekly_digest: Literal["on", "off"] = "off"
    false_answer_rate: Annotated[float, Field(ge=0.001, le=0.5)] = 0.025
    semantic_model: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown anywhere: whole secrets, and those within addresses."""
        found: list[str] = []
        for _, value in self:
            if isinstance(value, SecretStr):
                for part in re.split(r"[\s,]+", value.get_secret_value()):
                    found += [
                        part,
                        part.partition(":")[2],
                    ]  # of a token, the half that is none of Telegram's numbers
        for url in (self.database_url, self.telegram_api_url, self.webhook_url):
            with contextlib.suppress(ValueError):  # no address
                if password := urlsplit(url).password:
                    found += [password, unquote(password)]
        return tuple(filter(None, found))

    @field_validator("webhook_url")
    @classmethod
    def _reachable(cls, given: str, others: ValidationInfo) -> str:
        return public_root(given, by_telegram=others.data.get("telegram_api_url", TELEGRAM) == TELEGRAM)

    @property
    def operator(self) -> str:
        """The operator as a phrase for a sentence; empty where the settings don't say."""
        if self.operator_name and self.operator_contact:
            return f"{self.operator_name} ({self.operator_contact})"
        return self.operator_name or self.operator_contact


def load() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: Something is set that can't be used. The values themselves aren't repeated: one may be the
            token.
    """
    secrets, faults = secret_files.read(IN_FILES, ".env")
    try:
        loaded = Settings(**{name.lower(): value for name, value in secrets.items()})  # type: ignore[arg-type]
    except ValidationError as error:
        names = dict.fromkeys(str(fault["loc"][0]).upper() for fault in error.errors())
        faults += [f"{name} is not usable: set it to {_HELP.get(name, 'another value')}." for name in names]
        raise SettingsError(faults) from None
    if faults:
        raise SettingsError(faults)
    return loaded
