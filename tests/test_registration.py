"""The webhook is set once by however many replicas, again when it has changed, and Telegram's patience is respected."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from bot.addresses import Address
from bot.store.protocol import StoreUnavailableError
from bot.transport import registration
from bot.transport.binding import bound
from bot.transport.chat_shares import Sharing
from bot.transport.health import Health
from bot.transport.posting import posting, replica_name
from bot.transport.registration import Registration, Webhook, WebhookRefusedError, secrets_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.opening import StoreInDatabase
    from tests.fake_bot_api import FakeBotApi

HERE = Webhook("http://127.0.0.1:9/telegram", "s" * 20, ("message", "callback_query"))


@asynccontextmanager
async def talking(api: FakeBotApi) -> AsyncIterator[Bot]:
    """The library's bot without a rate limiter: what is tried again here is our doing."""
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        yield bot


@pytest.fixture
async def replica(api: FakeBotApi, store: StoreInDatabase) -> AsyncIterator[Registration]:
    async with talking(api) as bot:
        yield Registration(bot, store, "replica-1", HERE, lambda: None)


def settings_made(api: FakeBotApi) -> int:
    return len([call for call in api.calls_of("setWebhook") if call.ok])


async def test_telegram_is_told_the_address_the_secret_and_what_to_post(
    api: FakeBotApi, replica: Registration
) -> None:
    await replica.ensure()
    (call,) = api.calls_of("setWebhook")
    assert call.params["url"] == HERE.url
    assert call.params["secret_token"] == HERE.secret
    assert call.params["allowed_updates"] == list(HERE.allowed_updates)
    assert call.params["drop_pending_updates"] == "false"


async def test_replicas_that_start_together_set_it_once(api: FakeBotApi, replica: Registration) -> None:
    api.delay(0.3, "setWebhook")
    replicas = [replace(replica, owner=f"replica-{number}") for number in range(5)]
    await asyncio.gather(*(one.ensure() for one in replicas))
    assert settings_made(api) == 1


class LateLook:
    """A store that another replica has its turn in, right after the first look of this one."""

    def __init__(self, store: StoreInDatabase, other: Registration) -> None:
        self.take_turn, self.end_turn = store.take_turn, store.end_turn
        self.turns_taken, self.turn_owner = store.turns_taken, store.turn_owner
        self._store, self._other, self._looked = store, other, False

    async def turn_note(self, name: str) -> str | None:
        note = await self._store.turn_note(name)
        if not self._looked:
            self._looked = True
            await self._other.ensure()
        return note


async def test_a_turn_that_comes_after_anothers_sets_nothing(
    api: FakeBotApi, replica: Registration, store: StoreInDatabase
) -> None:
    late = LateLook(store, replace(replica, owner="replica-2"))
    await replace(replica, store=late).ensure()
    assert settings_made(api) == 1
    assert await store.take_turn("webhook", "replica-3", 1), "nobody holds the turn any more"


async def test_a_restart_does_not_set_it_again(api: FakeBotApi, replica: Registration) -> None:
    await replica.ensure()
    await replace(replica, owner="replica-2").ensure()
    assert settings_made(api) == 1


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(HERE, url="http://127.0.0.1:10/telegram"), id="address"),
        pytest.param(replace(HERE, secret="t" * 20), id="secret"),
        pytest.param(replace(HERE, allowed_updates=("message",)), id="kinds of updates"),
    ],
)
async def test_it_is_set_again_when_something_has_changed(
    api: FakeBotApi, replica: Registration, changed: Webhook
) -> None:
    await replica.ensure()
    await replace(replica, webhook=changed).ensure()
    assert settings_made(api) == 2
    assert api.calls_of("setWebhook")[-1].params["secret_token"] == changed.secret


async def test_it_is_set_again_when_somebody_took_it_away(api: FakeBotApi, replica: Registration) -> None:
    await replica.ensure()
    await replica.bot.delete_webhook()
    await replica.ensure()
    assert settings_made(api) == 2


async def test_it_is_set_again_when_somebody_set_it_with_another_secret(
    api: FakeBotApi, replica: Registration
) -> None:
    elsewhere = replace(HERE, url="https://bot.example.org/telegram")  # where nothing is posted to
    replica = replace(replica, webhook=elsewhere)
    await replica.ensure()
    await replica.bot.set_webhook(elsewhere.url)
    api.user("Anna").sends("Is anybody there?")
    hook = api.world.webhook
    hook.last_error_message = "Wrong response from the webhook: 403 Forbidden"
    hook.last_error_date = int(time.time()) - 3600
    await replica.ensure()
    assert api.calls_of("setWebhook")[-1].params.get("secret_token") is None, "that is long past"
    hook.last_error_date = int(time.time())
    await replica.ensure()
    assert api.calls_of("setWebhook")[-1].params["secret_token"] == HERE.secret


