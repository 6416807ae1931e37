"""How the bot gets its updates, and its session with the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tests.fake_bot_api.errors import Json, bad_request, conflict
from tests.fake_bot_api.updates import DEFAULT_TYPES, UPDATE_TYPES, WEBHOOK_ACTIVE
from tests.fake_bot_api.world import WebhookConfig

from .registry import Result, method

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import World

MAX_POLL_SECONDS: Final = 50
WEBHOOK_PORTS: Final = (443, 80, 88, 8443)
LOOPBACK: Final = ("127.0.0.1", "localhost")


def _allow(world: World, params: Params) -> None:
    types = params.value("allowed_updates")
    if types is None:
        return
    if not isinstance(types, list):
        raise bad_request("Can't parse allowed updates JSON object")
    world.updates.allow(types)


@method("getUpdates")
def get_updates(world: World, params: Params) -> Awaitable[Result]:
    """Long polling."""
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    _allow(world, params)
    return world.poll.get(
        params.integer("offset"),
        params.integer("limit", 100, 1, 100),
        params.integer("timeout", 0, 0, MAX_POLL_SECONDS),
    )


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.hostname in LOOPBACK:
        # A server run with --local takes any address, and a test's receiver has only this one.
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("setWebhook")
def set_webhook(world: World, params: Params) -> Result:
    """Have updates posted to an address; an empty one ends that."""
    url = params.text("url")
    secret = params.text("secret_token")
    if url:
        _check_url(url)
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch("[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    if not url:
        world.webhook = WebhookConfig()
        return True
    _allow(world, params)
    world.poll.end("terminated by setWebhook request")
    world.webhook = WebhookConfig(
        url,
        secret,
        params.integer("max_connections", 40, 1, 100),
        certificate=params.upload("certificate") is not None,
        ip_address=params.text("ip_address") or "127.0.0.1",
    )
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> Result:
    """End the webhook; what is pending stays for getUpdates unless it is dropped."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = WebhookConfig()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Result:  # noqa: ARG001 - getWebhookInfo has none
    """How delivery goes."""
    hook = world.webhook
    shown: Json = {
        "url": hook.url,
        "has_custom_certificate": hook.certificate,
        "pending_update_count": len(world.updates.queued),
    }
    if hook.url:
        shown |= {"max_connections": hook.max_connections, "ip_address": hook.ip_address}
    if hook.last_error_date is not None:
        shown |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if world.updates.allowed != DEFAULT_TYPES:
        shown["allowed_updates"] = [kind for kind in UPDATE_TYPES if kind in world.updates.allowed]
    return shown


@method("logOut")
def log_out(world: World, params: Params) -> Result:  # noqa: ARG001 - logOut has none
    """Leave the server; it answers nothing else afterwards."""
    world.logged_out = True
    world.updates.clear()
    return True


@method("close")
def close(world: World, params: Params) -> Result:  # noqa: ARG001 - close has none, and the next call starts anew
    """Stop the bot's instance on the server."""
    return True
