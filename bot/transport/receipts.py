"""What an HTTP answer says of a call: the Bot API's own word, or that of something on the way, which is none."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final

from telegram.error import NetworkError

_REPEATABLE: Final = ("get", "set", "delete", "edit", "answer")
"""Beginnings of methods that have the same effect once or twice. Sending is none of them."""


class PerhapsSentError(NetworkError):
    """What was to be sent is on its way, and no receipt came: Telegram has no way to ask whether it was sent."""


class Receipt(bytes):
    """An answer's body in the Bot API's form.

    Attributes:
        told: What JSON made of it.
    """

    told: dict[str, Any]


def receipt(status: int, content: bytes) -> Receipt | None:
    """An answer in the Bot API's form: with a result, or with a refusal's description.

    Returns:
        None for anything else, such as a proxy's page. That says nothing of the token, a chat or what was sent.
    """
    try:
        told = json.loads(content.decode(errors="replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        fits = told.get("ok") is True and told.get("result") is not None
    else:
        fits = (
            told.get("ok") is False
            and isinstance(told.get("description"), str)
            and isinstance(parameters := told.get("parameters", {}), dict)
            and isinstance(parameters.get("retry_after", 0), int)
        )
    if not fits:
        return None
    made = Receipt(content)
    made.told = told
    return made


def method_of(url: str) -> str:
    """The method that is called."""
    return url.rpartition("/")[2]


def is_repeatable(url: str) -> bool:
    """Whether a call may be made twice."""
    return method_of(url).lower().startswith(_REPEATABLE)


def lost(url: str, why: str, status: int | None = None) -> NetworkError:
    """The fault for a call of which nobody says what came of it, once it was written.

    Args:
        url: What was called.
        why: For the log, without anybody's data.
        status: What was answered; None for nothing.
    """
    done = status is None or status < HTTPStatus.MULTIPLE_CHOICES or _is_between(status)
    return (PerhapsSentError if done and not is_repeatable(url) else NetworkError)(why)


def _is_between(status: int) -> bool:
    """Whether a fault came up when the request may have been passed on, as the gateways' 502 and 504; with 503 it wasn't."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE
