"""What this machine says of the way to the internet: proxies, and whose certificates are believed."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from aiohttp import encode_basic_auth
from telegram.error import NetworkError


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, or none.

    Attributes:
        url: Its address, without the login; None for no proxy.
        headers: The login.
    """

    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def proxy_for(scheme: str, host: str) -> Proxy:
    """The proxy for a host, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say, or the system's settings.

    Args:
        scheme: http or https.
        host: A name or an address.

    Raises:
        NetworkError: It is of a kind that can't be used, such as SOCKS.
    """
    proxies = getproxies()
    given = proxies.get(scheme) or proxies.get("all")
    if not given or proxy_bypass(host):
        return Proxy()
    proxy = urlsplit(given if "://" in given else f"http://{given}")
    if proxy.scheme not in ("http", "https"):
        raise NetworkError(f"the proxy in the environment is of a kind that can't be used: {proxy.scheme}")
    login, _, place = proxy.netloc.rpartition("@")
    url = f"{proxy.scheme}://{place}"
    if not login:
        return Proxy(url)
    user, _, password = map(unquote, login.partition(":"))
    return Proxy(url, {"Proxy-Authorization": encode_basic_auth(user, password)})


@cache
def trusted() -> ssl.SSLContext:
    """Whom to trust: certifi's list, as the library does, and what this system adds; or SSL_CERT_FILE alone."""
    context = ssl.create_default_context()  # knows SSL_CERT_FILE and SSL_CERT_DIR by itself
    if not (os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")):
        context.load_verify_locations(cafile=certifi.where())
    return context
