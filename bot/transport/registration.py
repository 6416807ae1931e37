"""Telling Telegram where to post updates: once, by one of however many replicas, and again when it has changed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.store.coordination import Turns
from bot.store.protocol import StoreUnavailableError
from bot.transport.attempts import seconds_of

log = logging.getLogger(__name__)

MAX_CONNECTIONS: Final = 40
"""At once, for Telegram to post by. One needs no longer than the store needs to write."""
_TURN: Final = "webhook"
_LEASE: Final = 60.0
_PAUSE: Final = 0.5
"""Seconds between two looks at whether another replica is done."""
_TRIES: Final = 8
_LONGEST_PAUSE: Final = 30.0
_LOOKS: Final = 300.0
"""Seconds between two looks at whether Telegram still has our address."""
_REFUSAL: Final = "403"
"""In Telegram's words on what was answered to it: the webhook's answer to another secret."""


class WebhookRefusedError(Exception):
    """Telegram doesn't take the address; `str()` is its reason."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """What Telegram is told.

    Attributes:
        url: Where to post.
        secret: What it has to send along.
        allowed_updates: What to post.
    """

    url: str
    secret: str
    allowed_updates: Sequence[str]

    def fingerprint(self, token: str) -> str:
        """Tells this from any other, and the secret to nobody who lacks the token."""
        told = json.dumps([self.url, self.secret, sorted(self.allowed_updates), MAX_CONNECTIONS])
        return hmac.new(token.encode(), told.encode(), hashlib.sha256).hexdigest()


def secrets_of(token: str, given: str) -> tuple[str, ...]:
    """The secrets that are good; the first of them is Telegram's.

    Args:
        token: The bot's. Without other secrets one is derived from it, which is the same in every replica.
        given: As `WEBHOOK_SECRET`: secrets with commas between; empty for none.
    """
    if given.strip():
        return tuple(secret.strip() for secret in given.split(","))
    return (hmac.new(token.encode(), b"advisory-bot webhook secret", hashlib.sha256).hexdigest(),)


@dataclass(frozen=True, slots=True)
class Registration:
    """One replica's part in having a webhook registered.

    Attributes:
        bot: Tells Telegram.
        store: Shared by all replicas.
        owner: This one's name in it.
        webhook: What Telegram is to know.
        doubt_token: Called when Telegram refuses the token later on: it posts nothing any more then.
    """

    bot: Bot
    store: Turns
    owner: str
    webhook: Webhook
    doubt_token: Callable[[], None]

    async def ensure(self) -> None:
        """See to it that Telegram knows; whichever replica comes first tells it, the others wait for that.

        Raises:
            WebhookRefusedError: Telegram doesn't take it.
            TelegramError: Telegram can't be reached, or doesn't know the token.
            StoreError: The store can't be used.
        """
        failed = 0
        while True:
            try:
                if await self._is_known():
                    return
                if await self.store.take_turn(_TURN, self.owner, _LEASE):
                    await self._take_turn()
                    return
                pause = _PAUSE
            except BadRequest as error:
                raise WebhookRefusedError(error.message) from None
            except (RetryAfter, NetworkError, StoreUnavailableError) as error:
                failed += 1
                if failed == _TRIES:
                    raise
                asked = seconds_of(error) if isinstance(error, RetryAfter) else 0.0
                pause = max(asked, min(_LONGEST_PAUSE, 2.0**failed / 2))
                log.info("the webhook isn't set yet (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)

    async def _is_known(self) -> bool:
        """Whether this very webhook was set, and Telegram still has it: polling with the same token ends one.

        Somebody may also have set the same address with another secret, which Telegram doesn't show; what it posts is refused then.
        """
        if await self.store.turn_note(_TURN) != self.webhook.fingerprint(self.bot.token):
            return False
        info = await self.bot.get_webhook_info()
        return info.url == self.webhook.url and not _is_refused(info)

    async def _take_turn(self) -> None:
        note = None
        try:
            # Another may have had its turn between our look and ours.
            if not await self._is_known():
                await self._tell()
                note = self.webhook.fingerprint(self.bot.token)
                log.info("the webhook is set")
        finally:
            await self.store.end_turn(_TURN, self.owner, note)

    async def _tell(self) -> None:
        await self.bot.set_webhook(
            self.webhook.url,
            secret_token=self.webhook.secret,
            allowed_updates=self.webhook.allowed_updates,
            max_connections=MAX_CONNECTIONS,
            drop_pending_updates=False,
        )

    async def watch(self) -> None:
        """Look now and then, for as long as it runs, whether Telegram still posts to us, and say so where it doesn't.

        It isn't told again: somebody has told it something else, and two who each insist would take turns for ever.
        """
        seen = ""
        while True:
            await asyncio.sleep(_LOOKS)
            try:
                info = await self.bot.get_webhook_info()
            except InvalidToken:
                self.doubt_token()
                continue
            except TelegramError:
                continue  # sends fail as well then, and are told of
            fault = _fault(info, self.webhook.url)
            if fault and fault != seen:
                log.error("%s", fault)
            seen = fault


def _has_failed_lately(info: WebhookInfo) -> bool:
    failed = info.last_error_date.timestamp() if info.last_error_date else 0.0
    return bool(info.pending_update_count) and time.time() - failed < 2 * _LOOKS


def _is_refused(info: WebhookInfo) -> bool:
    """Whether what Telegram posts just now is refused as a stranger's is."""
    return _has_failed_lately(info) and _REFUSAL in (info.last_error_message or "")


def _fault(info: WebhookInfo, url: str) -> str:
    """What is wrong with a webhook, in a sentence; empty for nothing."""
    if info.url != url:
        return "Telegram doesn't post to this bot any more: another process polls with its token, or has set another webhook"
    if _has_failed_lately(info):
        return f"Telegram can't deliver {info.pending_update_count} updates: {info.last_error_message}"
    return ""
