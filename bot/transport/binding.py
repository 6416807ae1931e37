"""Sockets to listen at."""

from __future__ import annotations

import socket

from bot.addresses import Address


class CannotListenError(Exception):
    """`str()` says in one sentence which address it is, and why."""


def bound(address: Address) -> socket.socket:
    """A socket at an address, which nobody else can have from now on.

    Raises:
        CannotListenError: It is taken, forbidden, or not this machine's.
    """
    try:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        if not address.host and socket.has_dualstack_ipv6():
            return socket.create_server(("", address.port), family=socket.AF_INET6, dualstack_ipv6=True)
        return socket.create_server((address.host, address.port), family=family)
    except OSError as error:
        raise CannotListenError(f"can't listen at {address}: {error.strerror or error}") from None
