"""The webhook: updates that Telegram posts, each acknowledged only when it is stored."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, Never

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.transport.intake import Intake, NotStoredError
from bot.transport.listening import ONCE
from bot.watching import metrics

PATH: Final = "/telegram"
"""What the bot adds to its public root."""
SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - a header's name
MAX_BODY: Final = 1_048_576
"""Bytes. An update has a few thousand; the largest, with long messages quoted in each other, some tens of thousands."""
READS_WITHIN: Final = 10.0
"""Seconds for a whole body."""
RETRY_AFTER: Final = 5
"""Seconds after which Telegram may try again what couldn't be stored."""


class _RefusedError(Exception):
    """A request that isn't taken.

    Args:
        status: The answer's.
        read: Whether its body was read; if not, the connection can't be used again.
        **headers: Of the answer.
    """

    def __init__(self, status: HTTPStatus, *, read: bool, **headers: str) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.headers = headers if read else headers | ONCE


def webhook_routes(intake: Intake, secrets: Sequence[str], prefix: str = "") -> list[BaseRoute]:
    """The webhook's path, both with and without the public root's own path: a proxy may cut that off.

    Args:
        intake: Stores.
        secrets: Each of them is good; at least one.
        prefix: The public root's path, such as `/bots/advisory`; empty for none.
    """
    if not secrets:
        raise ValueError("a webhook without a secret")

    async def post(request: Request) -> Response:
        try:
            _check(request, secrets)
            await _store(intake, _parsed(await _body(request)))
        except _RefusedError as refused:
            response = Response(status_code=refused.status, headers=refused.headers)
        else:
            response = Response()
        metrics.requested(response.status_code)
        return response

    return [Route(path, post, methods=["POST"]) for path in dict.fromkeys((PATH, prefix + PATH))]


def _check(request: Request, secrets: Sequence[str]) -> None:
    """Look at all that is known before the body.

    Raises:
        _RefusedError: It isn't Telegram's, or no update.
    """
    headers = request.headers
    given = headers.get(SECRET_HEADER, "").encode()
    # Each is compared, in a time that doesn't tell how much of it is right.
    if not any([hmac.compare_digest(given, secret.encode()) for secret in secrets]):  # noqa: C419 - each, as said
        raise _RefusedError(HTTPStatus.FORBIDDEN, read=False)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or headers.get("content-encoding", "identity").lower() != "identity":
        raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, read=False)
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, read=False)


async def _body(request: Request) -> bytes:
    """The body; not more of it is read than it may have.

    Raises:
        _RefusedError: It is too long, too slow, or not all there.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(READS_WITHIN):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, read=False)
    except TimeoutError:
        raise _RefusedError(HTTPStatus.REQUEST_TIMEOUT, read=False) from None
    except ClientDisconnect:
        raise _RefusedError(HTTPStatus.BAD_REQUEST, read=False) from None
    return bytes(body)


def _parsed(body: bytes) -> dict[str, Any]:
    """The JSON object that a body is.

    Raises:
        _RefusedError: It is none.
    """
    try:
        update = json.loads(body.decode(), parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise _RefusedError(HTTPStatus.BAD_REQUEST, read=True) from None
    if not isinstance(update, dict):
        raise _RefusedError(HTTPStatus.BAD_REQUEST, read=True)
    return update


async def _store(intake: Intake, update: dict[str, Any]) -> None:
    """Store an update.

    Raises:
        _RefusedError: It has no usable number, or it can't be stored now.
    """
    try:
        stored = await intake.put([update])
    except NotStoredError:
        later = {"retry-after": str(RETRY_AFTER)}
        raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, read=True, **later) from None
    except RecursionError:  # so deep that it was just read, and can't be written
        stored = []
    if not stored:
        raise _RefusedError(HTTPStatus.BAD_REQUEST, read=True)


def _no_json(name: str) -> Never:
    raise ValueError(name)
