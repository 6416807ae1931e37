"""How long each step of a call may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram.request import BaseRequest

Given: TypeAlias = Any
"""A timeout as the library hands it over: seconds, None for no limit, or its mark for "not given"."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds, each None for no limit.

    Attributes:
        read: Between two pieces of the answer, the first one counted from the end of the request.
        write: For one piece of the request.
        upload: As `write`, for a request with files.
        connect: For looking the server up, reaching it and agreeing on TLS.
        pool: For a free connection.
    """

    read: float | None = 5.0
    write: float | None = 5.0
    upload: float | None = 20.0
    connect: float | None = 5.0
    pool: float | None = 1.0


def limit(given: Given, usual: float | None) -> float | None:
    """A timeout in seconds: what a call names, or the usual one."""
    return usual if given is BaseRequest.DEFAULT_NONE else given
