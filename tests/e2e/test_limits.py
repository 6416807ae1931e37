"""What one person can make the bot do: in private and in a group, by commands, by buttons and by edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.asking import IN_A_GROUP, IN_PRIVATE, WHILE_TYPING
from bot.locales import words
from tests.e2e.running import polling

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi

TOO_MANY = words("en")("too-many")
QUESTION, ANSWER = "Where do I park my car?", "Behind the house."


SENDS = ("/help", "/start", "/topics", "/sources", "/language", "/checklist", "/nosuch", "/stats", "hello")


async def test_in_private_whatever_somebody_sends_is_counted_and_they_are_told_once(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    for text in 3 * SENDS:
        anna.sends(text)
    await bot.settled()
    said = [message.content for message in bot.api.sent(anna)]
    assert len(said) == IN_PRIVATE + 1
    assert said.count(TOO_MANY) == 1


async def test_who_has_sent_too_much_can_still_forget_and_read_what_is_kept(bot: RunningBot) -> None:
    anna = bot.api.user("Anna")
    for _ in range(IN_PRIVATE + 1):
        anna.sends("/help")
    for command in ("/privacy", "/forget"):
        anna.sends(command)
    await bot.settled()
    assert len(bot.api.sent(anna)) == IN_PRIVATE + 1 + 2


async def test_who_has_sent_too_much_is_told_what_to_do_in_an_emergency_twice_a_pause(
    api: FakeBotApi, answerer: Answerer, tmp_path: Path
) -> None:
    async with polling(api, answerer, tmp_path) as bot:
        anna = api.user("Anna")
        for text in (*("/help",) * (IN_PRIVATE + 1), "what does it cost", "i cant breathe", "help", "please"):
            anna.sends(text)
        await bot.settled()
        *answered, told, first, second = [message.content for message in api.sent(anna)]
    assert len(answered) == IN_PRIVATE
    assert told == TOO_MANY
    for warning in (first, second):
        assert warning.startswith("Call your local emergency number now")
        assert "no person reads this chat" not in warning


async def test_one_member_leaves_room_for_others_in_a_group(bot: RunningBot) -> None:
    eve, ben = bot.api.user("Eve"), bot.api.user("Ben")
    group = bot.api.supergroup("Tenants", eve, ben)
    for text in 3 * ("/help", "/topics", "/start", "/ask", f"/ask {QUESTION}", "/language"):
        eve.sends(text, chat=group)
    for text in 5 * ("/privacy", "/forget"):
        eve.sends(text, chat=group)
    asked = ben.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    sent = bot.api.sent(group)
    assert len(sent) == 2 * IN_A_GROUP + 1
    assert sent[-1].reply_to is asked
    assert ANSWER in sent[-1].content


async def test_presses_are_counted_as_well(bot: RunningBot) -> None:
    eve = bot.api.user("Eve")
    group = bot.api.supergroup("Tenants", eve)
    eve.sends("/topics", chat=group)
    await bot.settled()
    (listed,) = bot.api.sent(group)
    presses = [eve.press(listed, data="nonsense") for _ in range(2 * IN_A_GROUP)]
    await bot.settled()
    assert bot.api.sent(group) == [listed], "what is of no use to the others is told to who pressed"
    answers = [press.answer for press in presses]
    assert [answer is not None and answer.get("text") == TOO_MANY for answer in answers].count(
        True
    ) == IN_A_GROUP + 1


async def test_an_answer_follows_a_few_edits_and_not_any_number_of_them(bot: RunningBot) -> None:
    eve = bot.api.user("Eve")
    group = bot.api.supergroup("Tenants", eve)
    asked = eve.sends(f"/ask {QUESTION}", chat=group)
    await bot.settled()
    for number in range(4 * IN_A_GROUP):
        bot.api.advance(1)
        eve.edits(asked, f"/ask {QUESTION if number % 2 else 'Where do bicycles go?'}")
    await bot.settled()
    assert sum(call.method == "editMessageText" for call in bot.api.calls) <= IN_A_GROUP - 1


async def test_what_is_typed_and_mentioned_in_chats_it_is_not_in_is_counted_as_well(bot: RunningBot) -> None:
    eve, ben = bot.api.user("Eve"), bot.api.user("Ben")
    typed = [eve.asks_inline("par") for _ in range(WHILE_TYPING + 10)]
    mentions = [eve.mentions_guest(f"@advisory_test_bot {QUESTION}") for _ in range(IN_PRIVATE + 10)]
    other = ben.asks_inline("par")
    await bot.settled()
    offered = [query.answer is not None and query.answer["results"] not in ("[]", []) for query in typed]
    assert offered == [True] * WHILE_TYPING + [False] * 10
    assert all(words("en")("inline-too-many") in str(query.answer) for query in typed[WHILE_TYPING:])
    assert sum(mention.answer is not None for mention in mentions) == IN_PRIVATE
    assert QUESTION in str(other.answer)