async def test_telegrams_wish_to_wait_is_respected(
    api: FakeBotApi, replica: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(registration.asyncio, "sleep", sleep)  # type: ignore[attr-defined]
    api.fail("setWebhook", 429, "Too Many Requests: retry after 7", parameters={"retry_after": 7})
    await replica.ensure()
    assert waited == [7]
    assert settings_made(api) == 1


async def test_a_server_that_stumbles_is_tried_again_and_given_up_in_the_end(
    api: FakeBotApi, replica: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "_LONGEST_PAUSE", 0.01)
    api.fail("setWebhook", 502, times=3)
    await replica.ensure()
    assert settings_made(api) == 1
    await replica.bot.delete_webhook()
    api.fail("setWebhook", 502, times=None)
    with pytest.raises(NetworkError):
        await replica.ensure()
    api.clear_faults()
    api.fail("setWebhook", 429, "Too Many Requests", parameters={"retry_after": 0.01}, times=None)
    with pytest.raises(RetryAfter):
        await replica.ensure()
    api.clear_faults()
    await replace(replica, owner="replica-2").ensure()  # nobody holds the turn any more
    assert settings_made(api) == 2


class Blinking:
    """A store that is away at the first use of each kind."""

    def __init__(self, store: StoreInDatabase) -> None:
        self._store = store
        self._used: set[str] = set()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the store's
        use = getattr(self._store, name)

        async def used(*args: object) -> object:
            if name not in self._used:
                self._used.add(name)
                raise StoreUnavailableError("PostgreSQL: it is being restarted")
            return await use(*args)

        return used


async def test_a_database_that_is_away_for_a_moment_at_the_start_is_waited_for(
    api: FakeBotApi, replica: Registration, store: StoreInDatabase
) -> None:
    blinking: Any = Blinking(store)
    sharing = Sharing(blinking, "replica-1")
    health = Health(store)
    sock = bound(Address("127.0.0.1", 0))
    async with posting(replace(replica, store=blinking), sock, [], health, sharing):
        assert health.waits_for == set()
    assert settings_made(api) > 0


async def test_an_address_that_telegram_refuses_is_not_tried_again(
    api: FakeBotApi, replica: Registration
) -> None:
    api.fail("setWebhook", 400, "Bad Request: bad webhook: IP address 10.0.0.1 is reserved")
    with pytest.raises(WebhookRefusedError, match="is reserved"):
        await replica.ensure()
    assert len(api.calls_of("setWebhook")) == 1


async def test_a_replica_that_died_over_it_is_not_waited_for_for_ever(
    api: FakeBotApi, replica: Registration, store: StoreInDatabase
) -> None:
    assert await store.take_turn("webhook", "dead", 0.2)
    await replica.ensure()
    assert settings_made(api) == 1


async def test_who_no_longer_gets_updates_says_so_once_and_does_not_insist(
    api: FakeBotApi, replica: Registration, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(registration, "_LOOKS", 0.01)
    await replica.ensure()
    await replica.bot.delete_webhook()
    watching = asyncio.create_task(replica.watch())
    looked = len(api.calls_of("getWebhookInfo"))
    await api.wait_for(lambda: len(api.calls_of("getWebhookInfo")) > looked + 3)
    watching.cancel()
    assert caplog.text.count("Telegram doesn't post to this bot any more") == 1
    assert settings_made(api) == 1


async def test_a_token_that_is_refused_later_on_is_noticed_though_nobody_posts_any_more(
    api: FakeBotApi, replica: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "_LOOKS", 0.01)
    doubted = asyncio.Event()
    await replica.ensure()
    api.fail("getWebhookInfo", 401, "Unauthorized")
    watching = asyncio.create_task(replace(replica, doubt_token=doubted.set).watch())
    async with asyncio.timeout(10):
        await doubted.wait()
    watching.cancel()


async def test_what_telegram_can_not_deliver_is_told(
    api: FakeBotApi, replica: Registration, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await replica.ensure()  # at port 9 nobody listens
    api.user("Anna").sends("Where do I park my car?")
    monkeypatch.setattr(registration, "_LOOKS", 1.0)
    watching = asyncio.create_task(replica.watch())
    looked = len(api.calls_of("getWebhookInfo"))
    await api.wait_for(lambda: len(api.calls_of("getWebhookInfo")) > looked)
    await api.wait_for(lambda: caplog.text)
    watching.cancel()
    assert "Telegram can't deliver 1 updates: Connection failed" in caplog.text


# Secrets and names


def test_without_a_secret_one_is_derived_from_the_token() -> None:
    (derived,) = secrets_of("123:abc", "")
    assert secrets_of("123:abc", " ") == (derived,)
    assert secrets_of("123:abd", "") != (derived,)
    assert len(derived) == 64
    assert derived.isalnum()
    assert "abc" not in derived


def test_several_secrets_are_taken_in_their_order() -> None:
    assert secrets_of("123:abc", f" {'a' * 16}, {'b' * 16}") == ("a" * 16, "b" * 16)


def test_a_fingerprint_tells_changes_and_no_secret() -> None:
    told = HERE.fingerprint("123:abc")
    assert told == replace(HERE, allowed_updates=HERE.allowed_updates[::-1]).fingerprint("123:abc")
    others = {replace(HERE, secret="t" * 20).fingerprint("123:abc"), HERE.fingerprint("123:abd")}
    assert told not in others
    assert len(others) == 2
    assert len(told) == 64


def test_a_replica_has_the_same_name_after_a_restart_and_another_than_its_neighbours() -> None:
    here = replica_name(Address("127.0.0.1", 8080))
    assert replica_name(Address("127.0.0.1", 8080)) == here
    assert replica_name(Address("127.0.0.1", 8081)) != here
    assert replica_name(Address("127.0.0.1", 0)) != replica_name(Address("127.0.0.1", 0))
    assert len(here) <= 64
