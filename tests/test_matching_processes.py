"""Processes that match beside the bot's own: the same verdicts, whatever becomes of them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.commands.run import new_event_loop
from bot.matching import processes as module
from bot.matching.processes import Processes, usual
from bot.reload.learning import Source
from knowledge.answerer import Answerer
from knowledge.outcome import Question
from knowledge.verdict import Verdict

ASKED = [
    "Where do I park my car?",
    "may i keep a dog",
    "parking",
    "and what about the moon?",
    "how much is the rent",
]
OTHER = "- question: Where do I park my car?\n  answer: In front of the house.\n"
IN_PLACE = Answerer.answer


class NotHereError(Exception):
    """A question was answered in this process."""


def refuse(_: Answerer, __: Question) -> Verdict:
    """In place of `Answerer.answer`."""
    raise NotHereError


@pytest.fixture
def nobody_answers_here(forked: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a test see that it is the others who answer; who is forked already doesn't notice."""
    assert ids(forked)
    monkeypatch.setattr(Answerer, "answer", refuse)


@pytest.fixture
def forked(small_base: Path, small_answerer: Answerer) -> Processes:
    """Two processes. Made before whatever the test does to this one."""
    return Processes(2, small_answerer, Source(small_base).fetch)


def ids(processes: Processes) -> list[int]:
    return [link._pid for link in processes._links]


