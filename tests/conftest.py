"""What every test may use: knowledge bases ready to answer, the fake Bot API server, the bot running against it."""

from __future__ import annotations

import os
import shutil
import ssl
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

from bot.settings import NAMES
from knowledge.opening import open_answerer
from tests.databases import KEY, KINDS, TestDatabase, file_database, postgres_server
from tests.e2e.running import polling
from tests.fake_bot_api import FakeBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.store.opening import StoreInDatabase
    from knowledge.answerer import Answerer
    from tests.databases import Postgres
    from tests.e2e.running import RunningBot


# A busy machine is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Keep trained indexes from run to run, for subprocesses too, and whatever the operator of this machine has set out."""
    cache_of_pytest = getattr(config, "cache", None)  # gone with `-p no:cacheprovider`
    if cache_of_pytest is not None:
        os.environ["ADVISORY_BOT_CACHE"] = str(cache_of_pytest.mkdir("advisory-bot"))
    # The Telegram library warns of its old kind of durations, and warnings are errors here.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    for name in NAMES:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite is run in several processes: many tests wait for another process. What is named is run in this one."""
    return 0 if config.option.file_or_dir else (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits longest, for leases to run out, is begun first: at the end the other processes would wait for it."""
    items.sort(key=lambda item: item.path.name != "test_replicas.py")


SMALL_BASE: Final = {
    "advisory.yaml": """\
title: House rules
author: Olga Owner
publisher: The House
published: "2020-05"
url: https://house.example.org/rules
languages: [en]
disclaimer:
  en: The landlady has the last word.
""",
    "passages.yaml": """\
passages:
  - {id: A1, voice: advisory, position: 1, gist: cars go behind the house & nowhere else}
  - {id: C1, voice: reader, position: 2, gist: a tenant says that the gate is locked at night}
""",
    "en/parking.yaml": """\
title: Cars and bicycles
entries:
  - id: parking
    question: Where do I park my car?
    answer: |
      Behind the house.

      A tenant says that the <gate> is locked at night & on Sundays.
    cites: [A1, C1]
    related: [bicycles]
    phrasings: [where can my car go, is there a parking space]
  - id: bicycles
    question: Where do bicycles go?
    answer: Into the cellar, says {operator}.
    cites: [A1]
    outside: The city has bicycle stands as well.
""",
    "en/house.yaml": """\
title: The house
entries:
  - id: cats
    question: May I keep a cat?
    kind: gap
    answer: The rules don't cover cats.
  - id: fire
    question: What if there is a fire?
    kind: guardrail
    answer: Get out and call the fire brigade.
    cites: [A1]
  - id: hello
    question: Hello
    kind: chitchat
    answer: Hello. I know the rules of the house.
    phrasings: [good morning, hi there]
""",
}


@pytest.fixture(scope="session", autouse=True)
def certificates() -> Iterator[None]:
    """Read this machine's certificates once: every HTTP client would do so anew, and the server here needs none."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    """The bundled advisory, trained once and then kept in pytest's cache."""
    return open_answerer()


@pytest.fixture(scope="session")
def small_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a knowledge base of five entries, in the bundled layout."""
    folder = tmp_path_factory.mktemp("house-rules")
    (folder / "en").mkdir()
    for name, text in SMALL_BASE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def own_base(small_base: Path, tmp_path: Path) -> Path:
    """A copy of `small_base` to edit."""
    return Path(shutil.copytree(small_base, tmp_path / "base"))


@pytest.fixture(scope="session")
def small_answerer(small_base: Path) -> Answerer:
    """Answers from the five entries of `small_base`."""
    return open_answerer(small_base)


class Clock:
    """This machine's clock, and by how many seconds it is wrong."""

    def __init__(self) -> None:
        self.right = time.time
        self.off = 0.0

    def __call__(self) -> float:
        return self.right() + self.off


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Lets a test set this machine's clock."""
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test wants one."""
    with postgres_server() as server:
        yield server


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> TestDatabase:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return file_database(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return TestDatabase(server.new_database(), KEY)


@pytest.fixture
async def store(database: TestDatabase) -> AsyncIterator[StoreInDatabase]:
    """An opened store in each kind of database."""
    async with database.opened() as opened:
        yield opened


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """A Bot API server of its own for each test."""
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
async def bot(api: FakeBotApi, small_answerer: Answerer, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """The bot with the small knowledge base, polling `api` in the test's event loop."""
    async with polling(api, small_answerer, tmp_path) as running:
        yield running
    api.assert_clean()
