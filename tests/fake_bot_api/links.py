"""Which links the server takes, in text and on buttons."""

from __future__ import annotations

import re
from typing import Final

from .errors import bad_request

USER_LINK: Final = re.compile(r"tg://user/?\?id=(\d+)$")
_URL: Final = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://|(?P<app>tg|ton):)?(?P<host>[^/?#\s]*)(?P<rest>\S*)$", re.IGNORECASE
)
_APP_SCHEMES: Final = ("tg", "ton", "tonsite")


def _parse(url: str) -> tuple[str, str, str] | str:
    """Scheme, host and rest of a link, or what is wrong with it."""
    match = _URL.match(url)
    if match is None or not match["host"]:
        return "Wrong HTTP URL"
    scheme = (match["scheme"] or match["app"] or "http").lower()
    if scheme not in (*_APP_SCHEMES, "http", "https"):
        return "Unsupported URL protocol"
    name = match["host"].rpartition("@")[2].partition(":")[0]
    if scheme not in _APP_SCHEMES and "." not in name.strip("."):
        return "Wrong HTTP URL"
    return scheme, match["host"], match["rest"]


def checked_url(url: str) -> str | None:
    """A link of a text in the form the server keeps it, or None for one it drops without a word."""
    parts = _parse(url)
    if isinstance(parts, str):
        return None
    scheme, host, rest = parts
    if scheme in _APP_SCHEMES:
        return f"{scheme}://{host}{rest}"
    return f"{scheme}://{host.lower()}{rest if rest.startswith('/') else '/' + rest}"


def check_button_url(url: str, button: str, *, https_only: bool = False) -> None:
    """Refuse a button's link as the server does."""
    parts = _parse(url)
    fault = parts if isinstance(parts, str) else None
    if fault is None and https_only and parts[0] != "https":
        fault = "Only HTTPS links are allowed"
    if fault is not None:
        raise bad_request(f"{button} URL '{url}' is invalid: {fault}")
