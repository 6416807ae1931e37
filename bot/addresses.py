"""Addresses as an operator writes them: where to listen, and under which the bot is reached from outside. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

TELEGRAMS_PORTS: Final = (443, 80, 88, 8443)
"""To no other port does Telegram deliver."""
_LISTEN: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]*):(?P<port>[0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen.

    Attributes:
        host: A name or a number; empty for every one that this machine has.
        port: 0 for any that is free.
    """

    host: str
    port: int

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(given: str) -> Address:
    """`host:port`, `:port` or `[number]:port` as an Address.

    Raises:
        ValueError: It is none of these.
    """
    found = _LISTEN.fullmatch(given.strip())
    if found is None or int(found["port"]) > 65535:
        raise ValueError("no address")
    return Address(found["host"].strip("[]"), int(found["port"]))


def public_root(given: str, *, by_telegram: bool) -> str:
    """A public root without a slash at its end.

    Args:
        given: Such as `https://bot.example.org` or `https://example.org/bots/advisory`; empty for none.
        by_telegram: Whether Telegram itself will call, which takes HTTPS on a few ports alone. A Bot API server that
            one runs oneself takes anything.

    Raises:
        ValueError: It can't be one.
    """
    given = given.strip().rstrip("/")
    if not given:
        return ""
    if (
        re.search(r"[\s?#@\\]|/\.{0,2}/", given.partition("://")[2])
        or not given.isascii()
        or len(given) > 200
    ):
        raise ValueError("no root")
    parts = urlsplit(given)
    port = parts.port  # raises ValueError where it is no number
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError("no root")
    if by_telegram and (parts.scheme != "https" or (port or 443) not in TELEGRAMS_PORTS):
        raise ValueError("out of Telegram's reach")
    return given
