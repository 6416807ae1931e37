"""What an update costs by webhook, as `advisory-bot run` in processes of its own: processor time, memory, waiting.

    uv run python benchmarks/webhook.py [updates]

Telegram is played by the tests' server, PostgreSQL is real, and the knowledge base is the bundled one.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests' servers

import httpx
from prometheus_client.parser import text_string_to_metric_families

from knowledge.files import bundled
from knowledge.opening import open_answerer
from tests.databases import KEY, TestDatabase, postgres_server
from tests.e2e.proxy import proxying
from tests.e2e.replicas import Place, webhook_process
from tests.fake_bot_api import FakeBotApi
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = (
    "is it legal to take my own stem cells out of the country",
    "what could happen to me at the border",
    "my clinic says i can carry them in a cooler is that ok",
    "who wrote this",
    "does the FDA know about this",
)
WITHIN = 300.0


@dataclass(frozen=True)
class Spent:
    """What the bot's processes needed together, but for the last, which is for each."""

    processor: float
    handled: float
    waited: float
    memory: float


async def spent(shown: list[str]) -> Spent:
    """Read it from their metrics."""
    found: dict[str, list[float]] = {}
    async with httpx.AsyncClient(timeout=WITHIN) as client:
        for address in shown:
            text = (await client.get(f"http://{address}/metrics")).text
            for family in text_string_to_metric_families(text):
                for sample in family.samples:
                    found.setdefault(sample.name, []).append(sample.value)
    return Spent(
        sum(found["process_cpu_seconds_total"]),
        sum(found["advisory_bot_handling_seconds_count"]),
        sum(found["advisory_bot_handling_seconds_sum"]),
        max(found["process_resident_memory_bytes"]),
    )


async def run(name: str, database: TestDatabase, replicas: int, updates: int, folder: Path) -> str:
    """One row of the table."""
    async with FakeBotApi(check_schema=False) as api, AsyncExitStack() as stack:
        places = [Place("127.0.0.1", free_port()) for _ in range(replicas)]
        proxy = await stack.enter_async_context(proxying([place.root for place in places]))
        shown = [f"127.0.0.1:{free_port()}" for _ in places]
        for number, (place, metrics) in enumerate(zip(places, shown, strict=True)):
            own = folder / f"{name}-{number}".replace(" ", "-")
            own.mkdir()
            await stack.enter_async_context(
                webhook_process(
                    api,
                    own,
                    bundled(),
                    database,
                    place.port,
                    WEBHOOK_URL=proxy.root,
                    METRICS=metrics,
                    LOG_LEVEL="WARNING",
                    MESSAGES_PER_SECOND="100000",  # the bot is measured, not Telegram's limits
                )
            )
        people = [api.user(f"Asker-{n}", started=True) for n in range(updates // len(QUESTIONS))]
        before, begun = await spent(shown), time.perf_counter()
        for question in QUESTIONS:
            for person in people:
                person.sends(question)
        total = len(people) * len(QUESTIONS)
        await api.wait_for(lambda: sum(len(api.sent(person)) for person in people) >= total, WITHIN)
        seconds = time.perf_counter() - begun
        await asyncio.sleep(1)  # the last ends are noted
        after = await spent(shown)
    handled = after.handled - before.handled
    each = (after.processor - before.processor) / handled * 1000
    rate, waited = total / seconds, (after.waited - before.waited) / handled
    return f"{name:24} {each:8.1f} {rate:8.0f} {waited:8.1f} {after.memory / 1e6:8.0f}"


@contextmanager
def databases(folder: Path) -> Iterator[list[tuple[str, TestDatabase, int]]]:
    """What is compared."""
    with postgres_server() as postgres:
        yield [
            ("SQLite", TestDatabase(f"sqlite:///{folder / 'store.sqlite3'}", KEY), 1),
            ("PostgreSQL", TestDatabase(postgres.new_database(), KEY), 1),
            ("PostgreSQL, two replicas", TestDatabase(postgres.new_database(), KEY), 2),
        ]


def main() -> None:
    """Print the table."""
    updates = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    open_answerer()  # learned before anything is measured
    print(f"{'':24} {'ms CPU':>8} {'per s':>8} {'s wait':>8} {'MB':>8}")
    with tempfile.TemporaryDirectory() as made, databases(Path(made)) as compared:
        for name, database, replicas in compared:
            print(asyncio.run(run(name, database, replicas, updates, Path(made))))


if __name__ == "__main__":
    main()
