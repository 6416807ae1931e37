"""Maintainers decide on what people sent: in a chat, by their ids alone, and what they accept is answered at once."""

from __future__ import annotations

import gc
import weakref
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot import application
from bot.answering import Conversations
from bot.handlers import review
from bot.handlers.context import Desk
from bot.locales import words
from bot.reload.adopting import Attached, Decided, attach
from bot.reload.learning import LearningError, Source
from bot.reload.reloaded import Failed, Outcome
from bot.reload.reloading import Reloader
from bot.review.accepted import Accepted
from bot.store.from_people import SuggestionState
from bot.transport.polling import polling as receiving
from bot.transport.serving import working
from bot.transport.worker import Worker
from knowledge.answerer import Answerer
from knowledge.model import KnowledgeBase, LearnedPhrasing
from tests.databases import file_database
from tests.e2e.running import IMPATIENT, RunningBot, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable
    from pathlib import Path

    from bot.store.opening import StoreInDatabase
    from tests.fake_bot_api import FakeBotApi, Message, UserActor

SAY = words("en")
DAY = 24 * 3600.0
WITHIN = 60.0
CARPORT = "carport for wagons"
ANOTHER = "is the carport for wagons"
NOTHING_LIKE_IT = "quantum xylophones"


@asynccontextmanager
async def maintained(
    api: FakeBotApi, base: Path, folder: Path, *admins: UserActor
) -> AsyncIterator[RunningBot]:
    """The bot with admins and with a knowledge base that it can learn anew."""
    source = Source(base)
    async with file_database(folder).opened() as store:
        reloader = Reloader(source, Accepted(store))
        worker = Worker(store, "polling", room=application.HELD_UPDATES, patience=IMPATIENT)
        answerer = await reloader.begin(source.open())
        app = build(api, answerer, worker, reloader, admin_ids=frozenset(admin.id for admin in admins))
        async with working(app, worker, receiving(app, application.ALLOWED_UPDATES)):
            yield RunningBot(app, api, worker)


@pytest.fixture
async def bot(
    api: FakeBotApi, small_base: Path, tmp_path: Path, olga: UserActor
) -> AsyncIterator[RunningBot]:
    async with maintained(api, small_base, tmp_path, olga) as running:
        yield running
    api.assert_clean()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreInDatabase]:
    """One kind of database is enough here, where most of the time goes into learning."""
    async with file_database(tmp_path).opened() as opened:
        yield opened


async def taken(store: StoreInDatabase, text: str) -> None:
    """Have a question of somebody's accepted as a phrasing."""
    number = await store.add_suggestion(1, text, keep=DAY, language="en")
    await store.resolve_suggestion(number, SuggestionState.TAKEN, entry_id="parking")


async def tell_nobody(outcome: Outcome) -> None:
    raise AssertionError(outcome)


async def waits(bot: RunningBot, *texts: str, sender: int = 1) -> list[int]:
    store = bot.worker.store
    return [await store.add_suggestion(sender, text, keep=DAY, language="en") for text in texts]


async def asks(bot: RunningBot, who: UserActor, text: str) -> Message:
    """The bot's last message after somebody wrote something."""
    asked = who.sends(text)
    await bot.settled()
    return bot.api.sent(who)[-1] if bot.api.sent(who)[-1].id > asked.id else asked


async def presses(
    bot: RunningBot, who: UserActor, message: Message, button: str = "", data: str | None = None
) -> Message:
    """The bot's last message after somebody pressed a button."""
    query = who.press(message, button, data=data)
    await bot.api.wait_for(lambda: query.answer, WITHIN)
    await bot.api.wait_for(lambda: not bot.worker._claims, WITHIN)
    await bot.settled()
    return bot.api.sent(who)[-1]


def shown(message: Message) -> list[str]:
    return [label for row in message.buttons for label in row]


async def test_a_question_that_is_attached_is_answered_at_once(bot: RunningBot, olga: UserActor) -> None:
    anna = bot.api.user("Anna")
    before = await asks(bot, anna, CARPORT)
    assert "Behind the house" not in before.content
    await waits(bot, CARPORT, ANOTHER, NOTHING_LIKE_IT)
    card = await asks(bot, olga, "/review")
    assert CARPORT in card.content
    assert ANOTHER in card.content
    assert NOTHING_LIKE_IT not in card.content
    assert "3 questions are waiting, in 2 groups" in card.content
    assert "Where do I park my car?" in shown(card)
    following = await presses(bot, olga, card, "Where do I park my car?")
    assert SAY("review-did-attach") in card.content
    assert NOTHING_LIKE_IT in following.content
    answered = await asks(bot, anna, CARPORT)
    assert "Behind the house" in answered.content
    assert {s.text for s in await bot.worker.store.suggestions(SuggestionState.TAKEN)} == {CARPORT, ANOTHER}