def is_there(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def is_listed(pid: int) -> bool:
    """Whether there is so much as a zombie of it."""
    return Path(f"/proc/{pid}").exists()


def end_in_time(pids: list[int]) -> bool:
    end = time.monotonic() + 20
    while any(map(is_there, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(is_there, pids))


@pytest.mark.parametrize(
    ("messages", "cores", "number"),
    [(30, 8, 0), (300, 8, 1), (700, 8, 2), (700, 2, 1), (700, 1, 0), (100_000, 8, 3)],
)
def test_as_many_are_usual_as_there_is_need_and_room_for(
    messages: int, cores: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert usual(messages) == number


@pytest.mark.usefixtures("nobody_answers_here")
async def test_they_say_what_would_be_said_here(forked: Processes, small_answerer: Answerer) -> None:
    questions = [Question(text) for text in ASKED * 6]
    async with forked.at_work():
        told = await asyncio.gather(*(forked.answer(small_answerer, question) for question in questions))
    assert told == [IN_PLACE(small_answerer, question) for question in questions]


@pytest.mark.usefixtures("nobody_answers_here")
def test_they_do_so_with_the_event_loop_that_the_bot_runs_in(
    forked: Processes, small_answerer: Answerer
) -> None:
    async def ask() -> Verdict:
        async with forked.at_work():
            return await forked.answer(small_answerer, Question(ASKED[0]))

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(ask()) == IN_PLACE(small_answerer, Question(ASKED[0]))


async def test_what_they_have_no_room_for_is_answered_here(
    forked: Processes, monkeypatch: pytest.MonkeyPatch, small_answerer: Answerer
) -> None:
    here = 0

    def counted(answerer: Answerer, question: Question) -> Verdict:
        nonlocal here
        here += 1
        return IN_PLACE(answerer, question)

    monkeypatch.setattr(Answerer, "answer", counted)
    questions = [Question(text) for text in ASKED * 60]
    async with forked.at_work():
        told = await asyncio.gather(*(forked.answer(small_answerer, question) for question in questions))
    assert 0 < here < len(questions) - 32
    assert told == [IN_PLACE(small_answerer, question) for question in questions]


async def test_without_any_all_is_answered_here(small_base: Path, small_answerer: Answerer) -> None:
    processes = Processes(0, small_answerer, Source(small_base).fetch)
    async with processes.at_work():
        assert await processes.answer(small_answerer, Question(ASKED[0])) == small_answerer.answer(
            Question(ASKED[0])
        )


async def test_what_one_that_is_killed_had_in_hand_is_answered_all_the_same(
    forked: Processes, small_answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    async with forked.at_work():
        for pid in ids(forked):
            os.kill(pid, signal.SIGSTOP)
        asking = [asyncio.create_task(forked.answer(small_answerer, Question(text))) for text in ASKED]
        await asyncio.sleep(0.05)
        assert not any(task.done() for task in asking)
        for pid in ids(forked):
            os.kill(pid, signal.SIGKILL)
        told = await asyncio.gather(*asking)
        assert await forked.answer(small_answerer, Question(ASKED[0])) == told[0]
        assert not any(map(is_listed, ids(forked)))
    assert told == [small_answerer.answer(Question(text)) for text in ASKED]
    assert caplog.text.count("a process that matches has ended") == 2


async def test_what_one_that_hangs_has_in_hand_is_answered_all_the_same_and_it_gets_no_more(
    forked: Processes,
    small_answerer: Answerer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "_ANSWERS_WITHIN", 0.3)
    async with forked.at_work():
        for pid in ids(forked):
            os.kill(pid, signal.SIGSTOP)
        async with asyncio.timeout(20):
            told = await asyncio.gather(
                *(forked.answer(small_answerer, Question(text)) for text in ASKED * 3)
            )
        assert not any(map(is_listed, ids(forked)))
        monkeypatch.setattr(module, "_ANSWERS_WITHIN", 60.0)
        async with asyncio.timeout(20):
            await forked.answer(small_answerer, Question(ASKED[0]))
    assert told == [small_answerer.answer(Question(text)) for text in ASKED * 3]
    assert caplog.text.count("a process that matches hangs, and is ended") == 2


async def test_a_question_that_matching_fails_on_fails_here(
    monkeypatch: pytest.MonkeyPatch, small_base: Path, small_answerer: Answerer
) -> None:
    def fail(answerer: Answerer, question: Question) -> Verdict:
        if question.text == "boom":
            raise ZeroDivisionError
        return IN_PLACE(answerer, question)

    monkeypatch.setattr(Answerer, "answer", fail)
    processes = Processes(1, small_answerer, Source(small_base).fetch)
    async with processes.at_work():
        with pytest.raises(ZeroDivisionError):
            await processes.answer(small_answerer, Question("boom"))
        pid = ids(processes)[0]
        assert is_there(pid)
        assert (await processes.answer(small_answerer, Question(ASKED[0]))).answered == "parking"


async def test_they_go_over_to_another_knowledge_base(
    forked: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")
    other = Source(tmp_path / "other.yaml").open()
    question = Question(ASKED[0])
    async with forked.at_work():
        assert await forked.answer(other, question) == other.answer(question)
        assert forked._renewing is not None
        await forked._renewing
        monkeypatch.setattr(Answerer, "answer", refuse)
        assert await forked.answer(other, question) == IN_PLACE(other, question)


async def test_without_a_cache_they_learn_nothing_and_end(
    monkeypatch: pytest.MonkeyPatch, small_base: Path, small_answerer: Answerer, tmp_path: Path
) -> None:
    monkeypatch.setattr("knowledge.cache.folder", lambda: None)
    processes = Processes(1, small_answerer, Source(small_base).fetch)
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")
    other = Source(tmp_path / "other.yaml").open()
    async with processes.at_work():
        await processes.answer(other, Question(ASKED[0]))
        assert processes._renewing is not None
        await processes._renewing
        assert await processes.answer(other, Question(ASKED[0])) == other.answer(Question(ASKED[0]))
        assert await asyncio.to_thread(end_in_time, ids(processes))


@pytest.mark.usefixtures("nobody_answers_here")
async def test_a_sign_to_stop_leaves_them_to_the_bot_which_ends_them(
    forked: Processes, small_answerer: Answerer
) -> None:
    async with forked.at_work():
        for pid in ids(forked):
            for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                os.kill(pid, sign)
        told = await asyncio.gather(*(forked.answer(small_answerer, Question(ASKED[0])) for _ in range(20)))
        assert {verdict.answered for verdict in told} == {"parking"}
    assert not any(map(is_there, ids(forked)))


def test_they_end_with_a_bot_that_is_killed(small_base: Path) -> None:
    script = f"""
import pathlib, time
from bot.matching.processes import Processes
from bot.reload.learning import Source
source = Source(pathlib.Path({str(small_base)!r}))
processes = Processes(2, source.open(), source.fetch)
print(*(link._pid for link in processes._links), flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as bot:  # noqa: S603 - this very Python
        assert bot.stdout is not None
        pids = [int(word) for word in bot.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(is_there, pids))
        bot.kill()
    assert end_in_time(pids)
