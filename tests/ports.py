"""Ports of this machine for tests, of which several processes may run at the same time."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import Final

_EACH: Final = 500
_FIRST: Final = 10_000 + _EACH * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS: Final = iter(range(_FIRST, _FIRST + _EACH))
"""Below those that the system gives to whoever asks for any, and others in each process of a test run."""


def free_port() -> int:
    """A port at which nobody listens, and at which nobody will but who got it here."""
    for port in _PORTS:
        with contextlib.suppress(OSError), socket.create_server(("", port)):
            return port
    raise AssertionError("no port is left")