async def test_what_was_attached_outlives_a_restart_and_can_be_taken_back(
    api: FakeBotApi, small_base: Path, tmp_path: Path, olga: UserActor
) -> None:
    anna = api.user("Anna")
    async with maintained(api, small_base, tmp_path, olga) as bot:
        await waits(bot, CARPORT)
        card = await asks(bot, olga, "/review")
        await presses(bot, olga, card, "Where do I park my car?")
    async with maintained(api, small_base, tmp_path, olga) as bot:
        assert "Behind the house" in (await asks(bot, anna, CARPORT)).content
        await presses(bot, olga, card, SAY("review-undo"))
        assert card.content == SAY("review-did-undo")
        assert "Behind the house" not in (await asks(bot, api.user("Berta"), CARPORT)).content
        assert CARPORT in (await asks(bot, olga, "/review")).content
    api.assert_clean()


async def test_taking_back_needs_no_files(
    api: FakeBotApi, own_base: Path, tmp_path: Path, olga: UserActor
) -> None:
    anna = api.user("Anna")
    async with maintained(api, own_base, tmp_path, olga) as bot:
        await waits(bot, CARPORT)
        card = await asks(bot, olga, "/review")
        await presses(bot, olga, card, "Where do I park my car?")
        (own_base / "advisory.yaml").write_text("{", encoding="utf-8")
        await presses(bot, olga, card, SAY("review-undo"))
        assert card.content == SAY("review-did-undo")
        assert "Behind the house" not in (await asks(bot, anna, CARPORT)).content


async def test_what_would_steal_another_entrys_phrasing_is_refused_and_named(
    bot: RunningBot, olga: UserActor
) -> None:
    await waits(bot, "a parking space is there")
    card = await asks(bot, olga, "/review")
    # None of the buttons offers that entry, and a maintainer may be wrong all the same.
    same = await presses(bot, olga, card, data="v:bicycles:attach")
    assert same is card
    assert "Not attached: with it, “is there a parking space”" in card.content
    assert "“Where do bicycles go?”." in card.content
    assert await bot.worker.store.suggestions(SuggestionState.TAKEN) == []
    assert "Behind the house" in (await asks(bot, bot.api.user("Anna"), "is there a parking space")).content


async def test_wanted_off_topic_deleted_and_later(bot: RunningBot, olga: UserActor) -> None:
    numbers = await waits(bot, "quantum xylophones", "purple elephants", "yodelling goats", "seven dwarfs")
    card = await asks(bot, olga, "/review")
    later = await presses(bot, olga, card, SAY("review-next"))
    assert later is card
    assert "purple elephants" in card.content
    third = await presses(bot, olga, card, SAY("review-wanted"))
    assert SAY("review-did-wanted") in card.content
    assert "yodelling goats" in third.content
    fourth = await presses(bot, olga, third, SAY("review-off-topic"))
    assert "seven dwarfs" in fourth.content
    last = await presses(bot, olga, fourth, SAY("review-delete"))
    assert fourth.content == SAY("review-did-delete")
    assert last.content == SAY("review-through")
    store = bot.worker.store
    assert [s.number for s in await store.suggestions()] == numbers[:1]
    assert [s.number for s in await store.suggestions(SuggestionState.WANTED)] == [numbers[1]]
    assert [s.number for s in await store.suggestions(SuggestionState.DECLINED)] == [numbers[2]]
    assert numbers[3] not in [s.number for s in await store.suggestions(None)]
    await presses(bot, olga, await asks(bot, olga, "/review"), SAY("review-delete"))
    assert (await asks(bot, olga, "/review")).content == SAY("review-none")


@pytest.mark.parametrize("button", ["review-wanted", "review-off-topic"])
async def test_what_is_no_phrasing_keeps_its_time_and_its_sender_can_still_have_it_deleted(
    bot: RunningBot, olga: UserActor, button: str
) -> None:
    anna, store = bot.api.user("Anna"), bot.worker.store
    await waits(bot, NOTHING_LIKE_IT, sender=anna.id)
    (sent,) = await store.suggestions()
    await presses(bot, olga, await asks(bot, olga, "/review"), SAY(button))
    (decided,) = await store.suggestions(None)
    assert decided.state in (SuggestionState.WANTED, SuggestionState.DECLINED)
    assert decided.expires == sent.expires
    assert "the text that you sent" in (await asks(bot, anna, "/forget")).content
    assert await store.suggestions(None) == []


