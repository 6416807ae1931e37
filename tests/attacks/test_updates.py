"""Whatever somebody sends, presses or is called: it is answered or left alone, shown literally, and harms nobody else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.callback_data import Action
from bot.locales import words
from bot.store.tables import chat_settings, feedback, suggestions
from tests.attacks.hostile import MARKUP, PATHS, SIGNS, SQL, TEXTS, all_handled, set_aside, standing
from tests.databases import KEY, TestDatabase, rows
from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.markup import parse_html

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.opening import StoreInDatabase
    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot

QUESTION, ANSWER = "Where do I park my car?", "Behind the house."
SAY = words("en")
UNKNOWN = "quantum xylophones for zebras"


async def still_stands(bot: RunningBot, store: StoreInDatabase, log: pytest.LogCaptureFixture) -> None:
    """Everything was handled, nothing was given up, nothing went wrong, and the next person is answered."""
    await all_handled(bot)
    assert await set_aside(store) == 0
    assert [record.getMessage() for record in log.records if record.levelno >= logging.WARNING] == []
    other = bot.api.user("Other")
    other.sends(QUESTION)
    await bot.api.wait_sent(other, ANSWER, within=30)


async def test_hostile_texts_in_every_place_where_somebody_can_write(
    api: FakeBotApi, small_answerer: Answerer, database: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    async with standing(api, small_answerer, database) as (bot, store):
        for number, text in enumerate(TEXTS):
            person = api.user(text[:64], last_name=text[:64], language_code=text[:8])
            group = api.supergroup(f"{text[:100]} {number}")
            person.sends(text)
            person.sends(f"{QUESTION} {text}")
            person.sends(f"/ask {text}")
            person.starts(text)
            person.sends(text, media="photo")
            person.sends(f"/ask@advisory_test_bot {QUESTION} {text}", chat=group)
            person.sends(f"/start@advisory_test_bot {text}", chat=group)
            person.edits(person.sends("typed"), text)
            person.asks_inline(text[:256], offset=text[:64])
        await still_stands(bot, store, caplog)


@pytest.mark.parametrize("text", [*MARKUP, *SQL, *PATHS])
async def test_what_is_quoted_back_is_shown_to_the_letter(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, text: str
) -> None:
    """The preview of a question that is sent on has the most of somebody's own words in it."""
    async with standing(api, small_answerer, TestDatabase(f"sqlite:///{tmp_path}/s.db", KEY)) as (bot, _):
        person = api.user("Anna")
        asked = person.sends(f"{UNKNOWN} {text}")
        shown = await api.wait_sent(person, after=asked)
        if SAY("suggest-button") in [label for row in shown.buttons for label in row]:
            person.press(shown, SAY("suggest-button"))
            await all_handled(bot)
        for message in api.sent(person):
            parsed = parse_html(message.html)
            assert parsed.oddities == []
            kinds = {entity["type"] for entity in parsed.entities}
            assert kinds <= {"bold", "italic", "blockquote", "expandable_blockquote", "text_link"}
            links = [entity["url"] for entity in parsed.entities if entity["type"] == "text_link"]
            assert set(links) <= {"https://house.example.org/rules"}
            if (
                "xylophones" in parsed.text and "[" not in parsed.text
            ):  # nothing in it looked like a name or a number
                assert f"{UNKNOWN} {' '.join(text.split())}" in " ".join(parsed.text.split())


DATA = [
    *(f"{action}:{id_}" for action in Action for id_ in ("", "gone", "parking", "mode-quiet")),
    *(f"{action}:parking:{more}" for action in Action for more in ("y", "send", "9999999999999")),
    *(
        f"{action}:{text}"[:64]
        for action in (Action.SHOW, Action.FEEDBACK, Action.REVIEW, Action.SETTING)
        for text in TEXTS[::4]
    ),
    *(f"{letter}:parking" for letter in "ABzZ019 é\n"),
    "",
    ":",
    "::::",
    "e" * 64,
    "e:" + "p" * 5000,
]


