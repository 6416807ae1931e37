"""From a question that nobody understood to an answer for the next who asks it: the real process, killed in between."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.locales import words
from tests.e2e.process import BotProcess, started
from tests.fake_bot_api import TOKEN, FakeBotApi

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from tests.fake_bot_api import Message, UserActor

WITHIN: Final = 60.0
SAY: Final = words("en")
QUESTION: Final = "quonset for wagons"
TYPED: Final = f"annabella: {QUESTION}, 0049341555777"
ANSWER: Final = "Behind the house."


def running(
    api: FakeBotApi, folder: Path, base: Path, admin: UserActor
) -> AbstractAsyncContextManager[BotProcess]:
    return started(folder, base, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url, ADMIN_IDS=str(admin.id))


def kept_in(folder: Path) -> bytes:
    """All that the database has on the disk."""
    return b"".join(file.read_bytes() for file in folder.glob("**/store.sqlite3*"))


async def next_message(api: FakeBotApi, who: UserActor, text: str) -> Message:
    """The bot's answer to what somebody writes."""
    return await api.wait_sent(who, after=who.sends(text), within=WITHIN)


async def pressed(api: FakeBotApi, who: UserActor, message: Message, button: str, shows: str) -> Message:
    """The message that shows a text after a press: a new one, or the same one changed."""
    who.press(message, button)
    await api.wait_for(lambda: any(shows in m.content for m in api.sent(who)), WITHIN)
    return next(m for m in reversed(api.sent(who)) if shows in m.content)


async def test_what_one_person_sends_answers_the_next_even_after_a_kill(
    api: FakeBotApi, tmp_path: Path, own_base: Path
) -> None:
    anna, berta, olga = (api.user(name, started=True) for name in ("Annabella", "Berta", "Olga"))
    async with running(api, tmp_path, own_base, olga) as process:
        declined = await next_message(api, anna, TYPED)
        shown = await pressed(api, anna, declined, SAY("suggest-button"), "[name]: quonset")
        assert "0049" not in shown.content
        await pressed(api, anna, shown, SAY("suggest-send"), "Sent, thank you")
        card = await next_message(api, olga, "/review")
        assert f"[name]: {QUESTION}, [number]" in card.content
        # No word of it is known, so no entry is likely.
        await pressed(api, olga, card, SAY("review-elsewhere"), QUESTION)
        await api.wait_for(lambda: "Cars and bicycles" in str(card.buttons), WITHIN)
        await pressed(api, olga, card, "Cars and bicycles", QUESTION)
        await api.wait_for(lambda: "Where do I park my car?" in str(card.buttons), WITHIN)
        await pressed(api, olga, card, "Where do I park my car?", SAY("review-did-attach"))
        process.stop(signal.SIGKILL)
        assert await process.exit_status() == -signal.SIGKILL
        assert not re.search(rb"quonset|(?i:annabella)", kept_in(tmp_path))
        assert "quonset" not in process.written
    async with running(api, tmp_path, own_base, olga) as process:
        assert ANSWER in (await next_message(api, berta, QUESTION)).content
        assert "Annabella" not in process.written
    api.assert_clean()