async def test_of_very_many_the_oldest_are_shown_and_then_the_others(
    bot: RunningBot, olga: UserActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "GROUPED", 2)
    await waits(bot, "zebras", "xylophones", "pancakes", "pancake")
    card = await asks(bot, olga, "/review")
    assert SAY("review-title-many", total=4) in card.content
    last = await presses(bot, olga, card, SAY("review-next"))
    assert "xylophones" in last.content
    assert (await presses(bot, olga, last, SAY("review-next"))).content == SAY("review-through")
    card = await asks(bot, olga, "/review")
    card = await presses(bot, olga, card, SAY("review-delete"))
    assert "xylophones" in card.content
    card = await presses(bot, olga, card, SAY("review-delete"))
    assert SAY("review-title", total=2, groups=1) in card.content
    assert "pancakes" in card.content


async def test_nobody_else_sees_or_decides_anything(bot: RunningBot, olga: UserActor) -> None:
    mallory = bot.api.user("Mallory")
    (number,) = await waits(bot, "quantum xylophones")
    refused = await asks(bot, mallory, "/review")
    assert "quantum" not in refused.content
    card = await asks(bot, olga, "/review")
    for decision in ("delete", "wanted", "attach", "undo", "next"):
        query = mallory.press(refused, data=f"v:parking:{decision}")
        await bot.settled()
        assert query.answer is not None
        query = mallory.press(card, data=f"v:parking:{decision}")
        await bot.settled()
    assert [s.number for s in await bot.worker.store.suggestions()] == [number]
    assert all("quantum" not in message.content for message in bot.api.sent(mallory))
    group = bot.api.supergroup("Tenants", olga, mallory)
    olga.sends("/review", chat=group)
    await bot.settled()
    assert all("quantum" not in message.content for message in bot.api.sent(group))


async def test_two_maintainers_decide_once(
    api: FakeBotApi, small_base: Path, tmp_path: Path, olga: UserActor
) -> None:
    otto = api.user("Otto")
    async with maintained(api, small_base, tmp_path, olga, otto) as bot:
        await waits(bot, "quantum xylophones")
        hers, his = await asks(bot, olga, "/review"), await asks(bot, otto, "/review")
        await presses(bot, olga, hers, SAY("review-wanted"))
        await presses(bot, otto, his, SAY("review-delete"))
        assert his.content == SAY("review-gone")
        assert len(await bot.worker.store.suggestions(SuggestionState.WANTED)) == 1
    api.assert_clean()


async def test_what_the_files_say_by_now_is_forgotten(small_base: Path, store: StoreInDatabase) -> None:
    for text in ("is there a PARKING space?", CARPORT):
        await taken(store, text)
    reloader = Reloader(Source(small_base), Accepted(store))
    answerer = await reloader.begin(Source(small_base).open())
    assert answerer.base.learned == (LearnedPhrasing("en", "parking", CARPORT),)
    assert [s.text for s in await store.suggestions(SuggestionState.TAKEN)] == [CARPORT]


