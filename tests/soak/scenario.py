"""One soak: people ask while the bot is killed and what it depends on is taken away; then everything has to come right."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import application
from knowledge.opening import open_answerer
from tests.databases import KEY, TestDatabase, postgres_server
from tests.fake_bot_api import FakeBotApi
from tests.soak.bots import bots, sampled
from tests.soak.ledger import growth, quantile
from tests.soak.people import People, askable
from tests.soak.trouble import Trouble, ended

if TYPE_CHECKING:
    from tests.databases import Postgres

DRAINS_WITHIN: Final = 300.0
"""Seconds; a try that has failed waits for up to a minute, and Telegram takes thirty messages a second."""


@dataclass(frozen=True)
class Scenario:
    """What to do.

    Attributes:
        base: The knowledge base.
        seconds: For which people ask.
        rate: Questions a second.
        chats: How many ask.
        postgres: PostgreSQL instead of SQLite, and restarted now and then.
        replicas: How many, by webhook; 0 for one that polls.
        calm: The share of the time, at its end, in which nothing is killed or restarted: memory is measured there.
        faults: Seconds between two faults of Telegram, on average.
        kills: Seconds between two kills, at least and at most.
        restarts: Of the database, likewise.
        seed: Of chance.
    """

    base: Path
    seconds: float
    rate: float
    chats: int
    postgres: bool = False
    replicas: int = 0
    calm: float = 0.35
    faults: float = 2.0
    kills: tuple[float, float] = (8.0, 20.0)
    restarts: tuple[float, float] = (12.0, 25.0)
    seed: int = 1

    @property
    def name(self) -> str:
        """In a few words."""
        how = f"webhook, {self.replicas} replicas" if self.replicas else "polling"
        return f"{how}, {'PostgreSQL' if self.postgres else 'SQLite'}"


@dataclass(frozen=True)
class Result:
    """What came of it."""

    scenario: Scenario
    asked: int
    lost: int
    duplicates: int
    bound: int
    """Duplicates that can't be helped: what was being sent at a kill, and answers whose receipts were lost."""
    trouble: dict[str, int]
    waits: dict[str, float] = field(repr=False)
    """Seconds: `p50`, `p99` and `most` of all, and of the calm part as `calm p50` and `calm p99`."""
    memory: float
    """Megabytes, of all processes, at the end."""
    growth: float
    """Megabytes, in the calm part."""
    statuses: list[int]
    strays: list[str]
    violations: list[str]

    @property
    def good(self) -> bool:
        """Whether nothing was lost and the rest is as it should be."""
        return not (self.lost or self.violations or any(self.statuses)) and self.duplicates <= self.bound


async def soak(scenario: Scenario) -> Result:
    """Run a scenario; its databases and processes are gone afterwards."""
    questions = askable(open_answerer(scenario.base))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-")))
        server = stack.enter_context(postgres_server()) if scenario.postgres else None
        url = server.new_database() if server else f"sqlite:///{folder / 'store.sqlite3'}"
        async with FakeBotApi() as api:
            return await _run(scenario, api, folder, TestDatabase(url, KEY), server, questions)


async def _run(
    scenario: Scenario,
    api: FakeBotApi,
    folder: Path,
    database: TestDatabase,
    server: Postgres | None,
    questions: dict[str, tuple[str, str]],
) -> Result:
    people = People(api, scenario.chats, questions)
    ledger, trouble, sizes = people.ledger, Trouble(scenario.seed), list[float]()
    async with bots(api, folder, scenario.base, database, scenario.replicas) as running:
        await api.wait_for(lambda: api.calls_of("getUpdates") or api.world.webhook.url, DRAINS_WITHIN)
        rough = [asyncio.create_task(trouble.kills(running, *scenario.kills))]
        if server:
            rough.append(asyncio.create_task(trouble.database(server, *scenario.restarts)))
        steady = [
            asyncio.create_task(trouble.telegram(api, scenario.faults)),
            asyncio.create_task(running.supervise(trouble.counts)),
        ]
        asking = asyncio.create_task(people.ask(scenario.rate, scenario.seconds * (1 - scenario.calm)))
        await asyncio.wait([asking, *rough, *steady], return_when=asyncio.FIRST_COMPLETED)
        await ended(rough)
        await api.wait_for(lambda: ledger.lost <= 2 * scenario.rate, DRAINS_WITHIN)
        calm_from = time.monotonic()
        steady.append(asyncio.create_task(sampled(running, sizes)))
        await people.ask(scenario.rate, scenario.seconds * scenario.calm)
        await ended(steady)
        api.clear_faults()
        with contextlib.suppress(TimeoutError):  # what is lost then is counted
            await api.wait_for(lambda: not ledger.lost, DRAINS_WITHIN)
            await api.wait_idle(DRAINS_WITHIN)
        memory, statuses = running.memory(), await running.stop()
    waits, calm = ledger.waits(), ledger.waits(calm_from)
    told = {"p50": quantile(waits, 0.5), "p99": quantile(waits, 0.99), "most": quantile(waits, 1.0)}
    told |= {"calm p50": quantile(calm, 0.5), "calm p99": quantile(calm, 0.99)}
    counts = dict(trouble.counts)
    bound = counts.get("kills", 0) * application.CONCURRENT_UPDATES + counts.get("receipt lost", 0)
    return Result(
        scenario,
        len(ledger.asked),
        ledger.lost,
        ledger.duplicates,
        bound,
        counts,
        told,
        memory,
        growth(sizes),
        statuses,
        ledger.strays,
        api.violations,
    )
