"""What a bot keeps in memory, and what not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.giving_back import give_back
from knowledge import cache

BEFORE_IT_IS_ASKED = """
import sys
import bot.cli, bot.commands.run
from bot.store.access import access_to
from bot.store.engine import parsed
from bot.store.database import Database
from bot.store.tables import updates
access = access_to(parsed("sqlite:///store.sqlite3"))
Database(access, None, None).insert(updates)
print(*sys.modules)
"""


def test_run_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", BEFORE_IT_IS_ASKED],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stdout.split()
    assert {"telegram", "sqlalchemy.dialects.sqlite"} <= {*loaded}
    unneeded = {
        "alembic",
        "scipy",
        "PIL",
        "psycopg",
        "sqlalchemy.dialects.postgresql",
        "sqlalchemy.ext.asyncio",
        "onnxruntime",
    }
    unneeded |= {
        "knowledge.importer",
        "knowledge.evaluator",
        "hypothesis",
        "starlette",
        "uvicorn",
        "pydantic",
    }
    assert unneeded & {*loaded} == set()


def mapped(file: Path) -> int:
    """How much of a file is in this process's memory, in bytes."""
    maps = Path("/proc/self/smaps").read_text(encoding="utf-8")
    found = re.search(rf"{re.escape(str(file))}\n(?:.*\n)*?Rss: +(\d+) kB", maps)
    assert found is not None
    return int(found[1]) * 1024


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="another system shows it in another way")
def test_what_was_looked_at_of_the_cache_is_let_go_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path))
    content = bytes(range(256)) * 4_000
    cache.write("key", content)
    kept = cache.read("key")
    assert kept is not None
    (file,) = tmp_path.iterdir()
    assert bytes(kept) == content
    assert mapped(file) >= len(content)
    give_back()
    assert mapped(file) == 0
    assert bytes(kept) == content


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="another system shows it in another way")
def test_looking_at_a_little_of_the_cache_brings_in_a_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path))
    cache.write("key", bytes(8_000_000))
    kept = cache.read("key")
    assert kept is not None
    (file,) = tmp_path.iterdir()
    assert [kept[at] for at in range(0, 8_000_000, 4_000_000)] == [0, 0]
    assert 0 < mapped(file) < 1_000_000