async def test_however_many_are_accepted_none_is_left_out(
    store: StoreInDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.review.accepted.MOST", 2)
    for text in (CARPORT, ANOTHER, NOTHING_LIKE_IT):
        await taken(store, text)
    assert len(await Accepted(store).phrasings()) == 3


@dataclass(frozen=True)
class Interrupted(Source):
    """While it learns, something else happens."""

    meanwhile: list[Awaitable[object]] = field(default_factory=list)

    async def learn(self, base: KnowledgeBase) -> Answerer:
        while self.meanwhile:
            await self.meanwhile.pop()
        return await Source.learn(self, base)


async def test_what_is_deleted_or_declined_while_it_is_learned_is_no_phrasing(
    small_base: Path, store: StoreInDatabase
) -> None:
    source = Interrupted(small_base)
    reloader = Reloader(source, Accepted(store))
    conversations = Conversations(await reloader.begin(source.open()))
    reloader.serve(conversations, tell_nobody)
    for text in (CARPORT, ANOTHER):
        await store.add_suggestion(1, text, keep=DAY, language="en")
    kept, deleted = await store.suggestions()
    source.meanwhile.append(store.delete_suggestion(deleted.number))
    assert await attach(reloader, Accepted(store), [kept, deleted], "parking") == Attached()
    learned = conversations.answerer.base.learned
    assert learned == (LearnedPhrasing("en", "parking", CARPORT),) == await Accepted(store).phrasings()
    await store.add_suggestion(1, ANOTHER, keep=DAY, language="en")
    (declined,) = await store.suggestions()
    source.meanwhile.append(store.resolve_suggestion(declined.number, SuggestionState.DECLINED))
    assert await attach(reloader, Accepted(store), [declined], "parking") == Decided()
    assert conversations.answerer.base.learned == learned


async def test_another_process_catches_up(small_base: Path, store: StoreInDatabase) -> None:
    here, there = (Reloader(Source(small_base), Accepted(store)) for _ in range(2))
    sides = []
    for reloader in (here, there):
        sides.append(Conversations(await reloader.begin(Source(small_base).open())))
        reloader.serve(sides[-1], tell_nobody)
    number = await store.add_suggestion(1, CARPORT, keep=DAY, language="en")
    (waiting,) = await store.suggestions()
    assert await attach(here, Accepted(store), [waiting], "parking") == Attached()
    before = sides[1].answerer
    await there.catch_up()
    assert sides[1].answerer.base.learned == sides[0].answerer.base.learned != ()
    assert sides[1].answerer is not before
    # Nothing is learned twice.
    for side, reloader in zip(sides, (here, there), strict=True):
        now = side.answerer
        await reloader.catch_up()
        assert side.answerer is now
    await store.reopen_suggestion(number, keep=90 * DAY)
    await here.catch_up()
    await there.catch_up()
    assert [side.answerer.base.learned for side in sides] == [(), ()]


async def test_two_processes_that_accept_at_the_same_time_learn_both(
    small_base: Path, store: StoreInDatabase
) -> None:
    source, sides = Interrupted(small_base), []
    here, there = Reloader(source, Accepted(store)), Reloader(Source(small_base), Accepted(store))
    for reloader in (here, there):
        sides.append(Conversations(await reloader.begin(Source(small_base).open())))
        reloader.serve(sides[-1], tell_nobody)
    for text in (CARPORT, NOTHING_LIKE_IT):
        await store.add_suggestion(1, text, keep=DAY, language="en")
    one, other = await store.suggestions()
    source.meanwhile.append(attach(there, Accepted(store), [other], "bicycles"))
    assert await attach(here, Accepted(store), [one], "parking") == Attached()
    await here.catch_up()
    await there.catch_up()
    both = (
        LearnedPhrasing("en", "bicycles", NOTHING_LIKE_IT),
        LearnedPhrasing("en", "parking", CARPORT),
    )
    assert [side.answerer.base.learned for side in sides] == [both, both]


@dataclass(frozen=True)
class Failing(Source):
    """It can't learn so many times."""

    faults: list[LearningError] = field(default_factory=list)

    async def learn(self, base: KnowledgeBase) -> Answerer:
        if self.faults:
            raise self.faults.pop()
        return await Source.learn(self, base)


@pytest.mark.parametrize("at_the_start", [False, True])
async def test_what_could_not_be_learned_is_learned_later_and_the_admins_hear_of_it_once(
    small_base: Path, store: StoreInDatabase, *, at_the_start: bool
) -> None:
    told: list[Outcome] = []
    now = 0.0

    async def tell(outcome: Outcome) -> None:
        told.append(outcome)

    source = Failing(small_base)
    reloader = Reloader(source, Accepted(store), lambda: now)
    if at_the_start:
        await taken(store, CARPORT)
        source.faults.append(LearningError("no memory"))
    conversations = Conversations(await reloader.begin(source.open()))
    reloader.serve(conversations, tell)
    if not at_the_start:
        await taken(store, CARPORT)
    source.faults.extend([LearningError("no memory")] * 2)
    for _ in range(5):
        await reloader.catch_up()
    assert len(source.faults) == 1, "it makes a pause: learning takes half a gigabyte"
    for _ in range(3):
        now += 3600
        await reloader.catch_up()
    assert told == [Failed("no memory")]
    assert conversations.answerer.base.learned == (LearnedPhrasing("en", "parking", CARPORT),)


async def test_what_was_shown_before_a_reload_keeps_no_old_index_in_memory(
    small_base: Path, store: StoreInDatabase
) -> None:
    await store.add_suggestion(1, CARPORT, keep=DAY, language="en")
    conversations = Conversations(Source(small_base).open())
    old = weakref.ref(conversations.answerer)
    shown = review._Review(Desk(conversations, "", store), Reloader(Source(small_base)))
    await shown.next_card(SAY)
    conversations.answerer = Source(small_base).open()
    gc.collect()
    assert old() is None
