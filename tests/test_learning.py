"""Learning in a process of its own: what it leaves behind, and what happens where it can't."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import sys
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot import forking, opening
from bot.forking import forked
from bot.reload import learning, reloading
from bot.reload.learning import LearningError, Source
from bot.reload.reloaded import Unchanged
from bot.reload.reloading import Reloader
from knowledge import files, index
from knowledge.calibration import Targets
from knowledge.opening import UnusableKnowledgeError, read_base
from knowledge.outcome import Question
from knowledge.semantic import ModelError

if TYPE_CHECKING:
    from knowledge.index import Index
    from knowledge.model import KnowledgeBase


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the test's own."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(folder))
    return folder


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is learned in this very process."""
    languages: list[str] = []
    build = index.build

    def noted(base: KnowledgeBase, language: str, **how: Any) -> Index:  # noqa: ANN401 - handed on
        languages.append(language)
        return build(base, language, **how)

    monkeypatch.setattr(index, "build", noted)
    return languages


def kept(cache: Path) -> int:
    return len([*cache.glob("advisory-bot-e*")])


async def test_the_index_is_made_elsewhere_and_only_fetched_here(
    cache: Path, small_base: Path, here: list[str]
) -> None:
    source = Source(small_base, Targets(off_topic=0.1))
    answerer = await source.learn(source.read())
    assert here == []
    assert kept(cache) == 1
    assert answerer.answer(Question("Where do I park my car?")).answered == "parking"


def test_a_start_learns_in_a_fork_which_gives_its_memory_back(
    cache: Path, small_base: Path, here: list[str]
) -> None:
    answerer = Source(small_base).open()
    assert here == []
    assert kept(cache) == 1
    assert answerer.answer(Question("Where do I park my car?")).answered == "parking"


def test_a_start_whose_fork_fails_learns_here(
    small_base: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: object) -> int:
        return forked(lambda: os.kill(os.getpid(), signal.SIGKILL))

    monkeypatch.setattr(forking, "forked", killed)
    answerer = Source(small_base).open()
    assert here == ["en"]
    assert answerer.answer(Question("Where do I park my car?")).answered == "parking"


