"""Knowledge bases that change places all the time, under people who ask: nobody is answered half from one, half from another."""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TYPE_CHECKING

import pytest

from bot import application
from bot.matching.processes import Processes
from bot.reload.learning import Source
from bot.reload.reloading import Reloader
from bot.transport.polling import polling as receiving
from bot.transport.serving import working
from bot.transport.worker import Worker
from knowledge.opening import open_answerer
from tests.attacks.hostile import all_handled, set_aside
from tests.databases import KEY, TestDatabase
from tests.e2e.running import IMPATIENT, RunningBot, build

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi

OTHER = """\
- id: other-parking
  question: Where do I park my car?
  answer: In front of the house.
- id: other-cats
  question: May I keep a cat?
  answer: Two of them.
"""
ANSWERS = {"Behind the house.", "In front of the house."}
PEOPLE = 60


@pytest.mark.parametrize("beside", [0, 2])
async def test_every_question_is_answered_from_one_of_them(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture, beside: int
) -> None:
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")
    answerers = [small_answerer, open_answerer(tmp_path / "other.yaml")]
    source, swaps = Source(tmp_path / "other.yaml"), 0
    reloader, processes = Reloader(source), Processes(beside, small_answerer, source.fetch)
    async with processes.at_work(), TestDatabase(f"sqlite:///{tmp_path}/s.db", KEY).opened() as store:
        worker = Worker(store, "polling", room=application.HELD_UPDATES, patience=IMPATIENT)
        app = build(api, small_answerer, worker, reloader, processes)
        conversations = reloader._conversations
        assert conversations is not None

        chance = random.Random(1)  # noqa: S311 - the same each time

        async def swap() -> None:
            """At every chance that the handlers give: whenever they wait for something."""
            nonlocal swaps
            while True:
                swaps += 1
                conversations.answerer = chance.choice(answerers)
                await asyncio.sleep(0)

        async with working(app, worker, receiving(app, application.ALLOWED_UPDATES)):
            swapping = asyncio.create_task(swap())
            group = api.supergroup("Tenants")
            people = [api.user(f"Asker {number}") for number in range(PEOPLE)]
            for person in people:
                person.sends("Where do I park my car?")
                person.sends("and a cat?")
                person.sends("/sources")
                person.sends("/topics")
                person.starts("other-cats")
                person.asks_inline("park")
            people[0].sends("/ask@advisory_test_bot Where do I park my car?", chat=group)
            await all_handled(RunningBot(app, api, worker))
            first = [api.sent(person)[0].content.partition("\n")[0] for person in people]
            pressed = ("e:parking", "s:other-parking", "b:parking", "l:", "f:parking:y", "c:other-cats")
            for person in people:
                for data in pressed:
                    person.press(api.sent(person)[0], data=data)
            await all_handled(RunningBot(app, api, worker))
            swapping.cancel()
        assert await set_aside(store) == 0
    assert swaps > PEOPLE
    assert set(first) <= ANSWERS
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    api.assert_clean()