async def test_made_up_buttons_do_nothing_that_their_presser_may_not_do(
    api: FakeBotApi, small_answerer: Answerer, database: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    """Callback data can be anything: a modified app sends what it likes, under any message that it can see."""
    async with standing(api, small_answerer, database, admin_ids=frozenset({1})) as (bot, store):
        owner, group = api.user("Owner"), api.supergroup("Tenants")
        owner.sends(QUESTION)
        owner.sends(f"/ask@advisory_test_bot {QUESTION}", chat=group)
        await all_handled(bot)
        (private,), (public,) = api.sent(owner), api.sent(group)
        for number, data in enumerate(DATA):
            stranger = api.user(f"Stranger {number}")
            stranger.press(public, data=data)
            stranger.press(private, data=data)  # a message that they never saw
            owner.press(private, data=data)
        await still_stands(bot, store, caplog)
        known = set(small_answerer.entries("en"))
        assert {row["entry_id"] for row in await rows(store, feedback)} <= known
        assert len({row["base_version"] for row in await rows(store, feedback)}) <= 2
        assert await rows(store, suggestions) == []
        # The owner's own language, which the owner may choose, and nothing of the group's.
        assert await store.chat_settings(group.id) == {}
        assert len(await rows(store, chat_settings)) <= 1


async def test_made_up_links_lead_to_the_greeting(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    payloads = [
        "gone",
        "x" * 64,
        "x" * 4000,
        "q_",
        "q_" + "a" * 62,
        "_checklist_",
        "parking extra",
        "PARKING",
        "-1",
        *TEXTS,
    ]
    async with standing(api, small_answerer, TestDatabase(f"sqlite:///{tmp_path}/s.db", KEY)) as (bot, store):
        people = [api.user(f"Guest {number}") for number in range(len(payloads))]
        for person, payload in zip(people, payloads, strict=True):
            person.starts(payload)
        await still_stands(bot, store, caplog)
        for person, payload in zip(people, payloads, strict=True):
            (said,) = api.sent(person)
            assert "x" * 65 not in said.content
            assert payload == "parking extra" or ANSWER not in said.content


async def test_somebody_elses_question_can_not_be_seen_or_sent_by_its_key(
    api: FakeBotApi, small_answerer: Answerer, tmp_path: Path
) -> None:
    async with standing(api, small_answerer, TestDatabase(f"sqlite:///{tmp_path}/s.db", KEY)) as (bot, store):
        anna, mallory = api.user("Anna"), api.user("Mallory")
        asked = anna.sends(UNKNOWN)
        declined = await api.wait_sent(anna, after=asked)
        data = str(declined.button(SAY("suggest-button"))["callback_data"])
        key = data.split(":")[1]
        mallory.sends("/help")
        own = await api.wait_sent(mallory)
        for step in ("show", "send", "drop"):
            mallory.press(own, data=f"q:{key}:{step}")
        mallory.starts(f"q_{key}")
        await all_handled(bot)
        assert all("xylophones" not in message.content for message in api.sent(mallory))
        assert await rows(store, suggestions) == []
        anna.press(declined, data=data)
        await all_handled(bot)
        assert any("xylophones" in message.content for message in api.sent(anna)), (
            "it is still there for Anna"
        )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "message_id": JSON | st.just(1),
        "date": JSON | st.just(2_000_000_000),
        "chat": JSON
        | st.fixed_dictionaries({"id": st.integers(), "type": st.sampled_from(["private", "group", "x"])}),
        "from": JSON
        | st.fixed_dictionaries({"id": st.integers(), "is_bot": st.booleans(), "first_name": st.text()}),
        "text": JSON | st.sampled_from(["/start", "/ask x", QUESTION, *SIGNS]),
        "data": JSON | st.sampled_from(["e:parking", "k:", *SQL]),
        "id": JSON,
        "query": JSON,
        "entities": JSON,
        "reply_to_message": JSON,
    },
)
KINDS = st.sampled_from(
    ["message", "edited_message", "callback_query", "inline_query", "my_chat_member", "guest_message", "x"]
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KINDS, PARTS | JSON), min_size=5, max_size=25))
async def test_updates_of_any_form_hold_nobody_up(
    small_answerer: Answerer, tmp_path_factory: pytest.TempPathFactory, updates: list[tuple[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    async with FakeBotApi(check_schema=False) as api:
        database = TestDatabase(f"sqlite:///{folder}/s.db", KEY)
        async with database.opened() as store:
            del store
        async with standing(api, small_answerer, database) as (bot, _):
            for kind, content in updates:
                api.inject({kind: content})
            other = api.user("Other")
            other.sends(QUESTION)
            await api.wait_sent(other, ANSWER, within=30)
            await all_handled(bot)
            assert bot.worker.broken is not None
            assert not bot.worker.broken.done()