def test_a_start_reads_in_a_fork_too(small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here: list[Path | None] = []

    def noted(path: Path | None) -> KnowledgeBase:
        read_here.append(path)
        return read_base(path)

    monkeypatch.setattr(learning, "read_base", noted)
    source = Source(small_base)
    base = source.open().base
    assert read_here == []
    assert base == source.read()
    assert read_here == [small_base]


@pytest.fixture
def two_languages(tmp_path: Path) -> Path:
    """A knowledge base in two languages."""
    base = tmp_path / "base"
    for language in ("en", "es"):
        (base / language).mkdir(parents=True)
        (base / language / "house.yaml").write_text(
            "entries:\n  - id: parking\n    question: Parking?\n    answer: Behind.\n",
            encoding="utf-8",
        )
    (base / "advisory.yaml").write_text(
        "title: House\nlanguages: [en, es]\ndisclaimer: {en: Old., es: Viejo.}\n", encoding="utf-8"
    )
    (base / "passages.yaml").write_text(
        "passages:\n  - {id: A1, voice: advisory, gist: cars go behind}\n", encoding="utf-8"
    )
    return base


def test_every_command_learns_the_languages_at_the_same_time_and_elsewhere(
    two_languages: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = index.build

    def met(base: KnowledgeBase, language: str, **how: Any) -> Index:  # noqa: ANN401 - handed on
        (tmp_path / language).write_text(str(os.getpid()), encoding="ascii")
        end = time.monotonic() + 20
        while not all((tmp_path / other).exists() for other in ("en", "es")):
            assert time.monotonic() < end, "the other one isn't begun until this one ends"
            time.sleep(0.01)
        return build(base, language, **how)

    monkeypatch.setattr(index, "build", met)
    answerer = opening.open_answerer(two_languages)
    pids = {int((tmp_path / language).read_text(encoding="ascii")) for language in ("en", "es")}
    assert len(pids - {os.getpid()}) == 2
    assert kept(cache) == 2
    assert answerer.base.languages == ("en", "es")


def test_what_is_learned_already_needs_no_fork(
    two_languages: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.open_answerer(two_languages)
    monkeypatch.setattr(forking, "forked", None)
    opening.open_answerer(two_languages)
    assert here == []


def test_where_there_are_no_forks_it_is_learned_here(
    two_languages: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fork")
    opening.open_answerer(two_languages)
    assert sorted(here) == ["en", "es"]
    Source(two_languages, Targets(off_topic=0.1)).open()
    assert sorted(here) == ["en", "en", "es", "es"]


def test_the_log_tells_that_it_learns_and_whether_that_can_be_kept(
    cache: Path, small_base: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.opening")
    opening.open_answerer(small_base)
    assert caplog.messages == ["learning the knowledge base (en), which may take a minute"]
    caplog.clear()
    opening.open_answerer(small_base)
    assert caplog.messages == []
    (cache / "file").touch()
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(cache / "file"))
    opening.open_answerer(small_base)
    learning_, unkept = caplog.messages
    assert learning_.startswith("learning")
    assert "set ADVISORY_BOT_CACHE" in unkept


@pytest.mark.parametrize("targets", [Targets(), Targets(0.1, 0.2, 0.3)])
def test_the_other_process_learns_the_same_as_this_one(
    cache: Path, small_base: Path, here: list[str], targets: Targets
) -> None:
    assert learning._main(*Source(small_base, targets)._arguments()) == 0
    assert here == ["en"]
    Source(small_base, targets).open()
    assert here == ["en"]
    assert kept(cache) == 1


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the other process does to itself isn't done to the tests."""
    monkeypatch.setattr(os, "nice", lambda _: 0)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


async def test_without_a_cache_it_is_learned_here(
    tmp_path: Path, small_base: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "file"))
    source = Source(small_base)
    await source.learn(source.read())
    assert here == ["en"]


async def test_files_that_have_changed_in_between_do_not_change_what_was_read(
    tmp_path: Path, here: list[str]
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("- question: Where do I park?\n  answer: Behind the house.\n", encoding="utf-8")
    source = Source(file)
    base = source.read()
    file.write_text("- question: [", encoding="utf-8")
    answerer = await source.learn(base)
    assert answerer.base is base
    assert here == ["en"]
    with pytest.raises(UnusableKnowledgeError):
        source.read()


async def test_a_process_that_fails_is_told_of_with_its_last_words(
    small_base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source(small_base, model=Path("/nowhere"))
    with pytest.raises(LearningError, match=r"it ended with 1: .*no model folder /nowhere"):
        await source.learn(source.read())
    with pytest.raises(ModelError):
        source.open()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(LearningError, match="no process could be started: No such file"):
        await Source(small_base).learn(Source(small_base).read())


def test_a_touched_file_is_another_state_and_reading_it_none(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    states: list[Hashable] = [files.state(tmp_path)]
    for file, text in [("a.yaml", "1"), ("a.yaml", "12"), ("en/b.yml", "1"), ("a.yaml", "21")]:
        (tmp_path / file).write_text(text, encoding="utf-8")
        assert files.state(tmp_path) == files.state(tmp_path)
        states.append(files.state(tmp_path))
    replaced = tmp_path / "c"
    replaced.write_text("12", encoding="utf-8")
    replaced.replace(tmp_path / "a.yaml")
    states += [files.state(tmp_path), files.state(tmp_path / "a.yaml")]
    (tmp_path / "a.yaml").unlink()
    states.append(files.state(tmp_path))
    assert len(set(states)) == len(states)
    (tmp_path / ".hidden.yaml").touch()
    (tmp_path / "notes.txt").touch()
    assert files.state(tmp_path) == states[-1]
    assert files.state(tmp_path / "gone") == files.state(tmp_path / "gone.yaml") == frozenset()


def test_what_cannot_be_looked_at_has_a_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def is_dir(_: Path) -> bool:
        raise OSError(errno.ESTALE, "Stale file handle")  # as of a mount that hiccups

    monkeypatch.setattr(Path, "is_dir", is_dir)
    assert files.state(tmp_path) == frozenset()


@dataclass(frozen=True)
class _Hiccups(Source):
    """Its files can't be looked at for a while."""

    looks: list[Hashable | OSError] = field(default_factory=list)

    def state(self) -> Hashable:
        seen = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        if isinstance(seen, OSError):
            raise seen
        return seen


async def test_whoever_watches_the_files_goes_on_after_a_fault(
    small_base: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reloading, "LOOK_EVERY", 0.01)
    stale = OSError(errno.ESTALE, "Stale file handle")
    source = _Hiccups(small_base, looks=["old", stale, stale, stale, "new"])
    reloader, reloads, seen = Reloader(source), list[Hashable](), asyncio.Event()

    async def reload() -> Unchanged:
        reloads.append(source.looks[0])
        if reloads[-1] == "new":
            seen.set()
        return Unchanged(0)

    monkeypatch.setattr(reloader, "reload", reload)
    async with reloader.watching(known="old"), asyncio.timeout(10):
        await seen.wait()
    assert caplog.text.count("can't be looked at") == 1


def test_the_bundled_advisory_has_a_state_too() -> None:
    assert Source().state() == files.state(files.bundled()) != frozenset()
