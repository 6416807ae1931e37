"""What the server answers when it refuses a call."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class ApiError(Exception):
    """A refusal, told to the bot as ``{"ok": false, "error_code": ..., "description": ...}``."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> Json:
        """The answer's body."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body


class DroppedConnectionError(Exception):
    """The connection is to be closed without an answer."""


def bad_request(message: str) -> ApiError:
    """A 400, worded as the server words it: the first letter is lowered unless it opens an ERROR_CODE."""
    if len(message) < 2 or not (message[1] == "_" or message[1].isupper()):
        message = message[:1].lower() + message[1:]
    return ApiError(400, f"Bad Request: {message}")


def forbidden(message: str) -> ApiError:
    """A 403: the bot may not do this in this chat."""
    return ApiError(403, f"Forbidden: {message}")


def conflict(message: str) -> ApiError:
    """A 409: somebody else receives the bot's updates."""
    return ApiError(409, f"Conflict: {message}")


def too_many_requests(retry_after: int) -> ApiError:
    """A 429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
