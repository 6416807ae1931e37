"""Two days of group life, 300 messages, with the bot set to help unasked: what it says, and how often it had no business to.

`pytest -s tests/test_group_life.py` prints the figures and the answers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bot.groups import sent_messages
from bot.groups.restraint import PAUSE
from bot.handlers import group_talk
from bot.locales import words
from tests.e2e.running import polling

if TYPE_CHECKING:
    from knowledge.answerer import Answerer
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import FakeBotApi, Message

TRANSCRIPT = Path(__file__).parent / "transcripts" / "group-life.txt"
LINE = re.compile(r"(\d) (\d\d):(\d\d) (\w+) ([.~]|\?\S+?)(?:>(\w+))? (.+)")
SORTS = {".": "chatter", "~": "near the subject", "?": "plain questions"}
BEGIN = 1_800_000_000.0
DAY = 86_400.0


@dataclass(frozen=True)
class Line:
    """A message of the transcript."""

    at: float
    who: str
    sort: str
    right: frozenset[str]
    to: str | None
    text: str


def read(text: str) -> list[Line]:
    lines = []
    for written in text.splitlines():
        if written.startswith("#"):
            continue
        found = LINE.fullmatch(written)
        assert found, written
        day, hour, minute, who, sort, to, said = found.groups()
        at = BEGIN + int(day) * DAY + int(hour) * 3600 + int(minute) * 60
        lines.append(Line(at, who, sort[0], frozenset(sort[1:].split(",")) - {""}, to, said))
    return lines


@dataclass(frozen=True)
class Unasked:
    """An answer that nobody asked for."""

    line: Line
    entry_id: str
    message: Message


async def live(bot: RunningBot, lines: list[Line], monkeypatch: pytest.MonkeyPatch) -> list[Unasked]:
    """Let people write, each at their time, and note what the bot says to it."""
    api, answers = bot.api, list[Unasked]()
    people = {name: api.user(name) for name in sorted({line.who for line in lines})}
    group = api.supergroup("Patients", *people.values(), bot="administrator")
    await bot.worker.store.set_chat_settings(group.id, {"mode": "helpful"})
    now = SimpleNamespace(time=lambda: BEGIN)
    monkeypatch.setattr(group_talk, "time", now)
    # Two days pass here within a minute, by the clock of what was sent within the last hour.
    monkeypatch.setattr(sent_messages, "EDITABLE", -1.0)
    last: dict[str, Message] = {}
    for line in lines:
        now.time = lambda line=line: line.at
        before = len(api.sent(group))
        reply_to = last[line.to] if line.to else None
        last[line.who] = people[line.who].sends(line.text, chat=group, reply_to=reply_to)
        await bot.settled()
        for message in api.sent(group)[before:]:
            assert message.reply_to is last[line.who]
            link = str(message.button(words("en")("private-button"))["url"])
            answers.append(Unasked(line, link.partition("start=")[2], message))
    return answers


def figures(lines: list[Line], answers: list[Unasked]) -> str:
    said, answered = Counter(line.sort for line in lines), Counter(a.line.sort for a in answers)
    right = sum(a.entry_id in a.line.right for a in answers)
    shown = [
        f"{len(lines)} messages in two days: {len(answers)} unasked answers, {right} of them right",
        *(f"  {name}: {said[sort]} messages, {answered[sort]} answered" for sort, name in SORTS.items()),
        *(f"  {a.line.who}: {a.line.text!r} -> {a.entry_id}" for a in answers),
    ]
    return "\n".join(shown)


def test_the_transcript_is_what_it_says() -> None:
    lines = read(TRANSCRIPT.read_text(encoding="utf-8"))
    assert len(lines) == 300
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert all(bool(line.right) == (line.sort == "?") for line in lines)


async def test_in_two_days_of_group_life_it_speaks_seldom_and_to_the_point(
    api: FakeBotApi, answerer: Answerer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = read(TRANSCRIPT.read_text(encoding="utf-8"))
    known = {entry.id for entry in answerer.entries("en").values()}
    assert {entry_id for line in lines for entry_id in line.right} <= known
    async with polling(api, answerer, tmp_path) as bot:
        answers = await live(bot, lines, monkeypatch)
    print(f"\n{figures(lines, answers)}")  # noqa: T201 - what this test is run for
    api.assert_clean()
    # The rules, whatever the matcher thinks.
    for one, other in pairwise(answers):
        assert other.line.at - one.line.at >= PAUSE
    for one in answers:
        again = [a for a in answers if a.entry_id == one.entry_id and 0 < a.line.at - one.line.at < DAY]
        assert not again
    assert all(a.message.silent and words("en")("unasked-note") in a.message.content for a in answers)
    # Its manners. Measured when this was written: 27 answers, 25 right, one to chatter, none beside the subject.
    sorts = Counter(answer.line.sort for answer in answers)
    right = sum(answer.entry_id in answer.line.right for answer in answers)
    assert sorts["."] + sorts["~"] <= 2
    assert len(answers) - right <= 3
    assert right >= 20
