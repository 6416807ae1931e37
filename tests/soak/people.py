"""People who ask, each every entry at most once, and the note that is taken of what reaches them."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Final

from bot.formatting import plain
from bot.rendering import Renderer
from knowledge.outcome import Answer, Question
from tests.e2e.running import OPERATOR
from tests.soak.ledger import Ledger

if TYPE_CHECKING:
    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi
    from tests.fake_bot_api.messages import Message

_COURTESY: Final = " Thank you very much for any help that you can give me with this, it means a lot."
"""So long that no question leans on the one before: which that was, a killed bot has forgotten."""


def askable(answerer: Answerer) -> dict[str, tuple[str, str]]:
    """Entry -> what to ask for it, and how its answer begins: all entries that this surely gets, and whose answers differ."""
    found: dict[str, tuple[str, str]] = {}
    beginnings: set[str] = set()
    renderer = Renderer.speaking(answerer.base, "en", OPERATOR)
    for entry in answerer.entries("en").values():
        asked = entry.question + _COURTESY
        outcome = answerer.answer(Question(asked, "en")).outcome
        beginning = plain(renderer.answer(entry).html).partition("\n")[0]
        if isinstance(outcome, Answer) and outcome.match.entry_id == entry.id and beginning not in beginnings:
            found[entry.id] = (asked, beginning)
            beginnings.add(beginning)
    return found


class People:
    """Private chats with the bot.

    Args:
        api: Telegram.
        number: How many.
        questions: As `askable` gives them.
    """

    def __init__(self, api: FakeBotApi, number: int, questions: dict[str, tuple[str, str]]) -> None:
        self.ledger = Ledger()
        self._chance = random.Random(number)  # noqa: S311 - the same each time
        self._questions = questions
        self._by_beginning = {beginning: entry for entry, (_, beginning) in questions.items()}
        self._actors = [api.user(f"Asker-{n}", started=True, language_code="en") for n in range(number)]
        self._left = {
            actor.id: self._chance.sample(sorted(questions), len(questions)) for actor in self._actors
        }
        post = api.world.post

        def noted(message: Message) -> Message:
            if message.by_bot:
                beginning = message.content.partition("\n")[0]
                entry = self._by_beginning.get(beginning)
                self.ledger.answer(message.chat.id, entry, beginning, time.monotonic())
            return post(message)

        api.world.post = noted  # type: ignore[method-assign]

    async def ask(self, rate: float, seconds: float) -> None:
        """Ask so many questions a second, for so long or until everybody has asked everything."""
        end = time.monotonic() + seconds
        due = time.monotonic()
        while time.monotonic() < end:
            ready = [actor for actor in self._actors if self._left[actor.id]]
            if not ready:
                return
            actor = self._chance.choice(ready)
            entry = self._left[actor.id].pop()
            self.ledger.ask(actor.id, entry, time.monotonic())
            actor.sends(self._questions[entry][0])
            due += self._chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
