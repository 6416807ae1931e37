"""Plays the conversations in tests/conversations: what people write and press, and what the bot says to it.

A file is a list of conversations. Each has a name (`conversation`), perhaps `people` and `chats` with their settings,
and `steps`. A step says who does what, and what the bot is then expected to say: a list with an item for each message,
or `nothing`.

In a step:
    who         a person; the private chat with the bot unless `chat` names a group, perhaps with the `topic` in it
    as          instead of `who`: `anonymous admin`, or the channel in whose name somebody writes
    says        what they write; with `to` as a reply to the last message of `bot` or a person, with `quoting` a part of it
    fills_the_message   `says` is repeated until it is as long as a message can be
    starts      /start, coming from a link with this payload
    follows     a button under the bot's last message in the chat `from`, which leads into the private chat
    sends       photo, sticker, voice...; `says` is its caption, `album` the number of those sent at once
    edits       their last message is changed to this text
    posts       a post in the channel `chat`
    presses     a button under the bot's last message; `presses_again` presses it once more, even if it is gone;
                `forges` sends made-up data; with `message_is_gone` the message was deleted or is too old
    happens     to the group `chat`: the bot is added (as admin), becomes admin, is restricted, is removed, leaves; the group
                migrates
    hands_on    a post of the channel `as`, which comes to its discussion group `chat` by itself
    types       what they type behind the bot's name, in any chat (inline mode)
    mentions    a message with the bot's name in a chat that it isn't in (guest mode)
    at_once     several steps before the bot gets to answer
    unsure_between  makes the bot unsure of this very text, so that it asks back with these entries
    counts          what was counted of all answers so far: `entry-id verdict: number`
    kept            the texts that people have sent to the maintainers so far and that are open
    in_context_of   the entry that this question must be understood after, or `nothing`

    alert       the notice that a press brings, or `none`; `opens` is the link that it opens instead
    offers      the entries that typing offers, from the first one, `...` for any others
    posted      what a guest posts: `entry`, `text_has`, `buttons`, `links`; `unanswered` if nothing
    gone        how many messages of the bot were deleted
    stored      what is stored of the group `chat` afterwards

In an expected message:
    entry           it is that entry's whole answer, with its source, a link to the page, and the disclaimer
    unasked         the same, and the word that nobody asked
    brief           its first sentence and the source
    text_has, text_lacks, words     texts in it or not in it; `words` are a message of bot/locales/en.ftl
    bold_first      the first sentence, and nothing else, is bold
    buttons         all labels from top to bottom, `...` for any; `none`; `entry ID`, `related ID`, `two-related ID`, `topic ID`, `back ID`
                    and `words NAME` stand for labels, and `feedback` for the two under an answer in private
    edits_previous  the bot's last message was changed instead of a new one sent
    replies_to      `the step`, `the bot`, a person's last message, or `nothing`
    folded          whether the detail is folded away
    links           where all buttons lead that open a page
    silent          whether it came without a sound
    chat, topic     where it went, if not to where the step was
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.e2e.running import polling
from tests.e2e.stage import Prompted, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi

FOLDER = Path(__file__).parent / "conversations"


def conversations() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for told in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield pytest.param(told, id=f"{file.stem}: {told['conversation']}")


@pytest.mark.parametrize("told", list(conversations()))
async def test_conversation(
    told: dict[str, Any], api: FakeBotApi, answerer: Answerer, tmp_path: Path
) -> None:
    assert not told.keys() - {"conversation", "people", "chats", "steps"}
    core = Prompted(answerer)
    async with polling(api, core, tmp_path) as bot:
        stage = Stage(bot, core, told.get("people", {}), told.get("chats", {}))
        for number, step in enumerate(told["steps"], 1):
            try:
                await stage.play(step)
            except (AssertionError, LookupError) as fault:
                raise AssertionError(f"step {number}, {step}:\n{fault}") from fault
    api.assert_clean()
